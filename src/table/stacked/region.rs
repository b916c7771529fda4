//! Regions: runs of lines that hold one cell each.
//!
//! Takes lines, gives the ranges between the prose where figures stand alone on their lines and hardly any label has
//! its figures beside it. Everything else is for the other finders.
//!
//! ```text
//! Gaarne een overzicht per jaar:     prose
//! Izegem                             ┐
//! 34                                 │ a region
//! 117                                ┘
//! ```

use super::item;
use super::item::Kind;
use crate::layout::{Layout, Role};
use crate::table::cells;
use crate::table::collapsed::region as shared;
use std::ops::Range;

/// What a line is to a table with one cell a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineKind {
    /// A figure by itself.
    Figure,
    /// A label and figures, or several figures.
    Several,
    /// Words.
    Words,
    /// The label of an answer: it may have been torn into a table.
    Mark,
    /// Prose, a bullet.
    Break,
    /// No body text.
    Skipped,
}

/// Bytes from which a line is too long to be a cell: three quarters of the shortest line of prose.
const LONG: usize = 68;
/// Words from which a line with a full stop is a sentence: `West-Vl.` is none.
const SENTENCE: usize = 4;
/// Figures alone on their lines that make a region.
const FEWEST_FIGURES: usize = 3;
/// For one line of several cells, so many lines of a single figure: a label may end in a number now and then.
const SINGLES: usize = 5;

/// The regions in a range of lines.
pub(super) fn regions(layout: &Layout, lines: Range<usize>) -> Vec<Range<usize>> {
    let mut regions = Vec::new();
    let (mut start, mut singles, mut several) = (lines.start, 0, 0);
    let mut prose = false;
    for line in lines.start..=lines.end {
        let kind = if line == lines.end { LineKind::Break } else { kind_of(layout, line) };
        // A paragraph's last line is short and may have few words.
        let kind = if prose && ends_paragraph(layout, line, kind) { LineKind::Break } else { kind };
        prose = kind == LineKind::Break;
        match kind {
            LineKind::Figure => singles += 1,
            LineKind::Several => several += 1,
            LineKind::Mark if singles == 0 => start = line + 1,
            LineKind::Words | LineKind::Skipped | LineKind::Mark => {}
            LineKind::Break => {
                if singles >= FEWEST_FIGURES && several * SINGLES <= singles {
                    regions.push(start..line);
                }
                (start, singles, several) = (line + 1, 0, 0);
            }
        }
    }
    regions
}

/// Whether a line right under prose is its end.
fn ends_paragraph(layout: &Layout, line: usize, kind: LineKind) -> bool {
    let touches = layout.lines.get(line).is_some_and(|l| l.blank_before == 0);
    touches && kind == LineKind::Words && shared::ends_sentence(layout.line_text(line))
}

fn kind_of(layout: &Layout, line: usize) -> LineKind {
    let Some(place) = layout.lines.get(line).filter(|l| l.role == Role::Body) else { return LineKind::Skipped };
    let text = layout.line_text(line);
    if text.len() > LONG {
        return if shared::is_caption(text) { LineKind::Words } else { LineKind::Break };
    }
    let first = text.as_bytes().first().copied().unwrap_or(b' ');
    if !first.is_ascii_alphabetic() || text.len() <= 6 {
        match item::kind_of(text).0 {
            Kind::Figure | Kind::Date => return LineKind::Figure,
            Kind::Year => return LineKind::Words,
            _ => {}
        }
    }
    if is_mark(text) {
        return LineKind::Mark;
    }
    if shared::is_bullet(text) || (place.words.len() >= SENTENCE && shared::ends_sentence(text)) {
        return LineKind::Break;
    }
    let several =
        place.words.len() > 1 && ends_in_figure(layout, line) && !is_header(layout, line) && !is_numbered(layout, line);
    if several { LineKind::Several } else { LineKind::Words }
}

/// Whether a line is a label that ends in a small number, alone in its block: `Kwartaal 1`.
fn is_numbered(layout: &Layout, line: usize) -> bool {
    let parted = |line: usize| layout.lines.get(line).is_none_or(|l| l.blank_before > 0);
    let words = layout.line_words(line);
    let Some((last, before)) = words.split_last() else { return false };
    let last = layout.word_text(last);
    let small = last.len() <= 2 && last.bytes().all(|b| b.is_ascii_digit());
    let plain = before.iter().all(|word| !cells::is_figure(layout.word_text(word)));
    small && plain && parted(line) && parted(line + 1)
}

/// Whether a line is nothing but the label of an answer.
pub(super) fn is_mark(text: &str) -> bool {
    shared::is_label_line(text)
}

/// Whether a line is the header over a column: first of its block, with a figure by itself right under it.
fn is_header(layout: &Layout, line: usize) -> bool {
    let first = layout.lines.get(line).is_some_and(|l| l.blank_before > 0);
    let under = layout.lines.get(line + 1).is_some_and(|l| l.blank_before == 0);
    first && under && item::kind_of(layout.line_text(line + 1)).0 == Kind::Figure
}

/// Whether the last word is a figure and no year, with another figure or a label before it.
fn ends_in_figure(layout: &Layout, line: usize) -> bool {
    let last = layout.line_words(line).last().map_or("", |word| layout.word_text(word));
    cells::is_figure(last) && !crate::table::number::is_year(last) && !shared::is_caption(layout.line_text(line))
}
