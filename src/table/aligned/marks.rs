//! The marks of lists: what stands before an item, and is no cell.
//!
//! ```text
//! 1.  3.1  a)  (b)  iv.  –  •  o      marks
//! 12  €  %  (x 1.000 euro)            none
//! ```

/// Whether a text is an item of a list with its mark: `– Begeleiding van scholen`.
pub(super) fn opens_item(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(mark, rest)| is_list_mark(mark) && rest.contains(' '))
}

/// A bullet by itself; units in brackets are none.
pub(super) fn is_bullet(text: &str) -> bool {
    text == "o" || is_list_mark(text) && !text.contains(|c: char| c.is_alphanumeric() || matches!(c, '%' | '€' | '‰'))
}

/// What stands before an item of a list: `1.`, `3.1`, `a)`, `(b)`, `–`, `•`, `o`.
pub(super) fn is_list_mark(text: &str) -> bool {
    if text.starts_with('(') && !text.contains(')') {
        return false;
    }
    let core = text.trim_start_matches('(').trim_end_matches(['.', ')', ':', '-', '–']);
    let mut characters = core.chars();
    match (characters.next(), characters.next()) {
        (None, _) => true,
        (Some('%' | '€' | '‰'), None) => false,
        (Some(only), None) if !only.is_ascii_digit() => {
            !only.is_alphanumeric() || only == 'o' || text.len() > core.len()
        }
        _ => {
            let numbered = core
                .split(['.', '-', '–'])
                .all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
            let roman = core.len() <= 4 && core.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
            (numbered || roman) && (text.len() > core.len() || core.contains('.'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_items_close_the_brackets_that_they_open() {
        assert!(["(b)", "a)", "iv.", "1.", "–"].into_iter().all(is_list_mark));
        assert!(["(x", "(31", "Totaal", "€"].into_iter().all(|text| !is_list_mark(text)));
    }
}
