//! Regions: the runs of lines that may be a table, between the prose.
//!
//! Takes the lines of a layout, gives for each a [`LineKind`] and then the ranges worth reading. A line of prose shows
//! itself by its length (it was wrapped at the margin), by the sentence sign at its end, or by going on with the line
//! before it; a row by the figures at its end. A region is a run of lines without prose that has at least two rows.
//!
//! ```text
//! Prose    Onderstaande tabel bevat een overzicht van het aantal
//! Prose    unieke gebruikers per maand.
//! Short    Maand Gebruikers 2018 Gebruikers 2019      ┐
//! Row      Januari 3 576 5 052                        │ a region
//! Row      Februari 3 464 5 831                       ┘
//! Barrier  2.
//! ```

use super::token::{self, Class, Token};
use crate::layout::{Layout, Role};
use crate::table::words;
use std::ops::Range;

/// What a line looks like by itself and beside the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A sentence or a piece of one.
    Prose,
    /// A label of an answer, a bullet: a table ends here.
    Barrier,
    /// `Tabel 1: …`: a table begins here.
    Caption,
    /// It ends in figures.
    Row,
    /// It has figures and ends in words: a row whose last column is words, or a label with a number in it.
    Mixed,
    /// `* …` under a table.
    Note,
    /// A few words: a header, a label, a piece of a cell, a heading.
    Short,
    /// A running head, footnote or appended link: passed over.
    Skipped,
}

/// The share of the usual line length from which a line was wrapped at the margin and not ended by its author. Words
/// have 6 letters on average, and a line of 90 is wrapped up to a long word before its end.
const FULL: f32 = 0.80;
/// Lines shorter than this say nothing about where the margin is.
const MARGIN_SAMPLE: f32 = 45.0;
/// The margin where too few lines tell: a line of A4 in 11 points has 80 to 110 characters.
const DEFAULT_MARGIN: f32 = 80.0;
/// A row with so many figures is a row, however long its line.
const CERTAIN_FIGURES: usize = 3;

/// The kinds of the lines in a range, of a document with this [`margin`].
pub(super) fn line_kinds(layout: &Layout, lines: Range<usize>, margin: f32) -> Vec<LineKind> {
    let start = lines.start;
    let mut kinds = Vec::with_capacity(lines.len());
    let mut tokens = Vec::new();
    let mut before: Option<(LineKind, bool)> = None;
    let mut remark = OpenRemark::default();
    let mut letters = Letters::default();
    for line in lines {
        let mut kind = kind_of(layout, line, margin, before, &mut tokens);
        let text = layout.line_text(line);
        if kind == LineKind::Barrier && letters.is_unit(text) {
            kind = LineKind::Short;
        }
        if kind != LineKind::Skipped {
            if remark.goes_on() && kind != LineKind::Row {
                kind = LineKind::Short;
            }
            remark.pass(text, kind);
            let open = length(text) >= margin * FULL && !ends_sentence(text);
            before = Some((kind, open));
        }
        kinds.push(kind);
    }
    find_wide_headers(layout, start, &mut kinds);
    find_wide_rows(layout, start, &mut kinds);
    kinds
}

/// The letters in brackets that lines have begun with.
#[derive(Default)]
struct Letters {
    seen: u32,
}

impl Letters {
    /// Whether a line is a letter in brackets and nothing else, and labels nothing: `(m)`, where no `(l)` came before.
    /// Labels begin at `(a)` or `(i)` and count up.
    fn is_unit(&mut self, text: &str) -> bool {
        let &[b'(', letter @ b'a'..=b'z', b')', ..] = text.as_bytes() else { return false };
        let at = letter - b'a';
        let counts = matches!(letter, b'a' | b'i') || self.seen & (1 << (at - 1)) != 0;
        self.seen |= u32::from(counts) << at;
        !counts && text.len() == "(m)".len()
    }
}

/// The fewest words of a header in small letters that is as wide as prose.
const WIDE_HEADER: usize = 4;
/// Words that are as many as the cells below, from which they are a header whatever they end in.
const CERTAIN_HEADER: usize = 8;

