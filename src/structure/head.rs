//! The head of a question.
//!
//! Takes the body lines of one written question, gives what its head says and which lines it takes. It may be whole, cut
//! in any way, or absent; layout and wording decide line by line, so that a line more or less does no harm.
//!
//! ```text
//! SCHRIFTELIJKE VRAAG                     or all of it on fewer lines: SCHRIFTELIJKE VRAAG nr. 808 van KATRIEN SCHRYVERS
//! nr. 808
//! van KATRIEN SCHRYVERS
//! datum: 22 september 2020
//! aan WOUTER BEKE
//! VLAAMS MINISTER VAN WELZIJN, …          his title, one line or more
//! Nupraatikerover - Oproepen (2)          the title
//! ```

use super::person::{self, is_capitals, is_name, is_title_start, title_within};
use super::{Context, phrase};
use crate::layout::paragraphs::{Piece, ends_sentence, join};
use crate::model::{Date, Person};
use std::ops::Range;

/// Lines that a question's head takes at most, its title apart.
const HEAD_LINES: usize = 24;
/// Lines before the head proper: a page's head, a logo.
const JUNK_LINES: usize = 12;
/// Lines of a title at most.
const TITLE_LINES: usize = 4;
/// Lines of a minister's name and title at most.
const PERSON_LINES: usize = 8;

/// What the question's head says.
#[derive(Debug, Clone, Default)]
pub(super) struct QuestionHead {
    /// Whether it calls itself a written question.
    pub named: bool,
    /// `nr.`
    pub number: Option<u32>,
    /// `datum:`
    pub date: Option<Date>,
    /// `van`
    pub author: Option<Person>,
    /// `aan`
    pub addressee: Option<Person>,
    /// The title and where it stands.
    pub title: Option<(String, Range<usize>)>,
    /// Index among the body lines of the first line after the head.
    pub end: usize,
}

/// Reads the head of the question from the first of `body`, lines of the layout in order.
pub(super) fn question_head(context: &Context<'_>, body: &[usize], respondent: Option<&Person>) -> QuestionHead {
    let mut head = QuestionHead::default();
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let junk = body.get(..body.len().min(JUNK_LINES + HEAD_LINES)).unwrap_or(&[]);
    let opening = super::opening::openings(context.layout, junk).first().copied();
    let named = || (0..junk.len()).find(|at| names_question(text(*at)).is_some());
    let mut at = opening.or_else(named).filter(|at| *at < JUNK_LINES).unwrap_or(0);
    let limit = body.len().min(at + HEAD_LINES);
    while at < limit {
        match head_line(context, body, at, &mut head, respondent) {
            0 if addressed_below(context, body, at, &head) => at += 1,
            0 => break,
            taken => at += taken,
        }
    }
    head.end = at + remnant(context, body, at, respondent);
    read_title(context, body, &mut head);
    head
}

/// Whether this line, of which nothing is known, stands above `aan NAME` with a title under it, and no sentence or label
/// between: then it is of the head too, for the title comes behind.
fn addressed_below(context: &Context<'_>, body: &[usize], at: usize, head: &QuestionHead) -> bool {
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let addressed = |at: &usize| {
        phrase::field("aan", text(*at)).is_some_and(|name| is_name(person::before_title(name)))
            && (title_within(text(*at)).is_some() || is_title_start(text(*at + 1)))
    };
    let prose = |at: usize| ends_sentence(text(at)) || super::label::Label::read(text(at)).is_some();
    let found = (at + 1..body.len().min(at + JUNK_LINES)).find(addressed);
    head.addressee.is_none() && found.is_some_and(|found| !(at..found).any(prose))
}

