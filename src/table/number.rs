//! What one cell says: a number with its unit, marker and remark, a missing figure, a date, or words.
//!
//! Takes the text of a cell, gives a [`Typed`]; knows nothing of columns or rows. Belgian notation: thousands apart by
//! a space or a point, decimals behind a comma.
//!
//! ```text
//! 19 612 (campagne)   19612, note "campagne"        12,5%    12.5, unit %
//! 1 140*              1140, marker *                € 20.200 20200, unit EUR
//! < 5                 below 5                       n.v.t.   missing
//! ```

use crate::layout::lines::is_no_break;
use crate::model::Bound;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{map, not, opt, peek, recognize, value, verify};
use nom::multi::many1_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CellKind {
    /// Nothing at all.
    #[default]
    Empty,
    /// A sign that there is no figure: `/`, `-`, `n.v.t.`.
    Missing,
    /// A plain number.
    Number,
    /// A percentage.
    Percent,
    /// An amount of money.
    Currency,
    /// A date.
    Date,
    /// A number that is only bounded: `< 5`.
    Bound,
    /// Anything else.
    Text,
}

impl CellKind {
    /// Whether the cell has a value.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, Self::Number | Self::Percent | Self::Currency)
    }
}

/// A cell's text, understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Typed {
    /// What it is.
    pub kind: CellKind,
    /// Its number.
    pub value: Option<f64>,
    /// Printed decimals: the rounding that a check must grant.
    pub decimals: u8,
    /// `%`, `EUR`, or the word behind the number.
    pub unit: Option<String>,
    /// The footnote mark behind the number.
    pub marker: Option<String>,
    /// The remark in brackets behind the number, without the brackets.
    pub note: Option<String>,
    /// The bound.
    pub bound: Option<Bound>,
    /// Whether the digits come in groups of three, and by what.
    pub grouping: Grouping,
}

/// How the thousands of a number are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Grouping {
    /// No thousands, or none that are set apart in a number below 1000.
    #[default]
    None,
    /// Four digits or more in one run: `1712`.
    Run,
    /// `3 576`
    Space,
    /// `3.576`
    Point,
}

/// Reads the text of a cell. Never fails: what is no number is text.
pub(crate) fn type_cell(text: &str) -> Typed {
    let text = text.trim();
    if text.is_empty() {
        return Typed::default();
    }
    if let Some(typed) = plain_run(text).or_else(|| plain_groups(text)) {
        return typed;
    }
    if is_missing(text) {
        return Typed { kind: CellKind::Missing, ..Typed::default() };
    }
    if begins_as_word(text) || !text.bytes().any(|b| b.is_ascii_digit()) {
        return Typed { kind: CellKind::Text, ..Typed::default() };
    }
    if is_date(text) {
        return Typed { kind: CellKind::Date, ..Typed::default() };
    }
    match quantity(text) {
        Ok(("", typed)) => typed,
        _ => Typed { kind: CellKind::Text, ..Typed::default() },
    }
}

/// Digits that a double holds exactly.
const EXACT_DIGITS: usize = 15;

/// Nothing but digits, as most figures are: read without the grammar.
fn plain_run(text: &str) -> Option<Typed> {
    let plain = text.len() <= EXACT_DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| Typed {
        kind: CellKind::Number,
        value: Some(digits_value(0.0, text)),
        grouping: if text.len() > 3 { Grouping::Run } else { Grouping::None },
        ..Typed::default()
    })
}

