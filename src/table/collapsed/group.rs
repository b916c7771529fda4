//! Which lines are one row: the cheapest way to part the lines under a header into rows of so many columns.
//!
//! Takes pieces and a number of columns of figures, gives [`DraftRow`]s without readings. A row is words that begin its
//! label, a line with figures, lines of figures that go on with it and words that go on with its label; a heading is
//! words alone. Every way to part the lines is weighed at once, so that a line is judged by what its neighbours become.
//!
//! ```text
//! Gemeentelijke Basisschool De  ┐
//! Springplank                   │ one row: words end in "De", the others of the table have two cells
//! 3600 Genk 755 32              ┘
//! Leefschool De Wingerd 8500 Kortrijk 475 63
//! ```

use super::label::{self, Kind};
use super::piece::Piece;
use super::row::{DraftRow, UNREADABLE};
use super::token::Token;
use super::ways::empty_cost;
use crate::layout::Layout;
use crate::table::words;
use std::collections::HashMap;

/// The most lines of a row: a label or a remark in a narrow column takes that many.
const ROW_LINES: usize = 12;
/// A label that goes on in the next line, where its words say so, where the line was full, and where nothing says so.
const WRAPPED: f32 = 0.15;
const WRAPPED_FULL: f32 = 0.5;
const WRAPPED_PERHAPS: f32 = 1.2;
/// Words below a row's figures that go on with its label though nothing says so.
const TAIL_PERHAPS: f32 = 1.6;
/// A blank line inside a row, and what one before words below the figures costs beside.
const BLANK_INSIDE: f32 = 0.25;
const BLANK_BEFORE_TAIL: f32 = 0.6;
/// Words alone where the table begins with such a heading, and where it does not: groups follow each other without gaps,
/// and a row without figures is rare.
const HEADING: f32 = 0.3;
const ODD_HEADING: f32 = 1.0;
/// A row of figures that has no label.
const NO_LABEL: f32 = 3.0;
/// A row of figures whose first is its label, where the others begin with words.
const NUMBER_LABEL: f32 = 0.3;
/// The same in a table of one row: it needs no label to be told from others.
const LONE_NO_LABEL: f32 = 0.3;
const LONE_NUMBER_LABEL: f32 = 1.2;
/// A row that begins in small letters, or that ends as if it went on.
const SMALL_START: f32 = 1.5;
const UNFINISHED: f32 = 2.0;
/// A line that ends in a number though its label goes on below.
const NUMBER_BREAKS: f32 = 0.5;
/// Two lines of figures as one row, each of which has enough for a row and its label.
const FULL_ROWS: f32 = 2.0;
/// A number more than there are columns: the label's.
const NUMBER_OVER: f32 = 0.4;
const MOST_OVER: usize = 2;
/// A row whose label is not made of the same stretches as those of the others, where these have several; a heading there.
const OTHER_PATTERN: f32 = 1.0;
const OTHER_HEADING: f32 = 0.5;
/// The share of the widest label that must be filled by a line and the next word for the line to have been wrapped, and
/// by the line itself.
const FILLED: f32 = 0.9;
const LONG: f32 = 0.6;

/// Parts the pieces into rows of `columns` cells of figures; `None` where that costs more than `dearest`, which is known
/// as soon as every way so far does.
pub(super) fn rows_of(layout: &Layout, pieces: &[&Piece], columns: usize, dearest: f32) -> Option<Vec<DraftRow>> {
    let lines = Lines::new(layout, pieces, columns);
    let mut best: Vec<(f32, usize)> = vec![(f32::INFINITY, 0); pieces.len() + 1];
    best[0].0 = 0.0;
    // The last line to which a way leads that is not too dear.
    let mut reached = 0;
    for start in 0..pieces.len() {
        let so_far = best[start].0;
        if so_far > dearest {
            if start >= reached {
                return None;
            }
            continue;
        }
        let mut group = Group::default();
        for (end, cheapest) in best.iter_mut().enumerate().skip(start + 1).take(ROW_LINES) {
            if !lines.take(&mut group, end - 1) {
                break;
            }
            let cost = so_far + lines.cost(&group);
            if cost < cheapest.0 {
                *cheapest = (cost, start);
            }
            if cost <= dearest {
                reached = reached.max(end);
            }
        }
    }
    if best[pieces.len()].0 > dearest {
        return None;
    }
    let mut ends = vec![pieces.len()];
    while let Some(&end) = ends.last().filter(|end| **end > 0) {
        ends.push(best[end].1);
    }
    ends.reverse();
    Some(ends.windows(2).map(|pair| lines.row(pair[0], pair[1])).collect())
}

