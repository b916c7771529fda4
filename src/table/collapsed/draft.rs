//! Drafts: a table read with a certain number of columns, and the choice between them.
//!
//! Takes the pieces of a table, gives the reading that is cheapest once the printed totals have spoken. Every number of
//! columns that the rows allow is tried, each with as many columns of labels as the header has names for.
//!
//! ```text
//! candidates → drafts (columns × labels: header + rows) → prove (totals) → the cheapest
//! ```

use super::header::{Cells, Header};
use super::heads::{HEADER_LINES, HEADER_WEIGHT, Heads, NO_HEADER};
use super::piece::Piece;
use super::row::{DraftRow, Style};
use super::solve::{self, Proof};
use super::token::Token;
use super::{choice, group, habits, label, merged, ways};
use crate::layout::Layout;
use crate::limits::Limits;
use crate::table::words;
use std::cell::Cell;
use std::ops::{Range, RangeInclusive};
use std::rc::Rc;

/// A table read with a certain number of columns.
pub(super) struct Draft {
    pub columns: usize,
    /// The pieces of the header.
    pub heads: Range<usize>,
    pub header: Option<Header>,
    rows: Rc<Rows>,
    /// Whether a column of words stands behind the figures.
    pub trails: bool,
    /// How many columns of labels the header asks for.
    label_columns: usize,
    /// The column of figures that sums its row.
    row_total: Option<usize>,
    cost: f32,
}

/// A draft whose rows are read for good: the totals have decided.
pub(super) struct Proved {
    pub draft: Draft,
    pub rows: Rc<[DraftRow]>,
    /// For each row the cells of its label, as ranges of its tokens.
    pub labels: Vec<Vec<Range<usize>>>,
    /// Whether rows of words alone are the first cell of the labels below them.
    pub headed: bool,
    pub proof: Proof,
    pub cost: f32,
}

/// The rows under a header, read for a number of columns, and what they cost.
struct Rows {
    rows: Vec<DraftRow>,
    cost: f32,
}

/// What a number of label columns makes of the first lines.
struct Headed {
    labels: usize,
    /// The pieces of the header, and how it reads.
    heads: Range<usize>,
    header: Option<Header>,
    /// What it costs.
    cost: f32,
}

/// Numbers of columns worth a full reading.
const CANDIDATES: usize = 6;
/// Drafts dearer than the best by more than this are not worth a proof; nor are more than a few.
const PROVABLE: f32 = 9.0;
const MOST_PROVED: usize = 4;
/// Rows that can be made of the lines only at this cost beyond the cheapest draft are not read: no total makes up for it.
const HOPELESS: f32 = 12.0;
/// Lines from which a table is long, and the lines of one that choose its columns.
const LONG_TABLE: usize = 160;
const SAMPLE_HEAD: usize = 100;
const SAMPLE_TAIL: usize = 20;
/// What it is worth that every label begins with a number and the header has no name for it: a column of ranks.
const RANKED: f32 = 0.3;
/// The same of a first column that is printed once for each group, the groups being made alike.
const GROUPED: f32 = 0.4;
/// Columns of labels: rank, name, place, date, state.
const MOST_LABELS: usize = 5;
/// What each column of labels beyond the first costs: the simpler reading is the likelier.
const MORE_LABELS: f32 = 0.15;
/// What a column of labels costs whose cells are counts.
const COUNTS_AS_LABELS: f32 = 0.8;
/// What it is worth that both of two printed totals agree.
const HELD: f32 = 3.5;

/// The best reading of a table's pieces. Of a long table the first and last rows choose the columns, so that its cost
/// grows with its rows.
pub(super) fn best_draft(layout: &Layout, body: &[&Piece], limits: &Limits) -> Option<Proved> {
    let style = style_of(layout, body);
    if body.len() <= LONG_TABLE {
        return best_of(layout, body, style, limits);
    }
    let tail = body.get(body.len() - SAMPLE_TAIL..).unwrap_or(&[]);
    let sample: Vec<&Piece> = body.iter().take(SAMPLE_HEAD).chain(tail).copied().collect();
    let chosen = best_of(layout, &sample, style, limits)?.draft;
    let whole = Table::new(layout, body, style);
    prove(layout, whole.drafts(chosen.columns, chosen.label_columns..=chosen.label_columns), limits)
}

fn best_of(layout: &Layout, body: &[&Piece], style: Style, limits: &Limits) -> Option<Proved> {
    let table = Table::new(layout, body, style);
    let drafts =
        candidates(layout, body, limits).into_iter().flat_map(|columns| table.drafts(columns, 1..=MOST_LABELS));
    prove(layout, drafts.collect(), limits)
}

