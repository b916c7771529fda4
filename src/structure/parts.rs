//! Parts: which of the lines within a question or an answer begin its a), b), 1.1 …
//!
//! Takes the leads with their outer labels set, adds the parts. A part must follow its forerunner: `b)` after `a)`,
//! `6.2` after `6.1` under label 6; a lone `c)` is prose.
//!
//! ```text
//! 4. a) In totaal …        label 4 with part a on its line
//! b) Zoals aangegeven …    part b
//! ```

use super::label::{Family, Label};
use super::numbering::Lead;
use super::{Context, Slot};

/// Levels of parts within parts; deeper marks stay in the text.
const DEEPEST: usize = 4;

/// An open level: what it counts with and how far it has come.
#[derive(Clone, Copy)]
struct Level {
    family: Family,
    last: u32,
}

/// Marks the lines that begin a part, and as items the letters of enumerations elsewhere.
pub(super) fn mark_parts(context: &Context<'_>, slots: &[Slot], leads: &mut [Lead]) {
    let mut open: Vec<Level> = Vec::new();
    let mut owner: Option<Label> = None;
    let mut previous: Option<usize> = None;
    for (slot, lead) in slots.iter().zip(leads) {
        let Slot::Line(line) = *slot else { continue };
        let before = previous.replace(line);
        let text = context.layout.line_text(line);
        if let Lead::Outer(label) = lead {
            open.clear();
            let rest = text.get(label.len..).unwrap_or("");
            owner = Some(label.clone());
            if let Some(part) = Label::read(rest) {
                step(&mut open, owner.as_ref(), &part);
            }
            continue;
        }
        if let Lead::Again(named, len) = lead {
            let read = named.as_ref().map(|part| step(&mut open, owner.as_ref(), part));
            *lead = match read {
                Some(None) => Lead::Flow,
                read => Lead::Again(read.flatten(), *len),
            };
            continue;
        }
        if *lead != Lead::Flow {
            continue;
        }
        let Some(part) = Label::read(text).filter(|part| part.family != Family::Number) else { continue };
        if before.is_some_and(|before| context.measure.is_open(context.layout, before, line)) {
            continue;
        }
        if let Some(part) = step(&mut open, owner.as_ref(), &part) {
            *lead = if owner.is_some() { Lead::Part(part) } else { Lead::Item };
        }
    }
}

/// Takes a label into the open levels where it goes on one or begins one; gives it as it is then read.
pub(super) fn step_inline(owner: &Label, part: &Label) -> Option<Label> {
    step(&mut Vec::new(), Some(owner), part)
}

fn step(open: &mut Vec<Level>, owner: Option<&Label>, part: &Label) -> Option<Label> {
    for family in readings(part) {
        let number = number_as(part, family);
        if let Family::Decimal(parent) = family
            && !owner.is_some_and(|owner| owner.numbers.contains(&parent))
        {
            continue;
        }
        let reading = Label { family, numbers: vec![number], ..part.clone() };
        if let Some(at) = open.iter().rposition(|level| level.family == family && level.last + 1 == number) {
            open.truncate(at + 1);
            if let Some(level) = open.last_mut() {
                level.last = number;
            }
            return Some(reading);
        }
        let begins = number == 1 && open.len() < DEEPEST && open.iter().all(|level| level.family != family);
        if begins {
            if matches!(family, Family::Decimal(_)) {
                open.clear();
            }
            open.push(Level { family, last: 1 });
            return Some(reading);
        }
    }
    None
}

/// What a label may count with: `i)` is the ninth letter or the first Roman number.
fn readings(part: &Label) -> impl Iterator<Item = Family> {
    let roman = part.family == Family::Letter && matches!(part.first(), 9 | 22 | 24);
    [Some(part.family), roman.then_some(Family::Roman)].into_iter().flatten()
}

fn number_as(part: &Label, family: Family) -> u32 {
    match (part.family, family, part.first()) {
        (Family::Letter, Family::Roman, 9) => 1,
        (Family::Letter, Family::Roman, 22) => 5,
        (Family::Letter, Family::Roman, 24) => 10,
        (_, _, first) => first,
    }
}
