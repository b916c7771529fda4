//! The lines just above and below a zone's rows that are of the table: what stands over its columns, the first lines of a
//! label, and the rest of the last row's cells.
//!
//! Takes lines of one chunk and the rows beside them, says which go with the rows.
//!
//! ```text
//!                        na 3 jaar     head: over the columns
//! Cohorte 2013               32,4%
//! Arrondissement             44,6%
//! Antwerpen                            rest of the last label, which had no room for it
//! ```

use super::chunks::Row;
use super::line::{ends_open, starts_small};
use super::rows::MANY_COLUMNS;
use super::zones::{SLACK, WIDE_SPACE, leaves_open};
use crate::layout::Layout;

/// Words of a line of one chunk that heads a table, at most: `2018`, `Aantal gesprekken per kanaal`.
const HEAD_WORDS: usize = 5;

/// Words of the rest of a label in a narrow column, at most.
const FEW_WORDS: usize = 2;

/// Lines of one chunk that head a table, at most: a name over several lines, a title.
const MOST_HEADS: usize = 4;

/// Whether a line that reads as prose names the columns of the row right below it: each of its pieces stands over one of
/// the row's, as spread prose does not, and all columns but the first have a name.
pub(super) fn names_columns(layout: &Layout, names: &Row, row: &Row) -> bool {
    let below = names.line + 1 == row.line && layout.lines.get(row.line).is_some_and(|line| line.blank_before == 0);
    below
        && row.has_amount()
        && names.chunks.len() + 1 >= row.chunks.len()
        && names.lines_up(layout, std::iter::once(row))
        && !layout.line_text(names.line).ends_with(['.', '?', '!', ':', ';'])
}

/// How many of the last lines of one chunk above a table's first row are of the table: what stands over its columns, and
/// a label's first lines.
pub(super) fn head_lines(layout: &Layout, loose: &[Row], row: &Row) -> usize {
    let gap = row.chunks.first().map_or(0.0, |chunk| chunk.x.end);
    let stands_over = |loose: &&Row| loose.x().start > gap - SLACK * loose.em && near(layout, loose.line);
    let heads = loose.iter().rev().take(MOST_HEADS);
    let heads: Vec<&Row> = heads.take_while(|loose| stands_over(loose) && can_head(layout, loose)).collect();
    // What begins small is the rest of a name.
    let rest = heads.iter().rev().take_while(|loose| starts_small(layout, loose)).count();
    (heads.len() - rest).max(label_above(layout, loose, row))
}

/// How many of the last lines of one chunk are the upper lines of a row's label, whose figures stand at its foot.
fn label_above(layout: &Layout, loose: &[Row], row: &Row) -> usize {
    let [label, second, ..] = row.chunks.as_slice() else { return 0 };
    let mut below = layout.slice(label.bytes.clone());
    let mut line = row.line;
    let mut count = 0;
    for above in loose.iter().rev() {
        let x = above.x();
        let close = layout.lines.get(line).is_some_and(|line| line.blank_before == 0);
        let under = (x.start - label.x.start).abs() <= row.em && x.end < second.x.start;
        let text = layout.line_text(above.line);
        if !(below.starts_with(char::is_lowercase) || ends_open(text)) || !close || !under {
            break;
        }
        count += 1;
        below = text;
        line = above.line;
    }
    if below.starts_with(char::is_lowercase) { 0 } else { count }
}

/// Whether a line of one chunk can name a column: a few words, no end of a sentence.
fn can_head(layout: &Layout, row: &Row) -> bool {
    let text = layout.line_text(row.line);
    layout.line_words(row.line).len() <= HEAD_WORDS && !text.ends_with(['.', '?', '!', ':', ';'])
}

/// Whether little space stands between a line and the next.
fn near(layout: &Layout, line: usize) -> bool {
    layout.lines.get(line + 1).is_some_and(|next| next.blank_before <= WIDE_SPACE)
}

/// Whether a line of one chunk goes on with a cell of the row above: under its label, small; or under another cell.
pub(super) fn wraps(layout: &Layout, row: &Row, above: &Row, closer: bool) -> bool {
    if row.chunks.len() > 1 || !leaves_open(row.x(), above) {
        return false;
    }
    let (Some(chunk), [label, second, ..]) = (row.chunks.first(), above.chunks.as_slice()) else { return false };
    let text = layout.slice(chunk.bytes.clone());
    let small = text.starts_with(|c: char| c.is_lowercase() || c == '(');
    if chunk.x.start >= label.x.end {
        return true;
    }
    // Where columns are many, the first is narrow: words right below its label are the rest of it.
    let narrow = above.chunks.len() >= MANY_COLUMNS && layout.line_words(row.line).len() <= FEW_WORDS;
    (small || closer || narrow || ends_open(layout.slice(label.bytes.clone())))
        && chunk.x.end < second.x.start
        && (chunk.x.start - label.x.start).abs() <= 2.0 * row.em
}

/// Whether a line right below the last row, with space behind it, is the rest of that row's label: a few words in the
/// first column that begin where the label does, and whose first word the label, as wide as labels are, had no room for.
pub(super) fn ends_last_label(layout: &Layout, row: &Row, rows: &[Row]) -> bool {
    let (Some(last), Some(chunk)) = (rows.last().filter(|row| row.chunks.len() > 1), row.chunks.first()) else {
        return false;
    };
    let [label, second, ..] = last.chunks.as_slice() else { return false };
    let text = layout.line_text(row.line);
    let apart = layout.lines.get(row.line + 1).is_none_or(|next| next.blank_before > 0);
    let labels =
        rows.iter().filter_map(|row| row.chunks.first()).filter(|first| first.x.start <= label.x.start + row.em);
    let widest = labels.map(|label| label.x.end).fold(0.0, f32::max);
    apart
        && row.line == last.foot_line() + 1
        && !text.contains([':', '.', '?', '!', ';'])
        && text.split(' ').count() <= HEAD_WORDS
        && chunk.x.end < second.x.start
        && (chunk.x.start - label.x.start).abs() <= row.em
        && label.x.end + row.em + chunk.first_word > widest
}
