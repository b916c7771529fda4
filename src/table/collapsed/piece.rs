//! Pieces: the lines of a region with what belongs together joined, and the region cut into tables.
//!
//! Takes the lines of a region, gives [`Piece`]s (a line, with the lines on which a remark in brackets goes on) and the
//! [`Segment`]s of pieces that are one table each. A table ends where a caption, another header, other columns or the
//! rows behind a grand total begin.
//!
//! ```text
//! 8 976                  ┐
//! (in periode van 1-8    │ one piece: a number and its remark
//! oktober: campagne)     ┘
//! ```

use super::region::{self, LineKind, REMARK_LINES, bracket_depth};
use super::token::{self, Class, Token};
use crate::layout::{Layout, Word};
use crate::table::{number, words};
use std::ops::Range;

/// Lines read as one, as tokens.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// The words behind its figures, where the rows of the region end in words.
    pub trail: Vec<Token>,
    /// The first token of the figures at its end; the number of tokens where it ends in words.
    pub figures: usize,
    /// Fewest and most cells of figures; `(0, 0)` where it ends in words.
    pub counts: (usize, usize),
    /// The lines it stands on.
    pub lines: Range<usize>,
    /// Whether it begins in small letters, and that tells that it goes on from the line before.
    pub starts_small: bool,
    /// Blank lines before it, those around skipped lines included.
    pub blank_before: u8,
    /// What its first line is.
    pub kind: LineKind,
}

impl Piece {
    /// Whether it is words alone.
    pub(super) fn is_words(&self) -> bool {
        self.figures == self.tokens.len()
    }

    /// Whether its one figure is a day that goes on from its words: `Toestand op 1 januari 2022`.
    fn is_phrase(&self, layout: &Layout) -> bool {
        let day = self.tokens.last().is_some_and(|t| t.class == Class::Date || t.is_year());
        day && self.counts.0 == 1 && self.label_end().is_some_and(|last| words::is_link_word(last.text(layout)))
    }

    /// Whether it may be of a header, for what it says itself: words, or figures that name columns.
    pub(super) fn may_head(&self, layout: &Layout) -> bool {
        self.is_words() || self.is_phrase(layout) || self.names_columns(layout)
    }

    /// Whether its one number is of a name that goes on in the next line (`Attest binnen 12`, `maanden`): the next line
    /// is words, and the rows that follow have more cells.
    pub(super) fn breaks_in_name<'a>(&self, mut next: impl Iterator<Item = &'a Piece>) -> bool {
        let broken = |piece: &Piece| piece.counts.1 == 1 && !piece.is_figures();
        broken(self)
            && next.next().is_some_and(|next| next.is_words() && next.kind == LineKind::Short)
            && next.find(|piece| !piece.is_words() && !broken(piece)).is_some_and(|row| row.counts.0 > 1)
    }

    /// Whether it is figures alone.
    pub(super) fn is_figures(&self) -> bool {
        self.figures == 0 && !self.tokens.is_empty()
    }

    /// Whether it is one year and nothing else: over one column its header, over several the heading of a group.
    pub(super) fn is_lone_year(&self) -> bool {
        matches!(self.tokens.as_slice(), [token] if token.is_year())
    }

    /// Whether it is figures of which the first may be the label, for so many columns.
    pub(super) fn has_own_label(&self, columns: usize) -> bool {
        self.is_figures() && self.counts.1 > columns
    }

    /// Its words before the figures, as printed.
    pub(super) fn label_text<'a>(&self, layout: &'a Layout) -> &'a str {
        match (self.tokens.first(), self.label_end()) {
            (Some(first), Some(last)) => layout.slice(first.bytes.start as usize..last.bytes.end as usize),
            _ => "",
        }
    }

    /// The last token of its words.
    pub(super) fn label_end(&self) -> Option<&Token> {
        self.tokens.get(self.figures.checked_sub(1)?)
    }

    /// Its text as printed.
    pub(super) fn text<'a>(&self, layout: &'a Layout) -> &'a str {
        match (self.tokens.first(), self.trail.last().or(self.tokens.last())) {
            (Some(first), Some(last)) => layout.slice(first.bytes.start as usize..last.bytes.end as usize),
            _ => "",
        }
    }
}

