//! Pieces of lines to the text of a cell: wraps undone.
//!
//! Takes the byte ranges of a cell's pieces from top to bottom, gives a [`GridCell`].
//!
//! ```text
//! "gesprekken via CLB-" + "chat"      gesprekken via CLB-chat
//! "19 612" + "(campagne)"             19 612 (campagne)
//! "kinder-" + "en jeugdzorg"          kinder- en jeugdzorg
//! ```

use super::GridCell;
use crate::layout::Layout;
use std::borrow::Cow;
use std::ops::Range;

/// Words behind a hyphen that stands for the rest of a word: `kinder- en jeugdzorg`, `in- of uitstroom`.
const AFTER_HANGING_HYPHEN: [&str; 4] = ["en", "of", "en/of", "tot"];

/// The cell that these pieces make up.
pub(super) fn cell_of(layout: &Layout, bytes: Vec<Range<usize>>) -> GridCell {
    let mut text = String::with_capacity(bytes.iter().map(|range| range.len() + 1).sum());
    for piece in &bytes {
        append(&mut text, &with_marks(layout, piece));
    }
    text.truncate(without_leader(&text).len());
    GridCell { text, bytes }
}

/// The text of a piece, the digits of notes' marks behind figures as marks: raised, `6.589` and `1` are `6.589¹`.
fn with_marks<'l>(layout: &'l Layout, piece: &Range<usize>) -> Cow<'l, str> {
    let text = layout.slice(piece.clone());
    if !layout.is_placed() {
        return Cow::Borrowed(text);
    }
    let first = layout.words.partition_point(|word| (word.start as usize) < piece.start);
    let words = layout.words.iter().skip(first).take_while(|word| (word.end as usize) <= piece.end);
    let mut marked = Cow::Borrowed(text);
    // From behind, so that what was put in moves nothing that is still to be found.
    for word in words.filter(|word| word.raised).collect::<Vec<_>>().into_iter().rev() {
        let (start, end) = (word.start as usize - piece.start, word.end as usize - piece.start);
        let mark: Option<String> = layout.word_text(word).chars().map(raised).collect();
        let behind_figure = text.get(..start).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        if let Some(mark) = mark.filter(|_| behind_figure) {
            marked.to_mut().replace_range(start..end, &mark);
        }
    }
    marked
}

/// A digit as it is written above the line.
fn raised(digit: char) -> Option<char> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    RAISED.get(digit.to_digit(10)? as usize).copied()
}

/// A label without the dots that lead from it to its figure: `Totaal ....`; three are an ellipsis.
fn without_leader(text: &str) -> &str {
    let label = text.trim_end_matches(['.', ' ']);
    let dots = text.bytes().skip(label.len()).filter(|byte| *byte == b'.').count();
    if dots > 3 { label } else { text }
}

/// Appends a piece, its words one space apart.
fn append(text: &mut String, piece: &str) {
    let plain = |c: char| c.is_whitespace() && !crate::layout::lines::is_no_break(c);
    for (index, word) in piece.split(plain).filter(|word| !word.is_empty()).enumerate() {
        if text.ends_with('\u{ad}') {
            text.pop();
        } else if !(text.is_empty() || index == 0 && (holds_on(text, word) || completes_number(text, word))) {
            text.push(' ');
        }
        text.push_str(word);
    }
}

/// Whether a piece goes on in the next without a space: a hyphen at its end belongs to a word, or what follows is a lone
/// consonant, which is no word but the end of one that its column was too narrow for.
fn holds_on(text: &str, next: &str) -> bool {
    // Vowels, a cross, and the units of length, weight, volume and time may stand alone.
    let consonant = next.len() == 1 && next.bytes().all(|b| b.is_ascii_lowercase() && !b"aeiouyxmglh".contains(&b));
    if consonant && text.ends_with(char::is_lowercase) {
        return true;
    }
    let mut before = text.chars().rev();
    before.next() == Some('-')
        && before.next().is_some_and(char::is_alphanumeric)
        && next.starts_with(char::is_alphanumeric)
        && !AFTER_HANGING_HYPHEN.contains(&next)
}

/// Whether a text ends in a bracket that is still open.
pub(super) fn has_open_bracket(text: &str) -> bool {
    text.rfind('(').is_some_and(|open| !text[open..].contains(')'))
}

/// Whether a text is one pair of brackets with what stands in it: `(1.000)`, `(x 1.000 euro)`.
pub(super) fn is_bracketed(text: &str) -> bool {
    text.starts_with('(') && text.find(')') == Some(text.len() - 1)
}

