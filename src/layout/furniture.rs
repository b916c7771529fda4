//! What pages put around the text: running heads and feet, page numbers, footnotes, and the addresses that an
//! extractor appends to a page.
//!
//! Takes a [`Layout`] whose lines are all [`Role::Body`]; sets [`Line::role`](super::Line::role) and collects the
//! footnote marks in the text ([`Layout::marks`]). Knows nothing of questions and moves nothing.
//!
//! ```text
//! … een actualisering van die cijfers.1        the mark: bytes of `1`
//! 1 Bron: toestand op 11 februari 2019.        Footnote
//! Pagina 1 van 4                               Running
//!
//!
//! https://www.example.be/cijfers               LinkTail
//!
//!
//! De volgende bladzijde …                      Body
//! ```
//!
//! A text without form feeds shows its page ends by two or more blank lines only, and shows those elsewhere too: such
//! stretches are called *sheets* here, and what is asked of a sheet must hold for several of them.

mod rows;

use super::{Layout, Role, Word};
use std::collections::HashMap;
use std::ops::Range;

/// Blank lines that part two sheets. One parts paragraphs.
const SHEET_GAP: u8 = 2;
/// Lines at either end of a sheet that may be running: a head of two lines and a page number.
const RUNNING_DEPTH: usize = 3;
/// Share of the pages that a running line stands on; the first page and the last often differ.
const RUNNING_SHARE: f32 = 0.5;
/// Letters that a running line has at least: less is a bullet, a label or a cell.
const RUNNING_LETTERS: usize = 4;
/// Lines from a sheet's end among which footnotes are sought; torn cells may come between.
const FOOT_DEPTH: usize = 16;
/// Pieces of a running head: left, middle and right.
const HEAD_PIECES: usize = 3;
/// The gap between columns, in characters, at least.
const COLUMN_GAP: f32 = 2.0;
/// Blank lines above the number of an only page: more than part a table's cells.
const LONE_GAP: u8 = 3;
/// How far such a number stands from the left margin: columns of a text, points of a PDF. A label or a stub stands at it.
const LONE_INDENT: f32 = 30.0;
/// Bytes of the line with the parliament's address, at most: `Vlaams Parlement – 1011 Brussel – 02/552.11.11 – www. …`.
const LETTERHEAD_BYTES: usize = 120;
/// Lines before a footnote among which its mark is sought: a page of the smallest print.
const MARK_REACH: usize = 90;

/// Sets the role of every line that is not body text, and finds the footnote marks.
pub(crate) fn mark(layout: &mut Layout) {
    mark_link_tails(layout);
    let sheets = sheets(layout);
    mark_letterhead(layout);
    mark_running(layout, &sheets);
    mark_page_numbers(layout, &sheets);
    mark_first(layout);
    mark_footnotes(layout, &sheets);
    layout.marks.sort_by_key(|mark| mark.start);
}

/// A stretch of lines with the body lines of it, in order.
type Sheet = Vec<usize>;

/// The stretches of body lines between page ends, or what may be page ends.
fn sheets(layout: &Layout) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut parted = true;
    let mut page = 0;
    let paged = layout.is_placed() || layout.lines.last().is_some_and(|line| line.page > 0);
    for (index, line) in layout.lines.iter().enumerate() {
        parted |= line.page != page || (!paged && line.blank_before >= SHEET_GAP);
        page = line.page;
        if line.role != Role::Body {
            parted = true;
            continue;
        }
        match sheets.last_mut() {
            Some(sheet) if !parted => sheet.push(index),
            _ => sheets.push(vec![index]),
        }
        parted = false;
    }
    sheets
}

/// Addresses alone on their lines, two blank lines before and after: what Tika appends to a page.
fn mark_link_tails(layout: &mut Layout) {
    let mut start = 0;
    while start < layout.lines.len() {
        let mut end = start;
        while end < layout.lines.len()
            && is_address(layout, end)
            && (end == start || layout.lines[end].blank_before == 0)
        {
            end += 1;
        }
        if end > start && layout.lines[start].blank_before >= SHEET_GAP && ends_sheet(layout, end) {
            for line in &mut layout.lines[start..end] {
                line.role = Role::LinkTail;
            }
        }
        start = end.max(start + 1);
    }
}

