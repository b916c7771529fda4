//! What of a text with one cell a line is cells: everything that is no prose.
//!
//! Takes the lines of a reply, says whether the text has one cell a line at all, and gives its cells as [`Item`]s.
//! `pdftotext` sets a table's columns one after the other and whatever stands beside or below between them: labels of
//! answers, whole paragraphs, columns of the next table. So prose parts nothing here; only the page's end does.
//!
//! ```text
//! Gaarne een overzicht per jaar:     prose: it ends a sentence
//! Izegem / 34 / 117                  cells
//! 2.                                 a mark, torn from its paragraph
//! De vaccinatiegraad wordt …         prose: it was wrapped at the margin, or goes on from such a line
//! ```

use super::item::{self, Item, Kind};
use super::lists;
use crate::layout::{Layout, Role};
use crate::table::cells;
use crate::table::collapsed::region as shared;
use std::ops::Range;

/// What a line is to a text with one cell a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A cell, or a piece of one.
    Cell,
    /// The label of an answer alone: it may have been torn from its paragraph.
    Mark,
    /// Prose, a bullet.
    Prose,
    /// No body text.
    Skipped,
}

/// The share of the margin from which a line is too long to be a cell.
const LONG: f32 = 0.72;
/// Words from which a line with a full stop is a sentence: `West-Vl.` is none.
const SENTENCE: usize = 4;
/// Figures alone on their lines without which nothing is sought.
const FEWEST_FIGURES: usize = 3;
/// For one line of several cells, so many lines of a single figure: a label may end in a number now and then.
const SINGLES: usize = 2;
/// Blocks of figures between blank lines that tell a text with one cell a line: other extractors leave none. One near
/// behind a block of as many cells does for two.
const FEWEST_BLOCKS: usize = 2;
/// How many blocks before a column its labels may stand: columns of words stand between.
const LABELS_BEFORE: usize = 3;

/// The kinds of lines from the first on.
pub(super) fn line_kinds(layout: &Layout, lines: Range<usize>, apart: &[usize]) -> Vec<LineKind> {
    let long = shared::margin(layout, lines.clone()) * LONG;
    let first = lines.start;
    let mut kinds = Vec::with_capacity(lines.len());
    let mut open = false;
    for line in lines {
        let text = layout.line_text(line);
        let touches = layout.lines.get(line).is_some_and(|l| l.blank_before == 0);
        let kind = if touches && kinds.last() == Some(&LineKind::Mark) && is_part_of(layout.line_text(line - 1), text) {
            LineKind::Mark
        } else if touches && kinds.last() == Some(&LineKind::Cell) && item::is_unit_letter(text) {
            LineKind::Cell
        } else if open && touches && kind_of(layout, line, long) != LineKind::Mark {
            LineKind::Prose
        } else if apart.binary_search(&line).is_ok() {
            if shared::is_label_line(text) { LineKind::Mark } else { LineKind::Prose }
        } else {
            kind_of(layout, line, long)
        };
        if kind != LineKind::Skipped {
            // A paragraph goes on until a line ends its sentence, or is short.
            let full = text.chars().count() as f32 >= long;
            open = kind == LineKind::Prose && full && !shared::ends_sentence(text);
        }
        kinds.push(kind);
    }
    lists::mark(layout, first, &mut kinds);
    kinds
}

fn kind_of(layout: &Layout, line: usize, long: f32) -> LineKind {
    let Some(place) = layout.lines.get(line).filter(|l| l.role == Role::Body) else { return LineKind::Skipped };
    let text = layout.line_text(line);
    if is_page_number(text) {
        return LineKind::Skipped;
    }
    if shared::is_label_line(text) {
        return LineKind::Mark;
    }
    if shared::is_caption(text) || is_annex_title(text) {
        return LineKind::Cell;
    }
    let full = text.chars().count() as f32 >= long;
    let leads_in = text.ends_with(':') && place.words.len() > 1 && place.blank_before > 0;
    if full || leads_in || shared::is_bullet(text) && !cells::is_figure(text) || is_sentence(text, place.words.len()) {
        return LineKind::Prose;
    }
    LineKind::Cell
}

/// `Bijlage 1: Dossiers per gemeente`: the caption of the table below it.
pub(super) fn is_annex_title(text: &str) -> bool {
    let Some((_, rest)) = text.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("bijlage")) else {
        return false;
    };
    let Some((number, title)) = rest.split_once([':', '.', '–']) else { return false };
    let number = number.trim_end();
    let numbered = number.bytes().all(|b| b.is_ascii_digit())
        || number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic());
    (1..=2).contains(&number.len()) && numbered && title.starts_with(' ')
}