/// Whether thousands are written with a space: proved by a group of three that is led by 0; refuted by thousands set
/// apart by a point. A no-break space says nothing of the plain spaces: extractors keep some and lose others.
fn style_of(layout: &Layout, body: &[&Piece]) -> Style {
    let tokens = body.iter().filter(|p| !p.is_words()).flat_map(|p| p.tokens.iter().skip(p.figures));
    let (mut pointed, mut led) = (false, false);
    for (token, shape) in tokens.filter_map(|t| Some((t, t.shape()?))) {
        pointed |= shape.grouped && token.text(layout).contains('.');
        led |= shape.only_tail;
    }
    match (led, pointed) {
        (true, _) => Style::Spaces,
        (false, true) => Style::NoSpaces,
        (false, false) => Style::Unknown,
    }
}

/// The numbers of columns worth a reading: those that the header's words or years make, then those that most rows
/// allow, the likeliest first.
fn candidates(layout: &Layout, body: &[&Piece], limits: &Limits) -> Vec<usize> {
    let most = body.iter().map(|p| p.counts.1).max().unwrap_or(0).min(limits.columns as usize);
    let mut votes = vec![0_i64; most + 2];
    let counted = are_counted(layout, body);
    for piece in body.iter().filter(|p| !p.is_words()) {
        let (few, many) = (piece.counts.0, piece.counts.1.min(most));
        let year_first = piece.tokens.get(piece.figures).is_some_and(Token::is_year);
        let label_inside = usize::from(piece.is_figures() || (year_first || counted) && few > 1);
        let least = few.saturating_sub(label_inside).max(1);
        for (columns, votes) in votes.iter_mut().enumerate().take(many + 1).skip(least) {
            *votes += 2 - i64::from(columns != few && columns != many);
        }
    }
    for named in named_columns(layout, body) {
        if let Some(votes) = votes.get_mut(named).filter(|v| **v > 0) {
            *votes += body.len() as i64;
        }
    }
    let mut ranked: Vec<usize> = (1..=most.max(1)).filter(|c| votes[*c] > 0).collect();
    ranked.sort_by_key(|&c| (-votes[c], c));
    ranked.truncate(CANDIDATES);
    // Torn rows stand on several lines: a few columns more than any line has are possible too.
    let widest = ranked.iter().copied().max().unwrap_or(1);
    if widest <= 3 {
        ranked.extend(widest + 1..=widest + 2);
    }
    ranked
}

/// Whether the rows are told apart by the number behind one word: `Fase 1`, `Fase 2`.
fn are_counted(layout: &Layout, body: &[&Piece]) -> bool {
    let rows = body.iter().filter(|p| !p.is_words() && !p.is_figures());
    let mut labels = rows.map(|p| p.label_text(layout)).filter(|label| !words::is_closing_row(label));
    let first = labels.next();
    let mut others = labels.peekable();
    others.peek().is_some() && others.all(|label| Some(label) == first)
}

/// The numbers of columns that the first lines name: as many as years, as words, or as words with a capital, but for the
/// stub's.
fn named_columns(layout: &Layout, body: &[&Piece]) -> Vec<usize> {
    let heads = body.iter().take_while(|p| p.may_head(layout)).take(HEADER_LINES);
    let trails = usize::from(has_trails(body));
    let named = heads.flat_map(move |piece| {
        let years = piece.years(layout).map_or(0, |years| years.len());
        let words = piece.tokens.len();
        let capital = |token: &&Token| token.text(layout).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let capitals = piece.tokens.iter().filter(capital).count();
        let named = [years, words, words.saturating_sub(1), capitals, capitals.saturating_sub(1)];
        named
            .into_iter()
            .enumerate()
            .filter(move |(at, n)| !named[..*at].contains(n))
            .map(move |(_, n)| n.saturating_sub(trails))
    });
    named.filter(|n| *n > 0).collect()
}

fn has_trails(body: &[&Piece]) -> bool {
    body.iter().any(|piece| !piece.trail.is_empty())
}

/// What every draft of a table shares.
struct Table<'a> {
    layout: &'a Layout,
    body: &'a [&'a Piece],
    style: Style,
    heads: Heads<'a>,
    /// What the cheapest draft so far costs, and the cheapest of those with one column of labels, which can always be
    /// proved.
    cheapest: Cell<f32>,
    cheapest_plain: Cell<f32>,
}

