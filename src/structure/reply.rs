//! The head of an answer.
//!
//! Takes the body lines of one written question, finds the line that opens the answer, and gives what the head around it
//! says: the name and title above, the question's number, date and author below or behind.
//!
//! ```text
//! WOUTER BEKE                                  respondent
//! VLAAMS MINISTER VAN WELZIJN, …               his title, one line or more
//! ANTWOORD                                     or GECOÖRDINEERD, VOORLOPIG, AANVULLEND ANTWOORD
//! op vraag nr. 808 van 22 september 2020
//! van KATRIEN SCHRYVERS
//! ```

use super::person::{self, is_capitals, is_name, title_within};
use super::{Context, phrase};
use crate::layout::paragraphs::ends_sentence;
use crate::model::{Date, Kind, Person};
use std::ops::Range;

/// What the answer's head says.
#[derive(Debug, Clone, Default)]
pub(super) struct ReplyHead {
    /// What the reply calls itself.
    pub kind: Kind,
    /// `op vraag nr. …`
    pub number: Option<u32>,
    /// `van 8 oktober 2020`
    pub date: Option<Date>,
    /// `van SUZY WOUTERS`
    pub author: Option<Person>,
    /// The name and title above it.
    pub respondent: Option<Person>,
    /// The body lines that it takes, as indexes among them.
    pub lines: Range<usize>,
}

/// Finds the answer's head and reads it.
pub(super) fn reply_head(context: &Context<'_>, body: &[usize]) -> Option<ReplyHead> {
    let mut best: Option<(u8, usize)> = None;
    for (at, line) in body.iter().enumerate() {
        let Some(rank) = answer_rank(context, body, at, *line) else { continue };
        if best.is_none_or(|(known, _)| rank > known) {
            best = Some((rank, at));
        }
        if rank == 3 {
            break;
        }
    }
    let (_, at) = best?;
    Some(read_reply_head(context, body, at))
}

/// How surely a line opens an answer: 3 with the question's number or date behind it, 2 in capitals, 1 alone on its
/// line under a minister's title.
pub(super) fn answer_rank(context: &Context<'_>, body: &[usize], at: usize, line: usize) -> Option<u8> {
    let text = context.layout.line_text(line);
    let (_, rest) = answer_line(text)?;
    let next = body.get(at + 1).map_or("", |line| context.layout.line_text(*line));
    if !rest.is_empty() {
        return names_answered(rest).then_some(3);
    }
    if names_answered(next) {
        return Some(3);
    }
    let above = at.checked_sub(1).and_then(|at| body.get(at)).map_or("", |line| context.layout.line_text(*line));
    if is_capitals(text) {
        return Some(2);
    }
    (title_within(above).is_some() && !ends_sentence(above)).then_some(1)
}

/// Whether a text reads `op vraag nr. 26 …`: with `nr.` or a date, for `op vraag 2` names a question of the same document.
fn names_answered(text: &str) -> bool {
    phrase::answered(text).is_ok_and(|(_, (number, date))| {
        date.is_some()
            || (number.is_some()
                && text.to_lowercase().contains('n')
                && text
                    .split_whitespace()
                    .any(|word| word.to_lowercase().starts_with("nr") || word.eq_ignore_ascii_case("nummer")))
    })
}

/// `ANTWOORD`, `Voorlopig antwoord`, `A N T W O O R D`: the kind, and what follows on the line.
pub(super) fn answer_line(text: &str) -> Option<(Kind, &str)> {
    // The kinds of answers, `antwoord` itself, and the words that may stand before it.
    let initial = text.trim_start().chars().next()?.to_lowercase().next()?;
    if text.len() > 200 || !initial.is_alphabetic() || !text.bytes().any(|b| b == b'w' || b == b'W') {
        return None;
    }
    let mut kind = Kind::Answer;
    let mut rest = text;
    for _ in 0..3 {
        let (after, word) = phrase::word(rest).ok()?;
        let lower = word.to_lowercase();
        if lower == "antwoord" {
            let after = after.trim_start_matches([':', ' ', '\u{a0}']);
            return Some((kind, after));
        }
        kind = match lower.get(..4)? {
            "geco" => Kind::CoordinatedAnswer,
            "aanv" | "bijk" => Kind::SupplementaryAnswer,
            "voor" => Kind::ProvisionalAnswer,
            _ if lower.ends_with("lijk") || lower.ends_with('d') || lower.ends_with("euw") => kind,
            _ => return spaced_out(text),
        };
        rest = after;
    }
    None
}

fn spaced_out(text: &str) -> Option<(Kind, &str)> {
    let mut letters = "ANTWOORD".split_inclusive(char::is_alphabetic);
    let spaced = text.split_whitespace().all(|word| letters.next() == Some(word));
    (spaced && letters.next().is_none()).then_some((Kind::Answer, ""))
}

fn read_reply_head(context: &Context<'_>, body: &[usize], at: usize) -> ReplyHead {
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let mut head = ReplyHead::default();
    let (kind, same_line) = answer_line(text(at)).unwrap_or_default();
    head.kind = kind;
    let mut end = at + 1;
    let mut author_at = None;
    let opening = if same_line.is_empty() { (end, text(end)) } else { (at, same_line) };
    if let Ok((rest, (number, date))) = phrase::answered(opening.1) {
        (head.number, head.date) = (number, date);
        end = opening.0 + 1;
        let rest = rest.trim_start_matches([',', ' ']);
        if date.is_none() {
            // The date is broken over the line's end.
            let longer = format!("{} {}", opening.1, text(end));
            if let Some((_, date)) =
                phrase::answered(&longer).ok().and_then(|(rest, (_, date))| date.map(|d| (rest, d)))
            {
                head.date = Some(date);
                end += 1;
            }
        }
        author_at = phrase::field("van", rest).filter(|name| is_name(name)).map(|name| (opening.0, name));
    }
    if author_at.is_none() {
        author_at = phrase::field("van", text(end)).filter(|name| is_name(name)).map(|name| (end, name));
        end += usize::from(author_at.is_some());
    }
    head.author = author_at.and_then(|(at, name)| body.get(at).map(|line| person::at(context, *line, name)));
    let (start, respondent) = person::above(context, body, at);
    head.respondent = respondent;
    head.lines = start..end;
    head
}
