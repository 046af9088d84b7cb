//! Folders → files, in the order of their names.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What a walk comes upon.
pub(super) enum Step {
    /// A file: its path, its length in bytes, and whether it was named by the user rather than found in a folder.
    File(PathBuf, u64, bool),
    /// Standard input, or something else that has no length.
    Stream(PathBuf),
    /// A path that could not be looked at.
    Failed(PathBuf, io::Error),
}

/// A walk through one path that was named.
///
/// Hidden entries are skipped. Links to files are followed; links to folders too, unless the folder was walked
/// already, so that a loop of links ends.
pub(super) struct Walk {
    /// Entries still to look at, the next one last.
    stack: Vec<PathBuf>,
    walked: HashSet<PathBuf>,
    named: Option<PathBuf>,
}

impl Walk {
    pub(super) fn new(path: &Path) -> Walk {
        Walk { stack: Vec::new(), walked: HashSet::new(), named: Some(path.to_owned()) }
    }

    fn folder(&mut self, path: &Path) -> io::Result<()> {
        if !self.walked.insert(fs::canonicalize(path)?) {
            return Ok(());
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                entries.push(entry.path());
            }
        }
        entries.sort_unstable_by(|a, b| b.cmp(a));
        self.stack.append(&mut entries);
        Ok(())
    }

    fn step(&mut self, path: PathBuf, metadata: &Metadata, named: bool) -> Option<Step> {
        if metadata.is_dir() {
            return self.folder(&path).err().map(|error| Step::Failed(path, error));
        }
        if metadata.is_file() {
            return Some(Step::File(path, metadata.len(), named));
        }
        // A pipe that was named is meant; one in a folder would wait for ever.
        named.then_some(Step::Stream(path))
    }
}

impl Iterator for Walk {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        loop {
            let (path, named) = match self.named.take() {
                Some(path) => (path, true),
                None => (self.stack.pop()?, false),
            };
            let step = match fs::metadata(&path) {
                Ok(metadata) => self.step(path, &metadata, named),
                // A link that leads nowhere is nobody's article.
                Err(error) if !named && error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => Some(Step::Failed(path, error)),
            };
            if step.is_some() {
                return step;
            }
        }
    }
}

/// How much there is below some paths, and what tells it from what was there at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    /// The bytes of all files.
    pub bytes: u64,
    /// Changes when a file comes, goes, changes its length or is written anew.
    pub stamp: u64,
}

/// Looks at all files below `paths` without reading them; `None` when one of them is no file and no folder, or cannot
/// be looked at.
pub fn survey(paths: &[PathBuf]) -> Option<Survey> {
    let mut survey = Survey { bytes: 0, stamp: 0xcbf2_9ce4_8422_2325 };
    for path in paths {
        for step in Walk::new(path) {
            let Step::File(path, length, _) = step else { return None };
            let written = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok()?;
            let written = written.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
            survey.bytes = survey.bytes.saturating_add(length);
            let name = path.as_os_str().as_encoded_bytes().iter().copied();
            for byte in name.chain([0xff]).chain(length.to_le_bytes()).chain(written.to_le_bytes()) {
                survey.stamp = (survey.stamp ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    Some(survey)
}

/// Steps that were looked at ahead, so that a small folder has a known length from the start.
pub(super) struct Ahead {
    steps: VecDeque<Step>,
    rest: Walk,
    /// The bytes of all files, when that is known.
    pub(super) total: Option<u64>,
}

impl Ahead {
    /// Looks at up to `most` steps.
    pub(super) fn new(path: &Path, most: usize) -> Ahead {
        let mut rest = Walk::new(path);
        let steps: VecDeque<Step> = rest.by_ref().take(most).collect();
        let lengths = steps.iter().map(|step| match step {
            Step::File(_, length, _) => Some(*length),
            Step::Stream(_) => None,
            Step::Failed(..) => Some(0),
        });
        let total = lengths.sum::<Option<u64>>().filter(|_| steps.len() < most);
        Ahead { steps, rest, total }
    }
}

impl Iterator for Ahead {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        self.steps.pop_front().or_else(|| self.rest.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        Ahead::new(root, 3)
            .filter_map(|step| match step {
                Step::File(path, ..) => Some(path.strip_prefix(root).unwrap().display().to_string()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn folders_are_walked_in_the_order_of_names() {
        let root = tempfile::tempdir().unwrap();
        for name in ["b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/x.txt", "c.txt"] {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        assert_eq!(names(root.path()), ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]);
        assert_eq!(Ahead::new(root.path(), 100).total, Some(4));
        assert_eq!(Ahead::new(root.path(), 3).total, None);
    }

    #[test]
    fn a_survey_sees_what_changes() {
        let root = tempfile::tempdir().unwrap();
        let paths = [root.path().to_owned()];
        fs::write(root.path().join("a.txt"), "xx").unwrap();
        let first = survey(&paths).unwrap();
        assert_eq!((first.bytes, survey(&paths)), (2, Some(first)));
        fs::write(root.path().join("a.txt"), "xxx").unwrap();
        let second = survey(&paths).unwrap();
        assert_ne!(first.stamp, second.stamp);
        fs::rename(root.path().join("a.txt"), root.path().join("b.txt")).unwrap();
        assert_ne!(survey(&paths).unwrap().stamp, second.stamp);
        assert_eq!(survey(&[root.path().join("nowhere")]), None);
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_end() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("a")).unwrap();
        fs::write(root.path().join("a/1.txt"), "x").unwrap();
        symlink(root.path(), root.path().join("a/loop")).unwrap();
        symlink(root.path().join("nowhere"), root.path().join("dead")).unwrap();
        symlink(root.path().join("a/1.txt"), root.path().join("z.txt")).unwrap();
        assert_eq!(names(root.path()), ["a/1.txt", "z.txt"]);
    }
}
