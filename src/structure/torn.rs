//! Torn marks: labels and bullets that an extractor gave away from their text.
//!
//! Takes slots, gives them in the order of the page. `pdftotext` reads hanging labels as a column of their own, and
//! sets a label that stands beside a block of text before that block, wherever the block comes:
//!
//! ```text
//! 6.                                  6.
//! 7.              the file's          a) In Vilvoorde …        the page's
//! a)                order             b) Tot slot …              order
//! In Vilvoorde …                      7. Op basis van …
//! b)
//! Tot slot …
//!                        (blank)
//! Op basis van …
//! ```
//!
//! A mark that has its text right behind it is left where it is.

use super::label::{Family, Label, Style};
use super::{Context, Slot};
use crate::layout::paragraphs::bullet;
use std::collections::VecDeque;

/// Share of the margin that a wrapped line of an item reaches.
const WRAPPED: f32 = 0.7;

/// A line that is nothing but a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mark {
    /// A label that counts with this, at this number.
    Label(Family, u32),
    /// A bullet.
    Bullet(char),
}

impl Mark {
    fn read(context: &Context<'_>, slot: Slot) -> Option<Self> {
        let Slot::Line(line) = slot else { return None };
        let text = context.layout.line_text(line);
        if let Some((sign, len)) = bullet(text) {
            return (len == text.len()).then_some(Self::Bullet(sign));
        }
        let label = Label::read(text).filter(|label| label.style != Style::Bare)?;
        // `3. a)`
        let rest = text.get(label.len..).unwrap_or("").trim();
        let part = Label::read(rest).filter(|part| part.len == rest.len() && part.style != Style::Bare);
        if !rest.is_empty() && part.is_none_or(|part| part.family == label.family) {
            return None;
        }
        Some(Self::Label(label.family, label.first()))
    }

    /// Whether it can begin a list under `above`: `a)`, `1.1`, a nested `1.`, a bullet.
    fn opens_under(self, above: Self) -> bool {
        match (self, above) {
            (Self::Bullet(sign), Self::Bullet(other)) => sign != other,
            (Self::Bullet(_), Self::Label(..)) => true,
            (Self::Label(_, 1), Self::Bullet(_)) => false,
            (Self::Label(Family::Number, 1), Self::Label(Family::Number, above)) => above > 1,
            (Self::Label(family, 1), Self::Label(other, _)) => family != other && family != Family::Number,
            _ => false,
        }
    }

    /// Whether it counts one more than `before`.
    fn is_next_of(self, before: Self) -> bool {
        matches!((self, before), (Self::Label(family, number), Self::Label(other, last)) if family == other && number == last + 1)
    }

    /// Whether it stands after `before` in one list.
    fn follows(self, before: Self) -> bool {
        match (self, before) {
            (Self::Bullet(sign), Self::Bullet(other)) => sign == other,
            (Self::Label(family, number), Self::Label(other, before)) => family == other && number > before,
            _ => false,
        }
    }
}

/// Puts torn marks before their text.
pub(super) fn mend(context: &Context<'_>, slots: &[Slot]) -> Vec<Slot> {
    let marks: Vec<Option<Mark>> = slots.iter().map(|slot| Mark::read(context, *slot)).collect();
    if !marks.windows(2).any(|pair| matches!(pair, [Some(_), Some(_)])) {
        return slots.to_vec();
    }
    let mut mender = Mender {
        context,
        slots,
        marks: &marks,
        out: Vec::with_capacity(slots.len()),
        pending: Vec::new(),
        deferred: VecDeque::new(),
        led: false,
    };
    let mut at = 0;
    while at < slots.len() {
        at = mender.step(at);
    }
    mender.finish()
}

struct Mender<'a, 'b> {
    context: &'a Context<'b>,
    slots: &'a [Slot],
    marks: &'a [Option<Mark>],
    out: Vec<Slot>,
    /// Marks since the last text.
    pending: Vec<(usize, Mark)>,
    /// Marks whose text comes after a list.
    deferred: VecDeque<(usize, Mark)>,
    /// Whether that list is led in by the text before the marks.
    led: bool,
}

impl Mender<'_, '_> {
    /// Takes a mark, a table or a stretch of text; gives where the next begins.
    fn step(&mut self, at: usize) -> usize {
        if let Some(mark) = self.mark(at) {
            self.flush_passed(mark);
            self.pending.push((at, mark));
            return at + 1;
        }
        if matches!(self.slots.get(at), Some(Slot::Table(_))) {
            self.emit_pending();
            self.emit(at..at + 1);
            return at + 1;
        }
        let end = (at..self.slots.len()).find(|next| !self.is_text(*next)).unwrap_or(self.slots.len());
        self.text(at, end);
        end
    }

    fn mark(&self, at: usize) -> Option<Mark> {
        self.marks.get(at).copied().flatten()
    }

    fn is_text(&self, at: usize) -> bool {
        self.mark(at).is_none() && matches!(self.slots.get(at), Some(Slot::Line(_)))
    }

    fn emit(&mut self, range: std::ops::Range<usize>) {
        self.out.extend(self.slots.get(range).unwrap_or(&[]));
    }

