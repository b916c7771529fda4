//! Every way to part a row into a label and cells, for a number of columns.
//!
//! Takes rows as [`group`](super::group) makes them and a number of columns, gives them their [`Way`]s, cheapest first:
//! where the label ends, and which numbers are one. Which columns a way with fewer cells leaves empty is asked of the
//! likely ways alone (see `choice`).
//!
//! ```text
//! Fase 1 12 34 for two columns           "Fase" 1 12 34? too many    "Fase 1" 12 34    "Fase 1 12" 34, one cell empty …
//! ```

use super::habits;
use super::parses::{Counts, parses};
use super::row::{Cell, DraftRow, PLAUSIBLE, Style, UNREADABLE, Way, cell_text};
use super::token::{self, Class, Token};
use crate::layout::Layout;
use crate::table::number::{self, CellKind};
use crate::table::words;
use std::ops::Range;

/// A label that ends in a link word.
const UNFINISHED: f32 = 2.5;
/// A label that is a share or a sum of money.
const ODD_LABEL: f32 = 2.0;
/// A label that could be the thousands of the number behind it.
const THOUSANDS_LABEL: f32 = 0.5;
/// A cell that left no trace.
const EMPTY_CELL: f32 = 1.5;
const FIRST_EMPTY_CELL: f32 = 1.0;
/// A column that a row of totals leaves empty: means and shares are not summed.
const UNSUMMED: f32 = 1.0;
/// A row with figures and no label at all.
const NO_LABEL: f32 = 4.0;
/// The same where it is the only row.
const LONE_NO_LABEL: f32 = 0.3;
/// Readings kept of one row.
const MOST_READINGS: usize = 240;
/// Places in a row where the label may end.
const LABEL_ENDS: usize = 3;

/// Finds the ways to part every row; false where they cost more than `dearest` however they are read.
pub(super) fn read_rows(
    layout: &Layout,
    rows: &mut [DraftRow],
    (columns, dearest): (usize, f32),
    style: Style,
) -> bool {
    let mut counts: Vec<Counts> = Vec::with_capacity(rows.len());
    let mut least = 0.0;
    for row in rows.iter().filter(|row| row.has_figures()) {
        let of = token::suffix_counts(&row.tokens);
        least += least_cost(layout, row, columns, &of);
        if least > dearest {
            return false;
        }
        counts.push(of);
    }
    let lone = counts.len() == 1;
    let mut scratch = Scratch::default();
    for (row, counts) in rows.iter_mut().filter(|row| row.has_figures()).zip(&counts) {
        row.ways = ways_of(layout, row, columns, (style, counts), lone, &mut scratch).into();
    }
    true
}

/// What a row costs at least: that it cannot be read, or the cells it leaves empty. A total may leave what is not summed
/// empty.
fn least_cost(layout: &Layout, row: &DraftRow, columns: usize, counts: &Counts) -> f32 {
    let ends = counts.iter().take(row.tokens.len()).skip(row.figures);
    let cost = |count: &Option<(usize, usize)>| match count {
        Some((few, most)) if *few <= columns => empty_cost(columns, (*most).min(columns)),
        _ => UNREADABLE,
    };
    let least = ends.take(LABEL_ENDS + 1).map(cost).fold(UNREADABLE, f32::min);
    if least > 0.0 && least < UNREADABLE && words::is_total(row.label(layout)) { UNSUMMED } else { least }
}

