//! Which of the first lines of a table are its header, for a number of columns.
//!
//! Takes the pieces of a table, gives the range of those that are its header and how it reads; the words themselves are
//! cut into cells by [`header`](super::header). A line left out above may be a heading, a line left out below that of a
//! group, or the first part of a label: each costs by how likely that is.
//!
//! ```text
//! Overzicht per provincie          left out: a heading
//! Provincie 2019 2020              the header
//! Vlaamse rand                     left out: the heading of a group
//! Halle 12 14
//! ```

use super::header::{Header, HeaderWords};
use super::piece::{self, Piece};
use super::row;
use crate::layout::Layout;
use crate::table::words;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// What a table without a header costs, against one with a header that fits badly.
pub(super) const NO_HEADER: f32 = 2.5;
/// What a header's fit weighs against the rows'.
pub(super) const HEADER_WEIGHT: f32 = 1.0;
/// A line above the header left out of it; one that looks like a header itself; one that goes on in the header; a line
/// of years left out anywhere.
const SKIPPED_LINE: f32 = 0.5;
const SKIPPED_HEADER: f32 = 1.0;
const SKIPPED_START: f32 = 2.0;
const SKIPPED_YEARS: f32 = 4.0;
/// A heading of a group below the header beyond the first; a line that heads nothing.
const HEADING_BELOW: f32 = 0.1;
const LINE_BELOW: f32 = 0.4;
/// A header before a line that begins in small letters: more likely the line goes on from it.
const SMALL_LABEL: f32 = 1.2;
/// The same where the line is words alone: it goes on from the line before it, which is no label.
const SMALL_WORDS: f32 = 3.0;
/// A header that ends in a link word.
const LINKED_HEADER: f32 = 0.4;
/// A line of the header that begins with the same two words as a row further down: rather the first line of its label.
const LIKE_LABEL: f32 = 1.5;
/// The most lines that a header has in collapsed text.
pub(super) const HEADER_LINES: usize = 14;

/// The first lines of a table, and what they say as a header.
pub(super) struct Heads<'a> {
    layout: &'a Layout,
    body: &'a [&'a Piece],
    /// How many of the first pieces could be header.
    lead: usize,
    /// What each of them looks like, whatever the columns.
    looks: Vec<Look>,
    /// The words of each stretch that was asked for.
    words: RefCell<Vec<(Range<usize>, Rc<HeaderWords<'a>>)>>,
}

impl<'a> Heads<'a> {
    /// Of a table's pieces.
    pub(super) fn new(layout: &'a Layout, body: &'a [&'a Piece]) -> Self {
        let lead = leading(layout, body);
        let looks = (0..lead).map(|at| Look::of(layout, body, at, lead)).collect();
        Self { layout, body, lead, looks, words: RefCell::default() }
    }

    /// Which of the first pieces are the header, and how it reads: the choice that fits best; none where the rows begin
    /// at once. `trails` tells of a column behind the figures.
    pub(super) fn choose(&self, (columns, labels): (usize, usize), trails: bool) -> (Range<usize>, Option<Header>) {
        let named = columns + usize::from(trails);
        let mut best: (f32, Range<usize>, Option<Header>) = (NO_HEADER, 0..0, None);
        let ends = self.lead.saturating_sub(HEADER_LINES) + 1..=self.lead;
        for end in ends {
            let open = self.goes_on(end, columns);
            if open.is_infinite() {
                continue;
            }
            let small = match self.body.get(end) {
                Some(next) if next.starts_small && next.is_words() => SMALL_WORDS,
                Some(next) if next.starts_small => SMALL_LABEL,
                _ => 0.0,
            };
            let small = open + small + if self.looks[end - 1].like_row { LIKE_LABEL } else { 0.0 };
            for start in end.saturating_sub(HEADER_LINES)..end {
                let Some(header) = self.words_of(start..end).header(named, labels) else { continue };
                let cost = header.cost + small + self.left_over(start, end..self.lead);
                if cost < best.0 {
                    best = (cost, start..end, Some(Header { cost, ..header }));
                }
            }
        }
        match best.2 {
            Some(header) => (best.1, Some(header)),
            None => (self.skip_headings(columns), None),
        }
    }

    fn words_of(&self, range: Range<usize>) -> Rc<HeaderWords<'a>> {
        let mut known = self.words.borrow_mut();
        if let Some((_, words)) = known.iter().find(|(of, _)| *of == range) {
            return Rc::clone(words);
        }
        let lines = self.body.get(range.clone()).unwrap_or(&[]).iter().map(|piece| piece.tokens.as_slice());
        let words = Rc::new(HeaderWords::new(self.layout, lines));
        known.push((range, Rc::clone(&words)));
        words
    }

