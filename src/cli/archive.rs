//! Zips: which documents they hold, and the bytes of one.
//!
//! ```text
//! 2020.zip   01/b.pdf      → member 4, place 01/b.pdf
//!            01/a.txt      → member 2, place 01/a.txt      in the order of their names
//!            notes.md      → not a document
//!            ../../x.pdf   → refused: it would lead out of the output folder
//! ```
//!
//! A zip comes from a stranger too. Its directory is not read when it is larger than any that is meant, sizes that it
//! states are believed of nothing, and members are inflated by whoever reads them, as far as its limits go.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipError;

/// Bytes of a directory: room for some 300,000 documents, which take about 60 MB once read.
const DIRECTORY_BYTES: u64 = 32 << 20;

/// Where a directory's end can lie: its record and the longest comment behind it (APPNOTE 4.3.16).
const END_WITHIN: u64 = 22 + 65_535;

/// Why a zip, or a member of one, cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("the zip is encrypted with a password: unpack it first")]
    Locked,
    #[error("over the limit on the directory of a zip: {0} bytes where {DIRECTORY_BYTES} are allowed; unpack it first")]
    TooLarge(u64),
    #[error("not a readable zip: {0}")]
    Broken(ZipError),
    #[error("damaged in its zip: {0}")]
    Damaged(io::Error),
}

/// A document in a zip.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// Its number in the directory.
    pub(super) index: usize,
    /// What the zip calls it.
    pub(super) name: String,
    /// Its place below the zip's own, or why it has none.
    pub(super) place: Result<PathBuf, &'static str>,
}

/// The documents of a zip for which `wanted` says so of their names, in the order of these.
pub(super) fn documents(path: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<Document>> {
    let archive = open(path)?;
    let mut documents = Vec::new();
    for index in 0..archive.len() {
        let Some(Ok(name)) = archive.name_for_index(index) else {
            let (name, place) = (format!("{index}"), Err("a member whose name is no text: not read"));
            documents.push(Document { index, name, place });
            continue;
        };
        if !name.ends_with(['/', '\\']) && wanted(&name) && !is_hidden(&name) {
            documents.push(Document { index, place: place(&name), name: name.into_owned() });
        }
    }
    documents.sort_by(|a, b| (&a.name, a.index).cmp(&(&b.name, b.index)));
    Ok(documents)
}

/// Hidden files and folders, and what a Mac puts beside every file.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

/// The place of a member below its zip's own.
fn place(name: &str) -> Result<PathBuf, &'static str> {
    if name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..") {
        return Err("its name in the zip leads out of the zip: not read");
    }
    let parts = name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
    Ok(parts.map(|part| part.replace(|c: char| c.is_control() || c == ':', "_")).collect())
}

/// Opens zips, and keeps the last one open: its other members are asked for next.
#[derive(Default)]
pub(super) struct Shelf {
    last: Option<(PathBuf, ZipArchive<BufReader<File>>)>,
}

impl Shelf {
    /// A member, to be read.
    pub(super) fn open(&mut self, path: &Path, index: usize) -> io::Result<impl Read> {
        if self.last.as_ref().is_none_or(|(last, _)| last != path) {
            self.last = Some((path.to_owned(), open(path)?));
        }
        let (_, archive) = self.last.as_mut().ok_or(io::ErrorKind::NotFound)?;
        archive.by_index(index).map_err(reason)
    }
}

fn open(path: &Path) -> io::Result<ZipArchive<BufReader<File>>> {
    let mut file = File::open(path)?;
    let bytes = directory_bytes(&mut file)?;
    if bytes > DIRECTORY_BYTES {
        return Err(io::Error::other(Unreadable::TooLarge(bytes)));
    }
    ZipArchive::new(BufReader::new(file)).map_err(reason)
}

/// The most that the directory can take: what its end states, or all that lies before it when that is more than four
/// bytes can say.
fn directory_bytes(file: &mut File) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(END_WITHIN)))?;
    let mut tail = Vec::new();
    file.take(END_WITHIN).read_to_end(&mut tail)?;
    file.rewind()?;
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06");
    let size = end.and_then(|end| tail.get(end + 12..end + 16)).and_then(|size| size.try_into().ok());
    Ok(match size.map(u32::from_le_bytes) {
        None => 0,
        Some(u32::MAX) => length,
        Some(size) => u64::from(size),
    })
}

/// Why a member could not be read to its end: what is not the system's fault is the zip's.
pub(super) fn damage(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            io::Error::other(Unreadable::Damaged(error))
        }
        _ => error,
    }
}

fn reason(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => io::Error::other(Unreadable::Locked),
        other => io::Error::other(Unreadable::Broken(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        assert_eq!(place("01/./a.pdf"), Ok("01/a.pdf".into()));
        assert_eq!(place("01\\a:b.pdf"), Ok("01/a_b.pdf".into()));
        for name in ["../x.pdf", "a/../../x.pdf", "/etc/x.pdf", "..\\x.pdf", "\\x.pdf"] {
            assert!(place(name).is_err(), "{name}");
        }
    }

    #[test]
    fn hidden_members_are_left_alone() {
        assert!(is_hidden("__MACOSX/._a.pdf") && is_hidden(".git/a.txt") && is_hidden("a/.b.txt"));
        assert!(!is_hidden("a/b.txt") && !is_hidden("./b.txt") && !is_hidden("../b.txt"));
    }
}
