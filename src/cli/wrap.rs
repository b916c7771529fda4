//! Text in lines of a given width, counted in the columns that a terminal takes for it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `most` columns, parted at spaces; a word that is longer is cut.
pub(super) fn wrap(text: &str, most: usize) -> Vec<String> {
    let most = most.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > most {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        push_word(word, most, &mut line, &mut lines);
    }
    lines.push(line);
    lines
}

fn push_word(word: &str, most: usize, line: &mut String, lines: &mut Vec<String>) {
    let mut taken = line.width();
    for character in word.chars() {
        // What a document says must not steer the terminal.
        let character = if character.is_control() { char::REPLACEMENT_CHARACTER } else { character };
        let columns = character.width().unwrap_or(0);
        if taken + columns > most && !line.is_empty() {
            lines.push(std::mem::take(line));
            taken = 0;
        }
        line.push(character);
        taken += columns;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_parted_at_spaces_and_long_words_are_cut() {
        assert_eq!(wrap("een twee drie", 8), ["een twee", "drie"]);
        assert_eq!(wrap("a abcdefgh", 5), ["a", "abcde", "fgh"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(wrap("a\u{1b}[31m", 20), ["a\u{fffd}[31m"]);
    }
}