/// Nothing but digits in groups of three, all behind a space or all behind a point, as most other figures are.
fn plain_groups(text: &str) -> Option<Typed> {
    let bytes = text.as_bytes();
    let head = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let separator = *bytes.get(head).filter(|b| matches!(b, b' ' | b'.'))?;
    let is_group =
        |group: &[u8]| group.len() == 4 && group[0] == separator && group.iter().skip(1).all(u8::is_ascii_digit);
    let grouped = (1..=3).contains(&head) && bytes[0] != b'0' && bytes[head..].chunks(4).all(is_group);
    let grouping = if separator == b' ' { Grouping::Space } else { Grouping::Point };
    (grouped && bytes.len() <= EXACT_DIGITS).then(|| Typed {
        kind: CellKind::Number,
        value: Some(text.split(char::from(separator)).fold(0.0, digits_value)),
        grouping,
        ..Typed::default()
    })
}

/// Whether a text begins with a letter that no word before a number does (`minder dan`, `ca.`, `ongeveer`, `euro`).
fn begins_as_word(text: &str) -> bool {
    let first = text.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    first.is_ascii_alphabetic() && !matches!(first, b'c' | b'e' | b'm' | b'o')
}

/// The number that digits behind those of `before` make.
pub(crate) fn digits_value(before: f64, digits: &str) -> f64 {
    digits.bytes().fold(before, |value, digit| value * 10.0 + f64::from(digit.wrapping_sub(b'0')))
}

/// The text with no-break and thin spaces as plain ones; borrowed where there are none.
pub(crate) fn plain_spaces(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(is_no_break) { text.replace(is_no_break, " ").into() } else { text.into() }
}

/// Whether a cell says that there is no figure. The signs are those that Flemish administrations print: a dash, a
/// slash, dots, and the usual abbreviations of *niet van toepassing*, *niet beschikbaar* and *niet gekend*.
pub(crate) fn is_missing(text: &str) -> bool {
    const WORDS: [&str; 11] = ["n.v.t.", "n.v.t", "nvt", "nvt.", "n.b.", "n.b", "nb", "n.g.", "n/a", "n.a.", "#n/b"];
    match text {
        "/" | "-" | "–" | "—" | "‐" | "‑" | "--" | "//" | "." | ".." | "..." | "…" | "?" => true,
        _ => text.len() <= 8 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)),
    }
}

/// Whether the text is a day: `09/11/2019`, `9-11-2019`, `9.11.2019`, `2019-11-09`, `9 november 2019`.
pub(crate) fn is_date(text: &str) -> bool {
    let first = text.as_bytes().first().copied().unwrap_or(b' ');
    first.is_ascii_digit() && (is_numeric_date(text) || is_month_of_year(text) || is_written_date(text))
}

/// Bytes of a day or a month in figures at most: `0009/0011/2019`.
const LONGEST_DATE: usize = 14;

fn is_numeric_date(text: &str) -> bool {
    let short =
        text.len() <= LONGEST_DATE && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'.'));
    short
        && ['/', '-', '.'].into_iter().any(|separator| {
            let mut parts = [0_u32; 3];
            let mut count = 0;
            for piece in text.split(separator) {
                let Some(slot) = parts.get_mut(count) else { return false };
                // `3.002.000` has groups of three: no day.
                let Some(number) = all_digits(piece).filter(|_| matches!(piece.len(), 1 | 2 | 4)) else { return false };
                // `16.3.1` is an article's number: a year has two digits or four.
                if count == 2 && piece.len() == 1 && separator == '.' {
                    return false;
                }
                *slot = number;
                count += 1;
            }
            let day_month = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
            count == 3
                && (day_month(parts[0], parts[1]) && (parts[2] >= 1900 || parts[2] < 100) && parts[2] < 2200
                    || (1900..2200).contains(&parts[0]) && day_month(parts[2], parts[1]))
        })
}

/// `07/2021`, `7-2021`
fn is_month_of_year(text: &str) -> bool {
    let parts = if text.len() <= LONGEST_DATE { text.split_once(['/', '-']) } else { None };
    parts.is_some_and(|(month, year)| {
        month.len() <= 2 && all_digits(month).is_some_and(|month| (1..=12).contains(&month)) && is_year(year)
    })
}

