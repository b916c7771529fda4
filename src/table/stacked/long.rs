//! Columns of all rows before bands: labels, and figures, in one piece each.
//!
//! Takes bands and the pieces before them, gives the table that they make with columns as long as all bands together.
//! Labels may be wrapped, most likely where a band ends; a label more a band is a heading above it, if the labels are the
//! first column.
//!
//! ```text
//! 045042 │ 028993 │ 011236      Leefschool De Wingerd │ Basisschool De │ Springplank │ Klim-Op
//! 398 │ 211                     37       the bands: the second row is higher
//! ```

use super::bands::{BEHIND, Body, Found, REACH};
use super::heads::{self, HEAD_LINES};
use super::sheet::Sheet;
use super::stubs::{self, Stub};

/// What the joins of wrapped labels may cost, for each of them: the bands tell which may be.
const LONG_COST: u32 = 10;

/// The table whose labels stand in pieces of their own before the bands.
pub(super) fn reading(sheet: &Sheet<'_>, free: &[usize], start: usize, body: Body, size: i64) -> Option<Found> {
    let (bands, rows, breaks) = (body.heights.len(), body.rows(), body.breaks());
    let mut long: Vec<Stub> = Vec::new();
    let mut headings = vec![false; bands];
    // Figures right before would be the first of the run.
    let before = start.checked_sub(1).map(|at| &sheet.pieces[free[at]]);
    if body.columns == 1 && before.is_some_and(|piece| piece.labels == 0) {
        return None;
    }
    // More headers alone than columns in bands: the nearest long columns have theirs there too.
    let mut named = heads_before(sheet, free, start).saturating_sub(body.columns);
    for at in (start.saturating_sub(REACH)..start).rev() {
        let piece = free[at];
        let column = long_column(sheet, piece, rows, &breaks, named > 0);
        let cost = column.as_ref().map_or(u32::MAX, |column| column.cost);
        // Headings stand in the first column: where another stands before these labels, one of them was wrapped.
        let reach = at.saturating_sub(REACH)..at;
        let first = |_: &(Stub, Vec<bool>)| {
            column.is_none() || !free[reach.clone()].iter().any(|before| is_long(sheet, *before, rows))
        };
        let headed = || headed_stub(sheet, piece, rows, bands).filter(|(stub, _)| stub.cost < cost).filter(first);
        if let Some((stub, above)) = long.is_empty().then(headed).flatten() {
            long.push(stub);
            headings = above;
            break;
        }
        if let Some(stub) = column {
            long.insert(0, stub);
            named = named.saturating_sub(1);
            continue;
        }
        if sheet.pieces[piece].is_labels() && sheet.pieces[piece].len() <= HEAD_LINES {
            continue;
        }
        break;
    }
    drop_other_table(sheet, &mut long, sheet.pieces[free[start]].stretch);
    if long.is_empty() {
        let end = start + body.pieces.len();
        let behind = free.get(end..free.len().min(end + BEHIND)).unwrap_or(&[]);
        // Rows that each stand alone prove little: a list of as many items behind the next prose is none of theirs.
        let near = |at: &&usize| body.is_high() || sheet.pieces[**at].stretch == sheet.pieces[free[start]].stretch;
        let stub = behind.iter().filter(near).find_map(|piece| {
            let headed = headed_stub(sheet, *piece, rows, bands);
            headed.or_else(|| Some((long_column(sheet, *piece, rows, &breaks, false)?, vec![false; bands])))
        });
        let (stub, above) = stub?;
        long.push(stub);
        headings = above;
    }
    let stub = long.first()?;
    let cost: u32 = long.iter().map(|stub| stub.cost).sum();
    let named = body.headed || {
        let used: Vec<usize> = long.iter().map(|stub| stub.piece).collect();
        let bare = long.iter().skip(1).filter(|stub| stub.head.is_empty()).map(|stub| stub.piece);
        let bare: Vec<usize> = bare.chain(body.pieces.iter().take(body.columns).copied()).collect();
        heads::alone(sheet, &used, &bare, stub.head.is_empty()).is_some()
    };
    let told = long.iter().map(|stub| stub.cells.len()).sum::<usize>() as i64;
    let penalty = 2 * headings.iter().filter(|heading| **heading).count() as i64 + i64::from(cost) / 2;
    let penalty = penalty
        + ODD * i64::from(has_odd_heads(sheet, free, start, body.columns))
        + ODD * i64::from(goes_on(sheet, free, start, &body));
    let score = size + told + if named { 2 * body.columns as i64 } else { 0 } - penalty;
    Some(Found { body, long, headings, score })
}

