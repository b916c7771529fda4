//! A table as planned: the items of each cell, before wrapped labels are made one item.
//!
//! Takes plans, gives [`Draft`]s over a new list of items in which every cell is one item.

use super::draft::Draft;
use super::item::{self, Item};
use crate::layout::Layout;

/// The items of one cell, from top to bottom.
pub(super) type Cell = Vec<usize>;

/// A table as planned.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Plan {
    /// Header rows, each as wide as the table.
    pub heads: Vec<Vec<Cell>>,
    /// Body rows.
    pub rows: Vec<Vec<Cell>>,
    /// Cells whose place the text does not tell.
    pub open: usize,
}

/// The drafts of plans, and the items as the drafts count them: those that no plan uses are joined where a label was
/// wrapped. Used items stand in blocks of their own.
pub(super) fn settle(layout: &Layout, mut items: Vec<Item>, plans: &[Plan]) -> (Vec<Item>, Vec<Draft>, Vec<bool>) {
    let mut used = vec![false; items.len()];
    let mut gone = vec![false; items.len()];
    for cell in plans.iter().flat_map(|plan| plan.heads.iter().chain(&plan.rows)).flatten() {
        let Some((first, rest)) = cell.split_first() else { continue };
        if std::mem::replace(&mut used[*first], true) {
            continue;
        }
        for next in rest {
            (used[*next], gone[*next]) = (true, true);
            let line = items[*next].clone();
            item::append(&mut items[*first], line);
        }
    }
    let mut free: Vec<Item> = Vec::new();
    let mut kept: Vec<(usize, Item)> = Vec::new();
    for (at, mut item) in items.into_iter().enumerate().filter(|(at, _)| !gone[*at]) {
        if used[at] {
            item.block = usize::MAX - at;
            kept.push((at, item));
        } else {
            free.push(item);
        }
    }
    let free = item::join_wrapped(layout, free);
    let start = |item: &Item| item.bytes.first().map_or(0, |bytes| bytes.start);
    let mut all: Vec<(Option<usize>, Item)> = free.into_iter().map(|item| (None, item)).collect();
    all.extend(kept.into_iter().map(|(at, item)| (Some(at), item)));
    all.sort_by_key(|(_, item)| start(item));
    let mut places = vec![usize::MAX; used.len()];
    for (place, (at, _)) in all.iter().enumerate() {
        if let Some(at) = at {
            places[*at] = place;
        }
    }
    let drafts = plans.iter().map(|plan| draft_of(plan, &places)).collect();
    let taken = all.iter().map(|(at, _)| at.is_some()).collect();
    (all.into_iter().map(|(_, item)| item).collect(), drafts, taken)
}

fn draft_of(plan: &Plan, places: &[usize]) -> Draft {
    let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.first().map(|item| places[*item])).collect();
    Draft {
        heads: plan.heads.iter().map(row).collect(),
        rows: plan.rows.iter().map(row).collect(),
        open: plan.open,
        ..Draft::default()
    }
}