/// The months decide nothing about a table's shape: they only keep a day from being read as a number with a unit.
fn is_written_date(text: &str) -> bool {
    let mut words = text.split_whitespace();
    if !words.next().and_then(all_digits).is_some_and(|day| (1..=31).contains(&day)) {
        return false;
    }
    let (Some(month), year, None) = (words.next(), words.next(), words.next()) else { return false };
    is_month(month) && year.is_none_or(|y| all_digits(y).is_some_and(|y| (1900..2200).contains(&y)))
}

/// Whether a word is a Dutch month or its usual abbreviation.
pub(crate) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.');
    let starts = |month: &str| month.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    word.len() >= 3 && (MONTHS.into_iter().any(starts) || word.eq_ignore_ascii_case("mrt"))
}

fn all_digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Whether a text is two years on end as one run of digits: `2015-2016` that was wrapped at its hyphen and joined.
pub(crate) fn is_year_span(text: &str) -> bool {
    let (Some(first), Some(second)) = (text.get(..4), text.get(4..)) else { return false };
    let year = |text: &str| text.parse::<u32>().ok().filter(|_| is_year(text));
    year(first).zip(year(second)).is_some_and(|(first, second)| first + 1 == second)
}

/// A year as a header prints it: four digits between 1900 and 2099.
pub(crate) fn is_year(text: &str) -> bool {
    text.len() == 4 && all_digits(text).is_some_and(|year| (1900..2100).contains(&year))
}

#[derive(Clone, Copy)]
enum Lead {
    Euro,
    Below,
    Above,
    About,
}

fn quantity(input: &str) -> IResult<&str, Typed> {
    // `-€ 500`: the sign stands before the currency.
    let (rest, minus) = opt(terminated(one_of("-−–"), peek(preceded(space0, euro)))).parse(input)?;
    let (rest, lead) = opt(terminated(lead_sign, space0)).parse(rest.trim_start())?;
    let (rest, mut typed) = number(rest)?;
    if minus.is_some() {
        typed.value = typed.value.map(|value| -value);
    }
    if rest.is_empty() && lead.is_none() {
        return Ok((rest, Typed { kind: CellKind::Number, ..typed }));
    }
    let (rest, unit) = opt(preceded(space0, unit_name)).parse(rest)?;
    let (rest, marker) = opt(preceded(space0, marker_sign)).parse(rest)?;
    let (rest, note) = opt(preceded(space0, remark)).parse(rest)?;
    let (rest, late) = opt(preceded(space0, marker_sign)).parse(rest)?;
    typed.unit = unit.map(str::to_owned);
    typed.marker = marker.or(late).map(str::to_owned);
    typed.note = note.map(str::to_owned);
    typed.kind = match unit {
        Some("%") => CellKind::Percent,
        Some("EUR") => CellKind::Currency,
        _ => CellKind::Number,
    };
    match lead {
        Some(Lead::Euro) => {
            typed.kind = CellKind::Currency;
            typed.unit = Some("EUR".to_owned());
        }
        Some(Lead::Below) => typed = bounded(typed, Bound::Below),
        Some(Lead::Above) => typed = bounded(typed, Bound::Above),
        Some(Lead::About) | None => {}
    }
    Ok((rest, typed))
}

fn bounded(typed: Typed, bound: fn(f64) -> Bound) -> Typed {
    Typed { kind: CellKind::Bound, bound: typed.value.map(bound), value: None, ..typed }
}

fn lead_sign(input: &str) -> IResult<&str, Lead> {
    not(peek(one_of("0123456789-+"))).parse(input)?;
    alt((
        value(Lead::Euro, euro),
        value(Lead::Below, alt((tag("<="), tag("<"), tag("≤"), tag("minder dan"), tag("max.")))),
        value(Lead::Above, alt((tag(">="), tag(">"), tag("≥"), tag("meer dan"), tag("min.")))),
        value(Lead::About, alt((tag("±"), tag("~"), tag("ca."), tag("circa"), tag("ong.")))),
    ))
    .parse(input)
}

