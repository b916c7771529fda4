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
use super::header::{self, header_length, read_header};
use super::wraps;
use super::zones::Zone;
use crate::geometry::Interval;
use crate::layout::Layout;
use crate::table::cells::{cell_of, completes_number, has_open_bracket, is_figure};
use crate::table::words::{is_closing_row, is_link_word};
use std::ops::Range;

/// Words that a label has, at least, on a line that was wrapped before a capital.
const WRAPPED_WORDS: usize = 3;

/// Columns among which the first is so narrow, and a row without any figure so rare, that words alone go on with the
/// label above them.
pub(super) const MANY_COLUMNS: usize = 6;

/// The share of a zone's width that a rule or a shade takes up to part its rows.
const RUNS_THROUGH: f32 = 0.7;

/// Edges closer than this, in points, are one: a shade's end and the next one's start.
const SAME_EDGE: f32 = 3.0;

/// The share of the strips between rules with one row of figures each, at least, for the strips to be the rows.
const ROW_EACH: f32 = 0.8;

/// Lines of one label, at most.
const MOST_LABEL_LINES: usize = 6;

/// Space between lines that is smaller than that between rows by at least this share is the leading within a cell.
pub(super) const TIGHTER: f32 = 0.92;

/// A row of a table: for each column the pieces of its cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TableRow {
    pub cells: Vec<Vec<Range<usize>>>,
    /// Whether it was not plain which lines make it up.
    pub doubtful: bool,
}

impl TableRow {
    pub(super) fn new(count: usize) -> Self {
        Self { cells: vec![Vec::new(); count], doubtful: false }
    }

    /// A line whose chunks are the cells.
    pub(super) fn in_order(row: &Row, count: usize) -> Self {
        let mut own = Self::new(count);
        // A header whose stub has no name begins with the second column.
        let first = usize::from(row.chunks.len() + 1 == count && row.chunks.len() > 1);
        own.add(row, &(first..first + row.chunks.len()).collect::<Vec<_>>());
        own
    }

    /// A line whose last chunks are the figures of the last columns, and the others its labels.
    pub(super) fn by_figures(row: &Row, figures: usize, count: usize) -> Self {
        let mut own = Self::new(count);
        let labels = row.chunks.len().saturating_sub(figures);
        own.add(row, &(0..labels).chain(count.saturating_sub(figures)..count).collect::<Vec<_>>());
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

    pub(super) fn add(&mut self, row: &Row, columns: &[usize]) {
        for (chunk, &column) in row.chunks.iter().zip(columns) {
            let Some(cell) = self.cells.get_mut(column) else { continue };
            match cell.last_mut().filter(|last| last.end <= chunk.bytes.start && row.holds(last)) {
                Some(last) => last.end = chunk.bytes.end,
                None => cell.push(chunk.bytes.clone()),
            }
        }
    }

    /// Adds a piece to a cell.
    pub(super) fn push(&mut self, column: usize, bytes: Range<usize>) {
        self.cells.get_mut(column).into_iter().for_each(|cell| cell.push(bytes.clone()));
    }

    fn has_values(&self) -> bool {
        self.cells.iter().skip(1).any(|cell| !cell.is_empty())
    }
}

impl Row {
    /// Whether a piece is of this line.
    fn holds(&self, bytes: &Range<usize>) -> bool {
        self.chunks.iter().any(|chunk| chunk.bytes.start == bytes.start)
    }
}

/// Whether a text of several words ends in one, or in a sign, that something follows.
pub(super) fn ends_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().filter(|last| last.len() < text.len());
    let hyphen = text.strip_suffix('-').is_some_and(|text| text.ends_with(char::is_alphanumeric));
    last.is_some_and(is_link_word) || hyphen || text.ends_with([',', '/', '&'])
}

/// A line of the zone with the columns of its chunks.
pub(super) struct Line<'z> {
    pub row: &'z Row,
    pub columns: Vec<usize>,
    /// How far below the line before it stands.
    gap: f32,
    /// Which strip between rules and edges of shading it lies in, from the top.
    strip: usize,
}

