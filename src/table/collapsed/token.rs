//! Tokens of a line: what each word could be in a cell.
//!
//! Takes the words of a line, gives a [`Token`] for each, a remark in brackets as one. Decides nothing: `3` may be a
//! number or the thousands of one, `576` a number or the rest of one. [`cell_ends`] tells where a cell that begins at a
//! token may end.
//!
//! ```text
//! Maart 4 551 19 612 (campagne) /
//! Text  Number×2 …   Note       Missing
//! ```

use crate::layout::{Layout, Word};
use crate::table::number;
use std::ops::Range;

/// What a word could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A word.
    Text,
    /// Digits.
    Number(Shape),
    /// A sign for a missing figure.
    Missing,
    /// `%`, `€` or `euro` by itself, behind a number.
    Unit,
    /// `€`, `<` or `>` by itself, before a number.
    Lead,
    /// `*` by itself.
    Marker,
    /// A remark in brackets.
    Note,
    /// A number in brackets: a cell of its own, or a remark.
    Bracketed,
    /// A date.
    Date,
}

/// The shape of a number's digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// It may be followed by a group of three: one to three digits, not led by 0, nothing behind them.
    pub head: bool,
    /// It may be a group of three behind others.
    pub tail: bool,
    /// It is led by 0 and can only be a group of three (`052`).
    pub only_tail: bool,
    /// A unit or marker closes it.
    pub closed: bool,
    /// Thousands are set apart inside the word, by a point or a no-break space.
    pub grouped: bool,
    /// Four or more digits in a run.
    pub run: bool,
    /// A bare year, 1900 to 2099.
    pub year: bool,
}

/// A word, or several in brackets, with what it could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// What it could be.
    pub class: Class,
    /// Its bytes in the text; a bracketed remark over lines runs over all of them.
    pub bytes: Range<u32>,
}

impl Token {
    pub(super) fn range(&self) -> Range<usize> {
        self.bytes.start as usize..self.bytes.end as usize
    }

    pub(super) fn text<'a>(&self, layout: &'a Layout) -> &'a str {
        layout.slice(self.range())
    }

    /// Whether the token can be in a cell of figures.
    pub(super) fn is_figure(&self) -> bool {
        self.class != Class::Text
    }

    pub(super) fn shape(&self) -> Option<Shape> {
        match self.class {
            Class::Number(shape) => Some(shape),
            _ => None,
        }
    }

    pub(super) fn is_year(&self) -> bool {
        self.shape().is_some_and(|shape| shape.year)
    }
}

/// The tokens of a run of words; brackets that open and close within it make one token.
pub(super) fn tokens_of(layout: &Layout, words: &[Word], tokens: &mut Vec<Token>) {
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let text = layout.word_text(word);
        let mut last = *word;
        let mut class = class_of(text);
        if text.starts_with('(')
            && let Some(close) = closing(layout, &words[index..])
        {
            last = words[index + close];
            index += close;
            class = bracket_class(layout.slice(word.start as usize..last.end as usize));
        } else if let Some(year) = words.get(index + 2).filter(|_| is_day(text))
            && number::is_date(layout.slice(word.start as usize..year.end as usize))
        {
            (last, class) = (*year, Class::Date);
            index += 2;
        }
        tokens.push(Token { class, bytes: word.start..last.end });
        index += 1;
        join_days(layout, tokens);
    }
    turn_currency(layout, tokens);
}

/// Makes one token of the days of a period: `01/10/2022 – 14/11/2022`.
fn join_days(layout: &Layout, tokens: &mut Vec<Token>) {
    let [.., from, dash, until] = tokens.as_slice() else { return };
    if from.class == Class::Date && until.class == Class::Date && matches!(dash.text(layout), "-" | "–" | "—") {
        let bytes = from.bytes.start..until.bytes.end;
        tokens.truncate(tokens.len() - 3);
        tokens.push(Token { class: Class::Date, bytes });
    }
}

/// Whether a word may be the day of `1 januari 2022`.
fn is_day(text: &str) -> bool {
    text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())
}

