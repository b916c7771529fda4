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
use super::chunks::{Chunk, Row};
use super::header::{self, header_length, read_header};
use super::line::{Line, TableRow};
use super::spacing::{strip_edges, strips_are_rows, tight_gap};
use super::wraps;
use super::zones::Zone;
use crate::layout::Layout;
use crate::table::cells::is_figure;
use crate::table::words::is_closing_row;

/// Words that a label has, at least, on a line that was wrapped before a capital.
const WRAPPED_WORDS: usize = 3;

/// Columns among which the first is so narrow, and a row without any figure so rare, that words alone go on with the
/// label above them.
pub(super) const MANY_COLUMNS: usize = 6;

/// Columns among which a row without any figure is none too rare.
const FEW_COLUMNS: usize = 2;

/// Lines of one label, at most.
const MOST_LABEL_LINES: usize = 6;

/// Reads the rows of a zone: the header's, then the body's.
pub(super) fn read_rows(layout: &Layout, zone: &Zone, bands: &Bands) -> (Vec<TableRow>, Vec<TableRow>) {
    let strips = strip_edges(layout, zone);
    let mut lines = zone_to_lines(zone, bands, &strips);
    header::name_columns(layout, &mut lines, bands);
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

/// Reads the lines under the header.
fn read_body(layout: &Layout, lines: &[Line<'_>], columns: usize) -> Vec<TableRow> {
    let strips = strips_are_rows(lines);
    let tight = tight_gap(layout, lines);
    let labels = lines.iter().filter(|line| line.has_label()).filter_map(|line| line.row.chunks.first());
    let label_width = labels.map(|chunk| chunk.x.end).fold(0.0, f32::max);
    let grouped = lines.first().is_some_and(|line| !line.has_values());
    let narrow =
        !grouped && (columns >= MANY_COLUMNS || columns > FEW_COLUMNS && none_heads(layout, lines, label_width));
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
                Spacing { tight, label_width, narrow },
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
    /// Whether words alone go on with the label above them: the columns are many, or none of them heads a group.
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
        (true, true) if row.has_values() && goes_on_beside(layout, line, above, row, spacing.label_width) => {
            Place::Same
        }
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

/// Whether no words alone below the first row can head a group or be a row without figures: each begins with a letter, and
/// the label above it, of several words, had no room for its first.
fn none_heads(layout: &Layout, lines: &[Line<'_>], width: f32) -> bool {
    let text = |line: &Line<'_>| line.row.chunks.first().map_or("", |chunk| layout.slice(chunk.bytes.clone()));
    let wraps = |above: &Line<'_>, line: &Line<'_>| {
        let worded = text(above).contains(' ') && text(line).starts_with(char::is_alphabetic);
        worded && above.has_label() && !fitted(line, above, width)
    };
    lines.windows(2).all(|pair| match pair {
        [above, line] if line.has_label() && !line.has_values() => {
            line.starts_small(layout) || above.ends_open(layout) || wraps(above, line)
        }
        _ => true,
    })
}

/// Whether a line without figures is the rest of a row's label and of another of its cells: that goes on small, and the
/// label had no room for its next word.
fn goes_on_beside(layout: &Layout, line: &Line<'_>, above: &Line<'_>, row: &TableRow, width: f32) -> bool {
    let small = |column: usize, chunk: &Chunk| {
        let taken = row.cells.get(column).is_some_and(|cell| !cell.is_empty());
        column > 0 && taken && layout.slice(chunk.bytes.clone()).starts_with(char::is_lowercase)
    };
    let mut chunks = line.row.chunks.iter().zip(&line.columns);
    !line.row.chunks.iter().any(|chunk| chunk.figure)
        && row.cells.iter().skip(1).flatten().any(|bytes| is_figure(layout.slice(bytes.clone())))
        && chunks.any(|(chunk, column)| small(*column, chunk))
        && (above.ends_open(layout) || above.has_label() && !fitted(line, above, width))
}

fn is_bold(layout: &Layout, line: &Line<'_>) -> bool {
    layout.lines.get(line.row.line).is_some_and(|line| line.bold)
}

/// Whether the first word of a label would have fitted behind the label above it: then it was not wrapped.
pub(super) fn fitted(line: &Line<'_>, above: &Line<'_>, width: f32) -> bool {
    let Some(label) = above.row.chunks.first().filter(|_| above.has_label()) else { return true };
    let Some(first) = line.row.chunks.first() else { return true };
    label.x.end + line.row.em + first.first_word <= width
}
