//! The reading pane.

use super::pieces::{Piece, cut, within};
use super::{Theme, line, text_columns};
use crate::app::layout::{GUTTER, MARGIN, Measure};
use crate::app::{Document, Line as Row, Markers, Marks, Reader};
use crate::article::{Form, QuoteKind};
use crate::text::{Span as Bytes, clip, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Draws the lines of the article that are in view.
pub(super) fn draw(reader: &Reader, markers: Markers, theme: Theme, cells: &mut Buffer, area: Rect) {
    let Some(document) = reader.document() else { return };
    let sheet = Sheet {
        document,
        marks: reader.marks(),
        measure: reader.measure(),
        markers,
        theme,
        reader: Some(reader),
    };
    let text = text_columns(area, reader.measure());
    for (y, row) in (area.top()..area.bottom()).zip(reader.window()) {
        sheet.draw(cells, Rect { y, height: 1, ..text }, row);
    }
}

/// An article and how it is drawn.
pub(super) struct Sheet<'a> {
    pub(super) document: &'a Document,
    pub(super) marks: &'a Marks,
    pub(super) measure: Measure,
    pub(super) markers: Markers,
    pub(super) theme: Theme,
    /// Where one is in it, on a screen.
    pub(super) reader: Option<&'a Reader>,
}

