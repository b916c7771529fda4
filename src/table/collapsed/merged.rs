//! Labels whose first cell stands for several rows and is printed once: in the first of them, or on a line above them.
//!
//! Takes the labels of the rows, gives the two cells of each; those in which the first is not printed have it empty.
//!
//! ```text
//! Antwerpen │ Brecht     E40 │ Gent - Drongen     Antwerpen │ Verblijf          Afrika
//!           │ Geel           │ Ternat                       │ Dagbegeleiding           │ Ethiopië
//! Limburg   │ Genk       E17 │ Gentbrugge         Limburg   │ Verblijf          Azië
//! ```

use super::label::{Kind, Stretches, text_of, whole};
use super::row::DraftRow;
use super::token::Token;
use crate::layout::Layout;
use crate::table::words;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Rows of a merged cell at least, and the share of those in which it is printed at most.
const MERGED_ROWS: usize = 2;
const PRINTED: f32 = 0.7;

/// The labels of a table with two columns of them whose first cell is printed on a line of its own above its rows: a
/// total has no second cell, and rows above the first heading have both in one line.
///
/// ```text
/// Afrika                          Geslacht Man 2.033
/// Ethiopië 86 54                  Vrouw 2.411
/// Marokko 7 3                     Leeftijd
/// Azië                            Jonger dan 30 388
/// China 9 6                       30-49 1.922
/// ```
pub(super) fn under_headings(layout: &Layout, rows: &[DraftRow]) -> Option<Vec<Vec<Range<usize>>>> {
    let heads: Vec<usize> = (0..rows.len()).filter(|at| !rows[*at].has_figures()).collect();
    let stand_over = |at: &usize| rows.get(at + 1).is_some_and(DraftRow::has_figures);
    if heads.is_empty() || heads.len() + usize::from(heads[0] > 0) < MERGED_ROWS || !heads.iter().all(stand_over) {
        return None;
    }
    let cells = rows.iter().enumerate().map(|(at, row)| {
        let end = row.reading().map_or(row.figures, |reading| reading.label);
        match at {
            _ if !row.has_figures() || words::is_closing_row(row.label(layout)) => Some(whole(end, 2)),
            0 => (end > 1).then(|| vec![0..1, 1..end]),
            _ => Some(vec![0..0, 0..end]),
        }
    });
    cells.collect()
}

/// Cuts labels of which the first cell stands for several rows and is printed in the first of them: a code, or a word,
/// before names that are one word elsewhere.
///
/// ```text
/// Antwerpen │ Brecht     E40 │ Gent - Drongen
///           │ Geel           │ Ternat
/// Limburg   │ Genk       E17 │ Gentbrugge
/// ```
///
/// Rows in which it is not printed have an empty first cell.
pub(super) fn split_merged(
    layout: &Layout,
    labels: &[&[Token]],
    stretches: &[Stretches],
) -> Option<Vec<Vec<Range<usize>>>> {
    split_before_numbers(labels, stretches).or_else(|| split_before_names(layout, labels, stretches))
}

/// Cuts labels of which every group begins with the same second cell and goes on with the same others: `Antwerpen │
/// Verblijf`, `Begeleiding`, `Limburg │ Verblijf`, `Begeleiding`.
pub(super) fn split_before_same(
    layout: &Layout,
    labels: &[&[Token]],
    named: &[bool],
) -> Option<Vec<Vec<Range<usize>>>> {
    let first = labels.first()?;
    (1..first.len()).find_map(|at| {
        let same = text_of(layout, first, at..first.len());
        let length = first.len() - at;
        let head = |label: &&[Token]| {
            let cut = label.len().checked_sub(length).filter(|cut| *cut > 0)?;
            (text_of(layout, label, cut..label.len()) == same).then_some(cut)
        };
        let heads: Vec<&str> = labels.iter().filter_map(|l| Some(text_of(layout, l, 0..head(l)?))).collect();
        let distinct = heads.iter().collect::<HashSet<_>>().len() == heads.len();
        let alone = labels.iter().any(|label| text_of(layout, label, 0..label.len()) == same);
        let cut = |label: &&[Token]| {
            let cut = head(label).unwrap_or(0);
            vec![0..cut, cut..label.len()]
        };
        let mut others: HashMap<&str, usize> = HashMap::new();
        for (label, _) in labels.iter().zip(named).filter(|(label, named)| **named && head(label).is_none()) {
            *others.entry(text_of(layout, label, 0..label.len())).or_default() += 1;
        }
        let again = others.values().all(|count| *count > 1);
        let count = heads.len();
        (count >= MERGED_ROWS && distinct && !alone && again && others.values().sum::<usize>() >= count)
            .then(|| labels.iter().map(cut).collect())
    })
}