/// Leaves out columns from beyond prose where these have labels and figures, and the others have labels of their own:
/// they are another table of as many rows.
fn drop_other_table(sheet: &Sheet<'_>, long: &mut Vec<Stub>, stretch: usize) {
    let beyond = long.iter().take_while(|stub| sheet.pieces[stub.piece].stretch != stretch).count();
    let (others, own) = long.split_at(beyond);
    let labels = |stub: &Stub| sheet.pieces[stub.piece].is_labels();
    if own.iter().any(labels) && others.iter().any(labels) && !others.iter().all(labels) {
        long.drain(..beyond);
    }
}

/// What it costs where a header has more or fewer cells than columns, or figures go on behind the last band.
const ODD: i64 = 20;

/// Whether labels alone in their pieces stand before the bands, and not as many as there are columns.
fn has_odd_heads(sheet: &Sheet<'_>, free: &[usize], start: usize, columns: usize) -> bool {
    let stretch = sheet.pieces[free[start]].stretch;
    let is_head = |at: &&usize| {
        let piece = &sheet.pieces[**at];
        piece.is_labels() && piece.len() == 1 && piece.stretch == stretch
    };
    let heads = free[..start].iter().rev().take_while(is_head).count();
    heads > 1 && heads != columns && heads != columns + 1
}

/// Whether figures without a header stand right behind the bands.
fn goes_on(sheet: &Sheet<'_>, free: &[usize], start: usize, body: &Body) -> bool {
    let stretch = sheet.pieces[free[start]].stretch;
    let next = free.get(start + body.pieces.len()).map(|at| &sheet.pieces[*at]);
    next.is_some_and(|piece| piece.labels == 0 && piece.stretch == stretch)
}

/// Labels of all rows and of headings above bands: as many more than rows as there are bands, or one less.
fn headed_stub(sheet: &Sheet<'_>, at: usize, rows: usize, bands: usize) -> Option<(Stub, Vec<bool>)> {
    let piece = &sheet.pieces[at];
    let spare = piece.len().checked_sub(rows).filter(|_| piece.is_labels() && bands > 1)?;
    let (head, first) = match spare {
        _ if spare + 1 == bands => (0, false),
        _ if spare == bands => (0, true),
        _ if spare == bands + 1 => (1, true),
        _ => return None,
    };
    let start = piece.items.start + head;
    let cells = (start..piece.items.end).map(|item| item..item + 1).collect();
    let cost = HEADING * (spare - head) as u32;
    let stub = Stub { piece: at, head: piece.items.start..start, cells, cost };
    Some((stub, (0..bands).map(|band| band > 0 || first).collect()))
}

/// What a label without cells costs, against a label that was wrapped.
const HEADING: u32 = 3;

/// How many pieces of one label stand alone before the bands, long columns passed over.
fn heads_before(sheet: &Sheet<'_>, free: &[usize], start: usize) -> usize {
    let stretch = sheet.pieces[free[start]].stretch;
    let pieces = free[..start].iter().rev().map(|at| &sheet.pieces[*at]);
    let near = pieces.take_while(|piece| piece.stretch == stretch && (piece.is_labels() || piece.len() > HEAD_LINES));
    near.filter(|piece| piece.is_labels() && piece.len() == 1).count()
}

/// Whether a piece is figures for each row.
fn is_long(sheet: &Sheet<'_>, at: usize, rows: usize) -> bool {
    let piece = &sheet.pieces[at];
    piece.is_figures() && piece.cells() == rows && piece.labels <= HEAD_LINES
}

/// A piece as a column of all rows; `named` where its header stands alone elsewhere.
fn long_column(sheet: &Sheet<'_>, at: usize, rows: usize, breaks: &[usize], named: bool) -> Option<Stub> {
    let piece = &sheet.pieces[at];
    if is_long(sheet, at, rows) {
        let start = piece.items.start + piece.labels;
        let cells = (start..piece.items.end).map(|item| item..item + 1).collect();
        return Some(Stub { piece: at, head: piece.items.start..start, cells, cost: 0 });
    }
    if piece.len() < rows.max(2) {
        return None;
    }
    let joins = (piece.len() - rows) as u32 + 1;
    let fitted =
        if named { stubs::fit_bare(sheet, at, rows, breaks) } else { stubs::fit_stub(sheet, at, rows, breaks) };
    fitted.filter(|stub| stub.cost <= LONG_COST * joins)
}
