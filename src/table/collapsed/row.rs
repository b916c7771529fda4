//! Rows of a table whose columns are known in number: every way to read each.
//!
//! Takes rows as [`group`](super::group) makes them and a number of columns, gives them their [`Reading`]s, cheapest
//! first. Which of them is right is decided for the whole table (see `solve`).
//!
//! ```text
//! Maart 4 551 │ 19 612 (…) │ 10 339      one row of three pieces
//! Fase 1 12 34 for two columns           "Fase 1" 12 34, or "Fase" 112? no: or "Fase" 1 12 with a cell left out …
//! ```

use super::parses::{Counts, parses};
use super::piece::Piece;
use super::token::{self, Class, Token};
use crate::layout::Layout;
use crate::table::number::{self, CellKind};
use crate::table::words;
use std::ops::Range;
use std::rc::Rc;

/// How thousands are written in this table, which tells whether a space may stand inside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing tells.
    Unknown,
    /// Some number can only be read with a space inside.
    Spaces,
    /// By a point: a space parts cells.
    NoSpaces,
}

/// One way to read a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// How many tokens are the label.
    pub label: usize,
    /// How many of them are figures that the label could do without: `1` in `Fase 1`.
    pub extra: usize,
    /// For each column its cell; `None` for an empty one.
    pub cells: Rc<[Option<Cell>]>,
    /// How unlikely it is by itself.
    pub cost: f32,
}

impl Reading {
    /// The number in a column.
    pub(super) fn value(&self, column: usize) -> Option<f64> {
        self.cells.get(column)?.as_ref()?.value
    }

    /// The numbers of the columns.
    pub(super) fn values(&self) -> impl Iterator<Item = Option<f64>> {
        self.cells.iter().map(|cell| cell.as_ref().and_then(|cell| cell.value))
    }
}

/// A cell of figures as read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Its tokens among those of the row.
    pub tokens: Range<usize>,
    /// The number that they say.
    pub value: Option<f64>,
}

/// A row with its readings.
#[derive(Debug, Clone)]
pub(super) struct DraftRow {
    /// Its tokens: label, then figures.
    pub tokens: Vec<Token>,
    /// The words behind them.
    pub trail: Vec<Token>,
    /// The first token of its figures.
    pub figures: usize,
    /// The readings, cheapest first; empty for a row of words alone.
    pub readings: Vec<Reading>,
    /// Readings unlikely by themselves, for totals that nothing else explains.
    pub unlikely: Vec<Reading>,
    /// Which reading is taken.
    pub chosen: usize,
}

impl DraftRow {
    /// The reading taken.
    pub(super) fn reading(&self) -> Option<&Reading> {
        self.readings.get(self.chosen)
    }

    /// Whether it has figures at all.
    pub(super) fn has_figures(&self) -> bool {
        self.figures < self.tokens.len()
    }

    /// The first words of the label.
    pub(super) fn label<'a>(&self, layout: &'a Layout) -> &'a str {
        match (self.tokens.first(), self.tokens.get(self.figures.max(1) - 1)) {
            (Some(first), Some(last)) => layout.slice(first.bytes.start as usize..last.bytes.end as usize),
            _ => "",
        }
    }
}

/// A label that ends in a link word.
const UNFINISHED: f32 = 2.5;
/// A label that is a share or a sum of money.
const ODD_LABEL: f32 = 2.0;
/// A cell that left no trace.
const EMPTY_CELL: f32 = 1.5;
const FIRST_EMPTY_CELL: f32 = 1.0;
/// A column that a row of totals leaves empty: means and shares are not summed.
const UNSUMMED: f32 = 1.0;
/// A row with figures and no label at all.
const NO_LABEL: f32 = 4.0;
/// The same where it is the only row.
const LONE_NO_LABEL: f32 = 0.3;
/// A row that cannot be read with this number of columns.
pub(super) const UNREADABLE: f32 = 9.0;
/// Readings dearer than the cheapest by more than this are none: a total that is off must not be made to agree by one.
pub(super) const PLAUSIBLE: f32 = 1.3;
/// Readings kept of one row.
const MOST_READINGS: usize = 240;
/// Places in a row where the label may end.
const LABEL_ENDS: usize = 3;

/// Whether a line of words goes on in the next piece: it breaks at a hyphen or behind a link word, the next begins in
/// small letters, or is figures that have no label among themselves.
pub(super) fn wraps(layout: &Layout, piece: &Piece, next: &Piece, columns: usize) -> bool {
    next.starts_small || next.text(layout).starts_with(['(', '+', '&']) || breaks_off(layout, piece, next, columns)
}

/// Whether a line of words cannot end where it does: at a hyphen or a link word, or above figures that have no label
/// among themselves.
pub(super) fn breaks_off(layout: &Layout, piece: &Piece, next: &Piece, columns: usize) -> bool {
    let text = piece.text(layout);
    let last = text.rsplit(' ').next().unwrap_or("");
    next.is_figures() && next.counts.0 <= columns || text.ends_with(['-', '/', '&', ',']) || words::is_link_word(last)
}