/// Whether the line before this one is the last of its sheet.
fn ends_sheet(layout: &Layout, next: usize) -> bool {
    layout.lines.get(next).is_none_or(|line| line.blank_before >= SHEET_GAP)
}

fn is_address(layout: &Layout, line: usize) -> bool {
    let text = layout.line_text(line);
    layout.lines[line].words.len() == 1
        && ["http://", "https://", "www.", "mailto:", "ftp://"].iter().any(|scheme| text.starts_with(scheme))
}

/// How often a line, digits apart, stands where.
#[derive(Default)]
struct Tally {
    heads: usize,
    feet: usize,
    all: usize,
    /// Followed by a row of figures: a table's header, repeated on each page.
    heading_figures: usize,
    /// How many sheets it stands on, and the last of them.
    sheets: usize,
    sheet: usize,
    /// The first such line, and which of its numbers differs from sheet to sheet.
    first: Option<usize>,
    counter: Option<usize>,
    /// Whether several of its numbers differ: a table's row.
    figures: bool,
}

impl Tally {
    fn take(&mut self, layout: &Layout, line: usize, sheet: usize) {
        let first = *self.first.get_or_insert(line);
        if self.sheets == 0 || self.sheet != sheet {
            (self.sheets, self.sheet) = (self.sheets + 1, sheet);
        }
        for (index, (a, b)) in numbers(layout.line_text(first)).zip(numbers(layout.line_text(line))).enumerate() {
            if a != b {
                self.figures |= self.counter.is_some_and(|counter| counter != index);
                self.counter = Some(index);
            }
        }
    }
}

/// The stretches of figures in a text.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty())
}

fn mark_running(layout: &mut Layout, sheets: &[Sheet]) {
    let tallies = tally(layout, sheets);
    let pages = layout.lines.last().map_or(0, |line| line.page as usize + 1);
    let running = |layout: &Layout, line: usize| {
        let Some(tally) = tallies.get(&likeness(layout.line_text(line))) else { return false };
        let ends = tally.heads.max(tally.feet);
        let often = ends >= 2 && tally.sheets >= 2 && (pages < 2 || ends as f32 >= RUNNING_SHARE * pages as f32);
        often
            && tally.all <= tally.heads + tally.feet
            && tally.heading_figures < ends
            && !tally.figures
            && may_run(layout.line_text(line))
            && !names_columns(layout, line)
            && !rows::heads_rows(layout, line)
    };
    for sheet in sheets {
        for line in inward(sheet).into_iter().flatten() {
            if !running(layout, line) && page_number(layout.line_text(line)).is_none() {
                break;
            }
            if running(layout, line) {
                layout.lines[line].role = Role::Running;
            }
        }
        for line in sheet.iter().rev().take(RUNNING_DEPTH).copied() {
            if running(layout, line) {
                layout.lines[line].role = Role::Running;
            } else if page_number(layout.line_text(line)).is_none() {
                break;
            }
        }
    }
}

/// The first lines of a sheet.
fn inward(sheet: &Sheet) -> [Option<usize>; RUNNING_DEPTH] {
    [0, 1, 2].map(|depth| sheet.get(depth).copied())
}

fn tally(layout: &Layout, sheets: &[Sheet]) -> HashMap<u64, Tally> {
    let mut tallies: HashMap<u64, Tally> = HashMap::new();
    for (index, sheet) in sheets.iter().enumerate() {
        for line in sheet.iter().take(RUNNING_DEPTH) {
            let tally = tallies.entry(likeness(layout.line_text(*line))).or_default();
            tally.heads += 1;
            tally.take(layout, *line, index);
            tally.heading_figures += usize::from(is_row_of_figures(layout, line + 1));
        }
        for line in sheet.iter().skip(RUNNING_DEPTH).rev().take(RUNNING_DEPTH) {
            let tally = tallies.entry(likeness(layout.line_text(*line))).or_default();
            tally.feet += 1;
            tally.take(layout, *line, index);
        }
    }
    for line in sheets.iter().flatten() {
        if let Some(tally) = tallies.get_mut(&likeness(layout.line_text(*line))) {
            tally.all += 1;
        }
    }
    tallies
}

