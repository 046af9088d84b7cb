//! Opening and copying links: the one there is, or the one whose key is pressed.

use super::stand::Stand;
use super::{Offer, Pending};
use crate::app::links::Links;
use crate::app::{Action, Context, Effect, Effects, Model};
use crate::article::is_openable;

/// The key of the article's own link.
const OWN: &str = "o";

impl Model {
    /// Opens the link there is; of several, waits for the key of one.
    pub(in crate::app) fn open_link(&mut self, effects: &mut Effects) {
        let mut links = self.links_here();
        match links.len() {
            0 => self.notice = Some("there is no link here".to_owned()),
            1 => effects.list.extend(links.pop().map(|link| Effect::OpenLink(link.address))),
            _ => self.hand.pending = Some(Pending::Links(Action::Link, links, String::new())),
        }
    }

    /// Copies the link there is; in an article of several, waits for the key of one. Of a marked quotation or name the
    /// link is the article's.
    pub(in crate::app) fn copy_link(&mut self, effects: &mut Effects) {
        let in_article = self.context() == Context::Reader && self.reader.focus().is_none();
        let mut links = if in_article { self.links_here() } else { Vec::new() };
        match links.len() {
            0 => self.copy(Action::CopyLink, effects),
            1 => effects.list.extend(links.pop().map(|link| Effect::Copy(link.address))),
            _ => self.hand.pending = Some(Pending::Links(Action::CopyLink, links, String::new())),
        }
    }

    /// The article's own link and, in the article or where it has none, those of its text.
    fn links_here(&self) -> Vec<Offer> {
        let in_article = self.context() == Context::Reader;
        let row = match self.stand() {
            Some(Stand::Article(row) | Stand::Quote((row, _))) => Some(row),
            _ => self.reader.document().filter(|_| in_article).map(|document| document.ordinal),
        };
        let Some(article) = row.and_then(|row| self.shelf.snapshot.article(row)) else { return Vec::new() };
        let own = article.url.as_ref();
        let whole = |address: &String| Offer { key: OWN.to_owned(), address: address.clone(), words: None };
        let mut links: Vec<Offer> = own.map(whole).into_iter().collect();
        if in_article || links.is_empty() {
            let text = Links::of(&article);
            let others = text.keyed().filter(|(_, address, _)| Some(*address) != own);
            links.extend(others.map(|(key, address, span)| {
                let words = Some(span.of(&article.body)).filter(|words| !is_openable(words));
                Offer { key, address: address.clone(), words: words.map(str::to_owned) }
            }));
        }
        links
    }
}
