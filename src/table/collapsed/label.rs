//! Labels that are several cells: `1e Waregem`, `Warm onthaal Forem 09/11/2019 Lopend`.
//!
//! Takes the label tokens of the rows and the number of cells that the header asks for, gives the cells of each row.
//! Numbers, ordinals and dates stand by themselves and part the words; where that is not enough, a run of words is cut
//! where its end recurs in other rows, for such columns hold the same few names again and again.
//!
//! ```text
//! Warm onthaal │ Forem   │ 09/11/2019 │ Lopend
//! Het Kompas   │ GTB     │ 22/12/2018 │ In opstart
//! ```

use super::merged;
use super::token::{Class, Token};
use crate::layout::Layout;
use crate::table::words;
use std::collections::HashMap;
use std::ops::Range;

/// What a stretch of a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Words, however many.
    Words,
    /// `7`, `3600`.
    Number,
    /// `1e`, `3.`
    Ordinal,
    /// `09/11/2019`.
    Date,
    /// `BLC/2020/0114`, `SV-2003-24`, `E40`: capitals and digits in one word.
    Code,
}

/// The stretches of a label, each with its tokens.
pub(super) type Stretches = Vec<(Kind, Range<usize>)>;

/// The share of the rows that must be made alike before their labels are cut.
const ALIKE: f32 = 0.6;

/// Cuts labels into `count` cells each. `None` where the rows do not agree on how. Labels that are made otherwise (a
/// total's) stay whole, in the first cell; those of which `named` is false, totals and headings, have no say.
///
/// A `ranked` table has no header over its first column: then that must be numbers.
pub(super) fn split(
    layout: &Layout,
    labels: &[&[Token]],
    named: &[bool],
    count: usize,
    ranked: bool,
) -> Option<Vec<Vec<Range<usize>>>> {
    let mut stretches: Vec<Stretches> = labels.iter().map(|label| stretches_of(layout, label)).collect();
    join_counted(layout, labels, &mut stretches);
    let say = |(row, named): (&Stretches, &bool)| if *named { row.clone() } else { Stretches::new() };
    let telling: Vec<Stretches> = stretches.iter().zip(named).map(say).collect();
    let alike = || split_alike(layout, labels, &telling, count, ranked);
    let mut cells = match count {
        2 => merged::split_before_same(layout, labels, named)
            .or_else(alike)
            .or_else(|| merged::split_merged(layout, labels, &stretches).filter(|_| !ranked))?,
        _ => alike().or_else(|| split_twice(layout, labels, &telling, count, ranked))?,
    };
    // A total stands in the first column.
    for ((cells, label), _) in cells.iter_mut().zip(labels).zip(named).filter(|(_, named)| !**named) {
        if cells.first().is_some_and(Range::is_empty) {
            *cells = whole(label.len(), count);
        }
    }
    Some(cells)
}

/// Cuts labels whose run of words is three cells: its last first, then what is before it.
///
/// ```text
/// Blaarmeersen Gent Uitstekend      Blaarmeersen Gent │ Uitstekend      Blaarmeersen │ Gent │ Uitstekend
/// ```
fn split_twice(
    layout: &Layout,
    labels: &[&[Token]],
    stretches: &[Stretches],
    count: usize,
    ranked: bool,
) -> Option<Vec<Vec<Range<usize>>>> {
    let pattern = usual_pattern(stretches).filter(|pattern| pattern.len() + 2 == count)?;
    let at = pattern.iter().position(|kind| *kind == Kind::Words)?;
    let once = split_alike(layout, labels, stretches, count - 1, ranked)?;
    let is_cut = |cells: &[Range<usize>]| cells.get(at + 1).is_some_and(|cell| !cell.is_empty());
    let part = |(label, cells): (&&[Token], &Vec<Range<usize>>)| label.get(cells[at].clone()).map(<[Token]>::to_vec);
    let parts: Vec<Vec<Token>> = labels.iter().zip(&once).map(part).collect::<Option<_>>()?;
    let parts: Vec<&[Token]> = parts.iter().map(Vec::as_slice).collect();
    let of_part = |((part, cells), row): ((&&[Token], &Vec<Range<usize>>), &Stretches)| {
        if row.is_empty() || !is_cut(cells) { Stretches::new() } else { stretches_of(layout, part) }
    };
    let own: Vec<Stretches> = parts.iter().zip(&once).zip(stretches).map(of_part).collect();
    let twice = split_alike(layout, &parts, &own, 2, false)?;
    let cells = once.into_iter().zip(twice).zip(labels).map(|((mut cells, parts), label)| {
        if !is_cut(&cells) {
            return whole(label.len(), count);
        }
        let start = cells[at].start;
        cells.splice(at..=at, parts.into_iter().map(|part| start + part.start..start + part.end));
        cells
    });
    Some(cells.collect())
}

