//! Glyphs to words: which glyphs belong together, read in the order in which they are drawn.
//!
//! Takes the glyphs of one page that are written one way, gives [`Piece`]s: stretches without a gap, each with its
//! characters, its place along the line and its baseline. Which pieces share a line is for `rows` to find.
//!
//! ```text
//! H·o·e·v·e·e·l·␣·c·h·a·t·s       pieces "Hoeveel", "chats"
//! 3·<nbsp>·5·7·6                   one piece: a no-break space within a number holds it together
//! e·´ (one over the other)         one letter: é
//! ```

use super::glyphs::{Direction, Glyph, PageContent};
use super::lines::{is_no_break, joins};
use crate::geometry::{Interval, Rect};
use unicode_normalization::UnicodeNormalization;

/// A gap of at least this share of the font's space parts words: justified lines are squeezed to about 0.6 of it,
/// kerning stays under 0.3.
const WORD_GAP: f32 = 0.45;

/// How far glyphs of one word may lie from one baseline, as a share of the size; superscripts are raised by 0.3.
const SAME_BASELINE: f32 = 0.12;

/// A glyph that goes back by more than this share of the size begins a new piece.
const BACKWARD: f32 = 0.5;

/// The same glyph within this share of the size again: bold made by drawing twice.
const DRAWN_TWICE: f32 = 0.12;

/// Glyphs of which this share lies over one another are a letter and its accent.
const OVER_ONE_ANOTHER: f32 = 0.5;

/// Bytes that most words fit in.
const USUAL_LENGTH: usize = 16;

/// A stretch of glyphs without a gap.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Its characters.
    pub text: String,
    /// Where it stands along the line.
    pub x: Interval,
    /// Its baseline.
    pub baseline: f32,
    /// Its size.
    pub size: f32,
    /// How wide a space is in its font.
    pub space: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether a space was drawn just before it.
    pub after_space: bool,
    /// Whether a space was drawn just after it.
    pub before_space: bool,
    /// Whether it stands above the baseline of its line; found by `rows`.
    pub raised: bool,
}

/// The angle of what is written at a slant on a page, as cosine and sine: watermarks have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slant(f32, f32);

impl Slant {
    /// From left to right.
    pub(super) const NONE: Self = Self(1.0, 0.0);

    /// That of the first slanted glyph.
    pub(super) fn of(page: &PageContent) -> Self {
        let ways = page.glyphs.iter().filter(|glyph| glyph.direction == Direction::Slanted);
        let ways = ways.map(|glyph| (glyph.to.0 - glyph.from.0, glyph.to.1 - glyph.from.1));
        let way = ways.map(|(x, y)| (x, y, x.hypot(y))).find(|(.., length)| *length > 0.0);
        way.map_or(Self::NONE, |(x, y, length)| Self(x / length, y / length))
    }

    /// A point of the page in the frame of the slanted writing.
    fn turn(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.0 + y * self.1, y * self.0 - x * self.1)
    }

    /// A box of that frame on the page: the smallest upright one around it.
    pub(super) fn area(self, area: Rect) -> Rect {
        let back = |x: f32, y: f32| (x * self.0 - y * self.1, x * self.1 + y * self.0);
        let corners = [
            (area.x.start, area.y.start),
            (area.x.end, area.y.start),
            (area.x.start, area.y.end),
            (area.x.end, area.y.end),
        ];
        let boxes = corners.map(|(x, y)| back(x, y)).map(|(x, y)| Rect::new(x, y, x, y));
        boxes.into_iter().reduce(Rect::union).unwrap_or(area)
    }
}

/// A glyph in the frame of its own way of writing: along the line, and down from line to line.
struct Placed<'p> {
    text: &'p str,
    x: Interval,
    baseline: f32,
    glyph: &'p Glyph,
}

/// Gathers the glyphs that are written in one direction into pieces.
pub(super) fn glyphs_to_pieces(page: &PageContent, direction: Direction) -> Vec<Piece> {
    gather(page, page.glyphs.iter().filter(|glyph| glyph.direction == direction), direction)
}

/// Gathers all glyphs into pieces, in the order in which they are drawn, each with the way it is written.
pub(super) fn drawn_pieces(page: &PageContent) -> Vec<(Direction, Piece)> {
    let mut drawn = Vec::with_capacity(page.glyphs.len() / 5);
    for run in page.glyphs.chunk_by(|a, b| a.direction == b.direction) {
        let direction = run.first().map_or(Direction::Right, |glyph| glyph.direction);
        drawn.extend(gather(page, run.iter(), direction).into_iter().map(|piece| (direction, piece)));
    }
    drawn
}

