//! Labels: what a line begins with when it opens a question, an answer, or a part of one.
//!
//! Takes a line, gives its label and how many bytes it takes; says nothing of whether the line really is one, which only
//! the sequence shows ([`numbering`](super::numbering)).
//!
//! ```text
//! 1.   2)   (3)   4°   5/   1-3.   1.-2.   1. en 2.   1 tot 3.   1, 2 en 4.   Vraag 1:   Antwoord op vraag 2   Deelvraag 1.
//! Vraag twee:   Derde vraag:
//! 1.1   2.3.   a)   b.   (c)   ii)   IV.
//! ```

use super::worded::numbers_behind_words;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::character::complete::{one_of, space0, space1};
use nom::combinator::{opt, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// The highest label: no written question asks more; years and quantities are above it.
const HIGHEST: u32 = 199;
/// Labels that one range covers at most; `1-150.` is none.
const LONGEST_RANGE: u32 = 60;

/// A label as read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// What it counts with.
    pub family: Family,
    /// How it is written.
    pub style: Style,
    /// The numbers that it covers, ascending; for a part (`6.1`) the last of its path.
    pub numbers: Vec<u32>,
    /// The bytes of the label with the white space behind it.
    pub len: usize,
}

/// What a label counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `1.`, `1-3.`, `Vraag 1`.
    Number,
    /// `6.1`: the number it belongs to.
    Decimal(u32),
    /// `a)`.
    Letter,
    /// `B.`
    Capital,
    /// `ii)`; a lone `i)` or `v)` is a letter too.
    Roman,
}

/// How a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `1.`
    Dot,
    /// `1)`, `(1)`.
    Paren,
    /// `1` and nothing behind it.
    Bare,
    /// `Vraag 1`.
    Worded,
}

impl Label {
    /// Reads the label that a line begins with.
    pub(super) fn read(line: &str) -> Option<Self> {
        let first = line.chars().next()?;
        let label = match first {
            '0'..='9' => number_label(line),
            '(' => enclosed(line),
            _ if first.is_ascii_alphabetic() => letter_label(line).or_else(|| worded_label(line)),
            _ => None,
        }?;
        let numbers_fit = label.numbers.iter().all(|n| (1..=HIGHEST).contains(n));
        (numbers_fit && !label.numbers.is_empty()).then_some(label)
    }

    /// The label as it is named in the JSON: `3`, `6.1`, `a`, `ii`.
    pub(super) fn name(&self, number: u32) -> String {
        let letter =
            |base: u8| char::from(base.saturating_add(u8::try_from(number.saturating_sub(1)).unwrap_or(25).min(25)));
        match self.family {
            Family::Number => number.to_string(),
            Family::Decimal(parent) => format!("{parent}.{number}"),
            Family::Letter => letter(b'a').to_string(),
            Family::Capital => letter(b'A').to_string(),
            Family::Roman => roman_name(number),
        }
    }

    /// The label as Roman numbers have it: `i)` is the ninth letter or the first of them.
    pub(super) fn as_roman(&self) -> Option<Self> {
        let number = match (self.family, self.first()) {
            (Family::Roman, number) => number,
            (Family::Letter, 9) => 1,
            (Family::Letter, 22) => 5,
            (Family::Letter, 24) => 10,
            _ => return None,
        };
        Some(Self { family: Family::Roman, numbers: vec![number], ..self.clone() })
    }

    /// The first number.
    pub(super) fn first(&self) -> u32 {
        self.numbers.first().copied().unwrap_or(0)
    }

    /// The last number.
    pub(super) fn last(&self) -> u32 {
        self.numbers.last().copied().unwrap_or(0)
    }
}

fn number_label(line: &str) -> Option<Label> {
    decimal(line).or_else(|| several(line)).or_else(|| single(line))
}

