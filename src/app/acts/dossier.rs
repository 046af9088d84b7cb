//! What each action does in a dossier.

use crate::app::{Action, Effects, Lead, Model};

impl Model {
    pub(in crate::app) fn act_on_dossier(&mut self, action: Action, effects: &mut Effects) {
        let height = isize::from(i16::try_from(self.layout().reader.height).unwrap_or(i16::MAX));
        match action {
            Action::Open => return self.follow(effects),
            Action::Back | Action::Release => return self.leave(),
            Action::NextArticle => return self.sibling(1),
            Action::PreviousArticle => return self.sibling(-1),
            _ => {}
        }
        let subject = self.subject();
        let card = self.desk.card.as_mut().filter(|card| Some(&card.subject) == subject.as_ref());
        let Some(card) = card else { return self.act_on_panes(action, effects) };
        let quote = |lead: &Lead| matches!(lead, Lead::Article(_, Some(_)));
        let name = |lead: &Lead| matches!(lead, Lead::Name(_));
        let found = match action {
            Action::Down => card.seek(true, |_| true),
            Action::Up => card.seek(false, |_| true),
            Action::HalfPageDown => card.skip((height / 2).max(1)),
            Action::HalfPageUp => card.skip(-(height / 2).max(1)),
            Action::PageDown => card.skip((height - 1).max(1)),
            Action::PageUp => card.skip(-(height - 1).max(1)),
            Action::First => card.go(0),
            Action::Last => card.go(usize::MAX),
            Action::NextQuote | Action::PreviousQuote => card.seek(action == Action::NextQuote, quote),
            Action::NextName | Action::PreviousName => card.seek(action == Action::NextName, name),
            _ => return self.act_on_panes(action, effects),
        };
        if !found {
            self.notice = Some("nothing further on that way".to_owned());
        }
    }
}
