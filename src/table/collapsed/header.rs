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

use super::token::Token;
use crate::layout::Layout;
use crate::table::number;
use std::cell::RefCell;
use std::collections::HashSet;
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
pub(super) const SMALL_START: f32 = 3.0;
/// As many words as columns, each begun by a capital or a digit: hardly by chance.
const ALL_FIT: f32 = -1.5;
/// As many words as columns, one of them a year: rather the end of the name before it.
const LONE_YEAR: f32 = 0.5;
/// As many words as columns, but the same ones again and again: rather the spanners of a level below.
const REPEATED: f32 = 0.9;
/// A cell in small letters, where every word is a cell: `jan feb mrt`.
const ONE_EACH: f32 = 0.3;
/// A year inside a cell that does not follow a word.
pub(super) const YEAR_INSIDE: f32 = 4.0;
/// A stub that has no header, where it could have one.
const NO_STUB: f32 = 0.2;
/// Columns that have the same name, in a header of one level.
const SAME_NAME: f32 = 1.5;

/// The words that may be a header, with what is asked of them again and again for each number of columns.
pub(super) struct HeaderWords<'a> {
    pub(super) tokens: Vec<&'a Token>,
    texts: Vec<&'a str>,
    /// Where each line begins, and where the last ends.
    pub(super) starts: Vec<usize>,
    /// For each token whether a cell can begin with it.
    begins: Vec<bool>,
    /// For each token whether it comes more than once, and the last token is another.
    pub(super) recurs: Vec<bool>,
    /// For each token the cost of all before it as words inside a cell.
    pub(super) inside: Vec<f32>,
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

/// The cells of one header row, and how badly they fit.
pub(super) type Level = (Vec<Option<Cells>>, f32);

/// How many columns a header names: those of labels first, then those of figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Columns of labels.
    pub stubs: usize,
    /// Columns of figures.
    pub columns: usize,
}

impl<'a> HeaderWords<'a> {
    /// Of the tokens of each line.
    pub(super) fn new(layout: &'a Layout, lines: impl Iterator<Item = &'a [Token]>) -> Self {
        let (mut tokens, mut starts) = (Vec::new(), vec![0]);
        for line in lines {
            tokens.extend(line);
            starts.push(tokens.len());
        }
        let texts = tokens.iter().map(|t: &&Token| t.text(layout)).collect();
        let (begins, recurs, inside) = (vec![], vec![], vec![]);
        let mut words = Self { tokens, texts, starts, begins, recurs, inside, cuts: RefCell::default() };
        let counting = words.counting();
        words.recurs = words.recurring_words();
        words.begins = (0..words.tokens.len()).map(|at| words.begins_cell(at, counting[at])).collect();
        let mut sum = 0.0;
        words.inside.push(0.0);
        for (at, counts) in counting.into_iter().enumerate() {
            sum += if at > 0 { words.inside_cost(at, counts) } else { 0.0 };
            words.inside.push(sum);
        }
        words
    }

