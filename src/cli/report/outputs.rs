//! What `convert` has written, read again: JSON, JSON lines, and folders of these with their manifest.
//!
//! ```text
//! uit.jsonl          its documents, and the inputs that gave none
//! uit/**/*.json      its documents
//! uit/manifest.jsonl the inputs that gave none
//! ```

use super::super::fault::Fault;
use super::super::manifest::Entry;
use super::super::output::folder_of;
use super::super::sink::Shared;
use super::super::status::Failure;
use super::super::walk::Walk;
use super::file::ReportFile;
use serde::Deserialize;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use vraagbaak::WrittenQuestion;

/// The name of a manifest in a folder of outputs, and how that of one beside a file ends.
const MANIFEST: &str = "manifest.jsonl";

/// Whether a path is what `convert` has written: by its name, by the manifest in it, or because it holds JSON and no documents.
pub(super) fn are_at(path: &Path) -> bool {
    if !path.is_dir() {
        return is_json(path);
    }
    path.join(MANIFEST).is_file() || Walk::over(vec![path.to_owned()]).all(|found| found.is_err()) && has_json(path)
}

fn has_json(folder: &Path) -> bool {
    files(folder).is_ok_and(|files| !files.is_empty())
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json" || extension == "jsonl")
}

/// Puts all that was written there into the report.
pub(super) fn put(path: &Path, report: &mut ReportFile) -> Result<(), Fault> {
    for file in files(path)? {
        if file.file_name().is_some_and(|name| name.to_string_lossy().ends_with(MANIFEST)) {
            put_manifest(&file, report)?;
        } else {
            put_file(&file, report)?;
        }
    }
    Ok(())
}

/// The files to read, in the order of their names; a manifest beside a file is read with it.
fn files(path: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !path.is_dir() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = folder_of(path).join(format!("{name}.{MANIFEST}"));
        return Ok([path.to_owned()].into_iter().chain(beside.is_file().then_some(beside)).collect());
    }
    let (mut files, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| Fault::io_at(&folder, error))?;
        for entry in entries {
            let path = entry.map_err(|error| Fault::io_at(&folder, error))?.path();
            if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
                folders.push(path);
            } else if is_json(&path) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// A file's documents: an object, an array, or objects one after the other, those that tell of a failure among them.
fn put_file(file: &Path, report: &mut ReportFile) -> Result<(), Fault> {
    let fault = |error: serde_json::Error| Fault::refused(file, format!("is no output of convert: {error}"));
    let opened = File::open(file).map_err(|error| Fault::io_at(file, error))?;
    for value in serde_json::Deserializer::from_reader(BufReader::new(opened)).into_iter::<Value>() {
        let value = value.map_err(fault)?;
        if let Some(failed) = value.get("error") {
            let failure = Failure::deserialize(failed).map_err(fault)?;
            let path = value.pointer("/source/path").and_then(Value::as_str).unwrap_or("");
            report.put_failure(path, &failure)?;
        } else if value.is_array() {
            report.put_written(&Vec::<WrittenQuestion>::deserialize(&value).map_err(fault)?)?;
        } else {
            report.put_written(&[WrittenQuestion::deserialize(&value).map_err(fault)?])?;
        }
    }
    Ok(())
}

fn put_manifest(file: &Path, report: &mut ReportFile) -> Result<(), Fault> {
    let text = fs::read_to_string(file).map_err(|error| Fault::io_at(file, error))?;
    for line in text.lines() {
        let entry: Entry = serde_json::from_str(line)
            .map_err(|error| Fault::io_at(file, io::Error::new(io::ErrorKind::InvalidData, error)))?;
        if !entry.status.is_converted() {
            let reason = entry.reason.unwrap_or_default();
            report.put_failure(&entry.path, &Failure { status: entry.status, reason })?;
        }
    }
    Ok(())
}