impl Line<'_> {
    pub(super) fn has_label(&self) -> bool {
        self.columns.first() == Some(&0)
    }

    pub(super) fn has_values(&self) -> bool {
        self.columns.iter().any(|&column| column > 0)
    }

    /// The texts of its chunks behind the first column.
    pub(super) fn names<'l>(&self, layout: &'l Layout) -> impl Iterator<Item = &'l str> {
        let chunks = self.row.chunks.iter().zip(&self.columns).filter(|(_, column)| **column > 0);
        chunks.map(|(chunk, _)| layout.slice(chunk.bytes.clone()))
    }

    pub(super) fn has_amount(&self) -> bool {
        self.row.chunks.iter().zip(&self.columns).any(|(chunk, &column)| column > 0 && chunk.amount)
    }

    /// Whether it names the stub and years alone.
    pub(super) fn names_years(&self, layout: &Layout) -> bool {
        self.has_label() && self.has_values() && self.names(layout).all(is_year)
    }

    /// Whether it has amounts in two columns or more, each below an amount of the row: no cell holds two.
    fn clashes(&self, layout: &Layout, row: &TableRow) -> bool {
        let amounts = self.row.chunks.iter().zip(&self.columns).filter(|(chunk, column)| **column > 0 && chunk.amount);
        let taken = |column: usize| {
            let cell = row.cells.get(column).map_or(&[] as &[_], Vec::as_slice);
            cell.iter().any(|bytes| is_figure(layout.slice(bytes.clone())))
        };
        let (clashing, all) =
            amounts.fold((0, 0), |(clashing, all), (_, &column)| (clashing + usize::from(taken(column)), all + 1));
        clashing > 1 && clashing == all
    }

    /// Whether all it holds is the rest of cells of a row that cannot end where they do: in an open bracket, or in the
    /// midst of a number's digits.
    fn completes(&self, layout: &Layout, row: &TableRow) -> bool {
        let cut = |(chunk, column): (&super::chunks::Chunk, &usize)| {
            let text = row.cells.get(*column).map_or_else(String::new, |pieces| cell_of(layout, pieces.clone()).text);
            let rest = layout.slice(chunk.bytes.clone());
            has_open_bracket(&text) || completes_number(&text, rest)
        };
        self.row.chunks.iter().zip(&self.columns).all(cut)
    }

    /// Whether its label ends in a word, or a sign, that something follows.
    pub(super) fn ends_open(&self, layout: &Layout) -> bool {
        self.has_label() && self.row.chunks.first().is_some_and(|chunk| ends_open(layout.slice(chunk.bytes.clone())))
    }

    pub(super) fn starts_small(&self, layout: &Layout) -> bool {
        starts_small(layout, self.row)
    }
}

/// Whether a line begins as a wrap does: small, or with a sign.
pub(super) fn starts_small(layout: &Layout, row: &Row) -> bool {
    let text = row.chunks.first().map_or("", |chunk| layout.slice(chunk.bytes.clone()));
    text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ')' | '+' | '&'))
}

