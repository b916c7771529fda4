//! Tables that stand column by column: a piece with the labels, and a piece for each column, its header on top.
//!
//! Takes the pieces of a page, gives runs of columns. What proves such a table is that its columns are equally long; other
//! columns, labels of answers and whole paragraphs may stand between them. The most telling table is taken out first,
//! so that what stood between its columns stands together.
//!
//! ```text
//! Rang      Gemeente   Postcode  Aantal
//! 1e        Wervik     8940      3 000       four pieces of three
//! 2e        Ninove     9400      2 843
//! ```

use super::closing;
use super::fans;
use super::heads::HEAD_LINES;
use super::item::{Item, Kind};
use super::sheet::{self, Sheet};
use super::short::{adds_up, are_codes, is_within, short_part, with_short};
use super::stubs::wrapped_stub;
use super::wrap;
use crate::table::words;
use std::ops::Range;

/// The fewest rows: one row proves nothing by its length.
const FEWEST_ROWS: usize = 2;

/// A piece in its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub piece: usize,
    pub part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Labels, under a header or not.
    Labels { headed: bool },
    /// Figures.
    Figures,
    /// The figures of several columns, row by row.
    Fan(usize),
}

/// The columns of one table, in the order of the text.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub tokens: Vec<Token>,
    pub rows: usize,
    /// How telling it is.
    pub score: i64,
}

/// The most telling table of a page that stands column by column.
pub(super) fn best_of(sheet: &Sheet<'_>, page: &Range<usize>, fanned: bool) -> Option<Run> {
    let mut counts: Vec<usize> =
        page.clone().filter(|at| is_free(sheet, *at)).flat_map(|at| row_counts(sheet, at, fanned)).collect();
    counts.sort_unstable();
    counts.dedup();
    let runs = counts.into_iter().flat_map(|rows| runs_of(sheet, page, rows, fanned));
    let runs = runs.chain(lacking_runs(sheet, page));
    // Totals of rows alone are the last column of another table.
    let told = |run: &Run| run.score > 0 && (fanned || !is_lone_total(sheet, run));
    runs.filter(told).max_by_key(|run| (run.score, std::cmp::Reverse(run.tokens[0].piece)))
}

/// Whether the only column of figures is a total of each row.
fn is_lone_total(sheet: &Sheet<'_>, run: &Run) -> bool {
    let mut figures = run.tokens.iter().filter(|token| !token.is_labels()).map(|token| token.piece);
    let only = figures.next().filter(|_| figures.next().is_none());
    only.is_some_and(|only| sheet.pieces[only].labels > 0 && words::is_total(sheet.first_text(only)))
}

/// The numbers of rows that a piece of figures, or labels for columns fanned out, may have.
fn row_counts(sheet: &Sheet<'_>, at: usize, fanned: bool) -> Vec<usize> {
    let piece = &sheet.pieces[at];
    let counts = match fanned {
        false if piece.is_figures() => {
            let told = fans::widths(piece).filter(|columns| fans::is_told(sheet, at, *columns));
            [piece.cells()].into_iter().chain(told.map(|columns| piece.cells() / columns)).collect()
        }
        true if piece.is_labels() => vec![piece.len(), piece.len() - 1],
        _ => Vec::new(),
    };
    counts.into_iter().filter(|rows| *rows >= FEWEST_ROWS).collect()
}

pub(super) fn is_free(sheet: &Sheet<'_>, at: usize) -> bool {
    !sheet.taken[at] && !sheet.pieces[at].alone
}

/// What a piece is to a table of so many rows.
fn part_of(sheet: &Sheet<'_>, at: usize, rows: usize, fanned: bool) -> Option<Part> {
    let part = kind_of(sheet, at, rows, fanned)?;
    // A longer table's column.
    let shorter = matches!(part, Part::Figures | Part::Labels { headed: true }) && is_within(sheet, at);
    (!shorter).then_some(part)
}

