//! The right pane where it shows no article: all about a name, a quotation or some days, every line of it leading on.

mod days;
mod name;
mod quote;

pub(super) use quote::around;

use super::ask::{Answer, Asking, Wanted};
use super::layout::Layout;
use super::strip::{Look, Strip, wrapped};
use super::trail::Subject;
use super::views::View;
use crate::article::{Day, Entity};
use crate::library::{Identity, Ordinal, Saying, Snapshot, identity};
use crate::text::{Span, wrap};
use crate::words::Country;
use std::collections::VecDeque;

/// Where a line leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Lead {
    /// To a name.
    Name(Named),
    /// To an article, and to one of its quotations.
    Article(Ordinal, Option<usize>),
    /// To the articles that meet a further condition.
    Condition(String),
    /// To another view of the articles that meet a further condition.
    View(View, String),
}

/// Someone or something as it is called here.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Who or what.
    pub identity: Identity,
    /// What it is called.
    pub name: String,
    /// Its country; of a country, itself.
    pub country: Option<Country>,
}

impl Named {
    /// What an article names.
    pub(super) fn of(entity: &Entity) -> Named {
        Named { identity: identity(entity), name: entity.name.clone(), country: entity.country }
    }
}

/// A card: its lines, where they lead, and where one is.
#[derive(Debug, Clone)]
pub struct Card {
    /// What it is about.
    pub subject: Subject,
    /// Whether it is over the whole collection, since no article of the filter names it: where a line leads by a
    /// condition, it leads by that alone.
    pub anywhere: bool,
    width: usize,
    strips: Vec<Strip>,
    leads: Vec<Lead>,
    /// The entry one stands on.
    pub entry: usize,
    /// The first line in view.
    pub top: usize,
    /// Whether it was scrolled since one moved: it stays where it is then.
    scrolled: bool,
}

/// The card in the right pane, and those that were shown last.
#[derive(Default)]
pub struct Desk {
    /// What it shows.
    pub card: Option<Card>,
    pub(super) asking: Asking,
    /// Counts questions of both panes; an answer to an older one is stale.
    pub(super) asked: u64,
    recent: VecDeque<(Wanted, Answer)>,
    /// The answer that the card shows.
    shown: Option<(Subject, Answer)>,
}

/// Answers that are kept, so that coming back costs nothing.
const KEPT: usize = 32;

impl Desk {
    /// What is known already.
    pub(super) fn recall(&self, wanted: &Wanted) -> Option<Answer> {
        self.recent.iter().find(|(known, _)| known.is_same(wanted)).map(|(_, answer)| answer.clone())
    }

    /// Keeps an answer.
    pub(super) fn keep(&mut self, wanted: Wanted, answer: Answer) {
        self.recent.truncate(KEPT - 1);
        self.recent.push_front((wanted, answer));
    }

    /// Shows an answer about `subject`, from `entry` and `top` on when it is another subject than before.
    pub(super) fn show(&mut self, subject: Subject, answer: Answer, snapshot: &Snapshot, columns: usize) {
        let same = self.card.as_ref().filter(|card| card.subject == subject);
        let (entry, top, scrolled) =
            same.map_or((0, 0, false), |card| (card.entry, card.top, card.scrolled && card.width == columns));
        let mut card = Card::new(subject.clone(), &answer, snapshot, columns);
        (card.entry, card.top, card.scrolled) = (entry, top, scrolled);
        self.card = Some(card);
        self.shown = Some((subject, answer));
    }

    /// Lays the card out anew for another width.
    pub(super) fn resize(&mut self, snapshot: &Snapshot, columns: usize) {
        if self.card.as_ref().is_some_and(|card| card.width != columns)
            && let Some((subject, answer)) = self.shown.clone()
        {
            self.show(subject, answer, snapshot, columns);
        }
    }

    /// Forgets everything: the collection was read again.
    pub(super) fn forget(&mut self) {
        *self = Desk { asked: self.asked, ..Desk::default() };
    }
}

