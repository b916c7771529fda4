//! Rows to reading order: tables that stand side by side are read one after the other.
//!
//! Takes the rows of a page from top to bottom, gives the rows in the order in which they are read, those of two tables
//! cut in two. One table may have labels in its midst as well, so a wide gutter says nothing by itself. It parts two
//! tables where both sides have labels before their figures, and one more thing tells:
//!
//! ```text
//! Tabel 1: Aanvragen in 2019      Tabel 2: Bezwaren in 2019     a title over more than a label on each side, or
//! Gemeente     Aantal             Gemeente     Aantal           the same names again, or
//! Gent             12             Brugge            7           rows of one side that go on below the other's, or
//! Aalst             9             Kortrijk          3           that stand at other heights
//! Ronse             4
//! Deinze            1
//! ```

use super::columns::{lies_over, part};
use super::rows::Row;
use super::words::Piece;
use crate::geometry::{Interval, Rect};

/// Words further apart than this share of the size are of two cells.
const CELL_GAP: f32 = 0.8;

/// A gutter is at least as wide as this many times the size: below titles that span it not, and else.
const TITLED_GUTTER: f32 = 1.2;
const GUTTER: f32 = 2.0;

/// How many times wider it is than the spaces between the columns of either table, where nothing but rows below tell.
const WIDER: f32 = 1.4;

/// Space between rows of one pair of tables, from baseline to baseline, as a multiple of the size.
const ROW_SPACE: f32 = 4.5;

/// Rows of a pair, and cells of a row, that are looked at.
const MOST_ROWS: usize = 120;
const MOST_CELLS: usize = 40;

/// Rows of figures that each table has, at least.
const FEWEST_ROWS: usize = 2;

/// Rows of one side below the end of the other, at least.
const FEWEST_BELOW: usize = 2;

/// The share of rows of figures that begin with a label, at the table's left edge.
const LABELLED: f32 = 0.8;

/// Puts tables that stand side by side one after the other, where none of the areas drawn on the page lies over both.
pub(super) fn one_after_another(rows: Vec<Row>, drawn: &[Rect]) -> Vec<Row> {
    let cells: Vec<Vec<Cell<'_>>> = rows.iter().map(row_to_cells).collect();
    let mut pairs: Vec<(usize, usize, f32)> = Vec::new();
    let mut at = 0;
    while let (Some(rest), Some(cells)) = (rows.get(at..), cells.get(at..))
        && !rest.is_empty()
    {
        let pair = find_pair(rest, cells, drawn);
        pairs.extend(pair.map(|(length, gutter)| (at, length, gutter)));
        at += pair.map_or(1, |(length, _)| length);
    }
    if pairs.is_empty() {
        return rows;
    }
    let mut ordered = Vec::with_capacity(rows.len());
    let mut rest = rows.into_iter();
    let mut at = 0;
    for (start, length, gutter) in pairs {
        ordered.extend(rest.by_ref().take(start - at));
        let (left, right) = part(rest.by_ref().take(length).collect(), gutter);
        ordered.extend(one_after_another(left, drawn));
        ordered.extend(one_after_another(right, drawn));
        at = start + length;
    }
    ordered.extend(rest);
    ordered
}

/// Words of a row that stand together.
struct Cell<'r> {
    x: Interval,
    words: &'r [Piece],
    /// Whether it has no letter: a figure, a year, a sign that there is none.
    figure: bool,
}

impl<'r> Cell<'r> {
    fn new(words: &'r [Piece]) -> Self {
        let x = words.iter().map(|word| word.x).reduce(Interval::union).unwrap_or_default();
        Self { x, words, figure: !words.iter().any(|word| word.text.contains(char::is_alphabetic)) }
    }

    fn texts(&self) -> impl Iterator<Item = &'r str> {
        self.words.iter().map(|word| word.text.as_str())
    }
}

fn row_to_cells(row: &Row) -> Vec<Cell<'_>> {
    row.pieces.chunk_by(|a, b| b.x.start - a.x.end < CELL_GAP * b.size).map(Cell::new).collect()
}