/// Cuts labels that are made alike.
fn split_alike(
    layout: &Layout,
    labels: &[&[Token]],
    stretches: &[Stretches],
    count: usize,
    ranked: bool,
) -> Option<Vec<Vec<Range<usize>>>> {
    let pattern = usual_pattern(stretches)?;
    if ranked && !matches!(pattern.first(), Some(Kind::Number | Kind::Ordinal)) {
        return None;
    }
    let fits = |s: &Stretches| s.iter().map(|(kind, _)| *kind).eq(pattern.iter().copied());
    let fitting = stretches.iter().filter(|s| fits(s)).count();
    let telling = stretches.iter().filter(|s| !s.is_empty()).count();
    if (fitting as f32) < ALIKE * telling as f32 || pattern.len() > count || pattern.len() + 1 < count {
        return None;
    }
    let small = |label: &&[Token], row: &Stretches| {
        let words = row.iter().skip(1).filter(|(kind, _)| *kind == Kind::Words);
        words.clone().any(|(_, range)| label[range.start].text(layout).starts_with(char::is_lowercase))
    };
    // `30 tot`: names and states begin with a capital, the rest of a label does not.
    if labels.iter().zip(stretches).filter(|(label, row)| fits(row) && small(label, row)).count() * 2 > fitting {
        return None;
    }
    // `Klasse 1`, `Klasse 2` are labels of one cell: the word is always the same.
    let first = |row: &&Stretches| row.first().map(|(_, range)| range.clone());
    let mut heads = labels
        .iter()
        .zip(stretches)
        .filter(|(_, row)| fits(row))
        .map(|(label, row)| text_of(layout, label, first(&row).unwrap_or_default()));
    if pattern.get(1) == Some(&Kind::Number)
        && pattern[0] == Kind::Words
        && heads.next().is_some_and(|word| heads.all(|w| w == word))
    {
        return None;
    }
    let cut = if pattern.len() + 1 == count { Some(words_to_cut(&pattern, stretches, &fits)?) } else { None };
    let ends = cut.map(|at| recurring_ends(layout, labels, stretches, at, &fits));
    // Names in two columns: the second begins with a capital in nearly every row, or is one of a few.
    let named = || {
        let rows = || labels.iter().zip(stretches).filter(|(_, row)| fits(row));
        let names = rows().filter(|(label, _)| holds_two_names(layout, label)).count();
        names as f32 >= CUTTABLE * rows().count() as f32
    };
    let few = ends.as_ref().is_none_or(|ends| ends.values().any(|rows| rows * 3 > fitting));
    if pattern.len() == 1 && !few && !named() {
        return None;
    }
    let short = |row: &Stretches, at: usize| row.get(at).is_some_and(|(_, range)| range.len() < 2);
    let cuttable = |row: &Stretches| cut.filter(|at| fits(row) && !short(row, *at));
    let runs = labels.iter().zip(stretches).filter_map(|(label, row)| Some((*label, row[cuttable(row)?].1.clone())));
    let runs: Vec<(&[Token], Range<usize>)> = runs.collect();
    let mut places = ends.map_or_else(Vec::new, |ends| cuts_of(layout, &runs, &ends)).into_iter();
    let cells = stretches.iter().zip(labels).map(|(stretches, label)| {
        if !fits(stretches) {
            return behind_number(stretches, count).unwrap_or_else(|| whole(label.len(), count));
        }
        if cut.is_some_and(|at| short(stretches, at)) {
            return whole(label.len(), count);
        }
        let mut cells: Vec<Range<usize>> = stretches.iter().map(|(_, range)| range.clone()).collect();
        if let (Some(at), Some(split)) = (cut, cut.and_then(|_| places.next())) {
            let range = cells[at].clone();
            cells.splice(at..=at, [range.start..split, split..range.end]);
        }
        cells
    });
    Some(cells.collect())
}

