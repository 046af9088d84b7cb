//! The bindings, one after the other, in the order they are explained.

use super::Binding;
use super::Context::{
    self, Dossier, Facets, File, Filter, Find, List, Map, Names, Note, Overlay, Palette, Quotes, Reader,
    Tags, Timeline,
};
use crate::app::{Action, Code, Key};

const fn k(c: char) -> Key {
    Key::char(c)
}

const fn code(code: Code) -> Key {
    Key::plain(code)
}

const fn bind(
    action: Action,
    contexts: &'static [Context],
    keys: &'static [Key],
    help: &'static str,
    hint: &'static str,
) -> Binding {
    Binding {
        action,
        contexts,
        keys,
        then: None,
        help,
        hint: if hint.is_empty() { None } else { Some(hint) },
    }
}

/// A sequence of two keys.
const fn sequence(
    action: Action,
    contexts: &'static [Context],
    first: &'static [Key],
    then: char,
    help: &'static str,
    hint: &'static str,
) -> Binding {
    Binding { then: Some(k(then)), ..bind(action, contexts, first, help, hint) }
}

const fn alt(code: Code) -> Key {
    Key { code, ctrl: false, alt: true }
}

const LISTS: &[Context] = &[List, Names, Quotes, Timeline, Map];
const TABLES: &[Context] = &[Names, Quotes, Timeline, Map];
pub(super) const COMMON: &[Context] = &[List, Names, Quotes, Timeline, Map, Reader, Dossier];
const PANES: &[Context] = &[List, Names, Quotes, Timeline, Map, Reader, Dossier, Facets];
const PAGED: &[Context] = &[List, Names, Quotes, Timeline, Map, Reader, Dossier, Overlay];
const SCROLLED: &[Context] = &[List, Names, Quotes, Timeline, Map, Reader, Dossier, Facets, Overlay];
const READ: &[Context] = &[Reader, Dossier];
/// The first keys of an export: of what one stands on, and of all that the filter leaves.
const EXPORT: &[Key] = &[k('e'), Key::ALL];
const EVERYWHERE: &[Context] = &Context::ALL;

