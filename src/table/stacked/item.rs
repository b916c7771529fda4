//! Items: what stands alone on its line, in blocks.
//!
//! Takes the lines of a region, gives [`Item`]s: a line each, a label or a remark that was wrapped inside its cell as
//! one. Decides by the item alone what it could be; which row and column it belongs to is for others to find.
//!
//! ```text
//! een onvolledig dossier      ┐ Words, a wrapped label
//!                             ┘
//! 2018                          Year     (a header, a label, or a figure)
//! 29%  (start lockdown          ┐ Figure, its remark over two lines
//!      COVID-19)                ┘
//! ```

use super::region;
use crate::layout::{Layout, Role};
use crate::table::cells;
use crate::table::number::{self, CellKind};
use crate::table::surround;
use std::ops::Range;

/// What an item could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A label, a header, a cell of words.
    Words,
    /// A bare year: a label, a header or (seldom) a figure.
    Year,
    /// A number, whatever its unit; a number in brackets; a sign for none.
    Figure,
    /// A day.
    Date,
    /// `Tabel 1: …`
    Caption,
    /// `* …`
    Note,
    /// A remark in brackets, away from its figure.
    Remark,
    /// `3.`: the label of an answer, no part of a table.
    Mark,
}

/// One cell's text as far as it stands in one block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// What it could be.
    pub kind: Kind,
    /// Its bytes, a range a line.
    pub bytes: Vec<Range<usize>>,
    /// Its lines.
    pub lines: Vec<usize>,
    /// The number of its block in the region.
    pub block: usize,
    /// Its number.
    pub value: Option<f64>,
    /// Whether its thousands are set apart.
    pub grouped: bool,
}

impl Item {
    /// Whether it stands in a column of labels or a header.
    pub(super) fn is_label(&self) -> bool {
        matches!(self.kind, Kind::Words | Kind::Year)
    }

    /// Whether it can only be a body cell.
    pub(super) fn is_figure(&self) -> bool {
        self.kind == Kind::Figure
    }

    /// Its text, wraps undone.
    pub(super) fn text(&self, layout: &Layout) -> String {
        cells::cell_of(layout, self.bytes.clone()).text
    }

    /// The text of its first line.
    pub(super) fn first_line<'a>(&self, layout: &'a Layout) -> &'a str {
        self.bytes.first().map_or("", |bytes| layout.slice(bytes.clone()))
    }

    fn last_line<'a>(&self, layout: &'a Layout) -> &'a str {
        self.bytes.last().map_or("", |bytes| layout.slice(bytes.clone()))
    }
}

/// The items of a region, in the order of the text.
pub(super) fn items_of(layout: &Layout, lines: Range<usize>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(lines.len());
    let mut block = 0;
    let mut page = None;
    for index in lines {
        let Some(line) = layout.lines.get(index).filter(|line| line.role == Role::Body) else { continue };
        let parted = line.blank_before > 0 || page.is_some_and(|page| page != line.page);
        block += usize::from(parted && !items.is_empty());
        page = Some(line.page);
        let item = item_of(layout, index, block);
        match items.last_mut() {
            Some(last) if last.block == block && goes_on(layout, last, &item) => {
                last.bytes.extend(item.bytes);
                last.lines.extend(item.lines);
            }
            _ => items.push(item),
        }
    }
    items
}

fn item_of(layout: &Layout, line: usize, block: usize) -> Item {
    let text = layout.line_text(line);
    let (kind, value, grouped) = kind_of(text);
    let bytes = layout.lines.get(line).map_or(0..0, |l| l.start as usize..l.end as usize);
    Item { kind, bytes: vec![bytes], lines: vec![line], block, value, grouped }
}

/// What the text of a line could be as a cell.
pub(super) fn kind_of(text: &str) -> (Kind, Option<f64>, bool) {
    if number::is_year(text) {
        return (Kind::Year, text.parse().ok(), false);
    }
    if is_bracketed(text) {
        return (Kind::Figure, None, false);
    }
    if region::is_mark(text) {
        return (Kind::Mark, None, false);
    }
    if text.starts_with('*') {
        return (Kind::Note, None, false);
    }
    let typed = number::type_cell(text);
    let grouped = matches!(typed.grouping, number::Grouping::Point | number::Grouping::Space);
    match typed.kind {
        CellKind::Number if typed.unit.is_some() && typed.grouping == number::Grouping::None => {
            (Kind::Words, None, false)
        }
        CellKind::Number | CellKind::Percent | CellKind::Currency | CellKind::Bound | CellKind::Missing => {
            (Kind::Figure, typed.value, grouped)
        }
        CellKind::Date => (Kind::Date, None, false),
        CellKind::Empty | CellKind::Text if surround::is_caption(text) => (Kind::Caption, None, false),
        CellKind::Empty | CellKind::Text if text.starts_with('(') => (Kind::Remark, None, false),
        CellKind::Empty | CellKind::Text => (Kind::Words, None, false),
    }
}

/// `(12)`: a figure that the text has in brackets, or a remark of figures.
fn is_bracketed(text: &str) -> bool {
    text.strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|inside| inside.starts_with(|c: char| c.is_ascii_digit()) && cells::is_figure(inside))
}

/// Letters from which a line of a label was wrapped at the edge of its cell rather than ended by its author.
const WRAPPED: usize = 14;

/// Whether an item is the next line of the one before it: a remark behind a figure, or words that go on in small
/// letters behind a line that is long enough to have been wrapped.
fn goes_on(layout: &Layout, last: &Item, next: &Item) -> bool {
    let (before, text) = (last.last_line(layout), next.first_line(layout));
    let open = last.bytes.iter().map(|bytes| depth(layout.slice(bytes.clone()))).sum::<i32>() > 0;
    if open && last.bytes.len() < REMARK_LINES {
        return true;
    }
    match (last.kind, next.kind) {
        (Kind::Figure, Kind::Remark) => true,
        (Kind::Words, Kind::Words | Kind::Remark) => {
            let small = text.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '+');
            small && before.chars().count() >= WRAPPED
        }
        _ => false,
    }
}

/// Lines that a remark in brackets may have: beyond that the bracket was never closed.
const REMARK_LINES: usize = 6;

/// Brackets opened less those closed.
fn depth(text: &str) -> i32 {
    text.bytes().map(|b| i32::from(b == b'(') - i32::from(b == b')')).sum()
}
