//! What to read: the paths of the command line, folders walked in the order of their names.
//!
//! ```text
//! vragen/2020/a.pdf   given as `vragen`     → name 2020/a.pdf     (its place below the output folder)
//!                     given as itself       → name a.pdf
//! -                                         → name stdin
//! ```

use super::fault::Fault;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use vraagbaak::Limits;

/// The path that stands for stdin.
const STDIN: &str = "-";

/// What folders are searched for; a file named on the command line is read whatever its name.
const EXTENSIONS: [&str; 2] = ["txt", "pdf"];

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Input {
    /// Where it is, or `-`.
    pub(super) path: PathBuf,
    /// Its place below the folder that it was found in.
    pub(super) name: PathBuf,
}

impl Input {
    /// A path of the command line that is no folder.
    pub(super) fn named(path: &Path) -> Self {
        let name = if is_stdin(path) { "stdin".into() } else { path.file_name().unwrap_or_default().into() };
        Self { path: path.to_owned(), name }
    }

    /// What messages and `source.path` call it.
    pub(super) fn label(&self) -> String {
        self.source_path().unwrap_or_else(|| "stdin".to_owned())
    }

    /// The path for `source.path`; none for stdin.
    pub(super) fn source_path(&self) -> Option<String> {
        (!is_stdin(&self.path)).then(|| self.path.to_string_lossy().into_owned())
    }

    /// Its bytes; of a file over every limit only so many that the library sees it is.
    pub(super) fn read(&self, limits: &Limits) -> Result<Vec<u8>, Fault> {
        let most = limits.text_bytes.max(limits.pdf_bytes).saturating_add(1);
        let mut bytes = Vec::new();
        let read = if is_stdin(&self.path) {
            io::stdin().lock().take(most).read_to_end(&mut bytes)
        } else {
            File::open(&self.path).and_then(|file| file.take(most).read_to_end(&mut bytes))
        };
        read.map_err(|error| Fault::io(self.label(), error))?;
        Ok(bytes)
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// The inputs that the paths stand for, and the paths that stand for none.
pub(super) fn collect(paths: &[PathBuf]) -> (Vec<Input>, Vec<Fault>) {
    let (mut inputs, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        if is_stdin(path) {
            inputs.push(Input::named(path));
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut inputs, &mut faults),
            Ok(_) => inputs.push(Input::named(path)),
            Err(error) => faults.push(Fault::io_at(path, error)),
        }
    }
    (inputs, faults)
}

/// Adds the documents below a folder. Links to folders are not followed: they may lead round in a circle.
fn walk(root: &Path, inputs: &mut Vec<Input>, faults: &mut Vec<Fault>) {
    let before = (inputs.len(), faults.len());
    let mut pending = vec![root.to_owned()];
    while let Some(path) = pending.pop() {
        let is_folder = path == root || path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
        if !is_folder {
            let name = path.strip_prefix(root).unwrap_or(&path).to_owned();
            inputs.push(Input { path, name });
            continue;
        }
        match entries(&path) {
            // The last of the pending is taken first.
            Ok(entries) => pending.extend(entries.into_iter().rev()),
            Err(error) => faults.push(Fault::io_at(&path, error)),
        }
    }
    if before == (inputs.len(), faults.len()) {
        faults.push(Fault::refused(root, "a folder without documents: no .txt or .pdf in it"));
    }
}

/// The folders and documents of a folder, in the order of their names; hidden ones are left alone.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && (entry.file_type()?.is_dir() || is_document(&entry.path())) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Whether it is a file, or a link to one, with the name of a document.
fn is_document(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str())) && path.is_file()
}
