//! Header, filter line and status line.

use super::{Theme, input, line, line_right};
use crate::app::keymap::{self, Binding};
use crate::app::layout::TWO_PANES;
use crate::app::{Action, Context, Model, Typing, View, grouped, plural};
use crate::text::{clip, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Columns of a name that stay in view beside what is said of it.
const NAME: usize = 12;

/// Draws the name of the collection, how many articles it has, and what is under way.
pub(super) fn header(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    let right = Line::styled(format!("{} ", under_way(model)), theme.quiet());
    let rest = line_right(cells, area, right);
    let spans = [
        Span::styled(" petik", theme.accent()),
        Span::raw("  "),
        Span::styled(model.shelf.name.as_str(), theme.title()),
        Span::styled(format!(" · {}", plural(model.shelf.snapshot.len(), "article")), theme.quiet()),
    ];
    let crumbs = model.crumbs();
    let mut shown: Vec<Span<'_>> = spans.into();
    // Where one is matters more than what the collection is called.
    let wide = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    let way = crumbs.join(" › ");
    if !way.is_empty() && wide(&shown) + width(&way) + 3 > usize::from(rest.width) {
        shown.truncate(2);
    }
    if !way.is_empty() {
        let lead = if shown.len() > 2 { " · " } else { "" };
        let room = usize::from(rest.width).saturating_sub(wide(&shown) + lead.len() + 1);
        shown.push(Span::styled(lead, theme.quiet()));
        shown.push(Span::raw(crumbs_in(&crumbs, room)));
    }
    line(cells, rest, shown.into_iter().collect());
}

/// The crumbs in at most `room` columns: those in the middle give way first.
fn crumbs_in(crumbs: &[String], room: usize) -> String {
    let mut shown: Vec<String> = crumbs.iter().map(|crumb| clip(crumb, 32).into_owned()).collect();
    while shown.len() > 2 && width(&shown.join(" › ")) > room {
        shown.remove(1);
        if let Some(first) = shown.first_mut().filter(|first| !first.ends_with('…')) {
            first.push_str(" › …");
        }
    }
    clip(&shown.join(" › "), room).into_owned()
}

/// "reading 45 % · names 12 % · 2 problems !".
fn under_way(model: &Model) -> String {
    let mut parts = Vec::new();
    if let Some(progress) = &model.shelf.reading {
        parts.push(match progress.total.filter(|&total| total > 0) {
            Some(total) => format!("reading {} %", (progress.read * 100 / total).min(100)),
            None if progress.read > 0 => format!("reading {} kB", progress.read / 1000),
            None => "reading".to_owned(),
        });
    }
    if model.shelf.reloading {
        parts.push("reading again".to_owned());
    } else if model.shelf.more() > 0 {
        parts.push(format!("{} more: r", grouped(model.shelf.more())));
    }
    if let Some(path) = model.writing() {
        parts.push(format!("writing {}", clip(path, 32)));
    }
    if let Some(hundredths) = model.shelf.annotating() {
        parts.push(format!("names {hundredths} %"));
    }
    if !model.shelf.problems.is_empty() {
        parts.push(format!("{}: !", plural(model.shelf.problems.len(), "problem")));
    }
    parts.join(" · ")
}

/// Draws the filter line with how many articles it leaves; returns where its cursor stands, if it has the keys.
pub(super) fn filter(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) -> Option<Position> {
    let active = model.typing == Some(Typing::Filter) && model.overlay.is_none();
    let empty = model.filter.input.value().is_empty();
    let gathering = model.shelf.gathering().filter(|_| model.views.now == View::Articles);
    let count = if model.filter.is_empty() || model.filter.error().is_some() {
        let order =
            Some(model.filter.sort().said()).filter(|_| model.filter.is_empty() && !model.filter.is_whole());
        let parts: Vec<&str> = order.into_iter().chain(gathering).collect();
        if parts.is_empty() { String::new() } else { format!("{} ", parts.join(" · ")) }
    } else {
        let gathering = gathering.map(|word| format!("{word} · ")).unwrap_or_default();
        let asking = if model.filter.is_asking() { "… " } else { "" };
        let (rows, all) = (model.list.rows().len(), model.shelf.snapshot.len());
        let order = model.filter.sort().said();
        // "best first", where there is little room "best".
        let short = order.split(' ').next().unwrap_or_default();
        let order = if area.width >= TWO_PANES { order } else { short };
        format!("{asking}{order} · {gathering}{} of {} ", grouped(rows), grouped(all))
    };
    let rest = line_right(cells, area, Line::styled(count, theme.title()));
    let prompt = Span::styled(" › ", if active || !empty { theme.accent() } else { theme.quiet() });
    if empty && !active {
        let invitation = Span::styled("/ filters by words, names and countries", theme.quiet());
        line(cells, rest, Line::from(vec![prompt, invitation]));
        return None;
    }
    let wrong = model.filter.error().map(|error| (error.span, theme.warning()));
    input(cells, rest, prompt, &model.filter.input, wrong.as_slice()).filter(|_| active)
}

/// Draws what matters now: a notice, the mark one has stopped at, what is found, else the keys. Returns where the
/// cursor of the line that finds stands, if it has the keys.
pub(super) fn status(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) -> Option<Position> {
    let mut area = area;
    if let Some(line @ (Typing::Tags | Typing::Note)) = model.typing {
        return own_line(model, theme, cells, area, line);
    }
    if let Some(naming) = model.naming() {
        let prompt = clip(&naming.prompt(), usize::from(area.width / 2)).into_owned();
        return input(cells, area, Span::styled(prompt, theme.accent()), &naming.input, &[]);
    }
    if model.typing == Some(Typing::Find) {
        if let Some(table) = model.views.table().filter(|_| !model.is_reading()) {
            let prompt = Span::styled(" find: ", theme.accent());
            return input(cells, area, prompt, &table.find, &[]);
        }
        let prompt = Span::styled(" find: ", theme.accent());
        let count = model.reader.find.count().map(|count| format!("{count} ")).unwrap_or_default();
        area = line_right(cells, area, Line::styled(count, theme.title()));
        return input(cells, area, prompt, &model.reader.find.input, &[]);
    }
    if let (Some(Typing::Name), Some(naming)) = (model.typing, &model.queries.naming) {
        // What is wrong with a name is said where it is typed.
        let said = model.notice.as_deref().map(|said| format!(" {said} ")).unwrap_or_default();
        let typed = width(naming.prompt()) + width(naming.input.value()).min(NAME) + 1;
        let said = clip(&said, usize::from(area.width).saturating_sub(typed)).into_owned();
        area = line_right(cells, area, Line::styled(said, theme.warning()));
        let prompt = Span::styled(naming.prompt(), theme.accent());
        return input(cells, area, prompt, &naming.input, &[]);
    }
    let context = model.context();
    if let (Some(read), Context::Reader) = (model.reader.progress(), context) {
        area = line_right(cells, area, Line::styled(format!(" {read} % "), theme.quiet()));
    }
    match said(model, theme, usize::from(area.width)) {
        Some(said) => line(cells, area, said),
        None => hints(model, theme, cells, area),
    }
    None
}

/// Draws the line of tags with those that could be meant, or that of a note.
fn own_line(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect, line: Typing) -> Option<Position> {
    let (prompt, aside) = if let Some(notice) = &model.notice {
        (line, notice.clone())
    } else if line == Typing::Tags {
        (line, model.tags_like_this().iter().take(6).map(|tag| format!("#{tag} ")).collect())
    } else {
        (line, "Ctrl-e editor".to_owned())
    };
    let prompt = if prompt == Typing::Tags { " tags: " } else { " note: " };
    // What is typed has the room.
    let typed = width(prompt) + width(model.keeping.line().value()) + 2;
    let room = usize::from(area.width).saturating_sub(typed).min(usize::from(area.width) / 2);
    let aside = clip(aside.trim_end(), room.saturating_sub(2)).into_owned();
    let aside = if aside.is_empty() { aside } else { format!("  {aside} ") };
    let rest = line_right(cells, area, Line::styled(aside, theme.quiet()));
    input(cells, rest, Span::styled(prompt, theme.accent()), model.keeping.line(), &[])
}

/// What is to be said before the keys are.
fn said(model: &Model, theme: Theme, room: usize) -> Option<Line<'_>> {
    if let Some(notice) = &model.notice {
        let said = format!(" {notice}");
        return Some(Line::styled(clip(&said, room).into_owned(), theme.title()));
    }
    if let Some(choices) = model.choices() {
        return Some(Line::from(vec![
            Span::styled(format!(" {}", choices.first), theme.key()),
            Span::styled(" …  ", theme.quiet()),
            Span::styled("Esc", theme.key()),
            Span::styled(" cancel", theme.quiet()),
        ]));
    }
    if let Some(marked) = model.marked_said() {
        let mut spans = vec![Span::raw(format!(" {marked}  "))];
        for (key, does) in [("e", " export  "), ("y", " copy  "), ("Esc", " let go")] {
            spans.extend([Span::styled(key, theme.key()), Span::styled(does, theme.quiet())]);
        }
        return Some(Line::from(spans));
    }
    match model.context() {
        Context::Filter
        | Context::List
        | Context::Names
        | Context::Quotes
        | Context::Timeline
        | Context::Map
        | Context::Facets => {
            let said = |message: &str| clip(&format!(" {message}"), room).into_owned();
            model.filter.error().map(|error| Line::styled(said(&error.message), theme.warning()))
        }
        Context::Reader => {
            if let Some(about) = model.reader.describe_focus(usize::MAX) {
                return Some(focus_line(model, theme, &about, room));
            }
            let words = model.reader.find.input.value();
            let of = |count: String| {
                let words = clip(words, room.saturating_sub(width(&count) + 5)).into_owned();
                Line::raw(format!(" “{words}”: {count}"))
            };
            model.reader.find.count().map(of)
        }
        Context::Dossier
        | Context::Find
        | Context::Name
        | Context::Searches
        | Context::Tags
        | Context::Note
        | Context::Palette
        | Context::File
        | Context::Overlay => None,
    }
}

