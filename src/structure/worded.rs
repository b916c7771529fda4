//! Numbers of questions in words: what stands before a number that is a label, and numbers that letters write.
//!
//! Takes a line, gives what is left behind the words and the number they name. Prose goes on behind such words too: whether
//! they are a label is for [`label`](super::label) to say.
//!
//! ```text
//! Vraag 1    Antwoord op vragen 2 en 3    Deelvraag 4    Ad 5    Antw. 6    Vraag zeven    Derde vraag
//! ```

use super::label::number_list;
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while1};
use nom::character::complete::space1;
use nom::combinator::{map, map_opt, opt, value};
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// The numbers that a line names in or behind words, and what is left of it.
pub(super) fn numbers_behind_words(line: &str) -> Option<(&str, Vec<u32>)> {
    if !opens_in_words(line) {
        return None;
    }
    match worded_opening(line) {
        Ok((rest, ())) => alt((number_list, map(number_word, |number| vec![number]))).parse(rest).ok(),
        Err(_) => ordinal_opening(line).map(|(rest, number)| (rest, vec![number])).ok(),
    }
}

/// Words that such a label begins with.
const OPENERS: [&str; 11] =
    ["vraag", "vragen", "vr", "antwoord", "antwoorden", "antw", "deelvraag", "deelvragen", "subvraag", "punt", "ad"];

/// Words behind which an opener may follow.
const LEADS: [&str; 2] = ["op", "de"];

/// Whether the first words may be a label's: nearly no line of prose passes, and no other is read further.
fn opens_in_words(line: &str) -> bool {
    let first = line.as_bytes().first().map(u8::to_ascii_lowercase);
    let begins = |words: &[&str]| words.iter().any(|known| known.as_bytes().first().copied() == first);
    if ![&OPENERS[..], &ORDINALS, &LEADS].into_iter().any(begins) {
        return false;
    }
    let is = |words: &[&str], word: &str| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    for word in line.split_whitespace().take(4) {
        let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if is(&OPENERS, word) || is(&ORDINALS, word) {
            return true;
        }
        if !is(&LEADS, word) {
            return false;
        }
    }
    false
}

fn worded_opening(input: &str) -> IResult<&str, ()> {
    let answer = (alt((tag_no_case("antwoorden"), tag_no_case("antwoord"))), space1, opt((tag_no_case("op"), space1)));
    let noun = alt((
        tag_no_case("vragen"),
        tag_no_case("vraag"),
        tag_no_case("deelvragen"),
        tag_no_case("deelvraag"),
        tag_no_case("subvraag"),
        tag_no_case("punt"),
    ));
    let worded = (opt(answer), opt((tag_no_case("op"), space1)), opt((tag_no_case("de"), space1)), noun, space1);
    let short = alt((tag_no_case("ad"), tag_no_case("antw."), tag_no_case("vr.")));
    let bare = (alt((short, tag_no_case("antwoorden"), tag_no_case("antwoord"))), space1);
    alt((value((), worded), value((), bare))).parse(input)
}

/// `Eerste vraag`, `Op de tweede vraag`.
fn ordinal_opening(input: &str) -> IResult<&str, u32> {
    let (rest, _) = (opt((tag_no_case("op"), space1)), opt((tag_no_case("de"), space1))).parse(input)?;
    let (rest, number) = terminated(place_in(&ORDINALS), space1).parse(rest)?;
    let (rest, _) = alt((tag_no_case("vraag"), tag_no_case("deelvraag"))).parse(rest)?;
    Ok((rest, number))
}

/// `één`, `twee`.
fn number_word(input: &str) -> IResult<&str, u32> {
    alt((place_in(&NUMBER_WORDS), value(1, alt((tag_no_case("één"), tag_no_case("e\u{301}e\u{301}n")))))).parse(input)
}

/// Reads one of these words, and gives its place among them, from 1.
fn place_in<'a>(
    words: &'static [&'static str],
) -> impl Parser<&'a str, Output = u32, Error = nom::error::Error<&'a str>> {
    map_opt(take_while1(char::is_alphabetic), move |word: &str| {
        (1..).zip(words).find(|(_, known)| known.eq_ignore_ascii_case(word)).map(|(number, _)| number)
    })
}

/// The numbers of questions in words, as far as letters write them.
const ORDINALS: [&str; 10] =
    ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"];
const NUMBER_WORDS: [&str; 10] = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"];