/// Reads the rows of a zone: the header's, then the body's.
pub(super) fn read_rows(layout: &Layout, zone: &Zone, bands: &Bands) -> (Vec<TableRow>, Vec<TableRow>) {
    let strips = strip_edges(layout, zone);
    let mut lines = zone_to_lines(zone, bands, &strips);
    header::name_columns(&mut lines, bands);
    let head = header_length(layout, &lines);
    let told = |body: &[Line<'_>]| strips_are_rows(body) || tight_gap(layout, body).is_some();
    if !lines.get(head..).is_none_or(told)
        && let Some((head, rows)) = wraps::read(layout, &lines, bands.count())
    {
        return (read_header(layout, lines.get(..head).unwrap_or(&[]), bands), rows);
    }
    let (head, body) = lines.split_at(head);
    (read_header(layout, head, bands), read_body(layout, body, bands.count()))
}

/// Reads the rows of lines that stand in one ruled row, their columns known.
pub(crate) fn read_stack(layout: &Layout, stack: &[(Row, Vec<usize>)], columns: usize) -> Vec<TableRow> {
    let mut above: Option<f32> = None;
    let lines: Vec<Line<'_>> = stack
        .iter()
        .map(|(row, columns)| Line { row, columns: columns.clone(), gap: gap_below(&mut above, row), strip: 0 })
        .collect();
    read_body(layout, &lines, columns)
}

fn zone_to_lines<'z>(zone: &'z Zone, bands: &Bands, strips: &[f32]) -> Vec<Line<'z>> {
    let mut above: Option<f32> = None;
    let line = |row: &'z Row| Line {
        row,
        columns: bands.columns_of(row),
        gap: gap_below(&mut above, row),
        strip: strips.partition_point(|&edge| edge < row.y - row.em),
    };
    zone.rows.iter().map(line).collect()
}

fn gap_below(above: &mut Option<f32>, row: &Row) -> f32 {
    above.replace(row.foot).map_or(f32::MAX, |above| row.y - above)
}

/// The heights at which rules or edges of shading run through a zone, ascending. Such as are much shorter than its
/// rows, an underline for one, part nothing.
fn strip_edges(layout: &Layout, zone: &Zone) -> Vec<f32> {
    let page = zone.rows.first().and_then(|row| layout.lines.get(row.line)).map(|line| line.page as usize);
    let Some(page) = page.and_then(|page| layout.pages.get(page)) else { return Vec::new() };
    let Some(x) = zone.rows.iter().map(Row::x).reduce(Interval::union) else { return Vec::new() };
    let rules = page.rules.iter().filter(|rule| rule.horizontal).map(|rule| (rule.area.y.middle(), rule.area.x));
    let shades = page.shades.iter().flat_map(|area| [(area.y.start, area.x), (area.y.end, area.x)]);
    let mut edges: Vec<(f32, Interval)> = rules.chain(shades).filter(|(_, span)| span.overlap(x) > 0.0).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let parts = edges.chunk_by(|a, b| b.0 - a.0 < SAME_EDGE);
    parts
        .filter(|parts| covered(parts, x) >= RUNS_THROUGH * x.len())
        .filter_map(|parts| Some(parts.first()?.0))
        .collect()
}

/// How much of a stretch edges at one height cover together: borders and shades are drawn cell by cell.
fn covered(edges: &[(f32, Interval)], x: Interval) -> f32 {
    let mut spans: Vec<Interval> = edges.iter().map(|(_, span)| *span).collect();
    spans.sort_by(|a, b| a.start.total_cmp(&b.start));
    let (mut sum, mut reached) = (0.0, x.start);
    for span in spans {
        sum += Interval::new(span.start.max(reached), span.end.min(x.end)).len().max(0.0);
        reached = reached.max(span.end);
    }
    sum
}

