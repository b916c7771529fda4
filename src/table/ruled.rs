//! Tables with drawn rules: from rules to cells.
//!
//! Takes the rules of the pages and the words between them, gives [`Grid`]s. A chain of small steps, each of which can
//! be looked at by itself (see [`drawing`]): rules become [`Edge`]s, snapped to common places and joined where they
//! were drawn in parts; edges that touch make up one [`Frame`]; its places cut the page into slots, and slots with no
//! edge between them are one cell.
//!
//! ```text
//! ──────┬───────      edges       xs 0  6  14
//! Jaar  │ Aantal                  ys 0  2  4
//! ──────┼───────   →  frame    →  slots 2 × 2     →  cells, words into them by their middle
//! 2019  │  3 576
//! ──────┴───────
//! ```
//!
//! A merged cell is one from which an edge is missing; a row that is one cell is a group heading. A frame around one
//! cell is a box around text, and a row of rules without a column between them is no table here: `aligned` looks at those.

use super::aligned::chunks::{Chunk, Row as LineRow, chunk_of, line_to_row};
use super::aligned::rows::read_stack;
use super::cells::{cell_of, is_figure};
use super::surround::{caption_above, next_body, notes_below, previous_body};
use super::{Grid, GridCell};
use crate::geometry::{Interval, Rect};
use crate::layout::{Layout, Rule};
use crate::model::Method;
use std::ops::Range;

/// Rules closer than this, in points, are one edge: double borders, and borders that two cells both draw.
const SNAP: f32 = 3.0;

/// Parts of a rule with at most this between them, in points, are one: dashes, dots, corners drawn apart.
const JOIN: f32 = 3.0;

/// An edge is at least this long, in points: less is a dash or a tick.
const SHORTEST_EDGE: f32 = 4.0;

/// How far edges that meet may stay apart, in points.
const TOUCH: f32 = 2.0;

/// A border is there when edges cover this share of a slot's side.
const COVERS: f32 = 0.6;

/// A slot thinner than this, in points, holds no text: the space between double rules.
const SLIVER: f32 = 5.0;

/// How far an edge must reach beyond the outermost crossing, in points, to make an open side.
const OVERHANG: f32 = 12.0;

/// Edges of one page that are looked at; drawings and maps have more.
const MOST_EDGES: usize = 3_000;

/// Frames of one page that are looked at.
const MOST_FRAMES: usize = 200;

/// Slots of one frame.
const MOST_SLOTS: usize = 40_000;

/// How far the columns of a table's next part may lie from those of the first, in points.
const SAME_COLUMN: f32 = 4.0;

/// How sure a grid of whole rules is, and one with open sides.
const CLOSED: f64 = 0.98;
const OPEN: f64 = 0.93;

/// A straight stretch that parts cells.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edge {
    /// Its place across: `y` of a horizontal edge, `x` of a vertical one.
    pub at: f32,
    /// From where to where it runs.
    pub span: Interval,
}

/// Edges that touch one another.
#[derive(Debug, Clone, Default, PartialEq)]
struct Frame {
    /// Those from left to right.
    pub horizontal: Vec<Edge>,
    /// Those from top to bottom.
    pub vertical: Vec<Edge>,
}

impl Frame {
    /// Its edges as boxes without thickness.
    fn areas(&self) -> impl Iterator<Item = Rect> + '_ {
        let across = self.horizontal.iter().map(|edge| Rect { x: edge.span, y: Interval::new(edge.at, edge.at) });
        let down = self.vertical.iter().map(|edge| Rect { x: Interval::new(edge.at, edge.at), y: edge.span });
        across.chain(down)
    }
}

/// A frame cut into slots.
struct Slots {
    page: u32,
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For each slot, row by row, the cell that it belongs to: the index of the cell's first slot.
    cell: Vec<usize>,
    /// For each cell, at its first slot, its last slot.
    last: Vec<usize>,
    closed: bool,
}

/// A table on one page, before it is joined with its next part.
struct Part {
    page: u32,
    xs: Vec<f32>,
    rows: Vec<PartRow>,
    lines: Vec<usize>,
    closed: bool,
}

struct PartRow {
    cells: Vec<GridCell>,
    /// Whether all its text is bold.
    bold: bool,
    /// Whether it is one cell over the whole width.
    merged: bool,
}