impl<'a> Table<'a> {
    fn new(layout: &'a Layout, body: &'a [&'a Piece], style: Style) -> Self {
        let none = || Cell::new(f32::INFINITY);
        Self { layout, body, style, heads: Heads::new(layout, body), cheapest: none(), cheapest_plain: none() }
    }
}

impl Table<'_> {
    /// The drafts of so many columns of figures, one for each number of label columns that the header allows. Rows
    /// depend on where they begin and not on the labels: they are read once for each header.
    fn drafts(&self, columns: usize, labels: RangeInclusive<usize>) -> Vec<Draft> {
        let headed: Vec<Headed> = labels.filter_map(|labels| self.headed(columns, labels)).collect();
        let mut read: Vec<(usize, Rc<Rows>)> = Vec::new();
        let mut drafts = Vec::with_capacity(headed.len());
        for start in headed.iter().map(|headed| headed.heads.end) {
            if read.iter().all(|(known, _)| *known != start) {
                let heads = headed.iter().filter(|headed| headed.heads.end == start).map(|headed| headed.cost);
                let rows = self.rows(start, columns, heads.fold(f32::INFINITY, f32::min));
                read.push((start, Rc::new(rows)));
            }
        }
        for headed in headed {
            let Some((_, rows)) = read.iter().find(|(start, _)| *start == headed.heads.end) else { continue };
            drafts.push(self.draft(columns, headed, Rc::clone(rows)));
        }
        drafts
    }

    /// The header for so many columns and labels, and what it costs; `None` where several columns of labels have none.
    fn headed(&self, columns: usize, labels: usize) -> Option<Headed> {
        let (heads, header) = self.heads.choose((columns, labels), has_trails(self.body));
        if labels > 1 && header.is_none() {
            return None;
        }
        let unread = || NO_HEADER + self.heads.left_over(heads.start, heads.end..heads.end);
        let head = header.as_ref().map_or_else(unread, |h| h.cost * HEADER_WEIGHT);
        Some(Headed { labels, heads, header, cost: head + MORE_LABELS * (labels - 1) as f32 })
    }

    /// The rows from a piece on, their header costing so much at least. Not read where no proof can make up for what they
    /// cost beyond the cheapest draft.
    fn rows(&self, start: usize, columns: usize, head: f32) -> Rows {
        let unread = Rows { rows: Vec::new(), cost: f32::INFINITY };
        let hopeless = self.cheapest.get() + HOPELESS;
        let pieces = self.body.get(start..).unwrap_or(&[]);
        let Some(mut rows) = group::rows_of(self.layout, pieces, columns, hopeless) else { return unread };
        let dearest = hopeless.min(self.cheapest_plain.get() + PROVABLE - head);
        if !ways::read_rows(self.layout, &mut rows, (columns, dearest), self.style) {
            return unread;
        }
        match choice::settle(self.layout, &mut rows, (columns, dearest)) {
            Some(cost) => Rows { cost: cost + habits::mixed_labels(&rows) + habits::words_rows(&rows), rows },
            None => unread,
        }
    }

    fn draft(&self, columns: usize, headed: Headed, rows: Rc<Rows>) -> Draft {
        let Headed { labels, heads, header, cost } = headed;
        let row_total = header.as_ref().and_then(|h| self.total_column(&heads, h, labels));
        let years = header.as_ref().filter(|_| columns > 1).map_or(0.0, |h| self.named_years(&heads, h, labels, &rows));
        let cost = cost + rows.cost - years;
        self.cheapest.set(self.cheapest.get().min(cost));
        if labels == 1 {
            self.cheapest_plain.set(self.cheapest_plain.get().min(cost));
        }
        let trails = has_trails(self.body);
        Draft { columns, heads, header, rows, trails, label_columns: labels, row_total, cost }
    }

    /// What columns of years have cost whose header says that they are: `Jaar`, `Bouwjaar`.
    fn named_years(&self, heads: &Range<usize>, header: &Header, labels: usize, rows: &Rows) -> f32 {
        let tokens = head_tokens(self.body, heads);
        let names = header.levels.last().into_iter().flat_map(|leaf| leaf.iter().skip(labels));
        let is_year = |cell: &Option<Cells>| {
            let last = cell.as_ref().and_then(|c| tokens.get(c.tokens.end.checked_sub(1)?));
            last.is_some_and(|token| words::ends_in_year(token.text(self.layout)))
        };
        let read: Vec<_> = rows.rows.iter().map(DraftRow::reading).collect();
        let named = names.enumerate().filter(|(_, cell)| is_year(cell)).map(|(column, _)| column);
        named.map(|column| habits::year_column(&read, column)).sum()
    }

    /// The column of figures whose header says that it sums the row.
    fn total_column(&self, heads: &Range<usize>, header: &Header, labels: usize) -> Option<usize> {
        let tokens = head_tokens(self.body, heads);
        let leaf = header.levels.last()?;
        let named = leaf.iter().skip(labels).map(|cell| cell.as_ref().and_then(|c| tokens.get(c.tokens.start)));
        let mut totals = named
            .enumerate()
            .filter(|(_, token)| token.is_some_and(|t| words::is_total(t.text(self.layout))))
            .map(|(column, _)| column);
        match (totals.next(), totals.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}

/// The tokens of the pieces that are the header.
pub(super) fn head_tokens<'a>(body: &[&'a Piece], heads: &Range<usize>) -> Vec<&'a Token> {
    body.get(heads.clone()).unwrap_or(&[]).iter().flat_map(|piece| &piece.tokens).collect()
}

