//! petik on a terminal of its own.
//!
//! Every wait has a deadline, and on failure the screen and the end of the raw output are printed. Nothing sleeps: a
//! wait ends when the terminal, the process or the deadline says so.

use portable_pty::{CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take. Generous: the machine may be busy, and a wait that succeeds ends at once.
const DEADLINE: Duration = Duration::from_secs(20);

/// How often a condition that no output announces is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// A program about to be started.
pub(crate) struct Start {
    command: CommandBuilder,
    size: (u16, u16),
    home: TempDir,
}

impl Start {
    /// petik with `arguments`, at 80×24.
    pub(crate) fn petik<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Start {
        Start::program(env!("CARGO_BIN_EXE_petik"), arguments)
    }

    /// Any program, in petik's environment.
    pub(crate) fn program<S: AsRef<OsStr>>(
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = S>,
    ) -> Start {
        let home = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, folder) in [
            ("HOME", ""),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_CONFIG_HOME", "config"),
        ] {
            command.env(name, home.path().join(folder));
        }
        for (name, value) in
            [("PATH", "/usr/bin:/bin"), ("TERM", "xterm-256color"), ("TZ", "UTC"), ("LANG", "C.UTF-8")]
        {
            command.env(name, value);
        }
        command.cwd(home.path());
        Start { command, size: (80, 24), home }
    }

    pub(crate) fn size(mut self, width: u16, height: u16) -> Start {
        self.size = (width, height);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Start {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Start {
        self.command.env_remove(name);
        self
    }

    /// Puts a file into the folder it starts in.
    pub(crate) fn file(self, name: impl AsRef<std::path::Path>, content: impl AsRef<[u8]>) -> Start {
        std::fs::write(self.home.path().join(name), content).unwrap();
        self
    }

    /// Puts a program of that name first in the path: a script of the shell.
    pub(crate) fn script(mut self, name: &str, lines: &str) -> Start {
        use std::os::unix::fs::PermissionsExt;
        let folder = self.home.path().join("bin");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        self.command.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        self
    }

    pub(crate) fn start(self) -> Session {
        let (cols, rows) = self.size;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = modes(&*pair.master);
        let found = stty(&*pair.master, "-g");
        let mut child = pair.slave.spawn_command(self.command).unwrap();
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        let (ended, exit) = channel();
        thread::spawn(move || {
            let status = child.wait().unwrap();
            // The session may be gone already.
            let _ =
                ended.send(Ended { code: status.exit_code(), signal: status.signal().map(str::to_owned) });
        });
        let gate = Arc::new(Gate::default());
        let (chunk, chunks) = channel();
        let mut source = pair.master.try_clone_reader().unwrap();
        let inside = Arc::clone(&gate);
        let reader = thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while inside.open() {
                match source.read(&mut buffer) {
                    Ok(0) | Err(_) => return,
                    Ok(read) => {
                        if chunk.send(buffer[..read].to_vec()).is_err() {
                            return;
                        }
                    }
                }
            }
        });
        Session {
            writer: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave: Some(pair.slave),
            modes,
            found,
            reader: Some(reader),
            gate,
            chunks,
            exit,
            pid,
            raw: Vec::new(),
            screen: Screen::new(self.size),
            home: self.home,
        }
    }
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: u32,
    pub(crate) signal: Option<String>,
}

/// Lets the reading thread read, wait, or end.
#[derive(Default)]
struct Gate {
    state: Mutex<(bool, bool)>,
    changed: Condvar,
}

impl Gate {
    fn set(&self, paused: bool, closed: bool) {
        *self.state.lock().unwrap() = (paused, closed);
        self.changed.notify_all();
    }

    /// Waits while reading is paused; `false` once it is over.
    fn open(&self) -> bool {
        let state = self.state.lock().unwrap();
        let state = self.changed.wait_while(state, |(paused, closed)| *paused && !*closed).unwrap();
        !state.1
    }
}

/// What a terminal would show. One without columns or rows shows nothing, and one that is gigantic is not kept.
struct Screen(Option<vt100::Parser>);

impl Screen {
    fn new((width, height): (u16, u16)) -> Screen {
        let size = NonZeroU16::new(height).zip(NonZeroU16::new(width)).filter(|_| width.max(height) <= 1000);
        Screen(size.map(|(rows, columns)| vt100::Parser::new(rows, columns, 0)))
    }

    fn resize(&mut self, (width, height): (u16, u16)) {
        match (&mut self.0, NonZeroU16::new(height).zip(NonZeroU16::new(width))) {
            (Some(parser), Some((rows, columns))) => parser.set_size(rows, columns),
            _ => *self = Screen::new((width, height)),
        }
    }
}

