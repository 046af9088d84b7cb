//! The budgets of petik, measured on whole processes: what it promises, what it takes, whether that is kept.
//!
//! ```sh
//! cargo bench --bench budgets                       # 10,000 articles
//! cargo bench --bench budgets -- 10k 100k 1M        # a million: some 15 GB of disk, and minutes
//! cargo bench --bench budgets -- 1M --keep          # the library of the last run is not imported again
//! ```
//!
//! Corpora and libraries are made under `target/tmp/budgets`. Times are those of the clock, for a machine that does
//! nothing else; of the import what the cores spent is told too. Ends with 1 when a budget is not kept. Linux only: it
//! reads `/proc`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a bench may fail loudly"
)]

mod corpus;
#[expect(dead_code, reason = "of the made-up articles the dice alone are used")]
mod stories;
mod terminal;

use petik::annotate::{annotate, skim};
use petik::article::Article;
use rustix::time::{ClockId, clock_gettime};
use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use terminal::Terminal;

const PETIK: &str = env!("CARGO_BIN_EXE_petik");

/// The screen on which keys are measured.
const SCREEN: (u16, u16) = (120, 36);

/// A frame is finished when nothing follows it for so long.
const QUIET: Duration = Duration::from_millis(80);

/// Typed letter by letter, and taken back.
const TYPED: [&str; 7] = [
    "rusia",
    "korea lavr",
    "prabowo subianto",
    "kementerian",
    "menlu oslo",
    "lavtov",
    "person:prabo c:korut",
];

/// What is measured, its unit, and the most (or least) it may be.
struct Table(bool);

impl Table {
    fn title(&self, title: &str) {
        println!("\n{title}");
    }

    fn most(&mut self, what: &str, measured: f64, budget: f64, unit: &str) {
        self.row(what, measured, &format!("≤ {budget} {unit}"), unit, measured <= budget);
    }

    fn least(&mut self, what: &str, measured: f64, budget: f64, unit: &str) {
        self.row(what, measured, &format!("≥ {budget} {unit}"), unit, measured >= budget);
    }

    fn row(&mut self, what: &str, measured: f64, budget: &str, unit: &str, kept: bool) {
        self.0 &= kept;
        let kept = if kept { "pass" } else { "FAIL" };
        println!("  {what:<58} {measured:>10.1} {unit:<14} {budget:<22} {kept}");
    }

    fn told(&self, what: &str, measured: f64, unit: &str) {
        println!("  {what:<58} {measured:>10.1} {unit}");
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|argument| size(argument)).collect();
    if sizes.is_empty() {
        sizes.push(10_000);
    }
    let keep = arguments.iter().any(|argument| argument == "--keep");
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load of this machine: {}", load.split(' ').next().unwrap_or("unknown"));
    let mut table = Table(true);
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("budgets");
    sample(&mut table, &root);
    annotator(&mut table, &root);
    for articles in sizes {
        library(&mut table, &root, articles, keep);
    }
    ExitCode::from(u8::from(!table.0))
}

/// "10k", "1M", "250000".
fn size(argument: &str) -> Option<usize> {
    let (digits, times) = match argument.strip_suffix(['k', 'M']) {
        Some(digits) if argument.ends_with('k') => (digits, 1_000),
        Some(digits) => (digits, 1_000_000),
        None => (argument, 1),
    };
    Some(digits.parse::<usize>().ok()? * times)
}

fn median(mut times: Vec<f64>) -> f64 {
    percentile(&mut times, 50)
}

fn percentile(times: &mut [f64], hundredths: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times[(times.len() - 1) * hundredths / 100]
}

/// Starts on the sample.
fn sample(table: &mut Table, root: &Path) {
    let home = fresh(root.join("sample"));
    let starts = (0..11)
        .map(|_| {
            let mut terminal = Terminal::start(PETIK, &home, SCREEN);
            let drawn = terminal.shows(|screen| screen.contains("50 articles"));
            terminal.quit();
            drawn
        })
        .collect();
    table.title("the sample");
    table.most("start to the first list, median of 11", median(starts), 30.0, "ms");
    let mut terminal = Terminal::start(PETIK, &home, SCREEN);
    terminal.shows(|screen| screen.contains("50 articles"));
    idle(table, &mut terminal);
    terminal.quit();
}