/// Joins lines to pieces.
pub(super) fn pieces_of(layout: &Layout, lines: Range<usize>, kinds: &[LineKind]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut line = lines.start;
    let mut blank = 0_u8;
    let kind_at = |line: usize| kinds.get(line - lines.start).copied().unwrap_or(LineKind::Skipped);
    while line < lines.end {
        blank = blank.saturating_add(layout.lines.get(line).map_or(0, |l| l.blank_before));
        if kind_at(line) == LineKind::Skipped {
            line += 1;
            continue;
        }
        let first = line;
        words.clear();
        words.extend_from_slice(layout.line_words(line));
        line += 1;
        if breaks_in_day(layout, line, &words) {
            words.extend_from_slice(layout.line_words(line));
            line += 1;
        }
        let mut depth = bracket_depth(layout.line_text(first));
        while depth > 0 && line < lines.end.min(first + REMARK_LINES) && closes(layout, line..lines.end, depth) {
            if kind_at(line) != LineKind::Skipped {
                words.extend_from_slice(layout.line_words(line));
                depth += bracket_depth(layout.line_text(line));
            }
            line += 1;
        }
        let mut piece = piece_of(layout, &words, first..line, kind_at(first));
        piece.blank_before = std::mem::take(&mut blank);
        match pieces.last_mut() {
            Some(before) if goes_behind(layout, before, &piece) => append(before, piece),
            _ => pieces.push(piece),
        }
    }
    if region::ends_in_words(kinds) {
        pieces.iter_mut().filter(|piece| piece.kind == LineKind::Mixed).for_each(cut_trail);
    }
    if has_small_labels(&pieces) {
        pieces.iter_mut().for_each(|piece| piece.starts_small = false);
    }
    pieces
}

fn cut_trail(piece: &mut Piece) {
    if let Some(words) = token::words_behind(&piece.tokens) {
        piece.trail = piece.tokens.split_off(words);
        count(piece);
    }
}

/// Whether the labels of the rows begin in small letters anyway (`januari`, `aso`): most rows do, and there are too few
/// lines of words above them for a wrapped label each.
fn has_small_labels(pieces: &[Piece]) -> bool {
    let rows = pieces.iter().filter(|p| !p.is_words() && !p.is_figures());
    let (all, small) = rows.fold((0, 0), |(all, small), p| (all + 1, small + usize::from(p.starts_small)));
    let words = pieces.iter().filter(|p| p.is_words()).count();
    small > 1 && small * 2 >= all && words < small
}

/// Whether a day is written over the end of a line and the next: `Bureaus op 1` / `januari 2013`.
fn breaks_in_day(layout: &Layout, next: usize, words: &[Word]) -> bool {
    let text = |word: &Word| layout.word_text(word);
    let ([.., link, day], [month, year, ..]) = (words, layout.line_words(next)) else { return false };
    let linked = text(day).len() <= 2 && words::is_link_word(text(link));
    linked && number::is_date(&format!("{} {} {}", text(day), text(month), text(year)))
}

/// Whether the open brackets are closed within the next lines.
fn closes(layout: &Layout, lines: Range<usize>, mut depth: i32) -> bool {
    lines.take(REMARK_LINES).any(|line| {
        depth += bracket_depth(layout.line_text(line));
        depth <= 0
    })
}

fn piece_of(layout: &Layout, words: &[Word], lines: Range<usize>, kind: LineKind) -> Piece {
    let mut tokens = Vec::with_capacity(words.len());
    token::tokens_of(layout, words, &mut tokens);
    let mut piece = Piece {
        tokens,
        trail: Vec::new(),
        figures: 0,
        counts: (0, 0),
        lines,
        starts_small: false,
        blank_before: 0,
        kind,
    };
    piece.starts_small = piece.text(layout).starts_with(char::is_lowercase);
    count(&mut piece);
    // `werk (2021)`: a year in brackets is of the words before it.
    if piece.counts == (1, 1) && piece.tokens.last().is_some_and(|last| is_bracketed_year(layout, last)) {
        be_words(&mut piece);
    }
    piece
}

fn is_bracketed_year(layout: &Layout, token: &Token) -> bool {
    token.class == Class::Bracketed && token.text(layout).get(1..5).is_some_and(number::is_year)
}