/// Finds the ruled tables in a range of lines.
pub(crate) fn find(layout: &Layout, lines: Range<usize>) -> Vec<Grid> {
    let lines = lines.start..lines.end.min(layout.lines.len());
    let mut parts: Vec<Part> = Vec::new();
    let mut start = lines.start;
    while let Some(page) = layout.lines.get(start).filter(|_| start < lines.end).map(|line| line.page) {
        let end = start + layout.lines.get(start..lines.end).unwrap_or(&[]).partition_point(|line| line.page <= page);
        parts.extend(parts_of_page(layout, page, start..end));
        start = end.max(start + 1);
    }
    let mut grids: Vec<Grid> = Vec::new();
    let mut open: Option<Part> = None;
    for part in parts {
        match open.as_mut() {
            Some(before) if continues(layout, before, &part, lines.end) => join(before, part),
            _ => grids.extend(open.replace(part).and_then(|part| part_to_grid(layout, part, &lines))),
        }
    }
    grids.extend(open.and_then(|part| part_to_grid(layout, part, &lines)));
    grids
}

/// What the steps see on a page, to be drawn over it: edges and cells.
pub(crate) fn drawing(layout: &Layout, page: u32) -> (Vec<Rect>, Vec<Rect>) {
    let Some(rules) = layout.pages.get(page as usize).map(|page| page.rules.as_slice()) else {
        return (Vec::new(), Vec::new());
    };
    let frames = rules_to_frames(rules);
    let edges = frames.iter().flat_map(Frame::areas).collect();
    let cells = frames.iter().filter_map(|frame| frame_to_slots(frame, page)).flat_map(|slots| slots.cells()).collect();
    (edges, cells)
}

fn parts_of_page(layout: &Layout, page: u32, lines: Range<usize>) -> Vec<Part> {
    let Some(rules) = layout.pages.get(page as usize).map(|page| page.rules.as_slice()) else { return Vec::new() };
    let slots = rules_to_frames(rules).iter().filter_map(|frame| frame_to_slots(frame, page)).collect::<Vec<_>>();
    let mut parts: Vec<Part> = slots.iter().filter_map(|slots| slots_to_part(layout, slots, lines.clone())).collect();
    parts.sort_by_key(|part| part.lines.first().copied());
    parts
}

/// Rules to frames: edges of both directions, in groups that touch.
fn rules_to_frames(rules: &[Rule]) -> Vec<Frame> {
    let horizontal = rules_to_edges(rules, true);
    let vertical = rules_to_edges(rules, false);
    if horizontal.len() + vertical.len() > MOST_EDGES {
        return Vec::new();
    }
    let mut groups = Groups::new(horizontal.len() + vertical.len());
    let first = |edges: &[Edge], at: f32| edges.partition_point(|edge| edge.at < at);
    for (index, edge) in horizontal.iter().enumerate() {
        let near = first(&vertical, edge.span.start - TOUCH)..first(&vertical, edge.span.end + TOUCH);
        for other in near {
            let meets =
                vertical.get(other).is_some_and(|v| v.span.start <= edge.at + TOUCH && v.span.end >= edge.at - TOUCH);
            if meets {
                groups.join(index, horizontal.len() + other);
            }
        }
    }
    let mut frames: std::collections::BTreeMap<usize, Frame> = std::collections::BTreeMap::new();
    for (index, &edge) in horizontal.iter().enumerate() {
        frames.entry(groups.root(index)).or_default().horizontal.push(edge);
    }
    for (index, &edge) in vertical.iter().enumerate() {
        frames.entry(groups.root(horizontal.len() + index)).or_default().vertical.push(edge);
    }
    let crossing = |frame: &Frame| !frame.horizontal.is_empty() && !frame.vertical.is_empty();
    frames.into_values().filter(crossing).take(MOST_FRAMES).collect()
}

/// Rules of one direction to edges, by place: snapped to common places, their parts joined.
fn rules_to_edges(rules: &[Rule], horizontal: bool) -> Vec<Edge> {
    let mut edges: Vec<Edge> = rules
        .iter()
        .filter(|rule| rule.horizontal == horizontal)
        .map(|rule| match horizontal {
            true => Edge { at: rule.area.y.middle(), span: rule.area.x },
            false => Edge { at: rule.area.x.middle(), span: rule.area.y },
        })
        .collect();
    snap(&mut edges);
    edges.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.span.start.total_cmp(&b.span.start)));
    let mut joined: Vec<Edge> = Vec::with_capacity(edges.len());
    for edge in edges {
        match joined.last_mut() {
            Some(last) if last.at == edge.at && edge.span.start - last.span.end <= JOIN => {
                last.span = last.span.union(edge.span);
            }
            _ => joined.push(edge),
        }
    }
    joined.retain(|edge| edge.span.len() >= SHORTEST_EDGE);
    joined
}