/// `6.1`, `6.1.`, `6.1)`: no sub-number of three figures (`3.576`), and white space behind it.
fn decimal(line: &str) -> Option<Label> {
    let (rest, (parent, sub)) = (terminated(small, tag("."))).and(small).parse(line).ok()?;
    let rest = rest.strip_prefix(['.', ')', ':']).unwrap_or(rest);
    let (family, style) = (Family::Decimal(parent), Style::Dot);
    finished(line, rest).map(|len| Label { family, style, numbers: vec![sub], len })
}

/// `1-3.`, `1.-2.`, `1. en 2.`, `1 tot 3.`, `1, 2 en 4.`; the last number has its stop, or the line ends there.
fn several(line: &str) -> Option<Label> {
    let (behind, _) = small(line).ok()?;
    if !may_join(behind) {
        return None;
    }
    joined(behind).ok()?;
    let (rest, numbers) = number_list(line).ok()?;
    let (rest, stopped) = stop(rest);
    // `2. en 3.In 2015`: the space is lost.
    let glued = (stopped && rest.starts_with(char::is_uppercase)).then_some(line.len() - rest.len());
    let len = finished(line, rest).or(glued)?;
    // Without a stop a word must join them: `1-3` alone on its line is a cell.
    let alone = len == line.len() && line.contains(|c: char| c.is_alphabetic());
    let style = if stopped { Style::Dot } else { Style::Bare };
    (numbers.len() > 1 && (stopped || alone)).then_some(Label { family: Family::Number, style, numbers, len })
}

fn single(line: &str) -> Option<Label> {
    let (rest, number) = small(line).ok()?;
    // `2a)` is label 2 with part a.
    if rest.starts_with(|c: char| c.is_ascii_lowercase()) {
        let part = letter_label(rest)?;
        return (part.len <= rest.len()).then(|| Label {
            family: Family::Number,
            style: Style::Paren,
            numbers: vec![number],
            len: line.len() - rest.len(),
        });
    }
    let (style, rest) = match rest.chars().next() {
        Some('.' | ':' | '°') => (Style::Dot, rest.trim_start_matches(['.', ':', '°', ')'])),
        Some(')') => (Style::Paren, &rest[1..]),
        _ => behind_slash(rest).map_or((Style::Bare, rest), |behind| (Style::Dot, behind)),
    };
    let len = match finished(line, rest) {
        Some(len) => len,
        // `1.Hoeveel`: the space is lost.
        None if style != Style::Bare && rest.starts_with(char::is_uppercase) => line.len() - rest.len(),
        None => return None,
    };
    let text = &line[len..];
    let own_part = decimal(text).is_some_and(|part| part.family == Family::Decimal(number));
    let in_prose = style == Style::Bare && !text.is_empty() && !text.starts_with(char::is_uppercase) && !own_part;
    (!in_prose).then(|| Label { family: Family::Number, style, numbers: vec![number], len })
}

/// `(1)`, `(a)`, `(ii)`.
fn enclosed(line: &str) -> Option<Label> {
    let inner = line.strip_prefix('(')?;
    let close = inner.find(')').filter(|at| (1..=4).contains(at))?;
    let rest = &inner[close + 1..];
    let len = finished(line, rest)?;
    let (family, numbers) = match inner[..close].parse() {
        Ok(number) => (Family::Number, vec![number]),
        Err(_) => letters(&inner[..close])?,
    };
    Some(Label { family, style: Style::Paren, numbers, len })
}

/// `a)`, `b.`, `ii)`, `IV.`, `B)`.
fn letter_label(line: &str) -> Option<Label> {
    let end = line.bytes().take(5).position(|b| !b.is_ascii_alphabetic())?;
    let style = match line.as_bytes().get(end)? {
        b')' => Style::Paren,
        b'.' => Style::Dot,
        _ => return None,
    };
    let len = finished(line, &line[end + 1..])?;
    let (family, numbers) = letters(&line[..end])?;
    Some(Label { family, style, numbers, len })
}

