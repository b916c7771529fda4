//! Which columns a spanner is over.
//!
//! Takes the spanners of a header line and the columns named below them, gives for each column its spanner. A rule under
//! a spanner runs over its columns and no others; without one a column goes to the spanner whose middle is nearest, and
//! an outer column goes to none where the spanner stands in the middle of the others.
//!
//! ```text
//!              Men           Women
//!          ───────────    ───────────              the rules tell
//! Age      2010   2020    2010   2020   Change     Change is under neither
//! ```

use super::bands::Bands;
use super::chunks::Chunk;
use super::line::Line;
use crate::geometry::Interval;
use crate::layout::Layout;

/// How far below the spanner's letters its rule lies at most, as a share of the size.
const BELOW: f32 = 0.7;

/// How far a rule may fall short of the spanner's letters, and parts of a rule lie apart, in points.
const SHORT: f32 = 3.0;

/// A spanner stands in the middle of its columns when it is off by less than this share of their distance, and not when
/// by more than that: a column more or less moves the middle by half.
const CENTRED: f32 = 0.15;
const OFF_CENTRE: f32 = 0.35;

/// For each of the groups of columns, which stand under one spanner or are single, the index of the spanner over it.
pub(super) fn owners(
    layout: &Layout,
    line: usize,
    spanners: &[&Chunk],
    groups: &[&[usize]],
    bands: &Bands,
) -> Vec<Option<usize>> {
    let place = |group: &&[usize]| {
        let bands = group.iter().filter_map(|column| bands.0.get(*column)).copied();
        bands.reduce(Interval::union).unwrap_or_default()
    };
    let columns: Vec<Interval> = groups.iter().map(place).collect();
    let rules: Vec<Option<Interval>> =
        spanners.iter().map(|spanner| underline(layout, line, spanner, spanners, bands)).collect();
    let nearest = |column: &Interval| {
        let x = column.middle();
        let ruled = rules.iter().position(|rule| rule.is_some_and(|rule| rule.start <= x && x <= rule.end));
        let apart = |spanner: &Chunk| (spanner.x.middle() - x).abs();
        let near = (0..spanners.len()).min_by(|&a, &b| match (spanners.get(a), spanners.get(b)) {
            (Some(a), Some(b)) => apart(a).total_cmp(&apart(b)),
            _ => std::cmp::Ordering::Equal,
        });
        ruled.or(near.filter(|&near| rules.get(near).is_some_and(Option::is_none)))
    };
    let mut owners: Vec<Option<usize>> = columns.iter().map(nearest).collect();
    for (index, spanner) in spanners.iter().enumerate().filter(|(index, _)| rules.get(*index) == Some(&None)) {
        let own: Vec<usize> = (0..columns.len()).filter(|&at| owners.get(at) == Some(&Some(index))).collect();
        let places: Vec<Interval> = own.iter().filter_map(|&at| columns.get(at)).copied().collect();
        let outer = match (index == 0, index + 1 == spanners.len()) {
            (_, true) if stands_over(spanner.x, &places, places.len().saturating_sub(1)) => own.last(),
            (true, _) if stands_over_last(spanner.x, &places) => own.first(),
            _ => None,
        };
        if let Some(owner) = outer.and_then(|&at| owners.get_mut(at)) {
            *owner = None;
        }
    }
    owners
}

/// Whether a name of a line stands over the gap between two of the line below, with nothing over these two: it is over
/// both, and neither goes on with it.
pub(super) fn stands_between(line: &Line<'_>, below: &Line<'_>) -> bool {
    let free = |name: &Chunk| line.row.chunks.iter().all(|other| other.x.overlap(name.x) <= 0.0);
    let mut names = line.row.chunks.iter().zip(&line.columns).filter(|(_, column)| **column > 0);
    names.any(|(name, _)| {
        below.row.chunks.windows(2).zip(below.columns.windows(2)).any(|(pair, columns)| match (pair, columns) {
            ([a, b], [first, _]) => {
                *first > 0 && a.x.end <= name.x.start && name.x.end <= b.x.start && free(a) && free(b)
            }
            _ => false,
        })
    })
}

/// Whether a spanner stands in the middle of all of its columns but the last.
fn stands_over(spanner: Interval, places: &[Interval], count: usize) -> bool {
    let (Some(kept), Some(first)) = (places.get(..count), places.first()) else { return false };
    // Set against the left edge, it stands nowhere near the middle.
    count > 1 && (spanner.start - first.start).abs() > SHORT && is_centred(spanner, kept, places)
}

/// The same of all but the first.
fn stands_over_last(spanner: Interval, places: &[Interval]) -> bool {
    let Some((_, kept)) = places.split_first() else { return false };
    kept.len() > 1
        && (spanner.start - kept.first().map_or(0.0, |x| x.start)).abs() > SHORT
        && is_centred(spanner, kept, places)
}

fn is_centred(spanner: Interval, kept: &[Interval], all: &[Interval]) -> bool {
    let whole = |places: &[Interval]| places.iter().copied().reduce(Interval::union).unwrap_or_default();
    let distance = whole(all).len() / all.len().max(1) as f32;
    let off = |places: &[Interval]| (spanner.middle() - whole(places).middle()).abs();
    off(kept) <= CENTRED * distance && off(all) >= OFF_CENTRE * distance
}

/// The rule under a spanner that is its own: it reaches under no other spanner, nor under the stub.
fn underline(layout: &Layout, line: usize, spanner: &Chunk, all: &[&Chunk], bands: &Bands) -> Option<Interval> {
    let place = layout.lines.get(line)?;
    let page = layout.pages.get(place.page as usize)?;
    let height = Interval::new(place.y.middle(), place.y.end + BELOW * place.size);
    let below = |y: f32| height.start <= y && y <= height.end;
    let mut parts: Vec<Interval> = page
        .rules
        .iter()
        .filter(|rule| rule.horizontal && below(rule.area.y.middle()))
        .map(|rule| rule.area.x)
        .collect();
    parts.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut rules: Vec<Interval> = Vec::new();
    for part in parts {
        match rules.last_mut() {
            Some(last) if part.start - last.end <= SHORT / 2.0 => *last = last.union(part),
            _ => rules.push(part),
        }
    }
    let covers = |rule: &&Interval| rule.start <= spanner.x.start + SHORT && rule.end >= spanner.x.end - SHORT;
    let own = rules.iter().find(covers)?;
    let others = all.iter().any(|other| other.x != spanner.x && other.x.overlap(*own) > 0.0);
    let stub = bands.0.first().is_some_and(|stub| stub.middle() > own.start);
    (!others && !stub).then_some(*own)
}
