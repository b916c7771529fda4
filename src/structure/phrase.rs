//! The small grammars of head lines and references: dates, numbers, `van … van …`.
//!
//! Takes the text of a line (or a few words joined by single spaces), gives what was read and what is left, as `nom`
//! parsers do. Knows the Dutch words, no document.
//!
//! ```text
//! op vraag nr. 26 van 8 oktober 2020        number 26, date 2020-10-08
//! datum: 08/10/2020                         date 2020-10-08
//! schriftelijke vragen nr. 3 van 1/2/2020 en nr. 7
//! ```

use crate::model::Date;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while1};
use nom::character::complete::{char, digit1, one_of, space0, space1};
use nom::combinator::{map_opt, opt, peek, recognize, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// The months as Dutch writes them; an abbreviation is any beginning of at least three letters.
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
/// Abbreviations that are no beginning of their month.
const SHORT_MONTHS: [(&str, u8); 1] = [("mrt", 3)];

/// `8 oktober 2020`, `8 okt. 2020`, `1ste mei 2020`, `08/10/2020`, `8-10-2020`, `8.10.2020`, `2020-10-08`.
pub(super) fn date(input: &str) -> IResult<&str, Date> {
    alt((worded_date, iso_date, figure_date)).parse(input)
}

fn worded_date(input: &str) -> IResult<&str, Date> {
    let ordinal = opt(alt((tag_no_case("ste"), tag_no_case("de"), tag("°"))));
    let day = terminated(number_below(2), (ordinal, space1));
    let month = terminated(month, (opt(char('.')), space1));
    map_opt((day, month, number_below(4)), |(day, month, year)| calendar(year, u32::from(month), day)).parse(input)
}

fn figure_date(input: &str) -> IResult<&str, Date> {
    let (rest, day) = number_below(2).parse(input)?;
    let (rest, sep) = one_of("/-.").parse(rest)?;
    let (rest, month) = terminated(number_below(2), char(sep)).parse(rest)?;
    map_opt(number_below(4), move |year| calendar(year, month, day)).parse(rest)
}

fn iso_date(input: &str) -> IResult<&str, Date> {
    let year = terminated(verify(number_below(4), |year| *year > 999), char('-'));
    let month = terminated(number_below(2), char('-'));
    map_opt((year, month, number_below(2)), |(year, month, day)| calendar(year, month, day)).parse(input)
}

fn calendar(year: u32, month: u32, day: u32) -> Option<Date> {
    // `20` for 2020 in figures; a written question has no other century.
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(u16::try_from(year).ok().filter(|y| *y >= 1900)?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn month(input: &str) -> IResult<&str, u8> {
    map_opt(take_while1(char::is_alphabetic), |word: &str| {
        let word = word.to_lowercase();
        let full =
            MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word)).map(|index| index as u8 + 1);
        full.or_else(|| SHORT_MONTHS.iter().find(|(short, _)| *short == word).map(|(_, month)| *month))
    })
    .parse(input)
}

/// A whole number of at most so many digits.
fn number_below<'a>(digits: usize) -> impl Parser<&'a str, Output = u32, Error = nom::error::Error<&'a str>> {
    map_opt(digit1, move |text: &str| if text.len() <= digits { text.parse().ok() } else { None })
}

/// `nr. 26`, `nr 26`, `Nr.26`, `nummer 26`, `n° 26`.
pub(super) fn numbered(input: &str) -> IResult<&str, u32> {
    peek(one_of("nN")).parse(input)?;
    let sign = alt((
        tag_no_case("nummers"),
        tag_no_case("nummer"),
        tag_no_case("nrs"),
        tag_no_case("nr"),
        tag_no_case("n°"),
        tag_no_case("no."),
    ));
    preceded((sign, opt(char('.')), opt(char(':')), space0), number_below(6)).parse(input)
}

/// `op vraag nr. 26 van 8 oktober 2020`, `op de schriftelijke vraag 26 d.d. 8/10/2020`: number and date, either may lack.
pub(super) fn answered(input: &str) -> IResult<&str, (Option<u32>, Option<Date>)> {
    let opening =
        (tag_no_case("op"), space1, opt((tag_no_case("de"), space1)), opt((tag_no_case("schriftelijke"), space1)));
    let (rest, _) = (opening, alt((tag_no_case("vraag"), tag_no_case("vragen")))).parse(input)?;
    let (rest, number) = opt(preceded(space1, alt((numbered, number_below(6))))).parse(rest)?;
    let (rest, date) = opt(preceded((space0, opt(char(',')), space0, opt(dated_by), space0), date)).parse(rest)?;
    Ok((rest, (number, date)))
}

/// `van`, `d.d.`, `dd.`, `gesteld op`, `(`.
fn dated_by(input: &str) -> IResult<&str, &str> {
    recognize(alt((
        tag_no_case("van"),
        tag_no_case("d.d."),
        tag_no_case("dd."),
        tag_no_case("dd"),
        tag_no_case("gesteld op"),
        tag_no_case("op"),
        tag("("),
    )))
    .parse(input)
}

/// The number in a line that only cites a written question: `SV 237 (2020-2021)`.
pub(super) fn cited_alone(line: &str) -> Option<u32> {
    let rest = line.strip_prefix("SV")?;
    let number = alt((numbered, number_below(6)));
    let (rest, number) = preceded((opt(char('-')), space0), number).parse(rest).ok()?;
    let session = rest.trim().trim_matches(['(', ')']);
    let years = session.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && matches!(session.len(), 0 | 7 | 9);
    years.then_some(number)
}

