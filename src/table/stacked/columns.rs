//! Tables that stand column by column: a block with the labels, then a block for each column, its header on top.
//!
//! Takes blocks, gives drafts and the blocks that they use. What proves such a table is that its blocks are equally
//! long.
//!
//! ```text
//! Rang      Gemeente   Postcode  Aantal
//! 1e        Wervik     8940      3 000       four blocks of three
//! 2e        Ninove     9400      2 843
//! ```

use super::block::Block;
use super::draft::Draft;
use super::item::Item;
use crate::layout::Layout;
use crate::table::words;

/// The columns of one table: the stub's block first.
struct Run {
    blocks: Vec<usize>,
    /// Cells under the header.
    rows: usize,
    /// Whether the last row is a total.
    total_last: bool,
}

/// Blocks of other tables that may stand between two columns of one.
const STRANGERS: usize = 4;
/// The fewest rows of a table that only its equal lengths prove.
const FEWEST_ROWS: usize = 2;

/// The tables that stand column by column; the blocks they use are marked in `taken`.
pub(super) fn drafts_of(layout: &Layout, items: &[Item], blocks: &[Block], taken: &mut [bool]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for stub in 0..blocks.len() {
        if taken[stub] || !may_be_stub(items, blocks, stub) {
            continue;
        }
        let labels = blocks[stub].len();
        let runs = [labels.saturating_sub(1), labels].into_iter().filter(|rows| *rows >= FEWEST_ROWS);
        let runs = runs.map(|rows| run_of(layout, items, blocks, taken, stub, rows));
        let exact = |run: &Run| run.blocks.iter().skip(1).filter(|b| blocks[**b].cells() == run.rows).count();
        let Some(run) = runs.max_by_key(|run| (exact(run), run.rows < labels)) else { continue };
        if exact(&run) == 0 {
            continue;
        }
        run.blocks.iter().for_each(|block| taken[*block] = true);
        drafts.push(draft_of(blocks, &run));
    }
    drafts
}

/// A stub is labels alone, or codes under a header where no labels of the same length stand before.
fn may_be_stub(items: &[Item], blocks: &[Block], at: usize) -> bool {
    let block = &blocks[at];
    if block.len() < FEWEST_ROWS {
        return false;
    }
    block.is_labels() || block.is_headed() && are_codes(items, block)
}

/// Whether the cells are runs of digits of one length, as codes are.
fn are_codes(items: &[Item], block: &Block) -> bool {
    let cells = &items[block.items.start + block.heads..block.items.end];
    let length = |item: &Item| item.bytes.first().map_or(0, |b| b.len());
    let mut lengths = cells.iter().filter(|item| item.is_figure()).map(length);
    let first = lengths.next().unwrap_or(0);
    first >= 4 && lengths.all(|l| l == first) && cells.iter().all(|item| !item.grouped)
}

/// The columns that go with a stub, if it has so many rows.
fn run_of(layout: &Layout, items: &[Item], blocks: &[Block], taken: &[bool], stub: usize, rows: usize) -> Run {
    let total_last = last_item(items, &blocks[stub]).is_some_and(|item| words::is_total(item.first_line(layout)));
    let mut run = Run { blocks: vec![stub], rows, total_last };
    let mut strangers = 0;
    for (at, block) in blocks.iter().enumerate().skip(stub + 1) {
        let glued = items[block.items.start].block == items[blocks[stub].items.start].block;
        if !taken[at] && !glued && is_column(block, rows, total_last, strangers) {
            run.blocks.push(at);
            strangers = 0;
        } else {
            strangers += 1;
        }
        if strangers > STRANGERS {
            break;
        }
    }
    run
}

fn last_item<'a>(items: &'a [Item], block: &Block) -> Option<&'a Item> {
    items.get(block.items.end.checked_sub(1)?)
}

/// Whether a block is a column of so many rows: with a few cells missing only where nothing stands between.
fn is_column(block: &Block, rows: usize, total_last: bool, strangers: usize) -> bool {
    let short = |cells: usize| cells < rows && cells + missing_of(rows) >= rows;
    if block.is_headed() {
        return block.cells() == rows || strangers == 0 && short(block.cells());
    }
    let words = block.len().saturating_sub(1);
    block.is_labels() && strangers == 0 && (words == rows || total_last && words + 1 == rows) && rows > 1
}

/// How many cells of a column may be missing.
fn missing_of(rows: usize) -> usize {
    (rows / 4).max(1)
}

fn draft_of(blocks: &[Block], run: &Run) -> Draft {
    let columns: Vec<&Block> = run.blocks.iter().map(|block| &blocks[*block]).collect();
    let levels = columns.iter().skip(1).map(|c| if c.is_labels() { 1 } else { c.heads }).max().unwrap_or(1);
    let mut draft = Draft { heads: vec![Vec::new(); levels], rows: vec![Vec::new(); run.rows], ..Draft::default() };
    for (index, block) in columns.iter().enumerate() {
        let own = match (index, block.is_labels()) {
            (0, _) => block.len() - run.rows,
            (_, true) => 1,
            (_, false) => block.heads,
        };
        push_heads(&mut draft, block, own, index);
        let cells: Vec<usize> = (block.items.start + own..block.items.end).collect();
        let lacking = run.rows.saturating_sub(cells.len());
        draft.open += if lacking > 0 && !block.is_labels() { cells.len() } else { 0 };
        for row in 0..run.rows {
            draft.rows[row].push(if block.is_labels() {
                cells.get(row).copied()
            } else {
                place(row, run, lacking, &cells)
            });
        }
    }
    draft
}

/// The cell of a row in a column that may lack some: a printed total stands last.
fn place(row: usize, run: &Run, lacking: usize, cells: &[usize]) -> Option<usize> {
    let last = row + 1 == run.rows;
    match (lacking > 0 && run.total_last && cells.len() > 1, last) {
        (true, true) => cells.last().copied(),
        (true, false) => cells.get(row).copied().filter(|_| row + 1 < cells.len()),
        (false, _) => cells.get(row).copied(),
    }
}

/// The header cells of a column, the lowest level last; a spanner left of it goes on.
fn push_heads(draft: &mut Draft, block: &Block, own: usize, column: usize) {
    let levels = draft.heads.len();
    for level in 0..levels {
        let cell = (level + own).checked_sub(levels).map(|offset| block.items.start + offset);
        let before = draft.heads[level].last().copied().flatten();
        let cell = if column == 0 { cell.or(Some(block.items.start).filter(|_| own > 0)) } else { cell.or(before) };
        draft.heads[level].push(cell);
    }
}
