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
use super::item::{Item, Kind};
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
/// Cells of a table that stands row by row between two columns of another: a few rows of it.
const SINGLES: usize = 40;
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
        if labels == 2
            && let Some(run) = last_row(layout, items, blocks, taken, stub, &drafts)
        {
            run.blocks.iter().for_each(|block| taken[*block] = true);
            drafts.push(draft_of(items, blocks, &run));
            continue;
        }
        let runs = [labels.saturating_sub(1), labels].into_iter().filter(|rows| *rows >= FEWEST_ROWS);
        let runs = runs.map(|rows| run_of(layout, items, blocks, taken, stub, rows));
        let exact = |run: &Run| run.blocks.iter().skip(1).filter(|b| blocks[**b].cells() == run.rows).count();
        let Some(run) = runs.max_by_key(|run| (exact(run), run.rows < labels)) else { continue };
        if exact(&run) == 0 && !(run.total_last && adds_up(items, blocks, &run)) {
            continue;
        }
        run.blocks.iter().for_each(|block| taken[*block] = true);
        drafts.push(draft_of(items, blocks, &run));
    }
    drafts
}

/// One row under a header that another table has too: its end, on the next page.
fn last_row(
    layout: &Layout,
    items: &[Item],
    blocks: &[Block],
    taken: &[bool],
    stub: usize,
    drafts: &[Draft],
) -> Option<Run> {
    let before = drafts.last()?;
    let run = run_of(layout, items, blocks, taken, stub, 1);
    let draft = (run.blocks.len() == before.width()).then(|| draft_of(items, blocks, &run))?;
    (draft.header_texts(layout, items) == before.header_texts(layout, items)).then_some(run)
}

/// Adds rows that stand apart from their table, each cell under its column's header again: a total on the next page.
pub(super) fn add_last_rows(
    layout: &Layout,
    items: &[Item],
    blocks: &[Block],
    taken: &mut [bool],
    drafts: &mut [Draft],
) {
    let lone: Vec<usize> =
        (0..blocks.len()).filter(|at| !taken[*at] && blocks[*at].heads == 1 && blocks[*at].cells() == 1).collect();
    let totals: Vec<usize> = (0..blocks.len())
        .filter(|at| !taken[*at] && blocks[*at].is_labels() && blocks[*at].len() == 1)
        .filter(|at| words::is_closing_row(items[blocks[*at].items.start].first_line(layout)))
        .collect();
    for draft in drafts.iter_mut().filter(|draft| draft.heads.len() == 1 && !lone.is_empty()) {
        let header = draft.header_texts(layout, items).remove(0);
        let last = draft.rows.iter().flatten().flatten().copied().max().unwrap_or(0);
        let behind = |at: &&usize| blocks[**at].items.start > last && !taken[**at];
        let cell = |text: &String| {
            let named = |at: &&usize| items[blocks[**at].items.start].first_line(layout) == text;
            lone.iter().filter(behind).find(named).copied()
        };
        let cells: Option<Vec<usize>> = header.iter().map(cell).collect();
        let label = totals.iter().find(behind).copied();
        let (Some(cells), Some(label)) = (cells, label) else { continue };
        let row = [blocks[label].items.start].into_iter().chain(cells.iter().map(|at| blocks[*at].items.start + 1));
        draft.rows.push(row.map(Some).collect());
        draft.repeated.extend(cells.iter().map(|at| blocks[*at].items.start));
        cells.iter().chain([&label]).for_each(|at| taken[*at] = true);
    }
}

/// Whether the only column, with cells missing, ends in the sum of those it has: then it is the stub's all the same.
fn adds_up(items: &[Item], blocks: &[Block], run: &Run) -> bool {
    let [_, column] = run.blocks.as_slice() else { return false };
    let block = &blocks[*column];
    let values: Vec<f64> =
        items[block.items.start + block.heads..block.items.end].iter().filter_map(|item| item.value).collect();
    let Some((total, cells)) = values.split_last() else { return false };
    cells.len() > 1 && (cells.iter().sum::<f64>() - total).abs() < SLACK
}

/// Sums are compared in hundredths.
const SLACK: f64 = 0.006;

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
    let mut passed = Passed::default();
    for at in (stub + 1..blocks.len()).filter(|at| !taken[*at]) {
        let block = &blocks[at];
        let column = is_column(items, block, &run, passed.strangers + passed.singles)
            && !is_glued(items, &blocks[stub], block)
            && !(block.is_labels() && (passed.apart || repeats(layout, items, &blocks[stub], block)))
            && rival_fit(blocks, taken, &run, at) <= fit(blocks[stub].len(), block)
            && (!passed.rival || follows(items, blocks, &run, block));
        if column {
            run.blocks.push(at);
            (passed.strangers, passed.singles) = (0, 0);
        } else {
            passed.pass(items, block, blocks[stub].len());
        }
        if passed.strangers > STRANGERS || passed.singles > SINGLES {
            break;
        }
    }
    run
}

