//! Text with a place: words, lines and pages; knows nothing of questions.
//!
//! Takes what a source read (a decoded text, or the glyphs of a PDF) and gives a [`Layout`]: one text, and over it
//! lines and words as ranges of its bytes, each word with its horizontal place. Every later stage works on lines and
//! byte ranges and never asks what kind of file it was; [`Layout::span`] turns a byte range back into what the JSON
//! says: bytes of the input for text, page and box for a PDF.
//!
//! ```text
//! Januari      3 576  5 052      text of the line
//! ^^^^^^^      ^ ^^^  ^ ^^^      words: bytes [0,7) at x [0,7), bytes [13,14) at x [13,14) …
//! ```

#[cfg(feature = "pdf")]
mod abreast;
#[cfg(feature = "pdf")]
mod columns;
#[cfg(feature = "pdf")]
pub(crate) mod drawn;
pub(crate) mod furniture;
#[cfg(feature = "pdf")]
pub(crate) mod glyphs;
mod join;
pub(crate) mod lines;
mod measure;
#[cfg(feature = "pdf")]
pub(crate) mod opinion;
#[cfg(feature = "pdf")]
pub(crate) mod pages;
pub(crate) mod paragraphs;
#[cfg(feature = "pdf")]
mod rows;
#[cfg(feature = "pdf")]
mod words;

use crate::geometry::{Interval, Rect, Span};
use std::ops::Range;

/// A document's text with the place of everything in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// The text. For a text source the decoded input itself, so that byte offsets are the input's; for a PDF the
    /// lines in reading order, words one space apart, each line ended by `\n`.
    pub text: String,
    /// The words of all lines, in the order of the text.
    pub words: Vec<Word>,
    /// The lines that have words; blank lines are told by [`Line::blank_before`].
    pub lines: Vec<Line>,
    /// For a PDF its pages; empty for text.
    pub pages: Vec<Page>,
    /// Addresses behind words of the page (PDF link annotations), with the bytes they lie over.
    pub links: Vec<LinkArea>,
    /// Footnote marks in the text, ascending; no part of the prose (see [`furniture`]).
    pub marks: Vec<Range<usize>>,
}

/// A word: a stretch without white space. No-break spaces inside a number (`3 576`) or between a number and its unit
/// belong to the word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Word {
    /// First byte in [`Layout::text`].
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Left and right edge: characters from the line's start in a text, points on the page in a PDF.
    pub x: Interval,
    /// Whether it is small and stands above the line, as a footnote's mark does; it then touches the word before it,
    /// in place and in the text. Never in a text.
    pub raised: bool,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// The first byte of the first word.
    pub start: u32,
    /// The byte after the last word.
    pub end: u32,
    /// Its words, as indexes into [`Layout::words`]; never empty.
    pub words: Range<u32>,
    /// The page, from 0. In a text pages are told apart by form feeds only.
    pub page: u32,
    /// Top and bottom: line numbers in a text, points from the page's top in a PDF.
    pub y: Interval,
    /// Blank lines (text) before this one, counted since the last line of the page or the page's start; in a PDF the
    /// space above as a number of lines, rounded; at most 255.
    pub blank_before: u8,
    /// The size of most of its characters in points; 0 in a text.
    pub size: f32,
    /// Whether most of it is bold; never in a text.
    pub bold: bool,
    /// What the line is to the page.
    pub role: Role,
    /// Where the column of prose that it was read from ends, on a page with several; else 0.
    pub edge: f32,
}

/// What a line is to its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Prose, headings, tables: what the document says.
    #[default]
    Body,
    /// A line repeated at the head or foot of pages, or a page number.
    Running,
    /// A footnote at the foot of a page.
    Footnote,
    /// Link addresses that an extractor appended to a page.
    LinkTail,
}

/// A page of a PDF.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Drawn straight rules: strokes, thin filled rectangles, frames.
    pub rules: Vec<Rule>,
    /// Filled areas that are no rules: the shading of cells and rows. White ones are left out.
    pub shades: Vec<Rect>,
    /// What pictures cover of it, in square points; those that lie over one another count again.
    pub pictures: f32,
}

/// A drawn rule: a horizontal or vertical stroke, or a thin filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    /// Whether it runs from left to right.
    pub horizontal: bool,
    /// Its box; for a stroke of no width, a line.
    pub area: Rect,
}

/// A link annotation over words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LinkArea {
    /// Its address.
    pub url: String,
    /// The bytes of [`Layout::text`] that it lies over; empty when over no words.
    pub bytes: Range<usize>,
    /// The page, from 0.
    pub page: u32,
    /// Where on the page.
    pub area: Rect,
}

impl Layout {
    /// The text of a line, from its first to its last word.
    pub(crate) fn line_text(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", |l| self.slice(l.start as usize..l.end as usize))
    }

    /// The words of a line.
    pub(crate) fn line_words(&self, line: usize) -> &[Word] {
        self.lines
            .get(line)
            .map_or(&[], |l| self.words.get(l.words.start as usize..l.words.end as usize).unwrap_or(&[]))
    }

    /// The text of a word.
    pub(crate) fn word_text(&self, word: &Word) -> &str {
        self.slice(word.start as usize..word.end as usize)
    }

    /// A stretch of the text; empty where the range is none.
    pub(crate) fn slice(&self, bytes: Range<usize>) -> &str {
        self.text.get(bytes).unwrap_or("")
    }

    /// Whether the source told places on pages (a PDF).
    pub(crate) fn is_placed(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The span of a stretch of the text: the bytes, or the boxes of its words, one for each page.
    pub(crate) fn span(&self, bytes: Range<usize>) -> Span {
        if bytes.is_empty() {
            return Span::default();
        }
        if !self.is_placed() {
            return Span::of_bytes(bytes);
        }
        let first = self.lines.partition_point(|line| (line.end as usize) <= bytes.start);
        let mut places: Vec<(u32, Rect)> = Vec::new();
        for line in self.lines.iter().skip(first).take_while(|line| (line.start as usize) < bytes.end) {
            let words = self.words.get(line.words.start as usize..line.words.end as usize).unwrap_or(&[]);
            let touched = words.iter().filter(|w| (w.start as usize) < bytes.end && (w.end as usize) > bytes.start);
            let Some(x) = touched.map(|w| w.x).reduce(Interval::union) else { continue };
            let area = Rect { x, y: line.y };
            match places.last_mut() {
                Some((page, rect)) if *page == line.page => *rect = rect.union(area),
                _ => places.push((line.page, area)),
            }
        }
        let mut spans = places.into_iter().map(|(page, rect)| Span::on_page(page + 1, rect));
        let mut span = spans.next().unwrap_or_default();
        span.also = spans.collect();
        span
    }
}
