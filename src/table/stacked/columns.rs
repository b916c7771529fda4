//! Tables that stand column by column: a piece with the labels, and a piece for each column, its header on top.
//!
//! Takes the pieces of a page, gives plans. What proves such a table is that its columns are equally long; other
//! columns, labels of answers and whole paragraphs may stand between them. The most telling table is taken out first,
//! so that what stood between its columns stands together.
//!
//! ```text
//! Rang      Gemeente   Postcode  Aantal
//! 1e        Wervik     8940      3 000       four pieces of three
//! 2e        Ninove     9400      2 843
//! ```

use super::heads::{self, Column, HEAD_LINES};
use super::item::{Item, Kind};
use super::plan::{Cell, Plan};
use super::sheet::{self, Sheet};
use super::wrap;
use std::ops::Range;

/// The fewest rows: one row proves nothing by its length.
const FEWEST_ROWS: usize = 2;
/// Columns of one piece at most.
const MOST_FANNED: usize = 24;
/// How many free pieces before its first column a wrapped stub may stand.
const STUB_REACH: usize = 8;
/// What the joins of a wrapped stub may cost, for each of them.
const MOST_COST: u32 = 7;

/// A piece in its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token {
    piece: usize,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
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
    tokens: Vec<Token>,
    rows: usize,
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
    runs.filter(|run| run.score > 0).max_by_key(|run| (run.score, std::cmp::Reverse(run.tokens[0].piece)))
}

/// The numbers of rows that a piece of figures, or labels for columns fanned out, may have.
fn row_counts(sheet: &Sheet<'_>, at: usize, fanned: bool) -> Vec<usize> {
    let piece = &sheet.pieces[at];
    let counts = match fanned {
        false if piece.is_figures() => vec![piece.cells()],
        true if piece.is_labels() => vec![piece.len(), piece.len() - 1],
        _ => Vec::new(),
    };
    counts.into_iter().filter(|rows| *rows >= FEWEST_ROWS).collect()
}

fn is_free(sheet: &Sheet<'_>, at: usize) -> bool {
    !sheet.taken[at] && !sheet.pieces[at].alone
}

/// What a piece is to a table of so many rows.
fn part_of(sheet: &Sheet<'_>, at: usize, rows: usize, fanned: bool) -> Option<Part> {
    let piece = &sheet.pieces[at];
    if piece.is_figures() && piece.cells() == rows && piece.labels <= HEAD_LINES {
        return Some(Part::Figures);
    }
    let columns = piece.cells() / rows;
    if fanned
        && piece.is_figures()
        && piece.cells().is_multiple_of(rows)
        && (2..=MOST_FANNED).contains(&columns)
        && piece.labels >= columns
    {
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
        let short = total && short_part(sheet, column, rows, true, 0) == Some(Part::Figures) && adds_up(sheet, column);
        let tokens = [(stub, Part::Labels { headed: true }), (column, Part::Figures)];
        let tokens: Vec<Token> = tokens.into_iter().map(|(piece, part)| Token { piece, part }).collect();
        short.then(|| Run { score: score(sheet, &tokens, rows), tokens, rows })
    });
    pairs.collect()
}

/// Whether the last cell of a column is the sum of the others.
fn adds_up(sheet: &Sheet<'_>, at: usize) -> bool {
    let cells = &sheet.items_of(at)[sheet.pieces[at].labels..];
    let Some((total, others)) = cells.split_last() else { return false };
    let sum: f64 = others.iter().filter_map(|item| item.value).sum();
    others.len() > 1 && total.value.is_some_and(|total| (sum - total).abs() < SLACK)
}

/// Sums are compared in hundredths.
const SLACK: f64 = 0.006;

