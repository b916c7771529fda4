//! From the pieces of a table to its plan: which column stands where, and under which header.
//!
//! Takes a run of columns, gives a [`Plan`]. The stub leads; columns of years stand in their order; headers that stand
//! alone before the columns go to those without one; what cannot be the table's is left to others.
//!
//! ```text
//! 2018 │ 4 187 │ 4 634    Tabel 1 …    Geslacht │ Man │ Vrouw        Geslacht  2018
//!                                                                    Man       4 187
//! ```

use super::columns::{Part, Run, Token, is_free};
use super::groups;
use super::heads::{self, Column};
use super::item::Kind;
use super::plan::{Cell, Plan};
use super::sheet::Sheet;
use super::short::{adds_up, are_codes, with_short};
use super::stubs::{Stub, fit_bare, wrapped_stub};
use crate::table::words;
use std::ops::Range;

/// The plan of a table; the pieces it uses are marked as taken.
pub(super) fn plan_of(sheet: &mut Sheet<'_>, run: &Run) -> Option<Plan> {
    let mut tokens = with_short(sheet, &run.tokens, run.rows);
    // Labels whose header stands apart from them stand before all columns; those below a caption or prose too.
    let stub = tokens.iter().position(|(token, _)| token.is_labels());
    let codes = |at: usize| are_codes(&sheet.items_of(at)[sheet.pieces[at].labels..]);
    let named = tokens.first().is_some_and(|(first, _)| sheet.pieces[first.piece].labels > 0 && !codes(first.piece));
    let apart = |at: usize| sheet.pieces[tokens[at].0.piece].stretch != sheet.pieces[tokens[0].0.piece].stretch;
    let leads = |at: &usize| match apart(*at) {
        true => tokens.first().is_some_and(|(first, _)| !codes(first.piece)),
        false => named && tokens[*at].0.part == Part::Labels { headed: false },
    };
    if let Some(at) = stub.filter(leads) {
        tokens[..=at].rotate_right(1);
    }
    drop_lone_total(sheet, &mut tokens);
    order_years(sheet, &mut tokens);
    let mut used: Vec<usize> = tokens.iter().map(|(token, _)| token.piece).collect();
    let mut columns = columns_of(sheet, &tokens, run.rows);
    if !tokens.iter().any(|(token, _)| token.is_labels()) {
        let first = tokens.first()?.0.piece;
        if let Some(stub) = wrapped_stub(sheet, first, run.rows, &[]) {
            columns.insert(0, column_of_stub(&stub));
            used.push(stub.piece);
        }
    }
    used.extend(groups::add(sheet, &mut columns, &used));
    if let Some(stub) = labels_before(sheet, &columns) {
        used.push(stub.piece);
        columns.insert(0, column_of_stub(&stub));
    }
    name_bare(sheet, &mut columns, &mut used);
    // One header over labels and a column is the column's: it says what is counted.
    if let [stub, column] = columns.as_mut_slice()
        && column.heads.is_empty()
    {
        std::mem::swap(&mut stub.heads, &mut column.heads);
    }
    drop_nameless(sheet, &mut columns, &mut used);
    used.iter().for_each(|piece| sheet.taken[*piece] = true);
    let open = tokens.iter().filter(|(_, lacking)| *lacking).map(|(token, _)| sheet.pieces[token.piece].cells()).sum();
    let heads = heads::rows(sheet, &columns);
    let row = |row: usize| columns.iter().map(|column| column.cells.get(row).cloned().unwrap_or_default()).collect();
    Some(Plan { heads, rows: (0..run.rows).map(row).collect(), open })
}

/// Labels right before a stub in a table without headers, wrapped and as many as it has rows: a column, and no header.
fn labels_before(sheet: &Sheet<'_>, columns: &[Column]) -> Option<Stub> {
    let first = columns.first()?.cells.first()?.first()?;
    let bare = columns.iter().all(|column| column.heads.is_empty());
    let before = sheet.pieces.partition_point(|piece| piece.items.end <= *first).checked_sub(1).filter(|_| bare)?;
    let (piece, stub, rows) = (&sheet.pieces[before], &sheet.pieces[before + 1], columns[0].cells.len());
    let near = is_free(sheet, before) && piece.stretch == stub.stretch && piece.page == stub.page && stub.is_labels();
    let wrapped = near && piece.is_labels() && piece.len() > rows && rows >= FEWEST_WRAPPED;
    wrapped.then(|| fit_bare(sheet, before, rows, &[])).flatten().filter(|stub| stub.is_cheap())
}

