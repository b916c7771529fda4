//! Lines and words of a text: where they begin and end, in bytes and in columns of characters.
//!
//! Takes a decoded text, gives a [`Layout`] over it. Line ends are `\n`, `\r\n` and `\r`; a form feed begins a page.
//! A tab stands for the columns up to the next stop of eight, and at least two, so that cells parted by tabs are apart.

use super::{Layout, Line, Role, Word};
use crate::geometry::Interval;

/// Columns between tab stops, as terminals and `pdftotext -layout` have them.
const TAB_STOP: u32 = 8;

/// Splits a text into lines and words. Cost grows with the text alone.
pub(crate) fn text_to_layout(text: String) -> Layout {
    let mut layout = Layout {
        words: Vec::with_capacity(text.len() / 6),
        lines: Vec::with_capacity(text.len() / 50),
        ..Layout::default()
    };
    let bytes = text.as_bytes();
    let (mut start, mut number, mut page, mut blank) = (0, 0_u32, 0, 0_u8);
    while start < bytes.len() {
        let end = memchr_line_end(bytes, start);
        let before = layout.words.len() as u32;
        let line = &text[start..end];
        match line.is_ascii() {
            true => push_ascii_words(line.as_bytes(), start, &mut layout.words),
            false => push_words(line, start, &mut layout.words),
        }
        if layout.words.len() as u32 > before {
            let words = before..layout.words.len() as u32;
            let (first, last) = (layout.words[words.start as usize], layout.words[words.end as usize - 1]);
            layout.lines.push(Line {
                start: first.start,
                end: last.end,
                words,
                page,
                y: Interval::new(number as f32, number as f32 + 1.0),
                blank_before: blank,
                size: 0.0,
                bold: false,
                role: Role::Body,
                edge: 0.0,
            });
            blank = 0;
        } else {
            blank = blank.saturating_add(1);
        }
        match bytes.get(end) {
            Some(b'\x0c') => {
                page += 1;
                blank = 0;
                start = end + 1;
            }
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => start = end + 2,
            _ => start = end + 1,
        }
        number += 1;
    }
    layout.text = text;
    layout
}

/// The offset of the next line end or form feed, or the text's length.
fn memchr_line_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|b| matches!(b, b'\n' | b'\r' | b'\x0c')).map_or(bytes.len(), |p| start + p)
}

/// Adds the words of a line of ASCII that begins at byte `start`, as [`push_words`] does: most lines are such.
fn push_ascii_words(line: &[u8], start: usize, words: &mut Vec<Word>) {
    // How many columns more than bytes there are: tabs make them.
    let mut shift = 0_usize;
    let mut open: Option<(usize, usize)> = None;
    for (offset, byte) in line.iter().enumerate() {
        if *byte > b' ' || !is_space(char::from(*byte)) {
            open = open.or(Some((offset, offset + shift)));
            continue;
        }
        let column = offset + shift;
        if let Some((from, x)) = open.take() {
            words.push(word(start + from, start + offset, x as u32, column as u32));
        }
        if *byte == b'\t' {
            shift = (column as u32 + 2).next_multiple_of(TAB_STOP) as usize - offset - 1;
        }
    }
    if let Some((from, x)) = open {
        words.push(word(start + from, start + line.len(), x as u32, (line.len() + shift) as u32));
    }
}

/// Adds the words of a line that begins at byte `start`, from its characters.
fn push_words(line: &str, start: usize, words: &mut Vec<Word>) {
    let mut column = 0_u32;
    let mut open: Option<(usize, u32)> = None;
    let mut previous = ' ';
    for (offset, character) in line.char_indices() {
        let next = || line.get(offset + character.len_utf8()..)?.chars().next();
        let space = is_space(character) && !(is_no_break(character) && joins(previous, next()));
        if space {
            if let Some((from, x)) = open.take() {
                words.push(word(start + from, start + offset, x, column));
            }
        } else if open.is_none() {
            open = Some((offset, column));
        }
        column = match character {
            '\t' => (column + 2).next_multiple_of(TAB_STOP),
            _ => column + 1,
        };
        previous = character;
    }
    if let Some((from, x)) = open {
        words.push(word(start + from, start + line.len(), x, column));
    }
}

fn word(start: usize, end: usize, x0: u32, x1: u32) -> Word {
    Word { start: start as u32, end: end as u32, x: Interval::new(x0 as f32, x1 as f32), raised: false }
}

/// White space, and what some extractors leave in its stead: NUL, zero-width space and byte order mark.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\0' | '\u{200b}' | '\u{feff}')
}

/// No-break space, narrow no-break space, figure space, thin space: what typesetters put between thousands.
pub(crate) fn is_no_break(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}')
}

/// Whether a no-break space between these belongs to a number: `3 576`, `€ 20`, `12 %`, `< 5`.
pub(crate) fn joins(before: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    (before.is_ascii_digit() && (after.is_ascii_digit() || matches!(after, '%' | '€')))
        || (after.is_ascii_digit() && matches!(before, '€' | '<' | '>' | '-' | '+' | '−'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<String> {
        let layout = text_to_layout(text.to_owned());
        layout.words.iter().map(|w| layout.word_text(w).to_owned()).collect()
    }

    #[test]
    fn no_break_spaces_hold_numbers_together_and_part_words() {
        assert_eq!(words_of("op\u{a0}3\u{a0}576 en 12\u{202f}%"), ["op", "3\u{a0}576", "en", "12\u{202f}%"]);
    }

    #[test]
    fn lines_know_their_page_and_the_blank_lines_before_them() {
        let layout = text_to_layout("een\r\n\r\ntwee\n\x0c drie\rvier".to_owned());
        let told: Vec<_> =
            (0..4).map(|i| (layout.line_text(i), layout.lines[i].page, layout.lines[i].blank_before)).collect();
        assert_eq!(told, [("een", 0, 0), ("twee", 0, 1), ("drie", 1, 0), ("vier", 1, 0)]);
    }

    #[test]
    fn words_of_ascii_are_those_of_any_text() {
        for line in ["", " a  b\tcd \t e", "\t\tx\0y\x0b z\x7f", "a\tbcdefghi\tj", "  "] {
            let (mut plain, mut any) = (Vec::new(), Vec::new());
            push_ascii_words(line.as_bytes(), 3, &mut plain);
            push_words(line, 3, &mut any);
            assert_eq!(plain, any, "{line:?}");
        }
    }

    #[test]
    fn columns_count_characters_and_tabs_part_cells() {
        let layout = text_to_layout("één  twee\tx".to_owned());
        let x: Vec<_> = layout.words.iter().map(|w| (w.x.start, w.x.end)).collect();
        assert_eq!(x, [(0.0, 3.0), (5.0, 9.0), (16.0, 17.0)]);
    }
}
