//! Tables without rules: lines whose words keep their columns, in a PDF or in text laid out as on the page.
//!
//! Takes a layout whose words have places (points, or characters from the line's start), gives [`Grid`]s. First the
//! *zones*: stretches of lines in rows, with the wrapped lines and group headings between them. Then their columns
//! (`bands`), from the rows that hold figures; then rows and headers (`rows`). A page's end parts a zone; what goes on
//! with the same columns on the next page is joined.
//!
//! ```text
//! Categorie                 2019     2020         header: columns named, no amounts
//! Antwerpen                                       group heading
//! Vragen over een            636       12         row, its label
//! premie                                          wrapped
//! Totaal                   1 373       20
//! ```
//!
//! No tables: lists (`1.  Tekst`), lists of contents, two columns of words without a figure, prose with wide spaces.

mod bands;
pub(super) mod chunks;
mod contents;
mod figures;
mod header;
pub(super) mod line;
mod margins;
mod marks;
mod merged;
pub(super) mod rows;
mod sides;
mod spacing;
mod spans;
#[cfg(test)]
mod tests;
mod wraps;
mod zones;

use super::cells::cell_of;
use super::surround::{caption_above, next_body, notes_below, previous_body};
use super::words::is_total;
use super::{Grid, GridCell};
use crate::layout::Layout;
use crate::model::Method;
use bands::Bands;
use line::{TableRow, starts_small};
use rows::read_rows;
use std::ops::Range;
use zones::{Zone, find_zones};

/// How sure a grid is in which every row fills its columns, and how much a doubt takes off.
const SUREST: f64 = 0.95;
const LEAST_SURE: f64 = 0.55;

/// What a first row without a label takes off where others have one: labels may then stand in the middle of several rows,
/// and lines do not tell which.
const UNLABELLED: f64 = 0.2;

/// Rows of figures that make a table of two columns.
const FEWEST_ROWS: usize = 2;

/// Lines of words in columns that make a table without any figure.
const FEWEST_TEXT_ROWS: usize = 3;

/// The share of chunks that line up, at least: with figures, and where only words tell.
const LEAST_ALIGNED: f64 = 0.6;
const LEAST_ALIGNED_TEXT: f64 = 0.85;

/// The share of chunks without a letter or a figure that a table has at most: ticks and crosses in some of its columns.
const MOST_SIGNS: f32 = 0.2;

/// A table on one page.
struct Part {
    zone: Zone,
    bands: Bands,
    header: Vec<TableRow>,
    body: Vec<TableRow>,
    /// The share of its chunks that line up with others of their column.
    alignment: f64,
    /// Whether it is one row, which is a table only together with what the next page holds.
    lone: bool,
}

/// Finds the tables in a range of lines by the places of their words.
pub(crate) fn find(layout: &Layout, lines: Range<usize>) -> Vec<Grid> {
    let lines = lines.start..lines.end.min(layout.lines.len());
    let mut grids = Vec::new();
    if !lines.clone().any(|line| chunks::may_part(layout, line)) {
        return grids;
    }
    let mut open: Option<Part> = None;
    let mut heads: Option<Zone> = None;
    for zone in find_zones(layout, lines.clone()) {
        let above = heads.take();
        let Some(mut part) = zone_to_part(layout, &zone) else {
            heads = Some(zone);
            continue;
        };
        if let Some(above) = above.filter(|above| is_turned(layout, above, &part.zone, &lines)) {
            take_head(layout, above, &mut part);
        }
        if let Some(before) = open.as_mut().filter(|before| is_turned(layout, &before.zone, &part.zone, &lines)) {
            fit_lone_row(before, &mut part);
            give_wraps(layout, before, &mut part);
        }
        match open.as_mut() {
            Some(before) if continues(layout, before, &part, &lines) => join(layout, before, part),
            _ => grids.extend(open.replace(part).and_then(|part| part_to_grid(layout, part, &lines))),
        }
    }
    grids.extend(open.and_then(|part| part_to_grid(layout, part, &lines)));
    grids
}