/// Finds the readings of every row; false where they cost more than `dearest` however they are read.
pub(super) fn read_rows(
    layout: &Layout,
    rows: &mut [DraftRow],
    (columns, dearest): (usize, f32),
    style: Style,
) -> bool {
    let mut counts: Vec<Counts> = Vec::with_capacity(rows.len());
    let mut least = 0.0;
    for row in rows.iter().filter(|row| row.has_figures()) {
        let of = token::suffix_counts(&row.tokens);
        least += least_cost(layout, row, columns, &of);
        if least > dearest {
            return false;
        }
        counts.push(of);
    }
    let unlabelled = if counts.len() == 1 { LONE_NO_LABEL } else { NO_LABEL };
    let mut scratch = Scratch::default();
    for (row, counts) in rows.iter_mut().filter(|row| row.has_figures()).zip(&counts) {
        row.readings = readings(layout, row, columns, (style, counts), unlabelled, &mut scratch);
    }
    true
}

/// What a row costs at least: that it cannot be read, or the cells it leaves empty. A total may leave what is not summed
/// empty.
fn least_cost(layout: &Layout, row: &DraftRow, columns: usize, counts: &Counts) -> f32 {
    let ends = counts.iter().take(row.tokens.len()).skip(row.figures);
    let cost = |count: &Option<(usize, usize)>| match count {
        Some((few, most)) if *few <= columns => empty_cost(columns, (*most).min(columns)),
        _ => UNREADABLE,
    };
    let least = ends.take(LABEL_ENDS + 1).map(cost).fold(UNREADABLE, f32::min);
    if least > 0.0 && least < UNREADABLE && words::is_total(row.label(layout)) { UNSUMMED } else { least }
}