/// What the focused mark is. Where room is short the hint goes first, then as much of the office as must; what is
/// counted stays.
fn focus_line(model: &Model, theme: Theme, about: &str, room: usize) -> Line<'static> {
    const HINT: usize = "  Enter dossier".len();
    let fits = |text: &str, more: usize| 1 + width(text) + more <= room;
    if fits(about, HINT) {
        return Line::from(vec![
            Span::raw(format!(" {about}  ")),
            Span::styled("Enter", theme.key()),
            Span::styled(" dossier", theme.quiet()),
        ]);
    }
    let shorter = (0..=room).rev().filter_map(|role| model.reader.describe_focus(role));
    let text = std::iter::once(about.to_owned()).chain(shorter).find(|text| fits(text, 0));
    let text = text.unwrap_or_else(|| clip(about, room.saturating_sub(1)).into_owned());
    Line::raw(format!(" {text}"))
}

/// The few keys that matter, as many as fit; where there is more to know, the one that says it is always among them.
fn hints(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    let context = model.context();
    let hinted = |binding: &&'static Binding| binding.hint.is_some() && !binding.keys.is_empty();
    let written = |binding: &Binding| {
        let key = binding.keys.first().map(ToString::to_string).unwrap_or_default();
        let hint = binding.hint.unwrap_or_default();
        (width(&key) + 1 + width(hint) + 2, key, hint)
    };
    let last = keymap::bindings(context).filter(hinted).find(|binding| binding.action == Action::Help);
    let mut room = usize::from(area.width).saturating_sub(1 + last.map_or(0, |last| written(last).0));
    let mut shown = Vec::new();
    for binding in keymap::bindings(context).filter(hinted).filter(|binding| binding.action != Action::Help) {
        let (wide, key, hint) = written(binding);
        if wide > room {
            break;
        }
        room -= wide;
        shown.push((key, hint));
    }
    shown.extend(last.map(|last| (written(last).1, written(last).2)));
    let mut spans = vec![Span::raw(" ")];
    for (key, hint) in shown {
        spans.push(Span::styled(key, theme.key()));
        spans.push(Span::styled(format!(" {hint}  "), theme.quiet()));
    }
    line(cells, area, Line::from(spans));
}