fn kind_of(sheet: &Sheet<'_>, at: usize, rows: usize, fanned: bool) -> Option<Part> {
    let piece = &sheet.pieces[at];
    let whole = piece.cells() == rows || piece.cells() == rows + 1 && closing::is_closed_apart(sheet, at);
    if piece.is_figures() && whole && piece.labels <= HEAD_LINES {
        return Some(Part::Figures);
    }
    let columns = piece.cells() / rows;
    let is_fan = piece.cells().is_multiple_of(rows) && fans::widths(piece).any(|width| width == columns);
    if is_fan && (fanned || fans::is_told(sheet, at, columns)) {
        return Some(Part::Fan(columns));
    }
    if !(rows..=rows + 1).contains(&piece.len()) {
        return None;
    }
    let mostly = piece.names * 2 >= piece.len() || is_coded(sheet, at);
    match piece.len() {
        len if mostly && len == rows + 1 => Some(Part::Labels { headed: true }),
        len if mostly && len == rows => Some(Part::Labels { headed: false }),
        _ => None,
    }
}

/// Whether labels are codes, under a header and over a total.
fn is_coded(sheet: &Sheet<'_>, at: usize) -> bool {
    let [head, codes @ .., _] = sheet.items_of(at) else { return false };
    let figures = codes.iter().all(Item::is_figure);
    sheet.pieces[at].mixed && head.is_label() && sheet.ends_in_total(at) && figures && are_codes(codes)
}

/// The tables of one column that lacks cells: what proves it is that it ends in the sum of those it has.
fn lacking_runs(sheet: &Sheet<'_>, page: &Range<usize>) -> Vec<Run> {
    let free: Vec<usize> = page.clone().filter(|at| is_free(sheet, *at)).collect();
    let pairs = free.windows(2).filter_map(|pair| {
        let (stub, column) = (pair[0], pair[1]);
        let rows = sheet.pieces[stub].len().checked_sub(1)?;
        let near = sheet.pieces[stub].stretch == sheet.pieces[column].stretch;
        let total = near && sheet.pieces[stub].is_labels() && sheet.ends_in_total(stub);
        let short =
            total && short_part(sheet, &[], column, rows, true, 0) == Some(Part::Figures) && adds_up(sheet, column);
        let tokens = [(stub, Part::Labels { headed: true }), (column, Part::Figures)];
        let tokens: Vec<Token> = tokens.into_iter().map(|(piece, part)| Token { piece, part }).collect();
        short.then(|| Run { score: score(sheet, &tokens, rows), tokens, rows })
    });
    pairs.collect()
}

/// The tables of so many rows: a stub and the figures behind it.
fn runs_of(sheet: &Sheet<'_>, page: &Range<usize>, rows: usize, fanned: bool) -> Vec<Run> {
    let free = page.clone().filter(|at| is_free(sheet, *at));
    let tokens: Vec<Token> =
        free.filter_map(|piece| Some(Token { piece, part: part_of(sheet, piece, rows, fanned)? })).collect();
    let figures = tokens.iter().filter(|token| !token.is_labels()).count();
    let headed = tokens.iter().filter(|token| !token.is_labels() && sheet.pieces[token.piece].labels > 0).count();
    // Labels without a header go with figures without one, unless none have one.
    let named = tokens.iter().any(|token| token.part == Part::Labels { headed: true });
    let fits = |at: &usize| {
        let bare = tokens[*at].part == Part::Labels { headed: false };
        !bare || headed < figures || !named || leads_headed(sheet, &tokens, *at)
    };
    let tokens: Vec<Token> = (0..tokens.len()).filter(fits).map(|at| tokens[at]).collect();
    let runs = segments(sheet, &tokens, rows);
    let run = |tokens: Vec<Token>| {
        let score = score(sheet, &tokens, rows);
        Run { tokens, rows, score }
    };
    runs.into_iter().filter(|tokens| tokens.iter().any(|token| !token.is_labels())).map(run).collect()
}

/// Whether labels without a header stand right before columns under headers, and no other labels in their stretch.
fn leads_headed(sheet: &Sheet<'_>, tokens: &[Token], at: usize) -> bool {
    let stretch = |token: &Token| sheet.pieces[token.piece].stretch;
    let own = stretch(&tokens[at]);
    let next = tokens.get(at + 1).filter(|next| next.piece == tokens[at].piece + 1 && stretch(next) == own);
    let others = tokens.iter().filter(|token| token.is_labels() && stretch(token) == own).count();
    next.is_some_and(|next| !next.is_labels() && sheet.pieces[next.piece].labels > 0) && others == 1
}