/// How many of the first rows are two tables side by side, and where between them.
fn find_pair(rows: &[Row], cells: &[Vec<Cell<'_>>], drawn: &[Rect]) -> Option<(usize, f32)> {
    let (row, first) = (rows.first()?, cells.first().filter(|cells| cells.len() <= MOST_CELLS)?);
    let gaps = first.windows(2).filter_map(|pair| match pair {
        [left, right] => Some(Interval::new(left.x.end, right.x.start)),
        _ => None,
    });
    // Rows of the two sides may stand at heights of their own from the first on.
    let below =
        cells.get(1).and_then(|below| match (first.first()?.x, first.last()?.x, below.first()?.x, below.last()?.x) {
            (_, last, next, _) if last.end < next.start => Some(Interval::new(last.end, next.start)),
            (first, _, _, next) if next.end < first.start => Some(Interval::new(next.end, first.start)),
            _ => None,
        });
    let pairs = gaps.chain(below).filter_map(|gap| {
        let (length, gutter) = follow(rows, cells, gap)?;
        let y = Interval::new(row.baseline - row.size(), rows.get(length - 1)?.baseline);
        let apart = !lies_over(drawn.iter(), gutter.middle(), y);
        (apart && is_pair(cells.get(..length)?, gutter, row.size())).then_some((length, gutter))
    });
    let widest = pairs.max_by(|(_, a), (_, b)| a.len().total_cmp(&b.len()))?;
    Some((widest.0, widest.1.middle()))
}

/// How far down a gap stays open, to the last row that has figures or both sides, and how wide.
fn follow(rows: &[Row], cells: &[Vec<Cell<'_>>], gap: Interval) -> Option<(usize, Interval)> {
    let mut gutter = gap;
    let mut end = None;
    let mut before: Option<&Row> = None;
    for (index, (row, cells)) in rows.iter().zip(cells).take(MOST_ROWS).enumerate() {
        let near = before.is_none_or(|before| row.baseline - before.baseline <= ROW_SPACE * row.size());
        let left = cells.partition_point(|cell| cell.x.middle() < gutter.middle());
        let start = left.checked_sub(1).and_then(|left| cells.get(left)).map_or(f32::MIN, |cell| cell.x.end);
        let stop = cells.get(left).map_or(f32::MAX, |cell| cell.x.start);
        let open = Interval::new(gutter.start.max(start), gutter.end.min(stop));
        if !near || cells.len() > MOST_CELLS || open.len() < TITLED_GUTTER * row.size() {
            break;
        }
        gutter = open;
        before = Some(row);
        if (1..cells.len()).contains(&left) || cells.len() > 1 && cells.iter().any(|cell| cell.figure) {
            end = Some((index + 1, gutter));
        }
    }
    end
}

/// One side of a gutter.
struct Side<'c> {
    /// The cells of each row; none where the row is of the other side.
    rows: Vec<&'c [Cell<'c>]>,
    /// The rows that hold a figure behind their first cell, as indexes.
    body: Vec<usize>,
    /// Where its labels begin.
    left: f32,
    /// Where the second cells of these rows begin.
    second: f32,
    /// The widest space that all of these rows leave open between two cells.
    widest: f32,
}