/// Whether a line is the label of the first part under a label: `4)`, `4.1`.
fn is_part_of(label: &str, text: &str) -> bool {
    let parts = text.trim_end_matches('.').split_once('.');
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.is_some_and(|(above, part)| digits(above) && digits(part) && label.trim_end_matches(['.', ')']) == above)
}

/// `-2-`: a page's number, set among the columns.
fn is_page_number(text: &str) -> bool {
    let inside = text.strip_prefix(['-', '–']).and_then(|rest| rest.strip_suffix(['-', '–'])).map(str::trim);
    inside.is_some_and(|digits| (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn is_sentence(text: &str, words: usize) -> bool {
    words >= SENTENCE && shared::ends_sentence(text) && !cells::is_figure(text)
}

/// Whether the text has one cell a line: figures alone on their lines, in blocks between blank lines.
pub(super) fn is_stacked(layout: &Layout, lines: Range<usize>, kinds: &[LineKind]) -> bool {
    let (mut singles, mut several, mut blocks) = (0, 0, 0);
    let (mut block, mut before) = (Block::default(), [0; LABELS_BEFORE]);
    let mut page = None;
    for (line, kind) in lines.zip(kinds) {
        let Some(place) = layout.lines.get(line) else { continue };
        if place.blank_before > 0 || page.replace(place.page).is_some_and(|page| page != place.page) {
            blocks += block.weight(&before);
            before.rotate_right(1);
            before[0] = std::mem::take(&mut block).cells;
        }
        if *kind != LineKind::Cell {
            block.prose |= *kind == LineKind::Prose;
            block.cells = 0;
            continue;
        }
        block.cells += 1;
        match item::kind_of(layout.line_text(line)).0 {
            Kind::Figure | Kind::Date => {
                singles += 1;
                block.figures += 1;
            }
            Kind::Words => several += usize::from(ends_in_figure(layout, line)),
            _ => {}
        }
    }
    blocks += block.weight(&before);
    singles >= FEWEST_FIGURES && several * SINGLES <= singles && blocks >= FEWEST_BLOCKS
}

/// Lines without a blank line between.
#[derive(Default)]
struct Block {
    /// Cells behind the last prose.
    cells: usize,
    figures: usize,
    prose: bool,
}

impl Block {
    /// What it says for one cell a line, behind blocks of so many cells.
    fn weight(&self, before: &[usize]) -> usize {
        let column = self.figures >= FEWEST_FIGURES && before.contains(&self.cells);
        match self.figures > 0 && !self.prose {
            true if column => 2,
            told => usize::from(told),
        }
    }
}

/// Whether the last word is a figure and no year, with words before it.
fn ends_in_figure(layout: &Layout, line: usize) -> bool {
    let words = layout.line_words(line);
    let last = words.last().map_or("", |word| layout.word_text(word));
    words.len() > 1 && cells::is_figure(last) && !crate::table::number::is_year(last)
}

/// Whether a line is nothing but the label of an answer.
pub(super) fn is_mark(text: &str) -> bool {
    shared::is_label_line(text)
}

/// The cells of a text, in its order, lines of prose left out.
pub(super) fn items_of(layout: &Layout, lines: Range<usize>, kinds: &[LineKind]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(lines.len());
    let (mut block, mut stretch) = (0, 0);
    let (mut page, mut broken) = (None, false);
    for (index, kind) in lines.zip(kinds) {
        match kind {
            LineKind::Skipped => continue,
            LineKind::Prose => {
                broken = true;
                continue;
            }
            LineKind::Cell | LineKind::Mark => {}
        }
        let Some(line) = layout.lines.get(index) else { continue };
        let turned = page.is_some_and(|page| page != line.page);
        block += usize::from((line.blank_before > 0 || turned || broken) && !items.is_empty());
        stretch += usize::from(broken && !items.is_empty());
        (page, broken) = (Some(line.page), false);
        let mut item = item::item_of(layout, index, block);
        item.stretch = stretch;
        if *kind == LineKind::Mark {
            (item.kind, item.value) = (Kind::Mark, None);
        }
        item.page = line.page;
        match items.last_mut() {
            Some(last) if last.block == block && item::goes_on(layout, last, &item) => item::go_on(layout, last, item),
            _ => items.push(item),
        }
    }
    items
}
