//! Files that stand under their names only once they are whole, so that neither a full disk nor Ctrl-C leaves half of one
//! or loses the one before it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Writes a file where there is none.
///
/// # Errors
///
/// Of the kind `AlreadyExists` when something of that name is there, and whatever `write` fails with. Nothing is left
/// then.
pub fn fresh<T>(path: &Path, write: impl FnOnce(&File) -> io::Result<T>) -> io::Result<T> {
    if path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let stand = |part: &Path| match fs::hard_link(part, path) {
        // Unlike a rename, a link is never made over what is there; where there are no links, looking has to do.
        Err(why) if why.kind() != ErrorKind::AlreadyExists => {
            if path.symlink_metadata().is_ok() {
                return Err(ErrorKind::AlreadyExists.into());
            }
            fs::rename(part, path)
        }
        linked => linked,
    };
    in_part(path, None, write, stand)
}

/// Writes a file, also over one that is there, whose permissions it keeps. What is no file, such as a pipe, is written
/// as it is.
///
/// # Errors
///
/// When it may not be written, and whatever `write` fails with. What was there before is untouched then.
pub fn over<T>(path: &Path, write: impl FnOnce(&File) -> io::Result<T>) -> io::Result<T> {
    let found = match path.metadata() {
        Err(why) if why.kind() == ErrorKind::NotFound => None,
        found => Some(found?),
    };
    match found {
        Some(found) if found.is_file() => {
            // What a link leads to is replaced, not the link; and nothing that may not be written.
            let path = path.canonicalize()?;
            OpenOptions::new().write(true).open(&path)?;
            in_part(&path, Some(found.permissions()), write, |part| fs::rename(part, &path))
        }
        Some(_) => write(&OpenOptions::new().write(true).open(path)?),
        None => in_part(path, None, write, |part| fs::rename(part, path)),
    }
}

/// Writes beside `path`; what is whole then, `stand` puts under its name.
fn in_part<T>(
    path: &Path,
    permissions: Option<Permissions>,
    write: impl FnOnce(&File) -> io::Result<T>,
    stand: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<T> {
    let part = beside(path);
    let file = File::create_new(&part)?;
    // Before anything is in it: nobody reads in between what they may not.
    let permitted = permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions));
    let written = permitted.and_then(|()| write(&file)).and_then(|done| stand(&part).map(|()| done));
    drop(file);
    // Whatever became of it, this is not its name.
    let _ = fs::remove_file(&part);
    written
}

/// A name of this process beside a file's, for what is not whole yet.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// Why a file cannot be written, and what helps where that is known.
pub fn unwritable(path: &Path, why: &io::Error) -> String {
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    match path.parent().filter(missing).filter(|_| why.kind() == ErrorKind::NotFound) {
        Some(folder) => {
            format!("{} cannot be written: make the folder {} first", path.display(), folder.display())
        }
        None => format!("{} cannot be written: {why}", path.display()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;

    /// What a folder holds, in order.
    pub(in crate::runtime) fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn what_is_written_over_is_there_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        let broken = over(&path, |mut file| {
            file.write_all(b"ne")?;
            assert_eq!(fs::read_to_string(&path).unwrap(), "old");
            Err::<(), _>(ErrorKind::StorageFull.into())
        });
        assert_eq!(broken.unwrap_err().kind(), ErrorKind::StorageFull);
        assert_eq!(
            (names(folder.path()), fs::read_to_string(&path).unwrap()),
            (vec!["a.md".to_owned()], "old".to_owned())
        );
        over(&path, |mut file| file.write_all(b"new")).unwrap();
        assert_eq!((names(folder.path()).len(), fs::read_to_string(&path).unwrap()), (1, "new".to_owned()));
        let there = fresh(&path, |_| Ok(()));
        assert_eq!(there.unwrap_err().kind(), ErrorKind::AlreadyExists);
        over(&folder.path().join("b.md"), |mut file| file.write_all(b"b")).unwrap();
        fresh(&folder.path().join("c.md"), |mut file| file.write_all(b"c")).unwrap();
        assert_eq!(names(folder.path()), ["a.md", "b.md", "c.md"]);
        // A folder is none, and stays.
        assert!(over(folder.path(), |_| Ok(())).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.md"), folder.path().join("link.md"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        over(&link, |mut file| file.write_all(b"new")).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        // What is no file has no other name to stand under.
        over(Path::new("/dev/null"), |mut file| file.write_all(b"x")).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/x.json");
        let why = fresh(&path, |_| Ok(())).unwrap_err();
        let said = unwritable(&path, &why);
        assert!(
            said.ends_with(&format!(
                "cannot be written: make the folder {} first",
                path.parent().unwrap().display()
            )),
            "{said}"
        );
    }
}
