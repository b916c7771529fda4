//! Lines to zones: the stretches of lines in which a table may stand.
//!
//! Takes a range of lines, gives [`Zone`]s: lines in chunks, and between them the lines of one chunk that wrap a cell
//! or head a group. A zone ends at prose, at a caption, at the page's end, and at a space much wider than between its
//! own lines.

use super::bands::figures_at_end;
use super::chunks::{LONG_LINE, Row, line_to_row};
use super::line::starts_small;
use super::margins::{ends_last_label, head_lines, names_columns, wraps};
use super::spacing::TIGHTER;
use crate::geometry::Interval;
use crate::layout::{Layout, Role};
use crate::table::around::numbered_note;
use crate::table::surround::{is_caption, is_note};
use std::ops::Range;

/// Lines of one chunk in a row that a table has at most between two rows: a long label in a narrow column.
const MOST_BETWEEN: usize = 9;

/// Group headings at a page's end, at most: one within another.
const MOST_HEADINGS: usize = 2;

/// Blank lines that part two tables, where the lines of the zone have fewer between them.
pub(super) const WIDE_SPACE: u8 = 2;

/// In a PDF, distances that part two tables, as multiples of the usual one between rows: by themselves, and where the
/// columns are named anew.
const PDF_WIDER: f32 = 1.9;
const PDF_WIDE: f32 = 1.3;

/// Rows above a wide space with which the row below it is compared.
const COMPARED_ROWS: usize = 4;

/// How far, in characters, a line may reach beyond the gap it should leave open.
pub(super) const SLACK: f32 = 1.0;

/// A line of one chunk with this many words, or more, that ends as a sentence does is prose.
const SENTENCE_WORDS: usize = 3;

/// Lines in which a table may stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Zone {
    /// Its lines, in order.
    pub rows: Vec<Row>,
    /// Lines of one chunk in the first column between its last row and the page's end: group headings whose rows follow
    /// on the next page, if the table goes on there.
    pub tail: Vec<Row>,
    /// Lines of one chunk between the page's beginning and its first row: the rest of a row that began on the page
    /// before, or a group's heading.
    pub lead: Vec<Row>,
}

impl Zone {
    pub(super) fn first_line(&self) -> Option<usize> {
        self.rows.first().map(|row| row.line)
    }

    pub(super) fn last_line(&self) -> Option<usize> {
        self.rows.last().map(Row::foot_line)
    }

    /// Takes the group headings at the page's end as its own.
    pub(super) fn take_tail(&mut self) -> Vec<Row> {
        let tail = std::mem::take(&mut self.tail);
        self.rows.extend(tail.iter().cloned());
        tail
    }
}

/// Finds the zones of a range of lines.
pub(super) fn find_zones(layout: &Layout, lines: Range<usize>) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut open = Open::default();
    let mut before: Option<Row> = None;
    for index in lines {
        let Some(line) = layout.lines.get(index) else { break };
        if line.role != Role::Body {
            continue;
        }
        let Some(row) = line_to_row(layout, index) else { continue };
        let same_page = before.as_ref().is_some_and(|before: &Row| page(layout, before.line) == Some(line.page));
        let row = match before.as_mut().filter(|_| same_page) {
            Some(before) => before.take_beside(layout, row),
            None => Some(row),
        };
        let Some(row) = row else { continue };
        if let Some(done) = before.replace(row) {
            open.push(layout, done, &mut zones);
        }
    }
    if let Some(done) = before {
        open.push(layout, done, &mut zones);
    }
    open.close(layout, &mut zones);
    zones
}

/// The zone that is open, and the lines of one chunk since its last row.
#[derive(Default)]
struct Open {
    rows: Vec<Row>,
    /// Lines of one chunk behind the last tabular row, or before the first.
    loose: Vec<Row>,
    /// The widest space between its tabular rows.
    widest: u8,
    /// Lines of one chunk before its first row that open the page.
    lead: Vec<Row>,
    /// Whether nothing but lines of one chunk stood on the page so far.
    fresh: bool,
    /// The line before, if it is parted, reads as prose, and no row is open: it may name columns in small letters.
    names: Option<Row>,
}

