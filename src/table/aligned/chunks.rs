//! Lines to chunks: what stands together on a line, parted by gaps wider than spaces between words.
//!
//! Takes one line of a layout, gives a [`Row`]: its chunks from left to right, each with its place and whether it is a
//! figure. One chunk is one cell or a piece of one; which column it belongs to is for `bands` to find.
//!
//! ```text
//! West-Vlaanderen          3 576     n.v.t.
//! ^^^^^^^^^^^^^^^          ^^^^^     ^^^^^^      three chunks: text, figure, figure
//! ```

use super::figures::{are_two_figures, goes_on, is_numeral, is_value, names_column};
use super::marks::{is_bullet, is_list_mark, opens_item};
use super::sides::sides_of_cells;
use crate::geometry::Interval;
use crate::layout::{Layout, Word};
use crate::table::MOST_COLUMNS;
use crate::table::cells::is_figure;
use std::ops::Range;

/// The narrowest gap between columns of a text, in characters: one space parts words.
const TEXT_GAP: f32 = 2.0;

/// The narrowest gap between columns of a PDF, as a share of the size: spaces between words are about 0.28, in
/// justified lines up to twice that.
const PDF_GAP: f32 = 0.62;

/// Lines closer than this share of the size share their height; lines of one cell are 1.1 apart at the least.
const SHARES_HEIGHT: f32 = 0.8;

/// Words of a line that may be prose, at least.
const PROSE_WORDS: usize = 6;

/// Words from which on a line's gaps tell how far its words were spread.
const SPREAD_WORDS: usize = 6;

/// How much wider than most gaps of such a line one must be to part columns.
const WIDER_THAN_MOST: f32 = 1.7;

/// Words of a line that names no columns: among so many a single small word behind a gap is prose too.
pub(super) const LONG_LINE: usize = 9;

/// Words, each by itself behind a line's first chunk, that prose is not spaced out to, at least.
const LISTED_WORDS: usize = 3;

/// Chunks of a line that come again in it, at least, for it to name columns.
const NAMED_AGAIN: usize = 2;

/// A stretch of a line without a wide gap.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Chunk {
    /// Its bytes in the layout's text.
    pub bytes: Range<usize>,
    /// Where it stands.
    pub x: Interval,
    /// Whether it is a figure, or a sign that there is none.
    pub figure: bool,
    /// Whether it is a figure that is no year: what a header does not hold.
    pub amount: bool,
    /// The width of its first word: whether it would have fitted on the line before tells wraps from new cells.
    pub first_word: f32,
}

/// A line with its chunks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The line's index.
    pub line: usize,
    /// From left to right; never empty.
    pub chunks: Vec<Chunk>,
    /// How far down it stands: line numbers, or points.
    pub y: f32,
    /// The same of the last of its lines.
    pub foot: f32,
    /// The width of a character: 1 in a text, half the size in a PDF.
    pub em: f32,
    /// Further lines that stand beside this one, half a line lower: figures set in the middle of a wrapped label.
    pub beside: Vec<usize>,
}

impl Row {
    /// A line with one chunk so far.
    pub(crate) fn new(layout: &Layout, line: usize, chunk: Chunk) -> Self {
        let place = layout.lines.get(line);
        let (y, size) = place.map_or((0.0, 0.0), |line| (line.y.end, line.size));
        Self {
            line,
            chunks: vec![chunk],
            y,
            foot: y,
            em: if layout.is_placed() { size / 2.0 } else { 1.0 },
            beside: Vec::new(),
        }
    }

    /// Takes in a line that stands beside this one, in other places: in a PDF so little below that the two share their
    /// height; in a text figures alone under a label alone. Gives it back where it does not.
    pub(super) fn take_beside(&mut self, layout: &Layout, other: Row) -> Option<Row> {
        let low = other.y - self.y;
        let near = match layout.is_placed() {
            true => (0.0..SHARES_HEIGHT * 2.0 * self.em).contains(&low),
            false => low <= 1.0 && self.is_label(layout) && other.holds_figures_alone(),
        };
        let apart = || other.chunks.iter().all(|a| self.chunks.iter().all(|b| a.x.overlap(b.x) <= 0.0));
        let behind = layout.is_placed() || other.x().start > self.x().end;
        if !near || !behind || !apart() {
            return Some(other);
        }
        if !layout.is_placed() {
            self.foot = other.y;
        }
        self.beside.push(other.line);
        self.beside.extend(other.beside);
        self.chunks.extend(other.chunks);
        self.chunks.sort_by(|a, b| a.x.start.total_cmp(&b.x.start));
        None
    }

