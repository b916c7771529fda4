//! Tables of one row that stand column by column: a block a column, its label and its one cell.
//!
//! Takes the items that no other reading took, gives drafts and the items they use. A label and a cell touch each other
//! where they are one column; where they are one row a blank line parts them. Years in their order tell such a table, or
//! a stub with a year before the others.
//!
//! ```text
//! 2013 │ 1 240     2014 │ 1 388     2015 │ 987          no stub
//! Jaar │ 2021     Controles │ 18     Conform │ 16       a stub of one label under its header
//! ```

use super::draft::Draft;
use super::item::{Item, Kind};

/// The fewest columns of figures: a label and a figure below it may be anything.
const FEWEST: usize = 3;

/// The tables of one row among the free items; what they use is taken out of `free`.
pub(super) fn drafts_of(items: &[Item], free: &mut Vec<usize>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let blocks: Vec<Vec<usize>> =
        free.chunk_by(|a, b| items[*a].block == items[*b].block).map(<[usize]>::to_vec).collect();
    let mut at = 0;
    while at < blocks.len() {
        let Some((draft, end)) = row_at(items, &blocks, at) else {
            at += 1;
            continue;
        };
        free.retain(|item| !draft.items().any(|own| own == *item));
        drafts.push(draft);
        at = end;
    }
    drafts
}

/// The table whose first column is this block, and the block behind it.
fn row_at(items: &[Item], blocks: &[Vec<usize>], at: usize) -> Option<(Draft, usize)> {
    let year = |item: usize| items[item].value.filter(|_| items[item].kind == Kind::Year);
    let first = &blocks[at];
    // A heading may touch the first year.
    let headed = first.len() == 3 && items[first[0]].kind == Kind::Words;
    let first = if headed { &first[1..] } else { &first[..] };
    let stub = matches!(first, [head, label] if items[*head].kind == Kind::Words && year(*label).is_some());
    let mut row: Vec<(usize, usize)> = Vec::new();
    let mut end = at;
    for block in blocks.get(at..).unwrap_or(&[]) {
        let block = if end == at { first } else { &block[..] };
        // A footnote may stand between.
        if matches!(block, [note] if matches!(items[*note].kind, Kind::Note)) {
            end += 1;
            continue;
        }
        let &[head, cell] = block else { break };
        let begins = end == at && stub;
        let rises = row.last().is_none_or(|(last, _)| year(*last) < year(head));
        let fits = if stub { items[head].kind == Kind::Words } else { year(head).is_some() && rises };
        let near = items[cell].page == items[first[0]].page;
        if !(begins || fits && near && items[cell].is_figure()) {
            break;
        }
        row.push((head, cell));
        end += 1;
    }
    if row.len() < FEWEST + usize::from(stub) {
        return None;
    }
    let (heads, cells): (Vec<_>, Vec<_>) = row.into_iter().map(|(head, cell)| (Some(head), Some(cell))).unzip();
    Some((Draft { heads: vec![heads], rows: vec![cells], ..Draft::default() }, end))
}