fn gather<'p>(page: &'p PageContent, glyphs: impl Iterator<Item = &'p Glyph>, direction: Direction) -> Vec<Piece> {
    let mut pieces = Pieces { done: Vec::with_capacity(page.glyphs.len() / 5), ..Pieces::default() };
    let slant = if direction == Direction::Slanted { Slant::of(page) } else { Slant::NONE };
    for glyph in glyphs.filter(|glyph| glyph.end > glyph.start) {
        pieces.push(placed(page, glyph, direction, slant));
    }
    pieces.finish();
    pieces.done
}

fn placed<'p>(page: &'p PageContent, glyph: &'p Glyph, direction: Direction, slant: Slant) -> Placed<'p> {
    let turn = |(x, y): (f32, f32)| match direction {
        Direction::Right => (x, y),
        Direction::Slanted => slant.turn(x, y),
        Direction::Down => (y, -x),
        Direction::Left => (-x, -y),
        Direction::Up => (-y, x),
    };
    let (from, to) = (turn(glyph.from), turn(glyph.to));
    let x = Interval::new(from.0.min(to.0), from.0.max(to.0));
    Placed { text: page.glyph_text(glyph), x, baseline: from.1, glyph }
}

/// The pieces so far and the one that is open.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    open: Option<Open>,
    /// A no-break space that may hold a number together: whether it does, its successor tells.
    pending: Option<(char, f32)>,
    after_space: bool,
}

struct Open {
    piece: Piece,
    /// The last glyph's place, and where its characters begin in the piece.
    last: Interval,
    last_at: usize,
    composed: bool,
    bold: (u32, u32),
}

impl Pieces {
    fn push(&mut self, glyph: Placed<'_>) {
        // Most glyphs are one letter.
        if let [byte @ b'!'..=b'~'] = glyph.text.as_bytes() {
            return self.push_visible(&glyph, char::from(*byte));
        }
        let mut characters = glyph.text.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) if is_no_break(only) => self.pending = Some((only, glyph.x.end)),
            _ if glyph.text.chars().all(char::is_whitespace) => self.close(true),
            (Some(first), _) => self.push_visible(&glyph, first),
            (None, _) => {}
        }
    }

    fn push_visible(&mut self, glyph: &Placed<'_>, first: char) {
        let held = self.pending.take();
        let Some(open) = self.open.as_mut() else {
            self.after_space |= held.is_some();
            return self.begin(glyph);
        };
        let last = held.map_or(open.last.end, |(_, end)| end.max(open.last.end));
        if !open.continues(glyph, last) {
            self.close(held.is_some());
            return self.begin(glyph);
        }
        if let Some((space, _)) = held {
            if !joins(open.piece.text.chars().next_back().unwrap_or(' '), Some(first)) {
                self.close(true);
                return self.begin(glyph);
            }
            open.piece.text.push(space);
        }
        open.extend(glyph);
    }

    fn begin(&mut self, glyph: &Placed<'_>) {
        let mut text = String::with_capacity(USUAL_LENGTH);
        text.push_str(glyph.text);
        let piece = Piece {
            text,
            x: glyph.x,
            baseline: glyph.baseline,
            size: glyph.glyph.size,
            space: glyph.glyph.space,
            bold: glyph.glyph.bold,
            after_space: std::mem::take(&mut self.after_space),
            before_space: false,
            raised: false,
        };
        let bold = (u32::from(glyph.glyph.bold), 1);
        self.open = Some(Open { piece, last: glyph.x, last_at: 0, composed: !glyph.text.is_ascii(), bold });
    }

    fn close(&mut self, space: bool) {
        self.pending = None;
        if let Some(open) = self.open.take() {
            let mut piece = open.piece;
            piece.before_space = space;
            piece.bold = open.bold.0 * 2 > open.bold.1;
            if open.composed && !unicode_normalization::is_nfc(&piece.text) {
                piece.text = piece.text.nfc().collect();
            }
            self.done.push(piece);
        }
        self.after_space = space;
    }

    fn finish(&mut self) {
        self.close(false);
    }
}

impl Open {
    /// Whether a glyph goes on where the piece ends.
    fn continues(&self, glyph: &Placed<'_>, end: f32) -> bool {
        let size = self.piece.size.max(glyph.glyph.size);
        let gap = glyph.x.start - end;
        let even = (glyph.baseline - self.piece.baseline).abs() <= SAME_BASELINE * size;
        even && gap >= -BACKWARD * size && gap < WORD_GAP * self.piece.space.min(glyph.glyph.space)
    }

