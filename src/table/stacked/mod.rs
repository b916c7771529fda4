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

mod asides;
mod assembly;
mod bands;
mod closing;
mod columns;
mod cuts;
mod draft;
mod fans;
mod groups;
mod heads;
mod item;
mod lists;
mod long;
mod mesh;
mod page;
mod plan;
mod records;
mod row_heads;
mod row_names;
mod rows;
mod sheet;
mod short;
mod single;
mod spans;
mod strays;
mod stubs;
mod sums;
#[cfg(test)]
mod tests;
mod turns;
mod wrap;

use super::{Grid, GridCell, cells};
use crate::diagnostic::Code;
use crate::layout::Layout;
use crate::limits::Limits;
use crate::model::Method;
use draft::{Draft, Proof};
use item::{Item, Kind};
use page::LineKind;
use plan::Plan;
use sheet::Sheet;
use std::ops::Range;

/// The grids of a range of lines, and the lines that are cells of no other finder's to read. No line of `apart` is a
/// cell.
pub(super) fn find(
    layout: &Layout,
    lines: Range<usize>,
    apart: &[usize],
    limits: &Limits,
) -> (Vec<Grid>, Vec<Range<usize>>) {
    let kinds = page::line_kinds(layout, lines.clone(), apart);
    if !page::is_stacked(layout, lines.clone(), &kinds) {
        return (Vec::new(), Vec::new());
    }
    let items = page::items_of(layout, lines.clone(), &kinds);
    let grids = read(layout, items, limits);
    let cells = lines.zip(&kinds).filter(|(_, kind)| **kind != LineKind::Prose).map(|(line, _)| line..line + 1);
    (grids, cells.collect())
}

fn read(layout: &Layout, mut items: Vec<Item>, limits: &Limits) -> Vec<Grid> {
    asides::mark(layout, &mut items);
    let mut sheet = Sheet::of(layout, &items);
    let mut plans = Vec::new();
    for page in sheet.pages() {
        plans.extend(plans_of(&mut sheet, &page));
    }
    let (mut items, mut drafts, mut taken) = plan::settle(layout, items, &plans);
    turns::add_last_rows(layout, &items, &mut drafts);
    drafts.iter().flat_map(Draft::items).for_each(|item| taken[item] = true);
    drafts.extend(rest_of(layout, &items, &taken, limits));
    drafts.sort_by_key(Draft::first);
    closing::add_total_rows(layout, &items, &mut drafts);
    turns::head_from_before(&items, &mut drafts);
    let mut drafts = turns::join_pages(layout, &items, drafts);
    drafts.retain(|draft| draft.width() <= limits.columns as usize);
    drafts.retain(|draft| is_believed(layout, &items, draft));
    add_captions(&items, &mut drafts);
    strays::take(layout, &items, &mut drafts);
    spans::add(layout, &mut items, &mut drafts);
    let strays = strays::pages_with(&items, &drafts);
    drafts.iter().map(|draft| grid_of(layout, &items, draft, strays.contains(&items[draft.first()].page))).collect()
}

/// Whether a table's printed totals do not speak against it, and half its cells are figures.
fn is_believed(layout: &Layout, items: &[Item], draft: &Draft) -> bool {
    let proof = draft.proof(layout, items);
    proof.failed <= proof.held + 1 && has_figures(items, draft)
}

/// The tables of a page, the most telling first: what stood between its columns then stands together.
fn plans_of(sheet: &mut Sheet<'_>, page: &Range<usize>) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut memory = bands::Memory::default();
    for fanned in [false, true] {
        while plans.len() < MOST_TABLES {
            let run = columns::best_of(sheet, page, fanned);
            let found = bands::best_of(sheet, page, &mut memory);
            let plan = match (run, found) {
                (Some(run), Some(found)) if found.score > run.score => Some(bands::plan_of(sheet, &found)),
                (Some(run), _) => assembly::plan_of(sheet, &run),
                (None, Some(found)) => Some(bands::plan_of(sheet, &found)),
                (None, None) => None,
            };
            let Some(plan) = plan else { break };
            plans.push(plan);
        }
    }
    plans
}

/// Tables of one page at most.
const MOST_TABLES: usize = 40;

/// The tables among the items that no table has, stretch by stretch.
fn rest_of(layout: &Layout, items: &[Item], taken: &[bool], limits: &Limits) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let free: Vec<usize> = (0..items.len()).filter(|at| !taken[*at]).collect();
    for stretch in free.chunk_by(|a, b| items[*a].stretch == items[*b].stretch) {
        let mut free = stretch.to_vec();
        drafts.extend(single::drafts_of(items, &mut free));
        drafts.extend(records::drafts_of(layout, items, &mut free));
        drafts.extend(mesh::drafts_of(layout, items, &mut free, limits.readings as usize));
        drafts.extend(rows::drafts_of(layout, items, &free));
    }
    drafts
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

/// `beside` says whether on its page stand figures that found no place in any table.
fn grid_of(layout: &Layout, items: &[Item], draft: &Draft, beside: bool) -> Grid {
    let proof = draft.proof(layout, items);
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
    Grid {
        method: Method::Collapsed,
        lines,
        rows,
        header_rows: Some(draft.heads.len()),
        caption: draft.caption.map(bytes),
        notes: draft.notes.iter().copied().map(bytes).collect(),
        confidence: confidence(items, draft, proof, beside),
        doubts: doubts(draft, proof),
    }
}

/// Whether half the cells behind the labels are figures with a value: dashes before the items of a list are none.
fn has_figures(items: &[Item], draft: &Draft) -> bool {
    let cells = || draft.rows.iter().flat_map(|row| row.iter().skip(1)).flatten();
    let valued = cells().filter(|item| items[**item].value.is_some()).count();
    let signs = cells().filter(|item| items[**item].is_figure()).count();
    valued > 1 && valued * 2 >= signs
}

/// The share of tables right in every cell among 150 made by three hands, for those with a header, without one, and what
/// printed totals that agree add.
const HEADED: f64 = 0.78;
const UNHEADED: f64 = 0.60;
const AGREED: f64 = 0.16;

/// What the agreement is worth. Figures on the page without a place may be this table's, unless its totals hold.
fn confidence(items: &[Item], draft: &Draft, proof: Proof, beside: bool) -> f64 {
    let cells = draft.rows.iter().flatten().flatten().count().max(1) as f64;
    let base = if draft.heads.is_empty() { UNHEADED } else { HEADED };
    let proved = if proof.held > 0 && proof.failed == 0 { AGREED } else { 0.0 };
    let failed = if proof.failed > proof.held { 0.3 } else { 0.0 };
    let mixed = 0.1 * proof.mixed.min(3) as f64;
    let open = if draft.open > 0 { 0.3 + draft.open as f64 / cells } else { 0.0 };
    let beside = if beside && proved == 0.0 { 0.1 } else { 0.0 };
    // Rows without a label: the stub stands elsewhere, or the table is torn.
    let stubs = draft.rows.iter().filter_map(|row| row.first().copied().flatten());
    let nameless = if stubs.clone().all(|item| items[item].is_figure()) { 0.3 } else { 0.0 };
    (base + proved - failed - mixed - open - beside - nameless).clamp(0.05, 0.99)
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
