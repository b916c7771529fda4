//! The sheet: all cells of a text in pieces that may be columns, and what the finders have used of them.
//!
//! Takes items, gives [`Piece`]s: runs without a blank line between, cut where two columns were glued together. A column
//! is labels, then figures; where labels follow two figures or more, another column begins.
//!
//! ```text
//! 19% │ 23% │ 20% │ 38% ‖ Gebruikers 2021 │ 44 │ 369     two columns of two tables
//! 1712 │ 1813 Zelfmoordlijn │ Awel 102 │ 1700 │ TOTAAL   labels, some of which look like figures
//! ```

use super::cuts;
use super::item::{Item, Kind};
use crate::layout::Layout;
use crate::table::words;
use std::ops::Range;

/// A run of items that may be a column or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its items.
    pub items: Range<usize>,
    /// How many of the first items are labels.
    pub labels: usize,
    /// Whether labels stand behind figures.
    pub mixed: bool,
    /// How many items are labels, wherever they stand.
    pub names: usize,
    /// Whether one of its items stands alone whatever surrounds it.
    pub alone: bool,
    /// Its page.
    pub page: u32,
    /// The number of its stretch: what no prose and no caption parts.
    pub stretch: usize,
}

impl Piece {
    /// How many items it has.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The number of cells under the leading labels.
    pub(super) fn cells(&self) -> usize {
        self.len() - self.labels
    }

    /// Whether it has labels alone.
    pub(super) fn is_labels(&self) -> bool {
        self.labels == self.len()
    }

    /// Whether it is figures, under labels or not.
    pub(super) fn is_figures(&self) -> bool {
        !self.mixed && self.cells() > 0
    }
}

/// The cells of a text in pieces, and which pieces a table has.
pub(super) struct Sheet<'a> {
    pub layout: &'a Layout,
    pub items: &'a [Item],
    pub pieces: Vec<Piece>,
    pub taken: Vec<bool>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(layout: &'a Layout, items: &'a [Item]) -> Self {
        let pieces = cut_stubs(layout, items, pieces_of(layout, items));
        let taken = vec![false; pieces.len()];
        Self { layout, items, pieces, taken }
    }

    /// The items of a piece.
    pub(super) fn items_of(&self, piece: usize) -> &'a [Item] {
        self.pieces.get(piece).map_or(&[], |piece| &self.items[piece.items.clone()])
    }

    /// The pieces of each page, in the order of the text.
    pub(super) fn pages(&self) -> Vec<Range<usize>> {
        let mut pages: Vec<Range<usize>> = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            match pages.last_mut() {
                Some(page) if self.pieces[page.start].page == piece.page && page.len() < MOST_PIECES => {
                    page.end = at + 1;
                }
                _ => pages.push(at..at + 1),
            }
        }
        pages
    }

    /// The text of the first item of a piece.
    pub(super) fn first_text(&self, piece: usize) -> &'a str {
        self.items_of(piece).first().map_or("", |item| item.first_line(self.layout))
    }

    /// Whether the last item of a piece is a total's label.
    pub(super) fn ends_in_total(&self, piece: usize) -> bool {
        self.items_of(piece).last().is_some_and(|item| words::is_closing_row(item.first_line(self.layout)))
    }
}

/// Pieces that are looked at together, at most: more than any page has.
const MOST_PIECES: usize = 600;

/// Items that stand alone whatever surrounds them.
pub(super) fn is_alone(item: &Item) -> bool {
    matches!(item.kind, Kind::Caption | Kind::Note | Kind::Remark | Kind::Mark)
}

fn shape_of(items: &[Item], range: Range<usize>) -> Piece {
    let labels = items[range.clone()].iter().take_while(|item| item.is_label()).count();
    // A year among figures is one.
    let mixed = items[range.clone()].iter().skip(labels).any(|item| item.kind == Kind::Words);
    let names = items[range.clone()].iter().filter(|item| item.is_label()).count();
    let alone = items[range.clone()].iter().any(is_alone);
    Piece { items: range, labels, mixed, names, alone, page: 0, stretch: 0 }
}

fn pieces_of(layout: &Layout, items: &[Item]) -> Vec<Piece> {
    let grouped = items.iter().any(|item| item.grouped);
    let mut pieces = Vec::new();
    let mut stretch = 0;
    let mut start = 0;
    for at in 1..=items.len() {
        if at < items.len() && !is_parted(&items[at - 1], &items[at]) {
            continue;
        }
        for range in cut(layout, items, start..at, grouped) {
            let first = &items[range.start];
            let before = range.start.checked_sub(1).map(|before| &items[before]);
            let turned = before.is_some_and(|before| before.stretch != first.stretch || before.kind == Kind::Caption);
            stretch += usize::from(turned);
            pieces.push(Piece { page: first.page, stretch, ..shape_of(items, range) });
        }
        start = at;
    }
    pieces
}

/// Cuts pieces that hold the labels of two tables.
fn cut_stubs(layout: &Layout, items: &[Item], pieces: Vec<Piece>) -> Vec<Piece> {
    let mut cut = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let Some(place) = cuts::cut_of(layout, items, piece, &pieces[at + 1..]) else {
            cut.push(piece.clone());
            continue;
        };
        let place = piece.items.start + place;
        for range in [piece.items.start..place, place..piece.items.end] {
            cut.push(Piece { page: piece.page, stretch: piece.stretch, ..shape_of(items, range) });
        }
    }
    cut
}

fn is_parted(before: &Item, item: &Item) -> bool {
    before.block != item.block || is_alone(before) || is_alone(item)
}

/// A block in the columns that were glued in it.
fn cut(layout: &Layout, items: &[Item], block: Range<usize>, grouped: bool) -> Vec<Range<usize>> {
    let mut starts = vec![block.start];
    let mut start = block.start;
    for at in block.start + 1..block.end {
        if begins_column(layout, items, start, at, grouped) {
            starts.push(at);
            start = at;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([block.end]);
    let parts: Vec<Range<usize>> = starts.iter().zip(ends).map(|(start, end)| *start..end).collect();
    let cells = |range: &Range<usize>| items[range.clone()].iter().filter(|item| !item.is_label()).count();
    // Single figures between labels are labels that look like figures, or a table that stands row by row.
    let single = parts.iter().filter(|part| cells(part) < 2).count();
    if single * 2 > parts.len() { vec![block] } else { parts }
}

fn begins_column(layout: &Layout, items: &[Item], start: usize, at: usize, grouped: bool) -> bool {
    let (before, item) = (&items[at - 1], &items[at]);
    if before.is_label() {
        return false;
    }
    match item.kind {
        Kind::Words => !words::is_total(item.first_line(layout)),
        Kind::Year => {
            items[start..at].iter().all(|i| i.is_label() || i.value.is_none_or(|v| v < LARGE || i.grouped && grouped))
        }
        _ => false,
    }
}

/// A year among figures that are all smaller is no figure.
const LARGE: f64 = 1000.0;