/// Whether a text in brackets is a unit: words, or a power of a thousand. `(12)` is an amount below zero.
pub(super) fn is_unit(text: &str) -> bool {
    let digits = || text.bytes().filter(u8::is_ascii_digit);
    let thousands = digits().next() == Some(b'1') && digits().count() % 3 == 1 && digits().skip(1).all(|b| b == b'0');
    is_bracketed(text)
        && (text.contains(char::is_alphabetic) || digits().next().is_none() || thousands && text.len() > 3)
}

/// Whether digits are what a number in groups of three lacks at its end: `35.647.00` and `0`, in a column too narrow.
pub(super) fn completes_number(text: &str, rest: &str) -> bool {
    const GROUP: usize = 3;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut groups = number.split('.');
    let first = groups.next().is_some_and(|first| is_digits(first) && first.len() <= GROUP);
    let groups: Vec<&str> = groups.collect();
    let Some((last, whole)) = groups.split_last() else { return false };
    let grouped = whole.iter().all(|group| is_digits(group) && group.len() == GROUP) && !whole.is_empty();
    first && grouped && is_digits(last) && is_digits(rest) && last.len() < GROUP && last.len() + rest.len() == GROUP
}

/// Whether a text is a figure or a sign that there is none: digits with what is printed around them, no words.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim();
    let bare = text
        .trim_start_matches(['€', '$', '£', '¥', '<', '>', '(', '±', '~', '≤', '≥', '+', '-', '−', '–', ' ', '\u{a0}']);
    let bare = bare.strip_prefix("EUR ").unwrap_or(bare);
    let mut characters = bare.chars();
    if !characters.next().is_some_and(|c| c.is_ascii_digit()) {
        return is_missing(text);
    }
    bare.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | ',' | '%' | '€' | '$' | '*' | ')' | '‰' | '\'' | '†')
    })
}

/// Signs for a figure that there is not: `/`, `-`, `n.v.t.`, `nb`.
fn is_missing(text: &str) -> bool {
    const SIGNS: [&str; 16] =
        ["/", "-", "–", "—", ".", "..", "...", "…", "?", "n.v.t.", "nvt", "n.b.", "nb", "n.g.", "n/a", "x"];
    text.len() <= 8 && SIGNS.iter().any(|sign| sign.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lines::text_to_layout;

    fn text_of(pieces: &[&str]) -> String {
        let whole = pieces.join("\n");
        let mut start = 0;
        let ranges = pieces.iter().map(|piece| {
            let range = start..start + piece.len();
            start = range.end + 1;
            range
        });
        let ranges = ranges.collect();
        cell_of(&text_to_layout(whole), ranges).text
    }

    #[test]
    fn wraps_are_undone() {
        assert_eq!(text_of(&["gesprekken via CLB-", "chat"]), "gesprekken via CLB-chat");
        assert_eq!(text_of(&["kinder-", "en jeugdzorg"]), "kinder- en jeugdzorg");
        assert_eq!(text_of(&["19  612", "(campagne)"]), "19 612 (campagne)");
        assert_eq!(text_of(&["verpleeg\u{ad}", "kundigen"]), "verpleegkundigen");
        assert_eq!(text_of(&["Schoolkindere", "n"]), "Schoolkinderen");
    }

    #[test]
    fn digits_that_a_narrow_column_broke_off_are_put_back() {
        assert_eq!(text_of(&["€ 35.647.00", "0"]), "€ 35.647.000");
        assert_eq!(text_of(&["1.240.", "000"]), "1.240. 000");
        for (text, rest) in
            [("35.647.000", "0"), ("12.50", "0"), ("1.240.5", "0"), ("3.11.20", "20"), ("35.647.00", "")]
        {
            assert!(!completes_number(text, rest), "{text} {rest}");
        }
    }

    #[test]
    fn leaders_are_no_part_of_a_label() {
        assert_eq!(text_of(&["Totaal. . . . . ."]), "Totaal");
        assert_eq!(text_of(&["enzovoort ..."]), "enzovoort ...");
    }

    #[test]
    fn figures_are_told_from_words() {
        for figure in
            ["3 576", "3.576,50", "€ 20.200", "12,5 %", "(31)", "-292", "$ 1,234.5", "< 5", "79*", "/", "n.v.t."]
        {
            assert!(is_figure(figure), "{figure}");
        }
        for word in ["", "0-5 jaar", "1e", "Totaal", "19 612 (campagne)", "E40", "n.v.t. in 2020"] {
            assert!(!is_figure(word), "{word}");
        }
    }
}