fn letters(text: &str) -> Option<(Family, Vec<u32>)> {
    let first = text.bytes().next()?;
    if text.len() == 1 && first.is_ascii_lowercase() {
        return Some((Family::Letter, vec![u32::from(first - b'a') + 1]));
    }
    let roman = roman_number(text);
    if text.len() == 1 && roman.is_none() {
        return Some((Family::Capital, vec![u32::from(first.to_ascii_uppercase().wrapping_sub(b'A')) + 1]));
    }
    roman.map(|number| (Family::Roman, vec![number]))
}

/// A Roman number up to 39 in letters of one case.
fn roman_number(text: &str) -> Option<u32> {
    let one_case = !text.bytes().any(|b| b.is_ascii_uppercase()) || text.bytes().all(|b| b.is_ascii_uppercase());
    let tens = text.bytes().take(3).take_while(|b| matches!(b, b'x' | b'X')).count();
    let units = text.get(tens..).filter(|_| one_case)?;
    let unit = ROMAN_UNITS.iter().position(|unit| unit.eq_ignore_ascii_case(units))?;
    let number = tens as u32 * 10 + unit as u32;
    (1..40).contains(&number).then_some(number)
}

const ROMAN_UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

fn roman_name(number: u32) -> String {
    let tens = "x".repeat((number / 10).min(4) as usize);
    format!("{tens}{}", ROMAN_UNITS[(number % 10) as usize])
}

/// `Vraag 1`, `Vragen 1 en 2:`, `Antwoord op vraag 2:`, `Derde vraag:`; prose goes on behind a bare number (`Vraag 1 en 2
/// worden samen behandeld`).
fn worded_label(line: &str) -> Option<Label> {
    let (rest, numbers) = numbers_behind_words(line)?;
    let (rest, stopped) = stop(rest);
    let len = finished(line, rest)?;
    let alone = len == line.len();
    (stopped || alone).then_some(Label { family: Family::Number, style: Style::Worded, numbers, len })
}

/// A list of numbers and ranges: `1`, `1-3`, `1.-2`, `1. en 2`, `1, 2 en 4`, `1 t.e.m. 3`.
pub(super) fn number_list(input: &str) -> IResult<&str, Vec<u32>> {
    let (mut rest, first) = small(input)?;
    let mut numbers = vec![first];
    while let Ok((after, (range, next))) = joined(rest) {
        let last = numbers.last().copied().unwrap_or(0);
        if next <= last || next - last > LONGEST_RANGE || next > HIGHEST {
            break;
        }
        if range {
            numbers.extend(last + 1..next);
        }
        numbers.push(next);
        rest = after;
    }
    Ok((rest, numbers))
}

/// Whether what stands behind a number can join it to another: nearly no line goes further.
fn may_join(behind: &str) -> bool {
    let behind = behind.strip_prefix(['.', ')', '°']).unwrap_or(behind).trim_start();
    behind.starts_with(['-', '–', ',', '&', '+', '/', 't', 'T', 'e', 'E'])
}

/// The next number of a list, and whether a range leads to it.
fn joined(rest: &str) -> IResult<&str, (bool, u32)> {
    preceded(opt(one_of(".)°")), (joiner, small)).parse(rest)
}

/// What stands between two numbers of a list; true for a range.
fn joiner(input: &str) -> IResult<&str, bool> {
    let to = alt((
        value(true, (space0, one_of("-–"), space0)),
        value(
            true,
            (
                space1,
                alt((
                    tag_no_case("tot en met"),
                    tag_no_case("t.e.m."),
                    tag_no_case("t/m"),
                    tag_no_case("tem"),
                    tag_no_case("tot"),
                )),
                space1,
            ),
        ),
    ));
    let and = alt((
        value(false, (opt(tag(",")), space1, alt((tag_no_case("en"), tag("&"), tag("+"))), space1)),
        value(false, (space0, one_of(",&+/"), space0)),
    ));
    alt((to, and)).parse(input)
}

/// What stands behind the slash of `3/ Hoeveel`; one that goes on (`3/4`) is no stop.
fn behind_slash(rest: &str) -> Option<&str> {
    rest.strip_prefix('/').filter(|behind| behind.is_empty() || behind.starts_with(char::is_whitespace))
}

