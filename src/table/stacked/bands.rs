//! Tables that stand in bands: for some rows at a time a piece for each column.
//!
//! Takes the pieces of a page that no table has yet, gives plans. A band ends where a row is higher than the others, or
//! has no figures; rows with space between are bands of one row each. Columns of wrapped labels may stand in one piece
//! before all bands, and a label without cells above each.
//!
//! ```text
//! Limburg      2020 2021     header cells, each alone
//! Mol          284  51  ┐
//! Tienen       367  381 ┘    a band: a piece a column
//! Antwerpen
//! Lokeren      372  23  ┐
//! Diest        211  3   ┘    the next
//! ```

use super::assembly;
use super::heads::{self, Column, HEAD_LINES};
use super::long;
use super::plan::{Cell, Plan};
use super::sheet::{Piece, Sheet};
use super::stubs::Stub;
use super::wrap;
use std::collections::HashMap;
use std::ops::Range;

/// The most columns tried.
const MOST_COLUMNS: usize = 40;
/// The most columns of a table some of whose columns are words.
const MOST_WORDED: usize = 12;
/// How many pieces before its bands a column of labels may stand.
pub(super) const REACH: usize = 24;
/// How many pieces behind its bands labels may stand.
pub(super) const BEHIND: usize = 4;
/// What the joins of wrapped labels may cost, for each of them.
const MOST_COST: u32 = 7;

/// Bands under each other, each a piece a column; what their cells are is found once a table is chosen.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub pieces: Vec<usize>,
    pub columns: usize,
    /// The number of rows of each band.
    pub heights: Vec<usize>,
    /// Whether the first band has a header over each column.
    pub headed: bool,
    /// Whether some columns are words.
    words: bool,
    /// Whether a column is not of one kind throughout.
    uneven: bool,
}

impl Body {
    pub(super) fn rows(&self) -> usize {
        self.heights.iter().sum()
    }

    fn first(&self) -> &[usize] {
        self.pieces.get(..self.columns).unwrap_or(&[])
    }

    pub(super) fn is_high(&self) -> bool {
        self.heights.iter().any(|height| *height > 1)
    }

    /// Behind which rows the bands end.
    pub(super) fn breaks(&self) -> Vec<usize> {
        let ends = self.heights.iter().scan(0, |end, height| {
            *end += height;
            Some(*end)
        });
        ends.collect()
    }
}

/// A table in bands: columns of labels in one piece each, then the columns in bands.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub body: Body,
    pub long: Vec<Stub>,
    /// For each band whether a label without cells stands above it; as many labels the first long column has more.
    pub headings: Vec<bool>,
    /// How telling it is.
    pub score: i64,
}

/// The most telling tables of the stretches so far, each with the free pieces that it was found among: what is taken
/// elsewhere changes nothing.
#[derive(Debug, Default)]
pub(super) struct Memory(HashMap<usize, (Vec<usize>, Option<Found>)>);

/// The most telling table of a page that stands in bands.
pub(super) fn best_of(sheet: &Sheet<'_>, page: &Range<usize>, memory: &mut Memory) -> Option<Found> {
    let free: Vec<usize> = page.clone().filter(|at| !sheet.taken[*at] && !sheet.pieces[*at].alone).collect();
    let mut best: Option<Found> = None;
    let mut start = 0;
    for run in free.chunk_by(|a, b| sheet.pieces[*a].stretch == sheet.pieces[*b].stretch) {
        let range = start..start + run.len();
        start = range.end;
        let around = &free[range.start.saturating_sub(REACH)..free.len().min(range.end + BEHIND)];
        let known = memory.0.get(&sheet.pieces[run[0]].stretch).filter(|(before, _)| before == around);
        let found = match known {
            Some((_, found)) => found.clone(),
            None => {
                let found = best_in(sheet, &free, range);
                memory.0.insert(sheet.pieces[run[0]].stretch, (around.to_vec(), found.clone()));
                found
            }
        };
        if let Some(found) = found.filter(|found| best.as_ref().is_none_or(|best| best.score < found.score)) {
            best = Some(found);
        }
    }
    best
}

/// The most telling table whose bands stand in a stretch.
fn best_in(sheet: &Sheet<'_>, free: &[usize], stretch: Range<usize>) -> Option<Found> {
    let figures: Vec<bool> = free.iter().map(|piece| sheet.pieces[*piece].is_figures()).collect();
    let tall = free[stretch.clone()].iter().any(|piece| sheet.pieces[*piece].cells() > 1);
    let widest: Vec<usize> = (0..stretch.end).map(|at| widest_band(sheet, &free[at..stretch.end])).collect();
    let row = Row { free: &free[..stretch.end], figures: &figures, widest: &widest };
    let mut best: Option<Found> = None;
    for start in stretch.clone() {
        let most = most_columns(&figures[start..stretch.end], start == stretch.start, tall);
        for columns in 1..=most.min(widest[start]) {
            let Some(body) = body_at(sheet, &row, start, columns) else { continue };
            for found in readings(sheet, free, start, body) {
                if best.as_ref().is_none_or(|best| best.score < found.score) {
                    best = Some(found);
                }
            }
        }
    }
    best.filter(|best| best.score > 0)
}

