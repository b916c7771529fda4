//! Grids in text that has one cell a line, as `pdftotext` without `-layout` leaves it.
//!
//! Takes lines, gives [`Grid`]s. No line tells its row or column: cells come row by row, column by column or in bands,
//! and blocks of neighbouring tables may be glued together or stand among each other. A table is believed where it
//! agrees with itself: columns are as long as their stub, each label is followed by as many cells as there are
//! headers, and printed totals are the sums of what stands above them. What does not agree is left alone.
//!
//! ```text
//! lines → region → items → blocks → columns ┐
//!                                   bands   ├→ drafts → Grid
//!                                   rows    ┘
//!
//! Izegem / 34 / 117            rows:    a cell a block, row by row
//! Mol │ Temse   12 │ 7         columns: a block a column
//! ```

mod bands;
mod block;
mod columns;
mod draft;
mod item;
mod mesh;
mod records;
mod region;
mod rows;
#[cfg(test)]
mod tests;

use super::{Grid, GridCell, cells};
use crate::diagnostic::Code;
use crate::layout::Layout;
use crate::limits::Limits;
use crate::model::Method;
use draft::{Draft, Proof};
use item::{Item, Kind};
use std::ops::Range;

/// The grids of a range of lines, and the ranges in which every line is one cell: whatever stands in these and in no
/// grid is no other finder's to read.
pub(super) fn find(layout: &Layout, lines: Range<usize>, limits: &Limits) -> (Vec<Grid>, Vec<Range<usize>>) {
    let regions = region::regions(layout, lines);
    let grids = regions.iter().flat_map(|region| read(layout, region.clone(), limits)).collect();
    (grids, regions)
}

fn read(layout: &Layout, region: Range<usize>, limits: &Limits) -> Vec<Grid> {
    let items = item::join_wrapped(layout, item::items_of(layout, region));
    let blocks = block::blocks_of(layout, &items);
    let mut taken = vec![false; blocks.len()];
    let mut drafts = columns::drafts_of(layout, &items, &blocks, &mut taken);
    drafts.extend(bands::drafts_of(&items, &blocks, &mut taken));
    columns::add_last_rows(layout, &items, &blocks, &mut taken, &mut drafts);
    let mut free: Vec<usize> =
        blocks.iter().zip(&taken).filter(|(_, taken)| !**taken).flat_map(|(block, _)| block.items.clone()).collect();
    drafts.extend(records::drafts_of(layout, &items, &mut free));
    drafts.extend(mesh::drafts_of(layout, &items, &mut free, limits.readings as usize));
    drafts.extend(rows::drafts_of(layout, &items, &free));
    drafts.sort_by_key(Draft::first);
    let mut drafts = join_pages(layout, &items, drafts);
    drafts.retain(|draft| draft.width() <= limits.columns as usize);
    add_captions(&items, &mut drafts);
    drafts.iter().filter_map(|draft| grid_of(layout, &items, draft)).collect()
}

/// Joins parts of one table that stand on different pages under the same header.
fn join_pages(layout: &Layout, items: &[Item], drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        match joined.last_mut() {
            Some(last) if goes_on(layout, items, last, &draft) => {
                last.repeated.extend(draft.heads.iter().flatten().flatten());
                last.rows.append(&mut draft.rows);
                last.open += draft.open;
            }
            _ => joined.push(draft),
        }
    }
    joined
}

fn goes_on(layout: &Layout, items: &[Item], last: &Draft, next: &Draft) -> bool {
    let closed = super::words::is_total(last.label(layout, items, last.rows.len().saturating_sub(1)));
    let page = |item: usize| items[item].lines.first().and_then(|line| layout.lines.get(*line)).map(|line| line.page);
    let captioned = (last.first()..next.first()).any(|item| items[item].kind == Kind::Caption);
    !closed
        && !captioned
        && !next.heads.is_empty()
        && page(last.first()) != page(next.first())
        && last.header_texts(layout, items) == next.header_texts(layout, items)
}