fn ways_of(
    layout: &Layout,
    row: &DraftRow,
    columns: usize,
    (style, counts): (Style, &Counts),
    lone: bool,
    Scratch { ways, numbers }: &mut Scratch,
) -> Vec<Way> {
    let has_label = row.figures > 0;
    let first = row.figures.max(usize::from(row.tokens.len() > columns));
    let sums = columns > 1 && has_label && words::is_total(row.label(layout));
    let mut found = Likely { columns, lone, count: 0, ways: Vec::new() };
    numbers.known.clear();
    for label in (first..row.tokens.len()).take(LABEL_ENDS) {
        let (extra, cost) = (label - first, label_cost(row, label) + unfinished(layout, row, label));
        push_ways(row, (label, extra), columns, style, counts, cost, ways);
        if sums {
            let unsummed = cost + UNSUMMED - FIRST_EMPTY_CELL - EMPTY_CELL;
            let known = ways.len();
            push_ways(row, (label, extra), columns - 1, style, counts, unsummed, ways);
            for way in &mut ways[known..] {
                let cells = way.cells.len();
                way.cost = way.cost + empty_cost(columns, cells) - empty_cost(columns - 1, cells);
            }
        }
        found.take(layout, row, numbers, ways);
        // Where columns end before others do, a row has fewer cells than it could.
        if let Some((few, _)) = counts.get(label).copied().flatten().filter(|(few, most)| few < most && *few < columns)
            && extra == 0
        {
            push_ways(row, (label, extra), few, style, counts, cost + empty_cost(columns, few), ways);
            found.take_first(layout, row, numbers, ways);
        }
    }
    if first > 0 && !has_label {
        let unlabelled = if lone { LONE_NO_LABEL } else { NO_LABEL };
        push_ways(row, (0, 0), columns, style, counts, unlabelled, ways);
        found.take(layout, row, numbers, ways);
    }
    found.ways.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found.ways
}

/// What is filled anew for each row, kept so that its room is.
#[derive(Default)]
struct Scratch {
    ways: Vec<Parted>,
    numbers: Numbers,
}

/// A way to part a row into label and cells, before anybody asks for the numbers.
struct Parted {
    label: usize,
    extra: usize,
    cells: Vec<Range<usize>>,
    cost: f32,
}

/// Adds the ways to read what is behind a label as `most` cells or fewer.
fn push_ways(
    row: &DraftRow,
    (label, extra): (usize, usize),
    most: usize,
    style: Style,
    counts: &[Option<(usize, usize)>],
    cost: f32,
    ways: &mut Vec<Parted>,
) {
    parses(&row.tokens, label, most, style, counts, |cells, parsed| {
        ways.push(Parted { label, extra, cost: cost + parsed + empty_cost(most, cells.len()), cells });
    });
}

/// The ways of a row that are likely, and how many readings they make.
struct Likely {
    columns: usize,
    /// Whether the row is the only one with figures.
    lone: bool,
    count: usize,
    ways: Vec<Way>,
}

impl Likely {
    /// Takes the likely of the ways behind one label, and empties their list. Only of these are the numbers read, for
    /// that is what costs time.
    fn take(&mut self, layout: &Layout, row: &DraftRow, numbers: &mut Numbers, ways: &mut Vec<Parted>) {
        ways.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        let dearest = ways.first().map_or(0.0, |best| best.cost + PLAUSIBLE);
        let most = self.count + MOST_READINGS;
        let columns = self.columns;
        let fits = |way: &&Parted| !way.cells.is_empty() && way.cells.len() <= columns;
        for way in ways.iter().take_while(|way| way.cost <= dearest).filter(fits) {
            let room = (2 * MOST_READINGS).saturating_sub(self.count).max(1).min(most - self.count);
            let places = count_places(columns, way.cells.len()).min(room);
            if places == 0 {
                break;
            }
            self.count += places;
            self.push(layout, row, numbers, way, places);
        }
        ways.clear();
    }

    /// Takes the likeliest of the ways with its cells in the first columns, and empties their list.
    fn take_first(&mut self, layout: &Layout, row: &DraftRow, numbers: &mut Numbers, ways: &mut Vec<Parted>) {
        if let Some(way) = ways.iter().min_by(|a, b| a.cost.total_cmp(&b.cost)) {
            self.count += 1;
            self.push(layout, row, numbers, way, 1);
        }
        ways.clear();
    }

    fn push(&mut self, layout: &Layout, row: &DraftRow, numbers: &mut Numbers, way: &Parted, places: usize) {
        let cell = |tokens: &Range<usize>| Cell::new(tokens.clone(), numbers.of(layout, &row.tokens, tokens.clone()));
        let cells: Vec<Cell> = way.cells.iter().map(cell).collect();
        let cost = way.cost + if self.lone { habits::row_size_cost(&cells) } else { 0.0 };
        self.ways.push(Way { label: way.label, extra: way.extra, cells, cost, places });
    }
}

