//! Words into slots: the rows of a table on one page.
//!
//! A word belongs to the slot that its middle lies in. Rows parted by nothing but their lines come apart; where the
//! rules tell too little (a row of figures in one cell over several columns) there is no table here.

use super::slots::Slots;
use super::{Part, PartRow};
use crate::layout::Layout;
use crate::table::GridCell;
use crate::table::aligned::chunks::{Chunk, Row as LineRow, chunk_of, line_to_row};
use crate::table::aligned::rows::read_stack;
use crate::table::cells::{cell_of, is_figure};
use std::ops::Range;

/// A slot thinner than this, in points, holds no text: the space between double rules.
const SLIVER: f32 = 5.0;

/// Stretches apart in a cell over several columns that make it a row whose upright rules are missing: a heading or a
/// remark is one, a name and a number behind it may be two.
const MELTED: usize = 3;

/// Lines of single cells that hold columns of figures from which on the rules between columns are not all drawn.
const MELTED_ROWS: usize = 3;

/// What stands in a cell on one line.
struct Placed {
    line: usize,
    bytes: Range<usize>,
}

/// Puts the words of a page's lines into slots. None where it is no table: one cell with text, or one column.
pub(super) fn slots_to_part(layout: &Layout, slots: &Slots, lines: Range<usize>) -> Option<Part> {
    let (held, taken) = words_to_slots(layout, slots, lines);
    let columns: Vec<usize> = (0..slots.columns()).filter(|&column| keeps_column(slots, &held, column)).collect();
    let mut rows = Vec::new();
    for row in 0..slots.rows() {
        push_rows(layout, slots, &held, row, &columns, &mut rows);
    }
    rows.retain(|row: &PartRow| row.cells.iter().any(|cell| !cell.text.is_empty()));
    let filled = held.iter().filter(|held| !held.is_empty()).count();
    if columns.len() < 2 || rows.is_empty() || filled < 2 || is_melted(layout, slots, &held) {
        return None;
    }
    let xs = columns.iter().filter_map(|&column| slots.xs.get(column).copied()).collect();
    Some(Part { page: slots.page, xs, rows, lines: taken, closed: slots.closed })
}

/// Whether a cell over several columns holds a row of figures, or cells hold several: then the rules tell too little.
fn is_melted(layout: &Layout, slots: &Slots, held: &[Vec<Placed>]) -> bool {
    let over_several =
        |cell: usize| slots.cell.get(cell + 1) == Some(&cell) && !(cell + 1).is_multiple_of(slots.columns());
    let (mut wide, mut single) = (0, 0);
    for (cell, pieces) in held.iter().enumerate() {
        let count = pieces.iter().filter(|piece| holds_columns(layout, piece)).count();
        *(if over_several(cell) { &mut wide } else { &mut single }) += count;
    }
    wide > 0 || single >= MELTED_ROWS
}

/// Whether a piece of a line has a figure apart from what stands before it, or many stretches.
fn holds_columns(layout: &Layout, piece: &Placed) -> bool {
    line_to_row(layout, piece.line).is_some_and(|row| {
        let inside = |chunk: &&Chunk| chunk.bytes.start >= piece.bytes.start && chunk.bytes.end <= piece.bytes.end;
        let chunks: Vec<&Chunk> = row.chunks.iter().filter(inside).collect();
        chunks.len() >= MELTED || chunks.iter().skip(1).any(|chunk| chunk.figure)
    })
}

/// For each cell, by its first slot, the words of each line; and the lines most of whose words are in the frame.
fn words_to_slots(layout: &Layout, slots: &Slots, lines: Range<usize>) -> (Vec<Vec<Placed>>, Vec<usize>) {
    let mut held: Vec<Vec<Placed>> = (0..slots.cell.len()).map(|_| Vec::new()).collect();
    let mut taken = Vec::new();
    for index in lines {
        let Some(line) = layout.lines.get(index) else { break };
        let words = layout.line_words(index);
        let mut inside = 0;
        for word in words {
            let cell = slots.slot_at(word.x.middle(), line.y.middle()).and_then(|slot| slots.cell.get(slot));
            let Some(pieces) = cell.and_then(|&cell| held.get_mut(cell)) else { continue };
            inside += 1;
            match pieces.last_mut() {
                Some(last) if last.line == index => last.bytes.end = word.end as usize,
                _ => pieces.push(Placed { line: index, bytes: word.start as usize..word.end as usize }),
            }
        }
        if inside * 2 > words.len() {
            taken.push(index);
        }
    }
    (held, taken)
}

