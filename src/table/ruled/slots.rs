//! A frame to slots: its places cut the page into a lattice, and slots with no edge between them are one cell.
//!
//! ```text
//!   0     6    14
//! 0 ┌──────────┐      slots 2 × 2; no edge at x 6 between y 0 and 2:
//! 2 ├─────┬────┤      the first two are one cell
//! 4 └─────┴────┘
//! ```

use super::edges::{Edge, Frame, Groups};
use crate::geometry::{Interval, Rect};
use std::collections::BTreeMap;

/// A border is there when edges cover this share of a slot's side.
const COVERS: f32 = 0.6;

/// How far an edge must reach beyond the outermost crossing, in points, to make an open side.
const OVERHANG: f32 = 12.0;

/// Slots of one frame.
const MOST_SLOTS: usize = 40_000;

/// A frame cut into slots.
pub(super) struct Slots {
    pub(super) page: u32,
    pub(super) xs: Vec<f32>,
    pub(super) ys: Vec<f32>,
    /// For each slot, row by row, the cell that it belongs to: the index of the cell's first slot.
    pub(super) cell: Vec<usize>,
    /// For each cell, at its first slot, its last slot.
    pub(super) last: Vec<usize>,
    pub(super) closed: bool,
}

pub(super) fn frame_to_slots(frame: &Frame, page: u32) -> Option<Slots> {
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
    pub(super) fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// The slot that a point lies in.
    pub(super) fn slot_at(&self, x: f32, y: f32) -> Option<usize> {
        let column = self.xs.partition_point(|&at| at <= x).checked_sub(1).filter(|&column| column < self.columns())?;
        let row = self.ys.partition_point(|&at| at <= y).checked_sub(1).filter(|&row| row < self.rows())?;
        Some(row * self.columns() + column)
    }

    pub(super) fn slot_area(&self, slot: usize) -> Option<Rect> {
        let (row, column) = (slot / self.columns(), slot % self.columns());
        Some(Rect::new(*self.xs.get(column)?, *self.ys.get(row)?, *self.xs.get(column + 1)?, *self.ys.get(row + 1)?))
    }

    /// The boxes of its cells.
    pub(super) fn cells(&self) -> Vec<Rect> {
        let mut areas: BTreeMap<usize, Rect> = BTreeMap::new();
        for (slot, &cell) in self.cell.iter().enumerate() {
            if let Some(area) = self.slot_area(slot) {
                areas.entry(cell).and_modify(|known| *known = known.union(area)).or_insert(area);
            }
        }
        areas.into_values().collect()
    }

    pub(super) fn height(&self, row: usize) -> f32 {
        self.ys.get(row + 1).zip(self.ys.get(row)).map_or(0.0, |(end, start)| end - start)
    }

    pub(super) fn width(&self, column: usize) -> f32 {
        self.xs.get(column + 1).zip(self.xs.get(column)).map_or(0.0, |(end, start)| end - start)
    }
}