/// In how many ways so many cells stand in order in so many columns; many are counted as [`MANY`].
fn count_places(columns: usize, cells: usize) -> usize {
    let empty = cells.min(columns.saturating_sub(cells));
    let mut count = 1;
    for step in 0..empty {
        count = count * (columns - step) / (step + 1);
        if count > MANY {
            return MANY;
        }
    }
    count
}

/// More ways than are looked at.
const MANY: usize = 1_000;

/// What it costs that so many cells stand in so many columns.
pub(super) fn empty_cost(columns: usize, cells: usize) -> f32 {
    match columns.saturating_sub(cells) {
        0 => 0.0,
        missing => FIRST_EMPTY_CELL + EMPTY_CELL * missing as f32,
    }
}

/// What a label costs by itself: none at all, or one that is a share or a sum of money.
fn label_cost(row: &DraftRow, label: usize) -> f32 {
    let odd = || row.tokens.iter().take(label).filter_map(Token::shape).any(|s| s.closed || s.grouped);
    let thousands = || {
        let shape = |at: usize| row.tokens.get(at).and_then(Token::shape);
        shape(0).is_some_and(|s| s.head) && shape(1).is_some_and(|s| s.tail)
    };
    match (label, row.figures) {
        (0, _) => NO_LABEL,
        (1, 0) if thousands() => THOUSANDS_LABEL,
        _ if odd() => ODD_LABEL,
        _ => 0.0,
    }
}

/// What it costs that a label ends in a link word: `jonger dan` goes on with `30`.
fn unfinished(layout: &Layout, row: &DraftRow, label: usize) -> f32 {
    let last = label.checked_sub(1).and_then(|at| row.tokens.get(at)).map_or("", |t| t.text(layout));
    if words::is_link_word(last) { UNFINISHED } else { 0.0 }
}

/// Groups of digits whose number a double holds exactly.
const PLAIN_GROUPS: usize = 5;

/// The numbers of a row's cells, read once each: the ways to read a row share most of them.
#[derive(Default)]
struct Numbers {
    known: Vec<(Range<usize>, Option<f64>)>,
}

impl Numbers {
    fn of(&mut self, layout: &Layout, tokens: &[Token], cell: Range<usize>) -> Option<f64> {
        if let Some((_, value)) = self.known.iter().find(|(known, _)| *known == cell) {
            return *value;
        }
        let value = value_of(layout, tokens.get(cell.clone()).unwrap_or(&[]));
        self.known.push((cell, value));
        value
    }
}

/// The number that a cell's tokens say.
pub(super) fn value_of(layout: &Layout, tokens: &[Token]) -> Option<f64> {
    if let [token] = tokens
        && !matches!(token.class, Class::Number(_))
    {
        return None;
    }
    let plain = |token: &Token| token.text(layout).bytes().all(|b| b.is_ascii_digit());
    if tokens.len() <= PLAIN_GROUPS && tokens.iter().all(plain) {
        return Some(tokens.iter().fold(0.0, |value, token| number::digits_value(value, token.text(layout))));
    }
    let typed = number::type_cell(&cell_text(layout, tokens.iter()));
    typed.value.filter(|_| typed.kind != CellKind::Bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_as_many_as_are_told() {
        for columns in 1..9 {
            for cells in 1..=columns {
                let way = Way {
                    label: 0,
                    extra: 0,
                    cells: vec![Cell::new(0..1, None); cells],
                    cost: 0.0,
                    places: usize::MAX,
                };
                let mut told = Vec::new();
                way.places(columns, |chosen| told.push(chosen.to_vec()));
                assert_eq!(told.len(), count_places(columns, cells), "{cells} in {columns}");
                assert!(told.windows(2).all(|pair| pair[0] < pair[1]), "{cells} in {columns}");
                let reading = |chosen: &Vec<usize>| way.reading(chosen, columns, 0.0);
                assert!(told.iter().all(|chosen| reading(chosen).cells.iter().flatten().count() == cells));
            }
        }
    }

    #[test]
    fn no_row_has_more_readings_than_are_kept() {
        assert_eq!(count_places(60, 30), MANY);
        assert_eq!(count_places(200, 2), MANY);
    }
}