fn euro(input: &str) -> IResult<&str, &str> {
    alt((tag("€"), tag("euro"), tag("Euro"), tag("EUR"), tag("eur"))).parse(input)
}

fn number(input: &str) -> IResult<&str, Typed> {
    let (rest, sign) = opt(terminated(one_of("-+−–"), space0)).parse(input)?;
    let (rest, (whole, grouping)) = alt((grouped, run)).parse(rest)?;
    let (rest, fraction) = opt(alt((comma_fraction, point_fraction))).parse(rest)?;
    not(peek(one_of("0123456789/:-"))).parse(rest)?;
    let fraction = fraction.unwrap_or_default();
    let magnitude = magnitude(whole, fraction);
    let negative = sign.is_some_and(|s| s != '+');
    let typed = Typed {
        value: Some(if negative { -magnitude } else { magnitude }).filter(|v| v.is_finite()),
        decimals: fraction.len().min(9) as u8,
        grouping,
        ..Typed::default()
    };
    Ok((rest, typed))
}

fn magnitude(whole: &str, fraction: &str) -> f64 {
    if fraction.is_empty() && whole.len() <= EXACT_DIGITS {
        return whole.split(|c: char| !c.is_ascii_digit()).fold(0.0, digits_value);
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    format!("{digits}.{fraction}0").parse().unwrap_or(f64::NAN)
}

fn digits(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_digit()).parse(input)
}

/// `3 576`, `1.234.567`: groups of three behind one and the same separator.
fn grouped(input: &str) -> IResult<&str, (&str, Grouping)> {
    let group = |separator: char| {
        recognize((
            take_while_m_n(1, 3, |c: char| c.is_ascii_digit()),
            many1_count(preceded(
                char(separator),
                terminated(take_while_m_n(3, 3, |c: char| c.is_ascii_digit()), not(peek(one_of("0123456789")))),
            )),
        ))
    };
    let not_zero_led = |text: &&str| !text.starts_with('0');
    alt((
        map(verify(group(' '), not_zero_led), |t| (t, Grouping::Space)),
        map(verify(group('.'), not_zero_led), |t| (t, Grouping::Point)),
        map(verify(group('\''), not_zero_led), |t| (t, Grouping::Point)),
    ))
    .parse(input)
}

fn run(input: &str) -> IResult<&str, (&str, Grouping)> {
    map(digits, |t: &str| (t, if t.len() > 3 { Grouping::Run } else { Grouping::None })).parse(input)
}

/// `,50`, and `,-` as shops write whole euros.
fn comma_fraction(input: &str) -> IResult<&str, &str> {
    preceded(char(','), alt((digits, value("", one_of("-–"))))).parse(input)
}

/// `.5`, `.50`: a point with other than three digits cannot part thousands.
fn point_fraction(input: &str) -> IResult<&str, &str> {
    preceded(char('.'), verify(digits, |d: &str| d.len() != 3)).parse(input)
}

/// A unit: per cent, euro, or one or two words in small letters (`dagen`, `miljoen euro`).
fn unit_name(input: &str) -> IResult<&str, &str> {
    alt((
        value("%", alt((tag("%"), terminated(tag("procent"), word_end)))),
        value("EUR", terminated(euro, word_end)),
        recognize((unit_word, opt((char(' '), unit_word)))),
    ))
    .parse(input)
}

fn unit_word(input: &str) -> IResult<&str, &str> {
    let word = take_while1(|c: char| c.is_alphabetic() || c == '²' || c == '³' || c == '/');
    verify(terminated(word, word_end), |w: &str| {
        w.chars().count() >= 2 && w.chars().all(|c| !c.is_uppercase()) && !is_ordinal_ending(w)
            || matches!(w, "u" | "m" | "m²" | "m³" | "km" | "VTE" | "kWh" | "MWh" | "GWh" | "kW" | "MW" | "GB" | "ha")
    })
    .parse(input)
}

