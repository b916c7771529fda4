//! What columns are named by, told from figures in a row: years, days, numbers that count up, one word again and again.
//!
//! Takes a line as a [`Piece`], tells what it names. A row of figures seldom holds such numbers, and a header has little
//! else that is a number.
//!
//! ```text
//! Maand 2019 2020 2021          Groep 1 Groep 2 Groep 3          2018 2019 2020 2020
//! Niveau 1.1 1.2 2.1            1 januari 2021 1 januari 2022     EUR EUR EUR
//! ```

use super::piece::Piece;
use super::token::{Class, Token};
use crate::layout::Layout;

impl Piece {
    /// Whether it is several words and one year behind them: `Controles per type in 2016`.
    pub(super) fn ends_in_year(&self) -> bool {
        let years = self.tokens.iter().filter(|token| token.is_year()).count();
        self.tokens.len() >= TITLE_WORDS && years == 1 && self.tokens.last().is_some_and(Token::is_year)
    }

    /// Whether it is the same word or unit again and again: `EUR EUR EUR`, `(aantal) (aantal)`.
    fn repeats(&self, layout: &Layout) -> bool {
        let first = self.tokens.first().map(|token| token.text(layout));
        let named = |token: &Token| matches!(token.class, Class::Text | Class::Unit | Class::Note);
        self.tokens.len() > 1 && self.tokens.iter().all(|token| named(token) && Some(token.text(layout)) == first)
    }

    /// Whether it is what columns are named by: years that follow each other, dates, or 1, 2, 3 … at its end, or one word
    /// again and again.
    pub(super) fn names_columns(&self, layout: &Layout) -> bool {
        if self.repeats(layout) {
            return true;
        }
        let Some(figures) = self.tokens.get(self.figures..).filter(|f| !f.is_empty()) else { return false };
        if figures.iter().all(|t| t.class == Class::Date) {
            return figures.len() > 1;
        }
        if is_outline(figures.iter().map(|token| token.text(layout))) {
            return true;
        }
        let tail = figures.iter().filter(|t| t.class != Class::Note);
        let tail = tail.map(|t| t.shape().and_then(|_| t.text(layout).trim_end_matches('*').parse().ok()));
        let Some(tail) = tail.collect::<Option<Vec<i64>>>() else { return false };
        let steps = |numbers: &[i64], by: i64| numbers.windows(2).all(|pair| pair[1] - pair[0] == by);
        // Nothing but years, `2018 2019 2020 2020`, is under several spanners.
        if self.numbered_alike(layout) || self.is_figures() && tail.len() > 2 && figures.iter().all(Token::is_year) {
            return true;
        }
        let years = self.years(layout);
        // `2020 2021 2022 2022 t.o.v. 2021`: most of the words are years.
        let others = self.tokens.iter().filter(|token| !token.is_year()).count();
        if years.as_ref().is_some_and(|years| years.len() > 3 && years.len() > others) {
            return true;
        }
        let pairs = self.tokens.windows(2).filter(|pair| pair[0].class == Class::Text && pair[1].is_year()).count();
        years.as_ref().is_some_and(|years| steps(years, 1) || steps(years, -1) || pairs > 1 && pairs == years.len())
            || years.is_some_and(|years| recurring(&years) || in_blocks(&years))
            || tail.len() > 2 && tail[0] == 1 && steps(&tail, 1)
    }

    /// Whether its numbers count up behind one and the same word: `Groep 1 Groep 2 Groep 3`.
    fn numbered_alike(&self, layout: &Layout) -> bool {
        let numbers = self.tokens.iter().filter(|t| t.shape().is_some()).count();
        if numbers < 2 {
            return false;
        }
        let pairs = || self.tokens.windows(2).filter(|pair| pair[1].shape().is_some());
        let first = pairs().next().map_or("", |pair| pair[0].text(layout));
        if pairs().any(|pair| pair[0].text(layout) != first) {
            return false;
        }
        let named: Vec<(&str, Option<i64>)> =
            pairs().map(|pair| (pair[0].text(layout), pair[1].text(layout).parse().ok())).collect();
        let alike = |pair: &[(&str, Option<i64>)]| pair[0].0 == pair[1].0 && pair[0].1.map(|n| n + 1) == pair[1].1;
        named.len() > 1 && named.len() == numbers && named.windows(2).all(alike)
    }

    /// The years among its words and figures; `None` where it has other numbers too.
    pub(super) fn years(&self, layout: &Layout) -> Option<Vec<i64>> {
        let numbers = self.tokens.iter().filter(|t| t.shape().is_some());
        numbers.map(|t| t.text(layout).trim_end_matches('*').parse().ok().filter(|_| t.is_year())).collect()
    }
}

/// The fewest numbers of an outline that are hardly by chance.
const OUTLINE: usize = 3;

/// Whether these number levels or articles, `1.1 1.2 2.1`: parts of one or two digits set apart by a point, counting up.
/// Decimals have a comma.
fn is_outline<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let part = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    let number = |text: &str| text.split_once('.').and_then(|(a, b)| Some((part(a)?, part(b)?)));
    let numbers: Option<Vec<(u8, u8)>> = texts.map(number).collect();
    numbers.is_some_and(|numbers| numbers.len() >= OUTLINE && numbers.windows(2).all(|pair| pair[0] < pair[1]))
}

/// The fewest words of a title.
const TITLE_WORDS: usize = 4;

/// Whether the same few years come again and again: `2020 2021 2020 2021` under two spanners.
fn recurring(years: &[i64]) -> bool {
    let period = years.iter().skip(1).position(|year| Some(year) == years.first()).map_or(0, |at| at + 1);
    period > 1 && years.len().is_multiple_of(period) && years.iter().skip(period).zip(years).all(|(a, b)| a == b)
}

/// Whether years that follow each other come several times each: `2020 (N) 2020 (%) 2021 (N) 2021 (%)`.
fn in_blocks(years: &[i64]) -> bool {
    let blocks: Vec<&[i64]> = years.chunk_by(|a, b| a == b).collect();
    let even = blocks.iter().all(|block| block.len() > 1 && block.len() == blocks[0].len());
    let steps = |by: i64| blocks.windows(2).all(|pair| pair[1][0] - pair[0][0] == by);
    blocks.len() > 1 && even && (steps(1) || steps(-1))
}