/// Every binding; within a context no key stands twice.
pub static BINDINGS: &[Binding] = &[
    bind(Action::Down, LISTS, &[k('j'), code(Code::Down)], "next row", "move"),
    bind(Action::Up, LISTS, &[k('k'), code(Code::Up)], "row before", ""),
    bind(Action::Down, &[Dossier], &[k('j'), code(Code::Down)], "next line that leads on", "move"),
    bind(Action::Up, &[Dossier], &[k('k'), code(Code::Up)], "line before that leads on", ""),
    bind(Action::Down, &[Reader, Overlay], &[k('j'), code(Code::Down)], "a line down", "scroll"),
    bind(Action::Up, &[Reader, Overlay], &[k('k'), code(Code::Up)], "a line up", ""),
    bind(Action::Open, &[List], &[code(Code::Enter), k('l'), code(Code::Right)], "read the article", "read"),
    bind(
        Action::Open,
        &[Names],
        &[code(Code::Enter), k('l'), code(Code::Right)],
        "go into the dossier",
        "dossier",
    ),
    bind(Action::Open, &[Quotes], &[code(Code::Enter)], "read the article at the quotation", "article"),
    bind(
        Action::Beside,
        &[Quotes],
        &[k('l'), code(Code::Right)],
        "go into the quotation's dossier: who carries it, who answers",
        "dossier",
    ),
    bind(
        Action::Open,
        &[Timeline],
        &[code(Code::Enter)],
        "filter by these days; of a single day, its articles",
        "narrow",
    ),
    bind(
        Action::Beside,
        &[Timeline],
        &[k('l'), code(Code::Right)],
        "go into what these days are about",
        "into",
    ),
    bind(Action::Open, &[Map], &[code(Code::Enter)], "filter by the country as well", "narrow"),
    bind(Action::Beside, &[Map], &[k('l'), code(Code::Right)], "go into the country's dossier", "dossier"),
    bind(
        Action::Open,
        &[Dossier],
        &[code(Code::Enter), k('l'), code(Code::Right)],
        "follow the line: to a name, an article, a quotation",
        "follow",
    ),
    bind(Action::Down, &[Facets], &[k('j'), code(Code::Down)], "next row", "move"),
    bind(Action::Up, &[Facets], &[k('k'), code(Code::Up)], "row before", ""),
    bind(
        Action::Toggle,
        &[Facets],
        &[k(' '), code(Code::Enter)],
        "put it on the filter line, or take it off",
        "on or off",
    ),
    bind(Action::NextName, &[Facets], &[k(']')], "next group", "group"),
    bind(Action::PreviousName, &[Facets], &[k('[')], "group before", ""),
    bind(
        Action::Back,
        &[Facets],
        &[code(Code::Esc), k('h'), k('q'), code(Code::Left)],
        "back to where you came from",
        "back",
    ),
    bind(Action::NextQuote, READ, &[k('}')], "next quotation", "quote"),
    bind(Action::PreviousQuote, READ, &[k('{')], "quotation before", ""),
    bind(Action::NextName, READ, &[k(']')], "next name", "name"),
    bind(Action::PreviousName, READ, &[k('[')], "name before", ""),
    bind(
        Action::Open,
        &[Reader],
        &[code(Code::Enter)],
        "open the dossier of the marked name or quotation",
        "dossier",
    ),
    bind(Action::Back, READ, &[k('h'), k('q'), code(Code::Left)], "back to where you came from", "back"),
    bind(Action::NextArticle, READ, &[k('J')], "next row of the list, without leaving", ""),
    bind(Action::PreviousArticle, READ, &[k('K')], "row of the list before, without leaving", ""),
    bind(Action::Filter, PANES, &[k('/')], "filter the articles as you type; every view follows", "filter"),
    bind(
        Action::Narrow,
        &[Names, Quotes, Timeline, Map, Reader, Dossier],
        &[k('+')],
        "add what you stand on to the filter: a name, a speaker, days",
        "and this",
    ),
    bind(
        Action::Only,
        &[Names, Quotes, Timeline, Map, Reader, Dossier, Facets],
        &[k('=')],
        "filter by what you stand on alone",
        "",
    ),
    bind(
        Action::Unfold,
        &[List],
        &[k('x')],
        "unfold the copies of a story (+2) that other outlets carry, or fold them again",
        "",
    ),
    bind(
        Action::ClearFilter,
        &[List],
        &[code(Code::Esc)],
        "let go of marked rows, else clear the filter",
        "",
    ),
    bind(
        Action::ClearFilter,
        TABLES,
        &[code(Code::Esc)],
        "let go of marked rows, show all rows again, then clear the filter",
        "",
    ),
    bind(Action::Find, &[Names, Quotes, Map], &[k('f')], "find among these rows as you type", "find"),
    bind(Action::Sort, &[Names, Quotes, Map], &[k('s')], "another order", "order"),
    bind(Action::Sort, &[Timeline], &[k('s')], "steps as fit, days, weeks, months", "steps"),
    bind(Action::Around, &[Quotes], &[k('c')], "show what stands before and after the quotation", "context"),
    bind(
        Action::Compare,
        &[Timeline],
        &[k('c')],
        "keep these articles and compare the next filter with them; again to let go",
        "compare",
    ),
    bind(Action::Find, &[Reader], &[k('f')], "find in the article", "find"),
    bind(Action::FindNext, &[Reader], &[k('n')], "next place found", ""),
    bind(Action::FindPrevious, &[Reader], &[k('N')], "place found before", ""),
    bind(Action::Release, &[Reader], &[code(Code::Esc)], "let go of the mark, then back", ""),
    bind(Action::Release, &[Dossier], &[code(Code::Esc)], "back to where you came from", ""),
    bind(Action::Back, TABLES, &[k('q')], "back to the articles", ""),
    bind(Action::Back, &[List], &[k('q')], "quit", ""),
    bind(Action::Star, PANES, &[k('*')], "star the article, or take the star away", ""),
    bind(Action::ToggleRead, PANES, &[k('t')], "mark it read, or unread", ""),
    bind(Action::Tags, PANES, &[k('T')], "its tags", ""),
    bind(Action::Note, PANES, &[k('a')], "a note about it", ""),
    bind(Action::MarkAllRead, PANES, &[k('A')], "mark all articles of the filter read", ""),
    bind(Action::Undo, PANES, &[k('u')], "undo the last change to articles: stars, read, tags, notes", ""),
    bind(Action::Redo, PANES, &[k('U'), Key::ctrl('r')], "do again what was undone", ""),
    bind(Action::Articles, PANES, &[k('1')], "the articles", ""),
    bind(Action::People, PANES, &[k('2')], "the people they name", "people"),
    bind(Action::Countries, PANES, &[k('3')], "the countries", "countries"),
    bind(Action::Organisations, PANES, &[k('4')], "the organisations", ""),
    bind(Action::Places, PANES, &[k('5')], "the other places", ""),
    bind(Action::Quotes, PANES, &[k('6')], "the quotations", "quotes"),
    bind(Action::Timeline, PANES, &[k('7')], "the timeline", ""),
    bind(Action::Map, PANES, &[k('8')], "the map", ""),
    bind(
        Action::Facets,
        PANES,
        &[k('F')],
        "the facets: what these articles have in common, to narrow by; again to leave them",
        "facets",
    ),
    bind(
        Action::GoBack,
        PANES,
        &[Key::ctrl('o'), alt(Code::Left)],
        "back to where you were, through everything visited",
        "",
    ),
    bind(Action::GoForward, PANES, &[code(Code::Tab), alt(Code::Right)], "forward again", ""),
    bind(Action::HalfPageDown, SCROLLED, &[Key::ctrl('d')], "half a page down", ""),
    bind(Action::HalfPageUp, SCROLLED, &[Key::ctrl('u')], "half a page up", ""),
    bind(Action::PageDown, PAGED, &[code(Code::PageDown), k(' ')], "a page down", ""),
    bind(Action::PageDown, &[Facets], &[code(Code::PageDown)], "a page down", ""),
    bind(Action::PageUp, SCROLLED, &[code(Code::PageUp), k('b')], "a page up", ""),
    bind(Action::First, SCROLLED, &[k('g'), code(Code::Home)], "to the beginning", ""),
    bind(Action::Last, SCROLLED, &[k('G'), code(Code::End)], "to the end", ""),
    sequence(
        Action::Copy,
        COMMON,
        &[k('y')],
        'y',
        "copy what you stand on: a quotation, a name, an article's title and link",
        "",
    ),
    sequence(
        Action::CopyQuote,
        COMMON,
        &[k('y')],
        'q',
        "copy the quotation with speaker, outlet, date and link",
        "",
    ),
    sequence(Action::CopyLink, COMMON, &[k('y')], 'l', "copy the link", ""),
    sequence(Action::CopyName, COMMON, &[k('y')], 'n', "copy the name; of a quotation, the speaker's", ""),
    bind(
        Action::Link,
        COMMON,
        &[k('o')],
        "open the link in the browser; where there are several, the one whose key comes next",
        "",
    ),
    bind(
        Action::Mark,
        &[List, Quotes],
        &[k('v')],
        "mark rows from here on, for e and y; again to let go",
        "",
    ),
    sequence(
        Action::ExportMarkdown,
        COMMON,
        EXPORT,
        'm',
        "export as Markdown, with E all that the filter leaves",
        "",
    ),
    sequence(Action::ExportJson, COMMON, EXPORT, 'j', "export as JSON Lines", ""),
    sequence(Action::ExportCsv, COMMON, EXPORT, 'c', "export as a table (CSV)", ""),
    sequence(Action::ExportHtml, COMMON, EXPORT, 'h', "export as a page of HTML, to send or print", ""),
    sequence(Action::ExportText, COMMON, EXPORT, 't', "export as plain text", ""),
    sequence(Action::ExportSpacy, COMMON, EXPORT, 's', "export as JSON Lines for spaCy and displaCy", ""),
    sequence(Action::ExportBrat, COMMON, EXPORT, 'b', "export as a folder for brat", ""),
    sequence(Action::ExportW3c, COMMON, EXPORT, 'w', "export as W3C Web Annotation", ""),
    sequence(Action::GiveUp, COMMON, EXPORT, 'x', "give up the export that is being written", ""),
    bind(Action::CycleMarkers, PANES, &[k('m')], "markers: all, quotations, names, none", ""),
    bind(Action::Zoom, PANES, &[k('z')], "what you read alone, or beside the list", ""),
    bind(
        Action::Mouse,
        PANES,
        &[k('M')],
        "leave the mouse to the terminal, to select text with; or take it again",
        "",
    ),
    bind(Action::Legend, PANES, &[k('L')], "what the markers mean", ""),
    bind(Action::Problems, PANES, &[k('!')], "what could not be read", ""),
    bind(Action::Reload, PANES, &[k('r')], "read the files again", ""),
    bind(Action::Accept, &[Filter], &[code(Code::Enter)], "keep the filter, go to what it leaves", "keep"),
    bind(Action::ClearFilter, &[Filter], &[code(Code::Esc)], "clear the filter", "clear"),
    bind(Action::Down, &[Filter], &[code(Code::Down), Key::ctrl('n')], "next row", "move"),
    bind(Action::Up, &[Filter], &[code(Code::Up), Key::ctrl('p')], "row before", ""),
    bind(Action::Accept, &[Find], &[code(Code::Enter)], "stay at what was found", "keep"),
    bind(Action::Release, &[Find], &[code(Code::Esc)], "back to where you were; all rows", "cancel"),
    bind(Action::FindNext, &[Find], &[code(Code::Down), Key::ctrl('n')], "next place or row found", "next"),
    bind(Action::FindPrevious, &[Find], &[code(Code::Up), Key::ctrl('p')], "the one before", ""),
    bind(Action::Accept, &[Tags], &[code(Code::Enter)], "keep these tags, apart by spaces or commas", "keep"),
    bind(Action::Release, &[Tags], &[code(Code::Esc)], "leave the tags as they were", "cancel"),
    bind(Action::Complete, &[Tags], &[code(Code::Tab)], "complete a tag that was used before", "complete"),
    bind(Action::Accept, &[Note], &[code(Code::Enter)], "keep the note; an empty one is taken away", "keep"),
    bind(Action::Release, &[Note], &[code(Code::Esc)], "leave the note as it was", "cancel"),
    bind(
        Action::Editor,
        &[Note],
        &[Key::ctrl('e')],
        "write it in your editor ($VISUAL or $EDITOR)",
        "editor",
    ),
    bind(
        Action::Back,
        &[Overlay],
        &[code(Code::Esc), k('q'), k('h'), code(Code::Enter)],
        "close it",
        "close",
    ),
    bind(Action::Accept, &[File], &[code(Code::Enter)], "write the file", "write"),
    bind(Action::Release, &[File], &[code(Code::Esc)], "write nothing", "cancel"),
    bind(Action::Accept, &[Palette], &[code(Code::Enter)], "do it", "do it"),
    bind(Action::Release, &[Palette], &[code(Code::Esc)], "close the palette", "close"),
    bind(Action::FindNext, &[Palette], &[code(Code::Down), Key::ctrl('n')], "next row", "next"),
    bind(Action::FindPrevious, &[Palette], &[code(Code::Up), Key::ctrl('p')], "row before", ""),
    bind(
        Action::Palette,
        PANES,
        &[k(':')],
        "the palette: everything that can be done here, by a few letters",
        "",
    ),
    bind(
        Action::Repeat,
        PANES,
        &[k('.')],
        "the last thing again: a step to a quotation, an order, a copy, an export",
        "",
    ),
    bind(Action::Help, SCROLLED, &[k('?')], "all keys", "help"),
    bind(Action::Redraw, EVERYWHERE, &[Key::ctrl('l')], "draw the screen anew", ""),
    bind(Action::Suspend, EVERYWHERE, &[Key::ctrl('z')], "stop until the shell continues it (fg)", ""),
    bind(Action::Quit, EVERYWHERE, &[Key::ctrl('c')], "quit from anywhere", ""),
];