impl Card {
    fn new(subject: Subject, answer: &Answer, snapshot: &Snapshot, width: usize) -> Card {
        let anywhere = matches!(answer, Answer::Dossier { found: Some(_), anywhere: true });
        let mut sheet = Sheet { snapshot, width, strips: Vec::new(), leads: Vec::new() };
        match (&subject, answer) {
            (_, Answer::Dossier { found: Some(dossier), .. }) => name::lay_out(&mut sheet, dossier, anywhere),
            (_, Answer::Quoted(Some(quoted))) => quote::lay_out(&mut sheet, quoted),
            (Subject::Days(from, until, written), Answer::Digest(digest)) => {
                days::lay_out(&mut sheet, written, digest, (*from, *until));
            }
            _ => {
                sheet.text(subject.title(), Look::Title);
                sheet.gap();
                sheet.text("Nothing of it in these articles. Ctrl-o goes back.", Look::Quiet);
            }
        }
        Card {
            subject,
            anywhere,
            width,
            strips: sheet.strips,
            leads: sheet.leads,
            entry: 0,
            top: 0,
            scrolled: false,
        }
    }

    /// Where the line one stands on leads.
    pub fn lead(&self) -> Option<&Lead> {
        self.leads.get(self.entry)
    }

    /// The entry on a line in view.
    pub fn entry_at(&self, line: usize) -> Option<usize> {
        self.strips.get(self.top + line)?.entry
    }

    /// How wide it is laid out.
    pub fn columns(&self) -> usize {
        self.width
    }

    /// How many lines lead on.
    pub fn entries(&self) -> usize {
        self.leads.len()
    }

    /// The lines in view.
    pub fn window(&self, height: usize) -> &[Strip] {
        let rest = self.strips.get(self.top..).unwrap_or_default();
        rest.get(..height).unwrap_or(rest)
    }

    /// Goes to an entry, or the last one.
    pub fn go(&mut self, entry: usize) -> bool {
        self.entry = entry.min(self.leads.len().saturating_sub(1));
        self.scrolled = false;
        true
    }

    /// Scrolls by so many lines of a pane of `height`: one stands on an entry that is in view, where one begins there.
    pub(super) fn scroll(&mut self, lines: isize, height: usize) {
        let top = self.top.saturating_add_signed(lines);
        self.top = top.min(self.strips.len().saturating_sub(height));
        self.scrolled = true;
        let mut begin: Vec<usize> = self.window(height).iter().filter_map(|strip| strip.entry).collect();
        let above = self.top.checked_sub(1).and_then(|above| self.strips.get(above)?.entry);
        begin.retain(|&entry| Some(entry) != above);
        let nearest = if lines > 0 { begin.first() } else { begin.last() };
        if let Some(&nearest) = nearest.filter(|_| !begin.contains(&self.entry)) {
            self.entry = nearest;
        }
    }

    /// Goes to the next entry, or the one before, whose lead is wanted; `false` when there is none.
    pub fn seek(&mut self, forward: bool, wanted: impl Fn(&Lead) -> bool) -> bool {
        let found = if forward {
            (self.entry + 1..self.leads.len()).find(|&at| self.leads.get(at).is_some_and(&wanted))
        } else {
            (0..self.entry).rev().find(|&at| self.leads.get(at).is_some_and(&wanted))
        };
        if let Some(entry) = found {
            self.go(entry);
        }
        found.is_some()
    }

    /// The first entry that begins `lines` below the one one stands on, or above when negative.
    pub fn skip(&mut self, lines: isize) -> bool {
        let begins = |entry: usize| self.strips.iter().position(|strip| strip.entry == Some(entry));
        let aim = begins(self.entry).unwrap_or(0).saturating_add_signed(lines);
        let below = self.strips.iter().skip(aim).find_map(|strip| strip.entry);
        self.go(below.unwrap_or(usize::MAX))
    }

