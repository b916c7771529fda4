//! What to read: the paths of the command line or of a list, folders and zips opened in the order of their names.
//!
//! Takes paths, gives inputs one by one and the faults between them, so that no more of an archive is held in memory
//! than the names of the folders that are open. A second walk over the same files gives the same inputs.

use super::archive;
use super::fault::Fault;
use super::input::{Input, Member, is_stdin};
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// What folders and zips are searched for; a file named on the command line is read whatever its name.
const EXTENSIONS: [&str; 2] = ["txt", "pdf"];

/// The ending of what is opened as a folder is.
const ZIP: &str = "zip";

/// Bytes of a line of a list: longer than any path that a system opens.
const LINE_BYTES: u64 = 1 << 16;

/// A walk over inputs, in order.
pub(super) struct Walk {
    /// The paths still to look at.
    paths: Box<dyn Iterator<Item = io::Result<PathBuf>> + Send>,
    /// The folder that was named last, below which names begin.
    root: PathBuf,
    /// The folders that are open, with what of them is still to come.
    open: Vec<(PathBuf, VecDeque<OsString>)>,
    /// What was found and not yet given.
    found: VecDeque<Result<Input, Fault>>,
    /// Whether something was found below `root`.
    any: bool,
}

impl Walk {
    /// Over the paths of the command line.
    pub(super) fn over(paths: Vec<PathBuf>) -> Self {
        Self::new(Box::new(paths.into_iter().map(Ok)))
    }

    /// Over the paths that stdin gives, one a line, as they come.
    pub(super) fn over_list() -> Self {
        Self::new(Box::new(std::iter::from_fn(|| next_line(&mut io::stdin().lock()))))
    }

    fn new(paths: Box<dyn Iterator<Item = io::Result<PathBuf>> + Send>) -> Self {
        Self { paths, root: PathBuf::new(), open: Vec::new(), found: VecDeque::new(), any: true }
    }

    /// Goes one step on: looks at a path, or at the next name of the folder that is open.
    fn step(&mut self) -> Option<()> {
        if let Some((folder, names)) = self.open.last_mut() {
            match names.pop_front() {
                Some(name) => {
                    let path = folder.join(name);
                    self.visit(path);
                }
                None => self.leave(),
            }
            return Some(());
        }
        match self.paths.next()? {
            Ok(path) => self.begin(path),
            Err(error) => self.found.push_back(Err(Fault::io("stdin", error))),
        }
        Some(())
    }

    /// Begins with a path that was named.
    fn begin(&mut self, path: PathBuf) {
        if is_stdin(&path) {
            return self.found.push_back(Ok(Input::named(&path)));
        }
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {
                self.root.clone_from(&path);
                self.any = false;
                self.enter(path);
            }
            Ok(metadata) if metadata.is_file() && has_extension(&path, &[ZIP]) => {
                self.root = path.parent().unwrap_or(Path::new("")).to_owned();
                self.unpack(&path);
            }
            // What is not there is an input too: that it cannot be read is told in its turn.
            Ok(_) | Err(_) => self.found.push_back(Ok(Input::named(&path))),
        }
    }

    /// Looks at what stands in a folder. Links to folders are not followed: they may lead round in a circle.
    fn visit(&mut self, path: PathBuf) {
        if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return self.enter(path);
        }
        // A link that leads nowhere is a document that cannot be read; a pipe or a device is none.
        if path.exists() && !path.is_file() {
            return;
        }
        if has_extension(&path, &[ZIP]) {
            self.unpack(&path);
        } else if has_extension(&path, &EXTENSIONS) {
            let name = self.name(&path);
            self.push(Ok(Input { path, name, member: None }));
        }
    }

    /// The place of a path below the folder that was named.
    fn name(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    fn push(&mut self, found: Result<Input, Fault>) {
        self.any = true;
        self.found.push_back(found);
    }

    fn enter(&mut self, folder: PathBuf) {
        match names(&folder) {
            Ok(names) => self.open.push((folder, names)),
            Err(error) => self.push(Err(Fault::io_at(&folder, error))),
        }
        if self.open.is_empty() {
            self.any = true;
        }
    }

    fn leave(&mut self) {
        self.open.pop();
        if self.open.is_empty() && !self.any {
            let reason = "a folder without documents: no .txt, .pdf or .zip in it";
            self.push(Err(Fault::refused(&self.root.clone(), reason)));
        }
    }

    fn unpack(&mut self, path: &Path) {
        let wanted = |name: &str| has_extension(Path::new(name), &EXTENSIONS) || has_extension(Path::new(name), &[ZIP]);
        let documents = match archive::documents(path, wanted) {
            Ok(documents) if documents.is_empty() => {
                return self.push(Err(Fault::refused(path, "a zip without documents: no .txt or .pdf in it")));
            }
            Ok(documents) => documents,
            Err(error) => return self.push(Err(Fault::io_at(path, error))),
        };
        let name = self.name(path);
        for document in documents {
            let member = Member { index: document.index, name: document.name };
            // Not joined as paths are: a member that is called /etc/x is still told of as one of this zip.
            let subject = || format!("{}/{}", path.display(), member.name);
            let refused = |reason: &str| Err(Fault::Refused { subject: subject(), reason: reason.to_owned() });
            let found = match document.place {
                Err(reason) => refused(reason),
                Ok(_) if has_extension(Path::new(&member.name), &[ZIP]) => refused("a zip in a zip: unpack it first"),
                Ok(place) => Ok(Input { path: path.to_owned(), name: name.join(place), member: Some(member) }),
            };
            self.push(found);
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Input, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.found.is_empty() {
            self.step()?;
        }
        self.found.pop_front()
    }
}

/// The names in a folder, in order; hidden ones are left alone.
fn names(folder: &Path) -> io::Result<VecDeque<OsString>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names.into())
}

/// Whether a path ends in one of these, in capitals or not.
fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
}

/// Whether a path is named as a zip is.
pub(super) fn is_zip(path: &Path) -> bool {
    has_extension(path, &[ZIP])
}

/// Whether a folder that is walked gives this path as an input of its own.
pub(super) fn is_walked(path: &Path) -> bool {
    has_extension(path, &EXTENSIONS) || has_extension(path, &[ZIP])
}

/// The path on the next line. Empty lines are passed over.
fn next_line(stdin: &mut impl BufRead) -> Option<io::Result<PathBuf>> {
    loop {
        let mut line = Vec::new();
        match stdin.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => return Some(Err(error)),
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        if !line.is_empty() {
            return Some(to_path(line));
        }
    }
}

/// A path of a list or a request. File names are bytes on Unix, and UTF-8 elsewhere.
pub(super) fn to_path(bytes: Vec<u8>) -> io::Result<PathBuf> {
    #[cfg(unix)]
    return Ok(std::os::unix::ffi::OsStringExt::from_vec(bytes)).map(|name: OsString| name.into());
    #[cfg(not(unix))]
    return String::from_utf8(bytes).map(PathBuf::from).map_err(|_| io::ErrorKind::InvalidData.into());
}