/// The tokens in tables. Two stubs may stand before their columns: those with a header go with the one that has one.
fn segments(sheet: &Sheet<'_>, tokens: &[Token], rows: usize) -> Vec<Vec<Token>> {
    let mut runs: Vec<Vec<Token>> = Vec::new();
    let mut current: Vec<Token> = Vec::new();
    let mut beside: Vec<Token> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let rest = &tokens[index + 1..];
        if !token.is_labels() {
            let headed = sheet.pieces[token.piece].labels > 0;
            let before = runs.last_mut().filter(|run| follows(sheet, run, *token) && !follows(sheet, &current, *token));
            if let Some(run) = before {
                run.push(*token);
            } else if !beside.is_empty() && beside[0].part == (Part::Labels { headed }) {
                beside.push(*token);
            } else if is_repeated(sheet, &current, *token) && is_named_later(sheet, &current, *token, rest) {
                runs.push(std::mem::replace(&mut current, vec![*token]));
            } else {
                current.push(*token);
            }
            continue;
        }
        let figures = |run: &[Token]| run.iter().any(|token| !token.is_labels());
        if joins(sheet, &current, *token, rows) {
            current.push(*token);
        } else if figures(rest) {
            let parallel = !figures(&current) && current[0].part != token.part;
            // Beyond prose another table begins.
            let left = |first: &Token| sheet.pieces[first.piece].stretch != sheet.pieces[token.piece].stretch;
            if !parallel && beside.first().is_some_and(left) {
                runs.push(std::mem::take(&mut beside));
            }
            let run = std::mem::replace(if parallel { &mut beside } else { &mut current }, vec![*token]);
            runs.push(run);
        }
    }
    runs.extend([current, beside]);
    runs
}

/// Whether a column is the year after or before one of a run's: it is that table's, whatever stands between.
fn follows(sheet: &Sheet<'_>, run: &[Token], token: Token) -> bool {
    let year = |token: &Token| {
        let labels = &sheet.items_of(token.piece)[..sheet.pieces[token.piece].labels];
        labels.iter().find(|item| item.kind == Kind::Year).and_then(|item| item.value)
    };
    let Some(own) = year(&token) else { return false };
    let years: Vec<f64> = run.iter().filter(|token| !token.is_labels()).filter_map(year).collect();
    !years.contains(&own) && years.iter().any(|other| (other - own).abs() == 1.0)
}

/// Whether a column has the header of the first column of figures so far: it is another table's.
fn is_repeated(sheet: &Sheet<'_>, current: &[Token], token: Token) -> bool {
    let first = current.iter().find(|token| !token.is_labels());
    sheet.pieces[token.piece].labels > 0
        && first.is_some_and(|first| sheet.first_text(first.piece) == sheet.first_text(token.piece))
}

/// Whether labels for a column, with a header as it has one, come behind it: not beyond prose, if the columns so far stand
/// right before it.
fn is_named_later(sheet: &Sheet<'_>, current: &[Token], token: Token, rest: &[Token]) -> bool {
    let headed = sheet.pieces[token.piece].labels > 0;
    let stretch = |token: &Token| sheet.pieces[token.piece].stretch;
    let near = current.last().is_some_and(|last| stretch(last) == stretch(&token));
    rest.iter().any(|other| other.part == Part::Labels { headed } && (!near || stretch(other) == stretch(&token)))
}

impl Token {
    pub(super) fn is_labels(self) -> bool {
        matches!(self.part, Part::Labels { .. })
    }
}