impl Open {
    fn push(&mut self, layout: &Layout, row: Row, zones: &mut Vec<Zone>) {
        let text = layout.line_text(row.line);
        let names = self.names.take();
        if is_caption(text) || (is_note(text) || numbered_note(text).is_some()) && row.chunks.len() == 1 {
            return self.close(layout, zones);
        }
        let blank = layout.lines.get(row.line).map_or(0, |line| line.blank_before);
        let turned = self.last().is_some_and(|last| page(layout, last) != page(layout, row.line));
        if turned {
            self.close(layout, zones);
            self.fresh = true;
        } else if layout.is_placed() && self.lowest().is_some_and(|lowest| row.foot < lowest - row.em) {
            // What is read next stands beside what was read before.
            self.close(layout, zones);
        }
        let rest = self.rows.is_empty() && self.fresh && row.chunks.len() > 1 && goes_small(layout, &row);
        if rest {
            return self.loose.push(row);
        }
        let parted = self.rows.iter().rev().filter(|row| row.chunks.len() > 1).take(COMPARED_ROWS);
        let wraps_cells = || row.lines_up(layout, parted.clone());
        if row.is_tabular(layout) || row.chunks.len() > 1 && wraps_cells() {
            if !self.rows.is_empty() && blank > self.widest.max(1) + WIDE_SPACE {
                self.close(layout, zones);
            }
            let near = self.rows.is_empty() || self.loose.iter().all(|loose| self.fits(loose, &row));
            if !near {
                self.close(layout, zones);
            }
            if self.rows.is_empty() && self.loose.is_empty() {
                self.rows.extend(names.filter(|names| names_columns(layout, names, &row)));
            }
            self.take(layout, row, blank);
            return;
        }
        let across = self.runs_across(layout, &row);
        if row.chunks.len() > 1
            || across
            || is_prose(layout, &row) && !self.stands_behind(&row)
            || self.loose.len() >= MOST_BETWEEN
            || blank > WIDE_SPACE
        {
            self.close(layout, zones);
            if row.chunks.len() > 1 {
                self.names = Some(row);
            } else if !across && !is_prose(layout, &row) {
                self.loose.push(row);
            }
        } else {
            self.loose.push(row);
        }
    }

    /// How far down its last line stands.
    fn lowest(&self) -> Option<f32> {
        self.loose.last().or(self.rows.last()).map(|row| row.foot)
    }

    fn last(&self) -> Option<usize> {
        self.loose.last().or(self.rows.last()).map(|row| row.line)
    }

    fn take(&mut self, layout: &Layout, row: Row, blank: u8) {
        if self.rows.is_empty() {
            let count = head_lines(layout, &self.loose, &row);
            let heads = self.loose.split_off(self.loose.len() - count);
            let lead = std::mem::take(&mut self.loose);
            self.lead = if self.fresh { lead } else { Vec::new() };
            self.rows.extend(heads);
        } else {
            self.widest = self.widest.max(blank);
            self.rows.append(&mut self.loose);
        }
        self.rows.push(row);
    }

    /// Whether a line of one chunk can stand between the last row and this one: in the first column, or behind it.
    fn fits(&self, loose: &Row, next: &Row) -> bool {
        let around = [self.rows.last(), Some(next)];
        around.into_iter().flatten().any(|row| leaves_open(loose.x(), row) || heads_labels(loose, row))
    }

    /// Whether a line stands behind the first column: the rest of another cell.
    fn stands_behind(&self, row: &Row) -> bool {
        let parted = self.rows.iter().filter(|row| row.chunks.len() > 1);
        let labelled = parted.min_by(|a, b| a.x().start.total_cmp(&b.x().start));
        let second = labelled.and_then(|labelled| labelled.chunks.get(1));
        second.is_some_and(|second| row.x().start >= second.x.start - SLACK * row.em)
    }

    /// Whether a long line of one chunk runs over the gaps between the columns, as prose between two tables does.
    fn runs_across(&self, layout: &Layout, row: &Row) -> bool {
        let Some(last) = self.rows.iter().rev().find(|row| row.chunks.len() > 1) else { return false };
        let crossed = last.chunks.windows(2).filter(|pair| match pair {
            [a, b] => row.x().start < a.x.end && b.x.start < row.x().end,
            _ => false,
        });
        row.chunks.len() == 1 && layout.line_words(row.line).len() >= LONG_LINE && crossed.count() > 1
    }

    /// Ends the zone; lines of one chunk behind its last row go with it while they wrap its cells.
    fn close(&mut self, layout: &Layout, zones: &mut Vec<Zone>) {
        let loose = std::mem::take(&mut self.loose);
        let mut rows = std::mem::take(&mut self.rows);
        let lead = std::mem::take(&mut self.lead);
        (self.widest, self.fresh) = (0, false);
        if rows.is_empty() {
            return;
        }
        let mut tail: Vec<Row> = Vec::new();
        let rows_apart = gap_before_rows(&rows);
        let alone = loose.len() == 1;
        for row in loose {
            let gap = rows.last().map_or(f32::MAX, |last| row.y - last.foot);
            let closer = rows_apart.is_some_and(|apart| gap < TIGHTER * apart);
            let tight = closer || layout.lines.get(row.line).is_some_and(|line| line.blank_before == 0);
            let last = rows.iter().rev().find(|row| row.chunks.len() > 1);
            let wraps = last.is_some_and(|last| wraps(layout, &row, last, closer))
                || alone && ends_last_label(layout, &row, &rows);
            if tail.is_empty() && tight && wraps {
                rows.push(row);
            } else {
                tail.push(row);
            }
        }
        let open =
            |row: &Row| rows.iter().rev().find(|r| r.chunks.len() > 1).is_some_and(|last| leaves_open(row.x(), last));
        if tail.len() > MOST_HEADINGS || !tail.iter().all(open) {
            tail.clear();
        }
        let at = zones.len();
        split_at_wide_spaces(layout, rows, zones);
        if let Some(zone) = zones.get_mut(at) {
            zone.lead = lead;
        }
        if let Some(zone) = zones.last_mut() {
            zone.tail = tail;
        }
    }
}

