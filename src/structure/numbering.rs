//! Which lines begin a question, an answer, a part, an item of an enumeration or a bullet.
//!
//! Takes the lines of the questions or of the reply, gives for each what it begins. Labels are not judged line by line:
//! of all readings the one is taken in which the labels ascend, cover the questions best, and what is left over makes
//! whole enumerations (`1. 2. 3.` inside an answer). A beam search over the candidates finds it in linear time.
//!
//! ```text
//! 4. De procedure verloopt in stappen:     label 4
//! 1. de toewijzing                         item
//! 2. de betaling                           item
//! 5. Er is overleg. Het nummer is          label 5
//! 1712. Daar krijgt men informatie.        prose
//! ```

use super::label::{Family, Label, Style};
use super::{Context, Slot};
use crate::layout::paragraphs::{bullet, ends_sentence};

/// What a line begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lead {
    /// Nothing: prose.
    Flow,
    /// A question or an answer.
    Outer(Label),
    /// A part.
    Part(Label),
    /// An item of an enumeration whose number belongs to the text.
    Item,
    /// An item behind a bullet of so many bytes.
    Bullet(char, usize),
}

/// What is known of the labels to be found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected<'a> {
    /// The labels of questions: a sequence from 1 on.
    Sequence,
    /// The labels of answers: those of the questions, ascending.
    Labels(&'a [u32]),
    /// None: the only question has no number.
    None,
}

/// Readings kept at each step: enough for all that differ in the last label and the open enumeration.
const BEAM: usize = 24;

/// What a small letter behind a label speaks against its being one of an answer: items of an enumeration have it.
const LOWER: f32 = 3.0;

/// What speaks for an item of an enumeration where the line before it looks cut off: just more than for prose.
const OPEN_ITEM: f32 = 0.2;

/// Says for each slot what it begins. `family` is what the outer labels count with.
pub(super) fn leads(context: &Context<'_>, slots: &[Slot], family: Family, expected: Expected<'_>) -> Vec<Lead> {
    let mut leads: Vec<Lead> = slots.iter().map(|slot| bullet_lead(context, *slot)).collect();
    let mut candidates = candidates(context, slots, family);
    if matches!(expected, Expected::Sequence) {
        forgive_small_letters(&mut candidates);
    }
    let choices = choose(&candidates, expected);
    for (candidate, choice) in candidates.into_iter().zip(choices) {
        let Some(lead) = leads.get_mut(candidate.slot) else { continue };
        match choice {
            Choice::Outer => *lead = Lead::Outer(candidate.label),
            Choice::Nested => *lead = Lead::Item,
            Choice::Noise => {}
        }
    }
    super::parts::mark_parts(context, slots, &mut leads);
    leads
}

fn bullet_lead(context: &Context<'_>, slot: Slot) -> Lead {
    let Slot::Line(line) = slot else { return Lead::Flow };
    match bullet(context.layout.line_text(line)) {
        Some((sign, len)) => Lead::Bullet(sign, len),
        None => Lead::Flow,
    }
}

/// A line that may begin a question or an answer.
struct Candidate {
    slot: usize,
    label: Label,
    /// What speaks for an outer label beside the sequence.
    outer: f32,
    /// What speaks for an item of an enumeration.
    nested: f32,
    /// Whether the line before is cut off in mid sentence.
    open: bool,
    /// Whether the line before ends with a colon.
    announced: bool,
    /// Whether its text begins with a small letter.
    lower: bool,
}

