//! The lines in which tags and notes are typed.

use crate::app::{Action, Effect, Effects, Model, Typing};
use crate::library::{Change, Deed, Ordinal};
use crate::text::{Shape, fold, sanitise, sanitise_line};
use tui_input::Input;

/// Stands in the line of a note for the end of a line.
const LINE_END: char = '↵';

/// A note has at most so many bytes.
const LONGEST: usize = 1 << 16;

impl Model {
    /// Begins to type the tags of articles, or a note about one.
    pub(super) fn type_about(&mut self, rows: Vec<Ordinal>, line: Typing, text: String) {
        self.keeping.about = rows;
        *self.keeping.line_mut() = Input::new(text);
        self.typing = Some(line);
    }

    /// What each action does in the line of tags and in that of a note.
    pub(in crate::app) fn act_on_line(&mut self, action: Action, effects: &mut Effects) {
        match action {
            Action::Accept => {
                let line = self.keeping.input.value().to_owned();
                match self.typing.take() {
                    Some(Typing::Tags) => self.keep_tags(&line, effects),
                    _ => self.keep_note(&line.replace(LINE_END, "\n"), effects),
                }
            }
            Action::Complete => self.complete_tag(),
            Action::Editor => {
                let text = self.keeping.input.value().replace(LINE_END, "\n");
                effects.list.push(Effect::Edit(text));
            }
            _ => self.typing = None,
        }
    }

    /// Takes what was written in the reader's editor for the note.
    pub(in crate::app) fn edited(&mut self, text: Result<String, String>, effects: &mut Effects) {
        match text {
            Ok(text) => {
                self.typing = None;
                self.keep_note(&sanitise(&text, Shape::Lines).text, effects);
            }
            Err(error) => self.notice = Some(error),
        }
    }

    fn keep_note(&mut self, text: &str, effects: &mut Effects) {
        let Some(&row) = self.keeping.about.first() else { return };
        let note = Some(text.trim().to_owned()).filter(|note| !note.is_empty());
        if note.as_deref() == self.shelf.snapshot.ledger().note(row) {
            return;
        }
        if note.as_ref().is_some_and(|note| note.len() > LONGEST) {
            self.type_about(vec![row], Typing::Note, in_one_line(text));
            self.notice = Some(format!("a note has at most {} kB", LONGEST / 1024));
            return;
        }
        let words = if note.is_some() { "the note is kept" } else { "the note is taken away" };
        self.keep(Deed::Change([row].into(), vec![Change::Note(note)]), Some(words.to_owned()), effects);
    }

    fn keep_tags(&mut self, line: &str, effects: &mut Effects) {
        let rows = std::mem::take(&mut self.keeping.about);
        let ledger = self.shelf.snapshot.ledger();
        let mut wanted: Vec<String> = Vec::new();
        for tag in tags_of(line) {
            // A tag that is known is written as it always was.
            let known = ledger.all_tags().find(|(known, _)| fold(known) == fold(&tag));
            let tag = known.map_or(tag, |(known, _)| known.to_owned());
            if !wanted.iter().any(|other| fold(other) == fold(&tag)) {
                wanted.push(tag);
            }
        }
        let has = self.tags_of_all(&rows);
        let gone = has.iter().filter(|tag| !wanted.contains(tag)).map(|tag| Change::Tag(tag.clone(), false));
        let new = wanted.iter().filter(|tag| !has.contains(tag)).map(|tag| Change::Tag(tag.clone(), true));
        let changes: Vec<Change> = gone.chain(new).collect();
        if changes.is_empty() {
            return;
        }
        let words = if wanted.is_empty() {
            "no tags any more".to_owned()
        } else {
            format!("tags: {}", wanted.join(" "))
        };
        self.unmark_rows();
        self.keep(Deed::Change(rows.into(), changes), Some(words), effects);
    }

    /// The tags that all of these articles have.
    pub(super) fn tags_of_all(&self, rows: &[Ordinal]) -> Vec<String> {
        let ledger = self.shelf.snapshot.ledger();
        let Some((&first, others)) = rows.split_first() else { return Vec::new() };
        let everywhere = |tag: &&str| others.iter().all(|&row| ledger.tags(row).any(|other| other == *tag));
        ledger.tags(first).filter(everywhere).map(str::to_owned).collect()
    }

    /// Known tags that begin with the word before the cursor, once one is begun; those of the article left out.
    pub fn tags_like_this(&self) -> Vec<String> {
        let (_, word) = self.word_of_tags();
        let (word, _) = self.keeping.completing.clone().unwrap_or((word, 0));
        let others: Vec<String> = tags_of(self.keeping.input.value()).iter().map(|tag| fold(tag)).collect();
        let ledger = self.shelf.snapshot.ledger();
        let mut known: Vec<(&str, usize)> = ledger
            .all_tags()
            .filter(|(tag, _)| fold(tag).starts_with(&fold(&word)))
            .filter(|(tag, _)| self.keeping.completing.is_some() || !others.contains(&fold(tag)))
            .collect();
        known.sort_by_key(|&(_, many)| std::cmp::Reverse(many));
        known.into_iter().map(|(tag, _)| tag.to_owned()).collect()
    }

    /// What stands before the word at the cursor of the line of tags, and its letters so far.
    fn word_of_tags(&self) -> (String, String) {
        let input = &self.keeping.input;
        let before: String = input.value().chars().take(input.cursor()).collect();
        let between = before.char_indices().rev().find(|(_, letter)| is_between(*letter));
        let at = between.map_or(0, |(at, letter)| at + letter.len_utf8());
        let (lead, word) = before.split_at_checked(at).unwrap_or((&before, ""));
        let hash = word.len() - word.trim_start_matches('#').len();
        let (sign, word) = word.split_at_checked(hash).unwrap_or(("", word));
        (format!("{lead}{sign}"), word.to_owned())
    }

    fn complete_tag(&mut self) {
        let known = self.tags_like_this();
        let (lead, word) = self.word_of_tags();
        let (stem, times) = self.keeping.completing.take().unwrap_or((word, 0));
        let Some(tag) = known.get(times % known.len().max(1)) else {
            self.notice = Some("no tag that is known begins so".to_owned());
            return;
        };
        let behind: String = self.keeping.input.value().chars().skip(self.keeping.input.cursor()).collect();
        let line = format!("{lead}{tag}{behind}");
        let cursor = lead.chars().count() + tag.chars().count();
        self.keeping.input = Input::new(line).with_cursor(cursor);
        self.keeping.completing = Some((stem, times + 1));
    }
}

/// What stands between two tags.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | ';')
}

/// The tags of a line.
fn tags_of(line: &str) -> Vec<String> {
    let tags = line.split(is_between).map(|tag| sanitise_line(tag.trim_start_matches('#')));
    tags.filter(|tag| !tag.is_empty()).collect()
}

/// A note in one line.
pub(super) fn in_one_line(note: &str) -> String {
    note.replace('\n', &LINE_END.to_string())
}