/// Parts two tables with nothing but space between them, behind a row of figures: a space much wider than those
/// between the rows, or one that is wider at all and has columns named under it.
fn split_at_wide_spaces(layout: &Layout, rows: Vec<Row>, zones: &mut Vec<Zone>) {
    let usual = usual_gap(&rows);
    let (wide, wider) =
        if layout.is_placed() { (PDF_WIDE * usual, PDF_WIDER * usual) } else { (usual + 1.0, usual + 2.0) };
    let mut zone: Vec<Row> = Vec::new();
    let (mut figures, mut parted) = (0, false);
    for row in rows {
        let gap = zone.last().map_or(0.0, |last| row.y - last.foot);
        let names = row.chunks.len() > 1 && !row.chunks.iter().any(|chunk| chunk.amount);
        if figures > 0 && (gap >= wider || gap >= wide && (names || stands_apart(&row, &zone))) {
            zones.push(Zone { rows: std::mem::take(&mut zone), tail: Vec::new(), lead: Vec::new() });
            (figures, parted) = (0, true);
        }
        if parted && row.chunks.len() > 1 {
            // What stands between the tables is of neither, save what heads the second.
            let from = zone.len() - head_lines(layout, &zone, &row);
            zone.drain(..from);
            parted = false;
        }
        figures += usize::from(row.has_amount());
        zone.push(row);
    }
    zones.push(Zone { rows: zone, tail: Vec::new(), lead: Vec::new() });
}

/// Whether no figure of a row stands in a column of the last rows above it.
fn stands_apart(row: &Row, above: &[Row]) -> bool {
    let figures =
        |row: &Row| row.chunks.iter().skip(1).filter(|chunk| chunk.figure).map(|chunk| chunk.x).collect::<Vec<_>>();
    let known: Vec<Interval> = above.iter().rev().take(COMPARED_ROWS).flat_map(figures).collect();
    let own = figures(row);
    !own.is_empty() && own.iter().all(|x| known.iter().all(|other| x.overlap(*other) <= 0.0))
}

/// The usual distance between rows: the middle one of those that follow one another; where all have wrapped lines
/// between them, the distance that three in four do not pass.
fn usual_gap(rows: &[Row]) -> f32 {
    let mut gaps = gaps_of_rows(rows, 2);
    let share = if gaps.is_empty() { 0.75 } else { 0.5 };
    if gaps.is_empty() {
        gaps = gaps_of_rows(rows, 1);
    }
    gaps.sort_by(f32::total_cmp);
    gaps.get((gaps.len() as f32 * share) as usize).copied().unwrap_or(1.0).max(0.1)
}

/// The distances between rows of at least so many chunks that follow one another.
fn gaps_of_rows(rows: &[Row], chunks: usize) -> Vec<f32> {
    let pairs = rows.windows(2).filter_map(|pair| match pair {
        [a, b] if a.chunks.len() >= chunks && b.chunks.len() >= chunks => Some(b.y - a.foot),
        _ => None,
    });
    pairs.collect()
}

/// The least distance from a line to a row of several chunks under it.
fn gap_before_rows(rows: &[Row]) -> Option<f32> {
    let pairs = rows.windows(2).filter_map(|pair| match pair {
        [a, b] if b.chunks.len() > 1 => Some(b.y - a.foot),
        _ => None,
    });
    pairs.min_by(f32::total_cmp)
}

fn page(layout: &Layout, line: usize) -> Option<u32> {
    layout.lines.get(line).map(|line| line.page)
}

/// Whether a line without figures begins small in each of its places: the rest of several cells.
fn goes_small(layout: &Layout, row: &Row) -> bool {
    let small = |text: &str| text.starts_with(char::is_lowercase);
    starts_small(layout, row)
        && row.chunks.iter().all(|chunk| !chunk.figure && small(layout.slice(chunk.bytes.clone())))
}

/// Whether a line stays on one side of the gap behind a row's first chunk.
pub(super) fn leaves_open(x: Interval, row: &Row) -> bool {
    let [first, second, ..] = row.chunks.as_slice() else { return false };
    x.end < second.x.start || x.start >= first.x.end - SLACK * row.em
}

/// Whether a line of one chunk heads a group over several columns of labels, as one cell that is merged over them: it
/// begins where they do and ends before the row's figures.
fn heads_labels(loose: &Row, row: &Row) -> bool {
    let at = row.chunks.len() - figures_at_end(row);
    let Some(label) = row.chunks.first().filter(|_| at > 1) else { return false };
    let before_figures = row.chunks.get(at).is_some_and(|figure| loose.x().end < figure.x.start);
    before_figures && (loose.x().start - label.x.start).abs() <= SLACK * loose.em
}

/// Whether a line of one chunk reads as prose: a sentence, or its end.
fn is_prose(layout: &Layout, row: &Row) -> bool {
    let text = layout.line_text(row.line);
    let words = layout.line_words(row.line).len();
    text.ends_with(['.', '?', '!', ':', ';']) && words >= SENTENCE_WORDS
}