    /// Whether all its chunks are figures, and not years alone.
    fn holds_figures_alone(&self) -> bool {
        self.chunks.iter().all(|chunk| chunk.figure) && self.chunks.iter().any(|chunk| chunk.amount)
    }

    /// Whether it is one chunk of words that is no sentence.
    fn is_label(&self, layout: &Layout) -> bool {
        let ends = layout.line_text(self.line).ends_with(['.', '?', '!', ':', ';']);
        self.chunks.len() == 1 && self.chunks.iter().all(|chunk| !chunk.figure) && !ends
    }

    /// All its lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.line).chain(self.beside.iter().copied())
    }

    /// The last of its lines.
    pub(super) fn foot_line(&self) -> usize {
        self.lines().max().unwrap_or(self.line)
    }

    /// From its first to its last chunk.
    pub(super) fn x(&self) -> Interval {
        self.chunks.iter().map(|chunk| chunk.x).reduce(Interval::union).unwrap_or_default()
    }

    /// Whether any chunk but the first is an amount.
    pub(super) fn has_amount(&self) -> bool {
        self.chunks.iter().skip(1).any(|chunk| chunk.amount)
    }

    /// Whether it can be a row of a table by itself: chunks apart, and not an item of a list.
    pub(super) fn is_tabular(&self, layout: &Layout) -> bool {
        let text = |chunk: &Chunk| layout.slice(chunk.bytes.clone());
        match self.chunks.as_slice() {
            [] | [_] => false,
            [first, second] if is_list_mark(text(first)) => second.figure,
            _ if self.chunks.iter().any(|chunk| chunk.amount) => true,
            [first, ..] => !self.reads_as_prose(layout) && !opens_item(text(first)) && !is_bullet(text(first)),
        }
    }

    /// Whether each of its chunks begins or ends where one of the others' does, or stands over or under it: wrapped lines
    /// of several cells, set to a side or in the middle.
    pub(super) fn lines_up<'r>(&self, layout: &Layout, others: impl Iterator<Item = &'r Self> + Clone) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() <= self.em;
        let stands_over = |a: Interval, b: Interval| a.overlap(b) * 2.0 > a.len().min(b.len());
        let listed = self.chunks.first().is_none_or(|first| is_list_mark(layout.slice(first.bytes.clone())));
        let known = || others.clone().flat_map(|row| &row.chunks);
        let placed = |chunk: &Chunk| {
            known().any(|known| {
                near(chunk.x.start, known.x.start) || near(chunk.x.end, known.x.end) || stands_over(chunk.x, known.x)
            })
        };
        self.chunks.len() > 1 && !listed && self.chunks.iter().all(placed)
    }

    /// Whether a line without amounts is a stretch of prose that was spaced out: it ends a sentence, or goes small.
    pub(super) fn reads_as_prose(&self, layout: &Layout) -> bool {
        let words = layout.line_words(self.line).len();
        let ends = layout.line_text(self.line).ends_with(['.', '?', '!', ';', ':']);
        let small = |chunk: &Chunk| {
            let text = layout.slice(chunk.bytes.clone());
            (text.contains(' ') || words >= LONG_LINE && words >= 2 * self.chunks.len())
                && text.starts_with(char::is_lowercase)
        };
        let spread = self.chunks.iter().skip(1).filter(|chunk| small(chunk)).count();
        let sentence = || ends && !self.chunks.iter().any(|chunk| chunk.figure) && !self.lists_words(layout);
        words >= PROSE_WORDS && (sentence() || spread * 2 >= self.chunks.len() - 1) && !self.names_anew(layout)
    }

    /// Whether two of its chunks or more come again further on: names of columns under several spanners.
    fn names_anew(&self, layout: &Layout) -> bool {
        let text = |chunk: &Chunk| layout.slice(chunk.bytes.clone());
        let again = |(at, chunk): &(usize, &Chunk)| {
            self.chunks.iter().skip(at + 1).any(|other| !chunk.figure && text(other) == text(chunk))
        };
        self.chunks.iter().enumerate().filter(again).count() >= NAMED_AGAIN
    }

    /// Whether single words stand apart behind its first chunk: names of columns, the last of which may be cut short
    /// (`Gem.  Min.  Max.`).
    fn lists_words(&self, layout: &Layout) -> bool {
        let word = |chunk: &Chunk| !layout.slice(chunk.bytes.clone()).contains(' ');
        self.chunks.len() > LISTED_WORDS && self.chunks.iter().skip(1).all(word)
    }
}