/// A number for the line's text in which all digits and all white space are alike (FNV-1a).
fn likeness(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut last = 0;
    for byte in text.bytes() {
        let byte = match byte {
            b'0'..=b'9' => b'0',
            b'\t' => b' ',
            other => other,
        };
        if byte == last && matches!(byte, b'0' | b' ') {
            continue;
        }
        last = byte;
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Whether the line reads as a running line may: begins with no small letter and ends no sentence, for the last words
/// of a paragraph may stand at two page ends by chance.
fn may_run(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= RUNNING_LETTERS
        && !text.starts_with(char::is_lowercase)
        && !text.ends_with(['.', '?', '!', ':', ';', ','])
}

/// Whether a line names columns as a table's header does that is printed again on each page: a running head has a left,
/// a middle and a right piece at most.
fn names_columns(layout: &Layout, line: usize) -> bool {
    wide_gaps(layout, line) >= HEAD_PIECES
}

/// How many gaps of a line are as wide as between columns.
fn wide_gaps(layout: &Layout, line: usize) -> usize {
    let em = if layout.is_placed() { layout.lines.get(line).map_or(0.0, |line| line.size / 2.0) } else { 1.0 };
    let wide = |pair: &&[Word]| matches!(pair, [a, b] if b.x.start - a.x.end >= COLUMN_GAP * em);
    layout.line_words(line).windows(2).filter(wide).count()
}

/// A page's number under a running head is no table's row.
fn is_row_of_figures(layout: &Layout, line: usize) -> bool {
    if page_number(layout.line_text(line)).is_some() {
        return false;
    }
    let words = layout.line_words(line);
    let figures = words.iter().filter(|w| layout.word_text(w).starts_with(|c: char| c.is_ascii_digit())).count();
    words.len() >= 2 && figures * 2 >= words.len()
}

/// A line that can be a page number.
struct PageNumber {
    number: u32,
    /// Whether the line says so itself: `Pagina 1 van 4`, `blz. 3`.
    named: bool,
    /// Whether it names the last page too.
    of: bool,
}

/// Reads `3`, `- 3 -`, `3/12`, `3 van 12`, `Pagina 3`, `blz. 3 van 12`, `p. 3`.
fn page_number(text: &str) -> Option<PageNumber> {
    if text.len() > 40 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let inner =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '•' | '[' | ']' | '~'));
    let word_end = inner.find(|c: char| !c.is_alphabetic()).unwrap_or(0);
    let word = inner[..word_end].to_lowercase();
    let named = matches!(word.as_str(), "pagina" | "pag" | "blz" | "bladzijde" | "p" | "page");
    if !word.is_empty() && !named {
        return None;
    }
    let rest = inner[word_end..].trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let digits_end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..digits_end].parse().ok().filter(|n| (1..10_000).contains(n))?;
    let tail = rest[digits_end..].trim();
    let total = ["van", "of", "/", "-"].iter().find_map(|sep| tail.strip_prefix(sep)).map(str::trim);
    match total {
        Some(total) if !total.is_empty() && total.bytes().all(|b| b.is_ascii_digit()) => {
            Some(PageNumber { number, named, of: true })
        }
        None if tail.is_empty() => Some(PageNumber { number, named, of: false }),
        _ => None,
    }
}

/// Page numbers at the outermost lines of sheets: those that say so, and those that count the pages.
fn mark_page_numbers(layout: &mut Layout, sheets: &[Sheet]) {
    let mut found: Vec<(usize, u32, u32)> = Vec::new();
    for sheet in sheets {
        let body = |line: &&usize| layout.lines[**line].role == Role::Body;
        let ends = [sheet.iter().find(body), sheet.iter().rfind(body)];
        let second_last = sheet.iter().rev().filter(body).nth(1);
        for line in ends.into_iter().chain([second_last]).flatten() {
            let Some(page_number) = page_number(layout.line_text(*line)) else { continue };
            if page_number.named {
                found.push((*line, 0, 0));
            } else if Some(line) != second_last {
                found.push((*line, page_number.number, layout.lines[*line].page));
            }
        }
    }
    mark_told(layout, sheets);
    mark_dashed(layout, sheets);
    mark_lone(layout);
    let counted = counting(&found, layout.lines.last().is_some_and(|line| line.page > 0));
    for (line, number, _) in found {
        if number == 0 || counted.contains(&line) {
            layout.lines[line].role = Role::Running;
        }
    }
}

