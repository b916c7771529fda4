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

use super::page;
use crate::layout::Layout;
use crate::table::cells;
use crate::table::number::{self, CellKind};
use crate::table::surround;
use crate::table::words;
use std::collections::HashMap;
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
    /// The number of its block: what no blank line, prose or page's end parts.
    pub block: usize,
    /// The number of its stretch: what no prose parts.
    pub stretch: usize,
    /// Its page.
    pub page: u32,
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

/// A line as an item.
pub(super) fn item_of(layout: &Layout, line: usize, block: usize) -> Item {
    let text = layout.line_text(line);
    let (kind, value, grouped) = kind_of(text);
    let bytes = layout.lines.get(line).map_or(0..0, |l| l.start as usize..l.end as usize);
    Item { kind, bytes: vec![bytes], lines: vec![line], block, stretch: 0, page: 0, value, grouped }
}

/// What the text of a line could be as a cell.
pub(super) fn kind_of(text: &str) -> (Kind, Option<f64>, bool) {
    // Most lines begin with a letter: they are no year, nothing in brackets and no note.
    if !text.starts_with(|c: char| c.is_ascii_alphabetic())
        && let Some(kind) = kind_by_signs(text)
    {
        return kind;
    }
    kind_as_cell(text)
}

/// What a text is by its first signs, or by being a year.
fn kind_by_signs(text: &str) -> Option<(Kind, Option<f64>, bool)> {
    // `2021*`: the mark of a footnote.
    let bare = text.trim_end_matches('*');
    if number::is_year(bare) {
        return Some((Kind::Year, bare.parse().ok(), false));
    }
    if number::is_year_span(text) {
        return Some((Kind::Year, None, false));
    }
    if year_with_remark(text) {
        return Some((Kind::Words, None, false));
    }
    if is_bracketed(text) {
        let year = number::is_year(text.trim_matches(['(', ')']));
        return Some((if year { Kind::Remark } else { Kind::Figure }, None, false));
    }
    if is_unit_letter(text) {
        return Some((Kind::Remark, None, false));
    }
    let noted = is_numbered_note(text) || !page::is_mark(text) && text.starts_with('*');
    noted.then_some((Kind::Note, None, false))
}

fn kind_as_cell(text: &str) -> (Kind, Option<f64>, bool) {
    if page::is_mark(text) {
        return (Kind::Mark, None, false);
    }
    let typed = number::type_cell(text);
    let grouped = matches!(typed.grouping, number::Grouping::Point | number::Grouping::Space);
    match typed.kind {
        CellKind::Number | CellKind::Bound if names_group(text, &typed) => (Kind::Words, None, false),
        CellKind::Number | CellKind::Percent | CellKind::Currency | CellKind::Bound | CellKind::Missing => {
            (Kind::Figure, typed.value, grouped)
        }
        CellKind::Date => (Kind::Date, None, false),
        CellKind::Empty | CellKind::Text if surround::is_caption(text) || page::is_annex_title(text) => {
            (Kind::Caption, None, false)
        }
        CellKind::Empty | CellKind::Text if text.starts_with('(') => (Kind::Remark, None, false),
        CellKind::Empty | CellKind::Text => (Kind::Words, None, false),
    }
}

/// Whether a number with a word behind it is a label rather than a figure: `5 jaar`, `< 25 jaar`, `minder dan 1 jaar`.
fn names_group(text: &str, typed: &number::Typed) -> bool {
    let worded = typed.unit.as_deref().is_some_and(|unit| unit != "%" && unit != "EUR");
    let spelled = text.starts_with(|c: char| c.is_alphabetic()) && typed.kind == CellKind::Bound;
    worded && typed.grouping == number::Grouping::None || spelled
}

/// `2021 (%)`, `2020 (in MWh)`: a year and what is counted.
fn year_with_remark(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(year, rest)| {
        number::is_year(year) && rest.starts_with('(') && !rest.contains(|c: char| c.is_ascii_digit())
    })
}

/// `(1) zonder de maand december`
fn is_numbered_note(text: &str) -> bool {
    let inside = text.strip_prefix('(').and_then(|rest| rest.split_once(") "));
    inside.is_some_and(|(number, rest)| {
        (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && rest.starts_with(char::is_alphabetic)
    })
}

/// `(12)`: a figure that the text has in brackets, or a remark of figures.
fn is_bracketed(text: &str) -> bool {
    text.strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|inside| inside.starts_with(|c: char| c.is_ascii_digit()) && cells::is_figure(inside))
}

/// Whether an item is the next line of the one before it: a remark behind a figure, or what stands in brackets that
/// are still open.
pub(super) fn goes_on(layout: &Layout, last: &Item, next: &Item) -> bool {
    let open = last.bytes.iter().map(|bytes| depth(layout.slice(bytes.clone()))).sum::<i32>() > 0;
    if open && last.bytes.len() < REMARK_LINES
        || cells::completes_number(last.last_line(layout), next.first_line(layout))
    {
        return true;
    }
    let counted = last.kind == Kind::Year && is_unit(next.first_line(layout));
    next.kind == Kind::Remark && (counted || matches!(last.kind, Kind::Figure | Kind::Words))
}