/// The words that name other written questions, from `vraag` or `vragen` on: each number with its date.
pub(super) fn named_questions(input: &str) -> IResult<&str, Vec<(u32, Option<Date>)>> {
    let (mut rest, first) = preceded((noun, space1), alt((numbered, dated_number))).parse(input)?;
    let (after, date) = opt(question_date).parse(rest)?;
    let mut found = vec![(first, date)];
    rest = after;
    let several = input.get(..PLURAL.len()).is_some_and(|word| word.eq_ignore_ascii_case(PLURAL));
    let next = |rest| {
        let known = preceded((separator, space0), alt((numbered, dated_number))).parse(rest);
        if several && known.is_err() { listed_number(rest) } else { known }
    };
    while let Ok((after, number)) = next(rest) {
        let (after, date): (&str, Option<Date>) = opt(question_date).parse(after)?;
        found.push((number, date));
        rest = after;
    }
    Ok((rest, found))
}

/// The noun of several.
const PLURAL: &str = "vragen";

fn noun(input: &str) -> IResult<&str, ()> {
    value((), alt((tag_no_case("vraag"), tag_no_case("vragen"), tag_no_case("sv")))).parse(input)
}

fn separator(input: &str) -> IResult<&str, &str> {
    recognize((space0, opt(char(',')), space0, opt(alt((tag_no_case("en"), tag_no_case("alsook"), tag("&"))))))
        .parse(input)
}

/// A number without `nr.` is one only when its date follows: `vraag 466 van 6 mei 2020`.
fn dated_number(input: &str) -> IResult<&str, u32> {
    let (rest, number) = number_below(6).parse(input)?;
    let (_, _) = question_date(rest)?;
    Ok((rest, number))
}

/// A number without `nr.` in a list that has several: `vragen nrs. 402 en 403`.
fn listed_number(input: &str) -> IResult<&str, u32> {
    let (rest, _) = verify(separator, |text: &str| !text.trim().is_empty()).parse(input)?;
    preceded(space0, number_below(6)).parse(rest)
}

fn question_date(input: &str) -> IResult<&str, Date> {
    delimited((space0, opt(char(',')), space0, opt((dated_by, space0))), date, opt(char(')'))).parse(input)
}

/// `van NAME`, `aan NAME`, `datum: …`: what follows the word, where the line begins with it.
pub(super) fn field<'a>(word: &str, line: &'a str) -> Option<&'a str> {
    let head = line.get(..word.len())?;
    let rest = line.get(word.len()..)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    (head.eq_ignore_ascii_case(word) && (rest.len() < line.len() - word.len() || rest.starts_with(char::is_whitespace)))
        .then(|| rest.trim_start().trim_start_matches(':').trim_start())
        .filter(|rest| !rest.is_empty())
}

/// The first date of a line, wherever it stands.
pub(super) fn date_within(line: &str) -> Option<Date> {
    line.char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && !line[..*at].ends_with(|p: char| p.is_ascii_digit()))
        .take(8)
        .find_map(|(at, _)| date(&line[at..]).ok().map(|(_, date)| date))
}

/// Letters, for words of a head line.
pub(super) fn word(input: &str) -> IResult<&str, &str> {
    terminated(take_while1(|c: char| c.is_alphabetic()), take_while(|c: char| c == ' ')).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_words_and_figures() {
        for text in [
            "8 oktober 2020",
            "8 okt. 2020",
            "08/10/2020",
            "8-10-2020",
            "8.10.2020",
            "2020-10-08",
            "8 OKTOBER 2020",
            "8/10/20",
        ] {
            assert_eq!(date(text).ok().map(|(_, date)| date.to_string()).as_deref(), Some("2020-10-08"), "{text}");
        }
        for text in ["31 februari 2020", "8 oktobers 2020", "8/13/2020", "8 2020", "oktober 2020"] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_question_answered_is_read_with_and_without_its_date() {
        let read = |text| answered(text).ok().map(|(_, (number, date))| (number, date.map(|d| d.to_string())));
        assert_eq!(read("op vraag nr. 26 van 8 oktober 2020"), Some((Some(26), Some("2020-10-08".to_owned()))));
        assert_eq!(read("op de schriftelijke vraag nr 26"), Some((Some(26), None)));
        assert_eq!(read("van SUZY WOUTERS"), None);
    }

    #[test]
    fn named_questions_are_all_read() {
        let read = |text| named_questions(text).map(|(_, found)| found.len()).unwrap_or(0);
        assert_eq!(read("vragen nrs. 12 van 4 mei 2018, 45 van 6 juni 2018 en 78 van 7 juli 2018."), 3);
        assert_eq!(read("vraag nr. 95."), 1);
        assert_eq!(read("vraag 466 van 6 mei 2020"), 1);
        assert_eq!(read("vraag 2 en 3"), 0);
        assert_eq!(read("vragen nrs. 402 en 403."), 2);
        assert_eq!(read("vragen nr. 402, 403 en 410 van 7 juli 2018"), 3);
        assert_eq!(read("vraag om uitleg nr. 12"), 0);
    }
}
