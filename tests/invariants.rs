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
use std::ops::Range;
use std::path::Path;
use vraagbaak::fixture::{Fixture, lost, violations};
use vraagbaak::{Extractor, Limits, Span, WrittenQuestion};

/// How many times faults are put into each fixture.
const MUTATIONS: usize = 20;

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

/// Where the questions and where the answers of a document stand: what faults are put into, so that its heads stay whole.
/// A head with a fault is no head any more, but lines that nothing tells of.
fn bodies(text: &str) -> Vec<Range<usize>> {
    let extent = |spans: Vec<&Span>| {
        let bytes =
            spans.iter().flat_map(|span| std::iter::once(*span).chain(&span.also)).filter_map(|span| span.bytes);
        bytes.map(|[start, end]| start..end).reduce(|all, one| all.start.min(one.start)..all.end.max(one.end))
    };
    let asked = |question: &WrittenQuestion| {
        let introduction = question.introduction.iter().map(|paragraph| &paragraph.span);
        extent(introduction.chain(question.questions.iter().map(|item| &item.span)).collect())
    };
    let answered = |question: &WrittenQuestion| extent(question.answers.iter().map(|answer| &answer.span).collect());
    parse(text).iter().flat_map(|question| [asked(question), answered(question)]).flatten().collect()
}

/// What a document does not hold; whether something is lost of it can be asked where its heads are whole.
fn faults(text: &str, schema: &Value, has_heads: bool) -> Vec<String> {
    let questions = parse(text);
    let mut found: Vec<String> = questions.iter().flat_map(|question| violations(question, Some(text))).collect();
    if has_heads {
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

/// The documents that a fixture gives with faults put into them, each with whether its heads are whole. The series is its
/// own: fixtures that come or go beside it change nothing.
fn mutations(id: &str, text: &str) -> Vec<(Vec<u8>, bool)> {
    let (bodies, mut dice) = (bodies(text), Dice::of(id));
    let mutation = |_| {
        let anywhere = bodies.is_empty() || dice.roll(2) == 0;
        let place = if anywhere { 0..text.len() } else { bodies[dice.roll(bodies.len())].clone() };
        let mut body = text.as_bytes()[place.clone()].to_vec();
        for _ in 0..=dice.roll(4) {
            mutate(&mut body, &mut dice);
        }
        ([&text.as_bytes()[..place.start], &body, &text.as_bytes()[place.end..]].concat(), !anywhere)
    };
    (0..MUTATIONS).map(mutation).collect()
}

#[test]
fn documents_with_faults_hold_what_all_documents_hold() {
    let (texts, schema) = (texts(), schema::published());
    let mut told = Vec::new();
    for (id, text) in &texts {
        for (round, (bytes, has_heads)) in mutations(id, text).into_iter().enumerate() {
            let found = faults(&String::from_utf8_lossy(&bytes), &schema, has_heads);
            told.extend(found.into_iter().map(|fault| format!("{id}, round {round}: {fault}")));
        }
    }
    let count = told.len();
    told.truncate(TOLD);
    assert!(told.is_empty(), "{count} faults:\n{}", told.join("\n"));
}

#[test]
fn a_fixture_has_a_series_of_its_own() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/traps/label-dot/input.txt")).unwrap();
    let series = |id: &str| mutations(id, &text);
    assert_eq!(series("traps/label-dot"), series("traps/label-dot"));
    assert_ne!(series("traps/label-dot"), series("traps/label-en"));
    // Pinned, so that a fault that was found once is found again.
    assert_eq!(Dice::of("traps/label-dot").roll(1_000_000), 974_094);
}
