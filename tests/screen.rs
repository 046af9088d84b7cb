//! Pictures of the screen in four sizes, with colours and without.

use crate::shelf::{model, press};
use petik::view::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 36), (200, 60)];

/// What is on the screen, and the keys that bring it there.
const SCREENS: [(&str, &str); 37] = [
    ("list", ""),
    ("filter", "/korut"),
    ("reader", "/wonsan<enter><enter>"),
    ("quote", "/wonsan<enter><enter>}}"),
    ("help", "?"),
    ("people", "2"),
    ("find_people", "2fsol"),
    ("dossier", "2<enter>jjj"),
    ("countries", "3s"),
    ("left_out", "/outlet:kabar<enter>3sjj"),
    ("left_out_dossier", "/outlet:kabar<enter>3sj<enter>"),
    ("left_out_of_all", "/outlet:kabar<enter>3s<esc>"),
    ("left_out_nothing", "/outlet:zzzz<enter>3s"),
    ("organisations", "4j"),
    ("places", "5j"),
    ("quotes", "6j"),
    ("quotes_around", "6jc"),
    ("said", "6l"),
    ("timeline", "7"),
    ("days", "7kl"),
    ("compare", "/rusia<enter>7sssc/<ctrl-u>indonesia<enter>"),
    ("map", "8j"),
    ("nobody", "/zzzz<enter>2"),
    ("palette", "2:dossier"),
    ("palette_elsewhere", ":quotation"),
    ("full_text", "/text:(laut OR kapal OR cable)"),
    ("menu", "/lavrov country:<tab><tab>"),
    ("menu_words", "/a<tab>"),
    ("searches", "/korut<ctrl-s>korut<enter><ctrl-u>@korut lavrov<ctrl-s>Korut dan Rusia<enter><esc>Sj"),
    ("search_name", "/korut<ctrl-s>korut<enter><ctrl-u>rusia<ctrl-s>korut<enter>"),
    ("sequence", "jy"),
    ("facets", "F]j ]"),
    ("facets_nothing", "/by:zzzz<enter>F"),
    ("export", "E"),
    ("marked", "jvjj"),
    ("marked_quotes", "6jvj"),
    ("naming", "6jvjem"),
];

fn screen(size: (u16, u16), keys: &str, colour: bool) -> Buffer {
    let mut model = model(size.0, size.1);
    model.screen.no_colour = !colour;
    press(&mut model, keys);
    drawn(&model, size, colour)
}

/// The screen of a model as text.
pub(crate) fn picture(model: &petik::app::Model, size: (u16, u16)) -> String {
    text(&drawn(model, size, true))
}

/// The same without colours.
pub(crate) fn plain(model: &petik::app::Model, size: (u16, u16)) -> String {
    text(&drawn(model, size, false))
}

#[test]
fn what_is_cut_says_so() {
    let row = |size: (u16, u16), keys: &str, place: usize| {
        let mut model = model(size.0, size.1);
        press(&mut model, keys);
        model.reader.progress();
        picture(&model, size).lines().nth(place).unwrap().trim_end().to_owned()
    };
    let last = |size: (u16, u16), keys: &str| row(size, keys, usize::from(size.1) - 1);
    // A notice, in the whole width and beside how far one has read.
    let mut model = crate::shelf::model(60, 20);
    model.notice = Some("a notice that is longer than the sixty columns of this screen are".to_owned());
    assert!(
        picture(&model, (60, 20)).ends_with(" a notice that is longer than the sixty columns of this scr…\n")
    );
    let missed = last((60, 20), "/outlet:kabar<enter>3s");
    assert!(missed.starts_with(" left out: ") && !missed.contains('…'), "{missed}");
    let mut model = crate::shelf::model(80, 24);
    press(&mut model, "/wonsan<enter><enter>}");
    model.notice =
        Some("copied to the clipboard: “Kapal itu tiba,” kata Ingrid Solheim (The Harbour Post)".to_owned());
    let copied = picture(&model, (80, 24)).lines().last().unwrap().trim_end().to_owned();
    assert!(copied.contains("… ") && copied.ends_with(" %"), "{copied}");
    // The filter line, typed in and left; the file that is named.
    let query = "try:KP after:2025-01-01 before:2025-12-31 rusia OR lavrov OR indonesia";
    for keys in [format!("/{query}"), format!("/{query}<enter>")] {
        let line = row((60, 20), &keys, 1);
        assert!(line.starts_with(" › …") && line.contains("indonesia"), "{line}");
    }
    let line = row((60, 20), &format!("/{query}<ctrl-a>"), 1);
    assert!(line.starts_with(" › try:KP") && line.contains('…'), "{line}");
    let file = last((60, 20), "em");
    assert!(file.contains("to: …") && file.ends_with(".md"), "{file}");
    // A line that fits has no sign.
    assert!(!row((60, 20), "/korut", 1).contains('…'));
}

