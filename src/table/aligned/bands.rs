//! Chunks to columns: the bands of the page that the cells of a table keep to.
//!
//! Takes rows, gives [`Bands`]. Chunks that lie over one another are of one column; a band in which one row has two
//! chunks is cut where most rows leave a gap, so that one long cell does not melt two columns together.
//!
//! ```text
//! Antwerpen             636      12 %
//! Oost-Vlaanderen        44       8 %
//! └─────┬───────┘      └─┬─┘    └─┬─┘
//!     band 0           band 1   band 2
//! ```

use super::chunks::{Chunk, Row};
use crate::geometry::Interval;
use crate::layout::{Layout, Word};
use crate::table::cells::is_bracketed;

/// The columns of a table, from left to right, apart from one another; and how many figures end each of its rows, where
/// they are counted from the right.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Bands(pub Vec<Interval>, Option<usize>);

/// The share of rows that agree on a count of columns, at least.
const MOST_ROWS: f32 = 0.6;

/// Rows that all end in as many figures, at least, for these to be the columns.
const FEWEST_COUNTED: usize = 3;

/// Rows of a band are split at most this often: the number of columns that can have melted together.
const MOST_CUTS: usize = 64;

impl Bands {
    /// The bands of rows that hold figures: by the count of chunks that most of them share, by that of the figures that
    /// end each row, by that of the names above them, else by what lies over what. Where more columns are named than most
    /// rows have chunks, each with something in it, every row has an empty cell.
    pub(super) fn of(rows: &[&Row], names: Option<&Row>) -> Self {
        let named = names.map_or(0, |names| names.chunks.len());
        let placed = || Self::by_place(rows).merged_under(names, rows);
        let counted = Self::by_count(rows);
        if counted.as_ref().is_some_and(|counted| counted.count() < named) {
            let placed = placed();
            if placed.count() == named {
                return placed;
            }
        }
        counted.or_else(|| Self::by_figures(rows)).or_else(|| Self::by_names(rows, named)).unwrap_or_else(placed)
    }

    /// Where names stand over the columns, as many as the cells of the fullest rows, these rows tell where each column is:
    /// others have empty cells.
    fn by_names(rows: &[&Row], names: usize) -> Option<Self> {
        let count =
            rows.iter().map(|row| row.chunks.len()).max().filter(|count| *count == names || *count == names + 1)?;
        let full = rows.iter().filter(|row| row.chunks.len() == count);
        Self::by_rank(full.copied(), count)
    }