/// Reads a zone. None where it is no table.
fn zone_to_part(layout: &Layout, zone: &Zone) -> Option<Part> {
    let tabular: Vec<&chunks::Row> = zone.rows.iter().filter(|row| row.is_tabular(layout)).collect();
    if contents::is_contents(layout, &tabular) {
        return None;
    }
    let amounts: Vec<&chunks::Row> = tabular.iter().copied().filter(|row| row.has_amount()).collect();
    let names = tabular.iter().take_while(|row| !row.has_amount()).max_by_key(|row| row.chunks.len());
    let named = names.map_or(0, |row| row.chunks.len());
    let told = amounts.len() >= FEWEST_ROWS || amounts.iter().any(|row| (named..named + 2).contains(&row.chunks.len()));
    let basis = if told { &amounts } else { &tabular };
    let bands = Bands::of(basis, names.copied());
    if bands.count() < 2 || bands.count() > super::MOST_COLUMNS {
        return None;
    }
    let (enough, least) = if amounts.is_empty() {
        (bands.count() > 2 && tabular.len() >= FEWEST_TEXT_ROWS, LEAST_ALIGNED_TEXT)
    } else {
        (true, LEAST_ALIGNED)
    };
    let alignment = alignment(basis, &bands);
    if !enough || alignment < least {
        return None;
    }
    let mut zone = zone.clone();
    bands.part_cells(layout, &mut zone.rows);
    let (header, mut body) = read_rows(layout, &zone, &bands);
    merged::repeat_centred(layout, &mut body);
    if is_formula(layout, &zone.rows) {
        return None;
    }
    let lone = tabular.len() < FEWEST_ROWS;
    (!body.is_empty()).then_some(Part { zone, bands, header, body, alignment, lone })
}

/// Whether rows are lines of a formula or a drawing: many of their chunks are signs without a letter or a figure.
fn is_formula(layout: &Layout, rows: &[chunks::Row]) -> bool {
    let chunks = || rows.iter().filter(|row| row.chunks.len() > 1).flat_map(|row| &row.chunks);
    let sign =
        |chunk: &&chunks::Chunk| !chunk.figure && !layout.slice(chunk.bytes.clone()).contains(char::is_alphanumeric);
    let signs = chunks().filter(sign).count() as f32;
    signs > MOST_SIGNS * chunks().count() as f32
}

/// Takes what stands at a page's end, the columns' names and perhaps a group's heading, as the head of the table that
/// begins the next page.
fn take_head(layout: &Layout, mut heads: Zone, part: &mut Part) {
    let [row] = heads.rows.as_slice() else { return };
    let named = TableRow::in_order(row, part.bands.count());
    let same = part.header.last().is_none_or(|header| header.texts(layout) == named.texts(layout));
    if row.chunks.len() > part.bands.count() || row.chunks.iter().any(|chunk| chunk.amount) || !same {
        return;
    }
    if part.header.is_empty() {
        part.header.push(named);
    }
    let headings = heads.take_tail().iter().map(|row| TableRow::in_order(row, part.bands.count())).collect::<Vec<_>>();
    part.body.splice(0..0, headings);
    part.zone.rows.splice(0..0, heads.rows);
}

/// Reads a row that stands alone on a new page by the columns of the table before: a total as many of whose figures
/// end it as end the rows above.
fn fit_lone_row(before: &Part, part: &mut Part) {
    let [row] = part.zone.rows.as_slice() else { return };
    let figures = bands::figures_at_end(row);
    let last = before.zone.rows.iter().rev().find(|row| row.chunks.len() > 1);
    // Years and days before the amounts have no total.
    let amounts = |row: &chunks::Row| row.chunks.iter().rev().take_while(|chunk| chunk.amount).count();
    let same = |last: &chunks::Row| [bands::figures_at_end(last), amounts(last)].contains(&figures);
    if figures > 0 && figures < row.chunks.len() && last.is_some_and(same) {
        part.body = vec![TableRow::by_figures(row, figures, before.bands.count())];
        part.bands = before.bands.clone();
        part.header.clear();
    }
}

/// Gives what stands below a repeated header, and is none of it, to the last row before the page's end.
fn give_wraps(layout: &Layout, before: &mut Part, part: &mut Part) {
    let ([head], [again], Some(last)) = (before.header.as_slice(), part.header.as_mut_slice(), before.body.last_mut())
    else {
        return;
    };
    let wraps: Vec<Option<usize>> = again
        .cells
        .iter()
        .zip(head.texts(layout))
        .map(|(cell, text)| {
            (0..=cell.len())
                .rev()
                .find(|count| cell.get(..*count).is_some_and(|kept| cell_of(layout, kept.to_vec()).text == text))
        })
        .collect();
    let more = again.cells.iter().zip(&wraps).any(|(cell, kept)| kept.is_some_and(|kept| kept < cell.len()));
    if !more || wraps.iter().any(Option::is_none) || last.cells.len() != again.cells.len() {
        return;
    }
    for ((cell, kept), above) in again.cells.iter_mut().zip(wraps).zip(&mut last.cells) {
        above.extend(cell.drain(kept.unwrap_or(0)..));
    }
}

/// Whether nothing but a page's end stands between two zones.
fn is_turned(layout: &Layout, before: &Zone, after: &Zone, bounds: &Range<usize>) -> bool {
    let last = before.tail.last().map(|row| row.line).or(before.last_line());
    let first = after.lead.first().map(|row| row.line).or(after.first_line());
    let (Some(last), Some(first)) = (last, first) else { return false };
    let page = |line: usize| layout.lines.get(line).map(|line| line.page);
    page(first).zip(page(last)).is_some_and(|(first, last)| first == last + 1)
        && next_body(layout, last, bounds.end) == Some(first)
        && previous_body(layout, first, bounds.start) == Some(last)
}