/// Whether a line may be more than one chunk from its margin on: nearly no line of a text that keeps no columns is.
pub(super) fn may_part(layout: &Layout, index: usize) -> bool {
    let words = layout.line_words(index);
    let leader = |word: &Word| layout.word_text(word).bytes().all(|byte| byte == b'.');
    let mut end = 0.0;
    layout.is_placed()
        || words.iter().any(|word| {
            let gap = word.x.start - end;
            end = word.x.end;
            gap >= TEXT_GAP || leader(word)
        })
}

/// The chunks of a line; none for a line without words.
pub(crate) fn line_to_row(layout: &Layout, index: usize) -> Option<Row> {
    let line = layout.lines.get(index)?;
    let (gap, em) = match layout.is_placed() {
        true => ((PDF_GAP * line.size).max(spread_gap(layout, index, line.size)), line.size / 2.0),
        false => (TEXT_GAP, 1.0),
    };
    let mut chunks: Vec<Chunk> = Vec::new();
    let words = layout.line_words(index);
    let sides = sides_of_cells(layout, line);
    for (at, word) in words.iter().enumerate() {
        if leads(layout, words, at) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let apart = before.is_some_and(|before| {
            are_two_figures(layout, before, word) || sides.iter().any(|x| before.x.end <= *x && *x <= word.x.start)
        });
        match chunks.last_mut() {
            Some(last) if (word.x.start - last.x.end < gap && !apart) || word.raised => {
                last.bytes.end = word.end as usize;
                last.x = last.x.union(word.x);
            }
            _ => chunks.push(chunk_of_word(word)),
        }
    }
    // Where single spaces are all that a line has, they tell nothing of columns.
    if chunks.len() > 1 {
        chunks = chunks.into_iter().flat_map(|chunk| part_figures(layout, words, chunk)).collect();
    }
    chunks.iter_mut().for_each(|chunk| chunk.judge(layout));
    join_signs(layout, &mut chunks);
    let y = if layout.is_placed() { line.y.end } else { line.y.start };
    // A line of more pieces than a table has columns is no row.
    (1..=MOST_COLUMNS).contains(&chunks.len()).then_some(Row {
        line: index,
        chunks,
        y,
        foot: y,
        em,
        beside: Vec::new(),
    })
}

/// Puts a sign of money that stands apart at its cell's left edge before the figure at its right edge.
fn join_signs(layout: &Layout, chunks: &mut Vec<Chunk>) {
    let is_sign = |chunk: &Chunk| matches!(layout.slice(chunk.bytes.clone()), "$" | "€" | "£" | "¥");
    for at in (1..chunks.len()).rev() {
        let [.., sign, figure] = chunks.get(..=at).unwrap_or(&[]) else { continue };
        if is_sign(sign) && figure.amount {
            let start = sign.bytes.start;
            chunks.remove(at - 1);
            chunks.get_mut(at - 1).into_iter().for_each(|figure| figure.bytes.start = start);
        }
    }
}

/// Dots in a row that lead the eye from a label to its figure, at least: three are an ellipsis.
const LEADER: usize = 4;

/// Whether a word is of a leader: dots alone, many in it or around it.
fn leads(layout: &Layout, words: &[Word], at: usize) -> bool {
    let dots = |word: &Word| {
        let text = layout.word_text(word);
        if text.bytes().all(|byte| byte == b'.') { text.len() } else { 0 }
    };
    let own = words.get(at).map_or(0, dots);
    let before = words.iter().take(at).rev().map(dots).take_while(|dots| *dots > 0);
    let after = words.iter().skip(at + 1).map(dots).take_while(|dots| *dots > 0);
    own > 0 && own + before.chain(after).take(LEADER).sum::<usize>() >= LEADER
}