/// Reads the lines under the header.
fn read_body(layout: &Layout, lines: &[Line<'_>], columns: usize) -> Vec<TableRow> {
    let strips = strips_are_rows(lines);
    let tight = tight_gap(layout, lines);
    let labels = lines.iter().filter(|line| line.has_label()).filter_map(|line| line.row.chunks.first());
    let label_width = labels.map(|chunk| chunk.x.end).fold(0.0, f32::max);
    let grouped = lines.first().is_some_and(|line| !line.has_values());
    let mut rows: Vec<TableRow> = Vec::new();
    let mut above: Option<&Line<'_>> = None;
    for (index, line) in lines.iter().enumerate() {
        let place = match (rows.last(), above) {
            (Some(_), Some(above)) if strips => {
                if above.strip == line.strip {
                    Place::Same
                } else {
                    Place::New
                }
            }
            (Some(last), Some(above)) => place_of(
                layout,
                line,
                above,
                lines.get(index + 1..).unwrap_or(&[]),
                last,
                Spacing { tight, label_width, narrow: columns >= MANY_COLUMNS && !grouped },
            ),
            _ => Place::New,
        };
        match rows.last_mut().filter(|_| place != Place::New) {
            Some(last) => last.add(line.row, &line.columns),
            None => {
                let mut row = TableRow::new(columns);
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
    /// Whether there are so many columns that labels of two words are wrapped, and no groups.
    narrow: bool,
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
    above: &Line<'_>,
    below: &[Line<'_>],
    row: &TableRow,
    spacing: Spacing,
) -> Place {
    if line.completes(layout, row) {
        return Place::Same;
    }
    if line.clashes(layout, row) {
        return Place::New;
    }
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
        (true, true) if above.ends_open(layout) && !row.has_values() => Place::Same,
        (true, true) => Place::New,
        _ if line.starts_small(layout) || above.ends_open(layout) => Place::Same,
        // The label of the figures that come next begins here.
        _ if is_begun(layout, line, below) => Place::New,
        _ if fitted(line, above, spacing.label_width) => Place::New,
        _ if spacing.narrow && above.has_label() && !is_closing_row(&row.label(layout)) => Place::Same,
        // The last line heads nothing.
        _ if !below.is_empty() && heads_group(layout, line, above) => Place::New,
        _ => Place::Same,
    }
}

/// Whether the next figures stand without a label, or beside a label that goes on from above: then the label that they
/// belong to begins before them.
fn is_begun(layout: &Layout, line: &Line<'_>, below: &[Line<'_>]) -> bool {
    // What ends open goes on right below.
    if line.ends_open(layout) && below.first().is_some_and(|next| next.has_label() && next.has_amount()) {
        return true;
    }
    let mut wraps =
        below.iter().take(MOST_LABEL_LINES).skip_while(|line| !line.has_values() && line.starts_small(layout));
    wraps.next().is_some_and(|line| line.has_amount() && (!line.has_label() || line.starts_small(layout)))
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
    label.x.end + line.row.em + first.first_word <= width
}

/// Whether the strips between rules are the rows: nearly each holds one line with a label and figures, and there are
/// several.
fn strips_are_rows(lines: &[Line<'_>]) -> bool {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for line in lines.iter().filter(|line| line.has_amount()) {
        match counts.last_mut() {
            Some((strip, count)) if *strip == line.strip => *count += 1,
            _ => counts.push((line.strip, 1)),
        }
    }
    let single = counts.iter().filter(|(_, count)| *count == 1).count();
    counts.len() > 1 && single as f32 >= ROW_EACH * counts.len() as f32
}

/// The widest leading within a cell, as a multiple of the size: word processors' single spacing is 1.15 to 1.3.
const WIDEST_LEADING: f32 = 1.35;

/// The widest gap between lines of one row: clearly smaller than between rows. None where gaps do not tell.
fn tight_gap(layout: &Layout, lines: &[Line<'_>]) -> Option<f32> {
    let mut gaps: Vec<f32> = lines.iter().skip(1).map(|line| line.gap).filter(|gap| *gap < f32::MAX).collect();
    gaps.sort_by(f32::total_cmp);
    let rows = lines.windows(2).filter_map(|pair| match pair {
        [a, b] if a.has_label() && a.has_amount() && b.has_label() && b.has_amount() => Some(b.gap),
        _ => None,
    });
    let least = rows.fold(f32::MAX, f32::min);
    let em = lines.first().map_or(0.0, |line| line.row.em);
    let leading = if layout.is_placed() { WIDEST_LEADING * 2.0 * em } else { em };
    let mut jumps = gaps.windows(2).filter_map(|pair| match pair {
        [a, b] if *a < b * TIGHTER && *a < least * TIGHTER && *a > 0.0 => Some(*a),
        _ => None,
    });
    // Where rows follow rows, all that is closer is within a row; else what is no wider than single spacing.
    let found = if least < f32::MAX { jumps.next_back() } else { jumps.rfind(|&gap| gap <= leading) };
    found.map(|gap| gap * 1.02)
}