/// `Pagina 3 van 3` says all itself and no table or sentence does: an extractor may put what the page's end holds behind it.
fn mark_told(layout: &mut Layout, sheets: &[Sheet]) {
    for line in sheets.iter().flatten().copied() {
        if page_number(layout.line_text(line)).is_some_and(|page| page.named && page.of) {
            layout.lines[line].role = Role::Running;
        }
    }
}

/// `-3-` between dashes, wherever on its page an extractor put it: two at least go with the pages.
fn mark_dashed(layout: &mut Layout, sheets: &[Sheet]) {
    let dashed = |line: usize| {
        let text = layout.line_text(line);
        let sides = text.len() > 2 && text.starts_with(['-', '–']) && text.ends_with(['-', '–']);
        let number = page_number(text).filter(|page| sides && !page.named && !page.of)?.number;
        Some((i64::from(number) - i64::from(layout.lines[line].page), line))
    };
    let found: Vec<(i64, usize)> = sheets.iter().flatten().filter_map(|line| dashed(*line)).collect();
    let like = |shift: i64| found.iter().filter(|(other, _)| *other == shift).count();
    for (_, line) in found.iter().filter(|(shift, _)| like(*shift) > 1) {
        layout.lines[*line].role = Role::Running;
    }
}

/// The number of the only page, which cannot show that it counts: `1` alone on the last line, far from the text above and
/// set in from the margin where all of it begins; or, in a text that keeps no places, behind the end of a sentence.
fn mark_lone(layout: &mut Layout) {
    let Some((last, above)) = layout.lines.split_last() else { return };
    let number = page_number(layout.line_text(above.len())).is_some_and(|page| page.number == 1);
    let margin = above.iter().map(|line| left_of(layout, line)).fold(f32::INFINITY, f32::min);
    let before = above.last().map_or(0.0, |line| line.size);
    let apart = last.blank_before >= LONE_GAP || (last.size > 0.0 && last.size < before - 0.5 && last.blank_before > 0);
    let set_in = apart && left_of(layout, last) > margin + LONE_INDENT;
    let ended = above.len().checked_sub(1).is_some_and(|before| layout.line_text(before).ends_with(['.', '?', '!']));
    // A cell torn from a table comes with others, each between blank lines; those of a column stand together.
    let blank = |line: usize| line == 0 || layout.lines.get(line).is_some_and(|line| line.blank_before > 0);
    let digits = |line: usize| layout.line_text(line).bytes().all(|b| b.is_ascii_digit() || b == b' ');
    let cell = |line: usize| digits(line) && blank(line) && blank(line + 1);
    let torn = (above.len().saturating_sub(FOOT_DEPTH)..above.len()).any(cell);
    let lone = number && last.page == 0 && (set_in || ended && !torn && !layout.is_placed());
    if lone && let Some(last) = layout.lines.last_mut() {
        last.role = Role::Running;
    }
}

/// The number of the first page of several, in a text that shows no page ends and no other numbers: `1` between wide gaps
/// where neither the line before nor the line after has a figure, as the cells around a torn cell would.
fn mark_first(layout: &mut Layout) {
    if layout.is_placed() || layout.lines.last().is_some_and(|line| line.page > 0) {
        return;
    }
    let has_digit = |line: usize| layout.line_text(line).bytes().any(|b| b.is_ascii_digit());
    let capital = |line: usize| layout.line_text(line).starts_with(char::is_uppercase);
    let apart = |line: usize| {
        let after = layout.lines.get(line + 1).map_or(0, |next| next.blank_before);
        let before = layout.lines[line].blank_before;
        before.max(after) >= SHEET_GAP && before.min(after) > 0
    };
    let ends = |line: usize| layout.line_text(line).ends_with(['.', '?', '!', ';']);
    let first = (1..layout.lines.len().saturating_sub(1)).find(|&line| {
        layout.line_text(line) == "1" && apart(line) && ends(line - 1) && capital(line + 1) && !has_digit(line + 1)
    });
    if let Some(line) = first.and_then(|line| layout.lines.get_mut(line)).filter(|line| line.role == Role::Body) {
        line.role = Role::Running;
    }
}

/// The line with the parliament's own address, which its letter paper has on every page: also where a file is one page,
/// and nothing recurs.
fn mark_letterhead(layout: &mut Layout) {
    for line in 0..layout.lines.len() {
        let text = layout.line_text(line);
        let short = text.len() <= LETTERHEAD_BYTES && !text.ends_with('.');
        if short && text.starts_with("Vlaams Parlement") && text.contains("vlaamsparlement.be") {
            layout.lines[line].role = Role::Running;
        }
    }
}

