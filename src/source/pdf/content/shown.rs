//! The array of `TJ`, read by hand: strings and the moves between them are the most of a page's bytes.
//!
//! ```text
//! [(H)2(oe)-3.5(v\(e)<656c>]   → "H"  2  "oe"  -3.5  "v(e"  "el"
//! ```
//!
//! Only what writers of PDFs write is read: an array with anything else in it is left to the crate.

use std::ops::Range;

/// The most digits of a number: as many as a float keeps.
const MOST_DIGITS: usize = 15;

/// A part of an array.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'s> {
    /// A string, without its escapes.
    Text(&'s [u8]),
    /// A number: thousandths of the size.
    Move(f64),
}

/// What an array shows; its memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Shown {
    bytes: Vec<u8>,
    parts: Vec<Place>,
}

#[derive(Debug)]
enum Place {
    Text(Range<usize>),
    Move(f64),
}

impl Shown {
    /// Reads what stands between the brackets; whether all of it is known.
    pub(super) fn read(&mut self, data: &[u8]) -> bool {
        self.read_parts(data).is_some_and(<[u8]>::is_empty)
    }

    /// Finds the next array that is shown, and reads it: the instructions before it, and those behind it. None where no
    /// such array can be told from what stands in a string, a comment or a picture's data.
    pub(super) fn read_next<'d>(&mut self, content: &'d [u8]) -> Option<(&'d [u8], &'d [u8])> {
        let start = memchr::memchr(b'[', content)?;
        let (before, array) = content.split_at_checked(start)?;
        let after_operator = before.trim_ascii_end().last().is_none_or(|byte| byte.is_ascii_alphabetic());
        let is_plain = memchr::memchr2(b'(', b'%', before).is_none() && memchr::memmem::find(before, b"BI").is_none();
        if !after_operator || !is_plain {
            return None;
        }
        let behind = self.read_parts(array.get(1..)?)?.strip_prefix(b"]")?;
        let behind = behind.trim_ascii_start().strip_prefix(b"TJ")?;
        let ends = behind.first().is_none_or(u8::is_ascii_whitespace);
        ends.then_some((before, behind))
    }

    /// The parts in order.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.parts.iter().map(|part| match part {
            Place::Text(range) => Part::Text(self.bytes.get(range.clone()).unwrap_or_default()),
            Place::Move(by) => Part::Move(*by),
        })
    }

    /// The parts up to a closing bracket or the end: what is behind them.
    fn read_parts<'d>(&mut self, mut rest: &'d [u8]) -> Option<&'d [u8]> {
        self.bytes.clear();
        self.parts.clear();
        while let Some((&first, behind)) = rest.split_first() {
            let start = self.bytes.len();
            rest = match first {
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\0' => {
                    rest = behind;
                    continue;
                }
                b']' => return Some(rest),
                b'(' => self.read_literal(behind)?,
                b'<' => self.read_hex(behind)?,
                _ => {
                    let (number, behind) = read_number(rest)?;
                    self.parts.push(Place::Move(number));
                    rest = behind;
                    continue;
                }
            };
            self.parts.push(Place::Text(start..self.bytes.len()));
        }
        Some(rest)
    }

    /// A string in parentheses: what is behind it.
    fn read_literal<'d>(&mut self, mut rest: &'d [u8]) -> Option<&'d [u8]> {
        loop {
            let end = rest.iter().position(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\n' | b'\r'))?;
            let (plain, behind) = rest.split_at_checked(end)?;
            self.bytes.extend_from_slice(plain);
            rest = match behind {
                [b')', behind @ ..] => return Some(behind),
                [b'\\', byte @ (b'(' | b')' | b'\\'), behind @ ..] => {
                    self.bytes.push(*byte);
                    behind
                }
                [b'\\', a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', behind @ ..] => {
                    self.bytes.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                    behind
                }
                _ => return None,
            };
        }
    }

    /// A string in hexadecimal digits, two a byte: what is behind it.
    fn read_hex<'d>(&mut self, mut rest: &'d [u8]) -> Option<&'d [u8]> {
        loop {
            match rest {
                [b'>', behind @ ..] => return Some(behind),
                [high, low, behind @ ..] => {
                    self.bytes.push(digit(*high)? << 4 | digit(*low)?);
                    rest = behind;
                }
                _ => return None,
            }
        }
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// A number, and what is behind it: digits, a point among them, a sign before.
fn read_number(data: &[u8]) -> Option<(f64, &[u8])> {
    let (negative, unsigned) = match data {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, data),
    };
    let (mut rest, mut value, mut digits, mut divisor, mut has_point) = (unsigned, 0_u64, 0, 1_u64, false);
    while let [byte @ (b'0'..=b'9' | b'.'), behind @ ..] = rest {
        if *byte == b'.' {
            if std::mem::replace(&mut has_point, true) {
                return None;
            }
        } else {
            digits += 1;
            if digits > MOST_DIGITS {
                return None;
            }
            value = value * 10 + u64::from(byte - b'0');
            divisor *= if has_point { 10 } else { 1 };
        }
        rest = behind;
    }
    let ends = matches!(rest, [] | [b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\0' | b'(' | b'<' | b']', ..]);
    let number = value as f64 / divisor as f64;
    (digits > 0 && ends).then_some((if negative { -number } else { number }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::content::TypedIter;
    use hayro_syntax::content::ops::TypedInstruction;
    use hayro_syntax::object::Object;

    /// What the crate makes of it.
    fn told(array: &str) -> Vec<String> {
        let content = format!("[{array}] TJ");
        let mut instructions = TypedIter::new(content.as_bytes());
        let Some(TypedInstruction::ShowTexts(texts)) = instructions.next() else { return Vec::new() };
        let part = |item| match item {
            Object::String(text) => format!("{:?}", Part::Text(text.as_bytes())),
            Object::Number(by) => format!("{:?}", Part::Move(by.as_f64())),
            _ => "else".to_owned(),
        };
        texts.0.iter::<Object<'_>>().map(part).collect()
    }

    #[test]
    fn what_is_read_by_hand_is_what_the_crate_reads() {
        for array in [
            "(H)2(oe)-3.5(veel)",
            " (a) -120 (b)\n+7.25(c)0.00001(d)",
            "(v\\(e\\)\\\\) (\\344\\012)",
            "<48656C6c>-.5<00ff>3.",
            "()<>(a)",
            "",
        ] {
            let mut shown = Shown::default();
            assert!(shown.read(array.as_bytes()), "{array}");
            let parts: Vec<String> = shown.parts().map(|part| format!("{part:?}")).collect();
            assert_eq!(parts, told(array), "{array}");
        }
    }

    #[test]
    fn arrays_are_found_between_other_instructions() {
        let content = b"BT /F1 10 Tf <</MCID 0>> BDC [(a)-1] TJ 1 0 0 1 7 7 Tm[<62>]TJ\nET";
        let mut shown = Shown::default();
        let (before, rest) = shown.read_next(content).unwrap();
        assert_eq!((before.len(), shown.parts().count()), (29, 2));
        let (before, rest) = shown.read_next(rest).unwrap();
        assert_eq!((before, shown.parts().count(), rest), (b" 1 0 0 1 7 7 Tm".as_slice(), 1, b"\nET".as_slice()));
        assert!(shown.read_next(rest).is_none());
    }

    #[test]
    fn an_array_that_may_stand_in_something_else_is_left_to_the_crate() {
        for content in [
            "([(a)] TJ) Tj",
            "% [(a)] TJ",
            "BI /W 1 ID [(a)] TJ EI",
            "7 [(a)] TJ",
            "[(a)] 0 d",
            "[(a)] TJx",
            "[(a)",
            "[1",
        ] {
            assert!(Shown::default().read_next(content.as_bytes()).is_none(), "{content}");
        }
    }

    #[test]
    fn what_is_out_of_the_ordinary_is_left_to_the_crate() {
        for array in [
            "(a(b))", "(a\\nb)", "<4 8>", "<486>", "1.2.3", "--1", "1-2", "(a) /b", "% (a)", "[1]", "1e3", "-", "(a",
            "<a",
        ] {
            assert!(!Shown::default().read(array.as_bytes()), "{array}");
        }
    }
}
