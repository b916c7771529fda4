//! Lists whose marks were torn from their items.
//!
//! Takes the kinds of lines, marks the items of such a list as prose: a stub of as many labels would look the same.
//! `pdftotext` sets hanging bullets and numbers one below the other, then the items, then or between them what stands
//! beside. An item goes on with the sentence that leads in: it begins in small letters.
//!
//! ```text
//! Het tijdpad ziet er als volgt uit:
//! 1. │ 2.                                          the marks
//! tegen eind 2024 worden … │ tegen eind 2026 …     as many items, no cells
//! ```

use super::page::LineKind;
use crate::layout::{Layout, Role};
use crate::table::cells;
use crate::table::collapsed::region as shared;
use std::ops::Range;

/// The fewest marks that are a list.
const FEWEST: usize = 2;
/// How many blocks on the items may stand.
const REACH: usize = 4;
/// Lines of an item, on average, at most.
const ITEM_LINES: usize = 2;

/// Makes prose of the items of lists; `kinds` are those of the lines from `first` on.
pub(super) fn mark(layout: &Layout, first: usize, kinds: &mut [LineKind]) {
    let blocks = blocks_of(layout, first, kinds.len());
    let mut before: Option<usize> = None;
    for (at, block) in blocks.iter().enumerate() {
        for run in runs(layout, first, kinds, block) {
            let lead = run.start.checked_sub(1).filter(|line| block.contains(line)).or(before);
            let leads_in = lead.is_some_and(|line| layout.line_text(first + line).ends_with(':'));
            let numbered = kinds[run.start] == LineKind::Mark;
            if run.len() < FEWEST || numbered && !leads_in {
                continue;
            }
            let mut near = blocks.iter().skip(at + 1).take(REACH);
            if let Some(items) = near.find(|items| is_items(layout, first, kinds, items, run.len())).cloned() {
                kinds[items].fill(LineKind::Prose);
            }
        }
        before = block.clone().next_back();
    }
}

/// The lines without blank ones between, counted from the first.
fn blocks_of(layout: &Layout, first: usize, count: usize) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for at in 0..count {
        let Some(line) = layout.lines.get(first + at).filter(|line| line.role == Role::Body) else { continue };
        match blocks.last_mut() {
            Some(block) if line.blank_before == 0 && block.end == at => block.end = at + 1,
            _ => blocks.push(at..at + 1),
        }
    }
    blocks
}

/// Lines in a row that are nothing but bullets, or labels.
fn runs(layout: &Layout, first: usize, kinds: &[LineKind], block: &Range<usize>) -> Vec<Range<usize>> {
    let kind = |at: usize| {
        let text = layout.line_text(first + at);
        let bullet = text.chars().count() == 1 && shared::is_bullet(text);
        (bullet, kinds[at] == LineKind::Mark)
    };
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in block.clone().filter(|at| kind(*at) != (false, false)) {
        match runs.last_mut() {
            Some(run) if run.end == at && kind(at) == kind(run.start) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Whether a block is the items of so many marks.
fn is_items(layout: &Layout, first: usize, kinds: &[LineKind], block: &Range<usize>, marks: usize) -> bool {
    let text = |at: usize| layout.line_text(first + at);
    let is_item = |at: usize| kinds[at] == LineKind::Cell && !cells::is_figure(text(at));
    let small = block.clone().filter(|at| text(*at).starts_with(char::is_lowercase)).count();
    (marks..=marks * ITEM_LINES).contains(&block.len()) && block.clone().all(is_item) && small >= marks.min(block.len())
}
