//! What a run into one file has read so far, kept beside it until the file is whole.
//!
//! Such a file is whole or absent, so a run that is killed leaves none. What was read for it is not lost: the spool holds
//! every input's documents, and a run that goes on puts them into the new file in their turn.
//!
//! ```text
//! 5f0c…(32 hexadecimal digits, the key of the manifest) {"questions":[{…}]}⏎
//! ```

use super::fault::Fault;
use super::manifest::Key;
use super::message::Reply;
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use vraagbaak::WrittenQuestion;

/// Digits of a key, and the space behind them.
const HEAD: usize = 33;

/// The spool of a run, open to append.
pub(super) struct Spool {
    file: File,
    place: PathBuf,
}

impl Spool {
    /// Opens a spool: a new one, or with what an earlier run left.
    pub(super) fn open(place: &Path, resume: bool) -> Result<(Self, Spooled), Fault> {
        let fault = |error| Fault::io_at(place, error);
        let file = OpenOptions::new().read(true).append(true).create(true).open(place).map_err(fault)?;
        let mut spooled = Spooled { lines: HashMap::new(), place: place.to_owned() };
        if resume {
            spooled.load(&file).map_err(fault)?;
        } else {
            file.set_len(0).map_err(fault)?;
        }
        Ok((Self { file, place: place.to_owned() }, spooled))
    }

    /// Appends what was read of an input, as the worker wrote it.
    pub(super) fn append(&mut self, key: Key, reply: &[u8]) -> Result<(), Fault> {
        let line = [key.to_string().as_bytes(), b" ", reply].concat();
        self.file.write_all(&line).map_err(|error| Fault::io_at(&self.place, error))
    }

    /// The output is whole: what was kept for it is needed no more.
    pub(super) fn finish(self) -> Result<(), Fault> {
        fs::remove_file(&self.place).map_err(|error| Fault::io_at(&self.place, error))
    }
}

/// What an earlier run has read: where in the spool each input's line begins.
pub(super) struct Spooled {
    lines: HashMap<Key, u64>,
    place: PathBuf,
}

impl Spooled {
    /// The documents of an input.
    pub(super) fn questions(&self, key: Key) -> Option<Vec<WrittenQuestion>> {
        let mut file = BufReader::new(File::open(&self.place).ok()?);
        file.seek(SeekFrom::Start(*self.lines.get(&key)? + HEAD as u64)).ok()?;
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line).ok()?;
        match serde_json::from_slice(&line).ok()? {
            Reply::Questions(questions) => Some(questions),
            Reply::Failure(_) | Reply::Original(_) => None,
        }
    }

    /// Notes where the lines are; what follows the last whole line is cut off.
    fn load(&mut self, file: &File) -> io::Result<()> {
        let mut lines = BufReader::new(file);
        lines.rewind()?;
        let mut offset = 0;
        loop {
            let mut head = Vec::new();
            lines.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
            let Some(rest) = skip_line(&mut lines)? else { return file.set_len(offset) };
            if let Some(key) = std::str::from_utf8(&head).ok().and_then(Key::parse) {
                self.lines.insert(key, offset);
            }
            offset += head.len() as u64 + rest;
        }
    }
}

/// Reads to the end of the line and gives its length; nothing where it has no end. The line itself is not kept.
fn skip_line(lines: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = 0;
    loop {
        let part = lines.fill_buf()?;
        let (taken, ends) = match part.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (part.len(), false),
        };
        if taken == 0 {
            return Ok(None);
        }
        lines.consume(taken);
        length += taken as u64;
        if ends {
            return Ok(Some(length));
        }
    }
}
