//! Grids in text whose columns are one space apart, as Tika, PDFBox and `pdftotext -raw` leave it.
//!
//! Takes lines, gives [`Grid`]s. The thousands separator is a space too, cells run over lines and empty cells leave no
//! trace, so no line can be read by itself: for each table every number of columns that its rows allow is tried, each
//! row is read in every way that gives so many cells, and the reading is taken in which the rows agree with the header,
//! with each other and with the printed totals.
//!
//! ```text
//! lines → region → piece → segment → row → solve → Grid
//!         (prose   (lines  (one      (every  (the
//!          apart)   joined) table)    reading) best)
//! ```

mod header;
mod label;
mod piece;
pub(super) mod region;
mod row;
mod solve;
mod token;

use super::words;
use super::{Grid, GridCell};
use crate::diagnostic::Code;
use crate::layout::Layout;
use crate::limits::Limits;
use crate::model::Method;
use header::Header;
use piece::{Piece, Segment};
use row::{DraftRow, Style};
use solve::Proof;
use std::ops::Range;
use token::Token;

pub(crate) use region::is_caption;

/// Finds the tables in a range of lines. `taken` lines belong to other tables already.
pub(crate) fn find(layout: &Layout, lines: Range<usize>, limits: &Limits) -> Vec<Grid> {
    let kinds = region::line_kinds(layout, lines.clone());
    let mut grids = Vec::new();
    for found in region::regions(&kinds) {
        let region = lines.start + found.start..lines.start + found.end;
        let pieces = piece::pieces_of(layout, region, &kinds[found]);
        for segment in piece::segments_of(layout, &pieces) {
            grids.extend(read(layout, &pieces, &segment, limits));
        }
    }
    grids
}

/// A table read with a certain number of columns.
struct Draft {
    columns: usize,
    /// The pieces of the header.
    heads: Range<usize>,
    header: Option<Header>,
    rows: Vec<DraftRow>,
    /// Whether a column of words stands behind the figures.
    trails: bool,
    /// How many columns of labels the header asks for.
    label_columns: usize,
    /// The column of figures that sums its row.
    row_total: Option<usize>,
    /// For each row the cells of its label, as ranges of its tokens.
    labels: Vec<Vec<Range<usize>>>,
    proof: Proof,
    cost: f32,
}

/// Numbers of columns worth a full reading.
const CANDIDATES: usize = 6;
/// Drafts dearer than the best by more than this are not worth a proof; nor are more than a few.
const PROVABLE: f32 = 9.0;
const MOST_PROVED: usize = 4;
/// Lines from which a table is long, and the lines of one that choose its columns.
const LONG_TABLE: usize = 160;
const SAMPLE_HEAD: usize = 100;
const SAMPLE_TAIL: usize = 20;
/// What it is worth that every label begins with a number and the header has no name for it: a column of ranks.
const RANKED: f32 = 0.6;
/// Columns of labels: rank, name, place, date, state.
const MOST_LABELS: usize = 5;
/// What each column of labels beyond the first costs: the simpler reading is the likelier.
const MORE_LABELS: f32 = 0.15;
/// What a table without a header costs, against one with a header that fits badly.
const NO_HEADER: f32 = 2.5;
/// What a header's fit weighs against the rows'.
const HEADER_WEIGHT: f32 = 1.0;
/// What it is worth that all printed totals agree: a share of them, since more columns have more totals.
const HELD: f32 = 3.5;
/// The cost a row, on average, from which the lines are no table.
const TOO_DEAR: f32 = 4.0;

fn read(layout: &Layout, pieces: &[Piece], segment: &Segment, limits: &Limits) -> Option<Grid> {
    let mut body: Vec<usize> = segment.body.clone().filter(|p| !segment.repeated.contains(p)).collect();
    // Words behind the last figures are prose or a heading, no row of the table.
    body.truncate(body.iter().rposition(|&p| !pieces[p].is_words()).map_or(0, |last| last + 1));
    let style = style_of(layout, pieces, &body);
    let best = best_draft(layout, pieces, &body, style, limits)?;
    let figures = best.rows.iter().filter(|r| !r.readings.is_empty()).count();
    let few = figures < 2 && best.header.is_none();
    if figures == 0 || few || best.cost > TOO_DEAR * figures.max(2) as f32 {
        return None;
    }
    Some(grid_of(layout, pieces, segment, &body, &best))
}

