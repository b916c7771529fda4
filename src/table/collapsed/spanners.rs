//! Headers of several levels in text whose columns are one space apart: which columns a name in the line above spans.
//!
//! Takes the words of a header cut into lines, gives the levels. The last line names the columns; the line above it
//! has a name for each run of them, and names of its own for columns that the last line does not reach.
//!
//! ```text
//! Categorie 2020 2021                        Categorie | 2020   | 2020   | 2021   | 2021
//! Aantal Bedrag Aantal Bedrag                          | Aantal | Bedrag | Aantal | Bedrag
//!
//! Bedrijf Contingent Invulling Totaal        Bedrijf | Contingent | Invulling | Invulling | Totaal
//! 2016 2017                                          |            | 2016      | 2017      |
//! ```

use super::header::{Cells, Header, HeaderWords, Level, Shape};
use std::ops::Range;

/// A header of two levels needs more to be believed.
const TWO_LEVELS: f32 = 0.6;
/// Columns that have the same names under each spanner.
const SAME_UNDER_EACH: f32 = -1.0;
/// Columns before, and columns behind, that have no name in the last line.
const UNSPANNED: f32 = 0.4;
/// Columns that have one name under one spanner.
const SAME_UNDER_ONE: f32 = 1.5;
/// A stub that is named in two levels.
const STUB_TWICE: f32 = 1.0;
/// A spanner in another line than the one above the names that it spans.
const SPANNER_APART: f32 = 0.2;
/// The levels of a header, at the most.
const MOST_LEVELS: usize = 3;
/// A last line that names only some of the columns must name these beyond doubt.
const CERTAIN: f32 = 0.3;

