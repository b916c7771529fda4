//! References: other written questions that the text names.
//!
//! Takes the body lines, gives each question named with number, date where printed, and the words. A reference may be
//! broken over a line's end. The document's own number is none.
//!
//! ```text
//! In antwoord op mijn schriftelijke vraag nr. 466 van 6
//! mei 2020 geeft de minister …                              466, 2020-05-06
//! ```

use super::{Context, phrase};
use crate::layout::Word;
use crate::model::{Date, Reference};
use std::collections::HashMap;

/// Words that a reference takes at most, from `vraag` on.
const WORDS: usize = 24;

/// Finds the references in body lines; each number and date once.
pub(super) fn find(context: &Context<'_>, body: &[usize], own: Option<u32>, own_date: Option<Date>) -> Vec<Reference> {
    let words: Vec<&Word> = body.iter().flat_map(|line| context.layout.line_words(*line)).collect();
    let mut found: Vec<Reference> = Vec::new();
    let mut known: HashMap<(u32, Option<Date>), ()> = HashMap::new();
    for (at, word) in words.iter().enumerate() {
        if !names_question(context.layout.word_text(word)) {
            continue;
        }
        for reference in read_at(context, &words, at) {
            let itself = Some(reference.number) == own && (reference.date.is_none() || reference.date == own_date);
            if !itself && known.insert((reference.number, reference.date), ()).is_none() {
                found.push(reference);
            }
        }
    }
    let dated: std::collections::HashSet<u32> = found.iter().filter(|r| r.date.is_some()).map(|r| r.number).collect();
    found.retain(|reference| reference.date.is_some() || !dated.contains(&reference.number));
    found
}

fn names_question(word: &str) -> bool {
    matches!(word, "vraag" | "vragen" | "Vraag" | "Vragen" | "SV" | "sv" | "VRAAG")
}

/// The references that begin with the word at `at`.
fn read_at(context: &Context<'_>, words: &[&Word], at: usize) -> Vec<Reference> {
    let ahead = words.get(at..words.len().min(at + WORDS)).unwrap_or(&[]);
    let mut text = String::new();
    let mut ends = Vec::with_capacity(ahead.len());
    for word in ahead {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(context.layout.word_text(word));
        ends.push(text.len());
    }
    let Ok((rest, named)) = phrase::named_questions(&text) else { return Vec::new() };
    let consumed = text.len() - rest.len();
    let last = ends.iter().position(|end| *end >= consumed).unwrap_or(0);
    let first = opening(context, words, at);
    let (Some(from), Some(to)) = (words.get(first), words.get(at + last)) else { return Vec::new() };
    let surplus = ends.get(last).map_or(0, |end| end - consumed);
    let bytes = from.start as usize..(to.end as usize).saturating_sub(surplus);
    let words: Vec<&str> = context.layout.slice(bytes.clone()).split_whitespace().collect();
    let reference =
        |(number, date)| Reference { number, date, text: words.join(" "), span: context.layout.span(bytes.clone()) };
    named.into_iter().map(reference).collect()
}

/// `schriftelijke` before `vraag` belongs to the reference.
fn opening(context: &Context<'_>, words: &[&Word], at: usize) -> usize {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    match before {
        Some(word) if context.layout.word_text(word).eq_ignore_ascii_case("schriftelijke") => at - 1,
        _ => at,
    }
}
