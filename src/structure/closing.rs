//! The lines that close the question: to whom else it was put, or what it was before.
//!
//! Takes the slots of the questions, cuts the closing lines from their end, and reads the ministers in them.
//!
//! ```text
//! Deze vraag werd gesteld aan de ministers Jan Jambon (142), Hilde Crevits (256) en Bart Somers (77).
//! Deze vraag is een omzetting van een vraag om uitleg.
//! ```

use super::question::paragraph;
use super::section::sections;
use super::{Context, Parsed, Slot, numbering::Lead, person};
use crate::layout::paragraphs::ends_sentence;
use crate::model::AskedTo;

/// Lines at the questions' end among which the closing is sought.
const LINES_FROM_END: usize = 12;
/// Words of a minister's office before his name: `minister`, `viceminister-president`.
const OFFICE: &str = "minister";

/// Parts the slots into questions and closing lines.
pub(super) fn cut<'a>(context: &Context<'_>, slots: &'a [Slot]) -> (&'a [Slot], &'a [Slot]) {
    let from = slots.len().saturating_sub(LINES_FROM_END);
    let at = (from..slots.len()).find(|at| closes(context, slots, *at)).unwrap_or(slots.len());
    slots.split_at(at)
}

/// Whether a closing begins here: a sentence that says that the question was put to a minister, or made of another.
fn closes(context: &Context<'_>, slots: &[Slot], at: usize) -> bool {
    let text = |at: usize| match slots.get(at) {
        Some(Slot::Line(line)) => context.layout.line_text(*line),
        _ => "",
    };
    let begins = at == 0 || ends_sentence(text(at - 1)) || blank_before(context, slots, at);
    let first = text(at);
    if !begins || !first.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '*' | '[')) {
        return false;
    }
    let opening: Vec<&str> = first.split_whitespace().chain(text(at + 1).split_whitespace()).take(24).collect();
    let has = |words: &[&str], within: usize| {
        opening.iter().take(within).any(|word| {
            words.iter().any(|known| word.trim_matches(|c: char| !c.is_alphabetic()).eq_ignore_ascii_case(known))
        })
    };
    let put =
        has(&["gesteld", "gericht", "voorgelegd", "bezorgd", "gestuurd", "ingediend"], 24) && has(&["aan", "bij"], 24);
    let made = has(&["omzetting", "omgezet", "omgezette"], 24);
    has(&["vraag", "vragen"], 5)
        && has(&["deze", "dezelfde", "gelijkaardige", "soortgelijke", "identieke", "gelijklopende", "bovenstaande"], 4)
        && (put || made)
}

fn blank_before(context: &Context<'_>, slots: &[Slot], at: usize) -> bool {
    matches!(slots.get(at), Some(Slot::Line(line)) if context.layout.lines.get(*line).is_some_and(|l| l.blank_before > 0))
}

/// Reads the closing lines into `parsed`.
pub(super) fn read(context: &Context<'_>, slots: &[Slot], parsed: &mut Parsed) {
    let leads = vec![Lead::Flow; slots.len()];
    let found = sections(context, slots, &leads);
    parsed.question_closing =
        found.iter().flat_map(|section| section.paragraphs()).map(|p| paragraph(context, p)).collect();
    parsed.asked_to = parsed.question_closing.iter().flat_map(|p| asked_to(&p.text)).collect();
}

/// The ministers of a closing line, each with the number of the question put to him.
fn asked_to(text: &str) -> Vec<AskedTo> {
    let Some(at) = text.find(" aan ").map(|at| at + 5).or_else(|| text.find(" bij ").map(|at| at + 5)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut rest = &text[at..];
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |close| open + close);
        let number = rest[open..close].chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
        push_names(&rest[..open], number, &mut found);
        rest = rest.get(close + 1..).unwrap_or("");
    }
    push_names(rest.trim_end_matches('.'), None, &mut found);
    found
}

/// The names before a number; the number is the last one's.
fn push_names(text: &str, number: Option<u32>, found: &mut Vec<AskedTo>) {
    let parts: Vec<&str> = text.split(',').flat_map(|part| part.split(" en ")).collect();
    let names: Vec<String> = parts.into_iter().filter_map(name_in).collect();
    let last = names.len().saturating_sub(1);
    for (at, name) in names.into_iter().enumerate() {
        found.push(AskedTo { name, number: number.filter(|_| at == last) });
    }
}

/// The name in `de ministers Jan Jambon`: the capitals behind the office.
fn name_in(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let start = words.iter().rposition(|word| word.to_lowercase().contains(OFFICE)).map_or(0, |at| at + 1);
    let first = words.iter().skip(start).position(|word| word.starts_with(char::is_uppercase))? + start;
    let name = words.get(first..)?.join(" ");
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    (person::is_name(name) && name.contains(' ')).then(|| name.to_owned())
}
