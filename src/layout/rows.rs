//! Pieces to rows: what stands on one baseline across the page, and the raised and lowered pieces that belong to it.
//!
//! Takes the [`Piece`]s of a page in any order, gives [`Row`]s from top to bottom, the pieces of each from left to
//! right. Knows nothing of reading order: two columns of prose are one row here.
//!
//! ```text
//!              ¹ ←─ smaller, just behind a word, above its baseline: raised, in the word's row
//! van die cijfers.        Totaal   3 576
//! ────────────────────────────────────── one baseline, one row
//! ```

use super::words::Piece;
use crate::geometry::Interval;

/// How far baselines of one row may lie apart, as a share of the smaller size.
pub(super) const SAME_ROW: f32 = 0.22;

/// A raised or lowered piece is at most this share of the size of what it belongs to.
pub(super) const SMALL: f32 = 0.85;

/// How far its baseline may lie from the row's, as a share of the row's size.
pub(super) const FARTHEST_SHIFT: f32 = 0.65;

/// How far it may stand from the word it belongs to, as a share of the word's size.
const NEAR: f32 = 0.35;

/// Pieces closer than this share of a space, with no space drawn between them, are one word.
const WORD_GAP: f32 = 0.45;

/// How much of the smaller size two copies of one word may lie apart: bold made by drawing twice.
const DRAWN_TWICE: f32 = 0.12;

/// The pieces on one baseline.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// The baseline of most of them.
    pub baseline: f32,
    /// From left to right.
    pub pieces: Vec<Piece>,
    /// Where the column that it was cut from ends; 0 where it is a row of the page.
    pub edge: f32,
}

/// Puts pieces into rows.
pub(super) fn pieces_to_rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row.takes(&piece) => row.pieces.push(piece),
            _ => rows.push(Row { baseline: piece.baseline, pieces: vec![piece], edge: 0.0 }),
        }
    }
    for row in &mut rows {
        row.pieces.sort_by(|a, b| a.x.start.total_cmp(&b.x.start));
    }
    attach_shifted(&mut rows);
    rows.retain(|row| !row.pieces.is_empty());
    for row in &mut rows {
        row.pieces.sort_by(|a, b| a.x.start.total_cmp(&b.x.start));
        join_pieces(&mut row.pieces);
    }
    rows
}

impl Row {
    fn takes(&self, piece: &Piece) -> bool {
        let size = self.pieces.last().map_or(piece.size, |last| last.size.min(piece.size));
        (piece.baseline - self.baseline).abs() <= SAME_ROW * size
    }

    /// The size of its largest piece.
    pub(super) fn size(&self) -> f32 {
        self.pieces.iter().map(|piece| piece.size).fold(0.0, f32::max)
    }

    /// From its first to its last piece.
    pub(super) fn x(&self) -> Interval {
        self.pieces.iter().map(|piece| piece.x).reduce(Interval::union).unwrap_or_default()
    }
}

/// Rows on each side in which the word of a shifted piece is looked for: between the two may lie the row of another
/// cell of a table.
const ROWS_AROUND: usize = 3;

/// Moves raised and lowered pieces into the row of the word that they stand at.
fn attach_shifted(rows: &mut [Row]) {
    let mut moved: Vec<(usize, Piece)> = Vec::new();
    for at in 0..rows.len() {
        let around = at.saturating_sub(ROWS_AROUND)..(at + ROWS_AROUND + 1).min(rows.len());
        let size = rows.get(around.clone()).unwrap_or(&[]).iter().map(Row::size).fold(0.0, f32::max);
        let pieces = rows.get_mut(at).map_or_else(Vec::new, |row| std::mem::take(&mut row.pieces));
        let mut stay = Vec::with_capacity(pieces.len());
        for mut piece in pieces {
            let small = piece.size <= SMALL * size;
            match small.then(|| host(rows, at, around.clone(), &piece)).flatten() {
                Some((to, raised)) => {
                    piece.raised = raised;
                    moved.push((to, piece));
                }
                None => stay.push(piece),
            }
        }
        if let Some(row) = rows.get_mut(at) {
            row.pieces = stay;
        }
    }
    for (to, piece) in moved {
        if let Some(row) = rows.get_mut(to) {
            row.pieces.push(piece);
        }
    }
}

