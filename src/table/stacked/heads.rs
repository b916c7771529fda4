//! Headers of tables that stand column by column.
//!
//! Takes columns, each with the labels over its figures, and the labels that stand alone before them; gives the header
//! rows. A header's lines are one cell, unless they name a span: a year over words, words over years, or a line over
//! columns whose own lines come again under the next.
//!
//! ```text
//! 2020            2021
//! jongens meisjes jongens meisjes      blocks: 2020 / jongens / 2.178 …   meisjes / 1.736 …
//! ```

use super::item::{Item, Kind};
use super::plan::Cell;
use super::sheet::Sheet;
use crate::table::words;
use std::collections::HashSet;
use std::ops::Range;

/// A column as read.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    /// The header's cells, top to bottom; empty without a header.
    pub heads: Vec<Cell>,
    /// A cell for each row.
    pub cells: Vec<Cell>,
}

/// Lines that one header cell has at most.
pub(super) const HEAD_LINES: usize = 5;

/// The header cells of each column from the items over its figures: one cell, or a spanner and one.
pub(super) fn part(sheet: &Sheet<'_>, own: &[Range<usize>]) -> Vec<Vec<Cell>> {
    let cell = |range: Range<usize>| range.collect::<Vec<usize>>();
    let lasts: Vec<Option<&Item>> = own.iter().map(|range| sheet.items[range.clone()].last()).collect();
    let text = |item: &Item| item.text(sheet.layout);
    let most = own.iter().map(|range| range.len()).max().unwrap_or(0);
    let is_shorter = |at: usize| own.get(at).is_some_and(|next| !next.is_empty() && next.len() < most);
    // A spanner stands over two columns at least.
    let led = own.first().is_some_and(|first| first.len() == most);
    let spans = led && (0..own.len()).filter(|at| own[*at].len() == most).all(|at| is_shorter(at + 1));
    let mut heads = Vec::with_capacity(own.len());
    for (at, range) in own.iter().enumerate() {
        let items = &sheet.items[range.clone()];
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            heads.push(Vec::new());
            continue;
        };
        let repeats =
            lasts.iter().enumerate().any(|(other, item)| other != at && item.is_some_and(|i| text(i) == text(last)));
        // Years under words stand under them again; where the next column has none, the year is the last of the words.
        let beside = lasts.get(at + 1).copied().flatten().is_some_and(|next| next.kind == Kind::Year);
        let kinds = (first.kind == Kind::Year) != (last.kind == Kind::Year) && (last.kind != Kind::Year || beside);
        if items.len() > 1 && spans && range.len() == most && (repeats || kinds) {
            heads.push(vec![cell(range.start..range.start + 1), cell(range.start + 1..range.end)]);
        } else {
            heads.push(vec![cell(range.clone())]);
        }
    }
    heads
}

/// The header cells of several columns in one piece: the last labels are the columns', those before span them evenly.
pub(super) fn fan(items: Range<usize>, columns: usize) -> Option<Vec<Vec<Cell>>> {
    let mut levels: Vec<Vec<Cell>> = Vec::new();
    let mut rest = items.start..items.end;
    let mut size = columns;
    while !rest.is_empty() {
        // The lines of one spanner.
        if size == 1 && !levels.is_empty() {
            levels.insert(0, vec![rest.collect()]);
            break;
        }
        while size > rest.len() || size > 0 && !columns.is_multiple_of(size) {
            size -= 1;
        }
        if size == 0 {
            return None;
        }
        levels.insert(0, (rest.end - size..rest.end).map(|item| vec![item]).collect());
        rest.end -= size;
        size = size.saturating_sub(1).max(1);
    }
    let column = |at: usize| levels.iter().map(|level| level[at * level.len() / columns].clone()).collect();
    (levels.last()?.len() == columns).then(|| (0..columns).map(column).collect())
}

