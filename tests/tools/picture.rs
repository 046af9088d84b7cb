//! Draws a picture of the README: runs petik on its sample in a terminal of its own, presses keys, and writes the screen
//! as SVG.
//!
//! ```text
//! cargo build --release
//! for name in screen answers countries quotes; do
//!     cargo run --release --example picture $name > tests/pictures/$name.svg
//! done
//! ```

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::error::Error;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const COLUMNS: u16 = 120;
const ROWS: u16 = 32;

/// The pictures: keys to press, each with a text to wait for before it.
const PICTURES: &[(&str, &[(&str, &str)])] = &[
    (
        "screen",
        &[
            ("50 articles", "/"),
            ("keep", "norwegia solheim"),
            ("of 50", "\r"),
            ("/ filter", "\r"),
            ("quote", "}"),
        ],
    ),
    // What has this minister said about that country since March, and who else answered?
    (
        "answers",
        &[
            ("50 articles", "/after:2025-03-01 country:NO\r"),
            ("of 50", "2"),
            ("most articles", "fsolheim\r"),
            ("people 1 of", "\r"),
            ("Menteri", "}\r"),
            ("quote ", "\r"),
            ("Others in this story", ""),
        ],
    ),
    // Which countries does this outlet leave out?
    (
        "countries",
        &[("50 articles", "/outlet:harbour\r"), ("of 50", "3"), ("most articles", "s"), ("left out", "")],
    ),
    // What are ten quotations of this person, with their sources?
    (
        "quotes",
        &[
            ("50 articles", "/by:hanamura\r"),
            ("of 50", "6"),
            ("by story", "vjjjjjjjjj"),
            ("10 quotations marked", "e"),
        ],
    ),
];

/// A cell's size in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const PAPER: &str = "#101216";
const INK: &str = "#d2d2cd";

/// The sixteen colours, after a common dark theme.
const PALETTE: [&str; 16] = [
    "#1c1c1c", "#ef5959", "#8ac926", "#e0b341", "#5c9ded", "#c792ea", "#4ec9d4", "#d3d7cf", "#666666",
    "#ff7b7b", "#8ae234", "#fce94f", "#7fb2f0", "#d7a8f0", "#34e2e2", "#eeeeec",
];

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "screen".to_owned());
    let picture = PICTURES.iter().find(|(name, _)| *name == wanted);
    let (_, keys) = picture.ok_or_else(|| format!("no picture is called {wanted}"))?;
    let petik: PathBuf = std::env::current_exe()?
        .parent()
        .and_then(|examples| examples.parent())
        .ok_or("this program stands in no target folder")?
        .join("petik");
    let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(petik);
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    // The sample, not the library of whoever draws.
    for folder in ["XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env(folder, std::env::temp_dir().join("petik-picture"));
    }
    let mut child = pair.slave.spawn_command(command)?;
    let mut writer = pair.master.take_writer()?;
    let bytes = reader(pair.master.try_clone_reader()?);
    let mut screen = vt100::Parser::new(ROWS.try_into()?, COLUMNS.try_into()?, 0);
    for (text, keys) in *keys {
        wait_for(&mut screen, &bytes, text)?;
        writer.write_all(keys.as_bytes())?;
        writer.flush()?;
    }
    settle(&mut screen, &bytes);
    print!("{}", svg(screen.screen()));
    writer.write_all(b"\x03")?;
    child.wait()?;
    Ok(())
}

fn reader(mut source: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = source.read(&mut buffer) {
            if sender.send(buffer.iter().take(count).copied().collect()).is_err() {
                break;
            }
        }
    });
    receiver
}

fn wait_for(screen: &mut vt100::Parser, bytes: &Receiver<Vec<u8>>, text: &str) -> Result<(), Box<dyn Error>> {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !screen.screen().contents().contains(text) {
        let left = deadline.saturating_duration_since(Instant::now());
        let more = bytes.recv_timeout(left);
        screen.process(&more.map_err(|_| format!("never saw {text:?}:\n{}", screen.screen().contents()))?);
    }
    settle(screen, bytes);
    Ok(())
}

/// Takes what comes until nothing has for a while.
fn settle(screen: &mut vt100::Parser, bytes: &Receiver<Vec<u8>>) {
    while let Ok(more) = bytes.recv_timeout(Duration::from_millis(400)) {
        screen.process(&more);
    }
}

fn svg(screen: &vt100::Screen) -> String {
    let (width, height) = (f32::from(COLUMNS) * CELL.0 + 24.0, f32::from(ROWS) * CELL.1 + 24.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let Some(cell) = screen.cell(row, column) else { continue };
            let (mut ink, mut paper) = (colour(cell.fgcolor(), INK), colour(cell.bgcolor(), PAPER));
            if cell.inverse() {
                std::mem::swap(&mut ink, &mut paper);
            }
            let (x, y) = (f32::from(column) * CELL.0 + 12.0, f32::from(row) * CELL.1 + 12.0);
            if paper != PAPER {
                svg += &format!("<rect x=\"{x}\" y=\"{y}\" width=\"8.5\" height=\"18\" fill=\"{paper}\"/>\n");
            }
            if cell.contents().trim().is_empty() {
                continue;
            }
            let mut look = format!("fill=\"{ink}\"");
            for (on, attribute) in [
                (cell.bold(), " font-weight=\"bold\""),
                (cell.italic(), " font-style=\"italic\""),
                (cell.underline(), " text-decoration=\"underline\""),
                (cell.dim(), " opacity=\"0.6\""),
            ] {
                look.push_str(if on { attribute } else { "" });
            }
            let text = cell.contents().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            svg += &format!("<text x=\"{x}\" y=\"{:.1}\" {look}>{text}</text>\n", y + 13.5);
        }
    }
    svg + "</svg>\n"
}

fn colour(colour: vt100::Color, default: &'static str) -> &'static str {
    match colour {
        vt100::Color::Idx(index) => PALETTE.get(usize::from(index)).copied().unwrap_or(default),
        _ => default,
    }
}
