//! Where a table belongs, when the extractor tore it from its place.
//!
//! Takes the tables with the answers that they stand in, and what was asked and answered; gives for a table out of
//! place the answer its content belongs to, with the reason. Moves nothing. A table is held to be torn away only where
//! two signs meet: the answer that it stands in has more tables than it can account for, and another one lacks a table
//! that it announces ("Hieronder een overzicht …") or that was asked of it ("… per maand", and the rows are months).
//!
//! ```text
//! 1. Hieronder een overzicht van …     announces a table, has none      ┐
//! 2. (nothing)                                                          │
//!    Aantal gesprekken 2019 2020       first of two tables: belongs to 1 ┘
//!    MAART APRIL MEI …                 the second stays
//! ```

use super::number;
use crate::model::Table;
use std::ops::Range;

/// An answer, as a place for tables.
#[derive(Debug, Clone)]
pub(crate) struct Place<'a> {
    /// The texts of the questions that it answers.
    pub questions: Vec<&'a str>,
    /// Its own text.
    pub text: &'a str,
    /// Whether it answers a question in particular.
    pub labelled: bool,
}

/// A table's better place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// The index of the place.
    pub place: usize,
    /// Why, in a sentence.
    pub reason: String,
}

/// For each table a suggestion, where it seems to stand in the wrong answer. `standing` gives for each table, in reading
/// order, the index of its place.
pub(crate) fn suggest(tables: &[&Table], standing: &[usize], places: &[Place<'_>]) -> Vec<Option<Suggestion>> {
    let mut balance = Balance::of(standing, places);
    let mut suggestions = vec![None; tables.len()];
    for stack in stacks(standing) {
        let from = standing[stack.start];
        for index in stack {
            if balance.spare(from, places) == 0 {
                break;
            }
            let found =
                balance.announced_elsewhere(from).or_else(|| balance.asked_elsewhere(from, tables[index], places));
            if let Some(suggestion) = found {
                balance.held[from] -= 1;
                balance.held[suggestion.place] += 1;
                suggestions[index] = Some(suggestion);
            }
        }
    }
    suggestions
}

/// Tables that stand in the same answer.
fn stacks(standing: &[usize]) -> Vec<Range<usize>> {
    let mut stacks: Vec<Range<usize>> = Vec::new();
    for (index, place) in standing.iter().enumerate() {
        match stacks.last_mut() {
            Some(stack) if standing[stack.start] == *place => stack.end = index + 1,
            _ => stacks.push(index..index + 1),
        }
    }
    stacks
}

/// How many tables each place announces and holds.
struct Balance {
    announced: Vec<usize>,
    held: Vec<usize>,
}

impl Balance {
    fn of(standing: &[usize], places: &[Place<'_>]) -> Self {
        let mut held = vec![0; places.len()];
        for &place in standing {
            held[place] += 1;
        }
        Self { announced: places.iter().map(|place| announcements(place.text)).collect(), held }
    }

    /// How many tables the place has beyond those it can account for: those it announces, and one that is the whole
    /// answer or that its question asks for.
    fn spare(&self, place: usize, places: &[Place<'_>]) -> usize {
        let own = &places[place];
        let is_answer = own.text.is_empty() || self.held[place] > 1 && own.questions.iter().any(|q| asks_figures(q));
        self.held[place].saturating_sub(self.announced[place].max(usize::from(is_answer)))
    }

    /// The nearest place before, else behind, that announces more tables than it has.
    fn announced_elsewhere(&self, from: usize) -> Option<Suggestion> {
        let lacks = |place: &usize| *place != from && self.announced[*place] > self.held[*place];
        let place = (0..from).rev().find(lacks).or_else(|| (from + 1..self.held.len()).find(lacks))?;
        Some(Suggestion {
            place,
            reason: "that answer announces a table and has none; this one has one too many".to_owned(),
        })
    }

    /// The nearest place without a table whose question asks for just this breakdown, and that speaks of what the table
    /// counts.
    fn asked_elsewhere(&self, from: usize, table: &Table, places: &[Place<'_>]) -> Option<Suggestion> {
        let wanted = |place: &usize| {
            let there = &places[*place];
            *place != from
                && there.labelled
                && self.held[*place] == 0
                && there.questions.iter().any(|q| asks_breakdown(q, table))
                && speaks_of(there, table)
        };
        let place = (0..from).rev().find(wanted).or_else(|| (from + 1..places.len()).find(wanted))?;
        let reason = "its question asks for this breakdown and its answer has no table; this one has one too many";
        Some(Suggestion { place, reason: reason.to_owned() })
    }
}

/// How many tables a text announces: sentences that name a table or overview and say that it follows.
fn announcements(text: &str) -> usize {
    let small = text.to_ascii_lowercase();
    // Most texts announce nothing, and need no look at each sentence.
    if !follows(&small) {
        return 0;
    }
    let sentences =
        small.split_inclusive(['.', ':', '\n', '?']).filter(|sentence| follows(sentence) && names(sentence));
    sentences.map(|sentence| 1 + usize::from(sentence.contains("tabellen"))).sum()
}

/// Whether a text in small letters names a table.
fn names(text: &str) -> bool {
    const NAMES: [&str; 7] = ["tabel", "overzicht", "cijfers", "opdeling", "verdeling", "opsplitsing", "evolutie"];
    NAMES.iter().any(|word| text.contains(word))
}

/// Whether a text in small letters says that something follows.
fn follows(text: &str) -> bool {
    const FOLLOWS: [&str; 7] =
        ["hieronder", "onderstaand", "hierna", "als volgt", "volgende tabel", "volgend overzicht", "navolgend"];
    FOLLOWS.iter().any(|words| text.contains(words))
}

fn asks_figures(question: &str) -> bool {
    let small = question.to_lowercase();
    ["hoeveel", "opdeling", "opgesplitst", "overzicht", "verdeling", "cijfers", "aantal"]
        .iter()
        .any(|word| small.contains(word))
}

/// Whether the question asks "per" what the table's rows are: months, years, or what the stub's header names.
fn asks_breakdown(question: &str, table: &Table) -> bool {
    let small = question.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    let mut asked = Vec::new();
    while let Some(word) = words.next() {
        if matches!(word, "per" | "volgens" | "naargelang")
            && let Some(next) = words.peek()
        {
            asked.push(*next);
        }
    }
    let stub = table.columns.first().and_then(|c| c.header.last()).map(|h| h.to_lowercase()).unwrap_or_default();
    asked.iter().any(|unit| match *unit {
        "maand" => most_labels(table, is_month),
        "jaar" => most_labels(table, number::is_year),
        unit => unit.len() > 3 && stub.starts_with(unit),
    })
}

fn is_month(label: &str) -> bool {
    label.split(' ').next().is_some_and(number::is_month)
}

fn most_labels(table: &Table, is: fn(&str) -> bool) -> bool {
    let labels = table.rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.text.as_str());
    let (all, hits) = labels.fold((0, 0), |(all, hits), label| (all + 1, hits + usize::from(is(label))));
    hits * 2 > all
}

/// The fewest letters of a word that means something by itself.
const TELLING: usize = 6;

/// Whether the place speaks of what the table's headers name. Dutch joins words and bends their ends: the stem of one
/// within the other is enough (`gesprekken` in `chatgesprekken`).
fn speaks_of(place: &Place<'_>, table: &Table) -> bool {
    let mut text = place.text.to_lowercase();
    for question in &place.questions {
        text.push(' ');
        text.push_str(&question.to_lowercase());
    }
    let headers = table.columns.iter().flat_map(|c| &c.header).chain(table.caption.iter());
    let words = headers.flat_map(|h| h.split(|c: char| !c.is_alphabetic())).map(str::to_lowercase);
    let telling = |word: &String| word.len() >= TELLING && !["aantal", "totaal", "overzicht"].contains(&word.as_str());
    words.filter(telling).any(|word| text.contains(word.trim_end_matches("en").trim_end_matches('s')))
}

#[cfg(test)]
mod tests {
    use super::announcements;

    #[test]
    fn a_text_announces_the_tables_that_follow_it() {
        assert_eq!(announcements("Hieronder een overzicht van de doorverwijzingen."), 1);
        assert_eq!(announcements("De cijfers vindt u in onderstaande tabellen: zie ook verder."), 2);
        assert_eq!(announcements("In 2019 waren er minder cijfers beschikbaar."), 0);
    }
}
