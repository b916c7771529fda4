//! A folder with files for each input, at the input's place below its own folder.
//!
//! ```text
//! any thread      documents → .vraagbaak-4711-3     written, flushed to the disk
//! in their turn   .vraagbaak-4711-3 → a.pdf.json    claimed and renamed; a place that is taken is a fault
//! ```
//!
//! So the slow part is done for several inputs at once, and yet of two inputs with one place the first has it, however
//! many workers there are.

use super::super::fault::Fault;
use super::super::manifest::digest;
use super::super::output::{Pending, make_folders, sweep_all, with_suffix};
use super::super::own::refuse_strange;
use super::stream::{self, Stream};
use super::{Format, Target};
use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use vraagbaak::WrittenQuestion;

/// What the columns of facts are, once for all files.
const FACTS_SCHEMA: &str = "facts.schema.json";

/// A folder with files for each input.
pub(in super::super) struct Folder {
    files: Arc<Files>,
    /// Every place that is taken, by its hash: an archive has many. The inputs' own too, so that none is written over.
    taken: HashSet<u128>,
}

/// What writes the files, before they are in their places.
pub(in super::super) struct Files {
    root: PathBuf,
    format: Format,
}

impl Folder {
    pub(super) fn create(root: &Path, format: Format, target: &Target<'_>) -> Result<Self, Fault> {
        fs::create_dir_all(root).map_err(|error| Fault::io_at(root, error))?;
        let root = root.canonicalize().map_err(|error| Fault::io_at(root, error))?;
        if format == Format::Facts {
            refuse_strange(&root.join(FACTS_SCHEMA))?;
        }
        let mut folder = Self { files: Arc::new(Files { root, format }), taken: HashSet::new() };
        let inputs = target.named.iter().chain(target.manifest);
        for input in inputs.filter(|input| Format::of_file(input) == Some(format)) {
            if let Ok(place) = input.canonicalize() {
                folder.taken.insert(key(&place));
            }
        }
        Ok(folder)
    }

    /// Writes what the columns are, where the format has columns: once for all files.
    pub(super) fn finish(&self) -> Result<(), Fault> {
        match self.files.format {
            Format::Facts => stream::write_schema(&self.files.root.join(FACTS_SCHEMA)),
            _ => Ok(()),
        }
    }

    /// What writes the files.
    pub(in super::super) fn files(&self) -> Arc<Files> {
        Arc::clone(&self.files)
    }

    /// Removes what a run that was killed has left half written.
    pub(in super::super) fn sweep(&self) {
        sweep_all(&self.files.root);
    }

    /// Moves the files of one input to their places, and gives these, as seen from the folder.
    pub(in super::super) fn put(&mut self, pending: Vec<Pending>) -> Result<Vec<PathBuf>, Fault> {
        let places: Vec<PathBuf> = pending.iter().map(|file| file.place().to_owned()).collect();
        places.iter().try_for_each(|place| self.claim(place))?;
        pending.into_iter().try_for_each(Pending::commit)?;
        let below = |place: &PathBuf| place.strip_prefix(&self.files.root).unwrap_or(place).to_owned();
        Ok(places.iter().map(below).collect())
    }

    /// The same of files that are in their places.
    pub(in super::super) fn keep(&mut self, outputs: &[PathBuf]) -> Result<(), Fault> {
        let root = self.files.root.clone();
        outputs.iter().try_for_each(|output| self.claim(&root.join(output)))
    }

    fn claim(&mut self, place: &Path) -> Result<(), Fault> {
        if self.taken.insert(key(place)) {
            return Ok(());
        }
        Err(Fault::refused(place, "already taken by another input: not written"))
    }
}

impl Files {
    /// Writes the documents of one input under names that are not theirs yet.
    pub(in super::super) fn write(&self, name: &Path, questions: &[WrittenQuestion]) -> Result<Vec<Pending>, Fault> {
        self.places(name, questions).into_iter().map(|(place, questions)| self.write_one(&place, questions)).collect()
    }

    /// Whether files that were written are still there.
    pub(in super::super) fn has(&self, outputs: &[String]) -> bool {
        outputs.iter().all(|output| self.root.join(output).is_file())
    }

    /// JSON holds one document a file, the other formats all of an input.
    fn places<'a>(&self, name: &Path, questions: &'a [WrittenQuestion]) -> Vec<(PathBuf, &'a [WrittenQuestion])> {
        let name = safe(name);
        let place = |suffix: &str| with_suffix(&name, suffix);
        let extension = self.format.extension();
        if self.format != Format::Json || questions.len() == 1 {
            return vec![(place(extension), questions)];
        }
        let numbered = questions.chunks(1).zip(1..);
        numbered.map(|(one, number)| (place(&format!("{number}.{extension}")), one)).collect()
    }

    fn write_one(&self, place: &Path, questions: &[WrittenQuestion]) -> Result<Pending, Fault> {
        make_folders(&self.root, place)?;
        let place = self.root.join(place);
        let mut stream = Stream::new(Pending::create(&place)?, &place, self.format, questions.len() > 1)?;
        stream.write(questions)?;
        let mut file = stream.close()?;
        file.sync()?;
        Ok(file)
    }
}

/// A place by its hash. Where the system takes `A` and `a` for the same, so does this.
fn key(place: &Path) -> u128 {
    let folds = cfg!(any(windows, target_os = "macos"));
    let name = place.as_os_str().as_encoded_bytes();
    if folds { digest([place.to_string_lossy().to_lowercase().as_bytes()]) } else { digest([name]) }
}

/// A name that stays below the folder, and that every system takes for a file's.
fn safe(name: &Path) -> PathBuf {
    let parts = name.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    let mut safe = PathBuf::new();
    for part in parts {
        if is_device(&part.to_string_lossy()) {
            let mut renamed = std::ffi::OsString::from("_");
            renamed.push(part);
            safe.push(renamed);
        } else {
            safe.push(part);
        }
    }
    safe
}

/// Whether Windows takes a name for a device's, whatever stands behind its first dot (Naming Files, Paths, and
/// Namespaces).
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_digit = |rest: &str| matches!(rest.as_bytes(), [b'1'..=b'9']);
    let numbered = |kind: &str| stem.strip_prefix(kind).is_some_and(is_digit);
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_changed_and_no_name_leads_out() {
        for (name, safe_name) in [
            ("2020/a.pdf", "2020/a.pdf"),
            ("con.pdf", "_con.pdf"),
            ("aux/COM1.tar.txt", "_aux/_COM1.tar.txt"),
            ("COM0.txt", "COM0.txt"),
            ("console.pdf", "console.pdf"),
            ("../../etc/x", "etc/x"),
            ("/etc/x", "etc/x"),
        ] {
            assert_eq!(safe(Path::new(name)), Path::new(safe_name), "{name}");
        }
    }
}