/// `Dakwerken Fase 2 │ Brussel` among labels of two names: the second is the words behind the number.
fn behind_number(stretches: &Stretches, count: usize) -> Option<Vec<Range<usize>>> {
    let [.., (Kind::Number, _), (Kind::Words, last)] = stretches.as_slice() else { return None };
    (count == 2 && stretches.len() > 2).then(|| vec![0..last.start, last.clone()])
}

/// Whether a name begins inside a label: a capital that no link word ties to what is before it.
fn holds_two_names(layout: &Layout, label: &[Token]) -> bool {
    let text = |token: &Token| token.text(layout);
    let begins =
        |pair: &[Token]| text(&pair[1]).starts_with(char::is_uppercase) && !words::is_link_word(text(&pair[0]));
    label.windows(2).any(begins)
}

/// The cells of a label that is not cut: all in the first.
pub(super) fn whole(length: usize, count: usize) -> Vec<Range<usize>> {
    let mut cells = vec![length..length; count];
    if let Some(first) = cells.first_mut() {
        *first = 0..length;
    }
    cells
}

/// What the stretches of a label are, one after the other.
pub(super) fn pattern_of<'a>(layout: &Layout, label: impl Iterator<Item = &'a Token>) -> Vec<Kind> {
    let mut pattern: Vec<Kind> = Vec::new();
    for token in label {
        let kind = kind_of(layout, token, pattern.is_empty());
        if kind != Kind::Words || pattern.last() != Some(&Kind::Words) {
            pattern.push(kind);
        }
    }
    pattern
}

/// Whether a label is one stretch of words, or nothing.
pub(super) fn is_words<'a>(layout: &Layout, label: impl Iterator<Item = &'a Token>) -> bool {
    label.enumerate().all(|(at, token)| kind_of(layout, token, at == 0) == Kind::Words)
}

/// What a token by itself is, as the first of its label or behind it.
fn kind_of(layout: &Layout, token: &Token, first: bool) -> Kind {
    match token.class {
        Class::Date => Kind::Date,
        Class::Number(_) => Kind::Number,
        Class::Text => {
            let text = token.text(layout);
            match (is_ordinal(text), is_code(text, first)) {
                (true, _) => Kind::Ordinal,
                (false, true) => Kind::Code,
                (false, false) => Kind::Words,
            }
        }
        _ => Kind::Words,
    }
}

/// `BLC/2020/0114`, `SV-2003-24`, `2020/13/4`: three runs of letters and digits or more, digits among them; as the first
/// of a label any capitals and digits in one word: `QF0-1QDG2HA-WT`, `E40`.
fn is_code(text: &str, first: bool) -> bool {
    let (mut capitals, mut digits) = (false, false);
    for character in text.chars() {
        match character {
            '0'..='9' => digits = true,
            'A'..='Z' => capitals = true,
            '/' | '-' | '.' | '_' => {}
            _ => return false,
        }
    }
    let runs = || text.split(['/', '-', '.', '_']).filter(|run| !run.is_empty()).count();
    digits && (first && capitals || runs() >= 3)
}

fn stretches_of(layout: &Layout, label: &[Token]) -> Stretches {
    let mut stretches: Stretches = Vec::new();
    for (at, token) in label.iter().enumerate() {
        let kind = kind_of(layout, token, at == 0);
        match stretches.last_mut() {
            Some((Kind::Words, range)) if kind == Kind::Words => range.end = at + 1,
            _ => stretches.push((kind, at..at + 1)),
        }
    }
    stretches
}

/// Makes one stretch of a word and its number where more follows and the word is the same in all labels: `Fase 1 │ 14/11`,
/// `Fase 2 │ 31/12`.
fn join_counted(layout: &Layout, labels: &[&[Token]], stretches: &mut [Stretches]) {
    let counted =
        |row: &Stretches| matches!(row.as_slice(), [(Kind::Words, word), (Kind::Number, _), _, ..] if word.len() == 1);
    let rows = || labels.iter().zip(stretches.iter()).filter(|(_, row)| counted(row));
    let mut words = rows().filter_map(|(label, _)| label.first()).map(|token| token.text(layout));
    let first = words.next();
    if rows().count() < 2 || words.any(|word| Some(word) != first) {
        return;
    }
    for row in stretches.iter_mut().filter(|row| counted(row)) {
        row[0].1.end = row[1].1.end;
        row.remove(1);
    }
}