/// The most columns of a table that begins here. Two bands at least. Rows that lead with their labels are all of the
/// stretch; without piece of two cells a table that begins later has figures alone, three bands at least.
fn most_columns(figures: &[bool], first: bool, tall: bool) -> usize {
    let run = figures.iter().take_while(|figures| **figures).count();
    let most = match (first, tall) {
        (true, _) => figures.len() / 2,
        (false, false) => run / 3,
        (false, true) => (figures.len() / 2).min(run.max(MOST_WORDED)),
    };
    most.min(MOST_COLUMNS)
}

/// The free pieces up to the end of a stretch, with what is asked of them again and again.
struct Row<'a> {
    free: &'a [usize],
    /// Which of them are figures.
    figures: &'a [bool],
    /// The most columns of a band that begins with each.
    widest: &'a [usize],
}

/// The most columns that a band of these pieces has: with one more, its figures are not all alike.
fn widest_band(sheet: &Sheet<'_>, pieces: &[usize]) -> usize {
    let mut first: Option<&Piece> = None;
    let fits = |piece: &&usize| {
        let piece = &sheet.pieces[**piece];
        if !piece.is_figures() {
            return !piece.mixed;
        }
        let first = first.get_or_insert(piece);
        let alike = piece.cells() == first.cells() && (piece.labels > 0) == (first.labels > 0);
        alike && piece.labels <= HEAD_LINES
    };
    pieces.iter().take(MOST_COLUMNS).take_while(fits).count()
}

/// As many bands of so many columns as stand from here on: two at least.
fn body_at(sheet: &Sheet<'_>, row: &Row<'_>, start: usize, columns: usize) -> Option<Body> {
    let Row { free, figures, widest } = row;
    // The kinds of the columns: those of the first band with figures.
    let mut kinds: Option<&[bool]> = None;
    let (mut heights, mut at, mut first, mut uneven, mut again) = (Vec::new(), start, None, false, 0);
    while let Some(pieces) = free.get(at..at + columns) {
        // A column is words throughout, or figures; the header's words say nothing.
        let now = figures.get(at..at + columns)?;
        let apart = kinds.map_or(0, |kinds| differ(kinds, now));
        if kinds.is_some_and(|kinds| kinds.first() != now.first()) || apart * 3 > columns {
            break;
        }
        if columns > widest[at] {
            break;
        }
        let Some(band) = band_of(sheet, pieces, now, at == start) else { break };
        if kinds.is_none() && now.contains(&true) {
            kinds = Some(now);
        }
        uneven |= apart > 0;
        again += usize::from(repeats(now));
        first.get_or_insert(band.headed);
        heights.push(band.height);
        at += columns;
    }
    let told = heights.len() > 1 && again * 2 < heights.len();
    let kinds = kinds.filter(|_| told)?;
    let words = kinds.contains(&false);
    Some(Body { pieces: free[start..at].to_vec(), columns, heights, headed: first == Some(true), words, uneven })
}

/// Whether the kinds of the columns come again: then a row is several.
fn repeats(kinds: &[bool]) -> bool {
    let is_period =
        |period: usize| kinds.len().is_multiple_of(period) && kinds[period..] == kinds[..kinds.len() - period];
    kinds.contains(&false) && (1..=kinds.len() / 2).any(is_period)
}

fn differ(a: &[bool], b: &[bool]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

/// Rows of one height, and whether their columns have headers.
struct Band {
    height: usize,
    headed: bool,
}

/// The band that these pieces make up, one a column; those that are `figures` are all alike.
fn band_of(sheet: &Sheet<'_>, pieces: &[usize], figures: &[bool], first: bool) -> Option<Band> {
    let figure = figures.iter().position(|figures| *figures).map(|at| &sheet.pieces[pieces[at]]);
    // Labels alone: a row of words, or the header.
    let height = figure.map_or(1, |piece| piece.cells());
    let headed = figure.is_some_and(|piece| piece.labels > 0);
    if headed && !first {
        return None;
    }
    let mut labels = pieces.iter().zip(figures).filter(|(_, figures)| !**figures).map(|(piece, _)| *piece);
    labels.all(|piece| fits(sheet, piece, height, headed)).then_some(Band { height, headed })
}

/// How many of a piece's items are its header, in a band with headers or without.
fn own_head(piece: &Piece, headed: bool) -> usize {
    match (headed, piece.is_labels()) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => piece.labels,
    }
}

/// Whether labels, which may be wrapped, can be so many cells.
fn fits(sheet: &Sheet<'_>, at: usize, height: usize, headed: bool) -> bool {
    let piece = &sheet.pieces[at];
    match piece.len() - own_head(piece, headed) {
        1 => height == 1,
        _ => cells_of(sheet, at, height, headed).is_some(),
    }
}