/// A running program and its terminal.
pub(crate) struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// The modes it found: echo, raw or cooked.
    modes: String,
    /// The same, as `stty` writes it.
    found: String,
    reader: Option<JoinHandle<()>>,
    gate: Arc<Gate>,
    chunks: Receiver<Vec<u8>>,
    exit: Receiver<Ended>,
    pid: Pid,
    /// Everything it has written.
    pub(crate) raw: Vec<u8>,
    screen: Screen,
    home: TempDir,
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// Asks or tells `stty` about the terminal.
fn stty(master: &dyn MasterPty, argument: &str) -> String {
    let terminal = std::fs::File::open(master.tty_name().unwrap()).unwrap();
    let out = std::process::Command::new("stty").arg(argument).stdin(terminal).output().unwrap();
    assert!(out.status.success());
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

impl Session {
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Session {
        self.bytes(keys.as_bytes())
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Session {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
        self
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Session {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.screen.resize((width, height));
        self
    }

    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Session {
        kill_process(self.pid, signal).unwrap();
        self
    }

    /// Where it was started.
    pub(crate) fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// The screen as text, a line a row.
    pub(crate) fn text(&self) -> String {
        self.screen.0.as_ref().map(|parser| parser.screen().contents()).unwrap_or_default()
    }

    /// The terminal's state; it must have rows and columns.
    pub(crate) fn state(&self) -> &vt100::Screen {
        self.screen.0.as_ref().unwrap().screen()
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn sees(&mut self, text: &str) -> &mut Session {
        self.until(&format!("the screen shows {text:?}"), |session| session.text().contains(text))
    }

    /// Waits until the screen does not show `text`.
    pub(crate) fn loses(&mut self, text: &str) -> &mut Session {
        self.until(&format!("the screen no longer shows {text:?}"), |session| !session.text().contains(text))
    }

    /// Waits until raw output behind byte `from` contains `bytes`.
    pub(crate) fn writes(&mut self, from: usize, bytes: &str) -> &mut Session {
        self.until(&format!("it writes {bytes:?}"), |session| {
            let written = session.raw.get(from..).unwrap_or_default();
            memchr::memmem::find(written, bytes.as_bytes()).is_some()
        })
    }

    /// Waits until `condition` holds.
    pub(crate) fn until(&mut self, what: &str, condition: impl Fn(&Session) -> bool) -> &mut Session {
        let deadline = Instant::now() + DEADLINE;
        while !condition(self) {
            if Instant::now() >= deadline {
                self.fail(&format!("waited in vain until {what}"));
            }
            self.read(LOOK);
        }
        self
    }

    /// Takes what it writes within `patience`, at most one piece; whether there was any.
    pub(crate) fn read(&mut self, patience: Duration) -> bool {
        match self.chunks.recv_timeout(patience) {
            Ok(chunk) => {
                self.take(&chunk);
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            // Its end of the terminal is closed: what is waited for comes from elsewhere now.
            Err(RecvTimeoutError::Disconnected) => {
                thread::park_timeout(patience);
                false
            }
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        self.raw.extend_from_slice(chunk);
        if let Some(parser) = &mut self.screen.0 {
            parser.process(chunk);
        }
    }

    /// Lets what it writes pile up, as a terminal does that has stopped.
    pub(crate) fn stop_reading(&mut self) -> &mut Session {
        self.gate.set(true, false);
        self
    }

    pub(crate) fn go_on_reading(&mut self) -> &mut Session {
        self.gate.set(false, false);
        self
    }

    /// Waits until it has stopped, as a job does on Ctrl-Z.
    pub(crate) fn stops(&mut self) -> &mut Session {
        self.until("it is stopped", |session| session.process_state() == Some('T'))
    }

    /// The letter the system has for what the process does: T when it is stopped, Z when it has ended.
    pub(crate) fn process_state(&self) -> Option<char> {
        let out = std::process::Command::new("ps")
            .args(["-o", "stat=", "-p", &self.pid.as_raw_nonzero().to_string()])
            .output()
            .unwrap();
        String::from_utf8_lossy(&out.stdout).trim().chars().next()
    }

    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    /// Closes the terminal as when its window is closed.
    pub(crate) fn hang_up(&mut self) -> &mut Session {
        self.gate.set(false, true);
        // The reading thread has a hand on the terminal until it has read once more: have the screen drawn anew.
        self.keys("\x0c");
        let deadline = Instant::now() + DEADLINE;
        while !self.reader.as_ref().unwrap().is_finished() {
            assert!(Instant::now() < deadline, "nothing was drawn anew");
            self.read(LOOK);
        }
        self.reader.take().unwrap().join().unwrap();
        self.writer = None;
        self.master = None;
        self
    }

    /// Waits for the process to end, and takes what it has still written.
    pub(crate) fn ends(&mut self) -> Ended {
        self.ends_within(DEADLINE)
    }

    /// Waits so long for the process to end, and takes what it has still written.
    pub(crate) fn ends_within(&mut self, patience: Duration) -> Ended {
        let deadline = Instant::now() + patience;
        let ended = loop {
            match self.exit.try_recv() {
                Ok(ended) => break ended,
                Err(_) if Instant::now() >= deadline => self.fail("waited in vain until it ends"),
                Err(_) => self.read(LOOK),
            };
        };
        if let Some(master) = &self.master {
            let now = modes(&**master);
            assert_eq!(now, self.modes, "the terminal is left in another mode than it was found in");
        }
        // With nobody left at the other end, what was written ends.
        self.slave = None;
        if self.master.is_some() {
            self.go_on_reading();
        }
        while let Ok(chunk) = self.chunks.recv_timeout(DEADLINE) {
            self.take(&chunk);
        }
        ended
    }

    /// Whether the terminal is in the mode it was found in.
    pub(crate) fn is_cooked(&self) -> bool {
        modes(&**self.master.as_ref().unwrap()) == self.modes
    }

    /// Sets the terminal to the mode it was found in, as a shell does when a job stops.
    pub(crate) fn cook(&mut self) -> &mut Session {
        stty(&**self.master.as_ref().unwrap(), &self.found);
        assert!(self.is_cooked());
        self
    }

    /// Fails, and shows the screen and the last it has written.
    pub(crate) fn fail(&self, what: &str) -> ! {
        let mut told = format!("{what}\n");
        for line in self.text().lines() {
            let _ = writeln!(told, "  |{line}");
        }
        let tail = self.raw.len().saturating_sub(800);
        let _ = writeln!(told, "  raw: …{}", self.raw[tail..].escape_ascii());
        let _ = writeln!(told, "  process: {:?}", self.process_state());
        panic!("{told}");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.exit.try_recv().is_err() {
            // It has not been waited for, so its number is still its own.
            let _ = kill_process(self.pid, Signal::KILL);
        }
        self.gate.set(false, true);
    }
}
