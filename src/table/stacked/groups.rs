//! Labels that are merged over the rows of their group.
//!
//! Takes the columns of a table whose stub has the same labels again for each group, and the labels near it that no table
//! has; gives it the groups as a column before the stub. They stand in one piece, or each alone where `pdftotext` found
//! its middle.
//!
//! ```text
//! Provincie │ Vorm │ Gent     vzw │ bv │ vzw │ bv     Aalst │ 4 │ 7 │ 1 │ 3        Gent   vzw  4
//!                                                                                  Gent   bv   7
//! ```

use super::columns::is_free;
use super::heads::Column;
use super::sheet::Sheet;

/// How many pieces before a stub labels of its groups may stand.
const REACH: usize = 8;

/// Gives a table the column of its groups; the pieces that it uses.
pub(super) fn add(sheet: &Sheet<'_>, columns: &mut Vec<Column>, used: &[usize]) -> Vec<usize> {
    let Some(size) = columns.first().and_then(|stub| size_of(sheet, stub)) else { return Vec::new() };
    if columns[0].heads.is_empty() {
        return apart(sheet, columns, used, size).unwrap_or_default();
    }
    let Some((groups, piece)) = before(sheet, &columns[0], size) else { return Vec::new() };
    columns.insert(0, groups);
    vec![piece]
}

/// The rows of a group: after so many the labels of a stub come again.
fn size_of(sheet: &Sheet<'_>, stub: &Column) -> Option<usize> {
    let rows = stub.cells.len();
    let text = |row: usize| stub.cells[row].first().map(|item| sheet.items[*item].first_line(sheet.layout));
    let size = (1..rows).find(|row| text(*row) == text(0))?;
    let again = (size..rows).all(|row| text(row) == text(row - size));
    let distinct = (1..size).all(|row| (0..row).all(|other| text(row) != text(other)));
    (again && distinct && rows.is_multiple_of(size)).then_some(size)
}

fn column_of(labels: &[usize], head: Option<usize>, size: usize) -> Column {
    let cells = labels.iter().flat_map(|label| std::iter::repeat_n(vec![*label], size)).collect();
    Column { heads: head.map(|head| vec![head]).into_iter().collect(), cells }
}

/// The groups in the piece right before a stub, under a header of their own.
fn before(sheet: &Sheet<'_>, stub: &Column, size: usize) -> Option<(Column, usize)> {
    let first = stub.heads.first()?.first()?;
    let before = sheet.pieces.partition_point(|piece| piece.items.end <= *first).checked_sub(1)?;
    let piece = &sheet.pieces[before];
    let near = is_free(sheet, before) && piece.is_labels() && piece.stretch == sheet.pieces[before + 1].stretch;
    let labels: Vec<usize> = piece.items.clone().skip(1).collect();
    let fits = near && labels.len() > 1 && labels.len() * size == stub.cells.len();
    fits.then(|| (column_of(&labels, Some(piece.items.start), size), before))
}

/// The groups of a stub without a header: as many labels in one piece, or the last of those that stand alone, if the
/// others are as many as the headers that the table lacks.
fn apart(sheet: &Sheet<'_>, columns: &mut Vec<Column>, used: &[usize], size: usize) -> Option<Vec<usize>> {
    let item = *columns[0].cells.first()?.first()?;
    let stub = sheet.pieces.partition_point(|piece| piece.items.end <= item);
    let (page, stretch) = (sheet.pieces[stub].page, sheet.pieces[stub].stretch);
    let last = used.iter().copied().max()?;
    let is_near = |at: &usize| {
        let piece = &sheet.pieces[*at];
        let free = is_free(sheet, *at) && !used.contains(at);
        free && piece.is_labels() && piece.page == page && piece.stretch == stretch
    };
    let near: Vec<usize> = (stub.saturating_sub(REACH)..last).filter(is_near).collect();
    let count = columns[0].cells.len() / size;
    let whole = near.iter().copied().find(|at| sheet.pieces[*at].len() == count);
    let alone = near.iter().filter(|at| sheet.pieces[**at].len() == 1);
    let mut heads: Vec<usize> = alone.map(|at| sheet.pieces[*at].items.start).collect();
    let bare = columns.iter().skip(1).filter(|column| column.heads.is_empty()).count();
    let labels: Vec<usize> = match whole {
        Some(at) => sheet.pieces[at].items.clone().collect(),
        None => heads.split_off(heads.len().checked_sub(count).filter(|left| (bare..=bare + 2).contains(left))?),
    };
    let piece_of = |item: &usize| sheet.pieces.partition_point(|piece| piece.items.end <= *item);
    let mut pieces: Vec<usize> =
        whole.into_iter().chain(labels.iter().filter(|_| whole.is_none()).map(piece_of)).collect();
    // The headers of the groups, of the stub, and of the columns that have none.
    let named = heads.len().checked_sub(bare).filter(|named| *named <= 2);
    let own: Vec<usize> = named.map_or(Vec::new(), |named| heads[..named].to_vec());
    if let (2, Some(head)) = (own.len(), own.last()) {
        columns[0].heads = vec![vec![*head]];
    }
    pieces.extend(own.iter().map(piece_of));
    columns.insert(0, column_of(&labels, own.first().copied(), size));
    Some(pieces)
}
