//! Headers in text whose columns are one space apart: which words belong to which column.
//!
//! Takes the tokens over the rows and the number of columns of figures, gives the cells of each header row and a cost:
//! how badly they fit. Cells begin with a capital or a digit; columns of one table are named alike; a line above with
//! fewer cells spans the columns of the one below.
//!
//! ```text
//! Maand Gebruikers 2018 Gebruikers 2019     Maand | Gebruikers 2018 | Gebruikers 2019
//! Categorie 2020 2021                       Categorie | 2020 | 2020 | 2021 | 2021
//! Aantal Bedrag Aantal Bedrag               Categorie | Aantal | Bedrag | Aantal | Bedrag
//! ```

use super::token::{Class, Token};
use crate::layout::Layout;
use crate::table::{number, words};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A header as read: for each level one cell a column, the stub's first; cells are runs of tokens, spanners repeated.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    /// The levels, top to bottom.
    pub levels: Vec<Vec<Option<Cells>>>,
    /// How badly it fits.
    pub cost: f32,
    /// Whether its columns have the same names under each spanner.
    pub recurs: bool,
}

/// The tokens of a header cell: of which line, and which of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cells {
    /// Tokens in the header's tokens.
    pub tokens: Range<usize>,
}

/// A cell that begins in small letters.
const SMALL_START: f32 = 3.0;
/// As many words as columns, each begun by a capital or a digit: hardly by chance.
const ALL_FIT: f32 = -1.5;
/// As many words as columns, but the same ones again and again: rather the spanners of a level below.
const REPEATED: f32 = 0.9;
/// A cell that begins with a preposition or the like, and one that ends with it or a comma.
const LINK_START: f32 = 0.8;
const LINK_END: f32 = 1.6;
/// A cell in small letters, where every word is a cell: `jan feb mrt`.
const ONE_EACH: f32 = 0.3;
/// A capital or a number inside a cell.
const CAPITAL_INSIDE: f32 = 0.7;
/// An acronym inside a cell: `Enkel VK`.
const ACRONYM_INSIDE: f32 = 0.35;
/// A year inside a cell that does not follow a word.
const YEAR_INSIDE: f32 = 4.0;
/// A word more in a header of many words: that is a label, or prose.
const LONG_CELL: f32 = 0.2;
const LONG_FROM: usize = 4;
/// A word more in the stub's header.
const SHORT_STUB: f32 = 0.05;
/// A number that is no year inside a cell.
const NUMBER_INSIDE: f32 = 1.0;
/// The same behind a preposition: `per 1.000 inwoners`.
const NUMBER_LINKED: f32 = 0.2;
/// A line that begins inside a cell, and not in small letters.
const LINE_INSIDE: f32 = 0.3;
/// Columns that are named in ways as different as can be.
const UNLIKE: f32 = 0.25;
/// A year with a word before it beside years alone: the word is the stub's.
const MIXED_YEARS: f32 = 1.5;
/// A stub that has no header, where it could have one.
const NO_STUB: f32 = 0.2;
/// Columns that have the same name, in a header of one level.
const SAME_NAME: f32 = 1.5;
/// A header of two levels needs more to be believed.
const TWO_LEVELS: f32 = 0.6;
/// Columns that have the same names under each spanner.
const SAME_UNDER_EACH: f32 = -1.0;
/// A last column that has no name in the last line.
const UNSPANNED: f32 = 0.4;
/// The levels of a header, at the most.
const MOST_LEVELS: usize = 3;

/// The words that may be a header, with what is asked of them again and again for each number of columns.
pub(super) struct HeaderWords<'a> {
    tokens: Vec<&'a Token>,
    texts: Vec<&'a str>,
    /// Where each line begins, and where the last ends.
    starts: Vec<usize>,
    /// For each token whether a cell can begin with it.
    begins: Vec<bool>,
    /// For each token the cost of all before it as words inside a cell.
    inside: Vec<f32>,
    /// The cheapest cuts found so far.
    cuts: RefCell<Vec<Cuts>>,
}

/// The cheapest ways to cut the tokens from one on into 0, 1, 2 … cells: for each number of cells and each end the cost
/// and where the last cell begins.
struct Cuts {
    start: usize,
    best: Vec<Vec<(f32, usize)>>,
}

/// The most words of a header cell, and of a header.
const CELL_WORDS: usize = 14;
const HEADER_WORDS: usize = 400;

type Level = (Vec<Option<Cells>>, f32);

