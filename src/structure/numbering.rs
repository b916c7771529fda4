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

use super::candidate::{Candidate, candidates, forgive_small_letters};
use super::label::{Family, Label, Style};
use super::{Context, Slot};
use crate::layout::paragraphs::bullet;

/// What a line begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lead {
    /// Nothing: prose.
    Flow,
    /// A question or an answer.
    Outer(Label),
    /// A part.
    Part(Label),
    /// The question or the answer that is open, again: its label and a part (`1.b.`), or its number in words (`Antwoord 1:`
    /// behind `Vraag 1:`), in so many bytes.
    Again(Option<Label>, usize),
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

/// What speaks for an item of an enumeration where the line before it looks cut off: just more than for prose.
const OPEN_ITEM: f32 = 0.2;

/// What speaks for a label that names what is open once more: as much as for the next label.
const SAID_AGAIN: f32 = 3.0;

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
            Choice::Again => *lead = again(candidate),
            Choice::Nested => *lead = Lead::Item,
            Choice::Noise => {}
        }
    }
    if matches!(expected, Expected::Labels(_)) {
        mark_answers(context, slots, &mut leads);
    }
    super::parts::mark_parts(context, slots, &mut leads);
    leads
}

/// Marks `Antwoord:` behind a question that the reply repeats under its label: it opens the answer that is open already.
fn mark_answers(context: &Context<'_>, slots: &[Slot], leads: &mut [Lead]) {
    let mut labelled = false;
    for (slot, lead) in slots.iter().zip(leads) {
        labelled |= matches!(lead, Lead::Outer(_));
        if let (Slot::Line(line), Lead::Flow, true) = (slot, &lead, labelled) {
            *lead = answer_sign(context.layout.line_text(*line)).map_or(Lead::Flow, |len| Lead::Again(None, len));
        }
    }
}

/// The bytes of `Antwoord:` and the space behind it, at the beginning of a line.
fn answer_sign(text: &str) -> Option<usize> {
    const SIGN: &str = "antwoord:";
    let rest = text.get(..SIGN.len()).filter(|sign| sign.eq_ignore_ascii_case(SIGN)).and(text.get(SIGN.len()..))?;
    Some(text.len() - rest.trim_start().len())
}

fn again(candidate: Candidate) -> Lead {
    match candidate.part {
        Some((part, len)) => Lead::Again(Some(part), len),
        None => Lead::Again(None, candidate.label.len),
    }
}