/// Annotates on one core, timed by what that core spends.
fn annotator(table: &mut Table, root: &Path) {
    let path = corpus(root, 2_000);
    let lines = std::io::BufReader::new(fs::File::open(path).unwrap()).lines();
    let articles: Vec<Article> = lines
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let text = |field: &str| record[field].as_str().unwrap().to_owned();
            let language = petik::words::Language::parse(&text("lang"));
            Article { language, ..Article::new(&text("title"), &text("body")) }
        })
        .collect();
    let silent: Vec<Article> =
        articles.iter().map(|article| Article { language: None, ..article.clone() }).collect();
    let bytes: usize = articles.iter().map(|article| article.title.len() + article.body.len()).sum();
    let speed = |articles: &[Article], work: &dyn Fn(&Article) -> usize| {
        let times = (0..5).map(|_| {
            let begun = spent();
            std::hint::black_box(articles.iter().map(work).sum::<usize>());
            spent() - begun
        });
        bytes as f64 / 1e6 / median(times.collect())
    };
    let all = speed(&articles, &|article| annotate(article).quotes.len());
    let told = speed(&silent, &|article| annotate(article).quotes.len());
    let some = speed(&articles, &|article| skim(article).1);
    table.title("the annotator");
    table.least("all layers, one core", all, 25.0, "MB/s");
    table.told("    where the language must be found first", told, "MB/s");
    table.least("quotations and gazetteer, one core", some, 50.0, "MB/s");
}

/// Seconds this thread has run.
fn spent() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The corpus of so many articles, made if it is not there.
fn corpus(root: &Path, articles: usize) -> PathBuf {
    fs::create_dir_all(root).unwrap();
    let path = root.join(format!("corpus-{articles}.jsonl"));
    if !path.exists() {
        let half = root.join("corpus.tmp");
        corpus::write(&half, articles).unwrap();
        fs::rename(half, &path).unwrap();
    }
    path
}

/// An empty folder.
fn fresh(folder: PathBuf) -> PathBuf {
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn library(table: &mut Table, root: &Path, articles: usize, keep: bool) {
    let home = root.join(format!("home-{articles}"));
    table.title(&format!("a library of {articles} articles"));
    if !keep || !home.join("data/petik/library.db").exists() {
        import(table, &corpus(root, articles), &fresh(home.clone()), articles);
    }
    starts(table, &home, articles);
    let mut terminal = Terminal::start(PETIK, &home, SCREEN);
    terminal.shows(|screen| is_listed(screen, articles));
    idle(table, &mut terminal);
    keys(table, &mut terminal);
    moves(table, &mut terminal);
    let [now, peak] = ["VmRSS:", "VmHWM:"].map(|field| memory(terminal.pid(), field).unwrap_or(0.0));
    table.most("memory after all this, resident", now, 300.0, "MB");
    table.told("    at most", peak, "MB");
    terminal.quit();
    let mut terminal = Terminal::start(PETIK, &home, (60, 20));
    terminal.shows(|screen| is_listed(screen, articles));
    rest(&mut terminal);
    let steps: Vec<usize> = (0..30).map(|_| terminal.send("j", QUIET).1).collect();
    let most = steps.into_iter().max().unwrap_or(0) as f64;
    table.most("j in a single pane (60×20), the most written", most, 1024.0, "bytes");
    terminal.quit();
}

fn import(table: &mut Table, corpus: &Path, home: &Path, articles: usize) {
    let children = children();
    let begun = Instant::now();
    let mut child = Command::new(PETIK)
        .arg("import")
        .arg(corpus)
        .env_clear()
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("RAYON_NUM_THREADS", "2")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0.0f64;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        peak = peak.max(memory(child.id(), "VmHWM:").unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "the import failed: {status}");
    let (clock, cores) = (begun.elapsed().as_secs_f64(), self::children() - children);
    table.least("import with full text, whole process", articles as f64 / clock, 8_000.0, "articles/s");
    table.told("    as two cores would that did nothing else", 2.0 * articles as f64 / cores, "articles/s");
    table.told("    what the cores spent on an article", cores * 1e6 / articles as f64, "µs");
    table.most("import, memory at most", peak, 300.0, "MB");
}

/// Seconds that processes that were waited for have run.
fn children() -> f64 {
    let status = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = status.rsplit_once(") ").unwrap().1.split(' ').collect();
    // Behind the name: state is the first; cutime and cstime the fourteenth and fifteenth, in hundredths.
    [13, 14].iter().map(|&at: &usize| fields[at].parse::<f64>().unwrap() / 100.0).sum()
}

/// A line of a process's status, in megabytes.
fn memory(process: u32, field: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1024.0)
}