impl<'a> HeaderWords<'a> {
    /// Of the tokens of each line.
    pub(super) fn new(layout: &'a Layout, lines: impl Iterator<Item = &'a [Token]>) -> Self {
        let (mut tokens, mut starts) = (Vec::new(), vec![0]);
        for line in lines {
            tokens.extend(line);
            starts.push(tokens.len());
        }
        let texts = tokens.iter().map(|t: &&Token| t.text(layout)).collect();
        let mut words = Self { tokens, texts, starts, begins: vec![], inside: vec![], cuts: RefCell::default() };
        let counting = words.counting();
        words.begins = (0..words.tokens.len()).map(|at| words.begins_cell(at, counting[at])).collect();
        let mut sum = 0.0;
        words.inside.push(0.0);
        for (at, counts) in counting.into_iter().enumerate() {
            sum += if at > 0 { words.inside_cost(at, counts) } else { 0.0 };
            words.inside.push(sum);
        }
        words
    }

    /// The best header for so many columns of figures.
    pub(super) fn header(&self, columns: usize, labels: usize) -> Option<Header> {
        if labels > 1 {
            return self.labelled(columns, labels);
        }
        let all = self.level(0..self.tokens.len(), columns);
        let flat = all.map(|(cells, cost)| Header {
            cost: cost + self.same_names(&cells),
            levels: vec![cells],
            recurs: false,
        });
        [flat, self.spanned(columns)].into_iter().flatten().min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// What it costs that columns have one name: then spanners above must tell them apart.
    fn same_names(&self, cells: &[Option<Cells>]) -> f32 {
        let mut seen = HashSet::new();
        let words = |cell: &Cells| cell.tokens.clone().map(|at| self.text(at)).collect::<Vec<_>>();
        let same = cells.iter().skip(1).flatten().any(|cell| !seen.insert(words(cell)));
        if same { SAME_NAME } else { 0.0 }
    }

    /// One header row over several columns of labels; the first, a rank or a code, may have no name.
    fn labelled(&self, columns: usize, labels: usize) -> Option<Header> {
        let all = 0..self.tokens.len();
        let named = self.split(all.clone(), labels + columns, labels);
        let ranked = self.split(all.clone(), labels + columns - 1, labels - 1).map(|(mut cells, cost)| {
            cells.insert(0, None);
            (cells, cost + NO_STUB)
        });
        let alike = self.alike(all, columns).and_then(|(cells, cost)| {
            let stub = cells.first().cloned().flatten()?;
            let (mut stubs, stub_cost) = self.split(stub.tokens.clone(), labels, labels)?;
            stubs.extend(cells.into_iter().skip(1));
            Some((stubs, cost - self.inside(stub.tokens) + stub_cost))
        });
        let (cells, cost) = [alike, named, ranked].into_iter().flatten().min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(Header { cost: cost + self.year_in_stub(&cells, labels), levels: vec![cells], recurs: false })
    }

    /// One header row: the stub's cell, or none, and one for each column.
    fn level(&self, range: Range<usize>, columns: usize) -> Option<Level> {
        let alike = self.alike(range.clone(), columns);
        let with_stub = self.split(range.clone(), columns + 1, 1);
        let without = self.split(range, columns, 0).map(|(mut cells, cost)| {
            cells.insert(0, None);
            (cells, cost + NO_STUB)
        });
        let judged = [alike, with_stub, without].into_iter().flatten().map(|(cells, cost)| {
            let cost = cost + self.year_in_stub(&cells, 1);
            (cells, cost)
        });
        judged.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// A year (`2020`, `2020-2021`) belongs to the stub's header only where no other column is one.
    fn year_in_stub(&self, cells: &[Option<Cells>], stubs: usize) -> f32 {
        let year = |at: usize| self.text(at).get(..4).is_some_and(number::is_year);
        let stub = cells.iter().take(stubs).flatten().any(|c| year(c.tokens.end - 1));
        let others = cells.iter().skip(stubs).flatten().any(|c| year(c.tokens.start) || year(c.tokens.end - 1));
        if stub && others { YEAR_INSIDE } else { 0.0 }
    }

    /// Columns that are named alike: the last tokens repeat one pattern.
    fn alike(&self, range: Range<usize>, columns: usize) -> Option<Level> {
        (1..=4).rev().find_map(|period| {
            let start = range.end.checked_sub(period * columns).filter(|s| *s >= range.start && columns > 1)?;
            let same = (start + period..range.end).all(|at| self.like(at, at - period));
            let fixed = period == 1 || (start + period..range.end).any(|at| self.text(at) == self.text(at - period));
            let repeats =
                fixed && (start + period..range.end).step_by(period).all(|at| self.text(at) == self.text(start));
            if !(same && fixed && (self.starts_cell(start) || repeats)) {
                return None;
            }
            let stub = (start > range.start).then_some(Cells { tokens: range.start..start });
            let cost = stub.as_ref().map_or(NO_STUB / 2.0, |s| self.inside(s.tokens.clone()));
            let cells = (0..columns).map(|c| Some(Cells { tokens: start + c * period..start + (c + 1) * period }));
            Some((std::iter::once(stub).chain(cells).collect(), cost))
        })
    }

    /// The cheapest way to cut the tokens into so many cells.
    fn split(&self, range: Range<usize>, count: usize, stubs: usize) -> Option<Level> {
        let length = range.len();
        if count == 0 || length < count || length > HEADER_WORDS {
            return None;
        }
        if length == count {
            if range.clone().any(|at| self.text(at).ends_with(',')) {
                return None;
            }
            let (first, small) = (range.start, range.clone().filter(|at| !self.starts_cell(*at)).count());
            let cells = range.clone().map(|at| Some(Cells { tokens: at..at + 1 })).collect();
            let cost = match small {
                0 if count > 2 && self.are_distinct(range.clone()) && !self.has_lone_year(range.clone()) => ALL_FIT,
                0 if count > 2 && self.are_distinct(range.clone()) => 0.0,
                0 if count > 2 => REPEATED,
                _ if small * 2 > count || !self.starts_cell(first) => ONE_EACH,
                _ => SMALL_START * small as f32,
            };
            return Some((cells, cost));
        }
        let (cells, cost) = self.cut(range, count)?;
        let unlike = self.unlike(&cells, stubs);
        Some((cells, cost + unlike))
    }

    /// The cheapest cut of the tokens into so many cells.
    fn cut(&self, range: Range<usize>, count: usize) -> Option<Level> {
        let mut cuts = self.cuts.borrow_mut();
        let at = cuts.iter().position(|cuts| cuts.start == range.start).unwrap_or_else(|| {
            cuts.push(Cuts { start: range.start, best: Vec::new() });
            cuts.len() - 1
        });
        let best = &mut cuts.get_mut(at)?.best;
        while best.len() <= count {
            let next = self.one_cell_more(range.start, best.last().map(Vec::as_slice));
            best.push(next);
        }
        let (cost, _) = best[count][range.len()];
        if !cost.is_finite() {
            return None;
        }
        let mut end = range.len();
        let mut cells: Vec<Option<Cells>> = Vec::with_capacity(count);
        for cell in (1..=count).rev() {
            let start = best[cell][end].1;
            cells.push(Some(Cells { tokens: range.start + start..range.start + end }));
            end = start;
        }
        cells.reverse();
        Some((cells, cost))
    }

    /// The cheapest cuts, up to each token from `first` on, into one cell more than `before` has.
    fn one_cell_more(&self, first: usize, before: Option<&[(f32, usize)]>) -> Vec<(f32, usize)> {
        let length = self.tokens.len() - first;
        let mut next = vec![(f32::INFINITY, 0); length + 1];
        let Some(before) = before else {
            next[0].0 = 0.0;
            return next;
        };
        for (start, so_far) in before.iter().enumerate().filter(|(_, (cost, _))| cost.is_finite()) {
            let ends = next.iter_mut().enumerate().skip(start + 1).take(CELL_WORDS);
            for (end, cheapest) in ends {
                let cost = so_far.0 + self.cell_cost(first + start..first + end);
                if cost < cheapest.0 {
                    *cheapest = (cost, start);
                }
            }
        }
        next
    }

    /// Whether one of several words is a year: rather the end of the name before it, for years name columns in rows.
    fn has_lone_year(&self, range: Range<usize>) -> bool {
        self.tokens.get(range).is_some_and(|tokens| tokens.iter().filter(|t| t.is_year()).count() == 1)
    }

    fn are_distinct(&self, mut range: Range<usize>) -> bool {
        let end = range.end;
        range.all(|at| (at + 1..end).all(|other| self.text(other) != self.text(at)))
    }

    fn cell_cost(&self, cell: Range<usize>) -> f32 {
        let start = match self.starts_cell(cell.start) {
            true => 0.0,
            false if words::is_small_link_word(self.text(cell.start)) => LINK_START,
            false => SMALL_START,
        };
        let last = self.text(cell.end - 1);
        let cut = if last.ends_with(',') || words::is_small_link_word(last) { LINK_END } else { 0.0 };
        start + cut + self.inside(cell)
    }

    fn inside(&self, cell: Range<usize>) -> f32 {
        // Of equals, the one with the shorter stub: it stands first.
        let first = if cell.start == 0 { SHORT_STUB * (cell.len().max(1) - 1) as f32 } else { 0.0 };
        let long = LONG_CELL * cell.len().saturating_sub(LONG_FROM) as f32;
        first + long + (self.inside[cell.end] - self.inside[cell.end.min(cell.start + 1)])
    }

    fn inside_cost(&self, at: usize, counts_up: bool) -> f32 {
        if self.text(at - 1).ends_with('-') {
            return 0.0;
        }
        let begins_line = self.starts.contains(&at) && !self.text(at).starts_with(char::is_lowercase);
        let line = if begins_line { LINE_INSIDE } else { 0.0 };
        let token = self.tokens[at];
        line + match token.class {
            Class::Number(shape) if shape.year => match self.tokens[at - 1].class {
                Class::Text => 0.4,
                _ => YEAR_INSIDE,
            },
            Class::Note | Class::Unit | Class::Lead | Class::Marker => 0.0,
            Class::Number(_) if counts_up => 0.0,
            Class::Number(_) | Class::Date if words::is_small_link_word(self.text(at - 1)) => NUMBER_LINKED,
            Class::Number(_) | Class::Date => NUMBER_INSIDE,
            _ if is_acronym(self.text(at)) => ACRONYM_INSIDE,
            _ if self.text(at).starts_with(char::is_uppercase) => CAPITAL_INSIDE,
            _ => 0.0,
        }
    }

    /// How differently the columns are named.
    fn unlike(&self, cells: &[Option<Cells>], stubs: usize) -> f32 {
        let lengths = cells.iter().skip(stubs).flatten().map(|c| c.tokens.len());
        let (few, most) = lengths.fold((usize::MAX, 0), |(few, most), length| (few.min(length), most.max(length)));
        let bare = |c: &Cells| c.tokens.len() == 1 && self.tokens[c.tokens.start].is_year();
        let ends_in_year = |c: &Cells| c.tokens.len() > 1 && self.tokens[c.tokens.end - 1].is_year();
        let columns = || cells.iter().skip(stubs).flatten();
        let mixed = columns().any(bare) && columns().any(ends_in_year);
        most.saturating_sub(few.min(most)) as f32 * UNLIKE + if mixed { MIXED_YEARS } else { 0.0 }
    }

    fn starts_cell(&self, at: usize) -> bool {
        self.begins[at]
    }

    fn begins_cell(&self, at: usize, counts_up: bool) -> bool {
        let text = self.text(at);
        let joined = at > 0 && self.text(at - 1).ends_with(['-', '/', '&']);
        let begins = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '%' | '€' | '#' | '<' | '>' | '+');
        !joined && !counts_up && (text.starts_with(begins) || words::is_total(text))
    }

    /// Two tokens that could name columns alike: the same word, or both a number, or both begun alike.
    fn like(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.text(a), self.text(b));
        let start = |t: &str| t.chars().next().map(|c| (c.is_ascii_digit(), c.is_uppercase()));
        x == y || self.tokens[a].class != Class::Note && start(x) == start(y) && start(x).is_some_and(|(d, u)| d || u)
    }

