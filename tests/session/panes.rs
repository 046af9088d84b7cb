//! The third pane and the copies of a story, from the keys to the screen.

use super::grammar::check;
use super::pty::{Session, Start};

/// What stands on a row of the screen.
fn row(session: &Session, row: u16) -> String {
    let (_, columns) = session.state().size();
    session.state().rows(0, columns.get()).nth(row.into()).unwrap_or_default()
}

/// The row of the facets that the keys stand on: whether it is on the line, and its name.
fn facet(session: &Session) -> Option<(bool, String)> {
    let (rows, _) = session.state().size();
    let pane = (0..rows.get()).map(|at| row(session, at));
    let row =
        pane.filter_map(|row| row.split('│').next_back()?.strip_prefix('▌').map(str::to_owned)).next()?;
    let on = row.starts_with('✓');
    let name =
        row.trim_start_matches('✓').trim_start().split(['█', '▏', '▎', '▍', '▌', '▋', '▊', '▉']).next()?;
    Some((on, name.trim_end().to_owned()))
}

#[test]
fn facets_go_onto_the_filter_line_and_off_again() {
    let mut session = Start::petik::<&str>([]).size(120, 36).start();
    session.sees("50 articles").loses(" %");
    session.keys("F").sees("narrow by").until("a person is chosen", |session| facet(session).is_some());
    let (on, person) = facet(&session).unwrap();
    assert!(!on && person.contains(' '), "{person}");
    // The pane has not room for all of a long name, and now more of it, now less; the line is not cut.
    let known = person.rsplit_once(' ').unwrap().0.to_owned();
    session.keys(" ").until("the person is on the line", |session| {
        let line = row(session, 1);
        line.contains(&format!("› person:\"{known}")) && line.contains(" of 50") && !line.contains('…')
    });
    let is_marked =
        |session: &Session| facet(session).is_some_and(|(on, name)| on && name.starts_with(&known));
    session.until("and marked", is_marked);
    // The next group, and both at once.
    session
        .keys("]")
        .until("another row", |session| facet(session).is_some_and(|(_, name)| !name.starts_with(&known)));
    let (_, country) = facet(&session).unwrap();
    let (code, _) = country.split_once(' ').unwrap();
    session.keys(" ").until("both are on the line", |session| {
        let line = row(session, 1);
        line.contains(&format!("› person:\"{known}")) && line.contains(&format!("\" country:{code}"))
    });
    session.keys("[ ").until("the first is off again", |session| {
        let line = row(session, 1);
        line.contains(&format!("› country:{code}")) && line.contains(" of 50") && !line.contains('…')
    });
    // The line can be edited like anything one types, and the pane says what is on it.
    session.keys("/\x15\x1b").until("nothing is on the line", |session| !row(session, 1).contains(" of 50"));
    session.keys("F").until("nothing is marked", |session| facet(session).is_some_and(|(on, _)| !on));
    session.keys("F").loses("narrow by").sees("Enter read").keys("\x03");
    session.ends();
    check(&session.raw);
}

#[test]
fn what_tells_one_story_is_gathered_and_unfolded() {
    let file = crate::gathered::records(true);
    let mut session = Start::petik(["kabar.jsonl"]).size(120, 36).file("kabar.jsonl", &file).start();
    session.sees("10 articles").loses(" %").sees("+1").sees("Norway pays for").sees("Gempa guncang");
    session.keys("X").sees("by story").sees("+3").loses("Norway pays for").loses("Gempa guncang");
    session.sees("10 articles").keys("jjx").sees("└ Norway pays for").sees("-3").sees("X by story");
    session.keys("x").loses("└ Norway pays for").sees("+3");
    // It holds through a filter and through views, and every article is counted.
    session.keys("/bakau").sees("by story · 2 of 10").keys("\r").sees("+1").sees("Enter read");
    session
        .keys("2")
        .until("other rows", |session| !row(session, 1).contains("by story"))
        .keys("1")
        .sees("by story · 2 of 10");
    session.keys("\x1b").loses("2 of 10").sees("by story").loses("Gempa guncang");
    session
        .keys("X")
        .sees("Gempa guncang")
        .until("nothing says so", |session| !row(session, 1).contains("by story"));
    session.keys("\x03");
    session.ends();
    check(&session.raw);
}

#[test]
fn the_copies_of_a_story_are_unfolded() {
    let text: Vec<String> = (0..120).map(|word| format!("kata{word}")).collect();
    let text = text.join(" ");
    let article = |outlet: &str, day: &str, title: &str, text: &str| {
        format!(
            "{{\"title\":\"{title}\",\"outlet\":\"{outlet}\",\"published\":\"{day}\",\"body\":\"{text}.\"}}\n"
        )
    };
    let articles = [
        article("Kabar Nusa", "2025-03-06", "Jembatan itu dibuka lagi", &text),
        article("Lintas Timur", "2025-03-05", "Jembatan dibuka kembali", &text),
        article("Warta Samudra", "2025-03-04", "Jembatan sudah dibuka", &text),
        article("Pelita Pagi", "2025-03-03", "Harga garam turun", "Kapal itu tiba di Oslo"),
    ];
    let file = articles.concat();
    let mut session = Start::petik(["kabar.jsonl"]).size(100, 30).file("kabar.jsonl", &file).start();
    // Four articles, two rows.
    session
        .sees("4 articles")
        .sees("+2")
        .sees("Harga garam turun")
        .loses("Jembatan dibuka kembali")
        .loses(" %");
    session.keys("x").sees("Jembatan dibuka kembali").sees("Jembatan sudah dibuka").sees("Harga garam turun");
    // The copies are rows of their own, to be opened.
    session.keys("j\r").sees("Lintas Timur · 5 Mar 2025").sees("scroll").keys("q");
    session.keys("x").loses("Jembatan dibuka kembali").loses("Jembatan sudah dibuka").sees("+2");
    session.keys("/jembatan").sees("3 of 4").keys("\x03");
    session.ends();
    check(&session.raw);
}