/// The left edge of a line.
fn left_of(layout: &Layout, line: &super::Line) -> f32 {
    layout.words.get(line.words.start as usize).map_or(0.0, |word| word.x.start)
}

/// The lines whose numbers go with the pages, or, where pages are not known, rise one by one through the text.
fn counting(found: &[(usize, u32, u32)], paged: bool) -> std::collections::HashSet<usize> {
    let bare = found.iter().filter(|(_, number, _)| *number > 0);
    if paged {
        let mut shifts: HashMap<i64, Vec<usize>> = HashMap::new();
        for (line, number, page) in bare {
            shifts.entry(i64::from(*number) - i64::from(*page)).or_default().push(*line);
        }
        let best = shifts.into_iter().max_by_key(|(shift, lines)| (lines.len(), -shift.abs()));
        return best
            .filter(|(_, lines)| lines.len() >= 2)
            .map(|(_, lines)| lines.into_iter().collect())
            .unwrap_or_default();
    }
    let mut chain = Vec::new();
    let mut next = 1;
    for (line, number, _) in bare {
        if *number == next || (chain.is_empty() && *number == 2) {
            chain.push(*line);
            next = number + 1;
        }
    }
    if chain.len() >= 2 { chain.into_iter().collect() } else { Default::default() }
}

/// Footnotes: a number, a space and a capital near a sheet's end, where that number stands glued behind a word before.
fn mark_footnotes(layout: &mut Layout, sheets: &[Sheet]) {
    for sheet in sheets {
        let body: Vec<usize> = sheet.iter().copied().filter(|line| layout.lines[*line].role == Role::Body).collect();
        let mut at = body.len().saturating_sub(FOOT_DEPTH).max(1);
        while let Some(&line) = body.get(at) {
            at += 1;
            let Some(number) = footnote_number(layout.line_text(line)) else { continue };
            // Behind its number a footnote runs on; a row of a table does not.
            if wide_gaps(layout, line) > 1 {
                continue;
            }
            let Some(mark) = find_mark(layout, line, number) else { continue };
            layout.marks.push(mark);
            layout.lines[line].role = Role::Footnote;
            while let Some(&next) = body.get(at).filter(|next| continues_footnote(layout, line, **next)) {
                layout.lines[next].role = Role::Footnote;
                at += 1;
            }
        }
    }
}

/// The mark of `1 Bron: …`, `(1) Bron …`, `[1] Bron …` or `¹ Bron …`.
pub(crate) fn footnote_number(text: &str) -> Option<&str> {
    let open = text.trim_start_matches(['(', '[']);
    let raised = open.starts_with(is_raised);
    let end = open.find(|c: char| !(c.is_ascii_digit() || is_raised(c)))?;
    let rest = open[end..].trim_start_matches([')', ']']);
    let note = rest.trim_start();
    let spaced = raised || rest.starts_with(char::is_whitespace);
    let worded =
        note.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '(')) || note.starts_with("http");
    let label = &open[..end];
    ((1..=2).contains(&label.chars().count()) && !label.starts_with('0') && spaced && worded).then_some(label)
}

/// Superscript figures.
fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn continues_footnote(layout: &Layout, first: usize, next: usize) -> bool {
    let (a, b) = (&layout.lines[first], &layout.lines[next]);
    let before = layout.line_text(next.saturating_sub(1));
    b.blank_before == 0
        && b.page == a.page
        && next > first
        && (a.size - b.size).abs() < 0.3
        && (a.size > 0.0 || !before.ends_with(['.', '!', '?']))
        && footnote_number(layout.line_text(next)).is_none()
        && page_number(layout.line_text(next)).is_none()
}

/// The bytes of a footnote's mark: the number in brackets (`cijfers[1]`), behind a stop (`cijfers.1`), else behind a
/// letter (`cijfers1`), else alone behind a sentence at a line's end; the nearest before the note.
fn find_mark(layout: &Layout, note: usize, number: &str) -> Option<Range<usize>> {
    let mut best: Option<(u8, Range<usize>)> = None;
    for line in (note.saturating_sub(MARK_REACH)..note).rev() {
        if layout.lines[line].page != layout.lines[note].page {
            break;
        }
        let words = layout.line_words(line);
        for index in 0..words.len() {
            let Some((rank, bytes)) = mark_in(layout, words, index, number) else { continue };
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, bytes));
            }
        }
    }
    best.map(|(_, bytes)| bytes)
}