    /// For each token whether it is the number behind a word that recurs with other numbers: `Groep 1 Groep 2`.
    fn counting(&self) -> Vec<bool> {
        let numbered = |at: usize| {
            at > 0 && self.tokens[at].shape().is_some_and(|s| !s.year) && self.tokens[at - 1].class == Class::Text
        };
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for at in (0..self.tokens.len()).filter(|at| numbered(*at)) {
            *seen.entry(self.text(at - 1)).or_default() += 1;
        }
        let recurs = |at: usize| numbered(at) && seen.get(self.text(at - 1)).is_some_and(|count| *count > 1);
        (0..self.tokens.len()).map(recurs).collect()
    }

    fn text(&self, at: usize) -> &'a str {
        self.texts[at]
    }

    /// Several levels: the last line names every column, the lines above it span runs of them.
    fn spanned(&self, columns: usize) -> Option<Header> {
        self.levels(self.starts.len() - 1, columns, MOST_LEVELS)
    }

    /// At least two levels over the first `lines` lines, and `depth` at the most.
    fn levels(&self, lines: usize, columns: usize, depth: usize) -> Option<Header> {
        if lines < 2 || columns < 2 || depth < 2 {
            return None;
        }
        let mut found = self.over_leaf(lines - 1..lines, columns, depth);
        // Names over several lines are those of the columns only where they are the same under each spanner.
        for first in (1..lines - 1).rev().filter(|first| self.starts[lines] - self.starts[*first] > columns) {
            let recurring = self.over_leaf(first..lines, columns, depth);
            found.extend(recurring.into_iter().filter(|header| header.recurs));
        }
        found.into_iter().min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// The headers whose columns are named in these lines and spanned in those above.
    fn over_leaf(&self, lines: Range<usize>, columns: usize, depth: usize) -> Vec<Header> {
        let range = self.starts[lines.start]..self.starts[lines.end];
        let mut found: Vec<Header> = Vec::new();
        if let Some((leaf, cost)) = self.level(range.clone(), columns) {
            for runs in self.runs(&leaf, columns) {
                found.extend(self.stack((leaf.clone(), cost), &runs, lines.start, depth));
            }
        }
        // The last column may be named above the others, which are spanned: `2019 2020 Totaal`.
        if let Some((mut leaf, cost)) = self.level(range, columns - 1) {
            for mut runs in self.runs(&leaf, columns - 1) {
                runs.push(1);
                leaf.resize(columns + 1, None);
                found.extend(self.stack((leaf.clone(), cost + UNSPANNED), &runs, lines.start, depth));
            }
        }
        found
    }

    /// The lengths of runs of columns that could stand under one spanner each: equal runs, and runs that begin with the
    /// same name each (`Aantal`, `Aantal Verschil`, `Aantal Verschil`).
    fn runs(&self, leaf: &[Option<Cells>], columns: usize) -> Vec<Vec<usize>> {
        let equal = (1..=columns / 2).filter(|groups| columns.is_multiple_of(*groups));
        let mut found: Vec<Vec<usize>> = equal.map(|groups| vec![columns / groups; groups]).collect();
        let name = |column: usize| leaf.get(column + 1)?.as_ref().map(|c| (c.tokens.len(), self.text(c.tokens.start)));
        let mut heads: Vec<usize> = (0..columns).filter(|&c| name(c).is_some() && name(c) == name(0)).collect();
        heads.push(columns);
        let lengths: Vec<usize> = heads.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if lengths.len() > 1 && !found.contains(&lengths) {
            found.push(lengths);
        }
        found
    }

    /// A level with what stands above it, over the first `lines` lines.
    fn stack(&self, (mut leaf, cost): Level, runs: &[usize], lines: usize, depth: usize) -> Option<Header> {
        let flat = self.level(0..self.starts[lines], runs.len());
        let flat = flat.map(|(cells, cost)| Header { levels: vec![cells], cost, recurs: false });
        let above = [flat, self.levels(lines, runs.len(), depth - 1)].into_iter().flatten();
        let above = above.min_by(|a, b| a.cost.total_cmp(&b.cost))?;
        let spread = |cells: &Vec<Option<Cells>>| {
            let stub = cells.first().cloned().flatten();
            let spanners = cells.iter().skip(1).zip(runs);
            let repeated = spanners.flat_map(|(cell, run)| std::iter::repeat_n(cell.clone(), *run));
            std::iter::once(stub).chain(repeated).collect::<Vec<_>>()
        };
        let mut levels: Vec<Vec<Option<Cells>>> = above.levels.iter().map(spread).collect();
        let stub =
            leaf.first().cloned().flatten().or_else(|| levels.iter().rev().find_map(|l| l.first().cloned().flatten()));
        leaf.iter_mut().take(1).for_each(|cell| *cell = stub.clone());
        levels.push(leaf);
        for cell in levels.iter_mut().flat_map(|level| level.first_mut()) {
            *cell = stub.clone();
        }
        let recurs = self.recurs(levels.last().map_or(&[], Vec::as_slice), runs);
        let same = if recurs { SAME_UNDER_EACH } else { 0.0 };
        Some(Header { levels, cost: cost + above.cost + TWO_LEVELS + same, recurs })
    }

    /// Whether the columns under each spanner have the same names, several each.
    fn recurs(&self, leaf: &[Option<Cells>], runs: &[usize]) -> bool {
        let Some(&period) = runs.first().filter(|run| **run > 1 && runs.len() > 1) else { return false };
        let name =
            |cell: &Option<Cells>| cell.as_ref().map(|c| c.tokens.clone().map(|at| self.text(at)).collect::<Vec<_>>());
        let names: Vec<Option<Vec<&str>>> = leaf.iter().skip(1).map(name).collect();
        runs.iter().all(|run| *run == period)
            && names.iter().zip(names.iter().skip(period)).all(|(a, b)| a.is_some() && a == b)
    }
}

/// Two or three capitals and nothing else.
fn is_acronym(text: &str) -> bool {
    (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase())
}
