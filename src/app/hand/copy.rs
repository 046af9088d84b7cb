//! Copying: a quotation with where it is from, a link, a name; of marked rows, each.

use super::stand::Stand;
use crate::app::{Action, Context, Effect, Effects, Model, Way};
use crate::export::{Piece, citation};
use crate::library::{Ordinal, QuotePlace};
use crate::text::clip;

/// Columns of what was copied that are said.
const SAID: usize = 60;

/// At most so many rows are copied.
const MOST: usize = 1000;

/// Terminals take at most some hundred thousand letters of base64; four of it are three bytes.
const TOLD: usize = 74_994;

impl Model {
    /// Copies what `action` says of what one stands on, or of the marked rows.
    pub(in crate::app) fn copy(&mut self, action: Action, effects: &mut Effects) {
        match self.copyable(action) {
            Ok(text) => {
                effects.list.push(Effect::Copy(text));
                self.hand.anchor = None;
            }
            Err(why) => self.notice = Some(why),
        }
    }

    /// What is to be copied, or why there is nothing.
    fn copyable(&self, action: Action) -> Result<String, String> {
        let mut texts: Vec<String> = Vec::new();
        for text in self.stands(MOST)?.iter().filter_map(|stand| self.text_of(action, stand)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        let why = match action {
            Action::CopyQuote => "stop at a quotation first: } {",
            Action::CopyLink => "there is no link here",
            Action::CopyName => "stop at a name first: ] [",
            _ => "there is nothing to copy here",
        };
        let between = if matches!(action, Action::CopyLink | Action::CopyName) { "\n" } else { "\n\n" };
        if texts.is_empty() { Err(why.to_owned()) } else { Ok(texts.join(between)) }
    }

    /// What `action` copies of one thing.
    fn text_of(&self, action: Action, stand: &Stand) -> Option<String> {
        match (action, stand) {
            (Action::CopyQuote | Action::Copy, Stand::Quote(place)) => self.cited(*place),
            (Action::CopyName | Action::Copy, Stand::Name(named)) => Some(named.name.clone()),
            (Action::CopyName, Stand::Quote(place)) => self.speaker(*place),
            (Action::CopyLink, Stand::Article(row) | Stand::Quote((row, _))) => self.link(*row),
            // A name has no address; the article it stands in has.
            (Action::CopyLink, Stand::Name(_)) if self.context() == Context::Reader => {
                self.link(self.reader.document()?.ordinal)
            }
            (Action::Copy, Stand::Article(row)) => self.titled(*row),
            _ => None,
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

    /// Says in what way a text was copied, and has the terminal told where that is the way.
    pub(in crate::app) fn copied(&mut self, way: Way, text: String, effects: &mut Effects) {
        if way == Way::Terminal && text.len() > TOLD {
            let kilobytes = text.len().div_ceil(1000);
            self.notice = Some(format!("{kilobytes} kB are too long for OSC 52: e exports them"));
            return;
        }
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