/// The header rows over columns: a spanner goes on to the right, a header without one stands on every level.
pub(super) fn rows(sheet: &Sheet<'_>, columns: &[Column]) -> Vec<Vec<Cell>> {
    let levels = columns.iter().map(|column| column.heads.len()).max().unwrap_or(0);
    let mut rows: Vec<Vec<Cell>> = vec![Vec::with_capacity(columns.len()); levels];
    let is_year = |cell: &Cell| cell.first().is_some_and(|item| sheet.items[*item].kind == Kind::Year);
    // Whether years are what the last spanner stands over.
    let mut spanned: Option<bool> = None;
    for column in columns {
        let own = column.heads.len();
        let leaf = column.heads.last().cloned().unwrap_or_default();
        let total = leaf.first().is_some_and(|item| words::is_total(sheet.items[*item].first_line(sheet.layout)));
        for (level, row) in rows.iter_mut().enumerate() {
            let cell = match (level + own).checked_sub(levels) {
                Some(index) => column.heads.get(index).cloned().unwrap_or_default(),
                None if own == 0 => Cell::new(),
                None if total || spanned.is_none_or(|years| years && !is_year(&leaf)) => leaf.clone(),
                None => row.last().cloned().unwrap_or_default(),
            };
            row.push(cell);
        }
        if own == levels && levels > 1 {
            spanned = Some(is_year(&leaf));
        } else if spanned == Some(true) && !is_year(&leaf) {
            spanned = None;
        }
    }
    rows
}

/// Headers for columns without any, from the labels alone in their pieces before the first of them and between them; one
/// more heads the stub, if that has none. Gives the cells, the stub's first, and the pieces.
pub(super) fn alone(
    sheet: &Sheet<'_>,
    used: &[usize],
    bare: &[usize],
    corner: bool,
) -> Option<(Option<Cell>, Vec<Cell>, Vec<usize>)> {
    let (first, last, count) = (*bare.first()?, *bare.last()?, bare.len());
    let used: HashSet<usize> = used.iter().copied().collect();
    let is_head = |at: &usize| {
        let piece = &sheet.pieces[*at];
        let free = !sheet.taken[*at] && !used.contains(at) && !piece.alone;
        free && piece.is_labels() && piece.len() <= HEAD_LINES
    };
    let between: Vec<usize> = (first + 1..last).filter(is_head).collect();
    let wanted = count + usize::from(corner);
    let lacking = wanted.saturating_sub(between.len());
    let mut singles = singles_before(sheet, &used, first, lacking, false);
    if singles.len() + between.len() < count {
        // A footnote may stand among the headers.
        let over = singles_before(sheet, &used, first, lacking, true);
        singles = if over.len() + between.len() >= count { over } else { singles };
    }
    if singles.len() + between.len() <= wanted {
        singles.extend(between);
    }
    let cell = |piece: &usize| sheet.pieces[*piece].items.clone().collect::<Vec<usize>>();
    if singles.len() >= count {
        let heads: Vec<Cell> = singles[singles.len() - count..].iter().map(cell).collect();
        let before = singles.len().checked_sub(count + 1).filter(|_| corner).map(|at| singles[at]);
        let named = before.map(|piece| cell(&piece));
        let pieces = singles[singles.len() - count..].iter().copied().chain(before).collect();
        return Some((named, heads, pieces));
    }
    // All the header's cells in one piece.
    let piece = *singles.last()?;
    let range = sheet.pieces[piece].items.clone();
    let spare = range.len().checked_sub(count)?;
    let named = (spare == 1 && corner).then(|| vec![range.start]);
    let heads = (range.start + spare..range.end).map(|item| vec![item]).collect();
    (count > 1 && spare <= usize::from(corner)).then_some((named, heads, vec![piece]))
}

/// The pieces of one label, or few lines of one, before a piece; what is used already is passed over, and with
/// `over` one stretch of prose.
fn singles_before(sheet: &Sheet<'_>, used: &HashSet<usize>, first: usize, wanted: usize, over: bool) -> Vec<usize> {
    let mut over = over;
    let mut singles = Vec::new();
    let mut stretch = sheet.pieces.get(first).map_or(0, |piece| piece.stretch);
    let page = sheet.pieces.get(first).map_or(0, |piece| piece.page);
    let stub = used.iter().copied().min();
    for at in (0..first).rev() {
        let piece = &sheet.pieces[at];
        if piece.page != page || singles.len() == wanted {
            break;
        }
        if used.contains(&at) {
            stretch = piece.stretch;
            continue;
        }
        let passed = sheet.taken[at] || piece.alone;
        if passed || stub.is_some_and(|stub| at > stub) && piece.stretch != stretch {
            continue;
        }
        if over && piece.stretch != stretch && !singles.is_empty() {
            (over, stretch) = (false, piece.stretch);
        }
        if piece.stretch != stretch || !piece.is_labels() || piece.len() > HEAD_LINES.max(wanted) {
            break;
        }
        singles.push(at);
    }
    singles.reverse();
    singles
}
