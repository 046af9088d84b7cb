//! Who speaks where no cue beside the quotation says so.

use super::{REACH, Reader, Utterance};
use crate::annotate::marks::Quoted;
use crate::article::Rule;

impl Reader<'_, '_> {
    /// Without a cue: the subject of the sentence before in this paragraph, the quotation before in it, or, when the
    /// paragraph is a quotation alone, whoever spoke last.
    pub(super) fn running(
        &self,
        mark: Quoted,
        first_new: usize,
        found: &[Utterance],
    ) -> (Option<usize>, u8, Rule) {
        let page = self.page;
        let paragraph = page.place(mark.open).paragraph;
        let last = found.last();
        let last_close = last.and_then(|last| last.parts.last()).map_or(0, |part| part.1);
        let same_paragraph = last.is_some() && page.place(last_close).paragraph == paragraph;
        // The subject of what stands between.
        let sentence = page.place(mark.open).sentence;
        let between = self
            .recent
            .iter()
            .rev()
            .take(REACH)
            .take_while(|recent| recent.at >= first_new.min(mark.open) && recent.paragraph == paragraph)
            .filter(|recent| {
                page.place(recent.at).quote == 0 && recent.sentence + 2 >= sentence && !recent.speaks
            })
            .collect::<Vec<_>>();
        if let Some(subject) = between.iter().find(|recent| recent.subject) {
            // A cue before names the speaker of both.
            let cued =
                same_paragraph && last.is_some_and(|last| last.cue.is_some_and(|cue| cue.0 > last_close));
            if !cued || last.and_then(|last| last.speaker) == subject.member {
                return (subject.member, 75, Rule::SubjectBefore);
            }
        }
        if same_paragraph {
            return (last.and_then(|last| last.speaker), 75, Rule::SameParagraph);
        }
        let alone = page.place(mark.open.wrapping_sub(1)).paragraph != paragraph || mark.open == page.first;
        if alone {
            // The one whom the paragraph before is about, if it says nothing in quotes.
            let told = self.recent.iter().rev().take(REACH).find(|recent| {
                recent.subject
                    && !recent.speaks
                    && recent.at > last_close
                    && recent.paragraph + 1 == paragraph
                    && page.place(recent.at).quote == 0
            });
            if let Some(told) = told {
                return (told.member, 65, Rule::ToldOf);
            }
            let before = last.filter(|_| paragraph - page.place(last_close).paragraph.min(paragraph) <= 2);
            if let Some(last) = before {
                return (last.speaker, 70, Rule::GoesOnTalking);
            }
            return (None, 50, Rule::Nobody);
        }
        (None, 50, Rule::Nobody)
    }
}
