//! Blocks: runs of items without a blank line between, cut where two cells of different columns were glued together.
//!
//! Takes items, gives ranges of them. A column is words, then figures; where words or a year follow figures within a
//! block, another column begins.
//!
//! ```text
//! 19% │ 23% │ 20% │ 38% ‖ Gebruikers 2021 │ 44 │ 369     two columns of two tables
//! 2019 │ 559 │ 405 │ 1.136 ‖ 2015 │ 7.510 │ 222          the year is a header: figures have their thousands apart
//! ```

use super::item::{Item, Kind};
use crate::layout::Layout;
use crate::table::words;
use std::ops::Range;

/// A block: leading labels, then cells of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Its items.
    pub items: Range<usize>,
    /// How many of the first items are labels.
    pub heads: usize,
    /// Whether it has figures alone.
    pub bare: bool,
}

impl Block {
    fn of(items: &[Item], range: Range<usize>) -> Self {
        let heads = items[range.clone()].iter().take_while(|item| item.is_label()).count();
        let bare = items[range.clone()].iter().all(|item| matches!(item.kind, Kind::Figure | Kind::Date));
        Self { items: range, heads, bare }
    }

    /// How many items it has.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The number of cells under the leading labels.
    pub(super) fn cells(&self) -> usize {
        self.len() - self.heads
    }

    /// Whether it has labels alone.
    pub(super) fn is_labels(&self) -> bool {
        self.heads == self.len()
    }

    /// Whether it is a header or two over figures.
    pub(super) fn is_headed(&self) -> bool {
        (1..=MOST_HEADS).contains(&self.heads) && self.cells() > 0
    }
}

/// Header cells that stand over one column: spanner, header, a header's second line.
const MOST_HEADS: usize = 3;

/// The blocks of a region.
pub(super) fn blocks_of(layout: &Layout, items: &[Item]) -> Vec<Block> {
    let grouped = items.iter().any(|item| item.grouped);
    let mut blocks = Vec::new();
    let mut start = 0;
    for at in 1..=items.len() {
        if at == items.len() || is_cut(layout, items, start, at, grouped) {
            blocks.push(Block::of(items, start..at));
            start = at;
        }
    }
    cut_stubs(layout, items, blocks)
}

/// Whether a block that began at `start` ends before the item `at`.
fn is_cut(layout: &Layout, items: &[Item], start: usize, at: usize, grouped: bool) -> bool {
    let (before, item) = (&items[at - 1], &items[at]);
    let alone = |item: &Item| matches!(item.kind, Kind::Caption | Kind::Note | Kind::Remark | Kind::Mark);
    if before.block != item.block || alone(before) || alone(item) {
        return true;
    }
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
/// How far on the columns of a stub may stand.
const REACH: usize = 8;

/// Cuts blocks that hold the labels of two tables: where the parts fit the columns that follow and the whole does not.
fn cut_stubs(layout: &Layout, items: &[Item], blocks: Vec<Block>) -> Vec<Block> {
    let mut cut = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let after = &blocks[at + 1..blocks.len().min(at + 1 + REACH)];
        match stub_cut(layout, items, block, after) {
            Some(split) => {
                cut.push(Block::of(items, block.items.start..split));
                cut.push(Block::of(items, split..block.items.end));
            }
            None => cut.push(block.clone()),
        }
    }
    cut
}

fn stub_cut(layout: &Layout, items: &[Item], block: &Block, after: &[Block]) -> Option<usize> {
    if !block.is_labels() || block.len() < 4 || after.iter().any(|column| stub_fit(column, block.len()) > 0) {
        return None;
    }
    let closes = |at: usize| words::is_total(items[at - 1].first_line(layout));
    let cuts = block.items.start + 1..block.items.end.saturating_sub(1);
    let judged = cuts.filter_map(|at| {
        let lone_total = at == block.items.start + 1 && closes(at);
        let (left, right) = (at - block.items.start, block.items.end - at);
        let fit = if lone_total { 2 * best_fit(after, right) } else { pair_fit(after, left, right) };
        (fit > 0).then_some((fit + 2 * usize::from(closes(at)), at))
    });
    judged.max_by_key(|&(fit, at)| (fit, std::cmp::Reverse(at))).map(|(_, at)| at)
}

fn best_fit(columns: &[Block], labels: usize) -> usize {
    columns.iter().map(|column| stub_fit(column, labels)).max().unwrap_or(0)
}

/// How well two stubs go with two different columns; 0 where one of them has none.
fn pair_fit(columns: &[Block], left: usize, right: usize) -> usize {
    let pairs = columns.iter().enumerate().filter_map(|(index, column)| {
        let own = stub_fit(column, left);
        let fit = |columns: &[Block]| columns.iter().map(|column| stub_fit(column, right)).max().unwrap_or(0);
        let (before, behind) = (fit(&columns[..index]), fit(&columns[index + 1..]));
        // The first stub's column stands first, where both orders fit.
        let other = before.max(behind);
        (own > 0 && other > 0).then_some(2 * (own + other) + usize::from(behind >= before))
    });
    pairs.max().unwrap_or(0)
}

/// How well a column goes with a stub of so many labels: both with a header, or both without.
fn stub_fit(column: &Block, labels: usize) -> usize {
    let cells = column.cells();
    match (cells > 1 && column.heads <= MOST_HEADS, column.heads > 0) {
        (true, true) if labels == cells + 1 => 2,
        (true, true) if labels == cells => 1,
        (true, false) if labels == cells && column.bare => 2,
        _ => 0,
    }
}