fn readings(
    layout: &Layout,
    row: &DraftRow,
    columns: usize,
    (style, counts): (Style, &Counts),
    unlabelled: f32,
    Scratch { ways, numbers }: &mut Scratch,
) -> Vec<Reading> {
    let has_label = row.figures > 0;
    let first = row.figures.max(usize::from(row.tokens.len() > columns));
    let sums = columns > 1 && has_label && words::is_total(row.label(layout));
    let mut found = Vec::new();
    numbers.known.clear();
    for label in (first..row.tokens.len()).take(LABEL_ENDS) {
        let (extra, cost) = (label - first, label_cost(row, label) + unfinished(layout, row, label));
        push_ways(row, (label, extra), columns, style, counts, cost, ways);
        if sums {
            let unsummed = cost + UNSUMMED - FIRST_EMPTY_CELL - EMPTY_CELL;
            let known = ways.len();
            push_ways(row, (label, extra), columns - 1, style, counts, unsummed, ways);
            for way in &mut ways[known..] {
                let cells = way.cells.len();
                way.cost = way.cost + empty_cost(columns, cells) - empty_cost(columns - 1, cells);
            }
        }
        place_likely(layout, row, numbers, ways, columns, &mut found);
    }
    if first > 0 && !has_label {
        push_ways(row, (0, 0), columns, style, counts, unlabelled, ways);
        place_likely(layout, row, numbers, ways, columns, &mut found);
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found
}

/// What is filled anew for each row, kept so that its room is.
#[derive(Default)]
struct Scratch {
    ways: Vec<Way>,
    numbers: Numbers,
}

/// A way to part a row into label and cells, before anybody asks for the numbers.
struct Way {
    label: usize,
    extra: usize,
    cells: Vec<Range<usize>>,
    cost: f32,
}

/// Adds the ways to read what is behind a label as `most` cells or fewer.
fn push_ways(
    row: &DraftRow,
    (label, extra): (usize, usize),
    most: usize,
    style: Style,
    counts: &[Option<(usize, usize)>],
    cost: f32,
    ways: &mut Vec<Way>,
) {
    parses(&row.tokens, label, most, style, counts, |cells, parsed| {
        ways.push(Way { label, extra, cost: cost + parsed + empty_cost(most, cells.len()), cells });
    });
}

/// Reads the numbers of the likely ways only, for that is what costs time, and empties the list.
fn place_likely(
    layout: &Layout,
    row: &DraftRow,
    numbers: &mut Numbers,
    ways: &mut Vec<Way>,
    columns: usize,
    found: &mut Vec<Reading>,
) {
    ways.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let dearest = ways.first().map_or(0.0, |best| best.cost + PLAUSIBLE);
    let most = found.len() + MOST_READINGS;
    for way in ways.iter().take_while(|way| way.cost <= dearest) {
        place(layout, row, numbers, way, columns, found);
    }
    ways.clear();
    found.truncate(most);
}

/// What it costs that so many cells stand in so many columns.
pub(super) fn empty_cost(columns: usize, cells: usize) -> f32 {
    match columns.saturating_sub(cells) {
        0 => 0.0,
        missing => FIRST_EMPTY_CELL + EMPTY_CELL * missing as f32,
    }
}

/// What a label costs by itself: none at all, or one that is a share or a sum of money.
fn label_cost(row: &DraftRow, label: usize) -> f32 {
    let odd = || row.tokens.iter().take(label).filter_map(Token::shape).any(|s| s.closed || s.grouped);
    match (label, row.figures) {
        (0, _) => NO_LABEL,
        _ if odd() => ODD_LABEL,
        _ => 0.0,
    }
}

/// What it costs that a label ends in a link word: `jonger dan` goes on with `30`.
fn unfinished(layout: &Layout, row: &DraftRow, label: usize) -> f32 {
    let last = label.checked_sub(1).and_then(|at| row.tokens.get(at)).map_or("", |t| t.text(layout));
    if words::is_link_word(last) { UNFINISHED } else { 0.0 }
}

/// Records the cells read, in every way to leave columns empty where they are too few.
fn place(layout: &Layout, row: &DraftRow, numbers: &mut Numbers, way: &Way, columns: usize, found: &mut Vec<Reading>) {
    let cells = &way.cells;
    if cells.is_empty() || cells.len() > columns {
        return;
    }
    let mut cell = |tokens: &Range<usize>| {
        let value = numbers.of(layout, &row.tokens, tokens.clone());
        Cell { tokens: tokens.clone(), value }
    };
    if cells.len() == columns {
        let cells = cells.iter().map(|tokens| Some(cell(tokens))).collect();
        found.push(Reading { label: way.label, extra: way.extra, cells, cost: way.cost });
        return;
    }
    let read: Vec<Cell> = cells.iter().map(cell).collect();
    let mut chosen: Vec<usize> = (0..cells.len()).collect();
    loop {
        let mut rest = chosen.iter().zip(&read).peekable();
        let cell_in = |column| rest.next_if(|(chosen, _)| **chosen == column).map(|(_, cell)| cell.clone());
        let cells = (0..columns).map(cell_in).collect();
        found.push(Reading { label: way.label, extra: way.extra, cells, cost: way.cost });
        if found.len() >= MOST_READINGS * 2 || !next_choice(&mut chosen, columns) {
            return;
        }
    }
}

/// The next choice of ascending indexes below `most`, in lexical order; false behind the last.
fn next_choice(chosen: &mut [usize], most: usize) -> bool {
    let count = chosen.len();
    let Some(at) = (0..count).rev().find(|&i| chosen[i] < most - (count - i)) else { return false };
    chosen[at] += 1;
    for i in at + 1..count {
        chosen[i] = chosen[i - 1] + 1;
    }
    true
}

/// The text of tokens that are one cell: words one space apart, wraps undone.
pub(super) fn cell_text<'a>(layout: &Layout, tokens: impl Iterator<Item = &'a Token> + Clone) -> String {
    let mut text = String::with_capacity(tokens.clone().map(|token| token.bytes.len() + 1).sum());
    for token in tokens {
        let part = number::plain_spaces(token.text(layout));
        for word in part.split_whitespace() {
            let wrapped =
                text.ends_with('-') && text.len() > 1 && !text.ends_with(" -") && !matches!(word, "en" | "of");
            if !text.is_empty() && !wrapped {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}

/// Groups of digits whose number a double holds exactly.
const PLAIN_GROUPS: usize = 5;

/// The numbers of a row's cells, read once each: the ways to read a row share most of them.
#[derive(Default)]
struct Numbers {
    known: Vec<(Range<usize>, Option<f64>)>,
}

impl Numbers {
    fn of(&mut self, layout: &Layout, tokens: &[Token], cell: Range<usize>) -> Option<f64> {
        if let Some((_, value)) = self.known.iter().find(|(known, _)| *known == cell) {
            return *value;
        }
        let value = value_of(layout, tokens.get(cell.clone()).unwrap_or(&[]));
        self.known.push((cell, value));
        value
    }
}

/// The number that a cell's tokens say.
pub(super) fn value_of(layout: &Layout, tokens: &[Token]) -> Option<f64> {
    if let [token] = tokens
        && !matches!(token.class, Class::Number(_))
    {
        return None;
    }
    let plain = |token: &Token| token.text(layout).bytes().all(|b| b.is_ascii_digit());
    if tokens.len() <= PLAIN_GROUPS && tokens.iter().all(plain) {
        return Some(tokens.iter().fold(0.0, |value, token| number::digits_value(value, token.text(layout))));
    }
    let typed = number::type_cell(&cell_text(layout, tokens.iter()));
    typed.value.filter(|_| typed.kind != CellKind::Bound)
}