fn is_ordinal_ending(word: &str) -> bool {
    matches!(word, "de" | "ste" | "e")
}

fn word_end(input: &str) -> IResult<&str, ()> {
    not(peek(verify(nom::character::complete::anychar, |c| c.is_alphanumeric()))).parse(input)
}

/// `*`, `**`, `(1)`, `¹`, `†`; `1°` is an ordinal.
fn marker_sign(input: &str) -> IResult<&str, &str> {
    alt((
        take_while1(|c: char| matches!(c, '*' | '†' | '‡' | '⁰'..='⁹' | '¹' | '²' | '³')),
        delimited(
            char('('),
            alt((take_while1(|c| c == '*'), take_while_m_n(1, 1, |c: char| c.is_ascii_digit()))),
            char(')'),
        ),
    ))
    .parse(input)
}

/// A remark in brackets that runs to the cell's end (brackets within it included).
fn remark(input: &str) -> IResult<&str, &str> {
    let (rest, _) = char('(').parse(input)?;
    let mut depth = 1_usize;
    for (offset, character) in rest.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (inside, after) = rest.split_at(offset);
            return take_while(|c| c == ')').parse(after).map(|(tail, _)| (tail, inside.trim()));
        }
    }
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Char)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(text: &str) -> Option<f64> {
        type_cell(text).value
    }

    #[test]
    fn belgian_notation() {
        for (text, expected) in [
            ("3 576", 3576.0),
            ("7.500", 7500.0),
            ("1.234,56", 1234.56),
            ("1.234.567", 1_234_567.0),
            ("3.002.000", 3_002_000.0),
            ("2.001.000", 2_001_000.0),
            ("12,5", 12.5),
            ("0,5", 0.5),
            ("1.5", 1.5),
            ("1712", 1712.0),
            ("-292", -292.0),
            ("−5", -5.0),
            ("+8", 8.0),
            ("500,-", 500.0),
            ("ca. 500", 500.0),
            ("-€ 1.250,50", -1250.5),
            ("- € 40", -40.0),
        ] {
            assert_eq!(value_of(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn units_markers_and_remarks_stand_apart() {
        let percent = type_cell("12,5 %");
        assert_eq!((percent.value, percent.kind, percent.unit.as_deref()), (Some(12.5), CellKind::Percent, Some("%")));
        let euro = type_cell("€ 20.200");
        assert_eq!((euro.value, euro.kind), (Some(20200.0), CellKind::Currency));
        assert_eq!(type_cell("20 euro").kind, CellKind::Currency);
        let marked = type_cell("1 140*");
        assert_eq!((marked.value, marked.marker.as_deref()), (Some(1140.0), Some("*")));
        let noted = type_cell("19 612 (lancering interactief platform + campagne)");
        assert_eq!(noted.note.as_deref(), Some("lancering interactief platform + campagne"));
        assert_eq!(noted.value, Some(19612.0));
        assert_eq!(type_cell("12 dagen").unit.as_deref(), Some("dagen"));
    }

    #[test]
    fn what_has_no_value_has_none() {
        for text in [
            "/",
            "-",
            "n.v.t.",
            "nb",
            "",
            "(12)",
            "09/11/2019",
            "2019-2020",
            "1e",
            "3de",
            "0-5 jaar",
            "65+",
            "078 15 15 15",
            "14:30",
            "N47",
            "3550 Diest",
        ] {
            assert_eq!(value_of(text), None, "{text}");
        }
        assert!(is_missing("n.v.t.") && is_missing("/") && !is_missing("Nee"));
        assert_eq!(type_cell("< 5").bound, Some(Bound::Below(5.0)));
        assert_eq!(type_cell("09/11/2019").kind, CellKind::Date);
        assert_eq!(type_cell("9 november 2019").kind, CellKind::Date);
    }
}
