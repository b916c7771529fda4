//! Which lines open a written question: `SCHRIFTELIJKE VRAAG` with what belongs under it.
//!
//! Takes lines in order, gives those that open one. The two words alone prove nothing, for pages carry them as running
//! heads: the fields of a head must follow, or a number that the question before does not have.
//!
//! ```text
//! Schriftelijke vraag              no: another such line comes before any field
//! SCHRIFTELIJKE VRAAG              yes
//! nr. 402
//! van NELE STAES
//! Schriftelijke vraag nr. 402      no: the number is known, no field follows
//! ```

use super::head::{date_line, is_head_rest, names_question};
use super::reply::answer_line;
use super::{person, phrase};
use crate::layout::Layout;

/// Lines under the two words among which a field must stand: a page number and a logo's lines may come between.
const FIELD_REACH: usize = 6;

/// The places among `lines` of those that open a written question.
pub(super) fn openings(layout: &Layout, lines: &[usize]) -> Vec<usize> {
    let text = |at: usize| lines.get(at).map_or("", |line| layout.line_text(*line));
    let mut found = Vec::new();
    let mut known = None;
    for at in 0..lines.len() {
        let Some(rest) = names_question(text(at)) else { continue };
        let below = (at + 1..lines.len().min(at + 1 + FIELD_REACH)).map(text);
        let own = phrase::numbered(rest).ok().map(|(_, number)| number);
        let under = below.take_while(|text| names_question(text).is_none() && answer_line(text).is_none());
        let fields: Vec<&str> = under.filter(|text| is_field(text)).collect();
        let followed = (at + 1..lines.len().min(at + 1 + FIELD_REACH)).any(|at| names_question(text(at)).is_some());
        let new = own.is_some() && own != known && !followed;
        if fields.is_empty() && !new {
            continue;
        }
        known = own.or_else(|| fields.iter().find_map(|text| phrase::numbered(text).ok()).map(|(_, number)| number));
        found.push(at);
    }
    found
}

/// `nr. 402`, `van NELE STAES`, `datum: 28 maart 2022`, `aan JORIS GOEMINNE`.
pub(super) fn is_field(text: &str) -> bool {
    let named = |name: &str| person::is_name(person::before_title(name));
    phrase::numbered(text).is_ok_and(|(rest, _)| is_head_rest(rest))
        || ["van", "aan"].iter().any(|word| phrase::field(word, text).is_some_and(named))
        || date_line(text).is_some()
}
