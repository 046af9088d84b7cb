//! A program on a terminal of its own, with the moment of every byte it writes.

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long anything may take.
const DEADLINE: Duration = Duration::from_secs(60);

pub(crate) struct Terminal {
    chunks: Receiver<(Instant, Vec<u8>)>,
    writer: Box<dyn Write + Send>,
    screen: vt100::Parser,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    begun: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts `program` with its data and its cache in folders of `home`.
    pub(crate) fn start(program: &str, home: &Path, (cols, rows): (u16, u16)) -> Terminal {
        let pair =
            native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("HOME", home);
        command.env("XDG_DATA_HOME", home.join("data"));
        command.env("XDG_CACHE_HOME", home.join("cache"));
        command.env("RAYON_NUM_THREADS", "2");
        for (name, value) in [("TERM", "xterm-256color"), ("TZ", "UTC"), ("LANG", "C.UTF-8")] {
            command.env(name, value);
        }
        let mut source = pair.master.try_clone_reader().unwrap();
        let (chunk, chunks) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read) = source.read(&mut buffer)
                && read > 0
                && chunk.send((Instant::now(), buffer[..read].to_vec())).is_ok()
            {}
        });
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Terminal {
            chunks,
            writer: pair.master.take_writer().unwrap(),
            screen: vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap(), 0),
            child,
            begun,
            _master: pair.master,
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// What is on the screen.
    pub(crate) fn screen(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen shows what it should; gives the milliseconds since the start.
    pub(crate) fn shows(&mut self, what: impl Fn(&str) -> bool) -> f64 {
        loop {
            let (when, chunk) = self.chunks.recv_timeout(DEADLINE).unwrap_or_else(|_| {
                panic!("what was waited for did not come:\n{}", self.screen());
            });
            self.screen.process(&chunk);
            if what(&self.screen()) {
                return (when - self.begun).as_secs_f64() * 1e3;
            }
        }
    }

    /// Sends keys.
    pub(crate) fn write(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Sends keys; gives the milliseconds to the last byte of what they lead to, and how many bytes that is. It is over
    /// when nothing has come for `quiet`.
    pub(crate) fn send(&mut self, keys: &str, quiet: Duration) -> (f64, usize) {
        self.read(Duration::ZERO);
        let sent = Instant::now();
        self.write(keys);
        let (mut last, mut written) = (sent, Vec::new());
        let mut patience = Duration::from_secs(2);
        while let Ok((when, chunk)) = self.chunks.recv_timeout(patience) {
            (last, patience) = (when, quiet);
            written.extend(chunk);
        }
        self.screen.process(&written);
        ((last - sent).as_secs_f64() * 1e3, written.len())
    }

    /// Reads what comes within `time`; gives how many bytes that is.
    pub(crate) fn read(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut bytes = 0;
        loop {
            match self.chunks.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok((_, chunk)) => {
                    bytes += chunk.len();
                    self.screen.process(&chunk);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return bytes,
            }
        }
    }

    /// Presses Ctrl-C and waits for the end.
    pub(crate) fn quit(mut self) {
        self.write("\x03");
        while self.chunks.recv_timeout(DEADLINE).is_ok() {}
        let _ = self.child.wait();
    }
}
