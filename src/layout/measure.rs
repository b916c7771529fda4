//! Which line goes on with the one before it.
//!
//! Takes the lines of a document and measures them once; then says of two that follow each other whether the second goes
//! on where the first broke off. Extractors give no widths, so a line's width is estimated from its letters; a line is
//! *full* when the next line's first word would not have fitted on it.
//!
//! ```text
//! … met begeleiding door de dienst die   full: the next line goes on
//! daarvoor bevoegd is.                   short, full stop: a new paragraph follows, though no blank line says so
//! ```

use super::paragraphs::{breaks_word, ends_in_link, ends_sentence, is_bullet};
use super::{Layout, Role};
use std::ops::Range;

/// Share of the margin that a full line passes; widths are estimates, so a full line may fall short of it.
const TIGHT: f32 = 0.955;
/// The same where no blank lines part paragraphs: of lines that end a sentence ten end their paragraph for one that does
/// not, so in doubt the line is not full.
const DOUBTFUL: f32 = 1.0;
/// The same in a PDF, where widths are known.
const PLACED: f32 = 0.995;
/// Space above a line of a PDF, in usual pitches, from which it begins a paragraph.
const WIDER: f32 = 1.2;
/// The same as [`TIGHT`] where another sign already says that the line goes on.
const LOOSE: f32 = 0.8;
/// Columns from which a line of a text is set apart (a head at the right, a column of a table), not indented.
const DEEP: f32 = 24.0;
/// Words of a line that is prose rather than a row of a table.
const PROSE_WORDS: usize = 8;
/// Lines on either side among which the margin is sought: a page of one column keeps its margin longer than that.
const REACH: usize = 12;
/// A window whose widest line is narrower than this share of the document's margin says nothing of the margin.
const NARROW: f32 = 0.75;

/// The widths of a document's lines, measured once.
#[derive(Debug, Default)]
pub(crate) struct Measure {
    /// The first of the lines.
    first: usize,
    /// Right edge of each line.
    edges: Vec<f32>,
    /// Right margin around each line.
    margins: Vec<f32>,
    /// From one line to the next in points, as most lines of a PDF have it; 0 in a text.
    pitch: f32,
    /// Share of the margin that a full line passes, of those that end a sentence.
    tight: f32,
}

impl Measure {
    /// Measures a range of lines.
    pub(crate) fn of(layout: &Layout, lines: Range<usize>) -> Self {
        let first = lines.start.min(layout.lines.len());
        let lines = first..lines.end.clamp(first, layout.lines.len());
        let edges: Vec<f32> = lines.clone().map(|line| right_edge(layout, line)).collect();
        let overall = usual_margin(layout, lines.clone(), &edges);
        let margins = widest_around(&edges)
            .into_iter()
            .zip(layout.lines.get(lines.clone()).unwrap_or(&[]))
            .map(|(widest, line)| match line.edge {
                edge if edge > 0.0 => edge,
                _ if widest < NARROW * overall => overall,
                _ => widest.min(overall * 1.1),
            })
            .collect();
        let pitch = usual_pitch(layout, lines.clone(), &edges, overall);
        let tight = match (layout.is_placed(), parts_by_blanks(layout, lines, &edges, overall)) {
            (true, _) => PLACED,
            (false, true) => TIGHT,
            (false, false) => DOUBTFUL,
        };
        Self { first, edges, margins, pitch, tight }
    }