/// Cuts labels of which the first cell is a code, or a word before names that are one word elsewhere.
fn split_before_names(layout: &Layout, labels: &[&[Token]], stretches: &[Stretches]) -> Option<Vec<Vec<Range<usize>>>> {
    let coded = |row: &Stretches| row.len() > 1 && row.first().is_some_and(|(kind, _)| *kind != Kind::Words);
    let worded = |row: &Stretches| {
        row.len() == 1 && row.first().is_some_and(|(kind, range)| *kind == Kind::Words && range.len() > 1)
    };
    let by_code = coded(stretches.first()?);
    let link = |label: &[Token]| label.first().is_some_and(|first| words::is_link_word(first.text(layout)));
    let heads = |row: &Stretches, label: &[Token]| if by_code { coded(row) } else { worded(row) && !link(label) };
    let count = stretches.iter().zip(labels).filter(|(row, label)| heads(row, label)).count();
    let bare = |row: &&Stretches| {
        row.first().is_none_or(|(kind, range)| *kind == Kind::Words && (by_code || range.len() == 1))
    };
    let others = stretches.iter().filter(bare).count();
    let all = stretches.len();
    let named = labels
        .iter()
        .all(|label| label.get(1).is_none_or(|second| !second.text(layout).starts_with(char::is_lowercase)));
    if count < MERGED_ROWS
        || others < MERGED_ROWS
        || count as f32 > PRINTED * all as f32
        || !by_code && (count + others < all || !named)
    {
        return None;
    }
    let cells = stretches.iter().zip(labels).map(|(row, label)| {
        let cut = usize::from(heads(row, label));
        vec![0..cut, cut..label.len()]
    });
    Some(cells.collect())
}

/// Cuts labels of words and a year or number of which the words stand for several rows: `Antwerpen 2016`, then `2017`.
fn split_before_numbers(labels: &[&[Token]], stretches: &[Stretches]) -> Option<Vec<Vec<Range<usize>>>> {
    let ends = |row: &Stretches| match row.as_slice() {
        [(Kind::Words, _), (kind @ (Kind::Number | Kind::Date), _)] => Some((true, *kind)),
        [(kind @ (Kind::Number | Kind::Date), _)] => Some((false, *kind)),
        _ => None,
    };
    let (first, kind) = ends(stretches.first()?)?;
    let whole = |row: &Stretches| matches!(row.as_slice(), [] | [(Kind::Words, _)]);
    let count = |worded: bool| stretches.iter().filter(|row| ends(row) == Some((worded, kind))).count();
    let all = stretches.iter().all(|row| whole(row) || ends(row).is_some_and(|(_, own)| own == kind));
    (first && all && count(true) >= MERGED_ROWS && count(false) >= MERGED_ROWS).then(|| {
        let cut = |(row, label): (&Stretches, &&[Token])| match ends(row) {
            Some(_) => vec![0..label.len() - 1, label.len() - 1..label.len()],
            None => self::whole(label.len(), 2),
        };
        stretches.iter().zip(labels).map(cut).collect()
    })
}