/// A column that is thin and empty is the space between double rules.
fn keeps_column(slots: &Slots, held: &[Vec<Placed>], column: usize) -> bool {
    let own = (0..slots.rows()).filter_map(|row| slots.cell.get(row * slots.columns() + column));
    slots.width(column) > SLIVER * 1.5 || own.into_iter().any(|&cell| held.get(cell).is_some_and(|h| !h.is_empty()))
}

/// The rows of text in a row of slots: one, unless rows are parted by nothing but their lines.
fn push_rows(
    layout: &Layout,
    slots: &Slots,
    held: &[Vec<Placed>],
    row: usize,
    columns: &[usize],
    rows: &mut Vec<PartRow>,
) {
    let cells: Vec<usize> =
        columns.iter().filter_map(|&column| slots.cell.get(row * slots.columns() + column).copied()).collect();
    let first_slot = row * slots.columns();
    let merged = cells.len() > 1 && cells.windows(2).all(|pair| pair.first() == pair.last());
    if merged && cells.first().is_some_and(|&cell| cell < first_slot) || slots.height(row) < SLIVER {
        return;
    }
    let next_row = first_slot + slots.columns();
    let single = |cell: usize| cell >= first_slot && slots.last.get(cell).is_some_and(|&last| last < next_row);
    if !merged && cells.iter().all(|&cell| single(cell)) && is_stack(layout, held, &cells) {
        return push_stack(layout, held, &cells, rows);
    }
    let pieces = |cell: usize| held.get(cell).into_iter().flatten().map(|piece| piece.bytes.clone()).collect();
    let mut texts: Vec<GridCell> = cells.iter().map(|&cell| cell_of(layout, pieces(cell))).collect();
    if merged {
        texts.iter_mut().skip(1).for_each(|cell| *cell = GridCell::default());
    }
    let mut own = cells.iter().filter_map(|&cell| held.get(cell)).flatten();
    let bold = own.all(|piece| layout.lines.get(piece.line).is_some_and(|line| line.bold));
    rows.push(PartRow { cells: texts, bold, merged });
}

/// Whether a row of slots holds several rows of text: a column with a figure on each of several lines, and at least as
/// many labels.
fn is_stack(layout: &Layout, held: &[Vec<Placed>], cells: &[usize]) -> bool {
    let labels = cells.first().and_then(|&cell| held.get(cell)).map_or(0, Vec::len);
    cells.iter().skip(1).filter_map(|&cell| held.get(cell)).any(|pieces| {
        let figures = pieces.iter().filter(|piece| is_figure(layout.slice(piece.bytes.clone()))).count();
        figures > 1 && figures == pieces.len() && labels >= figures
    })
}

/// Reads the rows of a row of slots whose rows are parted by nothing but their lines.
fn push_stack(layout: &Layout, held: &[Vec<Placed>], cells: &[usize], rows: &mut Vec<PartRow>) {
    let mut pieces: Vec<(usize, usize, &Placed)> = Vec::new();
    for (column, &cell) in cells.iter().enumerate() {
        pieces.extend(held.get(cell).into_iter().flatten().map(|piece| (piece.line, column, piece)));
    }
    pieces.sort_by_key(|&(line, column, _)| (line, column));
    let mut stack: Vec<(LineRow, Vec<usize>)> = Vec::new();
    for (line, column, piece) in pieces {
        let chunk = chunk_of(layout, line, piece.bytes.clone());
        match stack.last_mut().filter(|(row, _)| row.line == line) {
            Some((row, columns)) => {
                row.chunks.push(chunk);
                columns.push(column);
            }
            None => stack.push((LineRow::new(layout, line, chunk), vec![column])),
        }
    }
    for row in read_stack(layout, &stack, cells.len()) {
        let bold = row.cells.iter().flatten().next().is_some_and(|first| {
            let line = layout.lines.partition_point(|line| line.end as usize <= first.start);
            layout.lines.get(line).is_some_and(|line| line.bold)
        });
        let cells = row.cells.into_iter().map(|pieces| cell_of(layout, pieces)).collect();
        rows.push(PartRow { cells, bold, merged: false });
    }
}