    /// Whether line `b` goes on with the paragraph of line `a`, which stands before it. `parted` says that something
    /// stood between them in the file (a page's end, a table).
    pub(crate) fn continues(&self, layout: &Layout, a: usize, b: usize, parted: bool) -> bool {
        let (end, start) = (layout.line_text(a), layout.line_text(b));
        // `'s nachts` begins as small as `nachts`.
        let Some(first) = start.trim_start_matches(['\'', '’', '‘', '"', '“']).chars().next() else {
            return false;
        };
        let blank = self.gap(layout, a, b);
        let parted = parted || blank > 1 || self.is_other_page(layout, a, b);
        if is_bullet(start) {
            return false;
        }
        if breaks_word(end) && first.is_alphanumeric() && (blank == 0 || parted || first.is_lowercase()) {
            return true;
        }
        if ends_in_link(end) && (blank == 0 || parted) {
            return true;
        }
        match (ends_sentence(end), parted, blank) {
            (true, false, 0) if first.is_lowercase() && !end.ends_with(':') => self.is_full(layout, a, b, LOOSE),
            (true, false, 0) => self.is_full(layout, a, b, self.tight),
            (true, ..) => false,
            (false, false, 0) if first.is_lowercase() => true,
            (false, true, _) => self.is_full(layout, a, b, LOOSE),
            (false, false, 0) => self.is_full(layout, a, b, LOOSE),
            (false, false, _) => first.is_lowercase() && self.is_full(layout, a, b, LOOSE),
        }
    }

    /// Whether nothing but the width of lines tells where paragraphs end.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.tight == DOUBTFUL
    }

    /// Whether the line is cut off in mid sentence, so that what begins the next is no label: `… is` / `1712. Daar …`.
    pub(crate) fn is_open(&self, layout: &Layout, a: usize, b: usize) -> bool {
        let blank = layout.lines.get(b).map_or(0, |line| line.blank_before);
        !ends_sentence(layout.line_text(a))
            && (blank == 0 || self.is_other_page(layout, a, b))
            && (ends_in_link(layout.line_text(a)) || self.is_full(layout, a, b, LOOSE))
    }

    /// Whether the first word of line `b` would not have fitted behind line `a`.
    pub(crate) fn is_full(&self, layout: &Layout, a: usize, b: usize, share: f32) -> bool {
        let Some(at) = a.checked_sub(self.first) else { return false };
        let (Some(edge), Some(margin)) = (self.edges.get(at), self.margins.get(at)) else { return false };
        let word = layout.line_words(b).first().map_or(0.0, |word| word_width(layout, word));
        edge + space_width(layout) + word > share * margin
    }

    /// Blank lines between two lines; in a PDF any space above the usual counts as one.
    fn gap(&self, layout: &Layout, a: usize, b: usize) -> u8 {
        let (Some(above), Some(line)) = (layout.lines.get(a), layout.lines.get(b)) else { return 0 };
        let apart = self.pitch > 0.0 && above.page == line.page && line.y.start - above.y.start > self.pitch * WIDER;
        if apart { line.blank_before.max(1) } else { line.blank_before }
    }

    fn is_other_page(&self, layout: &Layout, a: usize, b: usize) -> bool {
        layout.lines.get(a).map(|line| line.page) != layout.lines.get(b).map(|line| line.page)
    }
}

/// The right edge of a line: where its last word ends, in points or in letters of middling width.
fn right_edge(layout: &Layout, line: usize) -> f32 {
    let words = layout.line_words(line);
    if layout.is_placed() {
        return words.last().map_or(0.0, |word| word.x.end);
    }
    let indent = words.first().map_or(0.0, |word| word.x.start);
    indent + text_width(layout.line_text(line))
}

fn word_width(layout: &Layout, word: &super::Word) -> f32 {
    if layout.is_placed() { word.x.len() } else { text_width(layout.word_text(word)) }
}

fn space_width(layout: &Layout) -> f32 {
    if layout.is_placed() { 2.5 } else { 0.5 }
}

/// The width of a text in the proportional type of office documents, in widths of a small `e`. Runs of spaces that
/// lay out columns count in full.
fn text_width(text: &str) -> f32 {
    let mut before = 'x';
    let mut width = 0.0;
    for c in text.chars() {
        width += match ASCII_WIDTHS.get(c as usize) {
            Some(_) if c == ' ' && before == ' ' => 1.0,
            Some(width) => *width,
            None => letter_width(c),
        };
        before = c;
    }
    width
}

/// [`letter_width`] of the letters that nearly every text is made of.
const ASCII_WIDTHS: [f32; 128] = {
    let mut widths = [0.0; 128];
    let mut code = 0;
    while code < widths.len() {
        widths[code] = letter_width(code as u8 as char);
        code += 1;
    }
    widths
};

