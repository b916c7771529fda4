//! Rules to edges, and edges to frames: what touches is one table's.
//!
//! ```text
//! ────  ───┬──── ─      parts of one rule, drawn apart          →  one edge from 0 to 14
//!          ║            two borders less than [`SNAP`] apart    →  one edge in their middle
//! ```

use crate::geometry::{Interval, Rect};
use crate::layout::Rule;
use std::collections::BTreeMap;

/// Rules closer than this, in points, are one edge: double borders, and borders that two cells both draw.
const SNAP: f32 = 3.0;

/// Parts of a rule with at most this between them, in points, are one: dashes, dots, corners drawn apart.
const JOIN: f32 = 3.0;

/// An edge is at least this long, in points: less is a dash or a tick.
const SHORTEST_EDGE: f32 = 4.0;

/// How far edges that meet may stay apart, in points.
const TOUCH: f32 = 2.0;

/// Edges of one page that are looked at; drawings and maps have more.
const MOST_EDGES: usize = 3_000;

/// Frames of one page that are looked at.
const MOST_FRAMES: usize = 200;

/// A straight stretch that parts cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// Its place across: `y` of a horizontal edge, `x` of a vertical one.
    pub(super) at: f32,
    /// From where to where it runs.
    pub(super) span: Interval,
}

/// Edges that touch one another.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Frame {
    /// Those from left to right.
    pub(super) horizontal: Vec<Edge>,
    /// Those from top to bottom.
    pub(super) vertical: Vec<Edge>,
}

impl Frame {
    /// Its edges as boxes without thickness.
    pub(super) fn areas(&self) -> impl Iterator<Item = Rect> + '_ {
        let across = self.horizontal.iter().map(|edge| Rect { x: edge.span, y: Interval::new(edge.at, edge.at) });
        let down = self.vertical.iter().map(|edge| Rect { x: Interval::new(edge.at, edge.at), y: edge.span });
        across.chain(down)
    }
}

/// Rules to frames: edges of both directions, in groups that touch.
pub(super) fn rules_to_frames(rules: &[Rule]) -> Vec<Frame> {
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
    let mut frames: BTreeMap<usize, Frame> = BTreeMap::new();
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
pub(super) struct Groups(Vec<usize>);

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    pub(super) fn root(&mut self, index: usize) -> usize {
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
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.0.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
}