/// Moves edges that lie close together to their middle.
fn snap(edges: &mut [Edge]) {
    edges.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut start = 0;
    while let Some(first) = edges.get(start).map(|edge| edge.at) {
        let count = edges.get(start..).unwrap_or(&[]).partition_point(|edge| edge.at <= first + SNAP);
        let Some(cluster) = edges.get_mut(start..start + count) else { return };
        let last = cluster.last().map_or(first, |edge| edge.at);
        cluster.iter_mut().for_each(|edge| edge.at = (first + last) / 2.0);
        start += count.max(1);
    }
}

/// Which of many things belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, index: usize) -> usize {
        let mut root = index;
        while let Some(&parent) = self.0.get(root).filter(|&&parent| parent != root) {
            root = parent;
        }
        if let Some(parent) = self.0.get_mut(index) {
            *parent = root;
        }
        root
    }

    /// Joins two, the lower index leading.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.0.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
}

fn frame_to_slots(frame: &Frame, page: u32) -> Option<Slots> {
    let (mut xs, mut ys) = (places(&frame.vertical), places(&frame.horizontal));
    let open_sides = open_sides(&mut xs, &frame.horizontal) | open_sides(&mut ys, &frame.vertical);
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MOST_SLOTS {
        return None;
    }
    let across = borders(&frame.horizontal, &ys, &xs);
    let down = borders(&frame.vertical, &xs, &ys);
    let mut groups = Groups::new(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let here = row * columns + column;
            if column > 0 && !down.get(column * rows + row).copied().unwrap_or(true) {
                groups.join(here - 1, here);
            }
            if row > 0 && !across.get(row * columns + column).copied().unwrap_or(true) {
                groups.join(here - columns, here);
            }
        }
    }
    let cell: Vec<usize> = (0..columns * rows).map(|slot| groups.root(slot)).collect();
    let mut last = vec![0; cell.len()];
    for (slot, &cell) in cell.iter().enumerate() {
        if let Some(last) = last.get_mut(cell) {
            *last = slot;
        }
    }
    Some(Slots { page, xs, ys, cell, last, closed: !open_sides })
}

/// The places of edges, each once.
fn places(edges: &[Edge]) -> Vec<f32> {
    let mut places: Vec<f32> = edges.iter().map(|edge| edge.at).collect();
    places.dedup();
    places
}

/// Adds the ends of edges that reach beyond the outermost place: a table without a border on that side.
fn open_sides(places: &mut Vec<f32>, crossing: &[Edge]) -> bool {
    let Some(reach) = crossing.iter().map(|edge| edge.span).reduce(Interval::union) else { return false };
    let before = places.len();
    if places.first().is_some_and(|&first| reach.start < first - OVERHANG) {
        places.insert(0, reach.start);
    }
    if places.last().is_some_and(|&last| reach.end > last + OVERHANG) {
        places.push(reach.end);
    }
    places.len() > before
}

/// For each place, and each stretch between the places across, whether edges cover it.
fn borders(edges: &[Edge], places: &[f32], across: &[f32]) -> Vec<bool> {
    let stretches = across.len().saturating_sub(1);
    let mut covered = vec![0.0_f32; places.len() * stretches];
    for edge in edges {
        let Some(place) = places.binary_search_by(|place| place.total_cmp(&edge.at)).ok() else { continue };
        let first = across.partition_point(|&at| at <= edge.span.start).saturating_sub(1);
        for stretch in first..stretches {
            let (Some(&from), Some(&to)) = (across.get(stretch), across.get(stretch + 1)) else { break };
            if from > edge.span.end {
                break;
            }
            if let Some(covered) = covered.get_mut(place * stretches + stretch) {
                *covered += edge.span.overlap(Interval::new(from, to)) / (to - from).max(1.0);
            }
        }
    }
    covered.into_iter().map(|share| share >= COVERS).collect()
}

