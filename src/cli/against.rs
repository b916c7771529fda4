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
use super::input::Input;
use super::reading::Reading;
use super::style::Style;
use super::walk::Walk;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use vraagbaak::fixture::{Change, Fixture, How, changes};

/// Changes of a kind that are shown for reading.
const SHOWN: usize = 3;

/// The documents of a run by their names.
type Documents = BTreeMap<String, Value>;

/// Compares the documents of a folder, or those of a newer run, with those of the older run.
pub(super) fn run(dir: &Path, older: &Path, filter: Option<&str>, form: Form) -> Result<Outcome, Fault> {
    let older = read_run(older)?;
    let (newer, failed) = match dir.is_file() && dir.extension().is_some_and(|extension| extension == "jsonl") {
        true => (read_run(dir)?, 0),
        false => convert(dir)?,
    };
    let mut older = renamed(older, &newer);
    let mut newer = newer;
    if let Some(filter) = filter {
        older.retain(|name, _| name.contains(filter));
        newer.retain(|name, _| name.contains(filter));
    }
    if older.is_empty() && newer.is_empty() {
        let which = filter.map_or_else(String::new, |filter| format!(" whose name contains “{filter}”"));
        return Err(Fault::refused(dir, format!("nothing to compare: neither run has a document{which}")));
    }
    let found = changes(&older, &newer);
    let written = match form {
        Form::Text => write_text(&found, &older, &newer, failed),
        Form::Json => write_json(&found),
    };
    written.map_err(|error| Fault::io("stdout", error))?;
    // What was read before and cannot be now is gone, and so differs; what could never be read does not.
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

/// The documents that a run wrote as JSON lines; the lines of inputs that failed are none.
fn read_run(file: &Path) -> Result<Documents, Fault> {
    let text = fs::read_to_string(file).map_err(|error| Fault::io_at(file, error))?;
    let mut documents = Documents::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let reason = "no document in JSON: a run is written by `vraagbaak convert --format jsonl`, a document a line";
        let refused = |_| Fault::Refused { subject: format!("{}:{number}", file.display()), reason: reason.to_owned() };
        let document: Value = serde_json::from_str(line).map_err(refused)?;
        if document.get("error").is_none() {
            documents.insert(name(&document), document);
        }
    }
    Ok(documents)
}

/// The documents of a folder, read now, and how many inputs could not be: those are named on stderr. What notes the known
/// gaps of a fixture is no input.
fn convert(dir: &Path) -> Result<(Documents, usize), Fault> {
    let (mut documents, mut failed) = (Documents::new(), 0);
    let is_note = |input: &Result<Input, Fault>| input.as_ref().is_ok_and(|input| Fixture::is_note(&input.path));
    for input in Walk::over(vec![dir.to_owned()]).filter(|input| !is_note(input)) {
        match input.and_then(|input| convert::read(&input, &Reading::default())) {
            Ok(questions) => {
                for question in questions {
                    let document = serde_json::to_value(question).map_err(|e| Fault::refused(dir, e.to_string()))?;
                    documents.insert(name(&document), document);
                }
            }
            Err(fault) => {
                fault.tell();
                failed += 1;
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

fn write_text(found: &[Change], older: &Documents, newer: &Documents, failed: usize) -> io::Result<()> {
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
    let failed = if failed > 0 { format!("; {} not read", counted(failed, "file")) } else { String::new() };
    writeln!(out, "{}, {} the same{failed}", counted(all.len(), "document"), all.len() - changed.len())?;
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
