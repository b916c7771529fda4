//! Spanners: labels over several columns whose own headers come again under the next.
//!
//! Takes drafts with one header row and the items that no table has, gives drafts with two. What tells a spanner is
//! that the headers of the columns begin again: what a run of them has more than the runs beside it, on the lines
//! over one of its headers or alone near the header, is the run's own name. It stands over the first column, the
//! middle one or between them, as the page had it centred.
//!
//! ```text
//! 2018 / Jongens │ Meisjes │ 2019 / Jongens │ Meisjes        2018    2018    2019    2019
//! M │ Instroom / V │ X │ M │ Uitstroom / V │ X               Jongens Meisjes Jongens Meisjes
//! ```

use super::draft::Draft;
use super::item::Item;
use crate::layout::Layout;
use crate::table::number;
use crate::table::words;
use std::ops::Range;

/// How many items before a header its spanners stand alone.
const REACH: usize = 8;

/// The fewest columns in runs: one, and two that begin with the same header.
const FEWEST_COLUMNS: usize = 3;

/// Puts spanners over the headers of the drafts that have some.
pub(super) fn add(layout: &Layout, items: &mut Vec<Item>, drafts: &mut [Draft]) {
    let mut taken = vec![false; items.len()];
    drafts.iter().flat_map(Draft::items).for_each(|item| taken[item] = true);
    for draft in drafts.iter_mut().filter(|draft| draft.heads.len() == 1) {
        let Some(runs) = runs_of(layout, items, draft) else { continue };
        let Some(spanners) = spanners_of(layout, items, draft, &runs, &taken) else { continue };
        put(items, draft, &runs, &spanners);
        for item in draft.heads.iter().flatten().flatten() {
            taken.get_mut(*item).into_iter().for_each(|taken| *taken = true);
        }
    }
}

/// Columns whose headers come again, in runs; for each run the lines over its headers that the others lack.
struct Run {
    columns: Range<usize>,
    /// The column and how many of the first lines of its header are no header's.
    over: Vec<(usize, usize)>,
}

/// The spanner of a run: the lines over a column's header, or an item of its own.
#[derive(Clone, Copy)]
enum Spanner {
    Over { column: usize, lines: usize },
    Alone(usize),
}

fn lines_of<'a>(layout: &'a Layout, items: &[Item], draft: &Draft, column: usize) -> Vec<&'a str> {
    let item = draft.heads[0].get(column).copied().flatten();
    item.and_then(|item| items.get(item))
        .map_or(Vec::new(), |item| item.bytes.iter().map(|bytes| layout.slice(bytes.clone())).collect())
}

fn runs_of(layout: &Layout, items: &[Item], draft: &Draft) -> Option<Vec<Run>> {
    let heads: Vec<Vec<&str>> =
        (0..draft.heads[0].len()).map(|column| lines_of(layout, items, draft, column)).collect();
    let leaf = |column: usize| heads[column].last().copied().unwrap_or("");
    // A total of each row stands beside the runs.
    let end =
        heads.len() - usize::from(heads.last().is_some_and(|lines| lines.last().is_some_and(|l| words::is_total(l))));
    if end <= FEWEST_COLUMNS || (1..end).any(|column| heads[column].is_empty()) {
        return None;
    }
    let mut starts: Vec<usize> = (1..end).filter(|column| leaf(*column) == leaf(1)).collect();
    starts.push(end);
    let ranges: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    let longest = ranges.iter().max_by_key(|range| range.len()).cloned()?;
    let same = |range: &Range<usize>| range.clone().zip(longest.clone()).all(|(a, b)| leaf(a) == leaf(b));
    if ranges.len() < 2 || longest.len() < 2 || !ranges.iter().all(same) {
        return None;
    }
    let common = |place: usize| {
        let members = || ranges.iter().filter(|range| place < range.len()).map(|range| &heads[range.start + place]);
        let first = members().next().map_or(&[][..], |lines| &lines[..]);
        let shared = |count: &usize| {
            members().all(|lines| lines.len() >= *count && lines[lines.len() - count..] == first[first.len() - count..])
        };
        (1..=first.len()).take_while(shared).last().unwrap_or(0)
    };
    let shared: Vec<usize> = (0..longest.len()).map(common).collect();
    let run = |columns: &Range<usize>| {
        let over = columns.clone().zip(&shared).map(|(column, shared)| (column, heads[column].len() - shared));
        Run { columns: columns.clone(), over: over.filter(|(_, lines)| *lines > 0).collect() }
    };
    Some(ranges.iter().map(run).collect())
}