/// The cells of a piece in a band.
fn cells_of(sheet: &Sheet<'_>, at: usize, height: usize, headed: bool) -> Option<Vec<Range<usize>>> {
    let piece = &sheet.pieces[at];
    let start = piece.items.start + own_head(piece, headed);
    let items = sheet.items.get(start..piece.items.end)?;
    let (cells, cost) = wrap::fit(sheet.layout, items, height, &[])?;
    let cheap = cost <= MOST_COST * (items.len() - height) as u32;
    cheap.then(|| cells.iter().map(|cell| start + cell.start..start + cell.end).collect())
}

/// How a body may be a table: with labels in its first column, or in long columns before it.
fn readings(sheet: &Sheet<'_>, free: &[usize], start: usize, body: Body) -> Vec<Found> {
    let mut found = Vec::new();
    let size: usize = body.pieces.iter().map(|piece| sheet.pieces[*piece].len()).sum();
    let labels = |piece: &usize| sheet.pieces[*piece].is_labels();
    let rows = body.rows();
    let end = start + body.pieces.len();
    let header = body.first().iter().all(labels);
    let led = body.pieces.iter().step_by(body.columns).all(labels);
    if body.columns > 1 && led && is_closed(sheet, free, start, end) {
        let told = rows > 2 || header;
        let score = if told { (size + rows) as i64 } else { 0 };
        let headings = vec![false; body.heights.len()];
        found.push(Found { body: body.clone(), long: Vec::new(), headings, score });
    }
    if !header && !body.uneven && (body.is_high() || !body.words && rows > 2) {
        found.extend(long::reading(sheet, free, start, body, size as i64));
    }
    found
}

/// Whether a table of single rows ends where its rows end: what goes on behind it would be rows with cells missing.
fn is_closed(sheet: &Sheet<'_>, free: &[usize], start: usize, end: usize) -> bool {
    let stretch = sheet.pieces[free[start]].stretch;
    free.get(end).is_none_or(|next| sheet.pieces[*next].stretch != stretch)
        && start.checked_sub(1).is_none_or(|before| sheet.pieces[free[before]].stretch != stretch)
}

/// The plan of a table; the pieces it uses are marked as taken.
pub(super) fn plan_of(sheet: &mut Sheet<'_>, found: &Found) -> Plan {
    let mut columns: Vec<Column> = found.long.iter().map(assembly::column_of_stub).collect();
    let mut used: Vec<usize> =
        found.long.iter().map(|stub| stub.piece).chain(found.body.pieces.iter().copied()).collect();
    columns.extend((0..found.body.columns).map(|column| column_of(sheet, &found.body, column)));
    if found.headings.contains(&true) {
        set_apart(&mut columns, found);
    }
    let inner = found.long.is_empty();
    let mut header: Vec<Vec<Cell>> = Vec::new();
    if inner && is_header(sheet, found) {
        header.push(columns.iter_mut().map(|column| column.cells.remove(0)).collect());
    } else {
        assembly::name_bare(sheet, &mut columns, &mut used);
        header = heads::rows(sheet, &columns);
    }
    used.iter().for_each(|piece| sheet.taken[*piece] = true);
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let row = |row: usize| columns.iter().map(|column| column.cells.get(row).cloned().unwrap_or_default()).collect();
    Plan { heads: header, rows: (0..rows).map(row).collect(), open: 0 }
}

/// Whether the first band is a row of labels above figures.
fn is_header(sheet: &Sheet<'_>, found: &Found) -> bool {
    let body = &found.body;
    body.heights.first() == Some(&1) && body.first().iter().all(|piece| sheet.pieces[*piece].is_labels())
}

/// A column of the bands, from its pieces.
fn column_of(sheet: &Sheet<'_>, body: &Body, at: usize) -> Column {
    let mut column = Column::default();
    let pieces = body.pieces.iter().skip(at).step_by(body.columns);
    for (index, (piece, height)) in pieces.zip(&body.heights).enumerate() {
        let headed = body.headed && index == 0;
        let start = sheet.pieces[*piece].items.start;
        let own = own_head(&sheet.pieces[*piece], headed);
        if own > 0 {
            column.heads.push((start..start + own).collect());
        }
        let cells = cells_of(sheet, *piece, *height, headed).unwrap_or_default();
        column.cells.extend(cells.into_iter().map(|cell| cell.collect()));
    }
    column
}

/// Makes room in the columns of the bands for the rows of labels without cells.
fn set_apart(columns: &mut [Column], found: &Found) {
    for column in columns.iter_mut().skip(found.long.len()) {
        let mut at = 0;
        for (height, heading) in found.body.heights.iter().zip(&found.headings) {
            if *heading {
                column.cells.insert(at, Vec::new());
                at += 1;
            }
            at += height;
        }
    }
}