    /// The extent of the first chunks of rows, of the second, and so on, where these lie apart.
    fn by_rank<'r>(rows: impl Iterator<Item = &'r Row> + Clone, count: usize) -> Option<Self> {
        let mut bands: Vec<Interval> = Vec::with_capacity(count);
        for column in 0..count {
            let own = rows.clone().filter_map(|row| row.chunks.get(column));
            bands.push(own.map(|chunk| chunk.x).reduce(Interval::union)?);
        }
        let apart = bands.windows(2).all(|pair| matches!(pair, [a, b] if a.middle() < b.start && a.end < b.middle()));
        apart.then(|| {
            separate(&mut bands);
            Self(bands, None)
        })
    }

    /// Where every row ends in as many figures, they are the last columns, wherever they stand; what stands before them
    /// goes by its place.
    fn by_figures(rows: &[&Row]) -> Option<Self> {
        let count = rows.first().map(|row| figures_at_end(row)).filter(|count| *count > 1)?;
        let labels: Vec<Row> = rows.iter().filter_map(|row| before_figures(row, count)).collect();
        if rows.len() < FEWEST_COUNTED || labels.len() < rows.len() {
            return None;
        }
        let mut bands = Self::by_place(&labels.iter().collect::<Vec<_>>()).0;
        for column in (1..=count).rev() {
            let own = rows.iter().filter_map(|row| row.chunks.get(row.chunks.len().checked_sub(column)?));
            bands.push(own.map(|chunk| chunk.x).reduce(Interval::union)?);
        }
        let apart = bands.windows(2).all(|pair| matches!(pair, [a, b] if a.middle() < b.middle()));
        apart.then(|| {
            separate(&mut bands);
            Self(bands, Some(count))
        })
    }

    /// Where most rows have as many chunks, the first of each is the first column, and so on: numbers of one column
    /// need not lie over one another in a text whose spaces were evened out.
    fn by_count(rows: &[&Row]) -> Option<Self> {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        rows.iter().for_each(|row| *counts.entry(row.chunks.len()).or_default() += 1);
        let (&count, &full) = counts.iter().max_by_key(|&(_, full)| *full)?;
        if full < 2 || (full as f32) < MOST_ROWS * rows.len() as f32 || counts.keys().any(|&other| other > count) {
            return None;
        }
        Self::by_rank(rows.iter().copied().filter(|row| row.chunks.len() == count), count)
    }

    /// Chunks that lie over one another are of one column.
    fn by_place(rows: &[&Row]) -> Self {
        let mut chunks: Vec<Interval> = rows.iter().flat_map(|row| row.chunks.iter().map(|chunk| chunk.x)).collect();
        chunks.sort_by(|a, b| a.start.total_cmp(&b.start));
        let mut bands: Vec<Interval> = Vec::new();
        for chunk in chunks {
            match bands.last_mut() {
                Some(last) if chunk.start < last.end => *last = last.union(chunk),
                _ => bands.push(chunk),
            }
        }
        let mut cut = Vec::with_capacity(bands.len());
        for band in bands {
            cut_band(rows, band, &mut cut);
        }
        Self(cut, None)
    }

    /// Takes bands under one name for one column, where no row has something in both: figures few and far between, set in
    /// the middle, need not lie over one another.
    fn merged_under(mut self, names: Option<&Row>, rows: &[&Row]) -> Self {
        let Some(names) = names else { return self };
        let holds = |row: &Row, band: Interval| row.chunks.iter().any(|chunk| chunk.x.overlap(band) > 0.0);
        let mut merged: Vec<Interval> = Vec::with_capacity(self.0.len());
        for band in self.0.drain(..) {
            let shares = |last: &Interval| {
                let named = names.chunks.iter().any(|name| name.x.overlap(*last) > 0.0 && name.x.overlap(band) > 0.0);
                named && !rows.iter().any(|row| holds(row, *last) && holds(row, band))
            };
            match merged.last_mut().filter(|last| shares(last)) {
                Some(last) => *last = last.union(band),
                None => merged.push(band),
            }
        }
        Self(merged, None)
    }

    /// How many columns there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The column of each chunk of a row: in order where there are as many chunks as columns, else where they lie.
    pub(super) fn columns_of(&self, row: &Row) -> Vec<usize> {
        if row.chunks.len() == self.count() {
            return (0..self.count()).collect();
        }
        let figures = self.1.filter(|count| figures_at_end(row) == *count).unwrap_or(0);
        let mut least = 0;
        let labels = row.chunks.len() - figures.min(row.chunks.len());
        let placed = row.chunks.iter().take(labels).enumerate().map(|(index, chunk)| {
            least = if index == 0 && self.begins(chunk, row.em) { 0 } else { self.nearest(chunk, least) };
            least
        });
        placed.collect::<Vec<_>>().into_iter().chain(self.count() - figures..self.count()).collect()
    }

    /// Whether a chunk begins where the first column does: what heads a group reaches over the columns behind.
    fn begins(&self, chunk: &Chunk, em: f32) -> bool {
        self.0.first().is_some_and(|first| (chunk.x.start - first.start).abs() <= em && first.end > chunk.x.start)
    }

    /// The band that a chunk lies over, or the nearest one, not before `least`.
    fn nearest(&self, chunk: &Chunk, least: usize) -> usize {
        let mut best = (f32::MIN, least);
        for (index, band) in self.0.iter().enumerate().skip(least) {
            let overlap = band.overlap(chunk.x);
            let apart = (band.start - chunk.x.end).max(chunk.x.start - band.end);
            let score = if overlap > 0.0 { overlap } else { -apart.max(0.001) };
            if score > best.0 {
                best = (score, index);
            }
        }
        best.1
    }

    /// Cuts the chunks of rows in which cells stand so close that they are one chunk: where a row has fewer chunks than
    /// there are bands, and one lies over several. Below the first figures what is cut off must be a figure, else a
    /// group's heading would be cut; above them only the last line names single columns, and one above ends of its words; a
    /// line of one chunk below names heads a group.
    pub(super) fn part_cells(&self, layout: &Layout, rows: &mut [Row]) {
        let body = rows.iter().position(Row::has_amount).unwrap_or(rows.len());
        let above_ends =
            body.checked_sub(2).filter(|above| rows.get(above + 1).is_some_and(|row| ends_words(layout, row)));
        let mut named = false;
        for (index, row) in rows.iter_mut().enumerate() {
            let names = index + 1 == body || Some(index) == above_ends;
            let heads = named && row.chunks.len() == 1;
            named |= row.chunks.len() > 1;
            if (index >= body || names && !heads) && row.chunks.len() < self.count() {
                let chunks = std::mem::take(&mut row.chunks);
                row.chunks = chunks.into_iter().flat_map(|chunk| self.part(layout, chunk, names)).collect();
            }
        }
    }

    /// A chunk, cut at the bands that it lies over.
    fn part(&self, layout: &Layout, chunk: Chunk, names: bool) -> Vec<Chunk> {
        let over: Vec<&Interval> = self.0.iter().filter(|band| band.overlap(chunk.x) > 0.0).collect();
        let words = words_of(layout, &chunk);
        let text = layout.slice(chunk.bytes.clone());
        // One pair of brackets is of one piece: `(x 1.000 euro)` under several names.
        if over.len() < 2 || words.len() < over.len() || is_bracketed(text) {
            return vec![chunk];
        }
        let mut parts = Vec::with_capacity(over.len());
        let mut first = 0;
        for (index, pair) in over.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            let most = words.len() - (over.len() - 1 - index);
            let cost = |at: &usize| match (words.get(at - 1), words.get(*at)) {
                (Some(a), Some(b)) => (a.x.end - left.end).abs().min((b.x.start - right.start).abs()),
                _ => f32::MAX,
            };
            let cut = (first + 1..=most).min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(first + 1);
            parts.extend(words.get(first..cut).and_then(|words| Chunk::of_words(layout, words)));
            first = cut;
        }
        parts.extend(words.get(first..).and_then(|words| Chunk::of_words(layout, words)));
        let whole = parts.len() == over.len() && (names || parts.iter().skip(1).all(|part| part.figure));
        if whole { parts } else { vec![chunk] }
    }

    /// How many bands a chunk lies over.
    pub(super) fn touched(&self, chunk: &Chunk) -> usize {
        self.0.iter().filter(|band| band.overlap(chunk.x) > 0.0).count()
    }
}

