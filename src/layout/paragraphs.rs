//! Paragraphs: soft line wraps undone.
//!
//! Takes lines of a [`Layout`] and says of two that follow each other whether the second goes on where the first broke
//! off ([`Measure::continues`]); puts pieces of lines together to one line of text ([`join`]). Which lines begin an
//! item or a label is for others to say.
//!
//! ```text
//! … geplande vorming aan de CLB-       ┐
//! chat, met begeleiding.               ┘ "… geplande vorming aan de CLB-chat, met begeleiding."
//! Er werd sterk ingezet op …             short line, full stop: a new paragraph, though no blank line says so
//! ```
//!
//! Extractors give no widths, so a line's width is estimated from its letters; a line is *full* when the next line's
//! first word would not have fitted on it.

use super::{Layout, LinkArea, Role};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A stretch of one line: the line's index and bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The line.
    pub line: usize,
    /// Its bytes, without label or bullet.
    pub bytes: Range<usize>,
}

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
            .map(|widest| if widest < NARROW * overall { overall } else { widest.min(overall * 1.1) })
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
    let mut spaces = 0_u32;
    let mut width = 0.0;
    for c in text.chars() {
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        width += match c {
            ' ' if spaces > 1 => 1.0,
            'i' | 'j' | 'l' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' | '’' | '‘' | 'I' => 0.45,
            ' ' | 'f' | 't' | '(' | ')' | '[' | ']' | '-' | '/' | '"' => 0.55,
            'r' => 0.65,
            'm' | 'M' | 'W' | '%' | '@' | '…' => 1.6,
            'w' => 1.4,
            'A'..='Z' => 1.22,
            _ => 1.0,
        };
    }
    width
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

/// Whether a line ends as a sentence, a heading before a list or a table, or an item may.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let closed =
        |line: &str| line.trim_end_matches([')', '”', '"', '’', '»', ']']).ends_with(['.', '?', '!', ':', ';', '…']);
    if closed(line) || before_remark(line).is_some_and(closed) {
        return true;
    }
    let unmarked = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let letter_before = unmarked.chars().rev().nth(1).is_some_and(|c| !c.is_ascii_digit());
    line.len() - unmarked.len() <= 2 && letter_before && closed(unmarked)
}

/// What stands before the remark in brackets that ends a line: `Hoeveel? [zie ook vraag 2]`.
fn before_remark(line: &str) -> Option<&str> {
    let (open, close) = [('[', ']'), ('(', ')')].into_iter().find(|(_, close)| line.ends_with(*close))?;
    let (before, remark) = line.split_at(line.rfind(open)?);
    (remark.matches(close).count() == 1).then(|| before.trim_end())
}

/// Whether a line ends with a word that nothing can end with: an article, a conjunction, `van`.
fn ends_in_link(line: &str) -> bool {
    let Some(last) =
        line.rsplit([' ', '\t', '\u{a0}']).next().filter(|last| last.len() <= 4 && last.len() < line.len())
    else {
        return false;
    };
    ["en", "van", "de", "het", "een", "of", "der", "ten", "ter", "te", "om", "dat", "die", "als"]
        .iter()
        .any(|word| last.eq_ignore_ascii_case(word))
}

/// Whether a line ends in a hyphen behind a letter.
fn breaks_word(line: &str) -> bool {
    let Some(before) = line.strip_suffix(['-', '\u{ad}', '\u{2010}']) else { return false };
    before.ends_with(|c: char| c.is_alphanumeric())
}

/// Whether a line begins with a bullet, or is one.
pub(crate) fn is_bullet(line: &str) -> bool {
    bullet(line).is_some()
}

/// The bullet that a line begins with, and the bytes of it and the space behind it.
pub(crate) fn bullet(line: &str) -> Option<(char, usize)> {
    let sign = line.chars().next()?;
    let rest = &line[sign.len_utf8()..];
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let drawn = matches!(
        sign,
        '\u{e000}'
            ..='\u{f8ff}'
                | '•'
                | '▪'
                | '◦'
                | '●'
                | '○'
                | '■'
                | '□'
                | '►'
                | '➢'
                | '➔'
                | '→'
                | '‣'
                | '⁃'
                | '∙'
                | '·'
                | '✓'
                | '❖'
    );
    let typed = matches!(sign, '-' | '–' | '—' | 'o' | '*' | '−' | '>' | '§') && spaced;
    if !(drawn || typed) {
        return None;
    }
    Some((sign, line.len() - rest.trim_start().len()))
}