/// A mark in a word, and how surely it is one.
fn mark_in(layout: &Layout, words: &[super::Word], index: usize, number: &str) -> Option<(u8, Range<usize>)> {
    let word = words.get(index)?;
    let start = word.start as usize;
    let whole = layout.word_text(word);
    let text = whole.trim_end_matches(['.', ',', ';', ':']);
    let last = index + 1 == words.len();
    for (open, close) in [('[', ']'), ('(', ')')] {
        let inner = text
            .strip_suffix(close)
            .and_then(|text| text.strip_suffix(number))
            .and_then(|text| text.strip_suffix(open));
        if let Some(before) = inner.filter(|before| !before.is_empty()) {
            return Some((4, start + before.len()..start + text.len()));
        }
    }
    if number.starts_with(is_raised) {
        let at = text.find(number).filter(|at| *at > 0)?;
        return Some((4, start + at..start + at + number.len()));
    }
    let before = text.strip_suffix(number)?;
    let mut ending = before.chars().rev();
    let rank = match (ending.next(), ending.next()) {
        (Some(stop), Some(letter)) if is_stop(stop) && !letter.is_ascii_digit() => 3,
        (Some(letter), Some(more)) if letter.is_lowercase() && more.is_alphabetic() => 2,
        (Some(stop), Some(_)) if is_stop(stop) && last => 1,
        (None, _) if last && index > 0 && text == whole => {
            let previous = layout.word_text(words.get(index - 1)?);
            previous.ends_with(['.', '?', '!', '”']).then_some(1)?
        }
        _ => return None,
    };
    Some((rank, start + before.len()..start + text.len()))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | ')' | '”' | '"' | '’' | '»')
}

#[cfg(test)]
mod tests {
    use super::super::lines::text_to_layout;
    use super::*;

    fn marked(text: &str) -> Layout {
        let mut layout = text_to_layout(text.to_owned());
        mark(&mut layout);
        layout
    }

    fn with_role(layout: &Layout, role: Role) -> Vec<&str> {
        (0..layout.lines.len())
            .filter(|line| layout.lines[*line].role == role)
            .map(|line| layout.line_text(line))
            .collect()
    }

    #[test]
    fn running_heads_and_page_numbers_are_no_text() {
        let layout = marked(
            "Parlement – Brussel\nEen.\n- 1 -\n\x0cParlement – Brussel\nTwee.\n- 2 -\n\x0cParlement – Brussel\nDrie.\n",
        );
        assert_eq!(with_role(&layout, Role::Body), ["Een.", "Twee.", "Drie."]);
    }

    #[test]
    fn page_numbers_of_a_text_without_form_feeds_count_up() {
        let layout = marked("Een.\n\n1\n\n\nTwee.\n\n2\n\n\nDrie.\n\n3\n");
        assert_eq!(with_role(&layout, Role::Running), ["1", "2", "3"]);
    }

    #[test]
    fn rows_of_a_table_at_page_ends_stay() {
        for text in [
            "Een.\n\n12-17 jaar 22% 31%\n18-25 jaar 14% 19%\n",
            "Een.\nTwee.\nDrie.\nAalst 12 (22%)\n\x0cVier.\nVijf.\nZes.\nAalst 31 (40%)\n",
        ] {
            assert!(with_role(&marked(text), Role::Running).is_empty(), "{text}");
        }
        let head = "Parlement 2020-2021 nr. 48 - 2\nEen.\n\x0cParlement 2020-2021 nr. 48 - 3\nTwee.\n";
        assert_eq!(with_role(&marked(head), Role::Body), ["Een.", "Twee."]);
    }