/// Letters of the end of a word that a narrow column broke off, at most.
const WORD_END: usize = 3;

/// Whether a line holds nothing but the ends of words that columns were too narrow for: `n`, `pen`, `n (MW)`.
fn ends_words(layout: &Layout, row: &Row) -> bool {
    let ends = |chunk: &Chunk| {
        let first = layout.slice(chunk.bytes.clone()).split(' ').next().unwrap_or("");
        first.len() <= WORD_END && first.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    row.chunks.iter().all(ends)
}

/// How many figures end a row.
pub(super) fn figures_at_end(row: &Row) -> usize {
    row.chunks.iter().rev().take_while(|chunk| chunk.figure).count()
}

/// What stands before the figures that end a row, where they are so many.
fn before_figures(row: &Row, count: usize) -> Option<Row> {
    let labels = row.chunks.len().checked_sub(count).filter(|labels| *labels > 0 && figures_at_end(row) == count)?;
    let chunks = row.chunks.get(..labels)?.to_vec();
    Some(Row { chunks, ..row.clone() })
}

/// The words of a chunk.
fn words_of<'l>(layout: &'l Layout, chunk: &Chunk) -> &'l [Word] {
    let first = layout.words.partition_point(|word| (word.start as usize) < chunk.bytes.start);
    let end = layout.words.partition_point(|word| (word.start as usize) < chunk.bytes.end);
    layout.words.get(first..end).unwrap_or(&[])
}

/// Moves the edges of bands that lie over one another to the middle of what they share.
fn separate(bands: &mut [Interval]) {
    for index in 1..bands.len() {
        let (before, rest) = bands.split_at_mut(index);
        if let (Some(a), Some(b)) = (before.last_mut(), rest.first_mut())
            && a.end > b.start
        {
            let middle = (a.end + b.start) / 2.0;
            (a.end, b.start) = (middle, middle);
        }
    }
}

/// Cuts a band where rows have two chunks in it, as long as more rows leave the gap open than close it.
fn cut_band(rows: &[&Row], band: Interval, out: &mut Vec<Interval>) {
    let mut open = vec![band];
    let mut cuts = 0;
    while let Some(band) = open.pop() {
        let at = if cuts < MOST_CUTS { best_cut(rows, band) } else { None };
        match at {
            None => out.push(shrink(rows, band)),
            Some(at) => {
                cuts += 1;
                // The left part is looked at first: it is pushed last.
                open.push(Interval::new(at, band.end));
                open.push(Interval::new(band.start, at));
            }
        }
    }
}

/// The band's extent over the chunks whose middle lies in it.
fn shrink(rows: &[&Row], band: Interval) -> Interval {
    let inside = |chunk: &&Chunk| chunk.x.middle() >= band.start && chunk.x.middle() <= band.end;
    let extent =
        rows.iter().flat_map(|row| row.chunks.iter()).filter(inside).map(|chunk| chunk.x).reduce(Interval::union);
    extent.map_or(band, |extent| Interval::new(extent.start.max(band.start), extent.end.min(band.end)))
}

/// The middle of the gap that the most rows share, less the rows that have a chunk across it.
fn best_cut(rows: &[&Row], band: Interval) -> Option<f32> {
    let mut events: Vec<(f32, i32, i32)> = Vec::new();
    for row in rows {
        let inside: Vec<&Chunk> = row.chunks.iter().filter(|chunk| chunk.x.overlap(band) > 0.0).collect();
        for pair in inside.windows(2) {
            if let [left, right] = pair {
                events.push((left.x.end, 1, 0));
                events.push((right.x.start, -1, 0));
            }
        }
        for chunk in inside {
            events.push((chunk.x.start, 0, 1));
            events.push((chunk.x.end, 0, -1));
        }
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut gaps, mut closed) = (0, 0);
    let mut best: Option<(i32, f32)> = None;
    let mut index = 0;
    while let Some(&(at, ..)) = events.get(index) {
        while let Some(&(same, gap, close)) = events.get(index).filter(|event| event.0 <= at) {
            debug_assert!(same <= at);
            (gaps, closed) = (gaps + gap, closed + close);
            index += 1;
        }
        let next = events.get(index).map_or(at, |event| event.0);
        let score = gaps - 2 * closed;
        if gaps > 0 && score > 0 && next > at && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, (at + next) / 2.0));
        }
    }
    best.map(|(_, at)| at).filter(|&at| at > band.start && at < band.end)
}