impl HeaderWords<'_> {
    /// Several levels: the last line names the columns, the lines above it span runs of them.
    pub(super) fn spanned(&self, shape: Shape) -> Option<Header> {
        self.levels(self.starts.len() - 1, shape, MOST_LEVELS)
    }

    /// At least two levels over the first `lines` lines, and `depth` at the most.
    fn levels(&self, lines: usize, shape: Shape, depth: usize) -> Option<Header> {
        if lines < 2 || shape.columns < 2 || depth < 2 {
            return None;
        }
        let mut found = self.over_leaf(lines - 1..lines, shape, depth);
        // Names over several lines are those of the columns only where they are the same under each spanner.
        let wide = |first: &usize| self.starts[lines] - self.starts[*first] > shape.columns;
        for first in (1..lines - 1).rev().filter(wide) {
            let recurring = self.over_leaf(first..lines, shape, depth);
            found.extend(recurring.into_iter().filter(|header| header.recurs));
        }
        found.into_iter().min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// The headers whose columns are named in these lines and spanned in those above.
    fn over_leaf(&self, lines: Range<usize>, shape: Shape, depth: usize) -> Vec<Header> {
        let range = self.starts[lines.start]..self.starts[lines.end];
        let mut found: Vec<Header> = Vec::new();
        if let Some((leaf, cost)) = self.level(range.clone(), shape, true) {
            for runs in self.runs(&leaf, shape) {
                found.extend(self.stack((leaf.clone(), cost), &runs, lines.start, (shape.stubs, depth)));
            }
        }
        for named in 2..shape.columns {
            found.extend(self.over_some(range.clone(), named, lines.start, (shape, depth)));
        }
        found
    }

    /// The headers of which the last line names so many columns, and the line above those before and behind them.
    fn over_some(
        &self,
        range: Range<usize>,
        named: usize,
        lines: usize,
        (shape, depth): (Shape, usize),
    ) -> Vec<Header> {
        let own = Shape { columns: named, ..shape };
        let Some((leaf, cost)) = self.level(range, own, true) else { return Vec::new() };
        let others = shape.columns - named;
        let only_behind = others == 1;
        if cost > CERTAIN && !only_behind {
            return Vec::new();
        }
        let bare = leaf.iter().take(shape.stubs).all(Option::is_none);
        let mut found = Vec::new();
        for runs in self.runs(&leaf, own) {
            for before in (0..=others).filter(|before| *before == 0 || bare && cost <= CERTAIN) {
                let behind = others - before;
                let parts = usize::from(before > 0) + usize::from(behind > 0);
                let mut cells = leaf.clone();
                cells.splice(shape.stubs..shape.stubs, std::iter::repeat_n(None, before));
                cells.resize(shape.stubs + shape.columns, None);
                let all: Vec<usize> = std::iter::repeat_n(1, before)
                    .chain(runs.iter().copied())
                    .chain(std::iter::repeat_n(1, behind))
                    .collect();
                let cost = cost + UNSPANNED * parts as f32;
                found.extend(self.stack((cells, cost), &all, lines, (shape.stubs, depth)));
            }
        }
        found
    }

    /// The lengths of runs of columns that could stand under one spanner each: equal runs, and runs that begin with the
    /// same name each (`Aantal`, `Aantal Verschil`, `Aantal Verschil`) or anew (`2018 2019 2020`, `2020`).
    fn runs(&self, leaf: &[Option<Cells>], Shape { stubs, columns }: Shape) -> Vec<Vec<usize>> {
        let equal = (1..=columns / 2).filter(|groups| columns.is_multiple_of(*groups));
        let mut found: Vec<Vec<usize>> = equal.map(|groups| vec![columns / groups; groups]).collect();
        // One unit under each name: `2019 2020`, `EUR EUR`.
        let mut names = leaf.iter().skip(stubs).map(|cell| cell.as_ref().map(|c| self.words(c)));
        let first = names.next().flatten();
        if first.is_some() && names.all(|name| name == first) {
            found.push(vec![1; columns]);
        }
        let cell = |column: usize| leaf.get(stubs + column)?.as_ref();
        let name = |column: usize| cell(column).map(|c| (c.tokens.len(), self.text(c.tokens.start)));
        let year = |column: usize| {
            let token = cell(column).filter(|c| c.tokens.len() == 1).map(|c| c.tokens.start);
            token.filter(|at| self.tokens[*at].is_year()).and_then(|at| self.text(at).get(..4)?.parse::<i64>().ok())
        };
        let anew = |column: usize| match (column.checked_sub(1).and_then(year), year(column)) {
            (Some(before), Some(own)) => own != before + 1,
            _ => false,
        };
        let mut add = |begins: &dyn Fn(usize) -> bool| {
            let mut heads: Vec<usize> = (0..columns).filter(|column| *column == 0 || begins(*column)).collect();
            heads.push(columns);
            let lengths: Vec<usize> = heads.windows(2).map(|pair| pair[1] - pair[0]).collect();
            if lengths.len() > 1 && !found.contains(&lengths) {
                found.push(lengths);
            }
        };
        add(&|column| name(column).is_some() && name(column) == name(0));
        if (0..columns).all(|column| year(column).is_some()) {
            add(&anew);
        }
        found
    }

    /// A level with what stands above it, over the first `lines` lines.
    fn stack(
        &self,
        (mut leaf, cost): Level,
        runs: &[usize],
        lines: usize,
        (stubs, depth): (usize, usize),
    ) -> Option<Header> {
        let shape = Shape { stubs, columns: runs.len() };
        let flat = self.level(0..self.starts[lines], shape, stubs == 1);
        let flat = flat.map(|(cells, cost)| Header { levels: vec![cells], cost, recurs: false });
        let above = [flat, self.levels(lines, shape, depth - 1)].into_iter().flatten();
        let above = above.min_by(|a, b| a.cost.total_cmp(&b.cost))?;
        let spread = |cells: &Vec<Option<Cells>>| {
            let spanners = cells.iter().skip(stubs).zip(runs);
            let repeated = spanners.flat_map(|(cell, run)| std::iter::repeat_n(cell.clone(), *run));
            cells.iter().take(stubs).cloned().chain(repeated).collect::<Vec<_>>()
        };
        let mut levels: Vec<Vec<Option<Cells>>> = above.levels.iter().map(spread).collect();
        let twice = levels.iter().any(|level| (0..stubs).any(|stub| level[stub].is_some() && leaf[stub].is_some()));
        let names = leaf.get(stubs..).unwrap_or(&[]);
        let recurs = self.recurs(names, runs);
        let ends = runs.iter().scan(0, |end, run| {
            *end += run;
            Some(*end - run..*end)
        });
        let same_names = ends.filter_map(|run| names.get(run)).any(|names| self.has_same_names(names));
        levels.push(std::mem::take(&mut leaf));
        // A stub is named once, and stands in every level.
        for stub in 0..stubs {
            let name = levels.iter().rev().find_map(|level| level.get(stub).cloned().flatten());
            levels.iter_mut().filter_map(|level| level.get_mut(stub)).for_each(|cell| *cell = name.clone());
        }
        let same = if recurs { SAME_UNDER_EACH } else { 0.0 };
        let cost = cost + above.cost + TWO_LEVELS + same + if twice { STUB_TWICE } else { 0.0 };
        let cost = cost + if same_names { SAME_UNDER_ONE } else { 0.0 };
        Some(Header { levels, cost: cost + self.apart(runs, above.levels.last(), stubs, lines), recurs })
    }

    /// What it costs that a spanner does not stand in the line right above the names that it spans, where others are
    /// spanned by nothing: these are printed at another height.
    fn apart(&self, runs: &[usize], above: Option<&Vec<Option<Cells>>>, stubs: usize, lines: usize) -> f32 {
        let begins = self.starts[lines - 1];
        let spans = runs.iter().zip(above.into_iter().flatten().skip(stubs)).filter(|(run, _)| **run > 1);
        let mut spanners = spans.filter_map(|(_, cell)| cell.as_ref());
        if runs.contains(&1) && spanners.any(|cell| cell.tokens.start < begins) { SPANNER_APART } else { 0.0 }
    }

    /// Whether the columns under each spanner have the same names, several each. Columns with names of their own say
    /// nothing.
    fn recurs(&self, names: &[Option<Cells>], runs: &[usize]) -> bool {
        let mut at = 0;
        let mut groups = runs.iter().filter_map(|run| {
            at += run;
            names.get(at - run..at).filter(|_| *run > 1)
        });
        let words =
            |group: &[Option<Cells>]| group.iter().map(|c| c.as_ref().map(|c| self.words(c))).collect::<Vec<_>>();
        let Some(first) = groups.next().map(words).filter(|first| first.iter().all(Option::is_some)) else {
            return false;
        };
        let mut others = groups.peekable();
        others.peek().is_some() && others.all(|group| words(group) == first)
    }
}