fn drawn(model: &petik::app::Model, size: (u16, u16), colour: bool) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| draw(model, Theme { colour }, frame)).unwrap();
    terminal.backend().buffer().clone()
}

#[test]
fn links_have_their_keys_in_the_margin() {
    for size in SIZES {
        let mut model = crate::shelf::linked();
        press(&mut model, "<enter>o");
        crate::shelf::send(&mut model, petik::app::Message::Resize(size.0, size.1));
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        terminal.draw(|frame| draw(&model, Theme { colour: true }, frame)).unwrap();
        insta::assert_snapshot!(format!("links_{}x{}", size.0, size.1), text(terminal.backend().buffer()));
    }
}

#[test]
fn several_links_on_a_line_are_not_one_of_a_longer_key() {
    for size in [(60, 20), (80, 24), (120, 36), (200, 60)] {
        let mut model = crate::shelf::with_links(55, size.0, size.1);
        let margins = |picture: &str| -> Vec<String> {
            let lines = picture.lines().filter(|line| line.contains("https://"));
            let before = lines.filter_map(|line| {
                Some(line.split_once("https://")?.0.rsplit('│').next()?.trim().to_owned())
            });
            before.filter(|keys| !keys.is_empty()).collect()
        };
        let top = margins(&picture(&model, size));
        assert!(["[1][2][3]", "1 2 3", "1…"].contains(&top[0].as_str()), "{size:?}: {top:?}");
        press(&mut model, "G");
        let end = margins(&picture(&model, size));
        assert!(["[zm]", "zm"].contains(&end.last().unwrap().as_str()), "{size:?}: {end:?}");
        insta::assert_snapshot!(format!("many_links_{}x{}", size.0, size.1), picture(&model, size));
    }
}

/// The views, the third pane and the saved searches, and the keys that go there.
const VIEWS: [(&str, &str); 10] = [
    ("articles", "1"),
    ("people", "2"),
    ("countries", "3"),
    ("organisations", "4"),
    ("places", "5"),
    ("quotations", "6"),
    ("timeline", "7"),
    ("map", "8"),
    ("narrow by", "F"),
    ("Saved searches", "S"),
];

/// What each view says where it has nothing to show.
fn nothings(size: (u16, u16), model: impl Fn() -> petik::app::Model, before: &str) -> String {
    let mut all = String::new();
    for (view, key) in VIEWS {
        let mut model = model();
        press(&mut model, before);
        press(&mut model, key);
        let picture = picture(&model, size);
        let what_to_do =
            ["/ changes", "Esc clears", "petik FILE", "F goes back", "Ctrl-s in the filter", "Esc shows"];
        let flat = picture.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(what_to_do.iter().any(|hint| flat.contains(hint)), "{view}: {picture}");
        let head: Vec<&str> = picture.lines().take(8).collect();
        all += &format!("-- {view}\n{}\n{}\n", head.join("\n"), picture.lines().last().unwrap());
    }
    all
}

#[test]
fn every_view_says_what_to_do_where_it_has_nothing() {
    let nobody = |size: (u16, u16)| {
        let mut model = petik::app::Model::new("tests".to_owned(), size);
        let update = petik::library::Update::Read {
            snapshot: Default::default(),
            progress: None,
            problems: Vec::new(),
        };
        crate::shelf::send(&mut model, petik::app::Message::Library(0, update));
        model
    };
    for size in [(60, 20), (80, 24), (120, 36)] {
        let name = |what: &str| format!("nothing_{what}_{}x{}", size.0, size.1);
        // Letters that are in no title and no name.
        let filtered = nothings(size, || model(size.0, size.1), "/text:zzzz<enter>");
        insta::assert_snapshot!(name("matches"), filtered);
        insta::assert_snapshot!(name("at_all"), nothings(size, || nobody(size), ""));
    }
    // And where nothing is found among rows that are there.
    for key in ["2", "3", "4", "5", "6", "8"] {
        let mut model = model(80, 24);
        press(&mut model, &format!("{key}fzzzz"));
        let flat = picture(&model, (80, 24)).replace('│', " ");
        let flat = flat.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("Esc shows"), "{key}: {flat}");
    }
}

#[test]
fn a_panel_of_keys_fits_on_any_screen() {
    for width in 12..100 {
        for height in 3..16 {
            let keys = if width % 2 == 0 { "E" } else { "vjy" };
            let picture = text(&screen((width, height), keys, true));
            let (first, last) = (picture.find('╭'), picture.find('╯'));
            assert_eq!(first.is_some(), last.is_some(), "{picture}");
        }
    }
    // All eight keys stand on a screen with room for four, side by side; there is no export to be given up.
    let picture = text(&screen((120, 9), "e", true));
    for key in
        ["│ m  ", "j  export", "c  export", "h  export", "t  export", "s  export", "b  export", "w  export"]
    {
        assert!(picture.contains(key), "{key}: {picture}");
    }
}

fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            if skip == 0 {
                let symbol = buffer[(x, y)].symbol();
                skip = petik::text::width(symbol).max(1);
                line.push_str(symbol);
            }
            skip -= 1;
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[test]
fn every_screen_in_every_size() {
    for size in SIZES {
        for (name, keys) in SCREENS {
            let picture = text(&screen(size, keys, true));
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), picture);
        }
    }
}

#[test]
fn styles_with_colours_and_without() {
    for colour in [true, false] {
        let name = format!("styles_{}", if colour { "colour" } else { "mono" });
        insta::assert_debug_snapshot!(name, screen((80, 24), "/wonsan<enter><enter>}", colour));
    }
}

/// Colours say nothing that letters and signs do not say too. The map alone is drawn with them only: without, there are
/// its bars.
#[test]
fn without_colours_every_screen_says_the_same() {
    for size in SIZES {
        for (name, keys) in SCREENS {
            let [plain, coloured] = [false, true].map(|colour| text(&screen(size, keys, colour)));
            if name == "map" {
                insta::assert_snapshot!(format!("map_mono_{}x{}", size.0, size.1), plain);
                let is_map =
                    |picture: &str| picture.contains(|c| matches!(c, '●' | '•' | '\u{2801}'..='\u{28ff}'));
                assert_eq!((is_map(&plain), is_map(&coloured)), (false, size.0 >= 80), "{size:?}");
            } else {
                assert_eq!(plain, coloured, "{name}, {size:?}");
            }
        }
    }
}

/// Every name that has days stands with them, in one column, at every size.
#[test]
fn every_name_is_told_when_it_was_seen() {
    for size in SIZES {
        for keys in ["2", "3", "4", "5"] {
            let mut model = model(size.0, size.1);
            press(&mut model, keys);
            let lines = picture(&model, size);
            let table = model.views.table().unwrap();
            let mut ends = std::collections::BTreeSet::new();
            for (at, line) in lines.lines().skip(3).take(table.window.len()).enumerate() {
                let line = line.split('│').next().unwrap();
                let named = table.named(table.cursor.top + at).unwrap();
                let month = |last: petik::article::Day| last.written().split(' ').nth(1).unwrap().to_owned();
                let Some(month) = named.last.map(month) else {
                    assert!(!line.contains('–'), "{line}");
                    continue;
                };
                assert!(line.contains(&month), "{size:?}, {keys}: {line}");
                ends.insert(petik::text::width(&line[..line.rfind(&month).unwrap()]));
            }
            assert_eq!(ends.len(), 1, "{size:?}, {keys}: {ends:?} {lines}");
        }
    }
}

/// An article keeps its columns beside names; so does a list whose columns are chosen.
#[test]
fn names_take_room_from_dossiers_alone() {
    let mut model = model(80, 24);
    let list = |model: &petik::app::Model| model.layout().list.width;
    assert_eq!(list(&model), 34);
    press(&mut model, "2");
    assert_eq!(list(&model), 40);
    press(&mut model, "<enter>");
    assert_eq!(list(&model), 40, "its dossier");
    press(&mut model, "G<enter>");
    let article = matches!(model.subject(), Some(petik::app::Subject::Article(_)));
    assert_eq!((article, list(&model)), (true, 34), "{}", picture(&model, (80, 24)));
}

/// Every country of the map stands among the bars, with its count.
#[test]
fn without_colours_the_bars_say_what_the_map_says() {
    let (plain, coloured) = (screen((120, 36), "8", false), screen((120, 36), "8", true));
    let rows = |buffer: &Buffer| -> Vec<(String, String)> {
        let lines = text(buffer);
        let lines = lines.lines().skip(3).filter_map(|line| {
            let list = line.split('│').next()?.trim_start_matches('▌').trim();
            let (code, rest) = list.split_once(' ')?;
            // A bar may end in part of a block.
            let behind = rest.rsplit_once('█')?.1.trim_start_matches(|part| ('▉'..='▏').contains(&part));
            Some((code.to_owned(), behind.split_whitespace().next()?.to_owned()))
        });
        lines.collect()
    };
    assert_eq!(rows(&plain).len(), 23);
    assert_eq!(rows(&plain), rows(&coloured));
}

#[test]
fn without_colours_there_are_none() {
    for (_, keys) in SCREENS {
        let buffer = screen((120, 36), keys, false);
        let plain = ratatui::style::Color::Reset;
        assert!(buffer.content.iter().all(|cell| cell.fg == plain && cell.bg == plain));
    }
}

#[test]
fn without_colours_every_kind_of_name_looks_its_own() {
    use petik::article::Kind;
    let theme = Theme { colour: false };
    let looks: std::collections::HashSet<_> =
        Kind::ALL.into_iter().map(|kind| theme.name(kind).add_modifier.bits()).collect();
    assert_eq!(looks.len(), 4);
}
