//! Words that stand where a figure would: `defect`, `onbekend`, `geen opgave`.
//!
//! Takes items, marks as figures without a value those words that are cells of a column of figures. A header begins a
//! column, and its letters are capital or the column before it is done; a word in small letters between the figures of a
//! block that is as long as a column of figures beside it is a cell.
//!
//! ```text
//! Weekdag / 9 120 / 3 341 / defect / 4 005      blocks of five: the fourth row has no figure
//! Zaterdag / 5 310 / 2 104 / defect / 1 650
//! ```

use super::item::{Item, Kind};
use crate::layout::Layout;

/// How many blocks away the column beside may stand.
const REACH: usize = 6;
/// The fewest figures that tell a column.
const FEWEST: usize = 2;

/// Marks the words among figures that are cells.
pub(super) fn mark(layout: &Layout, items: &mut [Item]) {
    let mut blocks: Vec<std::ops::Range<usize>> = Vec::new();
    for block in items.chunk_by(|a, b| a.block == b.block) {
        let start = blocks.last().map_or(0, |block| block.end);
        blocks.push(start..start + block.len());
    }
    let asides: Vec<Vec<usize>> = blocks.iter().map(|block| asides_of(layout, items, block.clone())).collect();
    for (at, block) in blocks.iter().enumerate().filter(|(at, _)| !asides[*at].is_empty()) {
        let near = at.saturating_sub(REACH)..blocks.len().min(at + REACH + 1);
        let page = items[block.start].page;
        let beside = near.filter(|other| *other != at).any(|other| {
            let column = blocks[other].clone();
            let same = column.len() == block.len() && items[column.start].page == page;
            same && (asides[other] == asides[at] || is_column(&items[column]))
        });
        if beside {
            asides[at].iter().for_each(|aside| items[block.start + aside].kind = Kind::Figure);
        }
    }
}

/// The places in a block of words in small letters between figures, where all else behind the header is figures.
fn asides_of(layout: &Layout, items: &[Item], block: std::ops::Range<usize>) -> Vec<usize> {
    let block = &items[block];
    let head = block.iter().take_while(|item| item.is_label()).count();
    let small = |item: &Item| item.first_line(layout).starts_with(char::is_lowercase);
    let words = |at: &usize| block[*at].kind == Kind::Words;
    let asides: Vec<usize> = (head..block.len()).filter(words).collect();
    let figures = block.len() - head - asides.len();
    let told = figures >= FEWEST && figures >= asides.len() && asides.iter().all(|at| small(&block[*at]));
    if told { asides } else { Vec::new() }
}

/// Whether a block is figures under a header.
fn is_column(block: &[Item]) -> bool {
    let head = block.iter().take_while(|item| item.is_label()).count();
    head > 0 && block.len() >= head + FEWEST && block[head..].iter().all(Item::is_figure)
}