/// A stop behind a label: `.`, `)`, `:`, `°`, `/`, or a dash.
fn stop(rest: &str) -> (&str, bool) {
    if let Some(behind) = behind_slash(rest) {
        return (behind, true);
    }
    let after = rest.trim_start_matches(['.', ')', ':', '°']);
    let dashed = after.trim_start().strip_prefix(['-', '–']).filter(|rest| rest.starts_with(' '));
    match dashed {
        Some(rest) => (rest, true),
        None => (after, after.len() < rest.len()),
    }
}

/// The label's length with white space, if white space or nothing follows it.
fn finished(line: &str, rest: &str) -> Option<usize> {
    let text = rest.trim_start();
    (text.is_empty() || text.len() < rest.len()).then_some(line.len() - text.len())
}

/// A number of one to three figures, none of them a leading zero.
fn small(input: &str) -> IResult<&str, u32> {
    let digits = input.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = input.split_at(digits);
    match number.parse() {
        Ok(value) if digits <= 3 && !number.starts_with('0') => Ok((rest, value)),
        _ => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Digit))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_every_form() {
        for (line, numbers, rest) in [
            ("1. Wat", vec![1], "Wat"),
            ("12) Wat", vec![12], "Wat"),
            ("(3) Wat", vec![3], "Wat"),
            ("4° Wat", vec![4], "Wat"),
            ("4/ Wat", vec![4], "Wat"),
            ("4/", vec![4], ""),
            ("1-3/ Wat", vec![1, 2, 3], "Wat"),
            ("Vraag 2/ Wat", vec![2], "Wat"),
            ("5 Wat", vec![5], "Wat"),
            ("1.Hoeveel", vec![1], "Hoeveel"),
            ("1-3. Wat", vec![1, 2, 3], "Wat"),
            ("1.-2. Wat", vec![1, 2], "Wat"),
            ("2. en 3.Wat", vec![2, 3], "Wat"),
            ("1. en 2. Wat", vec![1, 2], "Wat"),
            ("1 tot 3. Wat", vec![1, 2, 3], "Wat"),
            ("1 tot en met 3: Wat", vec![1, 2, 3], "Wat"),
            ("1, 2 en 4. Wat", vec![1, 2, 4], "Wat"),
            ("Vraag 2: Wat", vec![2], "Wat"),
            ("Antwoord op vragen 2 en 3:", vec![2, 3], ""),
            ("Deelvraag 1", vec![1], ""),
            ("1 en 2", vec![1, 2], ""),
            ("Antw. 2: Wat", vec![2], "Wat"),
            ("Vraag één: Wat", vec![1], "Wat"),
            ("Antwoord op vraag twee", vec![2], ""),
            ("Derde vraag: Wat", vec![3], "Wat"),
            ("2. a) Wat", vec![2], "a) Wat"),
            ("2a) Wat", vec![2], "a) Wat"),
        ] {
            let label = Label::read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((label.family, &label.numbers, &line[label.len..]), (Family::Number, &numbers, rest), "{line}");
        }
    }

    #[test]
    fn parts_are_read_with_their_family() {
        for (line, family, number) in [
            ("6.1 Wat", Family::Decimal(6), 1),
            ("6.12. Wat", Family::Decimal(6), 12),
            ("b) Wat", Family::Letter, 2),
            ("(c) Wat", Family::Letter, 3),
            ("ii. Wat", Family::Roman, 2),
            ("IV. Wat", Family::Roman, 4),
        ] {
            let label = Label::read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((label.family, label.first()), (family, number), "{line}");
        }
    }

    #[test]
    fn prose_and_figures_are_no_labels() {
        for line in [
            "",
            "3.576 dossiers",
            "2020. Dat",
            "1712. Daar",
            "5 oktober",
            "12,5 %",
            "Vraag 1 en 2 gaan over",
            "bv. dit",
            "1u later",
            "1-3",
            "1 en 2 samen",
            "0. Nul",
            "3/4 van de scholen",
            "3 / 4",
        ] {
            assert_eq!(Label::read(line), None, "{line}");
        }
    }
}