fn be_words(piece: &mut Piece) {
    (piece.figures, piece.counts) = (piece.tokens.len(), (0, 0));
}

fn count(piece: &mut Piece) {
    piece.figures = token::figures_start(&piece.tokens);
    piece.counts = token::cell_counts(&piece.tokens, piece.figures).unwrap_or((0, 0));
    if piece.counts == (0, 0) {
        piece.figures = piece.tokens.len();
    }
}

/// A remark by itself belongs to the number, or the header, before it; a year in brackets to the words.
fn goes_behind(layout: &Layout, before: &Piece, piece: &Piece) -> bool {
    let [token] = piece.tokens.as_slice() else { return false };
    let is_remark = match token.class {
        Class::Note => true,
        _ => before.is_words() && is_bracketed_year(layout, token),
    };
    is_remark && !matches!(before.kind, LineKind::Caption | LineKind::Note)
}

fn append(before: &mut Piece, piece: Piece) {
    let words = before.is_words();
    before.tokens.extend(piece.tokens);
    before.lines.end = piece.lines.end;
    count(before);
    // What goes behind words is of their name, be it a year.
    if words {
        be_words(before);
    }
}

/// The pieces of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// The caption.
    pub caption: Option<usize>,
    /// Header and rows, as indexes of pieces.
    pub body: Range<usize>,
    /// Pieces within the body that repeat the header on a new page.
    pub repeated: Vec<usize>,
    /// Notes under it.
    pub notes: Range<usize>,
}

/// Cuts the pieces of a region into tables.
pub(super) fn segments_of(layout: &Layout, pieces: &[Piece]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let segment = segment_from(layout, pieces, at);
        at = segment.notes.end.max(segment.body.end).max(at + 1);
        segments.push(segment);
    }
    segments
}

fn segment_from(layout: &Layout, pieces: &[Piece], start: usize) -> Segment {
    let caption = (pieces[start].kind == LineKind::Caption).then_some(start);
    let body_start = start + usize::from(caption.is_some());
    let mut scan = Scan::default();
    let mut end = body_start;
    while end < pieces.len() && !matches!(pieces[end].kind, LineKind::Caption | LineKind::Note) {
        if scan.is_over(layout, pieces, end) {
            break;
        }
        scan.take(layout, pieces, end);
        end += 1;
    }
    let notes_end = end + pieces[end..].iter().take_while(|p| p.kind == LineKind::Note).count();
    Segment { caption, body: body_start..end, repeated: scan.repeated, notes: end..notes_end }
}

/// Columns of which a row may leave one empty, in a table whose rows else have them all.
const WIDE: usize = 6;
/// How many rows ahead tell whether the columns change.
const NEXT_ROWS: usize = 3;

/// What is known of a table while its pieces are passed.
#[derive(Debug, Default)]
struct Scan {
    header: Vec<usize>,
    rows: usize,
    /// Cells that the rows so far can all have.
    common: Option<(usize, usize)>,
    /// The widest gap between rows, in blank lines.
    gap: u8,
    after_total: bool,
    only_years: bool,
    repeated: Vec<usize>,
}

impl Scan {
    /// Whether the table ends before this piece.
    fn is_over(&self, layout: &Layout, pieces: &[Piece], at: usize) -> bool {
        if self.rows == 0 || self.repeats_header(layout, pieces, at) {
            return false;
        }
        let piece = &pieces[at];
        if piece.names_columns(layout) && !self.only_years && self.names_other_columns(layout, pieces, at) {
            return true;
        }
        // A heading over the same header again begins another table; on a new page the header stands by itself.
        if piece.is_words() && piece.blank_before > 0 && self.repeats_header(layout, pieces, at + 1) {
            return true;
        }
        if piece.is_words() {
            return self.ends_at_words(layout, pieces, at);
        }
        let gap = piece.blank_before > self.gap;
        if self.after_total && !piece.is_figures() {
            return !words::is_closing_row(first_word(layout, piece));
        }
        gap && self.rows > 1 && piece.counts.0 > 0 && !piece.is_figures() && self.differ(&pieces[at..])
    }

    /// Whether none of the next rows can have the cells of those so far. One short row is a row with empty cells, and so
    /// may others be in a wide table.
    fn differ(&self, pieces: &[Piece]) -> bool {
        let rows = || pieces.iter().filter(|p| p.counts.1 > 0).take(NEXT_ROWS);
        rows().count() > 0 && rows().all(|p| !self.nearly_fits(p.counts))
    }

