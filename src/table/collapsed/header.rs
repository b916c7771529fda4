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
/// As many words as columns, one of them a year: rather the end of the name before it.
const LONE_YEAR: f32 = 0.5;
/// As many words as columns, but the same ones again and again: rather the spanners of a level below.
const REPEATED: f32 = 0.9;
/// A cell that begins with a preposition or the like, and one that ends with it or a comma.
const LINK_START: f32 = 0.8;
/// A cell that begins so, and not at the beginning of a line.
const LINK_START_INSIDE: f32 = 0.85;
const LINK_END: f32 = 1.6;
/// A cell that begins with a sign of comparison.
const LEAD_START: f32 = 0.2;
/// A cell in small letters, where every word is a cell: `jan feb mrt`.
const ONE_EACH: f32 = 0.3;
/// A capital or a number inside a cell.
const CAPITAL_INSIDE: f32 = 0.7;
/// The same behind two others: names of three words with capitals are rare.
const THIRD_CAPITAL: f32 = 0.6;
/// The same behind a word that comes more than once: `LEM Oostende`, `LEM Antwerpen`.
const CAPITAL_BEHIND: f32 = 0.1;
/// An acronym inside a cell (`Enkel VK`), and a capital behind one (`VK Gent`).
const ACRONYM_INSIDE: f32 = 0.35;
/// A word that comes more than once inside a cell.
const RECURRING_INSIDE: f32 = 0.6;
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
/// Words more in one name than in another beyond which it says no more.
const MOST_UNLIKE: usize = 3;
/// A year with a word before it beside years alone: the word is the stub's.
const MIXED_YEARS: f32 = 1.5;
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

    /// Whether one of several words is a year, or years stand apart: rather the ends of the names before them, for years
    /// name columns in rows.
    fn scatters_years(&self, range: Range<usize>) -> bool {
        let years: Vec<usize> = range.filter(|at| self.tokens[*at].is_year()).collect();
        years.len() == 1 || years.windows(2).any(|pair| pair[1] != pair[0] + 1)
    }

    fn are_distinct(&self, mut range: Range<usize>) -> bool {
        let end = range.end;
        range.all(|at| (at + 1..end).all(|other| self.text(other) != self.text(at)))
    }

    fn cell_cost(&self, cell: Range<usize>) -> f32 {
        let start = match self.starts_cell(cell.start) {
            true if self.tokens[cell.start].class == Class::Lead => LEAD_START,
            true => 0.0,
            false if words::begins_part(self.text(cell.start)) => 0.0,
            false if words::is_small_link_word(self.text(cell.start)) => match self.starts.contains(&cell.start) {
                true => LINK_START,
                false => LINK_START_INSIDE,
            },
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
        let begins_line = self.starts.contains(&at) && self.starts_cell(at);
        let line = if begins_line { LINE_INSIDE } else { 0.0 };
        let token = self.tokens[at];
        line + match token.class {
            Class::Number(_) if counts_up => 0.0,
            Class::Number(shape) if shape.year => match self.tokens[at - 1].class {
                Class::Text if words::is_link_word(self.text(at - 1)) => NUMBER_LINKED,
                Class::Text => 0.4,
                _ => YEAR_INSIDE,
            },
            Class::Note | Class::Unit | Class::Lead | Class::Marker => 0.0,
            Class::Number(_) | Class::Date if words::is_small_link_word(self.text(at - 1)) => NUMBER_LINKED,
            Class::Number(_) | Class::Date => NUMBER_INSIDE,
            _ if words::begins_part(self.text(at)) => CAPITAL_INSIDE,
            _ if is_acronym(self.text(at)) => ACRONYM_INSIDE + self.recurring(at),
            _ if !self.text(at).starts_with(char::is_uppercase) => 0.0,
            _ if self.recurring(at - 1) > 0.0 => CAPITAL_BEHIND,
            _ if is_acronym(self.text(at - 1)) => ACRONYM_INSIDE,
            _ => CAPITAL_INSIDE + self.recurring(at) + self.third_capital(at),
        }
    }

    /// What it costs that a word with a capital stands behind two others.
    fn third_capital(&self, at: usize) -> f32 {
        let capital = |at: usize| self.text(at).starts_with(char::is_uppercase) && self.text(at).len() > 1;
        if at > 1 && capital(at - 1) && capital(at - 2) { THIRD_CAPITAL } else { 0.0 }
    }

    /// What it costs that a word stands inside a cell that comes more than once: names begin alike (`LEM Oostende`,
    /// `LEM Antwerpen`), unless the last ends with it.
    fn recurring(&self, at: usize) -> f32 {
        let same = |other: usize| self.text(other) == self.text(at);
        let ends = self.tokens.len().checked_sub(1).is_some_and(same);
        let recurs = !ends && (0..self.tokens.len()).any(|other| other != at && same(other));
        if recurs { RECURRING_INSIDE } else { 0.0 }
    }

    /// How differently the columns are named.
    fn unlike(&self, cells: &[Option<Cells>], stubs: usize) -> f32 {
        let lengths = cells.iter().skip(stubs).flatten().map(|c| c.tokens.len());
        let (few, most) = lengths.fold((usize::MAX, 0), |(few, most), length| (few.min(length), most.max(length)));
        let bare = |c: &Cells| c.tokens.len() == 1 && self.tokens[c.tokens.start].is_year();
        let ends_in_year = |c: &Cells| c.tokens.len() > 1 && self.tokens[c.tokens.end - 1].is_year();
        let columns = || cells.iter().skip(stubs).flatten();
        let mixed = columns().any(bare) && columns().any(ends_in_year);
        most.saturating_sub(few.min(most)).min(MOST_UNLIKE) as f32 * UNLIKE + if mixed { MIXED_YEARS } else { 0.0 }
    }

    fn starts_cell(&self, at: usize) -> bool {
        self.begins[at]
    }

    fn begins_cell(&self, at: usize, counts_up: bool) -> bool {
        let text = self.text(at);
        let joined = at > 0 && self.text(at - 1).ends_with(['-', '/', '&']);
        let begins = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '%' | '€' | '#' | '<' | '>' | '+');
        // Units begin small: `kWp`, `dB`.
        let unit = || text.starts_with(char::is_alphabetic) && text.contains(char::is_uppercase);
        !joined && !counts_up && (text.starts_with(begins) || unit() || words::is_total(text))
    }

    /// Two tokens that could name columns alike: the same word, or both a number, or both begun alike.
    fn like(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.text(a), self.text(b));
        let start = |t: &str| t.chars().next().map(|c| (c.is_ascii_digit(), c.is_uppercase()));
        x == y || self.tokens[a].class != Class::Note && start(x) == start(y) && start(x).is_some_and(|(d, u)| d || u)
    }

    /// For each token whether it is the number behind a word that recurs with numbers: `Groep 1 Groep 2`, `Raming 2019
    /// Raming 2020 Verschil`.
    fn counting(&self) -> Vec<bool> {
        let numbered =
            |at: usize| at > 0 && self.tokens[at].shape().is_some() && self.tokens[at - 1].class == Class::Text;
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for at in (0..self.tokens.len()).filter(|at| numbered(*at)) {
            *seen.entry(self.text(at - 1)).or_default() += 1;
        }
        let recurs = |at: usize| numbered(at) && seen.get(self.text(at - 1)).is_some_and(|count| *count > 1);
        (0..self.tokens.len()).map(recurs).collect()
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.texts[at]
    }
}

/// Two or three capitals and nothing else.
fn is_acronym(text: &str) -> bool {
    (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase())
}