/// Puts pieces of lines together to one line of text: NFC, single spaces, wraps undone, footnote marks left out.
pub(crate) fn join(layout: &Layout, pieces: &[Piece], addresses: &Addresses) -> String {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.bytes.len() + 1).sum());
    for piece in pieces {
        let line = layout.line_words(piece.line);
        let mut first = true;
        let mut before = usize::MAX;
        for word in line.iter().filter(|w| (w.end as usize) > piece.bytes.start && (w.start as usize) < piece.bytes.end)
        {
            let bytes = (word.start as usize).max(piece.bytes.start)..(word.end as usize).min(piece.bytes.end);
            let touches = before == bytes.start;
            before = bytes.end;
            let (word, rest) = without_mark(layout, bytes);
            if word.is_empty() && rest.is_empty() {
                continue;
            }
            // A raised piece of a word touches what stands before it: m².
            let glued = touches || first && glue(&mut text, word, addresses);
            if !text.is_empty() && !glued {
                text.push(' ');
            }
            push_plain(&mut text, word);
            push_plain(&mut text, rest);
            first = false;
        }
    }
    composed(text)
}

/// Whether a word at a line's start joins what stands before it without a space.
fn glue(text: &mut String, word: &str, addresses: &Addresses) -> bool {
    if text.ends_with('\u{ad}') {
        text.pop();
        return true;
    }
    if breaks_word(text) {
        return word.starts_with(char::is_alphanumeric) && !is_conjunction(word);
    }
    addresses.go_on(text, word)
}

/// Words before which a hyphen is a suspended one: `Energie- en Klimaatplan`, `dinsdag- of donderdagavond`.
fn is_conjunction(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ';', ':']);
    matches!(
        word,
        "en" | "of"
            | "tot"
            | "noch"
            | "dan"
            | "als"
            | "maar"
            | "ofwel"
            | "alsook"
            | "respectievelijk"
            | "resp"
            | "versus"
    )
}

/// What stands before and behind a footnote's mark in a word.
pub(crate) fn without_mark(layout: &Layout, bytes: Range<usize>) -> (&str, &str) {
    let at = layout.marks.partition_point(|mark| mark.end <= bytes.start);
    match layout.marks.get(at) {
        Some(mark) if mark.start < bytes.end => {
            let (start, end) = (mark.start.max(bytes.start), mark.end.min(bytes.end));
            (layout.slice(bytes.start..start), layout.slice(end..bytes.end))
        }
        _ => (layout.slice(bytes), ""),
    }
}

/// Appends a word; no-break spaces in it become plain ones.
fn push_plain(text: &mut String, word: &str) {
    if word.is_ascii() {
        text.push_str(word);
    } else {
        text.extend(word.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
    }
}

fn composed(text: String) -> String {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    text.nfc().collect()
}

/// The addresses that a document gives whole (link annotations, appended lists): they tell how one that is broken over
/// two lines goes on.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// Ascending.
    known: Vec<String>,
}

impl Addresses {
    /// Collects those of a range of lines and their pages.
    pub(crate) fn of(layout: &Layout, lines: Range<usize>) -> Self {
        let is_tail = |line: &usize| layout.lines.get(*line).is_some_and(|l| l.role == Role::LinkTail);
        let mut known: Vec<String> =
            lines.clone().filter(is_tail).map(|line| layout.line_text(line).to_owned()).collect();
        known.extend(links_on(layout, lines).iter().map(|link| link.url.clone()));
        known.sort_unstable();
        known.dedup();
        Self { known }
    }