impl Slots {
    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// The slot that a point lies in.
    fn slot_at(&self, x: f32, y: f32) -> Option<usize> {
        let column = self.xs.partition_point(|&at| at <= x).checked_sub(1).filter(|&column| column < self.columns())?;
        let row = self.ys.partition_point(|&at| at <= y).checked_sub(1).filter(|&row| row < self.rows())?;
        Some(row * self.columns() + column)
    }

    fn slot_area(&self, slot: usize) -> Option<Rect> {
        let (row, column) = (slot / self.columns(), slot % self.columns());
        Some(Rect::new(*self.xs.get(column)?, *self.ys.get(row)?, *self.xs.get(column + 1)?, *self.ys.get(row + 1)?))
    }

    /// The boxes of its cells.
    fn cells(&self) -> Vec<Rect> {
        let mut areas: std::collections::BTreeMap<usize, Rect> = std::collections::BTreeMap::new();
        for (slot, &cell) in self.cell.iter().enumerate() {
            if let Some(area) = self.slot_area(slot) {
                areas.entry(cell).and_modify(|known| *known = known.union(area)).or_insert(area);
            }
        }
        areas.into_values().collect()
    }

    fn height(&self, row: usize) -> f32 {
        self.ys.get(row + 1).zip(self.ys.get(row)).map_or(0.0, |(end, start)| end - start)
    }

    fn width(&self, column: usize) -> f32 {
        self.xs.get(column + 1).zip(self.xs.get(column)).map_or(0.0, |(end, start)| end - start)
    }
}

/// What stands in a cell on one line.
struct Placed {
    line: usize,
    bytes: Range<usize>,
}

/// Puts the words of a page's lines into slots. None where it is no table: one cell with text, or one column.
fn slots_to_part(layout: &Layout, slots: &Slots, lines: Range<usize>) -> Option<Part> {
    let (held, taken) = words_to_slots(layout, slots, lines);
    let columns: Vec<usize> = (0..slots.columns()).filter(|&column| keeps_column(slots, &held, column)).collect();
    let mut rows = Vec::new();
    for row in 0..slots.rows() {
        push_rows(layout, slots, &held, row, &columns, &mut rows);
    }
    rows.retain(|row: &PartRow| row.cells.iter().any(|cell| !cell.text.is_empty()));
    let filled = held.iter().filter(|held| !held.is_empty()).count();
    if columns.len() < 2 || rows.is_empty() || filled < 2 || is_melted(layout, slots, &held) {
        return None;
    }
    let xs = columns.iter().filter_map(|&column| slots.xs.get(column).copied()).collect();
    Some(Part { page: slots.page, xs, rows, lines: taken, closed: slots.closed })
}

/// Stretches apart in a cell over several columns that make it a row whose upright rules are missing: a heading or a
/// remark is one, a name and a number behind it may be two.
const MELTED: usize = 3;

/// Lines of single cells that hold columns of figures from which on the rules between columns are not all drawn.
const MELTED_ROWS: usize = 3;

/// Whether a cell over several columns holds a row of figures, or cells hold several: then the rules tell too little.
fn is_melted(layout: &Layout, slots: &Slots, held: &[Vec<Placed>]) -> bool {
    let over_several =
        |cell: usize| slots.cell.get(cell + 1) == Some(&cell) && !(cell + 1).is_multiple_of(slots.columns());
    let (mut wide, mut single) = (0, 0);
    for (cell, pieces) in held.iter().enumerate() {
        let count = pieces.iter().filter(|piece| holds_columns(layout, piece)).count();
        *(if over_several(cell) { &mut wide } else { &mut single }) += count;
    }
    wide > 0 || single >= MELTED_ROWS
}

/// Whether a piece of a line has a figure apart from what stands before it, or many stretches.
fn holds_columns(layout: &Layout, piece: &Placed) -> bool {
    line_to_row(layout, piece.line).is_some_and(|row| {
        let inside = |chunk: &&Chunk| chunk.bytes.start >= piece.bytes.start && chunk.bytes.end <= piece.bytes.end;
        let chunks: Vec<&Chunk> = row.chunks.iter().filter(inside).collect();
        chunks.len() >= MELTED || chunks.iter().skip(1).any(|chunk| chunk.figure)
    })
}

