//! Copying: a quotation with where it is from, a link, a name.

use super::stand::Stand;
use crate::app::{Action, Effect, Effects, Model, Way};
use crate::export::{Piece, citation};
use crate::library::{Ordinal, QuotePlace};
use crate::text::clip;

/// Columns of what was copied that are said.
const SAID: usize = 60;

impl Model {
    /// Copies what `action` says of what one stands on.
    pub(in crate::app) fn copy(&mut self, action: Action, effects: &mut Effects) {
        match self.copyable(action) {
            Ok(text) => effects.list.push(Effect::Copy(text)),
            Err(why) => self.notice = Some(why.to_owned()),
        }
    }

    /// What is to be copied, or why there is nothing.
    fn copyable(&self, action: Action) -> Result<String, &'static str> {
        let stand = self.stand().ok_or("there is nothing to copy here")?;
        match action {
            Action::CopyQuote => match stand {
                Stand::Quote(place) => self.cited(place),
                _ => None,
            }
            .ok_or("stop at a quotation first: } {"),
            Action::CopyLink => match stand {
                Stand::Article(row) | Stand::Quote((row, _)) => self.link(row),
                // The name's own page has no address; the article it stands in has.
                Stand::Name(_) => self.reader_article().and_then(|row| self.link(row)),
            }
            .ok_or("there is no link here"),
            Action::CopyName => match stand {
                Stand::Name(named) => Some(named.name),
                Stand::Quote(place) => self.speaker(place),
                Stand::Article(_) => None,
            }
            .ok_or("stop at a name first: ] ["),
            _ => match stand {
                Stand::Quote(place) => self.cited(place),
                Stand::Name(named) => Some(named.name),
                Stand::Article(row) => self.titled(row),
            }
            .ok_or("there is nothing to copy here"),
        }
    }

    /// A quotation with speaker, outlet, date and link.
    fn cited(&self, (row, quote): QuotePlace) -> Option<String> {
        let (article, annotations) = self.known(row)?;
        citation(&Piece { article: &article, annotations: &annotations, quote: Some(quote) })
    }

    fn speaker(&self, (row, quote): QuotePlace) -> Option<String> {
        let (_, found) = self.known(row)?;
        let speaker = found.quotes.get(quote)?.speaker?;
        found.entities.get(speaker).map(|entity| entity.name.clone())
    }

    fn link(&self, row: Ordinal) -> Option<String> {
        self.shelf.snapshot.article(row)?.url.clone()
    }

    /// Title and link of an article.
    fn titled(&self, row: Ordinal) -> Option<String> {
        let article = self.shelf.snapshot.article(row)?;
        let link = article.url.as_ref().map(|url| format!("\n{url}")).unwrap_or_default();
        Some(format!("{}{link}", article.title))
    }

    /// The article one reads.
    fn reader_article(&self) -> Option<Ordinal> {
        match self.subject()? {
            crate::app::Subject::Article(row) if self.is_reading() => Some(row),
            _ => None,
        }
    }

    /// Says in what way a text was copied, and has the terminal told where that is the way.
    pub(in crate::app) fn copied(&mut self, way: Way, text: String, effects: &mut Effects) {
        let how = match way {
            Way::Clipboard => "copied to the clipboard",
            Way::Tmux => "copied through tmux",
            Way::Terminal => "copied with OSC 52",
        };
        let line = text.replace('\n', " ");
        self.notice = Some(format!("{how}: {}", clip(&line, SAID)));
        if way == Way::Terminal {
            effects.list.push(Effect::TellTerminal(text));
        }
    }
}