/// Whether labels are another column of the table so far, rather than the stub of the next.
fn joins(sheet: &Sheet<'_>, current: &[Token], token: Token, rows: usize) -> bool {
    let Some(last) = current.last() else { return true };
    let stub = current.iter().find(|token| token.is_labels());
    let near = sheet.pieces[last.piece].stretch == sheet.pieces[token.piece].stretch;
    let again = stub.is_some_and(|stub| sheet.first_text(stub.piece) == sheet.first_text(token.piece));
    let headed = token.part == Part::Labels { headed: true };
    let is_head = |at: &usize| sheet.pieces[*at].is_labels() && sheet.pieces[*at].len() <= HEAD_LINES;
    let between = (last.piece + 1..token.piece).filter(|at| is_free(sheet, *at) && !is_head(at)).count();
    // Two pieces of one block are the labels of two tables.
    let block = |token: &Token| sheet.items_of(token.piece).first().map(|item| item.block);
    if stub.is_some_and(|stub| block(stub) == block(&token)) {
        return false;
    }
    let wrapped = || wrapped_stub(sheet, current[0].piece, rows, &[]).is_some();
    if !near || again || between > 0 {
        // Figures without labels so far, and labels behind them: both with a header, or both without.
        let own = is_only_stub(sheet, token.piece);
        let bare = current.iter().all(|token| sheet.pieces[token.piece].labels == 0) && own;
        return stub.is_none() && (headed && (between == 0 || own) || bare) && !wrapped();
    }
    // Ranks stand before what is ranked.
    if stub.is_some() && current.len() == 1 && last.piece + 1 == token.piece && is_ranks(sheet, last.piece) {
        return true;
    }
    let mut figures = current.iter().filter(|token| !token.is_labels());
    let bare = figures.any(|token| sheet.pieces[token.piece].labels == 0);
    headed || bare || stub.is_none() && !wrapped()
}

/// Whether labels begin with a digit each: `1e`, `2e`.
fn is_ranks(sheet: &Sheet<'_>, at: usize) -> bool {
    let items = sheet.items_of(at);
    items.len() > 2 && items.iter().all(|item| item.first_line(sheet.layout).starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether no other labels of a page are as many: then columns of that length are theirs, whatever stands between.
fn is_only_stub(sheet: &Sheet<'_>, stub: usize) -> bool {
    let (page, length) = (sheet.pieces[stub].page, sheet.pieces[stub].len());
    let rivals = |step: fn(usize) -> Option<usize>| {
        let others = std::iter::successors(step(stub), move |at| step(*at));
        others.map_while(|at| sheet.pieces.get(at).map(|piece| (at, piece))).take_while(|(_, piece)| piece.page == page)
    };
    let fits = |piece: &sheet::Piece| piece.is_labels() && piece.len() == length;
    let mut others = rivals(|at| at.checked_sub(1)).chain(rivals(|at| Some(at + 1)));
    length > 2 && !others.any(|(at, piece)| is_free(sheet, at) && fits(piece))
}

/// How telling a run is: its cells, less what stands between its stub and its figures; 0 where it proves nothing.
fn score(sheet: &Sheet<'_>, tokens: &[Token], rows: usize) -> i64 {
    let figures: Vec<&Token> = tokens.iter().filter(|token| !token.is_labels()).collect();
    let all = with_short(sheet, tokens, rows);
    let size: usize = all.iter().map(|(token, _)| sheet.pieces[token.piece].len()).sum();
    let columns: usize =
        figures.iter().map(|token| if let Part::Fan(columns) = token.part { columns } else { 1 }).sum();
    let Some(first) = figures.first() else { return 0 };
    let all_headed = figures.iter().all(|token| sheet.pieces[token.piece].labels > 0);
    let stub = tokens.iter().find(|token| token.is_labels());
    let Some(stub) = stub else {
        let wrapped = wrapped_stub(sheet, first.piece, rows, &[]).is_some();
        let told = wrapped && (rows > 2 || columns > 1) || all_headed && columns > 1 && rows > 2;
        return if told { size as i64 } else { 0 };
    };
    let headed = stub.part == Part::Labels { headed: true };
    if rows == 2 && columns == 1 && !(headed && all_headed) || first.piece.abs_diff(stub.piece) > MOST_APART {
        return 0;
    }
    let (from, to) = (stub.piece.min(first.piece) + 1, stub.piece.max(first.piece));
    let between = (from..to).filter(|at| is_free(sheet, *at)).count();
    let agrees = headed == all_headed;
    let wrapped = i64::from(wrap::apart(sheet.layout, sheet.items_of(stub.piece)));
    (size + rows) as i64 + if agrees { rows as i64 } else { 0 } - 2 * between.min(rows) as i64 - wrapped
}

/// Pieces between a stub and its first column at most.
const MOST_APART: usize = 60;
