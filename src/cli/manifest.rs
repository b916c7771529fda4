//! The manifest: one line of JSON for every input, appended when its outputs are in place.
//!
//! ```text
//! {"path":"vragen/a.pdf","status":"ok","reason":null,"sha256":"…","milliseconds":12,"outputs":["a.pdf.json"],
//!  "documents":1,"tables":2,"facts":30,"checks_hold":3,"checks_fail":0,"warnings":1,"version":"0.1.0","options":"json"}
//! ```
//!
//! A run that goes on where another stopped reads it first. What stands there under the same path, hash, version and
//! options need not be done again; where a path stands there twice, the last line counts. A torn last line, which a run
//! that was killed may leave, is cut off. The file is locked, so that two runs never write the same outputs.

use super::fault::Fault;
use super::own::refuse_no_manifest;
use super::status::Status;
use super::tally::Counts;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A line of the manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) status: Status,
    pub(super) reason: Option<String>,
    pub(super) sha256: Option<String>,
    pub(super) milliseconds: u64,
    /// The files that hold its documents, below the output folder. A name that is no text is not found again by what
    /// stands here, and its input read again.
    pub(super) outputs: Vec<String>,
    #[serde(flatten)]
    pub(super) counts: Counts,
    pub(super) version: String,
    pub(super) options: String,
}

impl Entry {
    /// What the entry is found by; none where the input could not be read.
    fn key(&self) -> Option<Key> {
        Some(Key::new(&self.path, self.sha256.as_deref()?, &self.version, &self.options))
    }
}

/// Path, hash, version and options in 16 bytes, so that a million lines take little memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key(u128);

impl Key {
    pub(super) fn new(path: &str, sha256: &str, version: &str, options: &str) -> Self {
        Self(digest([path, sha256, version, options].map(str::as_bytes)))
    }

    /// What [`Display`](fmt::Display) wrote, and a space.
    pub(super) fn parse(text: &str) -> Option<Self> {
        u128::from_str_radix(text.strip_suffix(' ')?, 16).ok().map(Self)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The first half of the hash of several texts.
pub(super) fn digest<const N: usize>(parts: [&[u8]; N]) -> u128 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let hash: [u8; 32] = hash.finalize().into();
    hash.iter().take(16).fold(0, |number, byte| (number << 8) | u128::from(*byte))
}

/// The manifest of a run, open to append.
pub(super) struct Manifest {
    file: File,
    place: PathBuf,
}

impl Manifest {
    /// Opens a manifest: a new one, or with what an earlier run left.
    pub(super) fn open(place: &Path, resume: bool) -> Result<(Self, Earlier), Fault> {
        let fault = |error| Fault::io_at(place, error);
        let was_there = place.exists();
        refuse_no_manifest(place)?;
        if let Some(folder) = place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(fault)?;
        }
        let file = OpenOptions::new().read(true).append(true).create(true).open(place).map_err(fault)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::refused(place, "another run writes there: wait until it is done"));
            }
            // A file system without locks leaves it to its users.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let mut earlier = Earlier { lines: HashMap::new(), place: place.to_owned(), was_there };
        if !resume {
            file.set_len(0).map_err(fault)?;
        } else if let Err(error) = earlier.load(&file) {
            return Err(fault(error));
        }
        Ok((Self { file, place: place.to_owned() }, earlier))
    }

    /// Appends a line, whole.
    pub(super) fn append(&mut self, entry: &Entry) -> Result<(), Fault> {
        let mut line = serde_json::to_vec(entry).map_err(|error| Fault::io_at(&self.place, error.into()))?;
        line.push(b'\n');
        self.file.write_all(&line).map_err(|error| Fault::io_at(&self.place, error))
    }

    /// Gives up a run that did not come to write anything: a manifest that was not there before is not there after.
    pub(super) fn abandon(self, earlier: &Earlier) {
        if !earlier.was_there {
            // Nobody is hurt by an empty file that cannot be removed.
            let _ = std::fs::remove_file(&self.place);
        }
    }

    /// Makes sure that the lines are on the disk.
    pub(super) fn finish(self) -> Result<(), Fault> {
        self.file.sync_all().map_err(|error| Fault::io_at(&self.place, error))
    }
}

/// What an earlier run has done: where in the manifest each input's line begins.
pub(super) struct Earlier {
    lines: HashMap<Key, u64>,
    place: PathBuf,
    /// Whether there was a manifest, if only an empty one: a run that is killed early leaves that.
    was_there: bool,
}

impl Earlier {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether an earlier run wrote here, gone on with or not.
    pub(super) fn was_there(&self) -> bool {
        self.was_there
    }

    /// The line of an input.
    pub(super) fn entry(&self, key: Key) -> Option<Entry> {
        let mut file = BufReader::new(File::open(&self.place).ok()?);
        file.seek(SeekFrom::Start(*self.lines.get(&key)?)).ok()?;
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line).ok()?;
        serde_json::from_slice(&line).ok()
    }

    /// Notes where the lines are; what follows the last whole line is cut off.
    fn load(&mut self, file: &File) -> io::Result<()> {
        let (mut lines, mut line, mut offset) = (BufReader::new(file), Vec::new(), 0);
        lines.rewind()?;
        loop {
            line.clear();
            let length = lines.read_until(b'\n', &mut line)? as u64;
            if !line.ends_with(b"\n") {
                return file.set_len(offset);
            }
            if let Some(key) = serde_json::from_slice::<Entry>(&line).ok().and_then(|entry| entry.key()) {
                self.lines.insert(key, offset);
            }
            offset += length;
        }
    }
}
