//! Lines of a zone to rows of a table: wraps undone, headers told from rows, spanners over their columns.
//!
//! Takes a [`Zone`] and its [`Bands`], gives header rows and body rows, each a list of cells as pieces of lines.
//!
//! ```text
//! Vragen over een            ┐ label that begins above its figures
//!                     636    │ one row
//! premie                     ┘ and ends below them
//! West-Vlaanderen              group heading: it would have fitted behind "premie"
//! ```

use super::bands::Bands;
use super::chunks::{Row, is_year};
use super::zones::Zone;
use crate::layout::Layout;
use crate::table::cells::cell_of;
use std::ops::Range;

/// Lines of a table's head, at most.
const MOST_HEADER_LINES: usize = 6;

/// Words that a label has, at least, on a line that was wrapped before a capital.
const WRAPPED_WORDS: usize = 3;

/// Space between lines that is smaller than that between rows by at least this share is the leading within a cell.
const TIGHTER: f32 = 0.92;

/// A row of a table: for each column the pieces of its cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TableRow {
    pub cells: Vec<Vec<Range<usize>>>,
    /// Whether it was not plain which lines make it up.
    pub doubtful: bool,
}

impl TableRow {
    fn new(count: usize) -> Self {
        Self { cells: vec![Vec::new(); count], doubtful: false }
    }

    /// A line whose chunks are the cells.
    pub(super) fn in_order(row: &Row, count: usize) -> Self {
        let mut own = Self::new(count);
        own.add(row, &(0..row.chunks.len()).collect::<Vec<_>>());
        own
    }

    /// The text of its first cell.
    pub(super) fn label(&self, layout: &Layout) -> String {
        self.cells.first().map_or_else(String::new, |pieces| cell_of(layout, pieces.clone()).text)
    }

    /// The texts of its cells.
    pub(super) fn texts(&self, layout: &Layout) -> Vec<String> {
        self.cells.iter().map(|pieces| cell_of(layout, pieces.clone()).text).collect()
    }

    fn add(&mut self, row: &Row, columns: &[usize]) {
        for (chunk, &column) in row.chunks.iter().zip(columns) {
            let Some(cell) = self.cells.get_mut(column) else { continue };
            match cell.last_mut().filter(|last| last.end <= chunk.bytes.start && row.holds(last)) {
                Some(last) => last.end = chunk.bytes.end,
                None => cell.push(chunk.bytes.clone()),
            }
        }
    }

    fn has_values(&self) -> bool {
        self.cells.iter().skip(1).any(|cell| !cell.is_empty())
    }

    fn has_label(&self) -> bool {
        self.cells.first().is_some_and(|cell| !cell.is_empty())
    }
}

impl Row {
    /// Whether a piece is of this line.
    fn holds(&self, bytes: &Range<usize>) -> bool {
        self.chunks.first().is_some_and(|first| bytes.start >= first.bytes.start)
    }
}

/// A line of the zone with the columns of its chunks.
struct Line<'z> {
    row: &'z Row,
    columns: Vec<usize>,
    /// How far below the line before it stands.
    gap: f32,
}

impl Line<'_> {
    fn has_label(&self) -> bool {
        self.columns.first() == Some(&0)
    }

    fn has_values(&self) -> bool {
        self.columns.iter().any(|&column| column > 0)
    }

    fn has_amount(&self) -> bool {
        self.row.chunks.iter().zip(&self.columns).any(|(chunk, &column)| column > 0 && chunk.amount)
    }

    fn starts_small(&self, layout: &Layout) -> bool {
        let text = self.row.chunks.first().map_or("", |chunk| layout.slice(chunk.bytes.clone()));
        text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ')' | '+' | '&'))
    }
}

/// Reads the rows of a zone: the header's, then the body's.
pub(super) fn read_rows(layout: &Layout, zone: &Zone, bands: &Bands) -> (Vec<TableRow>, Vec<TableRow>) {
    let lines = zone_to_lines(zone, bands);
    let head = header_length(layout, &lines);
    let (head, body) = lines.split_at(head);
    (read_header(layout, head, bands), read_body(layout, body, bands))
}

fn zone_to_lines<'z>(zone: &'z Zone, bands: &Bands) -> Vec<Line<'z>> {
    let mut above: Option<f32> = None;
    zone.rows
        .iter()
        .map(|row| {
            let gap = above.map_or(f32::MAX, |above| row.y - above);
            above = Some(row.y);
            Line { row, columns: bands.columns_of(row), gap }
        })
        .collect()
}