/// The row with the word that a small piece stands at, and whether it stands above it.
fn host(rows: &[Row], at: usize, around: std::ops::Range<usize>, piece: &Piece) -> Option<(usize, bool)> {
    around.filter(|&index| index != at).find_map(|index| {
        let row = rows.get(index)?;
        let after = row.pieces.partition_point(|other| other.x.start <= piece.x.start);
        let neighbours = [after.checked_sub(1).and_then(|before| row.pieces.get(before)), row.pieces.get(after)];
        let word = neighbours.into_iter().flatten().find(|word| belongs(piece, word))?;
        Some((index, piece.baseline < word.baseline))
    })
}

fn belongs(piece: &Piece, word: &Piece) -> bool {
    let behind = piece.x.start - word.x.end;
    let before = word.x.start - piece.x.end;
    let near = -NEAR * word.size..=NEAR * word.size;
    !word.raised
        && piece.size <= SMALL * word.size
        && (piece.baseline - word.baseline).abs() <= FARTHEST_SHIFT * word.size
        && (near.contains(&behind) || near.contains(&before))
}

/// Joins pieces that were drawn apart but stand together, and drops what was drawn twice.
fn join_pieces(pieces: &mut Vec<Piece>) {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        match joined.last_mut() {
            Some(last) if drawn_twice(last, &piece) => last.bold = true,
            Some(last) if stand_together(last, &piece) => {
                last.text.push_str(&piece.text);
                last.x = last.x.union(piece.x);
                last.before_space = piece.before_space;
            }
            _ => joined.push(piece),
        }
    }
    *pieces = joined;
}

fn drawn_twice(last: &Piece, piece: &Piece) -> bool {
    let close = DRAWN_TWICE * last.size.min(piece.size);
    last.text == piece.text && (last.x.start - piece.x.start).abs() < close && (last.x.end - piece.x.end).abs() < close
}

pub(super) fn stand_together(last: &Piece, piece: &Piece) -> bool {
    let gap = piece.x.start - last.x.end;
    let drawn_apart = last.before_space || piece.after_space && gap > 0.0;
    last.raised == piece.raised && !drawn_apart && gap.abs() < WORD_GAP * last.space.min(piece.space)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, x: f32, baseline: f32, size: f32) -> Piece {
        let x = Interval::new(x, x + text.chars().count() as f32 * size / 2.0);
        Piece {
            text: text.to_owned(),
            x,
            baseline,
            size,
            space: size * 0.28,
            bold: false,
            after_space: false,
            before_space: false,
            raised: false,
        }
    }

    fn told(rows: &[Row]) -> Vec<String> {
        let piece = |p: &Piece| if p.raised { format!("^{}", p.text) } else { p.text.clone() };
        rows.iter().map(|row| row.pieces.iter().map(piece).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_footnote_mark_is_raised_in_the_row_of_its_word() {
        let rows = pieces_to_rows(vec![
            piece("regel", 0.0, 38.0, 10.0),
            piece("1", 40.0, 46.7, 5.8),
            piece("cijfers.", 0.0, 50.0, 10.0),
            piece("36", 100.0, 50.1, 10.0),
        ]);
        assert_eq!(told(&rows), ["regel", "cijfers. ^1 36"]);
    }

    #[test]
    fn small_print_of_its_own_stays_in_its_row() {
        let rows = pieces_to_rows(vec![piece("groot", 0.0, 50.0, 10.0), piece("klein", 100.0, 55.0, 7.0)]);
        assert_eq!(told(&rows), ["groot", "klein"]);
    }

    #[test]
    fn pieces_drawn_apart_but_standing_together_are_one_word() {
        let rows = pieces_to_rows(vec![piece("voor", 0.0, 50.0, 10.0), piece("woord", 20.5, 50.0, 10.0)]);
        assert_eq!(told(&rows), ["voorwoord"]);
    }
}
