//! Names and titles of people as heads print them.
//!
//! Takes lines of a head, gives [`Person`]s. A minister's title is known by the word in it, a name by its capitals:
//! no list of either is kept.
//!
//! ```text
//! WOUTER BEKE                                                     name
//! VLAAMS MINISTER VAN WELZIJN, VOLKSGEZONDHEID, GEZIN             title, first line
//! EN ARMOEDEBESTRIJDING                                           title, second line
//! ```

use super::{Context, piece};
use crate::layout::paragraphs::{Piece, ends_sentence, join};
use crate::model::Person;
use unicode_normalization::UnicodeNormalization;

/// Lines above ANTWOORD that may hold the name and the title.
const LINES_ABOVE: usize = 8;
/// Words of a name at most.
const NAME_WORDS: usize = 7;

/// Small words within names.
const PARTICLES: [&str; 24] = [
    "van", "de", "der", "den", "ter", "ten", "te", "t", "le", "la", "du", "von", "el", "al", "ben", "bin", "da", "di",
    "dos", "d", "op", "in", "en", "het",
];

/// Whether a text may be a name: capitals and particles, no figures, no stop.
pub(super) fn is_name(text: &str) -> bool {
    let text = text.trim();
    let mut words = 0;
    let mut capitals = 0;
    for word in text.split_whitespace() {
        words += 1;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.starts_with(char::is_uppercase);
        capitals += usize::from(capital);
        let particle = PARTICLES.iter().any(|particle| bare.eq_ignore_ascii_case(particle))
            || word.starts_with(['\'', '’', 'd', '(']);
        if !(capital || particle) || bare.chars().any(|c| c.is_ascii_digit()) {
            return false;
        }
    }
    capitals > 0 && words <= NAME_WORDS && !text.ends_with(['.', '?', '!', ':', ';', ',']) && text.len() < 90
}

/// Whether a line has letters and all of them are capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if c.is_lowercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

/// Words that name an office.
fn is_office(word: &str) -> bool {
    let contains = |needle: &str| {
        word.len() >= needle.len()
            && word.as_bytes().windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
    };
    contains("minister") && !contains("ministerie") || contains("staatssecretaris")
}

/// Whether a line begins as a minister's title does: the office is among its first words.
pub(super) fn is_title_start(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.split_whitespace().take(3).any(is_office) && !ends_sentence(text)
        || text.split_whitespace().next().is_some_and(|word| {
            is_office(word)
                && text.split_whitespace().nth(1).is_some_and(|w| w.eq_ignore_ascii_case("van"))
                && !ends_sentence(text)
        })
}

/// The title within a text that begins with a name: `Wouter Beke, Vlaams minister van …`.
pub(super) fn title_within(text: &str) -> Option<&str> {
    let opens = |text: &str| text.split_whitespace().take(3).any(is_office);
    let named = text.split_once(',').filter(|(name, title)| is_name(name) && !opens(name) && opens(title));
    if let Some((_, title)) = named {
        return Some(title.trim());
    }
    if is_title_start(text) {
        return Some(text);
    }
    let (_, after) = text.split_once(',').or_else(|| text.split_once(" - ")).or_else(|| text.split_once(" – "))?;
    Some(after.trim()).filter(|after| opens(after))
}

/// The name in a text that may go on with a title.
pub(super) fn before_title(text: &str) -> &str {
    match title_within(text) {
        Some(title) => text[..text.len() - title.len()].trim_end().trim_end_matches([',', '-', '–']).trim_end(),
        None => text,
    }
}

/// The name behind an office: `minister Benjamin Dalle`.
pub(super) fn after_office(text: &str) -> &str {
    let behind = text.split_whitespace().next().filter(|word| is_office(word)).map(|word| &text[word.len()..]);
    behind.map_or(text, str::trim_start)
}

/// Whether a line's last word cannot be the last of a title: `EN`, `VAN`, `DE`.
pub(super) fn ends_in_link_word(text: &str) -> bool {
    let Some(last) = text.split_whitespace().last() else { return false };
    [
        "en", "van", "de", "het", "voor", "in", "op", "der", "aan", "bij", "met", "of", "tot", "een", "naar", "uit",
        "door", "over", "te", "om", "tegen", "onder",
    ]
    .iter()
    .any(|word| last.eq_ignore_ascii_case(word))
}

/// A person whose name stands on a line.
pub(super) fn at(context: &Context<'_>, line: usize, name: &str) -> Person {
    let whole = context.layout.line_text(line);
    let start = context.layout.lines.get(line).map_or(0, |l| l.start as usize);
    let offset = (name.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
    let name = name.trim_end();
    let bytes = match whole.get(offset..).is_some_and(|rest| rest.starts_with(name)) {
        true => start + offset..start + offset + name.len(),
        false => start..start + whole.len(),
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    Person { name: words.join(" ").nfc().collect(), title: None, span: context.layout.span(bytes) }
}

/// A title from what follows the name on its line, and further lines.
pub(super) fn title_of(context: &Context<'_>, own: Option<&str>, lines: &[usize]) -> Option<String> {
    let pieces: Vec<Piece> = lines.iter().filter_map(|line| piece(context, *line)).collect();
    let rest = join(context.layout, &pieces, context.addresses);
    let own: Vec<&str> = own.unwrap_or("").split_whitespace().collect();
    let title = [own.join(" "), rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Some(title).filter(|title| !title.is_empty())
}

/// The name and title that stand above a body line; gives the first line of them.
pub(super) fn above(context: &Context<'_>, body: &[usize], at: usize) -> (usize, Option<Person>) {
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let lowest = at.saturating_sub(LINES_ABOVE);
    let Some(title) = title_start_above(context, body, at, lowest) else {
        let name = at
            .checked_sub(1)
            .filter(|above| is_capitals(text(*above)) && is_name(text(*above)) && text(*above).contains(' '));
        let found = name.and_then(|above| body.get(above).map(|line| (above, person_at(context, *line, &[]))));
        return found.map_or((at, None), |(above, person)| (above, Some(person)));
    };
    let name_before = before_title(text(title));
    let titles = |from: usize| body.get(from..at).unwrap_or(&[]);
    if !name_before.is_empty() && is_name(name_before) {
        let Some(line) = body.get(title).copied() else { return (at, None) };
        return (title, Some(person_at(context, line, titles(title + 1))));
    }
    match title.checked_sub(1).filter(|above| is_name(text(*above)) && same_case(text(*above), text(title))) {
        Some(above) => (above, body.get(above).map(|line| person_at(context, *line, titles(title)))),
        None => (title, None),
    }
}

/// The topmost line above `at` that begins a title, with nothing but lines of a title below it.
fn title_start_above(context: &Context<'_>, body: &[usize], at: usize, lowest: usize) -> Option<usize> {
    let mut found = None;
    for above in (lowest..at).rev() {
        let line = *body.get(above)?;
        let text = context.layout.line_text(line);
        if title_within(text).is_some() && !ends_sentence(text) {
            found = Some(above);
        } else if found.is_some() || ends_sentence(text) {
            break;
        }
    }
    found
}

/// A title in capitals stands under a name in capitals.
fn same_case(name: &str, title: &str) -> bool {
    !is_capitals(title) || is_capitals(name) || name.split_whitespace().count() >= 2
}

fn person_at(context: &Context<'_>, line: usize, titles: &[usize]) -> Person {
    let text = context.layout.line_text(line);
    let own = title_within(text);
    let mut person = self::at(context, line, before_title(text));
    person.title = title_of(context, own, titles);
    person
}