/// For each cell, by its first slot, the words of each line; and the lines most of whose words are in the frame.
fn words_to_slots(layout: &Layout, slots: &Slots, lines: Range<usize>) -> (Vec<Vec<Placed>>, Vec<usize>) {
    let mut held: Vec<Vec<Placed>> = (0..slots.cell.len()).map(|_| Vec::new()).collect();
    let mut taken = Vec::new();
    for index in lines {
        let Some(line) = layout.lines.get(index) else { break };
        let words = layout.line_words(index);
        let mut inside = 0;
        for word in words {
            let cell = slots.slot_at(word.x.middle(), line.y.middle()).and_then(|slot| slots.cell.get(slot));
            let Some(pieces) = cell.and_then(|&cell| held.get_mut(cell)) else { continue };
            inside += 1;
            match pieces.last_mut() {
                Some(last) if last.line == index => last.bytes.end = word.end as usize,
                _ => pieces.push(Placed { line: index, bytes: word.start as usize..word.end as usize }),
            }
        }
        if inside * 2 > words.len() {
            taken.push(index);
        }
    }
    (held, taken)
}

/// A column that is thin and empty is the space between double rules.
fn keeps_column(slots: &Slots, held: &[Vec<Placed>], column: usize) -> bool {
    let own = (0..slots.rows()).filter_map(|row| slots.cell.get(row * slots.columns() + column));
    slots.width(column) > SLIVER * 1.5 || own.into_iter().any(|&cell| held.get(cell).is_some_and(|h| !h.is_empty()))
}

/// The rows of text in a row of slots: one, unless rows are parted by nothing but their lines.
fn push_rows(
    layout: &Layout,
    slots: &Slots,
    held: &[Vec<Placed>],
    row: usize,
    columns: &[usize],
    rows: &mut Vec<PartRow>,
) {
    let cells: Vec<usize> =
        columns.iter().filter_map(|&column| slots.cell.get(row * slots.columns() + column).copied()).collect();
    let first_slot = row * slots.columns();
    let merged = cells.len() > 1 && cells.windows(2).all(|pair| pair.first() == pair.last());
    if merged && cells.first().is_some_and(|&cell| cell < first_slot) || slots.height(row) < SLIVER {
        return;
    }
    let next_row = first_slot + slots.columns();
    let single = |cell: usize| cell >= first_slot && slots.last.get(cell).is_some_and(|&last| last < next_row);
    if !merged && cells.iter().all(|&cell| single(cell)) && is_stack(layout, held, &cells) {
        return push_stack(layout, held, &cells, rows);
    }
    let pieces = |cell: usize| held.get(cell).into_iter().flatten().map(|piece| piece.bytes.clone()).collect();
    let mut texts: Vec<GridCell> = cells.iter().map(|&cell| cell_of(layout, pieces(cell))).collect();
    if merged {
        texts.iter_mut().skip(1).for_each(|cell| *cell = GridCell::default());
    }
    let mut own = cells.iter().filter_map(|&cell| held.get(cell)).flatten();
    let bold = own.all(|piece| layout.lines.get(piece.line).is_some_and(|line| line.bold));
    rows.push(PartRow { cells: texts, bold, merged });
}

/// Whether a row of slots holds several rows of text: a column with a figure on each of several lines, and at least as
/// many labels.
fn is_stack(layout: &Layout, held: &[Vec<Placed>], cells: &[usize]) -> bool {
    let labels = cells.first().and_then(|&cell| held.get(cell)).map_or(0, Vec::len);
    cells.iter().skip(1).filter_map(|&cell| held.get(cell)).any(|pieces| {
        let figures = pieces.iter().filter(|piece| is_figure(layout.slice(piece.bytes.clone()))).count();
        figures > 1 && figures == pieces.len() && labels >= figures
    })
}

/// Reads the rows of a row of slots whose rows are parted by nothing but their lines.
fn push_stack(layout: &Layout, held: &[Vec<Placed>], cells: &[usize], rows: &mut Vec<PartRow>) {
    let mut pieces: Vec<(usize, usize, &Placed)> = Vec::new();
    for (column, &cell) in cells.iter().enumerate() {
        pieces.extend(held.get(cell).into_iter().flatten().map(|piece| (piece.line, column, piece)));
    }
    pieces.sort_by_key(|&(line, column, _)| (line, column));
    let mut stack: Vec<(LineRow, Vec<usize>)> = Vec::new();
    for (line, column, piece) in pieces {
        let chunk = chunk_of(layout, line, piece.bytes.clone());
        match stack.last_mut().filter(|(row, _)| row.line == line) {
            Some((row, columns)) => {
                row.chunks.push(chunk);
                columns.push(column);
            }
            None => stack.push((LineRow::new(layout, line, chunk), vec![column])),
        }
    }
    for row in read_stack(layout, &stack, cells.len()) {
        let bold = row.cells.iter().flatten().next().is_some_and(|first| {
            let line = layout.lines.partition_point(|line| line.end as usize <= first.start);
            layout.lines.get(line).is_some_and(|line| line.bold)
        });
        let cells = row.cells.into_iter().map(|pieces| cell_of(layout, pieces)).collect();
        rows.push(PartRow { cells, bold, merged: false });
    }
}