    /// What it costs that the piece before `end` goes on in the first row's label: more than any header where that must
    /// be. A link word at the end of a header is rare (`Uitbetaald op`), before a row that begins as others do.
    fn goes_on(&self, end: usize, columns: usize) -> f32 {
        let (Some(last), Some(next)) = (self.body.get(end - 1), self.body.get(end)) else { return 0.0 };
        if next.has_own_label(columns)
            || self.looks.get(end - 1).is_some_and(|look| look.names)
            || !row::breaks_off(self.layout, last, next, columns)
        {
            return 0.0;
        }
        let linked = last.label_end().is_some_and(|word| words::is_link_word(word.text(self.layout)));
        if linked && !next.is_words() && !next.is_figures() { LINKED_HEADER } else { f32::INFINITY }
    }

    /// What it costs to leave lead lines out of the header: years before rows are header, words above it may be a
    /// heading, words below it a group's or a label's.
    pub(super) fn left_over(&self, start: usize, below: Range<usize>) -> f32 {
        let under = self.body.get(below.clone()).unwrap_or(&[]);
        let (looks_above, looks_under) = (self.looks_in(0..start), self.looks_in(below.clone()));
        // A year by itself heads a group where it stands first, and belongs to the words where these precede it.
        let words = |piece: Option<&&Piece>| piece.is_some_and(|piece| piece.is_words());
        let heads_group = |at: usize| !words(under.get(at + 1)) && (at == 0 || !words(under.get(at - 1)));
        let kept = looks_under.iter().zip(under).enumerate();
        let kept =
            kept.filter(|(at, (_, piece))| !(piece.is_lone_year() && heads_group(*at))).map(|(_, (look, _))| look);
        // A title may end in the year that it is of.
        let above = self.body.iter().zip(looks_above).filter(|(piece, look)| look.names && !piece.ends_in_year());
        let missed = above.count() + kept.filter(|look| look.names).count();
        let cut = start > 0 && self.body.get(start).is_some_and(|piece| piece.starts_small);
        let heads = looks_above.iter().filter(|look| look.heads).count();
        let skipped =
            start as f32 * SKIPPED_LINE + heads as f32 * SKIPPED_HEADER + if cut { SKIPPED_START } else { 0.0 };
        missed as f32 * SKIPPED_YEARS + skipped + self.headings_below(below)
    }

    fn looks_in(&self, range: Range<usize>) -> &[Look] {
        self.looks.get(range).unwrap_or(&[])
    }

    /// Lines of words between header and rows: the headings of groups where there are more of them further down, else
    /// rather the rest of the header.
    fn headings_below(&self, below: Range<usize>) -> f32 {
        let heads = |pair: &[&Piece]| pair[0].is_words() && !pair[1].is_figures() && !pair[1].starts_small;
        let others = self.body.get(below.end..).is_some_and(|rows| rows.windows(2).any(heads));
        let each = if others { HEADING_BELOW } else { LINE_BELOW };
        below.len().saturating_sub(usize::from(others)) as f32 * each
    }

    /// Without a header, lines of words above the first row that are no part of its label are headings outside the
    /// table.
    fn skip_headings(&self, columns: usize) -> Range<usize> {
        let mut first = self.lead;
        let wraps = |first: usize| match (self.body.get(first.wrapping_sub(1)), self.body.get(first)) {
            (Some(before), Some(next)) => row::wraps(self.layout, before, next, columns),
            _ => false,
        };
        while wraps(first) {
            first -= 1;
        }
        first..first
    }
}

/// What one of the first lines looks like.
struct Look {
    /// Whether its figures are what columns are named by.
    names: bool,
    /// Whether it looks like a header of two columns.
    heads: bool,
    /// Whether it begins as a row does: `Centrum voor volwassenenonderwijs`, `Centrum voor basiseducatie`.
    like_row: bool,
}

impl Look {
    /// Of the line `at`, the rows beginning at `rows`.
    fn of(layout: &Layout, body: &[&Piece], at: usize, rows: usize) -> Self {
        let start = |piece: &Piece| match piece.tokens.as_slice() {
            [first, second, ..] if piece.figures != 1 => Some((first.text(layout), second.text(layout))),
            _ => None,
        };
        let begins = start(body[at]);
        Self {
            names: body[at].names_columns(layout),
            heads: piece::looks_like_header(layout, body[at], (2, 2)),
            like_row: begins.is_some() && body.iter().skip(rows).any(|piece| start(piece) == begins),
        }
    }
}

/// How many of the first pieces could be header: words, or figures that name columns, with rows to follow.
fn leading(layout: &Layout, body: &[&Piece]) -> usize {
    let heads =
        |at: usize, piece: &Piece| piece.may_head(layout) || piece.breaks_in_name(body.iter().skip(at + 1).copied());
    let lead = body.iter().enumerate().take_while(|(at, piece)| heads(*at, piece)).count();
    if lead == body.len() { body.iter().take_while(|p| p.is_words()).count() } else { lead }
}
