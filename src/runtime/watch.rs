//! Watches a library file, which need not be there yet, for what others write to it. Nobody is woken while nothing
//! happens.
//!
//! What is written to the journal is told before it can be read: the disk comes first. Therefore whoever has changed
//! something says so once more when it is done ([`announce`]).

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Tells those who watch the library that something was done: its time is set to now. It is not opened for that; on Unix
/// closing it would give up the locks of this process's own connections.
pub(super) fn announce(library: &Path) {
    #[cfg(unix)]
    {
        use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, utimensat};
        let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
        // Who cannot be told sees it the next time.
        let _ = utimensat(
            CWD,
            library,
            &Timestamps { last_access: now, last_modification: now },
            AtFlags::empty(),
        );
    }
    #[cfg(not(unix))]
    if let Ok(file) = std::fs::File::options().write(true).open(library) {
        let _ = file.set_modified(std::time::SystemTime::now());
    }
}

/// A watch over a library file.
pub(super) struct Watch {
    library: PathBuf,
    watcher: RecommendedWatcher,
    /// The folder that is watched: the library's, or as long as there is none the nearest one above it.
    folder: Option<PathBuf>,
}

impl Watch {
    /// Tells `stirred`, on a thread of its own, when something may have been written; `None` where the system cannot
    /// watch. What is watched is set by [`Watch::renew`].
    pub(super) fn new(library: &Path, stirred: impl Fn() + Send + 'static) -> Option<Watch> {
        // Changes are written to the journal and moved to the library later. The names of the folders above tell that
        // one of them has come or gone.
        let mut journal = library.file_name()?.to_owned();
        journal.push("-wal");
        let names: Vec<OsString> = library.iter().map(OsString::from).chain([journal]).collect();
        let matters = move |event: &Event| {
            // Opening and closing is what readers do, this one too.
            let written = !matches!(event.kind, EventKind::Access(_));
            let ours =
                |path: &PathBuf| path.file_name().is_some_and(|name| names.iter().any(|known| known == name));
            written && event.paths.iter().any(ours)
        };
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // When events were lost, anything may have happened.
            if event.as_ref().map_or(true, |event| event.need_rescan() || matters(event)) {
                stirred();
            }
        });
        Some(Watch { library: library.to_owned(), watcher: watcher.ok()?, folder: None })
    }

    /// Watches the folder nearest to the library that there is now.
    pub(super) fn renew(&mut self) {
        // A folder may come between looking and watching: then there is one that is nearer.
        while let Some(nearest) = self.library.ancestors().skip(1).find(|folder| folder.is_dir()) {
            if self.folder.as_deref() == Some(nearest) {
                return;
            }
            if let Some(before) = self.folder.take() {
                // One that is gone is watched no more anyway.
                let _ = self.watcher.unwatch(&before);
            }
            if self.watcher.watch(nearest, RecursiveMode::NonRecursive).is_err() {
                return;
            }
            self.folder = Some(nearest.to_owned());
        }
    }
}