/// The share of chunks that line up: whose left edge, right edge or middle is where that of most of their column is.
fn alignment(rows: &[&chunks::Row], bands: &Bands) -> f64 {
    let mut edges: Vec<[Vec<f32>; 3]> = (0..bands.count()).map(|_| Default::default()).collect();
    let em = rows.iter().map(|row| row.em).fold(0.0, f32::max);
    for row in rows {
        for (chunk, column) in row.chunks.iter().zip(bands.columns_of(row)) {
            if let Some([left, right, middle]) = edges.get_mut(column) {
                left.push(chunk.x.start);
                right.push(chunk.x.end);
                middle.push(chunk.x.middle());
            }
        }
    }
    let (mut aligned, mut all) = (0, 0);
    for kinds in &mut edges {
        all += kinds.first().map_or(0, Vec::len);
        aligned += kinds.iter_mut().map(|places| most_together(places, em * 1.2)).max().unwrap_or(0);
    }
    f64::from(aligned as u32) / f64::from((all as u32).max(1))
}

/// How many places lie within a width of one another, at most.
fn most_together(places: &mut [f32], width: f32) -> usize {
    places.sort_by(f32::total_cmp);
    let mut start = 0;
    let mut most = 0;
    for end in 0..places.len() {
        while places.get(end).zip(places.get(start)).is_some_and(|(last, first)| last - first > width) {
            start += 1;
        }
        most = most.max(end + 1 - start);
    }
    most
}

/// Whether a part is the next page's part of the table before.
fn continues(layout: &Layout, before: &Part, part: &Part, bounds: &Range<usize>) -> bool {
    let same_header = !part.header.is_empty()
        && part.header.len() == before.header.len()
        && part.header.iter().zip(&before.header).all(|(a, b)| a.texts(layout) == b.texts(layout));
    let closed = before.body.last().is_some_and(|row| is_total(&row.label(layout)));
    is_turned(layout, &before.zone, &part.zone, bounds)
        && part.bands.count() == before.bands.count()
        && (same_header || part.header.is_empty() && !closed)
}

fn join(layout: &Layout, before: &mut Part, part: Part) {
    let count = before.bands.count();
    before.body.extend(before.zone.take_tail().iter().map(|row| TableRow::in_order(row, count)));
    for row in part.zone.lead {
        let columns = before.bands.columns_of(&row);
        let heads = columns.first() == Some(&0) && !starts_small(layout, &row);
        match before.body.last_mut().filter(|_| !heads) {
            Some(last) => last.add(&row, &columns),
            None => before.body.push(TableRow::in_order(&row, count)),
        }
        before.zone.rows.push(row);
    }
    before.zone.tail = part.zone.tail;
    before.lone = false;
    before.body.extend(part.body);
    before.zone.rows.extend(part.zone.rows);
    before.alignment = before.alignment.min(part.alignment);
}

fn part_to_grid(layout: &Layout, part: Part, bounds: &Range<usize>) -> Option<Grid> {
    if part.lone {
        return None;
    }
    let first = part.zone.first_line().unwrap_or(bounds.start);
    let last = part.zone.last_line().unwrap_or(first);
    let caption = caption_above(layout, first, bounds.start);
    let (notes, note_lines) = notes_below(layout, last, bounds.end);
    let mut lines: Vec<usize> = caption.iter().flat_map(|(_, lines)| lines.clone()).collect();
    lines.extend(part.zone.rows.iter().flat_map(chunks::Row::lines));
    lines.extend(note_lines);
    lines.sort_unstable();
    lines.dedup();
    let unlabelled = |row: &TableRow| row.cells.first().is_some_and(Vec::is_empty);
    let spanned = part.body.first().is_some_and(unlabelled) && !part.body.iter().all(unlabelled);
    let header_rows = part.header.len();
    let doubtful = part.body.iter().filter(|row| row.doubtful).count() as f64 / part.body.len().max(1) as f64;
    let rows: Vec<Vec<GridCell>> = part
        .header
        .into_iter()
        .chain(part.body)
        .map(|row| row.cells.into_iter().map(|pieces| cell_of(layout, pieces)).collect())
        .collect();
    let certain = header_rows > 0;
    Some(Grid {
        method: Method::Aligned,
        lines,
        rows,
        header_rows: certain.then_some(header_rows),
        caption: caption.map(|(bytes, _)| bytes),
        notes,
        confidence: (SUREST * part.alignment.sqrt() - doubtful * 0.4 - if spanned { UNLABELLED } else { 0.0 })
            .clamp(LEAST_SURE, SUREST),
        doubts: Vec::new(),
    })
}