/// "1,000,000".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let letters = digits.chars().enumerate().flat_map(|(at, digit)| {
        let comma = at > 0 && (digits.len() - at).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([digit])
    });
    letters.collect()
}

/// Whether all articles are listed.
fn is_listed(screen: &str, articles: usize) -> bool {
    screen.contains(&format!("{} articles", grouped(articles)))
}

/// Whether the filter line says how many articles are left, with no "…" before it.
fn is_answered(screen: &str, behind: &str) -> bool {
    let before = screen.lines().find_map(|line| line.split_once(behind)).map(|(before, _)| before);
    before.is_some_and(|before| {
        !before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',').ends_with("… ")
    })
}

fn starts(table: &mut Table, home: &Path, articles: usize) {
    let behind = format!(" of {}", grouped(articles));
    let (mut drawn, mut answered) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        let mut terminal = Terminal::start(PETIK, home, SCREEN);
        let first = terminal.shows(|screen| is_listed(screen, articles));
        // Typed at once: it is answered when what the filter needs is there.
        terminal.write("/korea");
        let then = terminal.shows(|screen| is_answered(screen, &behind));
        drawn.push(first);
        answered.push(then - first);
        terminal.quit();
    }
    table.most("start to the first list, median of 7", median(drawn), 100.0, "ms");
    table.most("from there to the first answer of the filter", median(answered), 100.0, "ms");
}

fn keys(table: &mut Table, terminal: &mut Terminal) {
    let (mut all, mut first, mut pasted, mut back) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for query in TYPED {
        terminal.send("/", QUIET);
        for (at, letter) in query.chars().enumerate() {
            let (time, _) = terminal.send(&letter.to_string(), QUIET);
            if at == 0 {
                first.push(time);
            }
            all.push(time);
        }
        for _ in query.chars().skip(1) {
            back.push(terminal.send("\x7f", QUIET).0);
        }
        terminal.send("\x15", QUIET);
        pasted.push(terminal.send(&format!("\x1b[200~{query}\x1b[201~"), QUIET).0);
        terminal.send("\x15", QUIET);
        terminal.send("\x1b", QUIET);
    }
    for (hundredths, budget) in [(50, 8.0), (99, 16.0), (100, 33.0)] {
        let name = if hundredths == 100 { "max".to_owned() } else { format!("p{hundredths}") };
        let time = percentile(&mut all, hundredths);
        table.most(&format!("a key in the filter to the finished frame, {name}"), time, budget, "ms");
    }
    table.most("the first key, median", median(first), 8.0, "ms");
    table.most("a pasted query, median", median(pasted), 20.0, "ms");
    table.most("Backspace, median", median(back), 8.0, "ms");
}

fn moves(table: &mut Table, terminal: &mut Terminal) {
    for (what, keys) in [
        ("j, the preview in the same frame", "j".repeat(30)),
        ("half a page down", "\x04".repeat(20)),
        ("open an article, scroll it, come back", "ljjh".repeat(10)),
        ("to the end and to the beginning", "Gg".repeat(5)),
    ] {
        let sent: Vec<(f64, usize)> =
            keys.chars().map(|key| terminal.send(&key.to_string(), QUIET)).collect();
        let most = sent.iter().map(|&(_, bytes)| bytes).max().unwrap_or(0) as f64;
        let times = sent.into_iter().map(|(time, _)| time).collect();
        table.most(&format!("{what}, median"), median(times), 4.0, "ms");
        table.most("    the most written", most, 4096.0, "bytes");
    }
}

/// Waits until nothing is done any more.
fn rest(terminal: &mut Terminal) {
    loop {
        let before = sleeps(terminal.pid());
        if terminal.read(Duration::from_millis(300)) == 0 && sleeps(terminal.pid()) == before {
            return;
        }
    }
}

fn idle(table: &mut Table, terminal: &mut Terminal) {
    rest(terminal);
    let before = sleeps(terminal.pid());
    let bytes = terminal.read(Duration::from_secs(5));
    table.most("idle for 5 s, written", bytes as f64, 0.0, "bytes");
    table.most("idle for 5 s, woken", sleeps(terminal.pid()).abs_diff(before) as f64, 0.0, "times");
}

/// How often the threads of a process have gone to sleep.
fn sleeps(process: u32) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok())
        .filter_map(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse::<u64>().ok()
        })
        .sum()
}