/// The tables of so many rows: a stub and the figures behind it.
fn runs_of(sheet: &Sheet<'_>, page: &Range<usize>, rows: usize, fanned: bool) -> Vec<Run> {
    let free = page.clone().filter(|at| is_free(sheet, *at));
    let tokens: Vec<Token> =
        free.filter_map(|piece| Some(Token { piece, part: part_of(sheet, piece, rows, fanned)? })).collect();
    let figures = tokens.iter().filter(|token| !token.is_labels()).count();
    let headed = tokens.iter().filter(|token| !token.is_labels() && sheet.pieces[token.piece].labels > 0).count();
    // Labels without a header go with figures without one, unless none have one.
    let named = tokens.iter().any(|token| token.part == Part::Labels { headed: true });
    let fits = |token: &Token| token.part != Part::Labels { headed: false } || headed < figures || !named;
    let tokens: Vec<Token> = tokens.into_iter().filter(fits).collect();
    let runs = segments(sheet, &tokens, rows);
    let run = |tokens: Vec<Token>| {
        let score = score(sheet, &tokens, rows);
        Run { tokens, rows, score }
    };
    runs.into_iter().filter(|tokens| tokens.iter().any(|token| !token.is_labels())).map(run).collect()
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
            } else if is_repeated(sheet, &current, *token) && rest.iter().any(|token| token.is_labels()) {
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
            let run = std::mem::replace(if parallel { &mut beside } else { &mut current }, vec![*token]);
            runs.push(run);
        }
    }
    runs.extend([current, beside]);
    runs
}

/// Whether a column is the year after the last one's: it is that table's, whatever stands between.
fn follows(sheet: &Sheet<'_>, run: &[Token], token: Token) -> bool {
    let year = |token: &Token| {
        let labels = &sheet.items_of(token.piece)[..sheet.pieces[token.piece].labels];
        labels.iter().find(|item| item.kind == Kind::Year).and_then(|item| item.value)
    };
    let last = run.iter().rev().find(|token| !token.is_labels()).and_then(year);
    last.is_some() && last.map(|last| last + 1.0) == year(&token)
}

/// Whether a column has the header of the first column of figures so far: it is another table's.
fn is_repeated(sheet: &Sheet<'_>, current: &[Token], token: Token) -> bool {
    let first = current.iter().find(|token| !token.is_labels());
    sheet.pieces[token.piece].labels > 0
        && first.is_some_and(|first| sheet.first_text(first.piece) == sheet.first_text(token.piece))
}

impl Token {
    fn is_labels(self) -> bool {
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
        // Figures without labels so far, and labels under a header behind them.
        let own = between == 0 || is_only_stub(sheet, token.piece, rows);
        return stub.is_none() && headed && own && !wrapped();
    }
    let mut figures = current.iter().filter(|token| !token.is_labels());
    let bare = figures.any(|token| sheet.pieces[token.piece].labels == 0);
    headed || bare || stub.is_none() && !wrapped()
}