    fn emit_pending(&mut self) {
        for (at, _) in std::mem::take(&mut self.pending) {
            self.emit(at..at + 1);
        }
    }

    /// A deferred mark whose successor has come has no text of its own.
    fn flush_passed(&mut self, mark: Mark) {
        while self.deferred.front().is_some_and(|(_, deferred)| mark.follows(*deferred)) {
            if let Some((at, _)) = self.deferred.pop_front() {
                self.emit(at..at + 1);
            }
        }
    }

    /// Gives the text from `at` to `end` to the pending marks in order.
    fn text(&mut self, at: usize, end: usize) {
        if !self.defer_led() {
            self.defer_outer(at);
        }
        let pending = std::mem::take(&mut self.pending);
        let needy: Vec<bool> = (0..pending.len()).map(|index| !has_own_list(&pending, index)).collect();
        let wanted = needy.iter().filter(|needs| **needs).count();
        let mut starts = self.paragraph_starts(at, end, wanted);
        let last = pending.last().map(|(_, mark)| *mark);
        let (mut given, mut spent) = (at, false);
        for ((slot, mark), needs) in pending.into_iter().zip(needy) {
            if needs && spent {
                self.deferred.push_back((slot, mark));
                continue;
            }
            self.emit(slot..slot + 1);
            match starts.pop_front().filter(|_| needs) {
                Some(until) => {
                    self.emit(given..until);
                    given = until;
                }
                None => spent |= needs,
            }
        }
        self.tail(given, end, last);
    }

    /// A label between the sentence that leads in to a list and the list stands behind the list.
    fn defer_led(&mut self) -> bool {
        let lead =
            matches!(self.out.last(), Some(Slot::Line(line)) if self.context.layout.line_text(*line).ends_with(':'));
        let [(_, outer), (_, first)] = self.pending.as_slice() else { return false };
        let led = lead && matches!(outer, Mark::Label(..)) && first.opens_under(*outer) && !is_own(*outer, *first)
            || self.goes_on_above(*outer, *first);
        if led {
            let outer = self.pending.remove(0);
            self.deferred.push_back(outer);
            self.led = true;
        }
        led
    }

    /// Whether a part stands next after the last part of the answer above: `3. a) …`, then `4.`, `b)`.
    fn goes_on_above(&self, outer: Mark, part: Mark) -> bool {
        let (Mark::Label(outer, _), Mark::Label(family, number)) = (outer, part) else { return false };
        if outer != Family::Number || family == Family::Number || number < 2 {
            return false;
        }
        let part_of = |slot: &Slot| {
            let Slot::Line(line) = slot else { return None };
            let text = self.context.layout.line_text(*line);
            let label = Label::read(text).filter(|label| label.style != Style::Bare)?;
            let inner = Label::read(text.get(label.len..)?.trim_start()).filter(|inner| inner.family == family);
            Some(inner.unwrap_or(label)).filter(|label| label.family == family)
        };
        let last = self.out.iter().rev().find_map(part_of);
        last.is_some_and(|last| last.first() + 1 == number)
    }

    /// The pending label before one that opens a list belongs to text after that list, if there is such text.
    fn defer_outer(&mut self, text: usize) {
        let [.., before, above, last] = self.pending.as_slice() else {
            if let [above, last] = self.pending.as_slice()
                && last.1.opens_under(above.1)
                && (is_foreign(above.1, last.1) || (!is_own(above.1, last.1) && self.has_loose_tail(text, last.1)))
            {
                let outer = self.pending.remove(0);
                self.deferred.push_back(outer);
            }
            return;
        };
        let two_labels = above.1.follows(before.1);
        if last.1.opens_under(above.1) && !is_own(above.1, last.1) && (two_labels || is_foreign(above.1, last.1)) {
            let outer = self.pending.remove(self.pending.len() - 2);
            self.deferred.push_back(outer);
        }
    }

    /// Whether behind the list that begins at `text` a paragraph stands apart, before the next label.
    fn has_loose_tail(&self, text: usize, first: Mark) -> bool {
        let mut at = text;
        let mut current = first;
        loop {
            let end = (at..self.slots.len()).find(|next| !self.is_text(*next)).unwrap_or(self.slots.len());
            match self.mark(end) {
                Some(mark) if mark.follows(current) => {
                    current = mark;
                    at = end + 1;
                }
                _ => return (at + 1..end).any(|next| self.is_apart(next) && self.begins_large(next)),
            }
        }
    }

    /// Whether a blank line stands before the slot.
    fn is_apart(&self, at: usize) -> bool {
        match self.slots.get(at) {
            Some(Slot::Line(line)) => self.context.layout.lines.get(*line).is_some_and(|l| l.blank_before > 0),
            _ => false,
        }
    }

    /// Whether the slot begins with a capital, as the text of a question or an answer does.
    fn begins_large(&self, at: usize) -> bool {
        self.text_of(at).starts_with(char::is_uppercase)
    }

