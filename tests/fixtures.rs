//! Every folder of `fixtures/` as a test of its own: first what any document must hold, then what is expected of this
//! one. And one test that the fixtures together show every feature of `fixtures/features.txt`.
//!
//! `cargo test --test fixtures -- NAME` runs those whose name contains NAME. Paths named in a fixture's `gaps.txt` may
//! differ; `vraagbaak check fixtures --bless` accepts what came out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod schema;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::Path;
use vraagbaak::fixture::{Fixture, lost};
use vraagbaak::{Extractor, WrittenQuestion};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let fixtures = Fixture::load_all(&folder)?;
    let shown = fixtures.iter().map(shown).collect::<Vec<_>>();
    let trial = |fixture: Fixture| Trial::test(format!("fixtures/{}", fixture.id), move || check(&fixture));
    let mut trials: Vec<Trial> = fixtures.into_iter().map(trial).collect();
    trials.push(Trial::test("every_feature_is_shown", move || every_feature_is_shown(&folder, &shown)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(fixture: &Fixture) -> Result<(), Failed> {
    let verdict = fixture.check(vraagbaak::parse_all_bytes);
    if verdict.gaps.len() < fixture.gaps.len() {
        println!("{}: {} of {} known gaps are left", fixture.id, verdict.gaps.len(), fixture.gaps.len());
    }
    let documents = match verdict.actual.clone() {
        Ok(Value::Array(documents)) => documents,
        Ok(document) => vec![document],
        Err(_) => return Ok(verdict.into_result()?),
    };
    let schema = schema::published();
    let faults: Vec<_> = documents.iter().flat_map(|document| schema::faults(&schema, document)).collect();
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    let lost = lost_of_pdf(fixture, documents)?;
    if !lost.is_empty() {
        return Err(lost.join("\n").into());
    }
    Ok(verdict.into_result()?)
}

/// What is told of a PDF's text nowhere; of a text [`Fixture::check`] says it.
fn lost_of_pdf(fixture: &Fixture, documents: Vec<Value>) -> Result<Vec<String>, Failed> {
    if fixture.input.extension().is_none_or(|extension| extension != "pdf") {
        return Ok(Vec::new());
    }
    let questions: Vec<WrittenQuestion> = serde_json::from_value(documents.into())?;
    Ok(lost(&questions, &Extractor::new().prose(&fs::read(&fixture.input)?, true)?))
}

/// The features that a fixture's README says it shows.
fn shown(fixture: &Fixture) -> Vec<String> {
    let readme = fs::read_to_string(fixture.folder.join("README")).unwrap_or_default();
    let list = readme.split_once("Shows:").map_or("", |(_, list)| list).trim_end().trim_end_matches('.');
    list.split(',').map(|feature| feature.trim().to_owned()).collect()
}

fn every_feature_is_shown(folder: &Path, shown: &[Vec<String>]) -> Result<(), Failed> {
    let features = fs::read_to_string(folder.join("features.txt")).unwrap();
    let missing: Vec<_> =
        features.lines().filter(|feature| !shown.iter().flatten().any(|known| known == feature)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no fixture shows {missing:?}").into()) }
}
