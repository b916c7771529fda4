//! A SQLite database: made anew under another name and moved to its place whole, or added to where it is.
//!
//! ```text
//! .vraagbaak-4711-0    written, flushed to the disk
//! uit.sqlite           ← renamed            there already: some hundred files a transaction, each whole or absent
//! ```

use super::super::fault::Fault;
use super::super::input::Input;
use super::super::output::{folder_of, temporary_name};
use super::Shared;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use vraagbaak::{Database, WrittenQuestion};

/// A database that documents go into. Dropped before it is finished, a new one leaves nothing behind.
pub(super) struct DatabaseFile {
    /// Closed before the file is moved or removed.
    database: Option<Database>,
    place: PathBuf,
    /// Where a new one is until it is finished.
    temporary: Option<PathBuf>,
}

impl DatabaseFile {
    pub(super) fn open(place: &Path) -> Result<Self, Fault> {
        let fault = |error| Fault::io_at(place, error);
        if place.is_dir() {
            return Err(Fault::refused(place, "is a folder, where a database should be"));
        }
        if place.exists() {
            let database = Database::open(place).map_err(fault)?;
            return Ok(Self { database: Some(database), place: place.to_owned(), temporary: None });
        }
        refuse_leftovers(place)?;
        let folder = folder_of(place);
        fs::create_dir_all(folder).map_err(|error| Fault::io_at(folder, error))?;
        let temporary = folder.join(temporary_name());
        let mut file = Self { database: None, place: place.to_owned(), temporary: Some(temporary.clone()) };
        file.database = Some(Database::create(&temporary).map_err(fault)?);
        Ok(file)
    }

    fn close(&mut self) -> io::Result<()> {
        self.database.take().map_or(Ok(()), Database::finish)?;
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.place)?;
            self.temporary = None;
            File::open(folder_of(&self.place))?.sync_all()?;
        }
        Ok(())
    }
}

impl Shared for DatabaseFile {
    fn put(&mut self, _: &Input, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        let put = self.database.as_mut().map_or(Ok(()), |database| database.put(questions));
        put.map_err(|error| Fault::io_at(&self.place, error))
    }

    fn finish(mut self: Box<Self>) -> Result<(), Fault> {
        let closed = self.close();
        closed.map_err(|error| Fault::io_at(&self.place, error))
    }
}

impl Drop for DatabaseFile {
    fn drop(&mut self) {
        drop(self.database.take());
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// SQLite would take the journal of a database that is gone for that of the new one, and spoil it.
fn refuse_leftovers(place: &Path) -> Result<(), Fault> {
    for suffix in ["-journal", "-wal"] {
        let mut leftover = place.as_os_str().to_owned();
        leftover.push(suffix);
        let leftover = PathBuf::from(leftover);
        if leftover.exists() {
            return Err(Fault::refused(&leftover, "is of a database that is gone: remove it first"));
        }
    }
    Ok(())
}