fn candidates(context: &Context<'_>, slots: &[Slot], family: Family) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut asks = false;
    let mut previous: Option<usize> = None;
    for (index, slot) in slots.iter().enumerate() {
        let Slot::Line(line) = *slot else {
            previous = None;
            continue;
        };
        let text = context.layout.line_text(line);
        if let Some(label) = Label::read(text).filter(|label| label.family == family) {
            credit_question(&mut found, asks);
            asks = false;
            let next = match slots.get(index + 1) {
                Some(Slot::Line(next)) => context.layout.line_text(*next),
                _ => "",
            };
            found.push(weigh(context, index, line, (previous, next), label));
        }
        asks |= text.contains('?');
        previous = Some(line);
    }
    credit_question(&mut found, asks);
    prefer_common_style(&mut found);
    found
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
    label: Label,
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
    Candidate { slot, label, outer, nested, open, announced, lower }
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
fn forgive_small_letters(found: &mut [Candidate]) {
    if found.iter().filter(|candidate| !candidate.open).all(|candidate| candidate.lower) {
        for candidate in found.iter_mut().filter(|candidate| candidate.lower) {
            candidate.outer += LOWER;
            candidate.nested = 0.0;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Outer,
    Nested,
    Noise,
}

/// A reading of the candidates so far.
#[derive(Clone, Copy)]
struct Reading {
    score: f32,
    /// The last outer label.
    last: u32,
    /// The last number of the open enumeration; 0 for none.
    nested: u32,
    /// Numbers that a label left out between its own (`3, 4 en 6.`): bit n for number n.
    holes: u128,
    /// Whether the outer labels began behind a colon.
    announced: bool,
    /// The step that led here.
    step: usize,
}

/// One step of a reading: the step before it, and what it chose.
struct Step {
    before: usize,
    choice: Choice,
}

fn choose(candidates: &[Candidate], expected: Expected<'_>) -> Vec<Choice> {
    let mut steps = vec![Step { before: 0, choice: Choice::Noise }];
    let mut beam = vec![Reading { score: 0.0, last: 0, nested: 0, holes: 0, announced: false, step: 0 }];
    for candidate in candidates {
        let mut next: Vec<(Reading, Choice)> = Vec::with_capacity(beam.len() * 3);
        for reading in &beam {
            extend(*reading, candidate, expected, &mut next);
        }
        beam = survivors(next, &mut steps);
    }
    let best = beam.iter().max_by(|a, b| closing_score(a, expected).total_cmp(&closing_score(b, expected)));
    trace(&steps, best.map_or(0, |reading| reading.step), candidates.len())
}

/// A reading that answers only the first questions, from labels that a colon announced, is rather an enumeration.
fn closing_score(reading: &Reading, expected: Expected<'_>) -> f32 {
    let all = match expected {
        Expected::Labels(labels) => labels.last().copied().unwrap_or(0),
        _ => 0,
    };
    if reading.announced && reading.last > 0 && reading.last < all { reading.score - 6.0 } else { reading.score }
}

fn extend(reading: Reading, candidate: &Candidate, expected: Expected<'_>, next: &mut Vec<(Reading, Choice)>) {
    let (first, last) = (candidate.label.first(), candidate.label.last());
    if first > reading.last && !matches!(expected, Expected::None) {
        let score = reading.score + outer_gain(reading.last, candidate, expected);
        let announced = if reading.last == 0 { candidate.announced } else { reading.announced };
        let holes = reading.holes | holes_in(&candidate.label);
        next.push((Reading { score, last, nested: 0, holes, announced, ..reading }, Choice::Outer));
    } else if first == last && reading.holes & bit(first) != 0 {
        let (score, holes) = (reading.score + 2.5 + candidate.outer, reading.holes & !bit(first));
        next.push((Reading { score, nested: 0, holes, ..reading }, Choice::Outer));
    }
    let goes_on = first > 1 && first == reading.nested + 1;
    if first == last && (first == 1 && !candidate.open || goes_on) {
        // Before the first question a colon leads in the questions themselves.
        let leads_in = reading.last == 0 && matches!(expected, Expected::Sequence);
        let gain = match (first, candidate.open) {
            // An item is often short of a stop: one that nearly fills its line looks cut off.
            (_, true) => OPEN_ITEM,
            (1, false) => 0.5,
            _ => 1.0,
        } + if leads_in || candidate.open { 0.0 } else { candidate.nested };
        next.push((Reading { score: reading.score + gain, nested: first, ..reading }, Choice::Nested));
    }
    let cost = if candidate.open || candidate.label.style == Style::Bare { 0.0 } else { 1.5 };
    next.push((Reading { score: reading.score - cost, ..reading }, Choice::Noise));
}

fn bit(number: u32) -> u128 {
    1_u128.checked_shl(number).unwrap_or(0)
}

/// The numbers between those of a list that it leaves out.
fn holes_in(label: &Label) -> u128 {
    let own = label.numbers.iter().fold(0, |bits, number| bits | bit(*number));
    (label.first()..label.last()).fold(0, |bits, number| bits | bit(number)) & !own
}

/// What a label adds: its questions, less the ones it leaps over.
fn outer_gain(last: u32, candidate: &Candidate, expected: Expected<'_>) -> f32 {
    let label = &candidate.label;
    let leap = label.first() - last - 1;
    match expected {
        Expected::Labels(known) if !known.is_empty() => {
            let count = label.numbers.iter().filter(|n| known.binary_search(n).is_ok()).count();
            if count < label.numbers.len() {
                // A number beyond the questions: only where the sequence goes straight on.
                return if leap == 0 && last > 0 { candidate.outer.min(0.3) } else { -8.0 };
            }
            let missed = known.iter().filter(|n| (last + 1..label.first()).contains(n)).count();
            3.0 * count as f32 + candidate.outer - 1.2 * missed.min(3) as f32
        }
        _ if last == 0 && leap > 0 => 3.0 + candidate.outer - 4.5 - leap.min(9) as f32 * 0.5,
        _ => 3.0 * label.numbers.len().min(3) as f32 + candidate.outer - 2.5 * leap.min(4) as f32,
    }
}

/// The best reading for each last label and open enumeration, the best [`BEAM`] of them.
fn survivors(mut next: Vec<(Reading, Choice)>, steps: &mut Vec<Step>) -> Vec<Reading> {
    next.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score));
    let mut kept: Vec<Reading> = Vec::with_capacity(BEAM);
    for (reading, choice) in next {
        if kept.len() == BEAM {
            break;
        }
        if kept.iter().any(|known| known.last == reading.last && known.nested == reading.nested) {
            continue;
        }
        steps.push(Step { before: reading.step, choice });
        kept.push(Reading { step: steps.len() - 1, ..reading });
    }
    kept
}

fn trace(steps: &[Step], mut at: usize, count: usize) -> Vec<Choice> {
    let mut choices = Vec::with_capacity(count);
    while let Some(step) = steps.get(at).filter(|_| at > 0) {
        choices.push(step.choice);
        at = step.before;
    }
    choices.reverse();
    choices
}