impl<'c> Side<'c> {
    fn new(rows: Vec<&'c [Cell<'c>]>) -> Self {
        let holds = |row: &&[Cell]| row.iter().skip(1).any(|cell| cell.figure);
        let body: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| holds(row)).map(|(index, _)| index).collect();
        let own = || body.iter().filter_map(|index| rows.get(*index));
        let start = |at: usize| own().filter_map(|row| row.get(at)).map(|cell| cell.x.start).fold(f32::MAX, f32::min);
        let label_end = own().filter_map(|row| row.first()).map(|cell| cell.x.end).fold(0.0, f32::max);
        let gaps = own().filter_map(|row| {
            let gaps = row.windows(2).skip(1).map(|pair| match pair {
                [left, right] => right.x.start - left.x.end,
                _ => 0.0,
            });
            gaps.reduce(f32::max)
        });
        let between = gaps.reduce(f32::min).unwrap_or(0.0);
        let (left, second) = (start(0), start(1));
        let widest = between.max(second - label_end);
        Self { rows, body, left, second, widest }
    }

    /// Whether most rows of figures begin with a label, at the left edge; where the names are told again it may be a year.
    fn has_labels(&self, size: f32, years: bool) -> bool {
        let first = self.body.iter().filter_map(|index| self.rows.get(*index)?.first());
        let labels = first.filter(|cell| (years || !cell.figure) && cell.x.start - self.left <= size).count();
        self.body.len() >= FEWEST_ROWS && labels as f32 >= LABELLED * self.body.len() as f32
    }

    /// Whether a line over its columns begins at its left edge and reaches over the second column.
    fn has_title(&self, size: f32) -> bool {
        let head = self.rows.iter().take(self.body.first().copied().unwrap_or(0));
        head.filter_map(|row| row.first())
            .any(|cell| (cell.x.start - self.left).abs() <= size && cell.x.end >= self.second + size && !cell.figure)
    }

    /// The word and the number that a title begins with: `Tabel 2`.
    fn numbered(&self) -> Option<(&'c str, &'c str)> {
        let head = self.rows.iter().take(self.body.first().copied().unwrap_or(0));
        let titles = head.filter_map(|row| row.first()).filter_map(|title| match title.words {
            [word, number, ..] => Some((word.text.as_str(), number.text.as_str())),
            _ => None,
        });
        let digits = |text: &'c str| text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        titles
            .map(|(word, number)| (word, digits(number)))
            .find(|(word, number)| word.chars().all(char::is_alphabetic) && !number.is_empty())
    }

    /// The names over its columns.
    fn names(&self) -> Vec<Vec<&'c str>> {
        let first = self.body.first().copied().unwrap_or(0);
        let head = self.rows.iter().take(first).rfind(|row| !row.is_empty());
        head.map_or_else(Vec::new, |row| row.iter().map(|cell| cell.texts().collect()).collect())
    }
}

fn is_pair(cells: &[Vec<Cell<'_>>], gutter: Interval, size: f32) -> bool {
    let cut = |row: &Vec<Cell<'_>>| row.partition_point(|cell| cell.x.middle() < gutter.middle());
    let left = Side::new(cells.iter().map(|row| row.get(..cut(row)).unwrap_or(&[])).collect());
    let right = Side::new(cells.iter().map(|row| row.get(cut(row)..).unwrap_or(&[])).collect());
    let sides = [&left, &right];
    let wide = gutter.len() >= GUTTER * size;
    let widest = wide && sides.iter().all(|side| gutter.len() >= WIDER * side.widest);
    let again = wide && left.names().len() > 1 && left.names() == right.names();
    let titled = sides.iter().all(|side| side.has_title(size));
    let numbered = left.numbered().zip(right.numbered()).is_some_and(|(a, b)| a.0 == b.0 && a.1 != b.1);
    sides.iter().all(|side| side.has_labels(size, again || numbered))
        && (again || titled || numbered || widest && go_on_below(&left, &right) || wide && apart(&left, &right))
}

/// Whether one side has rows below the last of the other, and both have them together until then.
fn go_on_below(left: &Side<'_>, right: &Side<'_>) -> bool {
    let (short, long) = if left.body.last() < right.body.last() { (left, right) } else { (right, left) };
    let (Some(&first), Some(&last)) = (short.body.first(), short.body.last()) else { return false };
    let below = long.body.iter().filter(|index| **index > last).count();
    let alike = short.body.iter().filter(|index| long.body.contains(index)).count() == short.body.len();
    let alone =
        long.rows.iter().zip(&short.rows).skip(first).take(last - first).any(|(a, b)| a.is_empty() || b.is_empty());
    let empty = short.rows.iter().skip(last + 1).all(|row| row.is_empty());
    below >= FEWEST_BELOW && alike && !alone && empty
}

/// Whether most rows of the two sides stand at other heights.
fn apart(left: &Side<'_>, right: &Side<'_>) -> bool {
    let shared = left.body.iter().filter(|index| right.body.contains(index)).count();
    let fewest = left.body.len().min(right.body.len());
    fewest > FEWEST_ROWS && shared * 3 <= fewest
}