    #[test]
    fn the_number_of_an_only_page_is_known_by_its_place() {
        let centred = format!("Een.\n\n\n\n\n{:>40}\n\x0c", 1);
        assert_eq!(with_role(&marked(&centred), Role::Running), ["1"]);
        assert_eq!(with_role(&marked("Een.\n\n1\n"), Role::Running), ["1"]);
        for text in ["12\n\nEen.\n\n1\n", "Een\n\n1\n", &format!("Een.\n\n\n\n\n{:>40}\n", 7)] {
            assert!(with_role(&marked(text), Role::Running).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_page_number_that_names_the_last_page_may_stand_anywhere() {
        let layout = marked("Een.\n\nPagina 3 van 3\nOmschrijving 2017 2018\nAalst 1 2\nBree 3 4\n");
        assert_eq!(with_role(&layout, Role::Running), ["Pagina 3 van 3"]);
        assert!(with_role(&marked("Zie verder op\nblz. 3\nen daarna.\nMeer.\nNog.\n"), Role::Running).is_empty());
    }

    #[test]
    fn a_page_number_between_dashes_may_stand_among_columns() {
        let layout = marked("De cijfers staan hieronder.\n-1-\n\n12\n13\n\u{c}Dat was het.\n-2-\n\n14\n15\n");
        assert_eq!(with_role(&layout, Role::Running), ["-1-", "-2-"]);
    }

    #[test]
    fn a_page_number_under_a_running_head_is_no_table() {
        let layout = marked("Parlement\n\npagina 1\n\nEen.\n\n\nParlement\n\npagina 2\n\nTwee.\n");
        assert_eq!(with_role(&layout, Role::Body), ["Een.", "Twee."]);
    }

    #[test]
    fn every_form_of_a_page_number_is_known() {
        for text in ["3", "- 3 -", "3/12", "3 van 12", "Pagina 3 van 4", "blz. 3", "p. 3", "| 3 |"] {
            assert_eq!(page_number(text).map(|page| page.number), Some(3), "{text}");
        }
        for text in ["3 %", "maart 3", "3 van de 12", "Pagina", "12.500", "3-4-5"] {
            assert!(page_number(text).is_none(), "{text}");
        }
    }

    #[test]
    fn cells_and_repeated_header_rows_stay() {
        let text = "Gemeente 2019 2020\nAalst 1 2\nBree 3 4\n\x0cGemeente 2019 2020\nGeel 5 6\n1\n\x0cGemeente 2019 2020\nHalle 7 8\n7\n";
        let layout = marked(text);
        assert_eq!(with_role(&layout, Role::Running), Vec::<&str>::new());
    }

    #[test]
    fn appended_addresses_are_apart_from_those_of_the_text() {
        let layout = marked(
            "Zie\n\nhttps://www.a.be/x\n\nvoor meer.\n\n\nhttps://www.a.be/x\nhttps://www.b.be/y\n\n\nVerder.\n",
        );
        assert_eq!(with_role(&layout, Role::LinkTail), ["https://www.a.be/x", "https://www.b.be/y"]);
    }

    #[test]
    fn footnotes_need_their_mark() {
        for (text, mark) in [
            ("Naar die cijfers.1 Meer.\n\n1 Bron: telling.\n", "1"),
            ("Naar die cijfers[1].\n\n[1] Bron: telling.\n", "[1]"),
            ("Naar die cijfers¹.\n\n¹ Bron: telling.\n", "¹"),
            ("Naar die cijfers. 1\n\n1 Bron: telling.\n", "1"),
        ] {
            let layout = marked(text);
            assert_eq!(with_role(&layout, Role::Footnote).len(), 1, "{text}");
            assert_eq!(layout.marks.iter().map(|m| layout.slice(m.clone())).collect::<Vec<_>>(), [mark], "{text}");
        }
        assert!(with_role(&marked("Naar die cijfers.\n\n1 Hoeveel?\n\n2 Waarom?\n"), Role::Footnote).is_empty());
        let ranks =
            "Naar die cijfers.1 Meer.\n\nNr.   Gemeente   Aantal\n1     Aalst          31\n2     Ronse          12\n";
        assert!(with_role(&marked(ranks), Role::Footnote).is_empty());
    }

    #[test]
    fn a_header_that_pages_repeat_is_no_running_head() {
        let page = |row: &str| format!("Dossier      Stad      Project      Datum\n{row}\nProject van de stad.\n");
        let text = ["SV-24        Aalst     Hospitaal    2003", "SV-17        Genk      Hoorn        2004"]
            .map(page)
            .join("\x0c");
        assert!(with_role(&marked(&text), Role::Running).is_empty());
    }
}