    /// Where the second and further paragraphs begin, at most so many that each mark has one.
    fn paragraph_starts(&self, at: usize, end: usize, wanted: usize) -> VecDeque<usize> {
        if wanted < 2 {
            return VecDeque::new();
        }
        let apart: VecDeque<usize> = (at + 1..end).filter(|next| self.is_apart(*next)).collect();
        let block = apart.front().copied().unwrap_or(end);
        let short = (at + 1..block).all(|next| self.follows_short_line(next));
        if block - at == wanted && (short || (at..block).all(|line| self.begins_small(line))) {
            return (at + 1..block).collect();
        }
        if apart.len() + 1 == wanted {
            return apart;
        }
        self.roomiest(at, block, wanted)
            .unwrap_or_else(|| (at + 1..end).filter(|next| self.begins_paragraph(*next)).take(wanted - 1).collect())
    }

    /// Where the further items of a block begin: behind the lines that left most room for the next word, if all others
    /// were full.
    fn roomiest(&self, at: usize, block: usize, wanted: usize) -> Option<VecDeque<usize>> {
        let letters = |slot: usize| self.text_of(slot).chars().count() as i64;
        let word = |slot: usize| self.text_of(slot).split(' ').next().unwrap_or("").chars().count() as i64;
        let widest = (at..block).map(letters).max()?;
        let room = |next: usize| widest - letters(next - 1) - 1 - word(next);
        let mut breaks: Vec<usize> = (at + 1..block).collect();
        breaks.sort_by_key(|next| std::cmp::Reverse(room(*next)));
        let (ends, wraps) = breaks.split_at_checked(wanted - 1)?;
        let told = match wraps.first() {
            Some(full) => room(*full) < 0 && ends.iter().all(|next| room(*next) > room(*full)) && wraps.len() < wanted,
            None => ends.iter().all(|next| room(*next) >= 0),
        };
        let mut ends: Vec<usize> = ends.to_vec();
        ends.sort_unstable();
        told.then(|| ends.into())
    }

    fn text_of(&self, at: usize) -> &str {
        match self.slots.get(at) {
            Some(Slot::Line(line)) => self.context.layout.line_text(*line),
            _ => "",
        }
    }

    /// Whether the slot begins in small letters, as an item that goes on with its sentence does.
    fn begins_small(&self, at: usize) -> bool {
        self.text_of(at).starts_with(char::is_lowercase)
    }

    /// Whether the line before would have held the slot's first word: it was not wrapped.
    fn follows_short_line(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.slots.get(before)), self.slots.get(at)) {
            (Some(Slot::Line(a)), Some(Slot::Line(b))) => {
                !self.context.measure.is_full(self.context.layout, *a, *b, WRAPPED)
            }
            _ => true,
        }
    }

    fn begins_paragraph(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.slots.get(before)), self.slots.get(at)) {
            (Some(Slot::Line(a)), Some(Slot::Line(b))) => {
                !self.context.measure.continues(self.context.layout, *a, *b, false)
            }
            _ => true,
        }
    }

    /// The rest of the text; paragraphs that stand apart behind a list are those of deferred marks.
    fn tail(&mut self, from: usize, end: usize, last: Option<Mark>) {
        let list_goes_on = last.zip(self.mark(end)).is_some_and(|(last, next)| {
            // The next label is the list's, or the next behind the one whose text comes after the list.
            let outer = self.deferred.front().is_some_and(|(_, deferred)| next.is_next_of(*deferred));
            next.follows(last) && (!outer || next.is_next_of(last))
        });
        let mut given = from;
        for at in from + 1..end {
            let apart = self.is_apart(at) || self.led && self.follows_short_line(at) && self.begins_large(at);
            if list_goes_on || self.deferred.is_empty() || !apart {
                continue;
            }
            self.emit(given..at);
            given = at;
            if let Some((mark, _)) = self.deferred.pop_front() {
                self.emit(mark..mark + 1);
                self.led = false;
            }
        }
        self.emit(given..end);
    }

    fn finish(mut self) -> Vec<Slot> {
        self.emit_pending();
        while let Some((at, _)) = self.deferred.pop_front() {
            self.emit(at..at + 1);
        }
        self.out
    }
}

/// Whether the next pending mark opens a list under this one, so that it needs no text of its own.
fn has_own_list(pending: &[(usize, Mark)], index: usize) -> bool {
    match (pending.get(index), pending.get(index + 1)) {
        (Some((_, above)), Some((_, next))) => next.opens_under(*above),
        _ => false,
    }
}

/// Whether a list cannot be the label's: `3.1` under 4, a nested `1.` right behind a label.
fn is_foreign(above: Mark, first: Mark) -> bool {
    match (above, first) {
        (Mark::Label(Family::Number, number), Mark::Label(Family::Decimal(parent), _)) => parent != number,
        (Mark::Label(Family::Number, _), Mark::Label(Family::Number, _)) => true,
        _ => false,
    }
}

/// Whether a list says itself that it is the label's: `6.1` under 6.
fn is_own(above: Mark, first: Mark) -> bool {
    matches!((above, first), (Mark::Label(Family::Number, number), Mark::Label(Family::Decimal(parent), _)) if parent == number)
}