/// `1e`, `2de`, `3.`
fn is_ordinal(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && text.len() <= 6 && matches!(rest, "e" | "de" | "ste" | "." | ")" | "°")
}

fn usual_pattern(stretches: &[Stretches]) -> Option<Vec<Kind>> {
    let mut counts: HashMap<Vec<Kind>, (usize, usize)> = HashMap::new();
    for (index, row) in stretches.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        counts.entry(row.iter().map(|(kind, _)| *kind).collect()).or_insert((0, usize::MAX - index)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, rank)| *rank).map(|(pattern, _)| pattern)
}

/// The share of rows whose run of words has two or more: a total's label has one.
const CUTTABLE: f32 = 0.8;

/// The first run of words that has two or more in nearly every row.
fn words_to_cut(pattern: &[Kind], stretches: &[Stretches], fits: &dyn Fn(&Stretches) -> bool) -> Option<usize> {
    (0..pattern.len()).find(|&at| {
        let lengths = stretches.iter().filter(|s| fits(s)).map(|s| s[at].1.len());
        let (all, cuttable) =
            lengths.fold((0, 0), |(all, cuttable), length| (all + 1, cuttable + usize::from(length > 1)));
        pattern[at] == Kind::Words && cuttable as f32 >= CUTTABLE * all as f32
    })
}

/// How many rows end the run of words with the same words.
fn recurring_ends<'a>(
    layout: &'a Layout,
    labels: &[&[Token]],
    stretches: &[Stretches],
    at: usize,
    fits: &dyn Fn(&Stretches) -> bool,
) -> HashMap<&'a str, usize> {
    let mut ends = HashMap::new();
    for (label, row) in labels.iter().zip(stretches).filter(|(_, s)| fits(s)) {
        let range = row[at].1.clone();
        for start in range.start + 1..range.end {
            *ends.entry(text_of(layout, label, start..range.end)).or_insert(0) += 1;
        }
    }
    ends
}

/// The text of a label's tokens.
pub(super) fn text_of<'a>(layout: &'a Layout, label: &[Token], range: Range<usize>) -> &'a str {
    match (label.get(range.start), label.get(range.end.max(1) - 1)) {
        (Some(first), Some(last)) => layout.slice(first.range().start..last.range().end),
        _ => "",
    }
}

/// Where the runs of words are cut: before what other rows have there too, or a word that begins there in others; before
/// a capital that nothing ties to what is before it; the last of equals, for names have several words and what is said of
/// them begins with one capital.
fn cuts_of<'a>(layout: &'a Layout, labels: &[(&'a [Token], Range<usize>)], ends: &HashMap<&str, usize>) -> Vec<usize> {
    let text = |label: &'a [Token], at: usize| label.get(at).map_or("", |token| token.text(layout));
    let begins = |label: &'a [Token], at: usize| {
        let before = text(label, at - 1);
        text(label, at).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !words::is_link_word(before)
            && !before.ends_with(',')
    };
    let mut firsts: HashMap<&str, usize> = HashMap::new();
    for (label, range) in labels {
        let mut seen: Vec<&str> = Vec::new();
        for at in (range.start + 1..range.end).filter(|at| begins(label, *at)) {
            if !seen.contains(&text(label, at)) && !words::is_link_word(text(label, at)) {
                seen.push(text(label, at));
                *firsts.entry(text(label, at)).or_default() += 1;
            }
        }
    }
    let shared = |label: &'a [Token], at: usize, end: usize| {
        let whole = ends.get(text_of(layout, label, at..end)).copied().unwrap_or(0);
        whole.max(firsts.get(text(label, at)).copied().unwrap_or(0))
    };
    let cut = |(label, range): &(&'a [Token], Range<usize>)| {
        let key = |at: &usize| (begins(label, *at), shared(label, *at, range.end), *at);
        (range.start + 1..range.end).max_by_key(key).unwrap_or(range.end)
    };
    labels.iter().map(cut).collect()
}