fn bullet_lead(context: &Context<'_>, slot: Slot) -> Lead {
    let Slot::Line(line) = slot else { return Lead::Flow };
    match bullet(context.layout.line_text(line)) {
        Some((sign, len)) => Lead::Bullet(sign, len),
        None => Lead::Flow,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Outer,
    Again,
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
    let mut next = Next::default();
    for candidate in candidates {
        next.clear();
        for (at, reading) in beam.iter().enumerate() {
            next.extend(at, *reading, candidate, expected);
        }
        next.survive(&mut beam, &mut steps);
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

/// The readings that go on with a candidate.
#[derive(Default)]
struct Next {
    /// Those that take it for something, each with the place in the beam of what it goes on from.
    taken: Vec<(Reading, Choice, usize)>,
    /// Those that take it for nothing, in the order of the beam: the best first, for all pay the same.
    passed: Vec<Reading>,
    /// The score of the best that takes it for the next label. Such readings differ in their past alone: only one that
    /// is better than all before it is worth a place.
    best_outer: f32,
}

impl Next {
    fn clear(&mut self) {
        self.taken.clear();
        self.passed.clear();
        self.best_outer = f32::NEG_INFINITY;
    }

    fn take(&mut self, at: usize, (reading, choice): (Reading, Choice)) {
        self.taken.push((reading, choice, at));
    }

    fn extend(&mut self, at: usize, reading: Reading, candidate: &Candidate, expected: Expected<'_>) {
        let (first, last) = (candidate.label.first(), candidate.label.last());
        if first > reading.last && candidate.may_open() && !matches!(expected, Expected::None) {
            let score = reading.score + outer_gain(reading.last, candidate, expected);
            if score > self.best_outer {
                self.best_outer = score;
                let announced = if reading.last == 0 { candidate.announced } else { reading.announced };
                let holes = reading.holes | holes_in(&candidate.label);
                self.take(at, (Reading { score, last, nested: 0, holes, announced, ..reading }, Choice::Outer));
            }
        } else if first == last && reading.holes & bit(first) != 0 {
            let (score, holes) = (reading.score + 2.5 + candidate.outer, reading.holes & !bit(first));
            self.take(at, (Reading { score, nested: 0, holes, ..reading }, Choice::Outer));
        }
        if first == last && first == reading.last && is_said_again(candidate) {
            self.take(at, (Reading { score: reading.score + SAID_AGAIN, nested: 0, ..reading }, Choice::Again));
        }
        let goes_on = first > 1 && first == reading.nested + 1;
        if first == last && !candidate.is_within() && (first == 1 && !candidate.open || goes_on) {
            // Before the first question a colon leads in the questions themselves.
            let leads_in = reading.last == 0 && matches!(expected, Expected::Sequence);
            let gain = match (first, candidate.open) {
                // An item is often short of a stop: one that nearly fills its line looks cut off.
                (_, true) => OPEN_ITEM,
                (1, false) => 0.5,
                _ => 1.0,
            } + if leads_in || candidate.open { 0.0 } else { candidate.nested };
            self.take(at, (Reading { score: reading.score + gain, nested: first, ..reading }, Choice::Nested));
        }
        let free = candidate.open || candidate.is_within() || candidate.label.style == Style::Bare;
        let cost = if free { 0.0 } else { 1.5 };
        self.passed.push(Reading { score: reading.score - cost, ..reading });
    }

    /// Makes the best reading for each last label and open enumeration the beam, the best [`BEAM`] of them.
    fn survive(&mut self, beam: &mut Vec<Reading>, steps: &mut Vec<Step>) {
        self.taken.sort_by(|(a, ..), (b, ..)| b.score.total_cmp(&a.score));
        beam.clear();
        let mut taken = self.taken.iter().peekable();
        let mut passed = self.passed.iter().enumerate().peekable();
        while beam.len() < BEAM {
            // Of equals that which comes from the better reading, and of these that which takes the candidate.
            let goes_first = |(reading, _, from): &(Reading, Choice, usize), (at, other): &(usize, &Reading)| {
                reading.score.total_cmp(&other.score).then(at.cmp(from)).is_ge()
            };
            let first = match (taken.peek(), passed.peek()) {
                (Some(a), Some(b)) => goes_first(a, b),
                (a, _) => a.is_some(),
            };
            let next = match first {
                true => taken.next().map(|(reading, choice, _)| (reading, *choice)),
                false => passed.next().map(|(_, reading)| (reading, Choice::Noise)),
            };
            let Some((reading, choice)) = next else { return };
            if beam.iter().any(|known| known.last == reading.last && known.nested == reading.nested) {
                continue;
            }
            steps.push(Step { before: reading.step, choice });
            beam.push(Reading { step: steps.len() - 1, ..*reading });
        }
    }
}

/// Whether a label may name what is open once more: in words, or with the next of its parts.
fn is_said_again(candidate: &Candidate) -> bool {
    let next_part = candidate.part.as_ref().is_some_and(|(part, _)| part.first() > 1) && !candidate.is_within();
    !candidate.open && (next_part || candidate.part.is_none() && candidate.label.style == Style::Worded)
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
            // Both are sorted: counted without a look at each, for a file may have many questions.
            let below = |number: u32| known.partition_point(|known| *known < number);
            let missed = below(label.first()).saturating_sub(below(last + 1));
            3.0 * count as f32 + candidate.outer - 1.2 * missed.min(3) as f32
        }
        _ if last == 0 && leap > 0 => 3.0 + candidate.outer - 4.5 - leap.min(9) as f32 * 0.5,
        _ => 3.0 * label.numbers.len().min(3) as f32 + candidate.outer - 2.5 * leap.min(4) as f32,
    }
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
