//! Files that are whole or absent: written under another name beside their place, then moved there.
//!
//! ```text
//! uit/.vraagbaak-4711-3   written, flushed to the disk
//! uit/sv001.pdf.json      ← renamed, in one step, over whatever was there
//! ```

use super::fault::Fault;
use super::own::refuse_strange;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file on its way to its place. Dropped before [`commit`](Self::commit), it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Pending {
    file: Option<BufWriter<File>>,
    temporary: PathBuf,
    place: PathBuf,
}

impl Pending {
    /// Begins the file that the user named: where that is a link, the file it leads to.
    pub(super) fn named(place: &Path) -> Result<Self, Fault> {
        let linked = place.symlink_metadata().is_ok_and(|found| found.is_symlink());
        let led = if linked {
            fs::canonicalize(place).map_err(|error| Fault::io_at(place, error))?
        } else {
            place.to_owned()
        };
        Self::create(&led)
    }

    /// Begins the file that shall stand at `place`; the folders above it are made. Only a file that this program
    /// wrote is ever replaced.
    pub(super) fn create(place: &Path) -> Result<Self, Fault> {
        let folder = folder_of(place);
        fs::create_dir_all(folder).map_err(|error| Fault::io_at(folder, error))?;
        if place.is_dir() {
            return Err(Fault::refused(place, "is a folder, where a file should be written"));
        }
        let special = |found: fs::Metadata| !found.is_file() && !found.is_symlink();
        if place.symlink_metadata().is_ok_and(special) {
            return Err(Fault::refused(
                place,
                "is a device or a pipe: leave --output out, and send what is printed there",
            ));
        }
        refuse_strange(place)?;
        let temporary = folder.join(temporary_name());
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary);
        let file = file.map_err(|error| Fault::io_at(place, error))?;
        Ok(Self { file: Some(BufWriter::new(file)), temporary, place: place.to_owned() })
    }

    /// Where the file shall stand.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// Makes sure that what was written is on the disk.
    pub(super) fn sync(&mut self) -> Result<(), Fault> {
        let synced = self.finish();
        synced.map_err(|error| Fault::io_at(&self.place, error))
    }

    /// Moves the finished file to its place.
    pub(super) fn commit(mut self) -> Result<(), Fault> {
        let moved = self.finish().and_then(|()| fs::rename(&self.temporary, &self.place));
        moved.map_err(|error| Fault::io_at(&self.place, error))
    }

    fn finish(&mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
        }
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // After a commit there is no such file any more, and nobody to tell of a failure.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// The folder that a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the folders that lead from `root` to `place`. A link among them could lead out of `root`, and is refused.
pub(super) fn make_folders(root: &Path, place: &Path) -> Result<(), Fault> {
    let mut folder = root.to_owned();
    for part in place.parent().into_iter().flat_map(Path::components) {
        folder.push(part);
        match folder.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => {
                return Err(Fault::refused(&folder, "a link leads out of the output folder: nothing is written there"));
            }
            Ok(metadata) if metadata.is_dir() => {}
            _ => make_folder(&folder)?,
        }
    }
    Ok(())
}

/// Another thread may have made it meanwhile.
fn make_folder(folder: &Path) -> Result<(), Fault> {
    match fs::create_dir(folder) {
        Err(error) if !folder.is_dir() => Err(Fault::io_at(folder, error)),
        _ => Ok(()),
    }
}

/// Removes the temporary files below a folder, which runs that were killed have left.
pub(super) fn sweep_all(root: &Path) {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        folders.extend(sweep(&folder));
    }
}

/// Removes what is temporary in a folder, and gives the folders in it.
pub(super) fn sweep(folder: &Path) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            // What cannot be removed is in nobody's way.
            Ok(kind) if is_left_over(&entry.file_name().to_string_lossy()) => {
                let remove = if kind.is_dir() { fs::remove_dir_all } else { fs::remove_file };
                let _ = remove(entry.path());
            }
            Ok(kind) if kind.is_dir() => folders.push(entry.path()),
            _ => {}
        }
    }
    folders
}

/// What temporary names begin with.
const TEMPORARY: &str = ".vraagbaak-";

/// Whether a name is of a temporary file whose process is gone, or of the journal that SQLite keeps beside such a file.
fn is_left_over(name: &str) -> bool {
    let mut parts = name.strip_prefix(TEMPORARY).into_iter().flat_map(|rest| rest.splitn(3, '-'));
    let (process, count, rest) = (parts.next(), parts.next(), parts.next());
    if count.is_none_or(|count| count.parse::<u64>().is_err()) || rest.is_some_and(|rest| rest != "journal") {
        return false;
    }
    process.and_then(|process| process.parse().ok()).is_some_and(|process| !is_alive(process))
}

#[cfg(unix)]
fn is_alive(process: i32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let gone = |pid| test_kill_process(pid) == Err(rustix::io::Errno::SRCH);
    !Pid::from_raw(process).is_none_or(gone)
}

#[cfg(not(unix))]
fn is_alive(_: i32) -> bool {
    // Where it cannot be told, nothing is removed.
    true
}

/// A name that no other file of this or another run has, hidden from folder listings and patterns.
pub(super) fn temporary_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{TEMPORARY}{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// `name` with `.extension` put behind it: `a.pdf` becomes `a.pdf.json`.
pub(super) fn with_suffix(name: &Path, extension: &str) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_run_that_is_gone_has_left_is_removed() {
        // No process has so high a number (the most on Linux is 2^22).
        for name in [".vraagbaak-2147483647-0", ".vraagbaak-2147483647-12-journal"] {
            assert!(is_left_over(name), "{name}");
        }
        let own = temporary_name();
        for name in [&own, ".vraagbaak-2147483647", ".vraagbaak-2147483647-0-mine", ".vraagbaak-notes-1", "a.json"] {
            assert!(!is_left_over(name), "{name}");
        }
    }
}
