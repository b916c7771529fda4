//! The head of a table without rules: which of its lines are the header, what column each word of it names, and which
//! names are spanners over others.
//!
//! Takes the lines of a zone, gives header rows. Names need not stand over the figures of their column: a name at the left
//! of its cell and figures at the right of it lie far apart. So the names of all lines together are counted first.
//!
//! ```text
//!                  2018               2019         as many names as columns behind the stub
//! Gemeente                 Aantal                  one name over two lines, its stub between them
//!            Geweigerd    aanvragen
//! Gent              45           12
//! ```

use super::bands::Bands;
use super::chunks::Chunk;
use super::figures::is_year;
use super::line::{Line, TableRow};
use super::spacing::TIGHTER;
use super::spans;
use crate::geometry::Interval;
use crate::layout::Layout;
use crate::table::cells::{is_bracketed, is_figure, is_unit};
use std::ops::Range;

/// Lines of a table's head, at most.
const MOST_HEADER_LINES: usize = 6;

/// How far from the middle of the years below it a name over all of them stands at most, as a share of their extent.
const MIDDLE: f32 = 0.25;

/// The names of columns in the lines above the first figures, wherever the figures stand: in each line the chunks over
/// one another are of one column, where they are as many as there are columns.
pub(super) fn name_columns(layout: &Layout, lines: &mut [Line<'_>], bands: &Bands) {
    let body = first_amounts(layout, lines);
    let Some(lines) = lines.get_mut(..body) else { return };
    let Some((names, first)) = names_of(lines, bands) else { return };
    let stub_end = names.first().map_or(0.0, |name| name.start);
    for line in lines {
        let mut least = 0;
        for (chunk, column) in line.row.chunks.iter().zip(line.columns.iter_mut()) {
            // The stub's own name, in another line than those of the columns.
            if first > 0 && chunk.x.end <= stub_end {
                *column = 0;
                continue;
            }
            let score = |x: &Interval| match x.overlap(chunk.x) {
                over if over > 0.0 => over,
                _ => (chunk.x.end - x.start).min(x.end - chunk.x.start),
            };
            let later = names.iter().enumerate().skip(least);
            least = later.max_by(|a, b| score(a.1).total_cmp(&score(b.1))).map_or(least, |(at, _)| at);
            *column = least + first;
        }
    }
}

/// Where the names of columns stand, from the last line up until there are enough, and the column of the first.
fn names_of(lines: &[Line<'_>], bands: &Bands) -> Option<(Vec<Interval>, usize)> {
    let mut names: Vec<Interval> = Vec::new();
    for line in lines.iter().rev() {
        for chunk in &line.row.chunks {
            let over = |name: &Interval| name.overlap(chunk.x) > 0.0;
            match names.iter().filter(|name| over(name)).count() {
                0 => names.insert(names.partition_point(|name| name.start < chunk.x.start), chunk.x),
                1 => names.iter_mut().filter(|name| over(name)).for_each(|name| *name = name.union(chunk.x)),
                // What lies over several is a spanner.
                _ => return None,
            }
        }
        let found =
            [0, 1].into_iter().find(|&first| names.len() + first == bands.count() && in_order(&names, first, bands));
        if let Some(first) = found {
            return Some((names, first));
        }
    }
    None
}

/// Whether names can be those of the columns from one on: none reaches into the columns beside its own.
fn in_order(names: &[Interval], first: usize, bands: &Bands) -> bool {
    let before = |at: usize| at.checked_sub(1).and_then(|at| bands.0.get(at)).map_or(f32::MIN, |band| band.middle());
    let stub = first == 0 || names.first().zip(bands.0.first()).is_some_and(|(name, stub)| name.start >= stub.end);
    let fits = |(at, name): (usize, &Interval)| {
        let after = bands.0.get(at + first + 1).map_or(f32::MAX, |band| band.middle());
        name.start > before(at + first) && name.end < after
    };
    stub && names.iter().enumerate().all(fits)
}

/// The first line with amounts of its own, near enough for all above it to be a header; 0 where there is none. A line
/// that stands in brackets all along (`(1.000)  (2)`) gives units and numbers of columns: below their names, or above
/// rows that have none.
fn first_amounts(layout: &Layout, lines: &[Line<'_>]) -> usize {
    let units = |line: &Line<'_>| line.names(layout).all(is_unit);
    let gives_units = |at: usize, line: &Line<'_>| {
        line.is_bracketed(layout) && (at > 0 && !line.has_label() || at == 0 && units(line))
    };
    let numbers = |at: usize| at == 0 && names_in_numbers(layout, lines);
    let own = |(at, line): (usize, &Line<'_>)| line.has_amount() && !gives_units(at, line) && !numbers(at);
    lines.iter().enumerate().position(own).unwrap_or(0).min(MOST_HEADER_LINES)
}

/// Whether the first line names its columns by numbers, as levels of a course are (`1.1  1.2  2.1`): each rises, and all
/// below it are shares, which they are not.
fn names_in_numbers(layout: &Layout, lines: &[Line<'_>]) -> bool {
    let Some((first, rows)) = lines.split_first().filter(|(_, rows)| rows.len() > 1) else { return false };
    let numbers: Vec<f64> = first.names(layout).filter_map(|name| name.replace(',', ".").parse().ok()).collect();
    let named = first.has_label() && numbers.len() > 1 && numbers.len() == first.names(layout).count();
    let share = |text: &str| text.ends_with('%') || !is_figure(text);
    named
        && numbers.is_sorted_by(|a, b| a < b)
        && rows.iter().all(|row| row.names(layout).all(share))
        && rows.iter().any(Line::has_amount)
}

/// How many of the first lines are the header: no amounts, and some column but the first named.
pub(super) fn header_length(layout: &Layout, lines: &[Line<'_>]) -> usize {
    let body = first_amounts(layout, lines);
    // Years under a stub's name need no second line: a line of as many words as columns below them is a row.
    let years = lines.first().filter(|line| line.names_years(layout)).map(|line| line.columns.len());
    let row = |line: &Line<'_>| line.has_label() && Some(line.columns.len()) == years;
    let body = lines.iter().take(body).skip(1).position(row).map_or(body, |at| at + 1);
    let body = first_row_of_words(layout, lines).map_or(body, |first| first.min(body));
    let named = lines.iter().take(body).rposition(Line::has_values).map_or(0, |last| last + 1);
    if named == 0 {
        return 0;
    }
    // A label that goes on below the last named column.
    let wraps = lines.iter().take(body).skip(named).take_while(|line| line.starts_small(layout)).count();
    named + wraps
}

/// The line below the first that fills all columns, where it fills them too, wraps none of its cells, and stands as far
/// below as rows do: a row of words (`Export  Yes  No`) above others that hold figures.
fn first_row_of_words(layout: &Layout, lines: &[Line<'_>]) -> Option<usize> {
    let count = lines.iter().map(|line| line.columns.len()).max().filter(|_| layout.is_placed())?;
    let full = |line: &Line<'_>| line.has_label() && line.columns.len() == count;
    let first = lines.iter().position(full)?;
    let below = lines.get(first + 1).filter(|line| full(line))?;
    let text = |chunk: &Chunk| layout.slice(chunk.bytes.clone());
    let wraps = |chunk: &Chunk| text(chunk).starts_with(|c: char| !c.is_uppercase() && !c.is_ascii_digit() && c != '-');
    let gap = |above: &Line<'_>, below: &Line<'_>| below.row.y - above.row.foot;
    let mut gaps: Vec<f32> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] if above.has_amount() && below.has_amount() => Some(gap(above, below)),
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    let apart = lines.get(first).is_some_and(|head| gap(head, below) >= TIGHTER * usual);
    (apart && !below.row.chunks.iter().any(wraps)).then_some(first + 1)
}

/// Reads the header's lines: one row, wraps undone, under as many rows of spanners as there are.
pub(super) fn read_header(layout: &Layout, lines: &[Line<'_>], bands: &Bands) -> Vec<TableRow> {
    if lines.is_empty() {
        return Vec::new();
    }
    // A stub's name may stand between the two: it spans both.
    let named: Vec<&Line<'_>> = lines.iter().filter(|line| line.has_values()).collect();
    let parts = || (1..named.len()).filter_map(|at| Some((at, named.get(at - 1)?, named.get(at..)?)));
    let spanners = (1..named.len())
        .rev()
        .find(|&index| spans(layout, &named[..index + 1], bands))
        .or_else(|| parts().find(|(_, line, below)| spans_all(layout, line, below, bands)).map(|(at, ..)| at));
    let (above, own) = named.split_at(spanners.unwrap_or(0));
    let below = own.first().filter(|_| spanners.is_some()).map_or(0, |line| line.row.line);
    let mut names = TableRow::new(bands.count());
    for line in lines {
        if line.row.line >= below {
            names.add(line.row, &line.columns);
        } else if let (Some(chunk), true, Some(cell)) =
            (line.row.chunks.first(), line.has_label(), names.cells.first_mut())
        {
            cell.push(chunk.bytes.clone());
        }
    }
    let texts = names.texts(layout);
    let texts: Vec<&str> = texts.iter().skip(1).map(String::as_str).collect();
    let period =
        own.first().and_then(|line| period(&line.names(layout).collect::<Vec<_>>())).or_else(|| period(&texts));
    let mut rows: Vec<TableRow> = Vec::new();
    for level in levels(layout, above).into_iter().rev() {
        rows.push(read_spanners(layout, level, bands, period, &names, rows.last()));
    }
    rows.reverse();
    name_alone(&rows, &mut names);
    rows.push(names);
    join_wraps(layout, &mut rows);
    share_stub(&mut rows);
    rows
}

/// Parts lines of spanners into levels: spanners over spanners, as years over what was counted in each.
fn levels<'a, 'z>(layout: &Layout, lines: &'a [&'z Line<'z>]) -> Vec<&'a [&'z Line<'z>]> {
    let over = |a: &Line<'_>, b: &Line<'_>| {
        let (own, under) = (a.names(layout).count(), b.names(layout).count());
        own > 0
            && under > own
            && (repeats(layout, b)
                || own > 1 && a.names(layout).all(is_year)
                || heads_years(layout, a, b)
                || spans::stands_between(a, b))
    };
    lines.chunk_by(|a, b| !over(a, b)).collect()
}

/// A row of spanners, each over its columns, or over the spanners below. What stands over a single column without a name of its own is that name.
fn read_spanners(
    layout: &Layout,
    level: &[&Line<'_>],
    bands: &Bands,
    period: Option<usize>,
    names: &TableRow,
    under: Option<&TableRow>,
) -> TableRow {
    let mut row = TableRow::new(bands.count());
    let bare = |column: usize| names.cells.get(column).is_some_and(Vec::is_empty);
    for line in level {
        let chunks = line.row.chunks.iter().zip(&line.columns).filter(|(_, column)| **column > 0);
        let (alone, spanners): (Vec<_>, Vec<_>) =
            chunks.partition(|(chunk, column)| bare(**column) && bands.touched(chunk) < 2);
        for (chunk, column) in alone {
            row.cells.get_mut(*column).into_iter().for_each(|cell| cell.push(chunk.bytes.clone()));
        }
        let spanners: Vec<&Chunk> = spanners.into_iter().map(|(chunk, _)| chunk).collect();
        spread(layout, line, &spanners, (bands, names, under), period, &mut row);
    }
    row
}

/// Names the columns that only a row of spanners names.
fn name_alone(spanners: &[TableRow], names: &mut TableRow) {
    for (column, name) in names.cells.iter_mut().enumerate().skip(1).filter(|(_, name)| name.is_empty()) {
        let above = spanners.iter().rev().filter_map(|row| row.cells.get(column));
        name.extend(above.flatten().take(1).cloned());
    }
}

/// What stands over one column alone, and over a name that no other column has, is the first line of that name:
/// `Vermogen` over `(kWp)`. The same name under several spanners (`Aantal`) tells what each of them spans; what is in
/// brackets is no name by itself.
fn join_wraps(layout: &Layout, rows: &mut [TableRow]) {
    let [.., spanners, names] = rows else { return };
    let text = |cell: &[Range<usize>]| cell.iter().map(|bytes| layout.slice(bytes.clone())).collect::<Vec<_>>();
    let texts: Vec<Vec<&str>> = names.cells.iter().map(|cell| text(cell)).collect();
    let small =
        |name: &Vec<&str>| name.first().is_none_or(|name| name.starts_with(|c: char| c.is_lowercase() || c == '%'));
    if texts.iter().skip(1).all(small) {
        return;
    }
    let alone: Vec<usize> = (1..names.cells.len())
        .filter(|&column| {
            let over = |at: usize| spanners.cells.get(at).filter(|cell| !cell.is_empty());
            let own = over(column).is_some();
            let beside = [column - 1, column + 1].into_iter().any(|at| at > 0 && over(at) == over(column));
            let differs = over(column) != names.cells.get(column);
            let only = texts.iter().filter(|other| Some(*other) == texts.get(column)).count() == 1;
            let year = over(column).is_some_and(|cell| text(cell).into_iter().all(is_year));
            let bracketed = texts.get(column).and_then(|name| name.first()).is_some_and(|name| name.starts_with('('));
            own && !beside && differs && (only || bracketed && !year)
        })
        .collect();
    for column in alone {
        if let (Some(above), Some(name)) = (spanners.cells.get_mut(column), names.cells.get_mut(column)) {
            above.append(name);
            name.clone_from(above);
        }
    }
}

/// After how many columns names begin anew: `Aantal Bedrag Aantal Bedrag` has 2.
fn period(names: &[&str]) -> Option<usize> {
    let period = (1..=names.len() / 2).find(|&period| {
        names.len().is_multiple_of(period) && names.iter().zip(names.iter().skip(period)).all(|(a, b)| a == b)
    })?;
    (period > 1).then_some(period)
}

/// Whether the last but one of these header lines spans the columns that the last one names: fewer chunks, over several
/// of them.
fn spans(layout: &Layout, lines: &[&Line<'_>], bands: &Bands) -> bool {
    let [.., line, below] = lines else { return false };
    let (own, under) = (line.names(layout).count(), below.names(layout).count());
    let years = line.names(layout).all(is_year);
    // What each year counts (`2018  2019` over `(aantal)  (aantal)`) is named in a line of its own.
    let worded = || below.is_bracketed(layout) && below.names(layout).all(|name| name.contains(char::is_alphabetic));
    if years && own > 1 && under == own && worded() && repeats(layout, below) {
        return true;
    }
    if own == 0 || under <= own || wraps_names(layout, lines, bands) {
        return false;
    }
    let wide = line.row.chunks.iter().zip(&line.columns).any(|(c, &column)| column > 0 && bands.touched(c) > 1);
    repeats(layout, below) || wide || years && own > 1 && under >= 2 * own || heads_years(layout, line, below)
}

/// Whether a header line spans the names that all lines below it make up together, where these stand at different heights:
/// every column has one, they begin anew after some, and each of the line's names is over as many.
///
/// ```text
///          Gewone procedure       Vereenvoudigde procedure
///                   Gem. duur                   Gem. duur
///          Aantal                 Aantal
///                     (dagen)                     (dagen)
/// ```
fn spans_all(layout: &Layout, line: &Line<'_>, below: &[&Line<'_>], bands: &Bands) -> bool {
    let mut names = TableRow::new(bands.count());
    below.iter().for_each(|line| names.add(line.row, &line.columns));
    let texts = names.texts(layout);
    let texts: Vec<&str> = texts.iter().skip(1).map(String::as_str).collect();
    let own = line.names(layout).count();
    own > 1 && !texts.contains(&"") && period(&texts).is_some_and(|period| period * own == texts.len())
}

/// Whether one name stands over years alone, in the middle of them: `Jaar` over `2018  2019  2020`.
fn heads_years(layout: &Layout, line: &Line<'_>, below: &Line<'_>) -> bool {
    let mut names = line.names(layout);
    let alone = names.next().is_some_and(|name| !is_year(name)) && names.next().is_none();
    let extent = |line: &Line<'_>| {
        let named = line.row.chunks.iter().zip(&line.columns).filter(|(_, column)| **column > 0);
        named.map(|(chunk, _)| chunk.x).reduce(Interval::union).unwrap_or_default()
    };
    let (name, columns) = (extent(line), extent(below));
    alone
        && below.names(layout).count() > 2
        && below.names(layout).all(is_year)
        && (name.middle() - columns.middle()).abs() <= MIDDLE * columns.len()
}

/// Whether the last of these header lines goes on with names that begin above it, each in its own column: below a hyphen
/// (`Laag-` / `geschoold`), or in brackets (`Termijn` / `(dagen)`). What stands beside them is named there alone.
fn wraps_names(layout: &Layout, lines: &[&Line<'_>], bands: &Bands) -> bool {
    let Some((below, above)) = lines.split_last() else { return false };
    let head = |column: usize| {
        let in_column = |line: &&&Line<'_>| line.columns.contains(&column);
        let line = above.iter().rev().find(in_column)?;
        let at = line.columns.iter().position(|&other| other == column)?;
        line.row.chunks.get(at)
    };
    let mut wraps = 0;
    for (chunk, &column) in below.row.chunks.iter().zip(&below.columns).filter(|(_, column)| **column > 0) {
        let bracketed = is_bracketed(layout.slice(chunk.bytes.clone()));
        let Some(head) = head(column) else {
            if bracketed {
                return false;
            }
            continue;
        };
        let text = layout.slice(head.bytes.clone());
        let begins = text.ends_with('-') && text.len() > 1 || bracketed && !is_year(text);
        if !begins || bands.touched(head) > 1 {
            return false;
        }
        wraps += 1;
    }
    wraps > 0
}

/// Whether a line names several columns alike.
fn repeats(layout: &Layout, line: &Line<'_>) -> bool {
    let names: Vec<&str> = line.names(layout).collect();
    names.iter().enumerate().any(|(at, name)| names.iter().skip(at + 1).take(8).any(|other| other == name))
}

/// Repeats each spanner over the columns that have names below it, those under one spanner together: as many for each where the names say so, else those
/// that the rule under it runs over, else those to whose middle it is nearest.
fn spread(
    layout: &Layout,
    line: &Line<'_>,
    spanners: &[&Chunk],
    (bands, names, under): (&Bands, &TableRow, Option<&TableRow>),
    period: Option<usize>,
    row: &mut TableRow,
) {
    let named = |column: &usize| names.cells.get(*column).is_some_and(|name| !name.is_empty());
    let columns: Vec<usize> = (1..bands.count()).filter(named).collect();
    let owners = match period.filter(|period| period * spanners.len() == columns.len()) {
        Some(period) => (0..columns.len()).map(|index| Some(index / period)).collect(),
        None => {
            let spanner = |column: &usize| under?.cells.get(*column).filter(|cell| !cell.is_empty());
            let groups: Vec<&[usize]> =
                columns.chunk_by(|a, b| spanner(a).is_some() && spanner(a) == spanner(b)).collect();
            let owners = spans::owners(layout, line.row.line, spanners, &groups, bands);
            groups.iter().zip(owners).flat_map(|(group, owner)| vec![owner; group.len()]).collect::<Vec<_>>()
        }
    };
    for (column, owner) in columns.into_iter().zip(owners) {
        let spanner = owner.and_then(|owner| spanners.get(owner));
        if let (Some(spanner), Some(cell)) = (spanner, row.cells.get_mut(column)) {
            cell.push(spanner.bytes.clone());
        }
    }
}

/// A stub's name that stands in one of the header rows is that of all.
fn share_stub(rows: &mut [TableRow]) {
    let name = rows.iter().rev().filter_map(|row| row.cells.first()).find(|cell| !cell.is_empty()).cloned();
    let Some(name) = name else { return };
    for cell in rows.iter_mut().filter_map(|row| row.cells.first_mut()).filter(|cell| cell.is_empty()) {
        cell.clone_from(&name);
    }
}