/// Lets the printed totals decide between the likeliest drafts, and takes the best.
fn prove(layout: &Layout, mut drafts: Vec<Draft>, limits: &Limits) -> Option<Proved> {
    drafts.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut proved: Vec<Proved> = Vec::new();
    let mut solved: Vec<Solved> = Vec::new();
    for draft in drafts.into_iter().filter(|draft| draft.cost.is_finite()) {
        // The first that can be proved at all says what is likely.
        let most = proved.first().map_or(f32::INFINITY, |first| first.draft.cost + PROVABLE);
        if draft.cost > most || proved.len() == MOST_PROVED {
            break;
        }
        let known = solved.iter().position(|known| known.is_of(&draft)).unwrap_or_else(|| {
            solved.push(Solved::of(layout, &draft, limits));
            solved.len() - 1
        });
        proved.extend(prove_draft(layout, draft, &solved[known]));
    }
    proved.into_iter().min_by(|a, b| a.cost.total_cmp(&b.cost))
}

/// Rows read for good. Drafts that differ in their labels alone share them.
struct Solved {
    read: Rc<Rows>,
    row_total: Option<usize>,
    rows: Rc<[DraftRow]>,
    proof: Proof,
}

impl Solved {
    fn of(layout: &Layout, draft: &Draft, limits: &Limits) -> Self {
        let mut rows = draft.rows.rows.clone();
        let proof = solve::solve(layout, &mut rows, draft.row_total, limits.readings as usize);
        Self { read: Rc::clone(&draft.rows), row_total: draft.row_total, rows: rows.into(), proof }
    }

    fn is_of(&self, draft: &Draft) -> bool {
        Rc::ptr_eq(&self.read, &draft.rows) && self.row_total == draft.row_total
    }
}

/// `None` where the labels cannot be cut as the header asks.
fn prove_draft(layout: &Layout, draft: Draft, solved: &Solved) -> Option<Proved> {
    let (rows, proof) = (Rc::clone(&solved.rows), solved.proof);
    let ranked = draft.header.as_ref().is_some_and(|h| h.levels.iter().all(|level| level.first() == Some(&None)));
    let alike = label_cells(layout, &rows, draft.label_columns, ranked);
    let under = || merged::under_headings(layout, &rows).filter(|_| draft.label_columns == 2 && !ranked);
    let (labels, headed) = alike.map(|labels| (labels, false)).or_else(|| Some((under()?, true)))?;
    let grouped = || labels.iter().any(|cells| cells.first().is_some_and(Range::is_empty));
    let rank = match ranked && draft.label_columns > 1 {
        true if grouped() => GROUPED,
        true => RANKED,
        false => 0.0,
    };
    let counts = counts_as_labels(&rows, &labels);
    Some(Proved { cost: draft.cost + counts - proof.worth() * HELD - rank, draft, rows, labels, headed, proof })
}

/// What a column of labels behind the first costs that is nothing but counts: of three digits at the most, for years,
/// postcodes and article numbers have four.
fn counts_as_labels(rows: &[DraftRow], labels: &[Vec<Range<usize>>]) -> f32 {
    let columns = labels.first().map_or(0, Vec::len);
    let is_count = |token: &Token| token.shape().is_some_and(|shape| !shape.run);
    let counts = |column: usize| {
        let cells = rows.iter().zip(labels).filter_map(|(row, cells)| row.tokens.get(cells.get(column)?.clone()));
        let mut cells = cells.filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.iter().all(is_count))
    };
    (1..columns).filter(|column| counts(*column)).count() as f32 * COUNTS_AS_LABELS
}

/// The cells of each row's label.
fn label_cells(layout: &Layout, rows: &[DraftRow], labels: usize, ranked: bool) -> Option<Vec<Vec<Range<usize>>>> {
    let ends = rows.iter().map(|row| row.reading().map_or(row.figures, |r| r.label).min(row.tokens.len()));
    if labels == 1 {
        return Some(ends.map(|end| std::iter::once(0..end).collect()).collect());
    }
    let tokens: Vec<&[Token]> = rows.iter().zip(ends).map(|(row, end)| &row.tokens[..end]).collect();
    let named: Vec<bool> =
        rows.iter().map(|row| row.has_figures() && !words::is_closing_row(row.label(layout))).collect();
    label::split(layout, &tokens, &named, labels, ranked)
}
