//! What figures look like in lines: amounts, years, days, and two that stand so close that they seem one.
//!
//! Takes words and texts of a line, says what they can be.
//!
//! ```text
//! 1 024        one figure: a group of three digits goes on
//! 20 07/2021   two figures
//! 2020*        names a column
//! ```

use crate::layout::{Layout, Word};
use crate::table::cells::is_figure;

/// Whether two words of a PDF, however near, are figures of two columns: `0.43 -0.47` is no number.
pub(super) fn are_two_figures(layout: &Layout, before: &Word, word: &Word) -> bool {
    let numeral = |word: &Word| {
        let text = layout.word_text(word);
        let bare = text.trim_start_matches(['-', '−', '+']);
        let digits = bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        (digits && bare.starts_with(|c: char| c.is_ascii_digit())).then_some((text, bare))
    };
    let (Some((a, _)), Some((b, bare))) = (numeral(before), numeral(word)) else { return false };
    // The groups of one number are three digits each, and only the last has decimals.
    let decimal = |text: &str| text.contains(['.', ',']);
    let goes_on =
        !decimal(a) && bare.len() == b.len() && b.split(['.', ',']).next().is_some_and(|part| part.len() == 3);
    layout.is_placed() && !goes_on && (decimal(a) || decimal(b))
}

/// Whether a word is digits with the signs of numbers and days between or behind them.
pub(super) fn is_numeral(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'/' | b'%'))
}

/// Whether the second of two numerals, one space apart, can go on with the number of the first: a group of three digits
/// behind groups, decimals behind the last.
pub(super) fn goes_on(first: &str, second: &str) -> bool {
    let group = second.split(',').next().unwrap_or("");
    let groups = first.bytes().all(|byte| byte.is_ascii_digit()) && first.len() <= 3;
    groups && group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit())
}

/// A figure, alone or with a remark behind it, or a day.
pub(super) fn is_value(text: &str) -> bool {
    is_figure(text) || text.split_once(" (").is_some_and(|(figure, _)| is_figure(figure)) || is_day(text)
}

/// `09/11/2019`, `9-11-2019`.
fn is_day(text: &str) -> bool {
    (6..=10).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.'))
        && text.bytes().filter(|byte| !byte.is_ascii_digit()).count() == 2
}

/// Whether a text that could be a figure names a column: a year, alone, with a note's mark, or with what it is of (`2020
/// (in MWh)`), or a lone letter.
pub(super) fn names_column(text: &str) -> bool {
    let year = text.split_once(" (").map_or(text, |(year, _)| year);
    is_year(year.trim_end_matches(['*', '†', '‡'])) || text == "X"
}

/// A year by itself, as headers have it.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_digits_go_on_and_other_figures_do_not() {
        for (first, second) in [("1", "024"), ("12", "500,25"), ("100", "000")] {
            assert!(goes_on(first, second), "{first} {second}");
        }
        for (first, second) in [("20", "07/2021"), ("2019", "2020"), ("0,5", "125"), ("12", "14"), ("1.200", "350")] {
            assert!(!goes_on(first, second), "{first} {second}");
        }
    }
}
