//! What every document holds, whatever is wrong with it: over the fixtures with faults put into them, the same in every
//! run. `tests/fixtures.rs` asks the same of the fixtures as they are.
//!
//! Spans lie in the text and point at their own, nothing is told twice, nothing is lost, rows have as many cells as there
//! are columns, checks can be computed from their table, the JSON is as the schema says and reads back, and the same bytes
//! give the same document.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod mutation;
mod schema;

use mutation::{Dice, mutate};
use serde_json::Value;
use std::fs;
use std::path::Path;
use vraagbaak::fixture::{Fixture, lost, violations};
use vraagbaak::{Extractor, Limits, WrittenQuestion};

/// How many documents get faults.
const MUTATIONS: usize = 2_000;

/// How many readings of a table are weighed, so that many documents are tried.
const READINGS: u64 = 500;

/// Faults told at once.
const TOLD: usize = 20;

fn texts() -> Vec<(String, String)> {
    let fixtures = Fixture::load_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")).unwrap();
    let text = |fixture: Fixture| Some((fixture.id, String::from_utf8(fs::read(fixture.input).unwrap()).ok()?));
    fixtures.into_iter().filter_map(text).collect()
}

fn parse(text: &str) -> Vec<WrittenQuestion> {
    let mut limits = Limits::default();
    limits.readings = READINGS;
    Extractor::new().limits(limits).text(text).unwrap_or_default()
}

fn faults(text: &str, schema: &Value) -> Vec<String> {
    let questions = parse(text);
    let mut found: Vec<String> = questions.iter().flat_map(|question| violations(question, Some(text))).collect();
    if !questions.is_empty() {
        found.extend(lost(&questions, text));
    }
    for question in &questions {
        found.extend(schema::faults(schema, &serde_json::to_value(question).unwrap()));
    }
    if parse(text) != questions {
        found.push("the same text gave another document".to_owned());
    }
    found
}

#[test]
fn documents_with_faults_hold_what_all_documents_hold() {
    let (texts, schema, mut dice) = (texts(), schema::published(), Dice(0x5eed_0000_0000_0002));
    let mut told = Vec::new();
    for round in 0..MUTATIONS {
        let (id, text) = &texts[dice.roll(texts.len())];
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=dice.roll(4) {
            mutate(&mut bytes, &mut dice);
        }
        let text = String::from_utf8_lossy(&bytes);
        told.extend(faults(&text, &schema).into_iter().map(|fault| format!("round {round}, {id}: {fault}")));
    }
    let count = told.len();
    told.truncate(TOLD);
    assert!(told.is_empty(), "{count} faults:\n{}", told.join("\n"));
}
