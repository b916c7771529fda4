//! Labels that name a question and its part at once, as replies do that repeat the number before each part.
//!
//! Takes a line, gives both labels and how many bytes they take together. Says nothing of whether they are labels, which
//! only the sequence shows ([`numbering`](super::numbering)).
//!
//! ```text
//! 1.a. Op 1 januari …          1, part a
//! 1.b. De wachttijd …          the same answer, part b
//! 3. ii) In 2024 …             3, part ii
//! 2.1. Er werden …             2, part 2.1, where no line says 2 alone
//! ```

use super::label::{Family, Label, Style};

/// Signs that may stand between a number and the letter of its part.
const BETWEEN: [char; 5] = ['.', ')', '-', '/', '°'];

/// A question's number with the mark of one of its parts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Compound {
    /// The number; takes no bytes where the part's mark has it in itself (`2.1`).
    pub outer: Label,
    /// The part.
    pub part: Label,
}

impl Compound {
    /// Reads the two labels that a line begins with, of which `first` is the one that it is read to begin with.
    pub(super) fn read(line: &str, first: Option<&Label>) -> Option<Self> {
        if !line.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match first {
            Some(first) => match first.family {
                Family::Decimal(parent) => Some(Self { outer: number(parent, 0), part: first.clone() }),
                Family::Number if first.numbers.len() == 1 => Self::behind(line, first),
                _ => None,
            },
            None => Self::closed_up(line),
        }
    }

    /// `1. a) …`, `2a) …`: the part behind a number that is a label by itself.
    fn behind(line: &str, outer: &Label) -> Option<Self> {
        let part = Label::read(line.get(outer.len..)?).filter(|part| is_letter(part.family))?;
        Some(Self { outer: outer.clone(), part })
    }

    /// `1.a. …`, `3-ii) …`: no space between the two.
    fn closed_up(line: &str) -> Option<Self> {
        let digits = line.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let value = line.get(..digits)?.parse().ok().filter(|value| *value > 0 && digits < 4)?;
        let rest = line.get(digits..)?.strip_prefix(BETWEEN)?;
        let part = Label::read(rest).filter(|part| is_letter(part.family))?;
        Some(Self { outer: number(value, line.len() - rest.len()), part })
    }

    /// The bytes of both.
    pub(super) fn len(&self) -> usize {
        self.outer.len + self.part.len
    }
}

fn number(value: u32, len: usize) -> Label {
    Label { family: Family::Number, style: Style::Dot, numbers: vec![value], len }
}

fn is_letter(family: Family) -> bool {
    matches!(family, Family::Letter | Family::Roman | Family::Capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Compound> {
        Compound::read(line, Label::read(line).as_ref())
    }

    #[test]
    fn both_labels_are_read() {
        for (line, number, part, rest) in [
            ("1.a. Op 1 januari", 1, (Family::Letter, 1), "Op 1 januari"),
            ("1b) Neen", 1, (Family::Letter, 2), "Neen"),
            ("12. c) Neen", 12, (Family::Letter, 3), "Neen"),
            ("3.ii. In 2024", 3, (Family::Roman, 2), "In 2024"),
            ("2.1. Er werden", 2, (Family::Decimal(2), 1), "Er werden"),
        ] {
            let read = read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((read.outer.numbers.as_slice(), &line[read.len()..]), ([number].as_slice(), rest), "{line}");
            assert_eq!((read.part.family, read.part.first()), part, "{line}");
        }
        for line in ["1. Neen", "a) Neen", "1.abc. Neen", "1.000 dossiers", "2-3. Neen", "1.a.Neen"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