/// The gap that parts columns on a line whose words are spread to fill it: wider than most of its gaps. None, 0, for a
/// line of few words or of figures.
fn spread_gap(layout: &Layout, index: usize, size: f32) -> f32 {
    let words = layout.line_words(index);
    let figures = words.iter().filter(|word| is_figure(layout.word_text(word))).count();
    if words.len() < SPREAD_WORDS || figures * 2 > words.len() {
        return 0.0;
    }
    let mut gaps: Vec<f32> = words
        .windows(2)
        .map(|pair| pair.last().map_or(0.0, |w| w.x.start) - pair.first().map_or(0.0, |w| w.x.end))
        .collect();
    gaps.sort_by(f32::total_cmp);
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    if middle <= size { middle * WIDER_THAN_MOST } else { 0.0 }
}

/// The figures of a chunk that holds nothing else and cannot be one figure, each as a chunk; else the chunk.
fn part_figures(layout: &Layout, words: &[Word], chunk: Chunk) -> Vec<Chunk> {
    let first = words.partition_point(|word| (word.start as usize) < chunk.bytes.start);
    let end = words.partition_point(|word| (word.start as usize) < chunk.bytes.end);
    let own = words.get(first..end).unwrap_or(&[]);
    if own.len() < 2 || !own.iter().all(|word| is_numeral(layout.word_text(word))) {
        return vec![chunk];
    }
    let one = |a: &Word, b: &Word| b.raised || goes_on(layout.word_text(a), layout.word_text(b));
    own.chunk_by(one).filter_map(|words| Chunk::of_words(layout, words)).collect()
}

/// A stretch of a line, its bounds known, as a chunk.
pub(crate) fn chunk_of(layout: &Layout, line: usize, bytes: Range<usize>) -> Chunk {
    let mut words =
        layout.line_words(line).iter().filter(|w| (w.start as usize) < bytes.end && w.end as usize > bytes.start);
    let mut chunk = words.next().map_or_else(Chunk::default, chunk_of_word);
    words.for_each(|word| chunk.x = chunk.x.union(word.x));
    chunk.bytes = bytes;
    chunk.judge(layout);
    chunk
}

impl Chunk {
    /// Words that follow one another as a chunk.
    pub(super) fn of_words(layout: &Layout, words: &[Word]) -> Option<Self> {
        let (first, last) = (words.first()?, words.last()?);
        let mut chunk = chunk_of_word(first);
        chunk.bytes.end = last.end as usize;
        chunk.x = words.iter().fold(first.x, |x, word| x.union(word.x));
        chunk.judge(layout);
        Some(chunk)
    }

    fn judge(&mut self, layout: &Layout) {
        let text = layout.slice(self.bytes.clone());
        self.figure = is_value(text);
        self.amount = self.figure && !names_column(text);
    }
}

fn chunk_of_word(word: &Word) -> Chunk {
    Chunk {
        bytes: word.start as usize..word.end as usize,
        x: word.x,
        figure: false,
        amount: false,
        first_word: word.x.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lines::text_to_layout;

    fn chunks(line: &str) -> Vec<(String, bool)> {
        let layout = text_to_layout(line.to_owned());
        let row = line_to_row(&layout, 0).unwrap();
        row.chunks.iter().map(|c| (layout.slice(c.bytes.clone()).to_owned(), c.amount)).collect()
    }

    #[test]
    fn two_spaces_part_cells_and_one_does_not() {
        let told = chunks("Totaal 2e helft    3 576   2019    19 612 (campagne)");
        let told: Vec<_> = told.iter().map(|(text, amount)| (text.as_str(), *amount)).collect();
        assert_eq!(told, [("Totaal 2e helft", false), ("3 576", true), ("2019", false), ("19 612 (campagne)", true)]);
    }

    #[test]
    fn leaders_part_a_label_from_its_figure() {
        for line in ["Totaal . . . . . . 12", "Totaal ........ 12"] {
            assert_eq!(chunks(line), [("Totaal".to_owned(), false), ("12".to_owned(), true)], "{line}");
        }
    }

    #[test]
    fn items_of_lists_are_no_rows() {
        for item in
            ["1.   De minister", "a)  Graag ook", "–   de wachttijd", "o   Vormingen", "3.1  Hoeveel", "1-3.  Zie"]
        {
            let layout = text_to_layout(item.to_owned());
            assert!(!line_to_row(&layout, 0).unwrap().is_tabular(&layout), "{item}");
        }
        for row in ["0-5 jaar   12", "1e   Wervik   8940", "2019    12", "A     12", "AWV    (9)"] {
            let layout = text_to_layout(row.to_owned());
            assert!(line_to_row(&layout, 0).unwrap().is_tabular(&layout), "{row}");
        }
    }
}