/// The fewest rows that labels before a stub are fitted to: a header has two lines now and then.
const FEWEST_WRAPPED: usize = 3;

/// Leaves out a total of one other column: it sums another table.
fn drop_lone_total(sheet: &Sheet<'_>, tokens: &mut Vec<(Token, bool)>) {
    let figures = |(token, _): &&(Token, bool)| !token.is_labels();
    let totals = |token: &Token| sheet.pieces[token.piece].labels > 0 && words::is_total(sheet.first_text(token.piece));
    let stubbed = tokens.iter().any(|(token, _)| token.is_labels());
    if stubbed && tokens.iter().filter(figures).count() == 2 {
        let mut others = tokens.iter().filter(figures).filter(|(token, _)| !totals(token));
        let other = others.next().filter(|_| others.next().is_none()).map(|(token, _)| token.piece);
        let same = |token: &Token| other.is_some_and(|other| values(sheet, other) == values(sheet, token.piece));
        tokens.retain(|(token, _)| other.is_none() || token.is_labels() || !totals(token) || same(token));
    }
}

fn values(sheet: &Sheet<'_>, at: usize) -> Vec<Option<f64>> {
    sheet.items_of(at)[sheet.pieces[at].labels..].iter().map(|item| item.value).collect()
}

/// Puts columns of years that stand in no order, one of them torn from its place, in theirs.
fn order_years(sheet: &Sheet<'_>, tokens: &mut [(Token, bool)]) {
    let year = |token: &Token| match sheet.items_of(token.piece) {
        [head, ..]
            if token.part == Part::Figures && sheet.pieces[token.piece].labels == 1 && head.kind == Kind::Year =>
        {
            head.value
        }
        _ => None,
    };
    let places: Vec<usize> = (0..tokens.len()).filter(|at| year(&tokens[*at].0).is_some()).collect();
    let years: Vec<f64> = places.iter().filter_map(|at| year(&tokens[*at].0)).collect();
    let rising = years.windows(2).filter(|pair| pair[0] < pair[1]).count();
    let ordered = rising + 1 >= years.len() || rising == 0;
    if ordered || rising * 2 < years.len() - 1 {
        return;
    }
    let mut sorted: Vec<(Token, bool)> = places.iter().map(|at| tokens[*at]).collect();
    sorted.sort_by(|(a, _), (b, _)| year(a).unwrap_or(0.0).total_cmp(&year(b).unwrap_or(0.0)));
    // The years stand together, before what they are summed to.
    let first = places[0];
    let others: Vec<(Token, bool)> =
        (first..tokens.len()).filter(|at| !places.contains(at)).map(|at| tokens[at]).collect();
    tokens[first..].iter_mut().zip(sorted.into_iter().chain(others)).for_each(|(token, new)| *token = new);
}

/// Leaves out a column without a header among columns that all have one: it is another table's.
fn drop_nameless(sheet: &Sheet<'_>, columns: &mut Vec<Column>, used: &mut Vec<usize>) {
    let nameless: Vec<usize> = (1..columns.len()).filter(|at| columns[*at].heads.is_empty()).collect();
    if nameless.is_empty() || nameless.len() * 3 >= columns.len() || columns[0].heads.is_empty() {
        return;
    }
    for at in nameless.into_iter().rev() {
        let column = columns.remove(at);
        let has = |piece: &usize| column.cells.iter().flatten().any(|item| sheet.pieces[*piece].items.contains(item));
        used.retain(|piece| !has(piece));
    }
}

pub(super) fn column_of_stub(stub: &Stub) -> Column {
    let heads = if stub.head.is_empty() { Vec::new() } else { vec![stub.head.clone().collect()] };
    Column { heads, cells: stub.cells.iter().map(|cell| cell.clone().collect()).collect() }
}