/// The best reading. Of a long table the first and last rows choose the columns, so that its cost grows with its rows.
fn best_draft(layout: &Layout, pieces: &[Piece], body: &[usize], style: Style, limits: &Limits) -> Option<Draft> {
    if body.len() > LONG_TABLE {
        let sample: Vec<usize> =
            body.iter().take(SAMPLE_HEAD).chain(&body[body.len() - SAMPLE_TAIL..]).copied().collect();
        let chosen = best_of(layout, pieces, &sample, style, limits)?;
        let whole = draft(layout, pieces, body, (chosen.columns, chosen.label_columns), style)?;
        return prove(layout, vec![whole], limits);
    }
    best_of(layout, pieces, body, style, limits)
}

fn best_of(layout: &Layout, pieces: &[Piece], body: &[usize], style: Style, limits: &Limits) -> Option<Draft> {
    let drafts = candidates(layout, pieces, body, limits)
        .into_iter()
        .flat_map(|columns| (1..=MOST_LABELS).map(move |labels| (columns, labels)))
        .filter_map(|shape| draft(layout, pieces, body, shape, style));
    prove(layout, drafts.collect(), limits)
}

/// Whether thousands are written with a space: proved by a group of three that is led by 0; refuted by thousands set
/// apart by a point. A no-break space says nothing of the plain spaces: extractors keep some and lose others.
fn style_of(layout: &Layout, pieces: &[Piece], body: &[usize]) -> Style {
    let rows = body.iter().map(|&p| &pieces[p]).filter(|p| !p.is_words());
    let tokens = rows.flat_map(|p| &p.tokens[p.figures..]);
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
fn candidates(layout: &Layout, pieces: &[Piece], body: &[usize], limits: &Limits) -> Vec<usize> {
    let most = body.iter().map(|&p| pieces[p].counts.1).max().unwrap_or(0).min(limits.columns as usize);
    let mut votes = vec![0_i64; most + 2];
    for piece in body.iter().map(|&p| &pieces[p]).filter(|p| !p.is_words()) {
        let (few, many) = (piece.counts.0, piece.counts.1.min(most));
        let year_first = piece.tokens.get(piece.figures).is_some_and(Token::is_year);
        let label_inside = usize::from(piece.is_figures() || year_first && few > 1);
        let least = few.saturating_sub(label_inside).max(1);
        for (columns, votes) in votes.iter_mut().enumerate().take(many + 1).skip(least) {
            *votes += 2 - i64::from(columns != few && columns != many);
        }
    }
    for named in named_columns(layout, pieces, body) {
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

/// The numbers of columns that the first lines name: as many as years, or as words but for the stub's.
fn named_columns(layout: &Layout, pieces: &[Piece], body: &[usize]) -> Vec<usize> {
    let heads =
        body.iter().map(|&p| &pieces[p]).take_while(|p| p.is_words() || p.names_columns(layout)).take(HEADER_LINES);
    let trails = usize::from(has_trails(pieces, body));
    let named = heads.flat_map(move |piece| {
        let years = piece.years(layout).map_or(0, |years| years.len());
        let words = piece.tokens.len();
        [years, words, words.saturating_sub(1)].map(|named| named.saturating_sub(trails))
    });
    named.filter(|n| *n > 0).collect()
}

fn draft(
    layout: &Layout,
    pieces: &[Piece],
    body: &[usize],
    (columns, labels): (usize, usize),
    style: Style,
) -> Option<Draft> {
    let trails = has_trails(pieces, body);
    let (heads, header) = choose_header(layout, pieces, body, (columns, labels));
    if labels > 1 && header.is_none() {
        return None;
    }
    let under: Vec<&Piece> = body.get(heads.end..)?.iter().map(|&p| &pieces[p]).collect();
    let mut rows = row::rows_of(layout, &under, columns);
    row::read_rows(layout, &mut rows, columns, style);
    let row_total = header.as_ref().and_then(|h| total_column(layout, pieces, body, &heads, (h, labels)));
    let unread = || NO_HEADER + left_over(layout, pieces, body, heads.start, heads.end..heads.end);
    let mut cost = header.as_ref().map_or_else(unread, |h| h.cost * HEADER_WEIGHT) + MORE_LABELS * (labels - 1) as f32;
    cost += mixed_labels(&rows) + words_rows(&rows);
    cost += rows_cost(&rows) + spread(&rows, columns);
    cost += year_columns(&rows, columns);
    Some(Draft {
        columns,
        heads,
        header,
        rows,
        trails,
        label_columns: labels,
        labels: Vec::new(),
        row_total,
        proof: Proof::default(),
        cost,
    })
}

/// Lets the printed totals decide between the likeliest drafts, and takes the best.
fn prove(layout: &Layout, mut drafts: Vec<Draft>, limits: &Limits) -> Option<Draft> {
    drafts.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let most = drafts.first()?.cost + PROVABLE;
    let proved = drafts.into_iter().take_while(|draft| draft.cost <= most).filter_map(|mut draft| {
        draft.proof = solve::solve(layout, &mut draft.rows, draft.row_total, limits.readings as usize);
        draft.cost -= draft.proof.worth() * HELD;
        let ranked = draft.header.as_ref().is_some_and(|h| h.levels.iter().all(|level| level.first() == Some(&None)));
        draft.labels = label_cells(layout, &draft.rows, draft.label_columns, ranked)?;
        draft.cost -= if ranked && draft.label_columns > 1 { RANKED } else { 0.0 };
        Some(draft)
    });
    proved.take(MOST_PROVED).min_by(|a, b| a.cost.total_cmp(&b.cost))
}

/// Rows whose labels may end in a number before that is a habit of the table (`Fase 1`, `30 tot 39`), and what each
/// further one costs.
const NUMBERED_LABELS: usize = 2;
const NUMBERED_LABEL: f32 = 0.2;

/// What the cheapest reading of each row costs.
fn rows_cost(rows: &[DraftRow]) -> f32 {
    let mut numbered = 0;
    let rows = rows.iter().filter(|r| r.figures < r.tokens.len());
    rows.map(|row| match row.readings.first() {
        None => row::UNREADABLE,
        Some(reading) if row.figures > 0 && reading.label > row.figures => {
            numbered += 1;
            if numbered > NUMBERED_LABELS { reading.cost.min(NUMBERED_LABEL) } else { reading.cost }
        }
        Some(reading) => reading.cost,
    })
    .sum()
}

/// The weight of a tenfold distance from a column's middle, for each cell.
const SPREAD: f32 = 0.35;

/// How far the numbers of each column lie apart: numbers cut or joined wrongly are of other sizes than their column's.
fn spread(rows: &[DraftRow], columns: usize) -> f32 {
    let value = |row: &DraftRow, column: usize| row.readings.first()?.values.get(column).copied().flatten();
    let mut total = 0.0;
    for column in 0..columns {
        let mut sizes: Vec<f32> =
            rows.iter().filter_map(|r| value(r, column)).map(|v| (v.abs() + 1.0).log10() as f32).collect();
        if sizes.len() > 2 {
            sizes.sort_by(f32::total_cmp);
            let middle = sizes[sizes.len() / 2];
            total += sizes.iter().map(|size| (size - middle).abs()).sum::<f32>();
        }
    }
    SPREAD * total
}

/// A row of words alone: the heading of a group, a row without figures; and one before another, or before figures with
/// a number for a label where labels are words.
const WORDS_ROW: f32 = 0.2;
const WORDS_ROWS: f32 = 1.0;
/// A heading over the first rows and no other: rather a line of the header.
const LONE_HEADING: f32 = 0.5;

/// What rows of words alone cost: most labels have figures.
fn words_rows(rows: &[DraftRow]) -> f32 {
    let words = |row: &DraftRow| row.figures == row.tokens.len();
    let all_words = rows.iter().any(|row| row.figures > 0 && !words(row));
    let count = rows.iter().filter(|row| words(row)).count();
    let lone = count == 1 && rows.first().is_some_and(words);
    let single = count as f32 * WORDS_ROW + if lone { LONE_HEADING } else { 0.0 };
    let odd = |pair: &&[DraftRow]| words(&pair[0]) && (words(&pair[1]) || all_words && pair[1].figures == 0);
    single + rows.windows(2).filter(odd).count() as f32 * WORDS_ROWS
}

/// What a column of nothing but years costs a row, beside other columns: it is the end of the labels.
const YEAR_COLUMN: f32 = 0.6;

fn year_columns(rows: &[DraftRow], columns: usize) -> f32 {
    let read: Vec<&row::Reading> = rows.iter().filter_map(DraftRow::reading).collect();
    let is_year = |value: Option<f64>| value.is_some_and(|v| v.fract() == 0.0 && (1900.0..2100.0).contains(&v));
    let years =
        (0..columns).filter(|&c| columns > 1 && read.iter().all(|r| is_year(r.values.get(c).copied().flatten())));
    years.count() as f32 * YEAR_COLUMN * read.len() as f32
}

/// A row whose label is a number, among rows whose labels are words, or the other way round.
const MIXED_LABEL: f32 = 1.2;

/// What it costs that labels are not of one kind: `1712` beside `AWEL` is possible, but less likely than a reading in
/// which all labels are words.
fn mixed_labels(rows: &[DraftRow]) -> f32 {
    let (mut words, mut numbers) = (0, 0);
    for row in rows.iter().filter(|row| row.figures < row.tokens.len()) {
        *if row.figures > 0 { &mut words } else { &mut numbers } += 1;
    }
    MIXED_LABEL * f32::min(words as f32, numbers as f32)
}

fn has_trails(pieces: &[Piece], body: &[usize]) -> bool {
    body.iter().any(|&p| !pieces[p].trail.is_empty())
}

/// The cells of each row's label.
fn label_cells(layout: &Layout, rows: &[DraftRow], labels: usize, ranked: bool) -> Option<Vec<Vec<Range<usize>>>> {
    let ends: Vec<usize> =
        rows.iter().map(|row| row.reading().map_or(row.figures, |r| r.label).min(row.tokens.len())).collect();
    if labels == 1 {
        return Some(ends.into_iter().map(|end| std::iter::once(0..end).collect()).collect());
    }
    let tokens: Vec<&[Token]> = rows.iter().zip(&ends).map(|(row, &end)| &row.tokens[..end]).collect();
    label::split(layout, &tokens, labels, ranked)
}

/// The column of figures whose header says that it sums the row.
fn total_column(
    layout: &Layout,
    pieces: &[Piece],
    body: &[usize],
    heads: &Range<usize>,
    (header, labels): (&Header, usize),
) -> Option<usize> {
    let tokens = head_tokens(pieces, body, heads);
    let leaf = header.levels.last()?;
    let named = leaf.iter().skip(labels).map(|cell| cell.as_ref().and_then(|c| tokens.get(c.tokens.start)));
    let totals: Vec<usize> =
        named.enumerate().filter(|(_, t)| t.is_some_and(|t| words::is_total(t.text(layout)))).map(|(c, _)| c).collect();
    match totals.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn head_tokens<'a>(pieces: &'a [Piece], body: &[usize], heads: &Range<usize>) -> Vec<&'a Token> {
    body.get(heads.clone()).unwrap_or(&[]).iter().flat_map(|&p| &pieces[p].tokens).collect()
}

/// A line above the header left out of it; one that looks like a header itself; one that goes on in the header; a line
/// of years left out anywhere.
const SKIPPED_LINE: f32 = 0.5;
const SKIPPED_HEADER: f32 = 1.0;
const SKIPPED_START: f32 = 2.0;
const SKIPPED_YEARS: f32 = 4.0;
/// A heading of a group below the header beyond the first; a line that heads nothing.
const HEADING_BELOW: f32 = 0.1;
const LINE_BELOW: f32 = 0.4;
/// A header before a line that begins in small letters: more likely the line goes on from it.
const SMALL_LABEL: f32 = 1.2;
/// The most lines that a header has in collapsed text.
const HEADER_LINES: usize = 14;

/// Which of the first pieces are the header, and how it reads: the choice that fits best; none where the rows begin at
/// once.
fn choose_header(
    layout: &Layout,
    pieces: &[Piece],
    body: &[usize],
    (columns, labels): (usize, usize),
) -> (Range<usize>, Option<Header>) {
    let lead = leading_heads(layout, pieces, body);
    let trails = usize::from(has_trails(pieces, body));
    let mut best: (f32, Range<usize>, Option<Header>) = (NO_HEADER, 0..0, None);
    let follows = |end: usize| body.get(end).map(|&next| &pieces[next]);
    let goes_on = |end: usize| {
        let last = &pieces[body[end - 1]];
        follows(end).is_some_and(|next| {
            !next.has_own_label(columns) && !last.names_columns(layout) && row::breaks_off(layout, last, next, columns)
        })
    };
    for end in (lead.saturating_sub(HEADER_LINES) + 1..=lead).filter(|end| !goes_on(*end)) {
        let small = if follows(end).is_some_and(|next| next.starts_small) { SMALL_LABEL } else { 0.0 };
        for start in end.saturating_sub(HEADER_LINES)..end {
            let lines: Vec<&[Token]> = body[start..end].iter().map(|&p| pieces[p].tokens.as_slice()).collect();
            let Some(header) = header::header_of(layout, &lines, columns + trails, labels) else { continue };
            let cost = header.cost * HEADER_WEIGHT + small + left_over(layout, pieces, body, start, end..lead);
            if cost < best.0 {
                best = (cost, start..end, Some(header));
            }
        }
    }
    if best.2.is_none() {
        return (skip_headings(layout, pieces, body, lead, columns), None);
    }
    (best.1, best.2)
}

/// How many of the first pieces could be header: words, or figures that name columns, with rows to follow.
fn leading_heads(layout: &Layout, pieces: &[Piece], body: &[usize]) -> usize {
    let heads = |p: &usize| pieces[*p].is_words() || pieces[*p].names_columns(layout);
    let lead = body.iter().take_while(|p| heads(p)).count();
    if lead == body.len() { body.iter().take_while(|p| pieces[**p].is_words()).count() } else { lead }
}

/// What it costs to leave lead lines out of the header: years before rows are header, words above it may be a heading,
/// words below it a group's or a label's.
fn left_over(layout: &Layout, pieces: &[Piece], body: &[usize], start: usize, below: Range<usize>) -> f32 {
    let named = |p: &usize| pieces[*p].names_columns(layout);
    let below_named = body[below.clone()].iter().filter(|p| named(p) && !pieces[**p].is_lone_year()).count();
    let missed = body[..start].iter().filter(|p| named(p)).count() + below_named;
    let cut = start > 0 && body.get(start).is_some_and(|&p| pieces[p].starts_small);
    let heads = body[..start].iter().filter(|p| piece::looks_like_header(layout, &pieces[**p], (2, 2))).count();
    let skipped = start as f32 * SKIPPED_LINE + heads as f32 * SKIPPED_HEADER + if cut { SKIPPED_START } else { 0.0 };
    missed as f32 * SKIPPED_YEARS + skipped + headings_below(pieces, body, below)
}

/// Lines of words between header and rows: the headings of groups where there are more of them further down, else
/// rather the rest of the header.
fn headings_below(pieces: &[Piece], body: &[usize], below: Range<usize>) -> f32 {
    let others = body.iter().skip(below.end).any(|&p| pieces[p].is_words());
    let each = if others { HEADING_BELOW } else { LINE_BELOW };
    below.len().saturating_sub(usize::from(others)) as f32 * each
}

/// Without a header, lines of words above the first row that are no part of its label are headings outside the table.
fn skip_headings(layout: &Layout, pieces: &[Piece], body: &[usize], lead: usize, columns: usize) -> Range<usize> {
    let mut first = lead;
    while first > 0
        && body.get(first).is_some_and(|&next| row::wraps(layout, &pieces[body[first - 1]], &pieces[next], columns))
    {
        first -= 1;
    }
    first..first
}

fn grid_of(layout: &Layout, pieces: &[Piece], segment: &Segment, body: &[usize], draft: &Draft) -> Grid {
    let heads = head_tokens(pieces, body, &draft.heads);
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    for level in draft.header.iter().flat_map(|h| &h.levels) {
        let cell = |c: &Option<header::Cells>| {
            c.as_ref().map_or_else(GridCell::default, |c| cell_of(layout, heads[c.tokens.clone()].iter().copied()))
        };
        rows.push(level.iter().map(cell).collect());
    }
    let header_rows = rows.len();
    rows.extend(draft.rows.iter().zip(&draft.labels).map(|(row, label)| row_cells(layout, row, label, draft)));
    let used = body[draft.heads.start..].iter().chain(&segment.repeated).copied();
    let used = used.chain(segment.caption).chain(segment.notes.clone());
    let mut lines: Vec<usize> = used.flat_map(|p| pieces[p].lines.clone()).collect();
    lines.sort_unstable();
    let caption = segment.caption.map(|p| piece_bytes(&pieces[p]));
    Grid {
        method: Method::Collapsed,
        lines,
        rows,
        header_rows: Some(header_rows),
        caption,
        notes: segment.notes.clone().map(|p| piece_bytes(&pieces[p])).collect(),
        confidence: confidence(draft),
        doubts: doubts(draft),
    }
}

fn piece_bytes(piece: &Piece) -> Range<usize> {
    match (piece.tokens.first(), piece.tokens.last()) {
        (Some(first), Some(last)) => first.range().start..last.range().end,
        _ => 0..0,
    }
}

fn row_cells(layout: &Layout, row: &DraftRow, label: &[Range<usize>], draft: &Draft) -> Vec<GridCell> {
    let cell = |range: Range<usize>| cell_of(layout, row.tokens.get(range).unwrap_or(&[]).iter());
    let mut cells: Vec<GridCell> = label.iter().cloned().map(cell).collect();
    match row.reading() {
        Some(reading) => cells.extend(reading.cells.iter().map(|c| c.clone().map_or_else(GridCell::default, cell))),
        None if row.figures < row.tokens.len() => cells.push(cell(row.figures..row.tokens.len())),
        None => {}
    }
    cells.resize(label.len() + draft.columns, GridCell::default());
    if draft.trails {
        cells.push(cell_of(layout, row.trail.iter()));
    }
    cells
}

fn cell_of<'a>(layout: &Layout, tokens: impl Iterator<Item = &'a Token>) -> GridCell {
    let tokens: Vec<Token> = tokens.cloned().collect();
    let mut bytes: Vec<Range<usize>> = Vec::new();
    for token in &tokens {
        let range = token.range();
        match bytes.last_mut() {
            Some(last) if layout.slice(last.end..range.start).trim().is_empty() => last.end = range.end,
            _ => bytes.push(range),
        }
    }
    GridCell { text: row::cell_text(layout, &tokens), bytes }
}

/// What the proof and the doubts say together; the weights are those that made the value agree with the share of
/// right tables over the corpus.
fn confidence(draft: &Draft) -> f64 {
    let rows = draft.rows.len().max(1) as f32;
    let doubt = (draft.proof.open as f32 / rows).min(1.0);
    let base = if draft.header.is_some() { 0.93 } else { 0.85 };
    let proved = if draft.proof.held > 0 && draft.proof.failed == 0 { 0.05 } else { 0.0 };
    let failed = if draft.proof.failed > draft.proof.held { 0.25 } else { 0.0 };
    f64::from((base + proved - failed - 0.5 * doubt).clamp(0.05, 0.99))
}

fn doubts(draft: &Draft) -> Vec<(Code, String)> {
    let mut doubts = Vec::new();
    if draft.proof.open > 0 {
        let message = format!("{} rows can be read in several ways; the likeliest was taken", draft.proof.open);
        doubts.push((Code::TableAmbiguous, message));
    }
    let empty = |row: &&DraftRow| row.reading().is_some_and(|r| r.cells.iter().any(Option::is_none));
    let count = draft.rows.iter().filter(empty).count();
    if count > 0 {
        let how = if draft.proof.open == 0 { "by the printed totals" } else { "by the likeliest reading" };
        doubts.push((
            Code::EmptyCellsInferred,
            format!("{count} rows have empty cells that left no trace in the text; placed {how}"),
        ));
    }
    doubts
}
#[cfg(test)]
mod tests;