/// Whether a part is the next page's part of the table before: the last thing on its page, the first on the next, and
/// the same columns.
fn continues(layout: &Layout, before: &Part, part: &Part, ceiling: usize) -> bool {
    let (Some(&last), Some(&first)) = (before.lines.last(), part.lines.first()) else { return false };
    part.page == before.page + 1
        && part.xs.len() == before.xs.len()
        && part.xs.iter().zip(&before.xs).all(|(a, b)| (a - b).abs() <= SAME_COLUMN)
        && next_body(layout, last, ceiling) == Some(first)
        && previous_body(layout, first, 0) == Some(last)
}

/// Appends the next page's part: its repeated header once, a row that the page's end cut in two as one.
fn join(before: &mut Part, part: Part) {
    let repeated = before.rows.iter().zip(&part.rows).take_while(|(a, b)| same_texts(a, b)).count();
    let mut rows = part.rows.into_iter().skip(repeated).peekable();
    if let (Some(last), Some(next)) = (before.rows.last_mut(), rows.peek())
        && goes_on(last, next)
        && let Some(next) = rows.next()
    {
        for (cell, more) in last.cells.iter_mut().zip(next.cells) {
            if !more.text.is_empty() {
                cell.text = [cell.text.as_str(), more.text.as_str()].join(" ").trim().to_owned();
                cell.bytes.extend(more.bytes);
            }
        }
    }
    before.rows.extend(rows);
    before.lines.extend(part.lines);
    before.page = part.page;
}

fn same_texts(a: &PartRow, b: &PartRow) -> bool {
    a.cells.iter().zip(&b.cells).all(|(a, b)| a.text == b.text)
}

/// Whether a row goes on where a page's end cut it: it has no figure, some empty cells, and begins small.
fn goes_on(last: &PartRow, next: &PartRow) -> bool {
    let texts = || next.cells.iter().map(|cell| cell.text.as_str());
    !next.merged
        && !last.merged
        && texts().any(str::is_empty)
        && texts().all(|text| !is_figure(text))
        && texts().filter(|text| !text.is_empty()).all(|text| text.starts_with(|c: char| c.is_lowercase() || c == '('))
}

fn part_to_grid(layout: &Layout, part: Part, bounds: &Range<usize>) -> Option<Grid> {
    // One row by itself is a line of boxes; as the rest of a table it was joined above.
    if part.rows.len() < 2 {
        return None;
    }
    let (first, last) = (*part.lines.first()?, *part.lines.last()?);
    let caption = caption_above(layout, first, bounds.start);
    let (notes, note_lines) = notes_below(layout, last, bounds.end);
    let header_rows = bold_header(&part.rows);
    let mut lines: Vec<usize> = caption.iter().flat_map(|(_, lines)| lines.clone()).collect();
    lines.extend(part.lines);
    lines.extend(note_lines);
    Some(Grid {
        method: Method::Ruled,
        lines,
        rows: part.rows.into_iter().map(|row| row.cells).collect(),
        header_rows,
        caption: caption.map(|(bytes, _)| bytes),
        notes,
        confidence: if part.closed { CLOSED } else { OPEN },
        doubts: Vec::new(),
    })
}

/// How many of the first rows are headers, as bold type tells: none where no row is bold, or all are.
fn bold_header(rows: &[PartRow]) -> Option<usize> {
    let heads = |row: &PartRow| row.bold && row.cells.iter().skip(1).any(|cell| !cell.text.is_empty());
    let count = rows.iter().take_while(|row| heads(row)).count();
    let figures = rows.iter().take(count).flat_map(|row| row.cells.iter().skip(1)).any(|cell| is_amount(&cell.text));
    (count > 0 && count < rows.len() && !figures).then_some(count)
}

/// A figure that is no year.
fn is_amount(text: &str) -> bool {
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    is_figure(text) && !year && text.bytes().any(|byte| byte.is_ascii_digit())
}
