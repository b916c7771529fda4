//! Tables whose labels stand in one block and whose figures come in bands: for some rows at a time a block a column.
//!
//! Takes blocks, gives drafts and the blocks that they use. A band ends where a row has no figures, so a label without
//! cells (a group heading) stands above each band, or there are as many labels as the bands have rows.
//!
//! ```text
//! Limburg      2020 2021     header cells, each alone
//! Mol          284  51  ┐
//! Tienen       367  381 ┘    a band: a block a column
//! Antwerpen
//! Lokeren      372  23  ┐
//! Diest        211  3   ┘    the next
//! ```

use super::block::Block;
use super::draft::Draft;
use super::item::{Item, Kind};
use std::ops::Range;

/// Figures in bands, without their labels.
#[derive(Debug, Clone)]
struct Body {
    /// The header cells, as items, left to right; empty without a header.
    heads: Vec<usize>,
    /// The label before the header cells: the stub's header, unless the stub's block has one.
    corner: Option<usize>,
    /// The blocks that the header takes up.
    head_blocks: Vec<usize>,
    /// The blocks of figures, band by band.
    blocks: Vec<usize>,
    /// The number of columns.
    columns: usize,
    /// The rows of each band.
    heights: Vec<usize>,
    /// Cells missing in a block that is shorter than its band.
    lacking: usize,
}

/// How the labels go with the bands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Fit {
    /// Whether the first label is the stub's header.
    header: bool,
    /// Whether a label without cells stands above each band, above each but the first, or nowhere.
    headings: Headings,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Headings {
    None,
    Each,
    Between,
}

/// How many blocks apart labels and figures may stand.
const REACH: usize = 24;
/// The fewest rows: one label and one figure prove nothing.
const FEWEST_ROWS: usize = 2;
/// The most columns tried.
const MOST_COLUMNS: usize = 40;

/// The tables that stand in bands; the blocks they use are marked in `taken`.
pub(super) fn drafts_of(items: &[Item], blocks: &[Block], taken: &mut [bool]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let run = bare_run(blocks, taken, at);
        if run.is_empty() {
            at += 1;
            continue;
        }
        let end = run.last().map_or(at, |last| last + 1);
        if let Some((body, stub, fit)) = best_body(items, blocks, taken, &run) {
            let used = body.blocks.iter().chain(&body.head_blocks).chain([&stub]);
            used.for_each(|block| taken[*block] = true);
            drafts.push(draft_of(blocks, &body, stub, fit));
        }
        at = end;
    }
    drafts
}

/// The free blocks of figures from here on that nothing parts.
fn bare_run(blocks: &[Block], taken: &[bool], from: usize) -> Vec<usize> {
    let free = (from..blocks.len()).skip_while(|at| *at > from && taken[*at]);
    free.take_while(|at| taken[*at] || blocks[*at].bare).filter(|at| !taken[*at]).collect()
}

fn best_body(items: &[Item], blocks: &[Block], taken: &[bool], run: &[usize]) -> Option<(Body, usize, Fit)> {
    let lone = run.iter().all(|block| blocks[*block].len() == 1);
    let first = *run.first()?;
    let heads = singles_before(blocks, taken, first);
    let mut best: Option<(usize, Body, usize, Fit)> = None;
    for columns in candidates(heads.len(), run.len()) {
        let Some(body) = body_of(blocks, run, columns, &heads) else { continue };
        for stub in stubs_near(blocks, taken, first, run[run.len() - 1]) {
            let near = stub + 1 == first && !follows_figures(items, blocks, stub);
            let Some(fit) = fit_of(&blocks[stub], &body).filter(|_| near || !lone) else { continue };
            let cost = cost_of(&body, fit, stub.abs_diff(first));
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, body.clone(), stub, fit));
            }
        }
    }
    best.map(|(_, body, stub, fit)| (body, stub, fit))
}

/// Whether figures stand right before the labels: they are rows of a table that stands row by row.
fn follows_figures(items: &[Item], blocks: &[Block], stub: usize) -> bool {
    let torn = |block: &&Block| matches!(items[block.items.start].kind, Kind::Remark | Kind::Caption | Kind::Note);
    blocks[..stub].iter().rev().find(|block| !torn(block)).is_some_and(|before| before.bare)
}

/// Numbers of columns worth trying: as many as there are header cells, or one less (the stub's); without a header all
/// that give full bands.
fn candidates(heads: usize, blocks: usize) -> Vec<usize> {
    let counts: Vec<usize> = match heads {
        0 => (1..=blocks.min(MOST_COLUMNS)).collect(),
        1 => vec![1],
        _ => (heads.saturating_sub(2).max(1)..=heads.min(MOST_COLUMNS)).rev().collect(),
    };
    counts.into_iter().filter(|columns| blocks.is_multiple_of(*columns)).collect()
}