const fn letter_width(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' | '’' | '‘' | 'I' => 0.45,
        ' ' | 'f' | 't' | '(' | ')' | '[' | ']' | '-' | '/' | '"' => 0.55,
        'r' => 0.65,
        'm' | 'M' | 'W' | '%' | '@' | '…' => 1.6,
        'w' => 1.4,
        'A'..='Z' => 1.22,
        _ => 1.0,
    }
}

/// The margin that most full lines keep: the width that one line in ten passes.
fn usual_margin(layout: &Layout, lines: Range<usize>, edges: &[f32]) -> f32 {
    let mut prose: Vec<f32> = edges
        .iter()
        .zip(layout.lines.get(lines).unwrap_or(&[]))
        .filter(|(_, line)| line.role == Role::Body && line.words.len() >= 4)
        .filter(|(_, line)| layout.is_placed() || indent(layout, line) < DEEP)
        .map(|(edge, _)| *edge)
        .collect();
    if prose.is_empty() {
        return 0.0;
    }
    let at = prose.len() * 9 / 10;
    let (_, margin, _) = prose.select_nth_unstable_by(at, f32::total_cmp);
    *margin
}

/// The distance from line to line within paragraphs, as most lines of a PDF that break off in mid sentence keep it.
fn usual_pitch(layout: &Layout, lines: Range<usize>, edges: &[f32], margin: f32) -> f32 {
    if !layout.is_placed() {
        return 0.0;
    }
    let wrapped = |(at, edge): (usize, &f32)| {
        let (a, b) = (layout.lines.get(lines.start + at)?, layout.lines.get(lines.start + at + 1)?);
        let prose = a.page == b.page && a.words.len() >= PROSE_WORDS && *edge > LOOSE * margin;
        let goes_on = prose && !ends_sentence(layout.line_text(lines.start + at));
        goes_on.then_some(b.y.start - a.y.start).filter(|pitch| *pitch > 1.0)
    };
    let mut pitches: Vec<f32> = edges.iter().enumerate().filter_map(wrapped).collect();
    let at = pitches.len() / 2;
    if pitches.is_empty() { 0.0 } else { *pitches.select_nth_unstable_by(at, f32::total_cmp).1 }
}

/// Whether a text sets paragraphs apart by blank lines: most of its short lines that end a sentence have one behind
/// them. Then a full line without one goes on.
fn parts_by_blanks(layout: &Layout, lines: Range<usize>, edges: &[f32], margin: f32) -> bool {
    let (mut parted, mut all) = (0_u32, 0_u32);
    for (at, edge) in edges.iter().enumerate() {
        let at = lines.start + at;
        let (Some(line), Some(next)) = (layout.lines.get(at), layout.lines.get(at + 1)) else { break };
        let short_prose = *edge < LOOSE * margin && line.words.len() >= 4 && line.page == next.page;
        if short_prose && ends_sentence(layout.line_text(at)) {
            all += 1;
            parted += u32::from(next.blank_before > 0);
        }
    }
    parted * 2 > all
}

fn indent(layout: &Layout, line: &super::Line) -> f32 {
    layout.words.get(line.words.start as usize).map_or(0.0, |word| word.x.start)
}

/// The widest edge within [`REACH`] lines of each: a sliding maximum in linear time.
fn widest_around(edges: &[f32]) -> Vec<f32> {
    let mut queue: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    let mut next = 0;
    let mut widest = Vec::with_capacity(edges.len());
    for at in 0..edges.len() {
        while next < edges.len().min(at + REACH + 1) {
            while queue.back().is_some_and(|last| edges[*last] <= edges[next]) {
                queue.pop_back();
            }
            queue.push_back(next);
            next += 1;
        }
        while queue.front().is_some_and(|first| first + REACH < at) {
            queue.pop_front();
        }
        widest.push(queue.front().map_or(0.0, |first| edges[*first]));
    }
    widest
}