/// Gives each caption to the first table behind it that has none, each note to the last table before it.
fn add_captions(items: &[Item], drafts: &mut [Draft]) {
    let starts: Vec<usize> = drafts.iter().map(Draft::first).collect();
    for (index, item) in items.iter().enumerate() {
        match item.kind {
            Kind::Caption => {
                let next = starts.partition_point(|start| *start < index);
                // A caption in the midst of a table was torn into it.
                let around = drafts.iter().position(|d| d.first() < index && d.items().any(|item| item > index));
                let free = |at: &usize| drafts.get(*at).is_some_and(|draft| draft.caption.is_none());
                if let Some(at) = around.filter(free).or(Some(next).filter(free)) {
                    drafts[at].caption = Some(index);
                }
            }
            Kind::Note | Kind::Remark => {
                let next = starts.partition_point(|start| *start < index);
                if let Some(draft) = next.checked_sub(1).and_then(|last| drafts.get_mut(last)) {
                    draft.notes.push(index);
                }
            }
            _ => {}
        }
    }
}

fn grid_of(layout: &Layout, items: &[Item], draft: &Draft) -> Option<Grid> {
    let proof = draft.proof(layout, items);
    if proof.failed > proof.held + 1 || !has_figures(items, draft) {
        return None;
    }
    let cell = |item: &Option<usize>| {
        item.and_then(|item| items.get(item))
            .map_or_else(GridCell::default, |i| cells::cell_of(layout, i.bytes.clone()))
    };
    let rows: Vec<Vec<GridCell>> =
        draft.heads.iter().chain(&draft.rows).map(|row| row.iter().map(cell).collect()).collect();
    let mut lines: Vec<usize> = draft.items().flat_map(|item| items[item].lines.iter().copied()).collect();
    lines.sort_unstable();
    lines.dedup();
    let bytes = |item: usize| {
        let ranges = &items[item].bytes;
        ranges.first().map_or(0, |r| r.start)..ranges.last().map_or(0, |r| r.end)
    };
    Some(Grid {
        method: Method::Collapsed,
        lines,
        rows,
        header_rows: Some(draft.heads.len()),
        caption: draft.caption.map(bytes),
        notes: draft.notes.iter().copied().map(bytes).collect(),
        confidence: confidence(draft, proof),
        doubts: doubts(draft, proof),
    })
}

/// Whether half the cells behind the labels are figures with a value: dashes before the items of a list are none.
fn has_figures(items: &[Item], draft: &Draft) -> bool {
    let cells = || draft.rows.iter().flat_map(|row| row.iter().skip(1)).flatten();
    let valued = cells().filter(|item| items[**item].value.is_some()).count();
    let signs = cells().filter(|item| items[**item].is_figure()).count();
    valued > 1 && valued * 2 >= signs
}

/// What the agreement is worth.
fn confidence(draft: &Draft, proof: Proof) -> f64 {
    let cells = draft.rows.iter().flatten().flatten().count().max(1) as f64;
    let base = if draft.heads.is_empty() { 0.8 } else { 0.92 };
    let proved = if proof.held > 0 && proof.failed == 0 { 0.06 } else { 0.0 };
    let failed = if proof.failed > proof.held { 0.3 } else { 0.0 };
    let mixed = 0.1 * proof.mixed.min(3) as f64;
    let open = if draft.open > 0 { 0.3 + draft.open as f64 / cells } else { 0.0 };
    (base + proved - failed - mixed - open).clamp(0.05, 0.99)
}

fn doubts(draft: &Draft, _proof: Proof) -> Vec<(Code, String)> {
    let mut doubts = Vec::new();
    if draft.open > 0 {
        let message = format!(
            "{} cells stand in rows or columns with cells missing, whose place the text does not tell",
            draft.open
        );
        doubts.push((Code::TableAmbiguous, message));
    }
    if draft.inferred > 0 {
        let message = format!("{} cells were placed by the printed totals", draft.inferred);
        doubts.push((Code::EmptyCellsInferred, message));
    }
    doubts
}