/// Lines in capitals at the very beginning: the rest of a title whose first lines are cut away. Known by the title in
/// the answer's head, or by a title of another type under them.
fn remnant(context: &Context<'_>, body: &[usize], at: usize, respondent: Option<&Person>) -> usize {
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let count = (0..PERSON_LINES).take_while(|line| is_capitals(text(at + line))).count();
    if at > 0 || count == 0 {
        return 0;
    }
    let whole: String = (0..count).map(|line| letters_of(text(at + line))).collect();
    let known = respondent.and_then(|r| r.title.as_deref()).is_some_and(|title| letters_of(title).ends_with(&whole));
    let (below, under) = (body.get(count), body.get(count + 1));
    let blank = |line: Option<&usize>| {
        line.and_then(|line| context.layout.lines.get(*line)).is_some_and(|l| l.blank_before > 0)
    };
    let titled =
        blank(below) && blank(under) && !ends_sentence(text(count)) && super::label::Label::read(text(count)).is_none();
    if known || titled { count } else { 0 }
}

/// Reads one line of the head; gives how many lines it took.
fn head_line(
    context: &Context<'_>,
    body: &[usize],
    at: usize,
    head: &mut QuestionHead,
    respondent: Option<&Person>,
) -> usize {
    let Some(line) = body.get(at).copied() else { return 0 };
    let text = context.layout.line_text(line);
    if let Some(rest) = names_question(text) {
        head.named = true;
        number_and_date(rest, head);
        if let Ok((behind, _)) = phrase::numbered(rest) {
            fields_behind(context, line, behind, head);
        }
        return 1;
    }
    if let Ok((rest, number)) = phrase::numbered(question_number(context, body, at).unwrap_or(text)) {
        head.number.get_or_insert(number);
        number_and_date(rest, head);
        fields_behind(context, line, rest, head);
        return 1;
    }
    if let Some(taken) = author_line(context, line, text, head) {
        return taken;
    }
    if let Some(date) = date_line(text) {
        head.date.get_or_insert(date);
        return 1;
    }
    match head.addressee.as_mut() {
        None => addressee(context, body, at, head, respondent),
        // His name stood on a line with other fields.
        Some(person) if person.title.is_none() && is_title_start(text) => {
            let end = title_end(context, body, at, None, respondent.and_then(|r| r.title.as_deref()));
            person.title = person::title_of(context, None, body.get(at..end).unwrap_or(&[]));
            end - at
        }
        Some(_) => 0,
    }
}

/// The fields that stand behind the number on its line: `van NAME datum: 12 januari 2023 aan NAME`.
fn fields_behind(context: &Context<'_>, line: usize, rest: &str, head: &mut QuestionHead) {
    let Some(rest) = phrase::field("van", rest.trim_start_matches([',', ' '])) else { return };
    let (name, more) = cut_name(rest);
    if is_name(name) {
        head.author.get_or_insert_with(|| person::at(context, line, name));
    }
    if let Some(minister) = more.split_once("aan ").map(|(_, minister)| person::after_office(minister))
        && is_name(person::before_title(minister))
    {
        let mut found = person::at(context, line, person::before_title(minister));
        found.title = person::title_of(context, title_within(minister), &[]);
        head.addressee.get_or_insert(found);
    }
}

/// A name, and the fields that follow it on its line.
fn cut_name(text: &str) -> (&str, &str) {
    let ends = [" datum", " aan ", ", aan ", ", datum", " d.d.", " ("].iter().filter_map(|word| text.find(word)).min();
    text.split_at(ends.unwrap_or(text.len()))
}

/// What follows the word in `Vraag nr. 3`, where a head goes on behind it or under it: the words alone may be a label.
fn question_number<'a>(context: &Context<'a>, body: &[usize], at: usize) -> Option<&'a str> {
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let rest = phrase::field("vraag", text(at))?;
    let (behind, _) = phrase::numbered(rest).ok()?;
    let goes_on = if behind.is_empty() { super::opening::is_field(text(at + 1)) } else { is_head_rest(behind) };
    goes_on.then_some(rest)
}

/// `van NAME`, also with `aan minister NAME` behind it.
fn author_line(context: &Context<'_>, line: usize, text: &str, head: &mut QuestionHead) -> Option<usize> {
    let rest = phrase::field("van", text)?;
    let (name, minister) = rest.split_once(" aan ").map_or((rest, None), |(name, minister)| (name, Some(minister)));
    if !is_name(name) {
        return None;
    }
    head.author.get_or_insert_with(|| person::at(context, line, name));
    if let Some(minister) = minister.map(person::after_office).filter(|minister| is_name(minister)) {
        head.addressee.get_or_insert_with(|| person::at(context, line, minister));
    }
    Some(1)
}