/// `€` by itself stands before its number or behind it, and one line does not do both: what has no number on one side
/// tells on which it is for the others.
fn turn_currency(layout: &Layout, tokens: &mut [Token]) {
    let is_sign =
        |token: &Token| token.class == Class::Lead && token.bytes.len() == '€'.len_utf8() && token.text(layout) == "€";
    let counts = |token: Option<&Token>| token.is_some_and(|t| t.shape().is_some());
    let (mut before, mut behind) = (0, 0);
    for at in (0..tokens.len()).filter(|at| is_sign(&tokens[*at])) {
        match (counts(at.checked_sub(1).and_then(|last| tokens.get(last))), counts(tokens.get(at + 1))) {
            (true, false) => behind += 1,
            (false, true) => before += 1,
            _ => {}
        }
    }
    if behind > before {
        tokens.iter_mut().filter(|token| is_sign(token)).for_each(|token| token.class = Class::Unit);
    }
}

/// The most words that a remark in brackets may have: beyond that the bracket was never closed.
const NOTE_WORDS: usize = 40;

/// How many words on the bracket that the first word opens is closed.
fn closing(layout: &Layout, words: &[Word]) -> Option<usize> {
    let mut depth = 0_i32;
    for (count, word) in words.iter().take(NOTE_WORDS).enumerate() {
        let text = layout.word_text(word);
        depth += text.matches('(').count() as i32 - text.matches(')').count() as i32;
        if depth <= 0 {
            return Some(count);
        }
    }
    None
}

fn bracket_class(text: &str) -> Class {
    let inside = text.trim_matches(['(', ')', '*']);
    if !text.trim_end_matches(['*', ')']).is_empty() && number::type_cell(inside).kind.is_value() {
        Class::Bracketed
    } else {
        Class::Note
    }
}

/// What a single word could be.
pub(super) fn class_of(text: &str) -> Class {
    let first = text.as_bytes().first().copied().unwrap_or(b' ');
    if first.is_ascii_alphabetic() && first != b'n' && first != b'N' && !matches!(first, b'e' | b'E') {
        return Class::Text;
    }
    match text {
        "%" | "euro" | "EUR" => return Class::Unit,
        "€" | "-€" | "–€" | "−€" | "<" | ">" | "≤" | "≥" | "±" => return Class::Lead,
        "*" | "**" | "***" => return Class::Marker,
        _ => {}
    }
    if number::is_missing(text) {
        return Class::Missing;
    }
    number_shape(text).map_or_else(|| if number::is_date(text) { Class::Date } else { Class::Text }, Class::Number)
}

/// The shape of a word that is a number with its sign, thousands, decimals, unit and marker; `None` for any other.
fn number_shape(text: &str) -> Option<Shape> {
    let body = text.trim_start_matches(['€', '<', '>', '≤', '≥', '-', '−', '–', '+', '\u{a0}', '\u{202f}']);
    let core = body.trim_end_matches(['%', '€', '*', '†', '‡', '¹', '²', '³', '⁴', '\u{a0}', '\u{202f}']);
    if !core.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let digits = core.bytes().take_while(u8::is_ascii_digit).count();
    let rest = core.get(digits..)?;
    if !rest.is_empty() && !number::type_cell(&number::plain_spaces(core)).kind.is_value() {
        return None;
    }
    let (led, closed) = (body.len() < text.len(), core.len() < body.len() || !rest.is_empty());
    let zero = core.starts_with('0');
    let tail = digits == 3 && !led && (rest.is_empty() || rest.starts_with(','));
    Some(Shape {
        head: digits <= 3 && !closed && !zero,
        tail,
        only_tail: tail && zero,
        closed,
        grouped: !rest.is_empty() && !rest.starts_with(',') && rest.len() > 3,
        run: digits >= 4,
        year: !led && rest.is_empty() && number::is_year(core) && body[core.len()..].bytes().all(|b| b == b'*'),
    })
}

