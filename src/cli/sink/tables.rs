//! A folder of tables as one output: written beside its place under another name, then moved there whole.
//!
//! ```text
//! .vraagbaak-4711-0/   written, flushed to the disk
//! uit/                 ← renamed; what an earlier run left there goes at the same time
//! ```
//!
//! A folder that holds anything but such tables, or tables of another's under their names, is left alone: nobody's files go with the tables of an earlier run.

use super::super::fault::Fault;
use super::super::input::Input;
use super::super::output::{folder_of, temporary_name};
use super::super::own::refuse_strange;
use super::Shared;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use vraagbaak::{CsvFolder, WrittenQuestion};

/// What writes the tables of a folder.
pub(super) trait Tables: Sized {
    /// The names that it has in its folder.
    const NAMES: &'static [&'static str];
    fn create(root: &Path) -> io::Result<Self>;
    fn put(&mut self, question: &WrittenQuestion) -> io::Result<()>;
    fn finish(self) -> io::Result<()>;
}

/// A type of the library with the methods of [`Tables`].
macro_rules! tables {
    ($name:ty) => {
        impl Tables for $name {
            const NAMES: &'static [&'static str] = &<$name>::NAMES;
            fn create(root: &Path) -> io::Result<Self> {
                <$name>::create(root)
            }
            fn put(&mut self, question: &WrittenQuestion) -> io::Result<()> {
                <$name>::put(self, question)
            }
            fn finish(self) -> io::Result<()> {
                <$name>::finish(self)
            }
        }
    };
}

tables!(CsvFolder);
#[cfg(feature = "parquet")]
tables!(vraagbaak::ParquetFolder);

/// A folder of tables on its way to its place. Dropped before it is finished, it leaves nothing behind.
pub(super) struct TableFolder<T> {
    /// Closed before the folder is moved or removed.
    tables: Option<T>,
    staged: Staged,
}

impl<T: Tables> TableFolder<T> {
    pub(super) fn create(place: &Path) -> Result<Self, Fault> {
        let staged = Staged::create(place, T::NAMES)?;
        let tables = T::create(&staged.temporary).map_err(|error| Fault::io_at(place, error))?;
        Ok(Self { tables: Some(tables), staged })
    }
}

impl<T: Tables> Shared for TableFolder<T> {
    fn put(&mut self, _: &Input, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        let Some(tables) = &mut self.tables else { return Ok(()) };
        let put = questions.iter().try_for_each(|question| tables.put(question));
        put.map_err(|error| Fault::io_at(&self.staged.place, error))
    }

    fn finish(mut self: Box<Self>) -> Result<(), Fault> {
        let finished = self.tables.take().map_or(Ok(()), T::finish);
        finished.map_err(|error| Fault::io_at(&self.staged.place, error))?;
        self.staged.commit(T::NAMES)
    }
}

/// A folder under another name, beside its place.
struct Staged {
    place: PathBuf,
    temporary: PathBuf,
}

impl Staged {
    fn create(place: &Path, names: &[&str]) -> Result<Self, Fault> {
        // Without the separator behind it, which would make what follows it the last part.
        let place: PathBuf = place.components().collect();
        let above = folder_of(&place);
        fs::create_dir_all(above).map_err(|error| Fault::io_at(above, error))?;
        refuse_strangers(&place, names)?;
        let temporary = above.join(temporary_name());
        fs::create_dir(&temporary).map_err(|error| Fault::io_at(&place, error))?;
        Ok(Self { place, temporary })
    }

    /// Moves the folder to its place. What stood there is moved away first, and removed last.
    fn commit(self, names: &[&str]) -> Result<(), Fault> {
        refuse_strangers(&self.place, names)?;
        let moved = self.replace();
        moved.map_err(|error| Fault::io_at(&self.place, error))
    }

    fn replace(&self) -> io::Result<()> {
        let above = folder_of(&self.place);
        let former = above.join(temporary_name());
        if self.place.exists() {
            fs::rename(&self.place, &former)?;
        }
        if let Err(error) = fs::rename(&self.temporary, &self.place) {
            let _ = fs::rename(&former, &self.place);
            return Err(error);
        }
        File::open(above)?.sync_all()?;
        if former.exists() { fs::remove_dir_all(former) } else { Ok(()) }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After a commit there is no such folder any more, and nobody to tell of a failure.
        let _ = fs::remove_dir_all(&self.temporary);
    }
}

/// Fails when something stands at `place` that is not a folder with these names alone.
fn refuse_strangers(place: &Path, names: &[&str]) -> Result<(), Fault> {
    if place.symlink_metadata().is_err() {
        return Ok(());
    }
    if place.is_symlink() || !place.is_dir() {
        return Err(Fault::refused(place, "is no folder; the tables need one"));
    }
    for entry in fs::read_dir(place).map_err(|error| Fault::io_at(place, error))? {
        let name = entry.map_err(|error| Fault::io_at(place, error))?.file_name();
        if !names.iter().any(|known| name.to_str() == Some(known)) {
            let name = name.to_string_lossy();
            return Err(Fault::refused(place, format!("has {name}, which is not of these tables: name a new folder")));
        }
        let entry = place.join(name);
        if entry.extension().is_some_and(|extension| extension == "csv") {
            refuse_strange(&entry)?;
        }
    }
    Ok(())
}