/// The spanner of each run: one over one of its headers, else the next of those that stand alone.
fn spanners_of(layout: &Layout, items: &[Item], draft: &Draft, runs: &[Run], taken: &[bool]) -> Option<Vec<Spanner>> {
    let lacking = runs.iter().filter(|run| run.over.is_empty()).count();
    let alone = if lacking > 0 { alone(items, draft, taken) } else { Vec::new() };
    // As many as lack one: those nearest to the header, if more stand before it.
    let mut alone = alone[alone.len().checked_sub(lacking)?..].iter().copied();
    let mut spanners = Vec::with_capacity(runs.len());
    for run in runs {
        spanners.push(match run.over[..] {
            [] => Spanner::Alone(alone.next()?),
            [(column, lines)] => Spanner::Over { column, lines },
            _ => return None,
        });
    }
    let texts: Vec<String> = spanners.iter().map(|spanner| text_of(layout, items, draft, *spanner)).collect();
    let told = texts.iter().enumerate().all(|(at, text)| !texts[..at].contains(text));
    // Runs are equally long, unless years name them: the first may have no change to show.
    let even = runs.iter().all(|run| run.columns.len() == runs[0].columns.len());
    (told && (even || texts.iter().all(|text| number::is_year(text)))).then_some(spanners)
}

fn text_of(layout: &Layout, items: &[Item], draft: &Draft, spanner: Spanner) -> String {
    match spanner {
        Spanner::Over { column, lines } => lines_of(layout, items, draft, column)[..lines].join(" "),
        Spanner::Alone(item) => items[item].text(layout),
    }
}

/// Labels of no table that stand among the columns of a table, or right before its header; what the table took without
/// knowing the place counts.
fn alone(items: &[Item], draft: &Draft, taken: &[bool]) -> Vec<usize> {
    let heads = draft.heads[0].iter().flatten();
    let (Some(first), last) = (heads.min().copied(), draft.last()) else { return Vec::new() };
    let free = |at: &usize| {
        let item = &items[*at];
        let own = draft.repeated.contains(at) || !taken[*at];
        own && item.is_label() && item.page == items[first].page
    };
    let near = |at: &usize| *at > first || items[*at].stretch == items[first].stretch;
    (first.saturating_sub(REACH)..=last.min(taken.len() - 1)).filter(|at| free(at) && near(at)).collect()
}

/// Puts spanners over a header: a column beside the runs has its own header on both rows.
fn put(items: &mut Vec<Item>, draft: &mut Draft, runs: &[Run], spanners: &[Spanner]) {
    let mut row = draft.heads[0].clone();
    for (run, spanner) in runs.iter().zip(spanners) {
        let item = match *spanner {
            Spanner::Alone(item) => {
                let before = draft.repeated.len();
                draft.repeated.retain(|at| *at != item);
                draft.open = draft.open.saturating_sub(before - draft.repeated.len());
                item
            }
            Spanner::Over { column, lines } => {
                let Some(head) = draft.heads[0][column] else { continue };
                let item = &mut items[head];
                let mut over = item.clone();
                item.bytes.drain(..lines);
                item.lines.drain(..lines.min(item.lines.len()));
                over.bytes.truncate(lines);
                over.lines.truncate(lines);
                items.push(over);
                items.len() - 1
            }
        };
        run.columns.clone().for_each(|column| row[column] = Some(item));
    }
    draft.heads.insert(0, row);
}
