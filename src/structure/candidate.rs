//! Lines that may begin a question or an answer, and what speaks for it beside the sequence of labels.
//!
//! Takes slots and the family of labels, gives [`Candidate`]s. A label at the head of a paragraph that asks weighs more
//! than one behind a line cut off in mid sentence; which are labels only the sequence shows
//! ([`numbering`](super::numbering)).
//!
//! ```text
//! De procedure verloopt in stappen:
//! 1. de toewijzing                    announced, small: rather an item
//! Het nummer is
//! 1712. Daar krijgt men informatie.   none: no label is so high
//! ```

use super::compound::Compound;
use super::label::{Family, Label, Style};
use super::{Context, Slot};
use crate::layout::paragraphs::ends_sentence;

/// What a small letter behind a label speaks against its being one of an answer: items of an enumeration have it.
const LOWER: f32 = 3.0;

/// What speaks against a number that only the mark of a part has in it (`2.1`): such figures are quantities too.
const WITHIN: f32 = 1.0;

/// A line that may begin a question or an answer.
pub(super) struct Candidate {
    /// Index of its slot.
    pub slot: usize,
    /// Its label.
    pub label: Label,
    /// The part that it names too, and the bytes of both.
    pub part: Option<(Label, usize)>,
    /// What speaks for an outer label beside the sequence.
    pub outer: f32,
    /// What speaks for an item of an enumeration.
    pub nested: f32,
    /// Whether the line before is cut off in mid sentence.
    pub open: bool,
    /// Whether the line before ends with a colon.
    pub announced: bool,
    /// Whether its text begins with a small letter.
    lower: bool,
}

impl Candidate {
    /// Whether the number stands only within the mark of its part: `2.1`.
    pub(super) fn is_within(&self) -> bool {
        self.label.len == 0
    }

    /// Whether it may open a question or an answer: a number within the mark of a part does with the first part alone.
    pub(super) fn may_open(&self) -> bool {
        !self.is_within() || self.part.as_ref().is_some_and(|(part, _)| part.first() == 1)
    }
}

/// The lines with a label of the family, in order.
pub(super) fn candidates(context: &Context<'_>, slots: &[Slot], family: Family) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut asks = false;
    let mut previous: Option<usize> = None;
    for (index, slot) in slots.iter().enumerate() {
        let Slot::Line(line) = *slot else {
            previous = None;
            continue;
        };
        let text = context.layout.line_text(line);
        if let Some((label, part)) = read(text, family) {
            credit_question(&mut found, asks);
            asks = false;
            let next = match slots.get(index + 1) {
                Some(Slot::Line(next)) => context.layout.line_text(*next),
                _ => "",
            };
            found.push(weigh(context, index, line, (previous, next), (label, part)));
        }
        asks |= text.contains('?');
        previous = Some(line);
    }
    credit_question(&mut found, asks);
    prefer_common_style(&mut found);
    found
}

/// The label of the family that a line begins with, and the part that it names too.
fn read(text: &str, family: Family) -> Option<(Label, Option<(Label, usize)>)> {
    let label = Label::read(text);
    if family == Family::Number
        && let Some(compound) = Compound::read(text, label.as_ref())
    {
        let len = compound.len();
        return Some((compound.outer, Some((compound.part, len))));
    }
    label.filter(|label| label.family == family).map(|label| (label, None))
}

/// A stretch that asks speaks for its label. Reports rarely ask, so this weighs nothing there.
fn credit_question(found: &mut [Candidate], asks: bool) {
    if let Some(last) = found.last_mut().filter(|_| asks) {
        last.outer += 1.0;
    }
}

fn weigh(
    context: &Context<'_>,
    slot: usize,
    line: usize,
    (previous, next): (Option<usize>, &str),
    (label, part): (Label, Option<(Label, usize)>),
) -> Candidate {
    let text = context.layout.line_text(line);
    let rest = text.get(label.len..).unwrap_or("");
    let before = previous.map_or("", |previous| context.layout.line_text(previous));
    let open = previous.is_some_and(|previous| context.measure.is_open(context.layout, previous, line))
        && label.style != Style::Worded;
    let announced = before.ends_with(':');
    // `a)` behind a label is that of a part, and no small letter.
    let text = if rest.is_empty() { next } else { rest };
    let lower = text.starts_with(char::is_lowercase) && Label::read(text).is_none();
    let parted = previous.is_none()
        || ends_sentence(before)
        || context.layout.lines.get(line).is_some_and(|l| l.blank_before > 0);
    let mut outer = if parted { 1.0 } else { 0.0 };
    let mut nested = 0.0;
    outer += match label.style {
        Style::Worded => 3.0,
        Style::Bare if rest.is_empty() => -4.0,
        Style::Bare => -1.5,
        Style::Dot | Style::Paren if rest.is_empty() => 1.0,
        Style::Dot | Style::Paren => 0.0,
    };
    if open {
        outer -= 7.0;
    }
    if lower {
        outer -= LOWER;
        nested += 2.0;
    }
    if announced && label.first() == 1 {
        nested += 1.5;
    }
    if label.style == Style::Dot && rest.starts_with(|c: char| c.is_ascii_digit()) {
        outer -= 1.0;
    }
    if label.len == 0 {
        outer -= WITHIN;
    }
    Candidate { slot, label, part, outer, nested, open, announced, lower }
}

/// Labels of one sequence are written alike: the style of most of those that stand as labels do is preferred.
fn prefer_common_style(found: &mut [Candidate]) {
    let count = |style: Style| found.iter().filter(|c| c.label.style == style && !c.open).count();
    let (dots, parens, bare) = (count(Style::Dot), count(Style::Paren), count(Style::Bare));
    for candidate in found.iter_mut() {
        if candidate.label.style == Style::Bare {
            candidate.outer += if dots + parens == 0 && bare > 1 { 2.0 } else { -4.0 };
        }
    }
}

/// Questions that all begin with a small letter (`Graag vernam ik: a) wat …`) are none the less for it.
pub(super) fn forgive_small_letters(found: &mut [Candidate]) {
    if found.iter().filter(|candidate| !candidate.open).all(|candidate| candidate.lower) {
        for candidate in found.iter_mut().filter(|candidate| candidate.lower) {
            candidate.outer += LOWER;
            candidate.nested = 0.0;
        }
    }
}
