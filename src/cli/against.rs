//! `check DIR --against OLD.jsonl`: what changed between two runs over the same documents, by kind.
//!
//! ```text
//! changed  tables.*.rows.*.cells.*.value  12 in 5 documents
//!     2021/nr-808.pdf  tables.0.rows.3.cells.1.value: 56 → 65
//!     … and 11 more
//! 120 documents, 115 the same
//! ```

use super::Outcome;
use super::check::Form;
use super::convert::{self, counted};
use super::diff::value_line;
use super::fault::Fault;
use super::reading::Reading;
use super::style::Style;
use super::walk::Walk;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use vraagbaak::fixture::{Change, How, changes};

/// Changes of a kind that are shown for reading.
const SHOWN: usize = 3;

/// The documents of a run by their names.
type Documents = BTreeMap<String, Value>;

/// Compares the documents of a folder, or those of a newer run, with those of the older run.
pub(super) fn run(dir: &Path, older: &Path, filter: Option<&str>, form: Form) -> Result<Outcome, Fault> {
    let older = read_run(older)?;
    let (newer, failed) = match dir.is_file() && dir.extension().is_some_and(|extension| extension == "jsonl") {
        true => (read_run(dir)?, false),
        false => convert(dir)?,
    };
    let mut older = renamed(older, &newer);
    let mut newer = newer;
    if let Some(filter) = filter {
        older.retain(|name, _| name.contains(filter));
        newer.retain(|name, _| name.contains(filter));
    }
    let found = changes(&older, &newer);
    let written = match form {
        Form::Text => write_text(&found, &older, &newer),
        Form::Json => write_json(&found),
    };
    written.map_err(|error| Fault::io("stdout", error))?;
    Ok(if found.is_empty() && !failed { Outcome::Done } else { Outcome::SomeFailed })
}

/// The documents that a run wrote as JSON lines.
fn read_run(file: &Path) -> Result<Documents, Fault> {
    let text = fs::read_to_string(file).map_err(|error| Fault::io_at(file, error))?;
    let mut documents = Documents::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let document: Value = serde_json::from_str(line).map_err(|error| Fault::refused(file, error.to_string()))?;
        documents.insert(name(&document), document);
    }
    Ok(documents)
}

/// The documents of a folder, read now, and whether some could not be: those are named on stderr.
fn convert(dir: &Path) -> Result<(Documents, bool), Fault> {
    let (mut documents, mut failed) = (Documents::new(), false);
    for input in Walk::over(vec![dir.to_owned()]) {
        match input.and_then(|input| convert::read(&input, &Reading::default())) {
            Ok(questions) => {
                for question in questions {
                    let document = serde_json::to_value(question).map_err(|e| Fault::refused(dir, e.to_string()))?;
                    documents.insert(name(&document), document);
                }
            }
            Err(fault) => {
                fault.tell();
                failed = true;
            }
        }
    }
    Ok((documents, failed))
}

/// The path of a document's file, and which of the file's documents it is where there are several.
fn name(document: &Value) -> String {
    let path = document.pointer("/source/path").and_then(Value::as_str).unwrap_or_default();
    match document.pointer("/source/index").and_then(Value::as_u64) {
        Some(index) if index > 0 => format!("{path} ({})", index + 1),
        _ => path.to_owned(),
    }
}

/// The file itself, wherever it lies.
fn hash(document: &Value) -> Option<String> {
    let source = document.get("source")?;
    Some(format!("{} {}", source.get("sha256")?.as_str()?, source.get("index").unwrap_or(&Value::Null)))
}

/// The older documents under the names that the same files have now: a run may have been started in another folder.
fn renamed(older: Documents, newer: &Documents) -> Documents {
    let names: HashMap<String, &String> =
        newer.iter().filter_map(|(name, document)| Some((hash(document)?, name))).collect();
    let kept: HashSet<String> = older.keys().filter(|name| newer.contains_key(*name)).cloned().collect();
    let now = |name: String, document: &Value| {
        let other = hash(document).and_then(|hash| names.get(&hash).copied()).filter(|other| !kept.contains(*other));
        if kept.contains(&name) { name } else { other.cloned().unwrap_or(name) }
    };
    older.into_iter().map(|(name, document)| (now(name, &document), document)).collect()
}

const fn word(how: How) -> &'static str {
    match how {
        How::New => "new",
        How::Gone => "gone",
        _ => "changed",
    }
}

fn write_text(found: &[Change], older: &Documents, newer: &Documents) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for change in found {
        let field = Style::Bold.paint(&format!("{:<8} {}", word(change.how), change.field));
        writeln!(out, "{field}  {} in {}", change.places.len(), counted(change.documents(), "document"))?;
        for (name, difference) in change.places.iter().take(SHOWN) {
            let path = if difference.path.is_empty() { "document" } else { &difference.path };
            writeln!(out, "    {name}  {path}: {}", value_line(difference))?;
        }
        if change.places.len() > SHOWN {
            writeln!(out, "    … and {} more", change.places.len() - SHOWN)?;
        }
    }
    let all: HashSet<&String> = older.keys().chain(newer.keys()).collect();
    let changed: HashSet<&String> = found.iter().flat_map(|change| &change.places).map(|(name, _)| name).collect();
    writeln!(out, "{}, {} the same", counted(all.len(), "document"), all.len() - changed.len())?;
    out.flush()
}

fn write_json(found: &[Change]) -> io::Result<()> {
    let kinds: Vec<_> = found
        .iter()
        .map(|change| {
            let places = change.places.iter().map(|(document, difference)| {
                let (before, after) = (&difference.expected, &difference.actual);
                json!({"document": document, "path": difference.path, "before": before, "after": after})
            });
            let places: Vec<_> = places.collect();
            json!({"how": word(change.how), "field": change.field, "documents": change.documents(), "places": places})
        })
        .collect();
    let mut out = io::stdout().lock();
    writeln!(out, "{:#}", json!({"changes": kinds}))?;
    out.flush()
}
