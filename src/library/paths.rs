//! Where petik keeps its files, after the XDG base directory specification.

use super::import::Place;
use std::ffi::OsString;
use std::path::PathBuf;

/// The folders petik keeps its files in. They need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// What is precious: the library with the reader's own state.
    pub data: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
}

impl Paths {
    /// Those of the user who runs petik; `None` without a home.
    pub fn of_user() -> Option<Paths> {
        Paths::from(|name| std::env::var_os(name))
    }

    /// Those that the variables of an environment name. A relative path is ignored, as the specification says.
    pub fn from(variable: impl Fn(&str) -> Option<OsString>) -> Option<Paths> {
        let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = absolute("HOME").or_else(|| absolute("USERPROFILE"));
        let folder = |name: &str, below: &[&str]| {
            absolute(name).or_else(|| Some(below.iter().fold(home.clone()?, |path, part| path.join(part))))
        };
        Some(Paths {
            data: folder("XDG_DATA_HOME", &[".local", "share"])?.join("petik"),
            cache: folder("XDG_CACHE_HOME", &[".cache"])?.join("petik"),
        })
    }

    /// The reader's library.
    pub fn library(&self) -> Place {
        Place { library: self.data.join("library.db"), derived: self.cache.join("library") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn paths(variables: &[(&str, &str)]) -> Option<Paths> {
        Paths::from(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[cfg(unix)]
    #[test]
    fn relative_paths_are_ignored() {
        let usual = paths(&[("HOME", "/home/a"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "")]).unwrap();
        assert_eq!(usual.library().library, Path::new("/home/a/.local/share/petik/library.db"));
        assert_eq!(usual.cache, Path::new("/home/a/.cache/petik"));
        let own = paths(&[("HOME", "/home/a"), ("XDG_DATA_HOME", "/d")]).unwrap();
        assert_eq!(own.library().library, Path::new("/d/petik/library.db"));
        assert_eq!(paths(&[]), None);
        assert_eq!(paths(&[("HOME", "a")]), None);
    }
}