    /// Whether the address that `text` ends with goes on with `word`.
    pub(crate) fn go_on(&self, text: &str, word: &str) -> bool {
        let last: Cow<'_, str> = text.rsplit(' ').next().unwrap_or("").into();
        let last = last.trim_start_matches(['(', '"', '“', '<', '[']);
        if !is_address_start(last) {
            return false;
        }
        let whole = format!("{last}{}", word.trim_end_matches(['.', ',', ';', ')', ':', '>']));
        let at = self.known.partition_point(|known| known.as_str() < whole.as_str());
        if self.known.get(at).is_some_and(|known| known.starts_with(&whole)) {
            return true;
        }
        let path = word.contains(['/', '.', '=', '-', '_']) || word.chars().all(|c| c.is_ascii_digit());
        last.ends_with(['/', '=', '&', '?', '_', '%', '#']) && path && !word.starts_with(char::is_uppercase)
    }
}

/// The link annotations of the pages that a range of lines stands on.
pub(crate) fn links_on(layout: &Layout, lines: Range<usize>) -> &[LinkArea] {
    let page = |line: usize| layout.lines.get(line).map(|l| l.page);
    let (Some(first), Some(last)) = (page(lines.start), lines.end.checked_sub(1).and_then(page)) else { return &[] };
    let start = layout.links.partition_point(|link| link.page < first);
    let end = layout.links.partition_point(|link| link.page <= last);
    layout.links.get(start..end).unwrap_or(&[])
}

/// Whether a word begins as an address does.
pub(crate) fn is_address_start(word: &str) -> bool {
    ["http://", "https://", "www.", "ftp://"].iter().any(|scheme| word.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::super::lines::text_to_layout;
    use super::*;

    fn joined(text: &str) -> String {
        let layout = text_to_layout(text.to_owned());
        let piece =
            |line: usize| Piece { line, bytes: layout.lines[line].start as usize..layout.lines[line].end as usize };
        let pieces: Vec<Piece> = (0..layout.lines.len()).map(piece).collect();
        join(&layout, &pieces, &Addresses::of(&layout, 0..layout.lines.len()))
    }

    #[test]
    fn wraps_are_undone() {
        for (text, line) in [
            ("twee\nregels", "twee regels"),
            ("aan de CLB-\nchat,", "aan de CLB-chat,"),
            ("Energie-\nen Klimaatplan", "Energie- en Klimaatplan"),
            ("in Sint-\nNiklaas", "in Sint-Niklaas"),
            ("super\u{ad}\nvisie", "supervisie"),
            ("op https://a.be/x/\ny.pdf.", "op https://a.be/x/y.pdf."),
            ("op https://a.be/x\nstaat", "op https://a.be/x staat"),
            ("3\u{a0}576  dossiers", "3 576 dossiers"),
            ("e\u{301}e\u{301}n", "één"),
        ] {
            assert_eq!(joined(text), line);
        }
    }

    /// Whether the last line of a text goes on with the one before.
    fn goes_on(text: &str) -> bool {
        let full =
            "Dit is een volle regel die tot de rand van de pagina loopt en de marge toont aan wie kijkt\n".repeat(4);
        let layout = text_to_layout(full + text);
        let last = layout.lines.len() - 1;
        Measure::of(&layout, 0..last + 1).continues(&layout, last - 1, last, false)
    }

    #[test]
    fn short_lines_and_stops_end_paragraphs() {
        assert!(!goes_on("Een korte regel.\nNog een regel."));
        assert!(!goes_on("Een korte regel\n\nNog een regel"));
        assert!(!goes_on("Een lijst:\n- item"));
        assert!(ends_sentence("Hoeveel waren er? [zie ook mijn vraag]") && !ends_sentence("de dienst (zie daar)"));
        assert!(goes_on("Dit is een volle regel die tot de rand van de pagina loopt en de marge toont aan\nWouter."));
        assert!(goes_on("Er wordt een overzicht gegeven van\n2019."));
        assert!(goes_on("met name\n's nachts"));
        assert!(!goes_on("Zoals in Vlaams-\n\nBrabant"));
    }

    #[test]
    fn bullets_are_known_with_their_space() {
        assert_eq!(bullet("– item"), Some(('–', 4)));
        assert_eq!(bullet("\u{f0b7}\titem"), Some(('\u{f0b7}', 4)));
        assert_eq!(bullet("o item"), Some(('o', 2)));
        assert_eq!(bullet("ook"), None);
        assert_eq!(bullet("-5 graden"), None);
    }
}