/// What stood between the last column and here.
#[derive(Default)]
struct Passed {
    strangers: usize,
    singles: usize,
    /// A caption or a note: another table may have begun.
    apart: bool,
    /// A stub as long as this one.
    rival: bool,
}

impl Passed {
    fn pass(&mut self, items: &[Item], block: &Block, labels: usize) {
        *if block.len() > 1 { &mut self.strangers } else { &mut self.singles } += 1;
        self.apart |= matches!(items[block.items.start].kind, Kind::Caption | Kind::Note | Kind::Mark);
        self.rival |= block.is_labels() && block.len() == labels;
    }
}

/// Whether both are parts of one block of the text: the labels of two tables.
fn is_glued(items: &[Item], stub: &Block, block: &Block) -> bool {
    items[block.items.start].block == items[stub.items.start].block
}

/// Whether labels are the stub of the next table: the same header, or years.
fn repeats(layout: &Layout, items: &[Item], stub: &Block, block: &Block) -> bool {
    let header = |block: &Block| items[block.items.start].first_line(layout);
    let years = items[block.items.start + 1..block.items.end].iter().all(|item| item.kind == Kind::Year);
    header(stub) == header(block) || years
}

/// How well a column goes with a stub of so many labels: both with a header, or only one of them, or a few cells short.
fn fit(labels: usize, column: &Block) -> usize {
    let cells = if column.is_labels() { column.len().saturating_sub(1) } else { column.cells() };
    match labels {
        _ if labels == cells + 1 => 3,
        _ if labels == cells => 2,
        _ => 1,
    }
}

/// How well a column goes with the best other stub before it.
fn rival_fit(blocks: &[Block], taken: &[bool], run: &Run, at: usize) -> usize {
    let others = (at.saturating_sub(RIVALS)..at).filter(|other| !taken[*other] && !run.blocks.contains(other));
    let fits = others.filter(|other| blocks[*other].is_labels() && blocks[*other].len() > FEWEST_ROWS);
    fits.map(|other| fit(blocks[other].len(), &blocks[at])).filter(|fit| *fit > 1).max().unwrap_or(0)
}

/// How many blocks before a column another stub may stand.
const RIVALS: usize = 6;

/// Whether a column is the year after the last one's: it then belongs there, whatever stood between.
fn follows(items: &[Item], blocks: &[Block], run: &Run, column: &Block) -> bool {
    let year = |block: &Block| {
        let heads = &items[block.items.start..block.items.start + block.heads];
        heads.iter().find(|item| item.kind == Kind::Year).and_then(|item| item.value)
    };
    let last = run.blocks.last().and_then(|block| year(&blocks[*block]));
    run.blocks.len() > 1 && last.is_some() && last.map(|last| last + 1.0) == year(column)
}

fn last_item<'a>(items: &'a [Item], block: &Block) -> Option<&'a Item> {
    items.get(block.items.end.checked_sub(1)?)
}

/// Whether a block is a column of so many rows: with a few cells missing only where nothing stands between.
fn is_column(items: &[Item], block: &Block, run: &Run, strangers: usize) -> bool {
    let rows = run.rows;
    let short = |cells: usize| cells < rows && cells + missing_of(rows) >= rows;
    if block.is_headed() {
        return block.cells() == rows || strangers == 0 && short(block.cells());
    }
    let words = block.len().saturating_sub(1);
    let starts = items[block.items.start].kind == Kind::Words;
    block.is_labels() && starts && strangers == 0 && (words == rows || run.total_last && words + 1 == rows) && rows > 1
}

/// How many cells of a column may be missing.
fn missing_of(rows: usize) -> usize {
    (rows / 4).max(1)
}

fn draft_of(items: &[Item], blocks: &[Block], run: &Run) -> Draft {
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
        let names = run.total_last && lacking == 1 && are_names(items, block);
        draft.open += if lacking > 0 && !names { cells.len() } else { 0 };
        for row in 0..run.rows {
            draft.rows[row].push(if names || block.is_labels() {
                cells.get(row).copied()
            } else {
                place(row, run, lacking, &cells)
            });
        }
    }
    draft
}

/// Whether a column has words, days or codes: nothing that a total row sums.
fn are_names(items: &[Item], block: &Block) -> bool {
    let days = items[block.items.start + block.heads..block.items.end].iter().all(|item| item.kind == Kind::Date);
    block.is_labels() || days || are_codes(items, block)
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