/// A full line in small letters that no line of prose goes on from or into, with a word for each column of the row that
/// follows, is a header: `Luchthaven jan feb mrt …`.
fn find_wide_headers(layout: &Layout, start: usize, kinds: &mut [LineKind]) {
    let mut tokens = Vec::new();
    for at in 0..kinds.len() {
        let alone = kinds[at] == LineKind::Prose
            && (at == 0
                || kinds[at - 1] != LineKind::Prose
                || ends_sentence(layout.line_text(start + at - 1))
                || layout.lines.get(start + at).is_some_and(|l| l.blank_before > 0));
        if !alone {
            continue;
        }
        let next = (at + 1..kinds.len().min(at + 3)).find(|n| kinds[*n] != LineKind::Short);
        let Some(row) = next.filter(|n| kinds[*n] == LineKind::Row) else { continue };
        let words = layout.line_words(start + at).len();
        tokens.clear();
        token::tokens_of(layout, layout.line_words(start + row), &mut tokens);
        let counts = token::cell_counts(&tokens, token::figures_start(&tokens));
        let named = counts.is_some_and(|(few, most)| few <= words && words <= most + 1);
        // `… nov dec Tot.` ends in an abbreviation, where there are too many words for chance.
        let text = layout.line_text(start + at);
        let sentence = ends_sentence(text) && (words < CERTAIN_HEADER || !text.ends_with('.'));
        if words >= WIDE_HEADER && named && !sentence {
            kinds[at] = LineKind::Short;
        }
    }
}

/// A full line that ends in a number is a row where it stands between those of a table and goes on from no prose:
/// `Sporthart vzw Buurtsport op pleintjes in de Kassei 24.500 euro`.
fn find_wide_rows(layout: &Layout, start: usize, kinds: &mut [LineKind]) {
    let mut tokens = Vec::new();
    let torn = |kind: Option<&LineKind>| matches!(kind, Some(LineKind::Short | LineKind::Row));
    for at in 1..kinds.len() {
        let beside = kinds[at] == LineKind::Prose && torn(kinds.get(at - 1)) && torn(kinds.get(at + 1));
        if beside && figures(layout, start + at, &mut tokens) > 0 && !starts_small(layout.line_text(start + at)) {
            kinds[at] = LineKind::Row;
        }
    }
}

/// The most lines over which a remark in a cell goes on.
pub(super) const REMARK_LINES: usize = 8;

/// A bracket opened in a cell and not closed yet: what follows is no label and no prose, whatever it looks like (`19)`).
#[derive(Default)]
struct OpenRemark {
    depth: i32,
    lines: usize,
}

impl OpenRemark {
    fn goes_on(&self) -> bool {
        self.depth > 0 && self.lines < REMARK_LINES
    }

    fn pass(&mut self, text: &str, kind: LineKind) {
        if matches!(kind, LineKind::Prose | LineKind::Barrier) || self.lines >= REMARK_LINES {
            *self = Self::default();
            return;
        }
        self.depth = (self.depth + bracket_depth(text)).max(0);
        self.lines = if self.depth > 0 { self.lines + 1 } else { 0 };
    }
}

/// Brackets opened less those closed.
pub(super) fn bracket_depth(text: &str) -> i32 {
    text.bytes().map(|b| i32::from(b == b'(') - i32::from(b == b')')).sum()
}

/// Where the margin of a written question is: the ninth longest of ten lines that are long enough to tell. Its tables
/// say nothing of it, so more than their lines must be asked.
pub(in crate::table) fn margin(layout: &Layout, lines: Range<usize>) -> f32 {
    let mut lengths: Vec<u32> = lines
        .filter(|&line| layout.lines.get(line).is_some_and(|l| l.role == Role::Body))
        .map(|line| length(layout.line_text(line)))
        .filter(|&length| length >= MARGIN_SAMPLE)
        .map(|length| length as u32)
        .collect();
    if lengths.len() < 4 {
        return DEFAULT_MARGIN;
    }
    let at = (lengths.len() * 9 / 10).min(lengths.len() - 1);
    let (_, margin, _) = lengths.select_nth_unstable(at);
    (*margin).clamp(60, 140) as f32
}

fn length(text: &str) -> f32 {
    text.chars().count() as f32
}

fn kind_of(
    layout: &Layout,
    line: usize,
    margin: f32,
    before: Option<(LineKind, bool)>,
    tokens: &mut Vec<Token>,
) -> LineKind {
    let Some(place) = layout.lines.get(line) else { return LineKind::Skipped };
    if place.role != Role::Body {
        return LineKind::Skipped;
    }
    let text = layout.line_text(line);
    let goes_on = before.is_some_and(|(kind, open)| kind == LineKind::Prose && open) && place.blank_before == 0;
    if is_caption(text) {
        return LineKind::Caption;
    }
    if is_label_line(text) || is_bullet(text) {
        return LineKind::Barrier;
    }
    if is_note(text) {
        return LineKind::Note;
    }
    let figures = figures(layout, line, tokens);
    if figures >= CERTAIN_FIGURES {
        return LineKind::Row;
    }
    // A number in brackets behind words is a remark: `1) geen uitzending (17)`.
    if figures == 1 && text.ends_with(')') && lists(text) {
        return LineKind::Barrier;
    }
    let full = length(text) >= margin * FULL;
    // A remark that goes on in the next line ends no sentence (`(heropening sept.`).
    if ends_sentence(text) && figures == 0 && bracket_depth(text) <= 0 || goes_on && (full || starts_small(text)) {
        return LineKind::Prose;
    }
    // What a sentence ends in on a line of its own is no abbreviation: `254 106 700 euro.`
    if goes_on && text.ends_with('.') && figures == 0 {
        return LineKind::Prose;
    }
    match (figures > 0, full) {
        (true, false) if !starts_label(text) || !goes_on => LineKind::Row,
        (_, true) if goes_on || !names_things(text) => LineKind::Prose,
        _ if has_words_behind(layout, line, tokens) && !lists(text) => LineKind::Mixed,
        _ if lists(text) => LineKind::Barrier,
        _ => LineKind::Short,
    }
}

