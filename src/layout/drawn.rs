//! The text of a page in the order in which the file draws it: nothing moved, nothing joined, nothing left out.
//!
//! Takes what a page shows, gives its lines. For comparing with extractors that keep that order (`pdftotext -raw`), and
//! for pages whose reading order came out wrong. A table in a frame is drawn after the page's foot, wherever it stands:
//!
//! ```text
//! Hieronder een overzicht.      Hieronder een overzicht.
//! Gent   12                     De cijfers tonen aan dat …
//! De cijfers tonen aan dat …    Pagina 2
//! Pagina 2                      Gent 12
//! as read                       as drawn
//! ```

use super::glyphs::{Direction, PageContent};
use super::pages::{push_text, upright};
use super::rows::{FARTHEST_SHIFT, SAME_ROW, SMALL, stand_together};
use super::words::{Piece, drawn_pieces};

/// A piece that begins further back than this share of the size begins a line of its own.
const BACKWARD: f32 = 0.5;

/// Writes the lines of a page, and a form feed behind them.
pub(crate) fn push_drawn(page: PageContent, out: &mut String) {
    let page = upright(page);
    let mut last: Option<(Direction, Piece)> = None;
    for (direction, piece) in drawn_pieces(&page) {
        if let Some((before, last)) = &last {
            match *before == direction && goes_on(last, &piece) {
                true if stand_together(last, &piece) => {}
                true => out.push(' '),
                false => out.push('\n'),
            }
        }
        push_text(&piece.text, false, out);
        last = Some((direction, piece));
    }
    if last.is_some() {
        out.push('\n');
    }
    out.push('\u{c}');
}

/// Whether a piece is of the line of the one before it: behind it on its baseline, or small and raised or lowered.
fn goes_on(last: &Piece, piece: &Piece) -> bool {
    let (small, large) = (last.size.min(piece.size), last.size.max(piece.size));
    let shift = (piece.baseline - last.baseline).abs();
    let even = shift <= SAME_ROW * small || small <= SMALL * large && shift <= FARTHEST_SHIFT * large;
    even && piece.x.start >= last.x.end - BACKWARD * large
}
