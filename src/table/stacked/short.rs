//! Columns that lack cells: an empty cell leaves no trace.
//!
//! Takes the columns of a table that are whole, gives them with those between and behind them that lack a cell or a few.
//! `pdftotext` parts a column at a gap: cells that touch their header and each other lack those at the end, or, above a
//! printed total, those before it.
//!
//! ```text
//! Cohorte │ 2013 │ 2014 │ 2015      na 3 jaar │ 32% │ 31% │ 30%      na 5 jaar │ 59% │ 58%
//! ```

use super::columns::{Part, Token, is_free};
use super::heads::HEAD_LINES;
use super::item::{Item, Kind};
use super::sheet::Sheet;
use super::sums::printed_sum;

/// The tokens of a run with the columns between them that lack a cell or a few; whether each does.
pub(super) fn with_short(sheet: &Sheet<'_>, run: &[Token], rows: usize) -> Vec<(Token, bool)> {
    let totalled = run.iter().find(|token| token.is_labels()).is_some_and(|token| sheet.ends_in_total(token.piece));
    let mut tokens: Vec<(Token, bool)> = Vec::with_capacity(run.len());
    let mut lacked = 0;
    for (index, token) in run.iter().enumerate() {
        let lacking = token.part == Part::Figures && sheet.pieces[token.piece].cells() < rows;
        tokens.push((*token, lacking));
        let end = run.get(index + 1).map_or(sheet.pieces.len(), |next| next.piece);
        for at in token.piece + 1..end {
            let near = sheet.pieces[at].stretch == sheet.pieces[token.piece].stretch;
            // A mark may have been torn in between.
            if sheet.pieces[at].alone && near {
                continue;
            }
            if !near || !is_free(sheet, at) {
                break;
            }
            let Some(part) = short_part(sheet, run, at, rows, totalled, lacked) else { break };
            tokens.push((Token { piece: at, part }, part == Part::Figures && !is_named(sheet, at, totalled)));
            lacked = rows.saturating_sub(sheet.pieces[at].cells());
        }
    }
    tokens
}

/// What a piece with cells missing is to a table: names over a total, or figures. The column before lacks `lacked`: of
/// years that are still to come each has one figure less than the one before.
pub(super) fn short_part(
    sheet: &Sheet<'_>,
    run: &[Token],
    at: usize,
    rows: usize,
    totalled: bool,
    lacked: usize,
) -> Option<Part> {
    let piece = &sheet.pieces[at];
    if piece.is_labels() {
        let rival = || !is_within(sheet, at) && has_rival(sheet, run, at, piece.len() - 1, false);
        let own = totalled && piece.len() == rows && rows > 2 && !rival();
        return own.then_some(Part::Labels { headed: true });
    }
    let told = is_named(sheet, at, totalled) || is_within(sheet, at);
    if !told && has_rival(sheet, run, at, piece.cells(), true) {
        return None;
    }
    let lacking = rows.checked_sub(piece.cells())?;
    let few = lacking > 0 && lacking <= (rows / 4).max(lacked + 1) && piece.cells() > 1;
    let named = (1..=HEAD_LINES).contains(&piece.labels) || piece.labels == 0 && totalled && adds_up(sheet, at);
    (piece.is_figures() && named && few).then_some(Part::Figures)
}

/// Whether near a piece stand labels, or figures, for so many rows under a header: then it is their table's.
fn has_rival(sheet: &Sheet<'_>, run: &[Token], at: usize, rows: usize, labels: bool) -> bool {
    let page = sheet.pieces[at].page;
    let near = at.saturating_sub(RIVALS)..sheet.pieces.len().min(at + RIVALS);
    let fits = |other: usize| {
        let piece = &sheet.pieces[other];
        let own = other == at || run.iter().any(|token| token.piece == other);
        let near = piece.page == page && !own && is_free(sheet, other) && !is_within(sheet, other);
        near && match labels {
            true => piece.is_labels() && (piece.len() == rows + 1 || piece.len() == rows && rows > HEAD_LINES - 1),
            false if piece.len() != rows + 1 => false,
            false => piece.labels <= 1 && piece.is_figures() && !is_named(sheet, other, true),
        }
    };
    near.into_iter().any(fits)
}

/// Whether a column that no total closes stands between labels that end in one and a column as long as these: it is
/// theirs, whatever else is as long.
pub(super) fn is_within(sheet: &Sheet<'_>, at: usize) -> bool {
    let piece = &sheet.pieces[at];
    let cells = if piece.is_labels() { piece.len().saturating_sub(1) } else { piece.cells() };
    let headed = piece.labels > 0 && !piece.mixed && cells > 1;
    let near = |other: &usize| {
        let other = &sheet.pieces[*other];
        other.stretch == piece.stretch && other.page == piece.page
    };
    let closes = |other: usize, length: usize| {
        let fits = sheet.pieces[other].is_labels() && sheet.pieces[other].len() == length;
        fits && is_free(sheet, other) && sheet.ends_in_total(other)
    };
    // Labels that touch those behind them are one of two tables' in their block.
    let block = |other: usize| sheet.items_of(other).first().map(|item| item.block);
    let is_stub = |other: usize| closes(other, cells + 2) && block(other) != block(other + 1);
    // Another table's labels stand between.
    let own = |other: &usize| near(other) && !closes(*other, cells + 1);
    let is_whole = |other: usize| {
        let column = &sheet.pieces[other];
        column.is_figures() && column.labels > 0 && column.cells() == cells + 1 && is_free(sheet, other)
    };
    headed
        && (at.saturating_sub(RIVALS)..at).rev().take_while(own).any(is_stub)
        && (at + 1..sheet.pieces.len()).take(RIVALS).take_while(near).any(is_whole)
}

/// How many pieces away the labels or figures of another table are looked for.
const RIVALS: usize = 12;

/// Whether a column has days or codes, which no total sums.
pub(super) fn is_named(sheet: &Sheet<'_>, at: usize, totalled: bool) -> bool {
    let cells = &sheet.items_of(at)[sheet.pieces[at].labels..];
    totalled && (cells.iter().all(|item| item.kind == Kind::Date) || are_codes(cells))
}

/// Whether the cells are runs of digits of one length, as codes are.
pub(super) fn are_codes(cells: &[Item]) -> bool {
    let length = |item: &Item| item.bytes.first().map_or(0, |b| b.len());
    let mut lengths = cells.iter().filter(|item| item.is_figure()).map(length);
    let first = lengths.next().unwrap_or(0);
    first >= 4 && lengths.all(|l| l == first) && cells.iter().all(|item| !item.grouped)
}

/// Whether the last cell of a column is the sum of the others.
pub(super) fn adds_up(sheet: &Sheet<'_>, at: usize) -> bool {
    printed_sum(sheet.items_of(at)[sheet.pieces[at].labels..].iter()).is_some()
}
