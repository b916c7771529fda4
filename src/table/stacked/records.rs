//! Tables of records that stand row by row: words, days and figures in turn.
//!
//! Takes the items that no other reading took, gives drafts and the items they use. What proves such a table is that
//! the same kinds come in the same order, row after row, under as many header cells.
//!
//! ```text
//! Project / Organisatie / Startdatum / Bedrag        the header: words alone
//! Open deur / Actiris / 28/11/2017 / €68.234         words, words, day, figure
//! Het Kompas / Forem / 06/08/2017 / €74.234          the same again
//! ```

use super::draft::Draft;
use super::item::{Item, Kind};
use crate::layout::Layout;
use crate::table::words;

/// Columns of a table of records; with fewer every list of words and figures would be one.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=12;

/// The tables of records among the free items; what they use is taken out of `free`.
pub(super) fn drafts_of(layout: &Layout, items: &[Item], free: &mut Vec<usize>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut at = 0;
    while at < free.len() {
        match records_at(items, free, at) {
            Some((columns, rows)) => {
                let mut draft = draft_of(free, at, columns, rows);
                let mut used = (rows + 1) * columns;
                if let Some(total) = total_behind(layout, items, &free[at + used..]) {
                    let total = free.remove(at + used + total);
                    draft.rows.push(total_row(free[at + used], total, columns));
                    used += 1;
                }
                free.drain(at..at + used);
                drafts.push(draft);
            }
            None => at += 1,
        }
    }
    drafts
}

/// The number of columns and rows of the records whose header begins here.
fn records_at(items: &[Item], free: &[usize], at: usize) -> Option<(usize, usize)> {
    COLUMNS.rev().find_map(|columns| {
        let kind = |index: usize| free.get(index).map(|item| kind_of(&items[*item]));
        let header = (at..at + columns).all(|index| kind(index) == Some(Kind::Words));
        let first: Vec<Kind> = (at + columns..at + 2 * columns).map_while(kind).collect();
        // Words behind the label, and a column that is not: else nothing tells where a row begins.
        let telling = first.len() == columns
            && first[0] == Kind::Words
            && first[1..].contains(&Kind::Words)
            && first[1..].iter().any(|kind| *kind != Kind::Words);
        if !header || !telling {
            return None;
        }
        let same = |row: usize| (0..columns).all(|c| kind(at + (row + 1) * columns + c) == Some(first[c]));
        let rows = (0..free.len() / columns).take_while(|row| same(*row)).count();
        (rows > 1).then_some((columns, rows))
    })
}

/// The kind as far as it tells columns apart.
fn kind_of(item: &Item) -> Kind {
    if item.kind == Kind::Year { Kind::Figure } else { item.kind }
}

fn draft_of(free: &[usize], at: usize, columns: usize, rows: usize) -> Draft {
    let row = |index: usize| {
        let start = at + index * columns;
        free[start..start + columns].iter().copied().map(Some).collect()
    };
    Draft { heads: vec![row(0)], rows: (1..=rows).map(row).collect(), ..Draft::default() }
}

/// How far behind its label the total of the last column may stand.
const NEAR: usize = 3;

/// The one figure of a total whose label stands right behind the records, labels of a next table between them or not.
fn total_behind(layout: &Layout, items: &[Item], rest: &[usize]) -> Option<usize> {
    let is_total = words::is_total(items[*rest.first()?].first_line(layout));
    let figure = rest.iter().take(NEAR).position(|item| items[*item].is_figure())?;
    let lone = rest.get(figure + 1).is_none_or(|item| !items[*item].is_figure());
    (is_total && lone).then_some(figure)
}

fn total_row(label: usize, total: usize, columns: usize) -> Vec<Option<usize>> {
    let mut row = vec![None; columns];
    row[0] = Some(label);
    row[columns - 1] = Some(total);
    row
}
