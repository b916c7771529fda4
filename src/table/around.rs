//! What stands around tables that are read, and is theirs: captions torn away, titles, notes by number.
//!
//! Takes the tables of a range of lines, gives each the lines above and below it that say what it is; what grids find
//! by themselves (`surround`) they have already.
//!
//! ```text
//! Afgeschafte ritten in 2022, per traject     title: alone, short, no end of a sentence
//! Lijn 2      21     53 (1)
//! Lijn 4      67     30
//! (1) zonder de maand december                note: its number stands behind a figure of the table
//! Bron: De Lijn, jaarverslag 2022             note: where the figures come from
//! ```

use super::surround::{next_body, note_end, previous_body};
use super::{Found, collapsed};
use crate::layout::paragraphs::{bullet, ends_sentence};
use crate::layout::{Layout, Role};
use crate::model::{Note, Table};
use std::collections::HashSet;
use std::ops::Range;

/// Words of a title, at least and at most: fewer are a heading of the text, more are prose.
const TITLE_WORDS: Range<usize> = 2..16;

/// Blank lines between a title and its table, at most.
const NEAR: u8 = 2;

/// Gives tables the captions, titles and notes that stand around them. None of the lines `apart` is one.
pub(super) fn take(layout: &Layout, lines: Range<usize>, apart: &[usize], found: &mut [Found]) {
    let mut taken: HashSet<usize> = found.iter().flat_map(|f| f.lines.iter().copied()).collect();
    take_captions(layout, lines.clone(), &taken, found);
    taken.extend(apart);
    for found in found.iter_mut() {
        taken.extend(found.lines.first().copied().filter(|_| found.table.caption.is_some()));
        if found.table.caption.is_none() {
            taken.extend(take_title(layout, lines.start, &taken, found));
        }
        take_notes(layout, lines.end, &taken, found);
    }
}

/// Gives captions that were torn from their tables to the next table that has none.
fn take_captions(layout: &Layout, lines: Range<usize>, taken: &HashSet<usize>, found: &mut [Found]) {
    let body = |line: &usize| layout.lines.get(*line).is_some_and(|l| l.role == Role::Body);
    let captions =
        lines.filter(body).filter(|line| collapsed::is_caption(layout.line_text(*line)) && !taken.contains(line));
    let captions: Vec<usize> = captions.collect();
    for (index, &line) in captions.iter().enumerate() {
        let until = captions.get(index + 1).copied().unwrap_or(usize::MAX);
        let table = found.iter_mut().find(|f| f.anchor > line && f.anchor < until && f.table.caption.is_none());
        if let Some(found) = table {
            give_caption(layout, line, found);
        }
    }
}

fn give_caption(layout: &Layout, line: usize, found: &mut Found) {
    found.table.caption = Some(plain(layout.line_text(line)));
    let at = found.lines.partition_point(|known| *known < line);
    found.lines.insert(at, line);
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the line above a table as its title, where it is one; gives that line.
fn take_title(layout: &Layout, floor: usize, taken: &HashSet<usize>, found: &mut Found) -> Option<usize> {
    let first = found.lines.first().copied()?;
    let line = previous_body(layout, first, floor).filter(|line| !taken.contains(line))?;
    let above = previous_body(layout, line, floor);
    let (place, next) = (layout.lines.get(line)?, layout.lines.get(first)?);
    let near = place.page == next.page && next.blank_before <= NEAR;
    let alone = above
        .is_none_or(|above| taken.contains(&above) || place.blank_before > 0 || ends_sentence(layout.line_text(above)));
    if !near || !alone || !is_title(layout.line_text(line)) {
        return None;
    }
    give_caption(layout, line, found);
    Some(line)
}

/// A line that names something and says nothing: some words, the first with a capital, no stop, no label, no columns.
fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    TITLE_WORDS.contains(&words)
        && text.starts_with(char::is_uppercase)
        && !ends_sentence(text)
        && !text.ends_with(',')
        && !text.trim().contains("  ")
        && bullet(text).is_none()
}