/// The lines of a table with what is asked of them again and again.
struct Lines<'a> {
    layout: &'a Layout,
    pieces: &'a [&'a Piece],
    columns: usize,
    /// Letters of the widest label's line.
    widest: f32,
    /// What a heading costs here.
    heading: f32,
    /// Whether one line alone has figures.
    lone: bool,
    /// What the labels of most rows are made of, where that is more than words.
    pattern: Option<Vec<Kind>>,
}

/// Lines taken for one row, as far as they have been passed.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    /// The first line and the last.
    lines: Option<(usize, usize)>,
    /// The last line of its label.
    label: Option<usize>,
    /// The line with the first figures.
    figures: Option<usize>,
    /// Fewest and most cells so far.
    counts: (usize, usize),
    /// Whether words have followed the figures, or a column of words has ended the row.
    closed: bool,
    /// What the joints between its lines cost.
    joints: f32,
    /// What they cost less where the figures stand by themselves: then their label was wrapped.
    rebate: f32,
}

impl<'a> Lines<'a> {
    fn new(layout: &'a Layout, pieces: &'a [&'a Piece], columns: usize) -> Self {
        let widest = pieces.iter().map(|p| p.label_text(layout).chars().count()).max().unwrap_or(0) as f32;
        let lone = pieces.iter().filter(|p| !p.is_words()).count() == 1;
        let mut lines = Self { layout, pieces, columns, widest, lone, heading: HEADING, pattern: None };
        lines.heading = if lines.begins_with_heading() { HEADING } else { ODD_HEADING };
        lines.pattern = usual_pattern(layout, pieces);
        lines
    }

    /// Whether the first line is a heading rather than the beginning of a label.
    fn begins_with_heading(&self) -> bool {
        let Some(first) = self.pieces.first() else { return false };
        let goes_on = self.pieces.get(1).is_some_and(|next| next.starts_small || next.is_figures());
        // One heading over all rows would be a title.
        let others = self.pieces.iter().skip(2).any(|piece| piece.is_words());
        first.is_lone_year() && self.columns > 1 || first.is_words() && !self.is_cut(first) && !goes_on && others
    }

    /// Adds the line to the group; false where no row can go on so.
    fn take(&self, group: &mut Group, line: usize) -> bool {
        let Some(piece) = self.pieces.get(line) else { return false };
        let first = group.lines.map_or(line, |(first, _)| first);
        if line > first && piece.blank_before > 0 {
            group.joints += BLANK_INSIDE;
        }
        let label = group.label.and_then(|label| self.pieces.get(label));
        match (piece.is_words(), group.figures.is_some()) {
            _ if group.closed && !piece.is_words() => return false,
            (true, false) => {
                let joint = label.map_or(0.0, |label| self.wrap_cost(label, piece, WRAPPED_PERHAPS));
                group.joints += joint;
                if joint > WRAPPED_FULL && label.is_some_and(|label| self.leaves_no_room(label, piece)) {
                    group.rebate += joint - WRAPPED_FULL;
                }
                group.label = Some(line);
            }
            (true, true) => {
                let Some(label) = label else { return false };
                group.joints += self.wrap_cost(label, piece, TAIL_PERHAPS);
                group.joints += if piece.blank_before > 0 { BLANK_BEFORE_TAIL } else { 0.0 };
                group.label = Some(line);
                group.closed = true;
            }
            (false, false) if self.breaks_in_label(line) => {
                group.joints +=
                    NUMBER_BREAKS + label.map_or(0.0, |label| self.wrap_cost(label, piece, WRAPPED_PERHAPS));
                group.label = Some(line);
            }
            (false, false) => {
                let joint = |label: &&Piece| match piece.is_figures() {
                    true => WRAPPED,
                    false => self.wrap_cost(label, piece, WRAPPED_PERHAPS),
                };
                group.joints += label.map_or(0.0, joint);
                group.joints -= if piece.is_figures() { group.rebate } else { 0.0 };
                group.label = if piece.is_figures() { group.label } else { Some(line) };
                (group.figures, group.counts, group.closed) = (Some(line), piece.counts, !piece.trail.is_empty());
            }
            (false, true) if piece.is_figures() => {
                let full = |counts: (usize, usize)| counts.1 > self.columns;
                group.joints += if full(group.counts) && full(piece.counts) { FULL_ROWS } else { 0.0 };
                group.counts = (group.counts.0 + piece.counts.0, group.counts.1 + piece.counts.1);
                group.joints += WRAPPED;
                group.closed = !piece.trail.is_empty();
                // Without words the first figure is the label.
                if group.counts.0 > self.columns + usize::from(group.label.is_none()) {
                    return false;
                }
            }
            (false, true) => return false,
        }
        group.lines = Some((first, line));
        true
    }

    /// What it costs that the lines of the group are one row.
    fn cost(&self, group: &Group) -> f32 {
        let Some((first, last)) = group.lines else { return f32::INFINITY };
        let begins_small = self.pieces.get(first).is_some_and(|p| p.starts_small && !p.is_figures());
        let start = if begins_small { SMALL_START } else { 0.0 };
        let label = group.label.and_then(|label| self.pieces.get(label));
        let fit = match group.figures.is_some() {
            false if label.is_some_and(|label| label.is_words()) => {
                let cut = label.is_some_and(|label| self.is_cut(label) && last + 1 < self.pieces.len());
                self.heading + if cut { UNFINISHED } else { 0.0 }
            }
            false => f32::INFINITY,
            true => self.fit(group, label.is_some()),
        };
        // A line that can be no row stands alone, and costs what a row that cannot be read does.
        let fit = if fit.is_infinite() && first == last { UNREADABLE } else { fit };
        start + group.joints + fit + self.other_pattern(group)
    }

    /// What it costs that the label of the group is made of other stretches than those of most rows.
    fn other_pattern(&self, group: &Group) -> f32 {
        let Some(((first, last), pattern)) = group.lines.zip(self.pattern.as_ref()) else { return 0.0 };
        let Some(main) = group.figures else { return OTHER_HEADING };
        let lines = self.pieces.get(first..=last).unwrap_or(&[]).iter().enumerate();
        let tokens = lines.flat_map(|(at, piece)| {
            let words = if first + at < main { piece.tokens.len() } else { piece.figures };
            piece.tokens.iter().take(words)
        });
        if label::pattern_of(self.layout, tokens) == *pattern { 0.0 } else { OTHER_PATTERN }
    }

    /// What it costs that the figures of the group fill the columns.
    fn fit(&self, group: &Group, labelled: bool) -> f32 {
        let (few, most) = group.counts;
        match labelled {
            false if group.lines.is_some_and(|(first, last)| first == last) && self.heads_group(group) => HEADING,
            false if few > self.columns + 1 => f32::INFINITY,
            false if most <= self.columns && self.lone => LONE_NO_LABEL + empty_cost(self.columns, most),
            false if most <= self.columns => NO_LABEL + empty_cost(self.columns, most),
            false if self.lone && !self.begins_with_year(group) => LONE_NUMBER_LABEL,
            false => NUMBER_LABEL,
            true if few > self.columns + MOST_OVER => f32::INFINITY,
            true if few > self.columns => NUMBER_OVER * (few - self.columns) as f32,
            true => empty_cost(self.columns, most.min(self.columns)),
        }
    }

    fn begins_with_year(&self, group: &Group) -> bool {
        let first = group.lines.and_then(|(first, _)| self.pieces.get(first)?.tokens.first());
        first.is_some_and(Token::is_year)
    }

    /// A year by itself over several columns.
    fn heads_group(&self, group: &Group) -> bool {
        let piece = group.lines.and_then(|(first, _)| self.pieces.get(first));
        self.columns > 1 && piece.is_some_and(|p| p.is_lone_year())
    }

    /// The row of these lines: the words of its label together, then its figures.
    fn row(&self, start: usize, end: usize) -> DraftRow {
        let mut group = Group::default();
        let passed = (start..end).all(|line| self.take(&mut group, line));
        let heads = passed && group.label.is_none() && self.heads_group(&group) && start + 1 == end;
        let mut row = DraftRow::default();
        let count = self.pieces.get(start..end).unwrap_or(&[]).iter().map(|piece| piece.tokens.len()).sum();
        row.tokens.reserve_exact(count);
        let mut figures: Vec<&[Token]> = Vec::new();
        for line in start..end {
            let Some(piece) = self.pieces.get(line) else { continue };
            let labels = heads || group.figures.is_none_or(|first| line < first);
            let (words, cells) = piece.tokens.split_at(if labels { piece.tokens.len() } else { piece.figures });
            row.tokens.extend_from_slice(words);
            figures.push(cells);
            row.trail.extend_from_slice(&piece.trail);
        }
        row.figures = row.tokens.len();
        figures.into_iter().for_each(|cells| row.tokens.extend_from_slice(cells));
        row
    }

    /// What it costs that a label goes on from one line to the next.
    fn wrap_cost(&self, label: &Piece, next: &Piece, perhaps: f32) -> f32 {
        let word = next.tokens.first().map_or("", |t| t.text(self.layout));
        if next.starts_small || word.starts_with(['(', '+', '&']) || self.is_cut(label) {
            return WRAPPED;
        }
        if self.heading > HEADING && self.is_full(label, next) { perhaps.min(WRAPPED_FULL) } else { perhaps }
    }

    /// Whether the line of a label is as long as its column lets it be: the next word would not have fitted. Of labels
    /// that are one word each nothing can be told, nor of those that begin with numbers, as their neighbours do.
    fn is_full(&self, label: &Piece, next: &Piece) -> bool {
        let length = label.label_text(self.layout).chars().count() as f32;
        let digit = |piece: &Piece| piece.text(self.layout).starts_with(|c: char| c.is_ascii_digit());
        let words = if label.is_words() { label.tokens.len() } else { label.figures };
        let counted = digit(label) && digit(next);
        // A label of several cells has no width of its own.
        let single = self.pattern.is_none();
        single && words > 1 && !counted && length >= LONG * self.widest && self.leaves_no_room(label, next)
    }

    /// Whether the next word would not have fitted behind a label's line.
    fn leaves_no_room(&self, label: &Piece, next: &Piece) -> bool {
        let length = label.label_text(self.layout).chars().count();
        let word = next.tokens.first().map_or(0, |t| t.text(self.layout).chars().count());
        (length + 1 + word) as f32 > FILLED * self.widest
    }

    /// Whether a line cannot end where it does: at a hyphen or a link word.
    fn is_cut(&self, piece: &Piece) -> bool {
        let last = piece.label_end().map_or("", |t| t.text(self.layout));
        words::is_cut(last) || words::is_link_word(last)
    }

    /// Whether a line that ends in a number is the beginning of a label: it goes on in small letters, and figures by
    /// themselves come after. A label precedes its cells.
    fn breaks_in_label(&self, line: usize) -> bool {
        let after = self.pieces.get(line + 1..).unwrap_or(&[]);
        let goes_on = after.first().is_some_and(|next| next.is_words() && next.starts_small);
        goes_on
            && self.pieces.get(line).is_some_and(|piece| piece.counts.1 == 1 && !piece.is_figures())
            && after.iter().take(ROW_LINES).find(|p| !p.is_words()).is_some_and(|p| p.is_figures())
    }
}

/// What the labels of most rows that stand on one line are made of; `None` where that is words alone.
fn usual_pattern(layout: &Layout, pieces: &[&Piece]) -> Option<Vec<Kind>> {
    let labelled = pieces.iter().filter(|p| !p.is_words() && !p.is_figures());
    let mixed = |piece: &&Piece| !label::is_words(layout, piece.tokens.iter().take(piece.figures));
    if !labelled.clone().any(mixed) {
        return None;
    }
    let mut counts: HashMap<Vec<Kind>, (usize, usize)> = HashMap::new();
    for (at, piece) in labelled.enumerate() {
        let pattern = label::pattern_of(layout, piece.tokens.iter().take(piece.figures));
        counts.entry(pattern).or_insert((0, usize::MAX - at)).0 += 1;
    }
    let (pattern, _) = counts.into_iter().max_by_key(|(_, rank)| *rank)?;
    (pattern.len() > 1).then_some(pattern)
}
