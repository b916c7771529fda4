//! What parts the rows of a zone where lines alone do not: rules, edges of shading, and spaces wider than within a cell.
//!
//! Takes the lines of a zone, gives the heights that part it, and the widest gap between lines of one row.
//!
//! ```text
//! ─────────────────────────
//! Vragen over een       636      one strip, one row
//! premie
//! ─────────────────────────
//! ```

use super::chunks::Row;
use super::line::Line;
use super::zones::Zone;
use crate::geometry::Interval;
use crate::layout::Layout;

/// The share of a zone's width that a rule or a shade takes up to part its rows.
const RUNS_THROUGH: f32 = 0.7;

/// Edges closer than this, in points, are one: a shade's end and the next one's start.
const SAME_EDGE: f32 = 3.0;

/// The share of the strips between rules with one row of figures each, at least, for the strips to be the rows.
const ROW_EACH: f32 = 0.8;

/// Space between lines that is smaller than that between rows by at least this share is the leading within a cell.
pub(super) const TIGHTER: f32 = 0.92;

/// The heights at which rules or edges of shading run through a zone, ascending. Such as are much shorter than its
/// rows, an underline for one, part nothing.
pub(super) fn strip_edges(layout: &Layout, zone: &Zone) -> Vec<f32> {
    let page = zone.rows.first().and_then(|row| layout.lines.get(row.line)).map(|line| line.page as usize);
    let Some(page) = page.and_then(|page| layout.pages.get(page)) else { return Vec::new() };
    let Some(x) = zone.rows.iter().map(Row::x).reduce(Interval::union) else { return Vec::new() };
    let rules = page.rules.iter().filter(|rule| rule.horizontal).map(|rule| (rule.area.y.middle(), rule.area.x));
    let shades = page.shades.iter().flat_map(|area| [(area.y.start, area.x), (area.y.end, area.x)]);
    let mut edges: Vec<(f32, Interval)> = rules.chain(shades).filter(|(_, span)| span.overlap(x) > 0.0).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let parts = edges.chunk_by(|a, b| b.0 - a.0 < SAME_EDGE);
    parts
        .filter(|parts| covered(parts, x) >= RUNS_THROUGH * x.len())
        .filter_map(|parts| Some(parts.first()?.0))
        .collect()
}

/// How much of a stretch edges at one height cover together: borders and shades are drawn cell by cell.
fn covered(edges: &[(f32, Interval)], x: Interval) -> f32 {
    let mut spans: Vec<Interval> = edges.iter().map(|(_, span)| *span).collect();
    spans.sort_by(|a, b| a.start.total_cmp(&b.start));
    let (mut sum, mut reached) = (0.0, x.start);
    for span in spans {
        sum += Interval::new(span.start.max(reached), span.end.min(x.end)).len().max(0.0);
        reached = reached.max(span.end);
    }
    sum
}

/// Whether the strips between rules are the rows: nearly each holds one line with a label and figures, and there are
/// several.
pub(super) fn strips_are_rows(lines: &[Line<'_>]) -> bool {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for line in lines.iter().filter(|line| line.has_amount()) {
        match counts.last_mut() {
            Some((strip, count)) if *strip == line.strip => *count += 1,
            _ => counts.push((line.strip, 1)),
        }
    }
    let single = counts.iter().filter(|(_, count)| *count == 1).count();
    counts.len() > 1 && single as f32 >= ROW_EACH * counts.len() as f32
}

/// The widest leading within a cell, as a multiple of the size: word processors' single spacing is 1.15 to 1.3.
const WIDEST_LEADING: f32 = 1.35;

/// The widest gap between lines of one row: clearly smaller than between rows. None where gaps do not tell.
pub(super) fn tight_gap(layout: &Layout, lines: &[Line<'_>]) -> Option<f32> {
    let mut gaps: Vec<f32> = lines.iter().skip(1).map(|line| line.gap).filter(|gap| *gap < f32::MAX).collect();
    gaps.sort_by(f32::total_cmp);
    let rows = lines.windows(2).filter_map(|pair| match pair {
        [a, b] if a.has_label() && a.has_amount() && b.has_label() && b.has_amount() => Some(b.gap),
        _ => None,
    });
    let least = rows.fold(f32::MAX, f32::min);
    let em = lines.first().map_or(0.0, |line| line.row.em);
    let leading = if layout.is_placed() { WIDEST_LEADING * 2.0 * em } else { em };
    let mut jumps = gaps.windows(2).filter_map(|pair| match pair {
        [a, b] if *a < b * TIGHTER && *a < least * TIGHTER && *a > 0.0 => Some(*a),
        _ => None,
    });
    // Where rows follow rows, all that is closer is within a row; else what is no wider than single spacing.
    let found = if least < f32::MAX { jumps.next_back() } else { jumps.rfind(|&gap| gap <= leading) };
    found.map(|gap| gap * 1.02)
}