/// Takes the lines below a table that begin with numbers in brackets which stand behind its figures, and that name its
/// source.
fn take_notes(layout: &Layout, ceiling: usize, taken: &HashSet<usize>, found: &mut Found) {
    let Some(mut last) = found.lines.last().copied() else { return };
    let mut marks: Option<HashSet<String>> = None;
    while let Some(line) = next_body(layout, last, ceiling).filter(|line| !taken.contains(line)) {
        if names_source(layout, line) {
            let end = note_end(layout, line, ceiling);
            let text = (line..=end).map(|line| layout.line_text(line)).collect::<Vec<_>>().join(" ");
            found.table.notes.push(Note { marker: None, text: plain(&text) });
            found.lines.extend(line..=end);
            last = end;
            continue;
        }
        let Some((marker, text)) = numbered_note(layout.line_text(line)) else { break };
        if !marks.get_or_insert_with(|| marks_of(&found.table)).contains(marker) {
            break;
        }
        found.table.notes.push(Note { marker: Some(marker.to_owned()), text: plain(text) });
        found.lines.push(line);
        last = line;
    }
}

/// Whether a line near a table tells where its figures come from: `Bron: Statbel`, `Bronnen: …`.
fn names_source(layout: &Layout, line: usize) -> bool {
    super::words::names_source(layout.line_text(line))
        && layout.lines.get(line).is_some_and(|line| line.blank_before <= NEAR)
}

/// `(1) zonder de maand december`: the mark, and what it stands for.
pub(super) fn numbered_note(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('(')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let rest = inner.get(digits..)?.strip_prefix(')')?;
    let note = rest.trim_start();
    let marker = text.get(..digits + 2)?;
    ((1..=2).contains(&digits) && note.len() < rest.len() && !note.is_empty()).then_some((marker, note))
}

/// The numbers in brackets that stand behind cells of a table.
fn marks_of(table: &Table) -> HashSet<String> {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.text.as_str()));
    let names = table.columns.iter().flat_map(|column| column.header.iter().map(String::as_str));
    let mark = |text: &str| text.rfind('(').and_then(|at| text.get(at..)).map(str::to_owned);
    cells.chain(names).filter_map(mark).filter(|mark| mark.ends_with(')')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lines::text_to_layout;
    use crate::limits::Limits;

    fn found(text: &str) -> Vec<Found> {
        let layout = text_to_layout(text.to_owned());
        crate::table::find(&layout, 0..layout.lines.len(), &[], &Limits::default())
    }

    #[test]
    fn a_line_alone_above_a_table_is_its_title() {
        let table = "Lijn        2021     2022\nLijn 2        21       53\nLijn 4        67       30\n";
        let caption = |above: &str| found(&format!("{above}\n{table}"))[0].table.caption.clone();
        let title = "Afgeschafte ritten, per lijn";
        assert_eq!(caption(&format!("Dit zijn ritten.\n{title}")).as_deref(), Some(title));
        for prose in ["Dit zijn de ritten:", "De ritten die volgens de cijfers\nwerden geschrapt in totaal", "Ritten"] {
            assert_eq!(caption(prose), None, "{prose}");
        }
    }

    #[test]
    fn the_source_below_a_table_is_its_note() {
        let table = "Lijn        2021     2022\nLijn 2        21       53\nLijn 4        67       30\n";
        let notes = |below: &str| found(&format!("{table}{below}\n")).remove(0).table.notes;
        let note = |text: &str| Note { marker: None, text: text.to_owned() };
        assert_eq!(notes("Bron: De Lijn, jaarverslag 2022"), [note("Bron: De Lijn, jaarverslag 2022")]);
        assert_eq!(notes("Bron van deze cijfers is De Lijn."), []);
    }

    #[test]
    fn notes_by_number_are_those_that_stand_behind_figures() {
        let text = "Lijn        2021     2022\nLijn 2        21       53 (1)\nLijn 4        67       30\n\
                    (1) zonder de maand december\n(2) dat is een lijst\n";
        let notes = found(text).remove(0).table.notes;
        let note = Note { marker: Some("(1)".to_owned()), text: "zonder de maand december".to_owned() };
        assert_eq!(notes, [note]);
    }
}
