//! Paragraphs: soft line wraps undone.
//!
//! Takes lines of a [`Layout`](super::Layout) and says of two that follow each other whether the second goes on where the
//! first broke off ([`Measure::continues`]); puts pieces of lines together to one line of text ([`join`]). Which lines
//! begin an item or a label is for others to say.
//!
//! ```text
//! … geplande vorming aan de CLB-       ┐
//! chat, met begeleiding.               ┘ "… geplande vorming aan de CLB-chat, met begeleiding."
//! Er werd sterk ingezet op …             short line, full stop: a new paragraph, though no blank line says so
//! ```

pub(crate) use super::join::{Addresses, is_address_start, join, links_on, without_mark};
pub(crate) use super::measure::Measure;
use std::ops::Range;

/// A stretch of one line: the line's index and bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The line.
    pub line: usize,
    /// Its bytes, without label or bullet.
    pub bytes: Range<usize>,
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
pub(super) fn ends_in_link(line: &str) -> bool {
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
pub(super) fn breaks_word(line: &str) -> bool {
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