/// Tells `take` where the cell that begins at token `start` may end, each with whether thousands were joined over a
/// space. Ends come shortest first; none where no cell of figures can begin.
pub(super) fn cell_ends(tokens: &[Token], start: usize, mut take: impl FnMut(usize, bool)) {
    let mut at = start;
    if tokens.get(at).is_some_and(|t| t.class == Class::Lead) {
        at += 1;
    }
    let Some(token) = tokens.get(at) else { return };
    match token.class {
        Class::Missing if at == start => number_ends(tokens, at + 1, false, &mut take),
        Class::Date if at == start => take(behind(tokens, at + 1, false), false),
        Class::Bracketed if at == start => take(behind(tokens, at + 1, false), false),
        Class::Number(shape) => {
            if !shape.only_tail {
                number_ends(tokens, at + 1, false, &mut take);
            }
            let mut open = shape.head;
            let mut next = at + 1;
            while let Some(following) = tokens.get(next).and_then(Token::shape).filter(|s| open && s.tail) {
                next += 1;
                open = !following.closed;
                number_ends(tokens, next, true, &mut take);
            }
        }
        _ => {}
    }
}

/// A number's end; two where a number in brackets follows, which may be its mark or its share, or a cell.
fn number_ends(tokens: &[Token], at: usize, joined: bool, take: &mut impl FnMut(usize, bool)) {
    let end = behind(tokens, at, true);
    take(end, joined);
    if tokens.get(end).is_some_and(|t| t.class == Class::Bracketed) {
        take(end + 1, joined);
    }
}

/// Past the unit, marker and remark that belong to the number before them.
fn behind(tokens: &[Token], mut at: usize, is_number: bool) -> usize {
    let class = |at: usize| tokens.get(at).map(|t| t.class);
    if is_number && class(at) == Some(Class::Unit) {
        at += 1;
    }
    if class(at) == Some(Class::Marker) {
        at += 1;
    }
    if class(at) == Some(Class::Note) {
        at += 1;
    }
    at
}

/// The words behind the last figures of a line: `Gent €1.250.000 | in uitvoering`. `None` where it ends in figures or
/// has none.
pub(super) fn words_behind(tokens: &[Token]) -> Option<usize> {
    let last = tokens.iter().rposition(|t| t.class != Class::Text)?;
    let stands = matches!(tokens[last].class, Class::Number(_) | Class::Missing | Class::Unit | Class::Date);
    let figures = figures_start(&tokens[..=last]);
    (stands && last + 1 < tokens.len() && figures <= last).then_some(last + 1)
}

/// For each token the fewest and the most cells that it and all behind it make up; `None` where they make none. One
/// more entry, for the end.
pub(super) fn suffix_counts(tokens: &[Token]) -> Vec<Option<(usize, usize)>> {
    let mut counts: Vec<Option<(usize, usize)>> = vec![None; tokens.len() + 1];
    counts[tokens.len()] = Some((0, 0));
    for at in (0..tokens.len()).rev() {
        let mut own: Option<(usize, usize)> = None;
        cell_ends(tokens, at, |end, _| {
            if let Some((few, most)) = counts.get(end).copied().flatten() {
                let (low, high) = own.unwrap_or((usize::MAX, 0));
                own = Some((low.min(few + 1), high.max(most + 1)));
            }
        });
        counts[at] = own;
    }
    counts
}

/// The fewest and the most cells that the tokens from `start` to the end make up; `None` where they make none.
pub(super) fn cell_counts(tokens: &[Token], start: usize) -> Option<(usize, usize)> {
    suffix_counts(tokens.get(start..)?).first().copied().flatten()
}

/// The first token from which all that follow make up cells: the figures at the end of a line. The number of tokens
/// where the line ends in words.
pub(super) fn figures_start(tokens: &[Token]) -> usize {
    let words = tokens.iter().rposition(|token| !token.is_figure()).map_or(0, |last| last + 1);
    let figures = tokens.get(words..).unwrap_or(&[]);
    if figures.is_empty() {
        return tokens.len();
    }
    let mut reachable = vec![false; figures.len() + 1];
    reachable[figures.len()] = true;
    let mut first = figures.len();
    for at in (0..figures.len()).rev() {
        let mut reaches = false;
        cell_ends(figures, at, |end, _| reaches |= reachable.get(end) == Some(&true));
        reachable[at] = reaches;
        if reaches {
            first = at;
        }
    }
    words + first
}