impl Sheet<'_> {
    /// Draws a row; `place` are the columns of its text.
    pub(super) fn draw(&self, cells: &mut Buffer, place: Rect, row: &Row) {
        let theme = self.theme;
        match row {
            Row::Gap => {}
            Row::Title(span) => {
                let base = theme.title();
                self.put(
                    cells,
                    place,
                    span.of(&self.document.article.title),
                    base,
                    &self.title_styles(*span),
                );
            }
            Row::Signs(text) => self.put(cells, place, text, theme.sign(), &[]),
            Row::Note(text) => self.put(cells, place, text, theme.note(), &[]),
            Row::Meta(text) => self.put(cells, place, text, theme.quiet(), &[]),
            Row::Names(names) => self.put(cells, place, names.text(), theme.quiet(), &[]),
            Row::Speakers(names) if self.markers.quotes() => {
                self.put(cells, place, names.text(), theme.speaker(), &[]);
            }
            Row::Speakers(_) => {}
            Row::Body(span) => {
                if self.markers.quotes() {
                    self.quotes(cells, place, *span);
                }
                self.link_keys(cells, place, *span);
                let text = span.of(&self.document.article.body).replace('\n', " ");
                self.put(cells, place, &text, Style::new(), &self.body_styles(*span));
            }
        }
    }

    fn put(&self, cells: &mut Buffer, place: Rect, text: &str, base: Style, styles: &[(Bytes, Style)]) {
        let styled = |piece: Piece<'_>| Span::styled(piece.text.to_owned(), base.patch(piece.style));
        line(cells, place, cut(text, styles).into_iter().map(styled).collect());
    }

    /// The bar in the margin, and the speakers at the right of the lines on which their quotations begin.
    fn quotes(&self, cells: &mut Buffer, place: Rect, row: Bytes) {
        let Some(found) = self.document.annotations.as_deref() else { return };
        let mut bar: Option<QuoteKind> = None;
        for mark in self.marks.quotes_in(row) {
            let Some(quote) = found.quotes.get(mark.quote) else { continue };
            if bar != Some(QuoteKind::Direct) {
                bar = Some(quote.kind);
            }
        }
        if let Some(kind) = bar {
            let (glyph, style) = self.theme.bar(kind);
            let margin = Rect { x: place.x.saturating_sub(MARGIN), width: 1, ..place };
            line(cells, margin, Line::styled(glyph, style));
        }
        if self.measure.aside > 0
            && let Some(speakers) = self.document.speakers(self.marks.beginning_in(row))
        {
            let x = place.right() + GUTTER;
            let area = Rect { x, width: self.measure.aside - GUTTER, ..place };
            let shown = clip(speakers.text(), usize::from(area.width)).into_owned();
            line(cells, area, Line::styled(shown, self.theme.speaker()));
        }
    }

    /// The keys of the links that begin on a row, left of the margin. Where there is not room for all, the first of them
    /// and that there are more; `o` tells them all.
    fn link_keys(&self, cells: &mut Buffer, place: Rect, row: Bytes) {
        let Some(reader) = self.reader else { return };
        let begin = reader.links().within(row).filter(|(span, _)| span.start >= row.start);
        let mut keys: Vec<String> = begin.map(|(_, key)| key).collect();
        keys.dedup();
        let Some(first) = keys.first() else { return };
        let left = usize::from(self.measure.left);
        // Where no bar stands there is room for one more.
        let barred = self.markers.quotes() && self.marks.quotes_in(row).next().is_some();
        let room = if barred { left } else { left + usize::from(MARGIN) - 1 };
        let boxed: String = keys.iter().map(|key| format!("[{key}]")).collect();
        let spaced = keys.join(" ");
        let mut shown = vec![(boxed, left), (spaced.clone(), left), (spaced, room)];
        if keys.len() > 1 {
            shown.push((format!("{first}…"), room));
        }
        shown.extend([(first.clone(), room), ("…".to_owned(), room)]);
        let Some((text, _)) = shown.into_iter().find(|(text, room)| width(text) <= *room) else { return };
        let gap = if width(&text) > left { 1 } else { MARGIN };
        let wide = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        let x = place.x.saturating_sub(gap + wide);
        line(cells, Rect { x, width: wide, ..place }, Line::styled(text, self.theme.key()));
    }

    /// The styles of a row of the body, over each other: dateline and credit, links, names, the focused entity's other
    /// mentions, what was found, the focus.
    fn body_styles(&self, row: Bytes) -> Vec<(Bytes, Style)> {
        let mut styles = Vec::new();
        let found = self.document.annotations.as_deref();
        if let Some(found) = found {
            let dateline = found.dateline.as_ref().map(|dateline| dateline.span);
            let credit = found.credit.as_ref().map(|credit| credit.span);
            styles.extend([dateline, credit].into_iter().flatten().map(|span| (span, self.theme.quiet())));
        }
        if let Some(reader) = self.reader {
            styles.extend(reader.links().within(row).map(|(span, _)| (span, self.theme.link())));
        }
        let focused = self.reader.and_then(Reader::focused_entity);
        for mark in self.marks.names_in(row) {
            let Some(entity) = found.and_then(|found| found.entities.get(mark.entity)) else { continue };
            let span = mark.mention.span;
            let by_name = !matches!(mark.mention.form, Form::Pronoun | Form::Title);
            if by_name && self.markers.names() {
                styles.push((span, self.theme.name(entity.kind).remove_modifier(Modifier::DIM)));
            }
            if focused == Some(mark.entity) {
                styles.push((span, self.theme.same()));
            }
        }
        if let Some(reader) = self.reader {
            let here = reader.find.current();
            let shown = reader.find.matches().iter().filter(|span| span.overlaps(row));
            styles.extend(shown.map(|&span| {
                (span, if Some(span) == here { self.theme.found_here() } else { self.theme.found() })
            }));
            styles.extend(reader.focused_span().map(|span| (span, self.theme.focus())));
        }
        styles.retain(|(span, _)| span.overlaps(row));
        for (span, _) in &mut styles {
            *span = within(row, *span);
        }
        styles
    }

    fn title_styles(&self, row: Bytes) -> Vec<(Bytes, Style)> {
        let Some(found) = self.document.annotations.as_deref().filter(|_| self.markers.names()) else {
            return Vec::new();
        };
        let named = found
            .entities
            .iter()
            .flat_map(|entity| entity.title_mentions.iter().map(move |mention| (mention.span, entity.kind)));
        named
            .filter(|(span, _)| span.overlaps(row))
            .map(|(span, kind)| (within(row, span), self.theme.name(kind)))
            .collect()
    }
}