/// `SCHRIFTELIJKE VRAAG`, also with number and date on its line: what follows the two words.
pub(super) fn names_question(text: &str) -> Option<&str> {
    if !text.trim_start().starts_with('S') {
        return None;
    }
    let (rest, first) = phrase::word(text).ok()?;
    let (rest, second) = phrase::word(rest).ok()?;
    let named = first.eq_ignore_ascii_case("schriftelijke") && second.eq_ignore_ascii_case("vraag");
    let rest = rest.trim_start_matches([':', ',', ' ', '\u{a0}']);
    let whole = rest.is_empty() || phrase::numbered(rest).is_ok_and(|(after, _)| is_head_rest(after));
    (named && whole && (first.starts_with('S'))).then_some(rest)
}

/// What may stand behind a number on a head's line: nothing, a date, a name; no sentence goes on.
pub(super) fn is_head_rest(rest: &str) -> bool {
    let rest = rest.trim_start_matches([',', ' ', '.']);
    let named = |rest: &str| is_name(cut_name(rest).0);
    let dated =
        phrase::field("van", rest).or(phrase::field("d.d.", rest)).is_some_and(|rest| match phrase::date(rest) {
            Ok((after, _)) => after.trim().is_empty() || phrase::field("van", after.trim()).is_some_and(named),
            Err(_) => named(rest),
        });
    rest.is_empty() || dated || rest.starts_with('(')
}

fn number_and_date(rest: &str, head: &mut QuestionHead) {
    if let Ok((_, number)) = phrase::numbered(rest) {
        head.number.get_or_insert(number);
    }
    if let Some(date) = phrase::date_within(rest) {
        head.date.get_or_insert(date);
    }
}

/// `datum: 8 oktober 2020`, `van 8 oktober 2020`, `d.d. 8/10/2020`, or a date alone.
pub(super) fn date_line(text: &str) -> Option<Date> {
    let rest =
        ["datum", "van", "gesteld op", "ingediend op", "d.d.", "dd."].iter().find_map(|word| phrase::field(word, text));
    let (after, date) = phrase::date(rest.unwrap_or(text)).ok()?;
    after.trim_matches([' ', '.', ')', ',']).is_empty().then_some(date)
}

/// `aan NAME` and the lines of the title; a cut head may begin with either.
fn addressee(
    context: &Context<'_>,
    body: &[usize],
    at: usize,
    head: &mut QuestionHead,
    respondent: Option<&Person>,
) -> usize {
    let Some(line) = body.get(at).copied() else { return 0 };
    let text = context.layout.line_text(line);
    let next = body.get(at + 1).map_or("", |line| context.layout.line_text(*line));
    let name = match phrase::field("aan", text) {
        Some(name) if is_name(person::before_title(name)) => name,
        None if is_name(text) && is_capitals(text) && is_title_start(next) => text,
        _ if is_title_start(text) && is_capitals(text) => "",
        _ => return 0,
    };
    let own_title = title_within(name).map(|title| title.to_owned());
    let first_title = if name.is_empty() { at } else { at + 1 };
    let end = title_end(context, body, first_title, own_title.as_deref(), respondent.and_then(|r| r.title.as_deref()));
    if !name.is_empty() {
        let mut found = person::at(context, line, person::before_title(name));
        found.title = person::title_of(context, own_title.as_deref(), body.get(first_title..end).unwrap_or(&[]));
        head.addressee = Some(found);
    }
    end - at
}