/// Gives headers that stand alone to columns that have none.
pub(super) fn name_bare(sheet: &Sheet<'_>, columns: &mut [Column], used: &mut Vec<usize>) {
    let bare: Vec<usize> = (1..columns.len()).filter(|at| columns[*at].heads.is_empty()).collect();
    let piece_of = |item: usize| sheet.pieces.partition_point(|piece| piece.items.end <= item);
    let first_of = |at: &usize| columns[*at].cells.iter().flatten().next().map(|item| piece_of(*item));
    let places: Vec<usize> = bare.iter().filter_map(first_of).collect();
    let corner = columns.first().is_some_and(|column| column.heads.is_empty());
    if places.is_empty() && corner {
        name_corner(sheet, columns, used);
        return;
    }
    if let Some((named, heads, pieces)) = heads::alone(sheet, used, &places, corner) {
        bare.iter().zip(heads).for_each(|(at, head)| columns[*at].heads = vec![head]);
        if let (Some(named), Some(stub)) = (named, columns.first_mut()) {
            stub.heads = vec![named];
        }
        used.extend(pieces);
    }
}

/// Gives the label that stands alone right before a table to its stub, where only that has no header.
fn name_corner(sheet: &Sheet<'_>, columns: &mut [Column], used: &mut Vec<usize>) {
    let Some(before) = used.iter().min().and_then(|first| first.checked_sub(1)) else { return };
    let first = before + 1;
    let (piece, next) = (&sheet.pieces[before], &sheet.pieces[first]);
    let near = piece.stretch == next.stretch && piece.page == next.page;
    if near && piece.is_labels() && piece.len() == 1 && is_free(sheet, before) {
        columns[0].heads = vec![vec![piece.items.start]];
        used.push(before);
    }
}

fn columns_of(sheet: &Sheet<'_>, tokens: &[(Token, bool)], rows: usize) -> Vec<Column> {
    let own: Vec<Range<usize>> = tokens.iter().map(|(token, _)| head_of(sheet, *token, rows)).collect();
    let totalled =
        tokens.iter().find(|(token, _)| token.is_labels()).is_some_and(|(token, _)| sheet.ends_in_total(token.piece));
    let labels = tokens.iter().take_while(|(token, _)| token.is_labels()).count();
    let mut heads = heads::part(sheet, &own[labels..]);
    heads.splice(0..0, own[..labels].iter().map(|range| vec![range.clone().collect::<Cell>()]));
    let mut columns = Vec::new();
    for ((token, lacking), (own, heads)) in tokens.iter().zip(own.iter().zip(heads)) {
        let items = own.end..sheet.pieces[token.piece].items.end;
        let heads: Vec<Cell> = heads.into_iter().filter(|cell| !cell.is_empty()).collect();
        match token.part {
            Part::Fan(count) => {
                let names = heads::fan(own.clone(), count).unwrap_or_else(|| vec![heads; count]);
                columns.extend(names.into_iter().enumerate().map(|(at, heads)| Column {
                    heads,
                    cells: (0..rows).map(|row| vec![items.start + row * count + at]).collect(),
                }));
            }
            _ => {
                let cells: Vec<usize> = items.collect();
                // A total that is printed sums its column; where it does not, the column may lack it.
                let closed = *lacking && totalled && (cells.len() + 1 < rows || adds_up(sheet, token.piece));
                columns.push(Column { heads, cells: (0..rows).map(|row| place(row, rows, &cells, closed)).collect() });
            }
        }
    }
    columns
}

/// The header items of a piece.
fn head_of(sheet: &Sheet<'_>, token: Token, rows: usize) -> Range<usize> {
    let piece = &sheet.pieces[token.piece];
    let count = match token.part {
        Part::Labels { headed: true } if piece.len() <= rows => 1,
        Part::Labels { .. } => piece.len().saturating_sub(rows),
        Part::Figures | Part::Fan(_) => piece.labels,
    };
    piece.items.start..piece.items.start + count
}

/// The cell of a row in a column that may lack some: a printed total stands last.
fn place(row: usize, rows: usize, cells: &[usize], lacking: bool) -> Cell {
    let cell = match (lacking && cells.len() > 1, row + 1 == rows) {
        (true, true) => cells.last(),
        (true, false) => cells.get(row).filter(|_| row + 1 < cells.len()),
        (false, _) => cells.get(row),
    };
    cell.copied().into_iter().collect()
}