    /// Scrolls as little as brings the entry one stands on into view with the heading above it; at the first one, the
    /// whole head of the card, at the last its end.
    pub(super) fn settle(&mut self, height: usize) {
        self.entry = self.entry.min(self.leads.len().saturating_sub(1));
        let own = |strip: &Strip| strip.entry == Some(self.entry);
        let first = self.strips.iter().position(own).unwrap_or(0);
        let last = self.strips.iter().rposition(own).unwrap_or(first);
        let lowest = self.strips.len().saturating_sub(height);
        if self.scrolled {
            self.top = self.top.min(lowest);
            return;
        }
        let above = if self.entry == 0 { 0 } else { first.saturating_sub(1) };
        let below = if self.entry + 1 >= self.leads.len() { self.strips.len() } else { last + 1 };
        self.top = self.top.max(below.saturating_sub(height)).min(above).min(lowest);
        // Of an entry longer than the pane the beginning.
        if first < self.top || last >= self.top + height {
            self.top = first.min(lowest);
        }
    }
}

/// A card in the making.
struct Sheet<'a> {
    snapshot: &'a Snapshot,
    width: usize,
    strips: Vec<Strip>,
    leads: Vec<Lead>,
}

impl Sheet<'_> {
    fn gap(&mut self) {
        self.strips.push(Strip::default());
    }

    fn heading(&mut self, text: &str, right: String) {
        self.gap();
        self.strips.push(Strip::heading(text, right));
    }

    /// A text that leads nowhere.
    fn text(&mut self, text: &str, look: Look) {
        let width = self.width;
        self.strips.extend(wrapped(text, width, 4, look));
    }

    /// Lines that lead on together.
    fn entry(&mut self, lead: Lead, strips: impl IntoIterator<Item = Strip>) {
        let entry = self.leads.len();
        self.leads.push(lead);
        self.strips.extend(strips.into_iter().map(|strip| strip.at(entry)));
    }

    /// A quotation over as many lines as it takes, at most `most`, with a line below it.
    fn saying(&mut self, saying: &Saying, below: Strip, most: usize, marked: &[Span]) {
        let marked: Vec<(Span, Look)> = marked.iter().map(|&span| (span, Look::Differs)).collect();
        let lines = styled(&saying.words, Look::Plain, &marked, self.width.saturating_sub(2), most);
        let lines = lines.into_iter().map(|line| line.barred(saying.kind));
        let (row, quote) = saying.place;
        self.entry(Lead::Article(row, Some(quote)), lines.chain([below]));
    }

    /// "Kabar · 12 Jul 2025".
    fn source(&self, row: Ordinal) -> String {
        let Some(article) = self.snapshot.article(row) else { return String::new() };
        let day = article.published.map(|published| Day::of(published).written());
        [article.outlet.clone(), day].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// An article on a line.
    fn article(&mut self, row: Ordinal, right: Option<String>) {
        let Some(title) = self.snapshot.article(row).map(|article| article.title.clone()) else { return };
        let day = self.snapshot.article(row).and_then(|article| article.published);
        let day = day.map(|published| Day::of(published).written()).unwrap_or_default();
        let strip = Strip::of(title, Look::Plain).end(right.unwrap_or(day), Look::Quiet);
        self.entry(Lead::Article(row, None), [strip]);
    }
}

/// A text with pieces of other looks in it, over as many lines as it takes in `columns`, at most `most`.
pub(super) fn styled(
    text: &str,
    base: Look,
    pieces: &[(Span, Look)],
    columns: usize,
    most: usize,
) -> Vec<Strip> {
    let lines = wrap(text, columns);
    let cut = lines.len() > most;
    let mut strips = Vec::new();
    for (at, line) in lines.iter().take(most).enumerate() {
        let mut strip = Strip::default();
        let mut from = line.start;
        for &(span, look) in pieces.iter().filter(|(span, _)| span.overlaps(*line)) {
            let (start, end) = (span.start.max(from), span.end.min(line.end));
            if start >= end {
                continue;
            }
            strip = strip.and(Span { start: from, end: start }.of(text), base);
            strip = strip.and(Span { start, end }.of(text), look);
            from = end;
        }
        strip = strip.and(Span { start: from, end: line.end.max(from) }.of(text), base);
        if cut && at + 1 == most {
            strip = strip.and(" …", Look::Quiet);
        }
        strips.push(strip);
    }
    strips
}

/// Columns of a card in the right pane.
pub(super) fn columns(layout: &Layout) -> usize {
    /// Wider lines are hard to read.
    const WIDEST: usize = 96;
    usize::from(layout.reader.width).saturating_sub(3).clamp(1, WIDEST)
}