/// `* zonder Brussel`, `(*) zonder Brussel`, `(1) vanaf 10 januari`: a mark, and what it says of the cells that bear it;
/// or where the figures come from.
fn is_note(text: &str) -> bool {
    let marked = text.strip_prefix('(').and_then(|rest| rest.split_once(')')).is_some_and(|(mark, rest)| {
        let starred = !mark.is_empty() && mark.bytes().all(|b| b == b'*');
        let counted = matches!(mark.len(), 1 | 2) && mark.bytes().all(|b| b.is_ascii_digit());
        (starred || counted) && rest.trim_start().starts_with(char::is_alphabetic)
    });
    text.starts_with('*') || marked || words::names_source(text)
}

/// Whether a line is one of a list in prose, whatever figures it holds: `2) het overleg met de sector`. Rows that have
/// such labels begin with a capital, or end in figures.
fn lists(text: &str) -> bool {
    let rest = text.split_once(' ').map_or("", |(_, rest)| rest.trim_start());
    starts_label(text) && starts_small(rest) && rest.split_ascii_whitespace().count() >= LIST_WORDS
}

/// The fewest words of a line of a list.
const LIST_WORDS: usize = 3;

/// The most words that the last column of a row has.
const TRAILING_WORDS: usize = 6;

fn has_words_behind(layout: &Layout, line: usize, tokens: &mut Vec<Token>) -> bool {
    if !layout.line_text(line).bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    tokens.clear();
    token::tokens_of(layout, layout.line_words(line), tokens);
    token::words_behind(tokens).is_some_and(|words| words > 1 && tokens.len() - words <= TRAILING_WORDS)
}

/// Whether the rows of a region end in words: most lines with figures do.
pub(super) fn ends_in_words(kinds: &[LineKind]) -> bool {
    let count = |kind: LineKind| kinds.iter().filter(|k| **k == kind).count();
    let (mixed, rows) = (count(LineKind::Mixed), count(LineKind::Row));
    mixed > 1 && mixed * 10 >= (mixed + rows) * 6
}

/// How many cells of figures the line ends in, at the most.
fn figures(layout: &Layout, line: usize, tokens: &mut Vec<Token>) -> usize {
    let words = layout.line_words(line);
    let ends_in_figure = words.last().is_some_and(|word| {
        let text = layout.word_text(word);
        text.ends_with(')') || token::class_of(text) != Class::Text
    });
    if !ends_in_figure {
        return 0;
    }
    tokens.clear();
    token::tokens_of(layout, words, tokens);
    let start = token::figures_start(tokens);
    let only_note = tokens.get(start..).is_none_or(|t| t.iter().all(|t| t.class == Class::Note));
    if only_note { 0 } else { token::cell_counts(tokens, start).map_or(0, |(_, most)| most) }
}

/// Bytes of a text that may end in a short abbreviation (`Aantal pers.`) and be no sentence.
const SHORT_TEXT: usize = 20;

/// Whether the text ends as sentences and lead-ins do. `n.v.t.` and `t.e.m.` do not.
pub(in crate::table) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '\'', ')']);
    match text.as_bytes().last() {
        Some(b'?' | b'!' | b';' | b':') => true,
        Some(b'.') => {
            let word = text.rsplit(' ').next().unwrap_or(text);
            let abbreviated = word.trim_end_matches('.').contains('.')
                || word.len() <= 5 && text.len() < SHORT_TEXT
                || is_abbreviations(text);
            !abbreviated || text.len() > 60
        }
        _ => false,
    }
}

/// `Gem. Min. Max. Gem. Min. Max.`: most words end in a point.
fn is_abbreviations(text: &str) -> bool {
    let ends = text.split_ascii_whitespace().map(|word| word.ends_with('.'));
    let (words, pointed) = ends.fold((0, 0), |(words, pointed), is| (words + 1, pointed + usize::from(is)));
    pointed * 2 > words && pointed > 1
}