    fn extend(&mut self, glyph: &Placed<'_>) {
        let overlap = self.last.overlap(glyph.x);
        let narrow = self.last.len().min(glyph.x.len());
        let before = self.piece.text.get(self.last_at..).unwrap_or("");
        let apart = (glyph.x.start - self.last.start).abs();
        if before == glyph.text && apart < DRAWN_TWICE * glyph.glyph.size {
            self.bold.0 = self.bold.0.max(self.bold.1);
            return;
        }
        if overlap >= OVER_ONE_ANOTHER * narrow && narrow > 0.0 && self.compose(glyph.text) {
            return;
        }
        self.composed |= !glyph.text.is_ascii();
        self.last_at = self.piece.text.len();
        self.last = glyph.x;
        self.piece.text.push_str(glyph.text);
        self.piece.x = self.piece.x.union(glyph.x);
        self.piece.size = self.piece.size.max(glyph.glyph.size);
        self.bold = (self.bold.0 + u32::from(glyph.glyph.bold), self.bold.1 + 1);
    }

    /// Puts an accent on the letter that it lies over, whichever of the two came first.
    fn compose(&mut self, text: &str) -> bool {
        let before = self.piece.text.get(self.last_at..).unwrap_or("");
        if let Some(mark) = combining(text) {
            self.piece.text.push(mark);
        } else if let Some(mark) = combining(before) {
            self.piece.text.truncate(self.last_at);
            self.piece.text.push_str(text);
            self.piece.text.push(mark);
        } else {
            return false;
        }
        self.composed = true;
        true
    }
}

/// The combining mark for an accent that stands alone.
fn combining(accent: &str) -> Option<char> {
    Some(match accent {
        "`" | "\u{2cb}" => '\u{300}',
        "´" | "\u{2ca}" => '\u{301}',
        "ˆ" | "^" => '\u{302}',
        "˜" | "~" => '\u{303}',
        "¯" | "ˉ" => '\u{304}',
        "˘" => '\u{306}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "˚" => '\u{30a}',
        "ˇ" => '\u{30c}',
        "¸" => '\u{327}',
        "˛" => '\u{328}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of glyphs of size 10, given as text and left and right edge.
    fn page(glyphs: &[(&str, f32, f32)]) -> PageContent {
        let mut page = PageContent::default();
        for &(text, from, to) in glyphs {
            let start = page.text.len() as u32;
            page.text.push_str(text);
            page.glyphs.push(Glyph {
                start,
                end: page.text.len() as u32,
                from: (from, 50.0),
                to: (to, 50.0),
                size: 10.0,
                space: 2.8,
                bold: false,
                direction: Direction::Right,
            });
        }
        page
    }

    fn texts(glyphs: &[(&str, f32, f32)]) -> Vec<String> {
        glyphs_to_pieces(&page(glyphs), Direction::Right).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn gaps_part_words_and_kerning_does_not() {
        assert_eq!(texts(&[("T", 0.0, 6.0), ("o", 5.2, 10.0), ("e", 10.8, 15.0), ("n", 17.5, 22.0)]), ["Toe", "n"]);
    }

    #[test]
    fn a_no_break_space_holds_numbers_together_and_parts_words() {
        assert_eq!(texts(&[("3", 0.0, 5.0), ("\u{a0}", 5.0, 8.0), ("5", 8.0, 13.0)]), ["3\u{a0}5"]);
        assert_eq!(texts(&[("a", 0.0, 5.0), ("\u{a0}", 5.0, 8.0), ("b", 8.0, 13.0)]), ["a", "b"]);
        assert_eq!(texts(&[("3", 0.0, 5.0), ("\u{a0}", 5.0, 8.0), ("5", 80.0, 85.0)]), ["3", "5"]);
    }

    #[test]
    fn accents_go_on_the_letter_they_lie_over() {
        assert_eq!(texts(&[("e", 0.0, 5.0), ("´", 1.0, 4.0)]), ["é"]);
        assert_eq!(texts(&[("¨", 1.0, 4.0), ("e", 0.8, 5.0)]), ["ë"]);
    }

    #[test]
    fn what_is_drawn_twice_is_read_once_and_bold() {
        let drawn = page(&[("a", 0.0, 5.0), ("a", 0.3, 5.3), ("b", 5.0, 10.0), ("b", 5.3, 10.3)]);
        let pieces = glyphs_to_pieces(&drawn, Direction::Right);
        assert_eq!(pieces.iter().map(|p| (p.text.as_str(), p.bold)).collect::<Vec<_>>(), [("ab", true)]);
    }
}