/// The blocks of one label each right before a block, nearest last; a stub's block between is passed over.
fn singles_before(blocks: &[Block], taken: &[bool], before: usize) -> Vec<usize> {
    let mut singles = Vec::new();
    let mut passed = false;
    for at in (before.saturating_sub(MOST_COLUMNS)..before).rev().filter(|at| !taken[*at]) {
        let block = &blocks[at];
        match (block.is_labels(), block.len()) {
            (true, 1) => singles.push(at),
            (true, _) if singles.is_empty() && !passed => passed = true,
            _ => break,
        }
    }
    singles.reverse();
    singles
}

fn body_of(blocks: &[Block], run: &[usize], columns: usize, singles: &[usize]) -> Option<Body> {
    let head_blocks: Vec<usize> = singles[singles.len().saturating_sub(columns)..].to_vec();
    let corner = (singles.len() == columns + 1).then(|| blocks[singles[0]].items.start);
    let head_blocks = if head_blocks.len() == columns { head_blocks } else { Vec::new() };
    let heads: Vec<usize> = head_blocks.iter().map(|block| blocks[*block].items.start).collect();
    let mut heights = Vec::new();
    let mut lacking = 0;
    for band in run.chunks(columns) {
        let lengths = band.iter().map(|block| blocks[*block].len());
        let height = lengths.clone().max()?;
        lacking += lengths.map(|length| height - length).sum::<usize>();
        heights.push(height);
    }
    let cells: usize = heights.iter().sum::<usize>() * columns;
    let few = lacking * MOST_LACKING <= cells;
    (few && heights.iter().sum::<usize>() >= FEWEST_ROWS).then_some(Body {
        heads,
        corner,
        head_blocks,
        blocks: run.to_vec(),
        columns,
        heights,
        lacking,
    })
}

/// One cell in so many may be missing.
const MOST_LACKING: usize = 5;

/// Free blocks of labels near a run of figures, those before it first, the nearest first.
fn stubs_near(blocks: &[Block], taken: &[bool], first: usize, last: usize) -> Vec<usize> {
    let is_stub = |at: &usize| !taken[*at] && blocks[*at].is_labels() && blocks[*at].len() > 1;
    let before = (first.saturating_sub(REACH)..first).rev().filter(is_stub);
    let after = (last + 1..blocks.len().min(last + 1 + REACH / 4)).filter(is_stub);
    before.chain(after).collect()
}

/// How the labels of a stub go with the bands, if they do.
fn fit_of(stub: &Block, body: &Body) -> Option<Fit> {
    let (rows, bands) = (body.heights.iter().sum::<usize>(), body.heights.len());
    let spare = stub.len().checked_sub(rows)?;
    let fits = [
        (0, Fit { header: false, headings: Headings::None }),
        (1, Fit { header: true, headings: Headings::None }),
        (bands, Fit { header: false, headings: Headings::Each }),
        (bands + 1, Fit { header: true, headings: Headings::Each }),
        (bands.wrapping_sub(1), Fit { header: false, headings: Headings::Between }),
    ];
    let usable = |fit: &Fit| (fit.headings == Headings::None || bands > 1) && !(fit.header && body.heads.is_empty());
    fits.into_iter().filter(|(count, fit)| *count == spare && usable(fit)).map(|(_, fit)| fit).next()
}

/// The lower the better: cells missing first, then a header missing, then how far the labels stand.
fn cost_of(body: &Body, fit: Fit, distance: usize) -> usize {
    let between = usize::from(fit.headings == Headings::Between);
    body.lacking * 40 + usize::from(body.heads.is_empty()) * 20 + between * 5 + distance
}

fn draft_of(blocks: &[Block], body: &Body, stub: usize, fit: Fit) -> Draft {
    let labels: Range<usize> = blocks[stub].items.clone();
    let mut next = labels.start + usize::from(fit.header);
    let mut draft = Draft { open: 0, ..Draft::default() };
    if !body.heads.is_empty() {
        let corner = if fit.header { Some(labels.start) } else { body.corner };
        draft.heads.push([corner].into_iter().chain(body.heads.iter().copied().map(Some)).collect());
    }
    for (index, (band, height)) in body.blocks.chunks(body.columns).zip(&body.heights).enumerate() {
        let heading = fit.headings == Headings::Each || fit.headings == Headings::Between && index > 0;
        if heading {
            let mut row = vec![None; body.columns + 1];
            row[0] = Some(next);
            draft.rows.push(row);
            next += 1;
        }
        for row in 0..*height {
            let cell = |block: &usize| (row < blocks[*block].len()).then_some(blocks[*block].items.start + row);
            let cells = band.iter().map(cell);
            draft.rows.push([Some(next)].into_iter().chain(cells).collect());
            next += 1;
        }
        let short = band.iter().filter(|block| blocks[**block].len() < *height);
        draft.open += short.map(|block| blocks[*block].len()).sum::<usize>();
    }
    draft
}