/// `(m)`: one letter in brackets, a unit below the name of its column. What is a part's label is told before.
pub(super) fn is_unit_letter(text: &str) -> bool {
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|letter| letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// `(aantal)`: words in brackets, below a year that they say what is counted of.
fn is_unit(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && !text.contains(|c: char| c.is_ascii_digit())
}

/// Joins the next line to an item; the rest of a figure makes it one.
pub(super) fn go_on(layout: &Layout, last: &mut Item, next: Item) {
    let cut = cells::completes_number(last.last_line(layout), next.first_line(layout));
    let counted = last.kind == Kind::Year;
    append(last, next);
    if cut || counted {
        (last.kind, last.value, last.grouped) = kind_of(&last.text(layout));
    }
}

/// Letters from which a line of a label was wrapped at the edge of its cell rather than ended by its author.
const WRAPPED: usize = 10;
/// Lines of a label that is wrapped between figures, at most.
const LABEL_LINES: usize = 4;
/// The share of the widest label that a line must have to have been wrapped.
const FULL: f32 = 0.55;
/// How many blocks on the columns may stand that tell how many labels a block has.
const REACH: usize = 8;

/// Joins the lines of wrapped labels. A block that has as many lines as a column behind it has cells is left as it is.
/// Else lines that begin in small letters go on with the line before; and a block of few words right before a figure
/// is one label if its lines are full (`GO! Technisch` / `Atheneum`).
pub(super) fn join_wrapped(layout: &Layout, items: Vec<Item>) -> Vec<Item> {
    let words = items.iter().filter(|item| item.kind == Kind::Words);
    let widest = words.map(|item| widest_line(layout, item)).max().unwrap_or(0);
    let forms = forms_of(layout, &items);
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    let blocks: Vec<&[Item]> = items.chunk_by(|a, b| a.block == b.block).collect();
    for (at, block) in blocks.iter().enumerate() {
        let after = &blocks[at + 1..blocks.len().min(at + 1 + REACH)];
        if block.len() == 1 || fits_column(block, after) {
            joined.extend(block.iter().cloned());
            continue;
        }
        let mut labels = join_small(layout, block);
        let before_figure = after.first().is_some_and(|next| next[0].is_figure());
        let all_words = labels.iter().all(|item| item.kind == Kind::Words);
        let one = before_figure && all_words && (2..=LABEL_LINES).contains(&labels.len());
        if one && is_wrapped(layout, &labels, widest, &forms) {
            let rest = labels.split_off(1);
            rest.into_iter().for_each(|item| append(&mut labels[0], item));
        }
        joined.extend(labels);
    }
    joined
}

pub(super) fn append(label: &mut Item, line: Item) {
    label.bytes.extend(line.bytes);
    label.lines.extend(line.lines);
}

/// Whether a block of labels has as many lines as a column of several cells behind it, headers counted or not.
fn fits_column(block: &[Item], after: &[&[Item]]) -> bool {
    let cells = |column: &[Item]| column.iter().filter(|item| !item.is_label()).count();
    block.iter().all(Item::is_label)
        && after.iter().map(|column| (cells(column), column.len())).any(|(cells, length)| {
            cells > 1 && (block.len() == cells || block.len() == cells + 1 && length == cells + 1)
        })
}

/// The items of a block, lines in small letters joined to the label that they go on with. In a list of labels in small
/// letters the letters say nothing.
fn join_small(layout: &Layout, block: &[Item]) -> Vec<Item> {
    let is_small =
        |item: &Item| item.first_line(layout).starts_with(|c: char| c.is_lowercase() || c == '(' || c == '+');
    let words = || block.iter().filter(|item| item.kind == Kind::Words);
    let small = words().filter(|item| is_small(item)).count();
    let list = block.first().is_some_and(is_small) || small > MOST_SMALL * (words().count() - small);
    let mut labels: Vec<Item> = Vec::with_capacity(block.len());
    for item in block {
        match labels.last_mut() {
            Some(last) if !list && is_small(item) && is_long(layout, last) && item.kind != Kind::Figure => {
                append(last, item.clone());
            }
            _ => labels.push(item.clone()),
        }
    }
    labels
}

/// Lines that a label goes on for, on average, at most.
const MOST_SMALL: usize = 2;

fn is_long(layout: &Layout, label: &Item) -> bool {
    label.kind == Kind::Words && label.last_line(layout).chars().count() >= WRAPPED
}

fn widest_line(layout: &Layout, item: &Item) -> usize {
    item.bytes.iter().map(|bytes| layout.slice(bytes.clone()).chars().count()).max().unwrap_or(0)
}

fn is_wrapped(layout: &Layout, block: &[Item], widest: usize, forms: &HashMap<String, usize>) -> bool {
    let long = |item: &Item| item.last_line(layout).chars().count();
    let full = |item: &Item| long(item) >= WRAPPED && long(item) as f32 >= FULL * widest as f32;
    let closing = |item: &Item| words::is_closing_row(item.first_line(layout));
    let known = |item: &Item| forms.get(&form(item.first_line(layout))).is_some_and(|count| *count > 2);
    block[..block.len() - 1].iter().all(full) && !block.iter().all(known) && !block.iter().any(closing)
}

/// How many labels have each form.
fn forms_of(layout: &Layout, items: &[Item]) -> HashMap<String, usize> {
    let mut forms = HashMap::new();
    for item in items.iter().filter(|item| item.kind == Kind::Words) {
        *forms.entry(form(item.first_line(layout))).or_insert(0) += 1;
    }
    forms
}

/// A label's form: runs of digits as `0`; a label without digits is its own.
fn form(text: &str) -> String {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return format!("={text}");
    }
    let mut form = String::new();
    for character in text.chars() {
        match character {
            '0'..='9' if form.ends_with('0') => {}
            '0'..='9' => form.push('0'),
            _ => form.push(character),
        }
    }
    form
}

/// Lines that a remark in brackets may have: beyond that the bracket was never closed.
const REMARK_LINES: usize = 6;

/// Brackets opened less those closed.
fn depth(text: &str) -> i32 {
    text.bytes().map(|b| i32::from(b == b'(') - i32::from(b == b')')).sum()
}