    fn nearly_fits(&self, counts: (usize, usize)) -> bool {
        let Some(common) = self.common else { return true };
        let missing = common.0 / WIDE;
        counts.0 <= common.1 && counts.1 + missing >= common.0
    }

    /// A line of years is a header when what follows it are rows under it, and not when it is a row among rows.
    fn names_other_columns(&self, layout: &Layout, pieces: &[Piece], at: usize) -> bool {
        let piece = &pieces[at];
        let many = piece.counts.1 > 1 || piece.years(layout).is_some_and(|years| years.len() > 1);
        many || self.after_total || pieces.get(at + 1).is_some_and(|next| next.blank_before < piece.blank_before)
    }

    /// Words between rows: the header of another table, or a label.
    fn ends_at_words(&self, layout: &Layout, pieces: &[Piece], at: usize) -> bool {
        let next = pieces[at..].iter().take(6).find(|p| !p.is_words());
        let Some(next) = next.filter(|n| n.kind != LineKind::Caption) else { return false };
        let heads = looks_like_header(layout, &pieces[at], next.counts);
        let fits = !self.differ(&pieces[at..]);
        let gap = pieces[at].blank_before > self.gap;
        // No heading of a group: the table has none above its first row.
        let new = gap && self.header.len() == 1 && self.rows > 1 && pieces[at].tokens.len() > next.counts.0.max(1) + 1;
        match self.after_total {
            true => {
                heads
                    || !fits
                    || gap
                    || next.is_figures()
                    || !closes_table(layout, &pieces[at]) && !closes_table(layout, next)
            }
            false => heads && (!fits || gap) || !fits && gap || new && next.blank_before == 0,
        }
    }

    fn fits(&self, counts: (usize, usize)) -> bool {
        self.common.is_none_or(|common| counts.0 <= common.1 && counts.1 >= common.0)
    }

    fn repeats_header(&self, layout: &Layout, pieces: &[Piece], at: usize) -> bool {
        let Some(text) = pieces.get(at).map(|piece| piece.text(layout)) else { return false };
        self.header.iter().any(|&header| pieces[header].text(layout) == text)
    }

    fn take(&mut self, layout: &Layout, pieces: &[Piece], at: usize) {
        let piece = &pieces[at];
        if self.rows > 0 && self.repeats_header(layout, pieces, at) {
            self.repeated.push(at);
            return;
        }
        if self.rows == 0 && (piece.may_head(layout) || piece.breaks_in_name(pieces[at + 1..].iter())) {
            self.header.push(at);
            return;
        }
        if self.rows > 0 {
            self.gap = self.gap.max(piece.blank_before);
        }
        if piece.is_words() {
            return;
        }
        self.rows += 1;
        self.only_years =
            piece.tokens.iter().skip(piece.figures).all(Token::is_year) && (self.rows == 1 || self.only_years);
        if !piece.is_figures() {
            let label = first_word(layout, piece);
            self.after_total =
                self.rows > 2 && words::is_total(label) || self.after_total && words::is_closing_row(label);
            self.common = Some(match self.common {
                Some((few, most)) if self.fits(piece.counts) => (few.max(piece.counts.0), most.min(piece.counts.1)),
                Some(common) => common,
                None => piece.counts,
            });
        }
    }
}

/// Whether a line belongs behind a grand total.
fn closes_table(layout: &Layout, piece: &Piece) -> bool {
    words::is_closing_row(first_word(layout, piece))
}

fn first_word<'a>(layout: &'a Layout, piece: &Piece) -> &'a str {
    piece.tokens.first().map_or("", |t| t.text(layout))
}

/// Whether words can head the columns of rows with so many figures: a cell for each column, all begun by a capital.
pub(super) fn looks_like_header(layout: &Layout, piece: &Piece, counts: (usize, usize)) -> bool {
    let starts = piece.tokens.iter().filter(|t| t.class != Class::Note);
    let capitals =
        starts.clone().filter(|t| t.text(layout).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let (all, capitals) = (starts.count(), capitals.count());
    all >= 2 && all == capitals && all >= counts.0
}