/// Whether half of the words begin with a capital or a digit, as in the header of a wide table; prose has few.
fn names_things(text: &str) -> bool {
    let starts = text.split_ascii_whitespace().map(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let (words, named) = starts.fold((0, 0), |(words, named), is| (words + 1, named + usize::from(is)));
    !ends_sentence(text) && named * 2 >= words
}

fn starts_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// `Tabel 1`, `Tabel 2: …`, `Tabel 3. Overzicht …`: the word, a number, and a title. A sentence about a table goes on in
/// small letters.
pub(crate) fn is_caption(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let first = words.next().unwrap_or("");
    if !["tabel", "table"].iter().any(|w| first.eq_ignore_ascii_case(w)) {
        return false;
    }
    let Some(second) = words.next() else { return false };
    let number = second.trim_end_matches([':', '.', '-', '–', ')']);
    let counts =
        !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    let numbered = number.starts_with(|c: char| c.is_ascii_digit()) || number.len() == 1 && second.len() > 1;
    let titled = second.len() > number.len() || words.next().is_none_or(|third| !third.starts_with(char::is_lowercase));
    counts && numbered && titled
}

/// Words before a label: `Vraag 1.`, `Ad 2.`
const LABEL_WORDS: [&str; 4] = ["vraag", "antwoord", "ad", "deelvraag"];

/// A line that is nothing but a label: `3.`, `1.-2.`, `1. en 2.`, `4. a)`, `b)`.
pub(in crate::table) fn is_label_line(text: &str) -> bool {
    // A stop at its end, or a word with one of these letters: no figure by itself passes.
    let stopped = text.ends_with(['.', ')', ':', '/']);
    if text.len() > 24 || !stopped && !text.bytes().any(|b| matches!(b | 0x20, b'v' | b'a' | b'd')) {
        return false;
    }
    let (mut labels, mut worded) = (0, false);
    for word in text.split_ascii_whitespace() {
        match word {
            "en" | "tot" | "t.e.m." | "t/m" | "&" | "-" | "–" | "," => {}
            _ if word.split(['-', '–', ',']).filter(|w| !w.is_empty()).all(is_label) => labels += 1,
            _ if LABEL_WORDS.iter().any(|w| word.eq_ignore_ascii_case(w)) => worded = true,
            _ => return false,
        }
    }
    labels > 0 && (stopped || worded)
}

/// `3.`, `12)`, `a)`, `4.2`, `iv.`
fn is_label(word: &str) -> bool {
    let core = word.trim_start_matches('(').trim_end_matches(['.', ')', ':', '/']);
    // `(8)` is a cell, `(a)` a label.
    let digits = !word.starts_with('(')
        && core.split('.').all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
    let letter = core.len() == 1 && core.bytes().all(|b| b.is_ascii_lowercase());
    let roman = core.len() <= 4 && !core.is_empty() && core.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    digits || letter || roman
}

/// Whether the line begins with a label and goes on with text.
fn starts_label(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or("");
    first.len() < text.len() && first.ends_with(['.', ')']) && is_label(first)
}

pub(in crate::table) fn is_bullet(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next().unwrap_or(' ');
    let spaced = characters.next().is_none_or(char::is_whitespace);
    let drawn =
        matches!(first, '\u{f0b7}' | '\u{f0a7}' | '•' | '▪' | '◦' | '■' | '●' | '➢' | '✓' | '\u{f0fc}' | '\u{f0d8}');
    let typed = matches!(first, '-' | '–' | '—' | 'o' | '·');
    let rest = characters.as_str().trim_start();
    drawn || typed && spaced && (rest.chars().next().is_some_and(char::is_alphabetic) || rest.contains(':'))
}

/// The ranges of lines that may hold tables: no prose or barrier within, at least two rows each (or one row under a
/// line of years).
pub(super) fn regions(kinds: &[LineKind]) -> Vec<Range<usize>> {
    let mut regions = Vec::new();
    let mut at = 0;
    while at < kinds.len() {
        let ends = |kind: &LineKind| matches!(kind, LineKind::Prose | LineKind::Barrier);
        if ends(&kinds[at]) {
            at += 1;
            continue;
        }
        let end = kinds[at..].iter().position(ends).map_or(kinds.len(), |p| at + p);
        let rows = kinds[at..end].iter().filter(|k| **k == LineKind::Row).count();
        if rows >= 2 || ends_in_words(&kinds[at..end]) {
            regions.push(at..end);
        }
        at = end;
    }
    regions
}
