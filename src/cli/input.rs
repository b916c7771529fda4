//! One thing to read: a file, stdin, or a member of a zip.
//!
//! ```text
//! vragen/2020/a.pdf         given as `vragen`     → name 2020/a.pdf     (its place below the output folder)
//!                           given as itself       → name a.pdf
//! vragen/2020.zip, 01/b.pdf given as `vragen`     → name 2020.zip/01/b.pdf
//! -                                               → name stdin
//! ```

use super::archive::{Shelf, damage};
use super::fault::Fault;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use vraagbaak::Limits;

/// The path that stands for stdin.
const STDIN: &str = "-";

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Input {
    /// Where it is, or `-`; of a member, where its zip is.
    pub(super) path: PathBuf,
    /// Its place below the folder that it was found in.
    pub(super) name: PathBuf,
    /// Which member of the zip it is.
    pub(super) member: Option<Member>,
}

/// A member of a zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Its number in the zip's directory.
    pub(super) index: usize,
    /// What the zip calls it.
    pub(super) name: String,
}

impl Input {
    /// A path of the command line that is no folder.
    pub(super) fn named(path: &Path) -> Self {
        let name = if is_stdin(path) { "stdin".into() } else { path.file_name().unwrap_or_default().into() };
        Self { path: path.to_owned(), name, member: None }
    }

    pub(super) fn is_stdin(&self) -> bool {
        self.member.is_none() && is_stdin(&self.path)
    }

    /// What messages and `source.path` call it.
    pub(super) fn label(&self) -> String {
        self.source_path().unwrap_or_else(|| "stdin".to_owned())
    }

    /// The path for `source.path`; none for stdin.
    pub(super) fn source_path(&self) -> Option<String> {
        let path = self.path.to_string_lossy();
        match &self.member {
            Some(member) => Some(format!("{path}/{}", member.name)),
            None => (!self.is_stdin()).then(|| path.into_owned()),
        }
    }

    /// Its bytes; of a file over every limit only so many that the library sees it is.
    pub(super) fn read(&self, limits: &Limits) -> Result<Vec<u8>, Fault> {
        let mut shelf = Shelf::default();
        self.bytes(limits, &mut shelf).map_err(|error| Fault::io(self.label(), error))
    }

    /// The same, its zip taken from the shelf.
    pub(super) fn bytes(&self, limits: &Limits, shelf: &mut Shelf) -> io::Result<Vec<u8>> {
        // A file of the disk is read in one piece.
        let size = if self.member.is_none() { self.path.metadata().map_or(0, |metadata| metadata.len()) } else { 0 };
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(most(limits))).unwrap_or(0));
        self.take(limits, shelf, &mut |reader| reader.read_to_end(&mut bytes).map(drop))?;
        Ok(bytes)
    }

    /// The hash of the bytes that [`bytes`](Self::bytes) gives. What is no file (a pipe) is read once only, and has none.
    pub(super) fn sha256(&self, limits: &Limits, shelf: &mut Shelf) -> io::Result<String> {
        if self.is_stdin() || !self.path.metadata()?.is_file() {
            return Err(io::Error::other("is no file"));
        }
        let mut hash = Sha256::new();
        self.take(limits, shelf, &mut |reader| io::copy(reader, &mut hash).map(drop))?;
        Ok(format!("{:x}", hash.finalize()))
    }

    /// Has its bytes read, as many as the limits let.
    fn take(
        &self,
        limits: &Limits,
        shelf: &mut Shelf,
        read: &mut dyn FnMut(&mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()> {
        let most = most(limits);
        match &self.member {
            Some(member) => read(&mut shelf.open(&self.path, member.index)?.take(most)).map_err(damage),
            None if self.is_stdin() => read(&mut io::stdin().lock().take(most)),
            None => read(&mut File::open(&self.path)?.take(most)),
        }
    }
}

/// As many bytes as show that a file is over every limit.
fn most(limits: &Limits) -> u64 {
    limits.text_bytes.max(limits.pdf_bytes).saturating_add(1)
}

/// Whether a path stands for stdin.
pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}