    /// The best header for so many columns of figures behind so many of labels.
    pub(super) fn header(&self, columns: usize, labels: usize) -> Option<Header> {
        let shape = Shape { stubs: labels, columns };
        let all = self.level(0..self.tokens.len(), shape, labels == 1);
        let flat = all.map(|(cells, cost)| Header {
            cost: cost + self.same_names(&cells, labels),
            levels: vec![cells],
            recurs: false,
        });
        [flat, self.spanned(shape)].into_iter().flatten().min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// What it costs that columns have one name: then spanners above must tell them apart.
    fn same_names(&self, cells: &[Option<Cells>], stubs: usize) -> f32 {
        if self.has_same_names(cells.get(stubs..).unwrap_or(&[])) { SAME_NAME } else { 0.0 }
    }

    /// Whether two of the cells have one name.
    pub(super) fn has_same_names(&self, cells: &[Option<Cells>]) -> bool {
        let mut seen = HashSet::new();
        cells.iter().flatten().any(|cell| !seen.insert(self.words(cell)))
    }

    /// The words of a cell.
    pub(super) fn words(&self, cell: &Cells) -> &[&'a str] {
        self.texts.get(cell.tokens.clone()).unwrap_or(&[])
    }

    /// One header row: a cell for each stub and for each column. The first stub may have no name; no stub has one where
    /// the row is `bare`, as those under spanners may be.
    pub(super) fn level(&self, range: Range<usize>, shape: Shape, bare: bool) -> Option<Level> {
        let Shape { stubs, columns } = shape;
        let named = self.split(range.clone(), stubs + columns, stubs);
        let unnamed = |count: usize, cost: f32| {
            self.split(range.clone(), stubs - count + columns, stubs - count).map(|(mut cells, own)| {
                cells.splice(0..0, std::iter::repeat_n(None, count));
                (cells, own + cost)
            })
        };
        let ranked = (stubs > 1).then(|| unnamed(1, NO_STUB)).flatten();
        let without = bare.then(|| unnamed(stubs, NO_STUB)).flatten();
        let alike = self.alike(range.clone(), shape, bare);
        let judged = [alike, named, ranked, without].into_iter().flatten().map(|(cells, cost)| {
            let cost = cost + self.year_in_stub(&cells, stubs);
            (cells, cost)
        });
        judged.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// A year (`2020`, `2020-2021`) belongs to the stub's header only where no other column is one.
    fn year_in_stub(&self, cells: &[Option<Cells>], stubs: usize) -> f32 {
        let year = |at: usize| self.text(at).get(..4).is_some_and(number::is_year);
        let stub = cells.iter().take(stubs).flatten().any(|c| year(c.tokens.end - 1) || year(c.tokens.start));
        let others = cells.iter().skip(stubs).flatten().any(|c| year(c.tokens.start) || year(c.tokens.end - 1));
        if stub && others { YEAR_INSIDE } else { 0.0 }
    }

    /// Columns that are named alike: the last tokens repeat one pattern.
    fn alike(&self, range: Range<usize>, Shape { stubs, columns }: Shape, bare: bool) -> Option<Level> {
        (1..=4).rev().find_map(|period| {
            let start = range.end.checked_sub(period * columns).filter(|s| *s >= range.start && columns > 1)?;
            let same = (start + period..range.end).all(|at| self.like(at, at - period));
            let fixed = period == 1 || self.share_words(start..range.end, period);
            let repeats =
                fixed && (start + period..range.end).step_by(period).all(|at| self.text(at) == self.text(start));
            if !(same && fixed && (self.starts_cell(start) || repeats)) {
                return None;
            }
            let (mut cells, cost) = match stubs {
                _ if start == range.start => (vec![None; stubs], NO_STUB / 2.0),
                1 => (vec![Some(Cells { tokens: range.start..start })], self.inside(range.start..start)),
                _ => self.split(range.start..start, stubs, stubs)?,
            };
            if !bare && cells.iter().all(Option::is_none) {
                return None;
            }
            cells.extend((0..columns).map(|c| Some(Cells { tokens: start + c * period..start + (c + 1) * period })));
            Some((cells, cost))
        })
    }

    /// Whether each cell of so many tokens has a word in the same place as another cell.
    fn share_words(&self, range: Range<usize>, period: usize) -> bool {
        let cells = || range.clone().step_by(period);
        let shares = |a: usize, b: usize| a != b && (0..period).any(|at| self.text(a + at) == self.text(b + at));
        cells().all(|a| cells().any(|b| shares(a, b)))
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
                0 if count > 2 && self.are_distinct(range.clone()) && !self.scatters_years(range.clone()) => ALL_FIT,
                0 if count > 2 && self.are_distinct(range.clone()) => LONE_YEAR,
                0 if count > 2 => REPEATED,
                _ if self.is_one_line(&range) && small * 2 > count || !self.starts_cell(first) => ONE_EACH,
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

    /// Whether one of several words is a year, or years stand apart: rather the ends of the names before them, for years
    /// name columns in rows.
    fn scatters_years(&self, range: Range<usize>) -> bool {
        let years: Vec<usize> = range.filter(|at| self.tokens[*at].is_year()).collect();
        years.len() == 1 || years.windows(2).any(|pair| pair[1] != pair[0] + 1)
    }

    /// Whether the words stand on one line: `jan feb mrt` are not wrapped.
    fn is_one_line(&self, range: &Range<usize>) -> bool {
        !self.starts.iter().any(|start| range.start < *start && *start < range.end)
    }

    fn are_distinct(&self, mut range: Range<usize>) -> bool {
        let end = range.end;
        range.all(|at| (at + 1..end).all(|other| self.text(other) != self.text(at)))
    }

    pub(super) fn starts_cell(&self, at: usize) -> bool {
        self.begins[at]
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.texts[at]
    }
}