/// How many of the first lines are the header: no amounts, and some column but the first named.
fn header_length(layout: &Layout, lines: &[Line<'_>]) -> usize {
    let body = lines.iter().position(Line::has_amount).unwrap_or(0).min(MOST_HEADER_LINES);
    let named = lines.iter().take(body).rposition(Line::has_values).map_or(0, |last| last + 1);
    if named == 0 {
        return 0;
    }
    // A label that goes on below the last named column.
    let wraps = lines.iter().take(body).skip(named).take_while(|line| line.starts_small(layout)).count();
    named + wraps
}

/// Reads the header's lines: one row, wraps undone, or a row of spanners over a row of names.
fn read_header(layout: &Layout, lines: &[Line<'_>], bands: &Bands) -> Vec<TableRow> {
    let Some(last) = lines.iter().rposition(|line| line.columns.len() > 1 || line.has_values()) else {
        return Vec::new();
    };
    let spanners = (0..last).rev().find(|&index| spans(layout, lines, index, bands));
    let mut rows: Vec<TableRow> = Vec::new();
    if let Some(index) = spanners {
        let mut row = TableRow::new(bands.count());
        for line in lines.iter().take(index + 1) {
            spread(line, bands, &mut row);
        }
        rows.push(row);
    }
    let mut names = TableRow::new(bands.count());
    for line in lines.iter().skip(spanners.map_or(0, |index| index + 1)) {
        names.add(line.row, &line.columns);
    }
    rows.push(names);
    share_stub(&mut rows);
    rows
}

/// Whether a header line spans the columns named below it: fewer chunks than those, over several of them.
fn spans(layout: &Layout, lines: &[Line<'_>], index: usize, bands: &Bands) -> bool {
    let (Some(line), Some(below)) = (lines.get(index), lines.get(index + 1)) else { return false };
    let own = line.columns.iter().filter(|&&column| column > 0).count();
    let under = below.columns.iter().filter(|&&column| column > 0).count();
    if own == 0 || under <= own {
        return false;
    }
    let names: Vec<&str> = below
        .row
        .chunks
        .iter()
        .zip(&below.columns)
        .filter(|(_, column)| **column > 0)
        .map(|(chunk, _)| layout.slice(chunk.bytes.clone()))
        .collect();
    let repeats =
        names.iter().enumerate().any(|(at, name)| names.iter().skip(at + 1).take(8).any(|other| other == name));
    let wide = line.row.chunks.iter().zip(&line.columns).any(|(c, &column)| column > 0 && bands.touched(c) > 1);
    let years = line
        .row
        .chunks
        .iter()
        .zip(&line.columns)
        .all(|(c, &column)| column == 0 || is_year(layout.slice(c.bytes.clone())));
    repeats || wide || years && own > 1 && under >= 2 * own
}

/// Repeats each spanner over the columns to whose middle it is nearest.
fn spread(line: &Line<'_>, bands: &Bands, row: &mut TableRow) {
    let spanners: Vec<_> =
        line.row.chunks.iter().zip(&line.columns).filter(|(_, column)| **column > 0).map(|(chunk, _)| chunk).collect();
    if let Some(first) = line.row.chunks.first().filter(|_| line.has_label())
        && let Some(cell) = row.cells.first_mut()
    {
        cell.push(first.bytes.clone());
    }
    for (band, cell) in bands.0.iter().zip(row.cells.iter_mut()).skip(1) {
        let nearest = spanners
            .iter()
            .min_by(|a, b| (a.x.middle() - band.middle()).abs().total_cmp(&(b.x.middle() - band.middle()).abs()));
        if let Some(spanner) = nearest {
            cell.push(spanner.bytes.clone());
        }
    }
}

/// A stub's name that stands in one of two header rows is that of both.
fn share_stub(rows: &mut [TableRow]) {
    if let [upper, lower] = rows
        && let (Some(a), Some(b)) = (upper.cells.first_mut(), lower.cells.first_mut())
    {
        match (a.is_empty(), b.is_empty()) {
            (false, true) => b.clone_from(a),
            (true, false) => a.clone_from(b),
            _ => {}
        }
    }
}

/// Reads the lines under the header.
fn read_body(layout: &Layout, lines: &[Line<'_>], bands: &Bands) -> Vec<TableRow> {
    let tight = tight_gap(lines);
    let labels = lines.iter().filter(|line| line.has_label()).filter_map(|line| line.row.chunks.first());
    let label_width = labels.map(|chunk| chunk.x.end).fold(0.0, f32::max);
    let mut rows: Vec<TableRow> = Vec::new();
    let mut above: Option<&Line<'_>> = None;
    for (index, line) in lines.iter().enumerate() {
        let place = rows.last().map_or(Place::New, |last| {
            let next = lines.get(index + 1);
            place_of(layout, line, above, next, last, Spacing { tight, label_width })
        });
        match rows.last_mut().filter(|_| place != Place::New) {
            Some(last) => last.add(line.row, &line.columns),
            None => {
                let mut row = TableRow::new(bands.count());
                row.add(line.row, &line.columns);
                rows.push(row);
            }
        }
        above = Some(line);
    }
    rows
}

/// What the spaces of a zone tell.
#[derive(Clone, Copy)]
struct Spacing {
    /// Lines no farther below the one before are of its row; none where spaces do not tell.
    tight: Option<f32>,
    /// How far the first column reaches.
    label_width: f32,
}

/// Where a line goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It begins a row.
    New,
    /// It goes on with the row above.
    Same,
}

fn place_of(
    layout: &Layout,
    line: &Line<'_>,
    above: Option<&Line<'_>>,
    next: Option<&Line<'_>>,
    row: &TableRow,
    spacing: Spacing,
) -> Place {
    let Some(above) = above else { return Place::New };
    if let Some(tight) = spacing.tight {
        let headed = line.has_label() && line.has_amount() && !row.has_values() && is_bold(layout, above);
        let heads = headed && !is_bold(layout, line);
        return if line.gap <= tight && !heads { Place::Same } else { Place::New };
    }
    match (line.has_label(), line.has_values()) {
        // Figures beside a label that stands above them.
        (false, true) if line.has_amount() => {
            if row.has_values() {
                Place::New
            } else {
                Place::Same
            }
        }
        (false, true) => Place::Same,
        (true, true) if line.starts_small(layout) && !(row.has_values() && line.has_amount()) => Place::Same,
        (true, true) => Place::New,
        _ if line.starts_small(layout) => Place::Same,
        // The label of the figures that come next begins here.
        _ if next.is_some_and(|next| !next.has_label() && next.has_amount()) => Place::New,
        _ if heads_group(layout, line, above) || fitted(line, above, spacing.label_width) => Place::New,
        _ => Place::Same,
    }
}

/// Whether a label that begins with a capital, or bold, heads a group: the label above it is too short to have been
/// wrapped, or not bold.
fn heads_group(layout: &Layout, line: &Line<'_>, above: &Line<'_>) -> bool {
    let words = above.row.chunks.first().map_or(0, |chunk| layout.slice(chunk.bytes.clone()).split(' ').count());
    !above.has_label() || words < WRAPPED_WORDS || is_bold(layout, line) && !is_bold(layout, above)
}

fn is_bold(layout: &Layout, line: &Line<'_>) -> bool {
    layout.lines.get(line.row.line).is_some_and(|line| line.bold)
}

/// Whether the first word of a label would have fitted behind the label above it: then it was not wrapped.
fn fitted(line: &Line<'_>, above: &Line<'_>, width: f32) -> bool {
    let Some(label) = above.row.chunks.first().filter(|_| above.has_label()) else { return true };
    let Some(first) = line.row.chunks.first() else { return true };
    label.x.end + line.row.em + first.first_word <= width + line.row.em
}

/// The widest gap between lines of one row: clearly smaller than between rows. None where gaps do not tell.
fn tight_gap(lines: &[Line<'_>]) -> Option<f32> {
    let mut gaps: Vec<f32> = lines.iter().skip(1).map(|line| line.gap).filter(|gap| *gap < f32::MAX).collect();
    gaps.sort_by(f32::total_cmp);
    let rows = lines.windows(2).filter_map(|pair| match pair {
        [a, b] if a.has_label() && a.has_amount() && b.has_label() && b.has_amount() => Some(b.gap),
        _ => None,
    });
    let least = rows.fold(f32::MAX, f32::min);
    let jumps = gaps.windows(2).filter_map(|pair| match pair {
        [a, b] if *a < b * TIGHTER && *a < least * TIGHTER && *a > 0.0 => Some((b / a, *a)),
        _ => None,
    });
    // Where rows follow rows, all that is closer is within a row; else the clearest jump parts the two.
    let found = if least < f32::MAX { jumps.last() } else { jumps.max_by(|a, b| a.0.total_cmp(&b.0)) };
    found.map(|(_, gap)| gap * 1.02)
}