/// Whether no other labels of a page are as many as so many rows and a header have: then columns of that
/// length are theirs, whatever stands between.
fn is_only_stub(sheet: &Sheet<'_>, stub: usize, rows: usize) -> bool {
    let page = sheet.pieces[stub].page;
    let rivals = |step: fn(usize) -> Option<usize>| {
        let others = std::iter::successors(step(stub), move |at| step(*at));
        others.map_while(|at| sheet.pieces.get(at).map(|piece| (at, piece))).take_while(|(_, piece)| piece.page == page)
    };
    let fits = |piece: &sheet::Piece| piece.is_labels() && piece.len() == rows + 1;
    let mut others = rivals(|at| at.checked_sub(1)).chain(rivals(|at| Some(at + 1)));
    rows > 2 && !others.any(|(at, piece)| is_free(sheet, at) && fits(piece))
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

/// A piece of labels, more than there are rows, whose lines can be those of so many cells: the range of its items, how
/// many are the header's, and the items of each cell.
fn wrapped_stub(sheet: &Sheet<'_>, first: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let page = sheet.pieces[first].page;
    let mut reach = 0;
    for at in (0..first).rev() {
        let piece = &sheet.pieces[at];
        if piece.page != page || reach == STUB_REACH {
            return None;
        }
        if !is_free(sheet, at) || piece.len() <= rows + 1 && breaks.is_empty() {
            continue;
        }
        reach += 1;
        if let Some(stub) = fit_stub(sheet, at, rows, breaks).filter(|stub| stub.cost <= MOST_COST * stub.joins()) {
            return Some(stub);
        }
    }
    None
}

/// A stub as fitted to so many rows.
#[derive(Debug, Clone)]
pub(super) struct Stub {
    pub piece: usize,
    /// The header's items; empty without one.
    pub head: Range<usize>,
    /// The items of each cell.
    pub cells: Vec<Range<usize>>,
    pub cost: u32,
}

impl Stub {
    fn joins(&self) -> u32 {
        self.cells.iter().map(|cell| cell.len() - 1).sum::<usize>() as u32 + 1
    }
}

/// Labels fitted to so many rows, with a header or without one.
pub(super) fn fit_stub(sheet: &Sheet<'_>, at: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let fits = [fit_below(sheet, at, 1, rows, breaks), fit_bare(sheet, at, rows, breaks)];
    fits.into_iter().flatten().min_by_key(|stub| stub.cost)
}

/// Labels without a header fitted to so many rows.
pub(super) fn fit_bare(sheet: &Sheet<'_>, at: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let stub = fit_below(sheet, at, 0, rows, breaks)?;
    Some(Stub { cost: stub.cost + NO_HEADER, ..stub })
}

fn fit_below(sheet: &Sheet<'_>, at: usize, head: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let piece = &sheet.pieces[at];
    let items = sheet.items_of(at);
    let labels = items.iter().filter(|item| item.is_label()).count();
    if labels * 2 < items.len() || items.len() < rows + head {
        return None;
    }
    let (cells, cost) = wrap::fit(sheet.layout, &items[head..], rows, breaks)?;
    let start = piece.items.start + head;
    let cells = cells.iter().map(|cell| start + cell.start..start + cell.end).collect();
    Some(Stub { piece: at, head: piece.items.start..start, cells, cost })
}

/// What a stub without a header costs more.
const NO_HEADER: u32 = 2;

/// The plan of a table; the pieces it uses are marked as taken.
pub(super) fn plan_of(sheet: &mut Sheet<'_>, run: &Run) -> Option<Plan> {
    let mut tokens = with_short(sheet, &run.tokens, run.rows);
    // Labels whose header stands apart from them stand before all columns; those below a caption or prose too.
    let stub = tokens.iter().position(|(token, _)| token.is_labels());
    let codes = |at: usize| are_codes(&sheet.items_of(at)[sheet.pieces[at].labels..]);
    let named = tokens.first().is_some_and(|(first, _)| sheet.pieces[first.piece].labels > 0 && !codes(first.piece));
    let apart = |at: usize| sheet.pieces[tokens[at].0.piece].stretch != sheet.pieces[tokens[0].0.piece].stretch;
    let leads = |at: &usize| named && (tokens[*at].0.part == Part::Labels { headed: false } || apart(*at));
    if let Some(at) = stub.filter(leads) {
        tokens[..=at].rotate_right(1);
    }
    let mut used: Vec<usize> = tokens.iter().map(|(token, _)| token.piece).collect();
    let mut columns = columns_of(sheet, &tokens, run.rows);
    if !tokens.iter().any(|(token, _)| token.is_labels()) {
        let first = tokens.first()?.0.piece;
        if let Some(stub) = wrapped_stub(sheet, first, run.rows, &[]) {
            columns.insert(0, column_of_stub(&stub));
            used.push(stub.piece);
        }
    }
    name_bare(sheet, &mut columns, &mut used);
    used.iter().for_each(|piece| sheet.taken[*piece] = true);
    let open = tokens.iter().filter(|(_, lacking)| *lacking).map(|(token, _)| sheet.pieces[token.piece].cells()).sum();
    let heads = heads::rows(sheet, &columns);
    let row = |row: usize| columns.iter().map(|column| column.cells.get(row).cloned().unwrap_or_default()).collect();
    Some(Plan { heads, rows: (0..run.rows).map(row).collect(), open })
}

pub(super) fn column_of_stub(stub: &Stub) -> Column {
    let heads = if stub.head.is_empty() { Vec::new() } else { vec![stub.head.clone().collect()] };
    Column { heads, cells: stub.cells.iter().map(|cell| cell.clone().collect()).collect() }
}

/// Gives headers that stand alone to columns that have none.
pub(super) fn name_bare(sheet: &Sheet<'_>, columns: &mut [Column], used: &mut Vec<usize>) {
    let bare: Vec<usize> = (1..columns.len()).filter(|at| columns[*at].heads.is_empty()).collect();
    let piece_of = |item: usize| sheet.pieces.partition_point(|piece| piece.items.end <= item);
    let first_of = |at: &usize| columns[*at].cells.iter().flatten().next().map(|item| piece_of(*item));
    let places: Vec<usize> = bare.iter().filter_map(first_of).collect();
    let corner = columns.first().is_some_and(|column| column.heads.is_empty());
    if places.is_empty() && corner {
        name_corner(sheet, columns, used);
        return;
    }
    if let Some((named, heads, pieces)) = heads::alone(sheet, used, &places, corner) {
        bare.iter().zip(heads).for_each(|(at, head)| columns[*at].heads = vec![head]);
        if let (Some(named), Some(stub)) = (named, columns.first_mut()) {
            stub.heads = vec![named];
        }
        used.extend(pieces);
    }
}

/// Gives the label that stands alone right before a table to its stub, where only that has no header.
fn name_corner(sheet: &Sheet<'_>, columns: &mut [Column], used: &mut Vec<usize>) {
    let Some(before) = used.iter().min().and_then(|first| first.checked_sub(1)) else { return };
    let first = before + 1;
    let (piece, next) = (&sheet.pieces[before], &sheet.pieces[first]);
    let near = piece.stretch == next.stretch && piece.page == next.page;
    if near && piece.is_labels() && piece.len() == 1 && is_free(sheet, before) {
        columns[0].heads = vec![vec![piece.items.start]];
        used.push(before);
    }
}

/// The tokens of a run with the columns between them that lack a cell or a few; whether each does.
fn with_short(sheet: &Sheet<'_>, run: &[Token], rows: usize) -> Vec<(Token, bool)> {
    let totalled = run.iter().find(|token| token.is_labels()).is_some_and(|token| sheet.ends_in_total(token.piece));
    let mut tokens: Vec<(Token, bool)> = Vec::with_capacity(run.len());
    let mut lacked = 0;
    for (index, token) in run.iter().enumerate() {
        let lacking = token.part == Part::Figures && sheet.pieces[token.piece].cells() < rows;
        tokens.push((*token, lacking));
        let end = run.get(index + 1).map_or(sheet.pieces.len(), |next| next.piece);
        for at in token.piece + 1..end {
            let near = sheet.pieces[at].stretch == sheet.pieces[token.piece].stretch;
            if !near || !is_free(sheet, at) {
                break;
            }
            let Some(part) = short_part(sheet, at, rows, totalled, lacked) else { break };
            tokens.push((Token { piece: at, part }, part == Part::Figures && !is_named(sheet, at, totalled)));
            lacked = rows.saturating_sub(sheet.pieces[at].cells());
        }
    }
    tokens
}

/// What a piece with cells missing is to a table: names over a total, or figures. The column before lacks `lacked`: of
/// years that are still to come each has one figure less than the one before.
fn short_part(sheet: &Sheet<'_>, at: usize, rows: usize, totalled: bool, lacked: usize) -> Option<Part> {
    let piece = &sheet.pieces[at];
    if piece.is_labels() {
        let own = totalled && piece.len() == rows && rows > 2 && !has_rival(sheet, at, piece.len() - 1, false);
        return own.then_some(Part::Labels { headed: true });
    }
    if !is_named(sheet, at, totalled) && has_rival(sheet, at, piece.cells(), true) {
        return None;
    }
    let lacking = rows.checked_sub(piece.cells())?;
    let few = lacking > 0 && lacking <= (rows / 4).max(lacked + 1) && piece.cells() > 1;
    let named = (1..=HEAD_LINES).contains(&piece.labels) || piece.labels == 0 && totalled && adds_up(sheet, at);
    (piece.is_figures() && named && few).then_some(Part::Figures)
}

/// Whether near a piece stand labels, or figures, for so many rows under a header: then it is their table's.
fn has_rival(sheet: &Sheet<'_>, at: usize, rows: usize, labels: bool) -> bool {
    let page = sheet.pieces[at].page;
    let near = at.saturating_sub(RIVALS)..sheet.pieces.len().min(at + RIVALS);
    let fits = |other: usize| {
        let piece = &sheet.pieces[other];
        let near = piece.page == page && other != at && is_free(sheet, other) && piece.len() == rows + 1;
        near && match labels {
            true => piece.is_labels(),
            false => piece.labels <= 1 && piece.is_figures() && !is_named(sheet, other, true),
        }
    };
    near.into_iter().any(fits)
}

/// How many pieces away the labels or figures of another table are looked for.
const RIVALS: usize = 12;

/// Whether a column has days or codes, which no total sums.
fn is_named(sheet: &Sheet<'_>, at: usize, totalled: bool) -> bool {
    let cells = &sheet.items_of(at)[sheet.pieces[at].labels..];
    totalled && (cells.iter().all(|item| item.kind == Kind::Date) || are_codes(cells))
}

/// Whether the cells are runs of digits of one length, as codes are.
fn are_codes(cells: &[Item]) -> bool {
    let length = |item: &Item| item.bytes.first().map_or(0, |b| b.len());
    let mut lengths = cells.iter().filter(|item| item.is_figure()).map(length);
    let first = lengths.next().unwrap_or(0);
    first >= 4 && lengths.all(|l| l == first) && cells.iter().all(|item| !item.grouped)
}

fn columns_of(sheet: &Sheet<'_>, tokens: &[(Token, bool)], rows: usize) -> Vec<Column> {
    let own: Vec<Range<usize>> = tokens.iter().map(|(token, _)| head_of(sheet, *token, rows)).collect();
    let totalled =
        tokens.iter().find(|(token, _)| token.is_labels()).is_some_and(|(token, _)| sheet.ends_in_total(token.piece));
    let labels = tokens.iter().take_while(|(token, _)| token.is_labels()).count();
    let mut heads = heads::part(sheet, &own[labels..]);
    heads.splice(0..0, own[..labels].iter().map(|range| vec![range.clone().collect::<Cell>()]));
    let mut columns = Vec::new();
    for ((token, lacking), (own, heads)) in tokens.iter().zip(own.iter().zip(heads)) {
        let items = own.end..sheet.pieces[token.piece].items.end;
        let heads: Vec<Cell> = heads.into_iter().filter(|cell| !cell.is_empty()).collect();
        match token.part {
            Part::Fan(count) => {
                let names = heads::fan(own.clone(), count).unwrap_or_else(|| vec![heads; count]);
                columns.extend(names.into_iter().enumerate().map(|(at, heads)| Column {
                    heads,
                    cells: (0..rows).map(|row| vec![items.start + row * count + at]).collect(),
                }));
            }
            _ => {
                let cells: Vec<usize> = items.collect();
                columns.push(Column {
                    heads,
                    cells: (0..rows).map(|row| place(row, rows, &cells, *lacking && totalled)).collect(),
                });
            }
        }
    }
    columns
}

/// The header items of a piece.
fn head_of(sheet: &Sheet<'_>, token: Token, rows: usize) -> Range<usize> {
    let piece = &sheet.pieces[token.piece];
    let count = match token.part {
        Part::Labels { headed: true } if piece.len() <= rows => 1,
        Part::Labels { .. } => piece.len().saturating_sub(rows),
        Part::Figures | Part::Fan(_) => piece.labels,
    };
    piece.items.start..piece.items.start + count
}

/// The cell of a row in a column that may lack some: a printed total stands last.
fn place(row: usize, rows: usize, cells: &[usize], lacking: bool) -> Cell {
    let cell = match (lacking && cells.len() > 1, row + 1 == rows) {
        (true, true) => cells.last(),
        (true, false) => cells.get(row).filter(|_| row + 1 < cells.len()),
        (false, _) => cells.get(row),
    };
    cell.copied().into_iter().collect()
}
