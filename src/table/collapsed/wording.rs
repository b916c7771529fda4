//! What the words of a header say of where its cells begin and end.
//!
//! Takes words of a [`HeaderWords`], gives costs: of a cell made of some of them, of a word inside a cell, of cells beside
//! each other. Cells begin with a capital or a digit, and Dutch has few capitals inside names; link words tie words
//! together; columns of one table are named alike.

use super::header::{Cells, HeaderWords, SMALL_START, YEAR_INSIDE};
use super::token::Class;
use crate::table::words;
use std::collections::HashMap;
use std::ops::Range;

/// A cell that begins with a preposition or the like, and one that ends with it or a comma.
const LINK_START: f32 = 0.8;
/// A cell that begins so, and not at the beginning of a line.
const LINK_START_INSIDE: f32 = 0.85;
const LINK_END: f32 = 1.6;
/// A cell that begins with a sign of comparison.
const LEAD_START: f32 = 0.2;
/// A cell that is nothing else.
const SIGN_ALONE: f32 = 3.0;
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
/// A word more in a header of many words: that is a label, or prose.
const LONG_CELL: f32 = 0.2;
const LONG_FROM: usize = 4;
/// Words more that names may have in a header of more lines than this: long names are wrapped.
const WRAPPED_WORDS: usize = 2;
const WRAPPED_LINES: usize = 4;
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

impl HeaderWords<'_> {
    pub(super) fn cell_cost(&self, cell: Range<usize>) -> f32 {
        let start = match self.starts_cell(cell.start) {
            true if cell.len() == 1 && self.tokens[cell.start].class == Class::Lead => SIGN_ALONE,
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
        let open = cell.len() > 1 && self.tokens[cell.end - 1].class == Class::Lead;
        let cut = if open || last.ends_with(',') || words::is_small_link_word(last) { LINK_END } else { 0.0 };
        start + cut + self.inside(cell)
    }

    pub(super) fn inside(&self, cell: Range<usize>) -> f32 {
        // Of equals, the one with the shorter stub: it stands first.
        let first = if cell.start == 0 { SHORT_STUB * (cell.len().max(1) - 1) as f32 } else { 0.0 };
        let from = LONG_FROM + if self.starts.len() > WRAPPED_LINES { WRAPPED_WORDS } else { 0 };
        let long = LONG_CELL * cell.len().saturating_sub(from) as f32;
        first + long + (self.inside[cell.end] - self.inside[cell.end.min(cell.start + 1)])
    }

    pub(super) fn inside_cost(&self, at: usize, counts_up: bool) -> f32 {
        if self.text(at - 1).ends_with('-') {
            return 0.0;
        }
        let begins_line = self.starts.contains(&at) && self.starts_cell(at);
        let line = if begins_line { LINE_INSIDE } else { 0.0 };
        let token = self.tokens[at];
        line + match token.class {
            Class::Number(_) if counts_up || self.tokens[at - 1].class == Class::Lead => 0.0,
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
        if self.recurs[at] { RECURRING_INSIDE } else { 0.0 }
    }

    /// For each token whether it comes more than once, and the last token is another.
    pub(super) fn recurring_words(&self) -> Vec<bool> {
        let texts = || (0..self.tokens.len()).map(|at| self.text(at));
        let mut counts: HashMap<&str, usize> = HashMap::new();
        texts().for_each(|text| *counts.entry(text).or_default() += 1);
        let last = texts().next_back();
        texts().map(|text| Some(text) != last && counts.get(text).is_some_and(|count| *count > 1)).collect()
    }

    /// How differently the columns are named.
    pub(super) fn unlike(&self, cells: &[Option<Cells>], stubs: usize) -> f32 {
        let lengths = cells.iter().skip(stubs).flatten().map(|c| c.tokens.len());
        let (few, most) = lengths.fold((usize::MAX, 0), |(few, most), length| (few.min(length), most.max(length)));
        let bare = |c: &Cells| c.tokens.len() == 1 && self.tokens[c.tokens.start].is_year();
        let ends_in_year = |c: &Cells| c.tokens.len() > 1 && self.tokens[c.tokens.end - 1].is_year();
        let columns = || cells.iter().skip(stubs).flatten();
        let mixed = columns().any(bare) && columns().any(ends_in_year);
        most.saturating_sub(few.min(most)).min(MOST_UNLIKE) as f32 * UNLIKE + if mixed { MIXED_YEARS } else { 0.0 }
    }

    pub(super) fn begins_cell(&self, at: usize, counts_up: bool) -> bool {
        let text = self.text(at);
        let joined = at > 0 && self.text(at - 1).ends_with(['-', '/', '&']);
        let begins = |c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '%' | '€' | '#' | '<' | '>' | '≤' | '≥' | '+')
        };
        // Units begin small: `kWp`, `dB`.
        let unit = || text.starts_with(char::is_alphabetic) && text.contains(char::is_uppercase);
        !joined && !counts_up && (text.starts_with(begins) || unit() || words::is_total(text))
    }

    /// Two tokens that could name columns alike: the same word, or both a number, or both begun alike.
    pub(super) fn like(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.text(a), self.text(b));
        let start = |t: &str| t.chars().next().map(|c| (c.is_ascii_digit(), c.is_uppercase()));
        x == y || self.tokens[a].class != Class::Note && start(x) == start(y) && start(x).is_some_and(|(d, u)| d || u)
    }

    /// For each token whether it is the number behind a word that recurs with numbers: `Groep 1 Groep 2`, `Raming 2019
    /// Raming 2020 Verschil`.
    pub(super) fn counting(&self) -> Vec<bool> {
        let numbered =
            |at: usize| at > 0 && self.tokens[at].shape().is_some() && self.tokens[at - 1].class == Class::Text;
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for at in (0..self.tokens.len()).filter(|at| numbered(*at)) {
            *seen.entry(self.text(at - 1)).or_default() += 1;
        }
        let recurs = |at: usize| numbered(at) && seen.get(self.text(at - 1)).is_some_and(|count| *count > 1);
        (0..self.tokens.len()).map(recurs).collect()
    }
}

/// Two or three capitals and nothing else.
fn is_acronym(text: &str) -> bool {
    (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase())
}
