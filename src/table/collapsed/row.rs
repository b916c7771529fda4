//! Rows of a table and what they may be read as.
//!
//! A row has tokens, the [`Way`]s to part them (see `ways`), and the [`Reading`]s that are likely beside those of the
//! other rows (see `choice`). Which of them is right is decided for the whole table (see `solve`).
//!
//! ```text
//! Maart 4 551 │ 19 612 (…) │ 10 339      one row of three pieces
//! Fase 1 12 34 for two columns           "Fase 1" 12 34, or "Fase" 112? no: or "Fase" 1 12 with a cell left out …
//! ```

use super::habits;
use super::piece::Piece;
use super::token::Token;
use crate::layout::Layout;
use crate::table::number;
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
    /// The size of that number (see [`habits::size`]).
    pub size: Option<f32>,
}

impl Cell {
    /// A cell that says a number or none.
    pub(super) fn new(tokens: Range<usize>, value: Option<f64>) -> Self {
        Self { tokens, value, size: value.and_then(habits::size) }
    }
}

/// A way to part a row into label and cells, the same in whatever columns these stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    /// How many tokens are the label.
    pub label: usize,
    /// How many of them are figures that the label could do without.
    pub extra: usize,
    /// Its cells, in order.
    pub cells: Vec<Cell>,
    /// How unlikely it is by itself.
    pub cost: f32,
    /// How many of the ways to leave columns empty are weighed.
    pub places: usize,
}

impl Way {
    /// Tells `take` the columns of the cells, in every way to leave some of so many columns empty that is weighed.
    pub(super) fn places(&self, columns: usize, mut take: impl FnMut(&[usize])) {
        let mut chosen: Vec<usize> = (0..self.cells.len()).collect();
        for _ in 0..self.places {
            take(&chosen);
            if !next_choice(&mut chosen, columns) {
                return;
            }
        }
    }

    /// The reading with the cells in the columns chosen for them.
    pub(super) fn reading(&self, chosen: &[usize], columns: usize, cost: f32) -> Reading {
        let mut rest = chosen.iter().zip(&self.cells).peekable();
        let cell_in = |column| rest.next_if(|(chosen, _)| **chosen == column).map(|(_, cell)| cell.clone());
        Reading { label: self.label, extra: self.extra, cells: (0..columns).map(cell_in).collect(), cost }
    }

    /// The reading with the first columns filled.
    pub(super) fn first_reading(&self, columns: usize) -> Reading {
        let chosen: Vec<usize> = (0..self.cells.len()).collect();
        self.reading(&chosen, columns, self.cost)
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

/// A row with its readings.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftRow {
    /// Its tokens: label, then figures.
    pub tokens: Vec<Token>,
    /// The words behind them.
    pub trail: Vec<Token>,
    /// The first token of its figures.
    pub figures: usize,
    /// The ways to part it, cheapest first; none for a row of words alone.
    pub ways: Rc<[Way]>,
    /// The likely readings, cheapest first.
    pub readings: Vec<Reading>,
    /// Ways unlikely by themselves, with their cost, for totals that nothing else explains.
    pub unlikely: Vec<(usize, f32)>,
    /// The sizes that are usual in each column.
    pub middles: Rc<[Option<f32>]>,
    /// Which reading is taken.
    pub chosen: usize,
}

impl DraftRow {
    /// The reading taken.
    pub(super) fn reading(&self) -> Option<&Reading> {
        self.readings.get(self.chosen)
    }

    /// How many readings its ways make.
    pub(super) fn count_readings(&self) -> usize {
        self.ways.iter().map(|way| way.places).sum()
    }

    /// The readings of the unlikely ways.
    pub(super) fn unlikely_readings(&self) -> Vec<Reading> {
        let mut readings = Vec::new();
        for (way, own) in self.unlikely.iter().filter_map(|(at, own)| Some((self.ways.get(*at)?, *own))) {
            self.place(way, own, |reading| readings.push(reading));
        }
        readings
    }

    /// Tells `take` the readings of a way that costs so much, their cost by the sizes of their numbers included. An only
    /// reading needs no comparing.
    pub(super) fn place(&self, way: &Way, own: f32, mut take: impl FnMut(Reading)) {
        let columns = self.middles.len();
        let several = self.count_readings() > 1;
        way.places(columns, |chosen| {
            let size = if several { habits::size_cost(&way.cells, chosen, &self.middles) } else { 0.0 };
            take(way.reading(chosen, columns, own + size));
        });
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

/// A row that cannot be read with this number of columns.
pub(super) const UNREADABLE: f32 = 9.0;
/// Readings dearer than the cheapest by more than this are none: a total that is off must not be made to agree by one.
pub(super) const PLAUSIBLE: f32 = 1.3;

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
    next.is_figures() && next.counts.0 <= columns || words::is_cut(text) || words::is_link_word(last)
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