/// The end of a minister's title that begins at `start`: its lines go on until it is the one that the answer's head
/// gives, a blank line, or a line that is no title.
fn title_end(context: &Context<'_>, body: &[usize], start: usize, own: Option<&str>, known: Option<&str>) -> usize {
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let known = known.map(letters_of);
    let mut so_far = own.map(letters_of).unwrap_or_default();
    let mut end = start;
    while end < body.len().min(start + PERSON_LINES) {
        let Some(line) = body.get(end).copied() else { break };
        let blank = context.layout.lines.get(line).is_some_and(|l| l.blank_before > 0);
        if end > start && known.as_deref() == Some(so_far.as_str()) {
            break;
        }
        let longer = format!("{so_far}{}", letters_of(text(end)));
        let as_known = known.as_ref().is_some_and(|known| known.starts_with(&longer));
        let first = end == start && own.is_none();
        let cut = end > start && is_cut(text(end - 1));
        let goes_on =
            if first { is_title_start(text(end)) } else { (!blank || cut) && goes_on_as_title(context, body, end) };
        if !as_known && !goes_on {
            break;
        }
        so_far = longer;
        end += 1;
    }
    end
}

/// Whether a line of a title cannot end where it does.
fn is_cut(line: &str) -> bool {
    line.ends_with([',', '-', '&']) || person::ends_in_link_word(line)
}

/// Whether a line goes on with the title of the line before it.
fn goes_on_as_title(context: &Context<'_>, body: &[usize], at: usize) -> bool {
    let (Some(&before), Some(&line)) = (at.checked_sub(1).and_then(|at| body.get(at)), body.get(at)) else {
        return false;
    };
    let (end, text) = (context.layout.line_text(before), context.layout.line_text(line));
    let cut = is_cut(end);
    if is_capitals(end) {
        return is_capitals(text) && (cut || !text.contains(" - "));
    }
    cut || text.starts_with("en ") || text.starts_with("van ") || (is_title_start(text) && !ends_sentence(end))
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The title: the short paragraph before the introduction; none when the first paragraph is a sentence.
fn read_title(context: &Context<'_>, body: &[usize], head: &mut QuestionHead) {
    let start = head.end;
    let mut end = start;
    while end < body.len().min(start + TITLE_LINES) && (end == start || goes_on_as_heading(context, body, end)) {
        end += 1;
    }
    let Some(lines) = body.get(start..end).filter(|lines| !lines.is_empty()) else { return };
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let closing = context.layout.line_text(*last);
    let sentence = closing.ends_with(['.', ':', ';', ',']) && !closing.ends_with("...");
    if sentence || super::label::Label::read(context.layout.line_text(*first)).is_some_and(|label| label.first() == 1) {
        return;
    }
    let pieces: Vec<Piece> = lines.iter().filter_map(|line| super::piece(context, *line)).collect();
    let bytes = pieces.first().map_or(0, |p| p.bytes.start)..pieces.last().map_or(0, |p| p.bytes.end);
    head.title = Some((join(context.layout, &pieces, context.addresses), bytes));
    head.end = end;
}

/// Whether a line goes on with the title of the line before it.
fn goes_on_as_heading(context: &Context<'_>, body: &[usize], at: usize) -> bool {
    let (Some(&before), Some(&line)) = (at.checked_sub(1).and_then(|at| body.get(at)), body.get(at)) else {
        return false;
    };
    let lines = &context.layout.lines;
    let (Some(a), Some(b)) = (lines.get(before), lines.get(line)) else { return false };
    let (end, text) = (context.layout.line_text(before), context.layout.line_text(line));
    if b.blank_before > 0 || a.page != b.page || ends_sentence(end) {
        return false;
    }
    if context.layout.is_placed() && (a.bold != b.bold || (a.size - b.size).abs() > 0.5) {
        return false;
    }
    let full = context.measure.is_full(context.layout, before, line, 0.8);
    let same_type = context.layout.is_placed() && a.bold;
    full && (same_type
        || text.starts_with(char::is_lowercase)
        || person::ends_in_link_word(end)
        || end.ends_with('-')
        || text.starts_with('(')
        || stands_alone(context, body, at))
}

/// Whether a line ends a paragraph and is no sentence: the introduction is made of sentences.
fn stands_alone(context: &Context<'_>, body: &[usize], at: usize) -> bool {
    let (Some(&line), Some(&next)) = (body.get(at), body.get(at + 1)) else { return false };
    let ends = !context.measure.continues(context.layout, line, next, false);
    ends && !ends_sentence(context.layout.line_text(line))
}
