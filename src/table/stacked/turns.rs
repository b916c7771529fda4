//! Tables over a page's end.
//!
//! Takes the drafts of a text, gives them with the parts of one table joined: the same header again on the next page, a
//! part without a header, a last row each of whose cells stands under its header again, a header left on the page before.
//!
//! ```text
//! Gemeente 2012 2013      page 1
//! Mol      709  617
//! 2012 │ 709   TOTAAL   2013 │ 617      page 2: the total
//! ```

use super::draft::Draft;
use super::item::{Item, Kind};
use super::strays;
use crate::layout::Layout;
use crate::table::words;

/// Joins parts of one table that stand on different pages.
pub(super) fn join_pages(layout: &Layout, items: &[Item], drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        match joined.last_mut() {
            Some(last) if goes_on(layout, items, last, &draft) => {
                last.repeated.extend(draft.heads.iter().flatten().flatten());
                last.rows.append(&mut draft.rows);
                last.open += draft.open;
            }
            _ => joined.push(draft),
        }
    }
    joined
}

fn goes_on(layout: &Layout, items: &[Item], last: &Draft, next: &Draft) -> bool {
    let closed = words::is_total(last.label(layout, items, last.rows.len().saturating_sub(1)));
    let captioned = (last.first()..next.first()).any(|item| items[item].kind == Kind::Caption);
    if closed || captioned || items[last.first()].page == items[next.first()].page {
        return false;
    }
    if next.heads.is_empty() {
        return next.width() == last.width() && items[last.last()].stretch == items[next.first()].stretch;
    }
    last.header_texts(layout, items) == next.header_texts(layout, items)
}

/// Adds a last row that stands on the next page, each of its cells under its header again.
pub(super) fn add_last_rows(layout: &Layout, items: &[Item], drafts: &mut [Draft]) {
    let mut free = strays::free_of(items, drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.heads.len() == 1) {
        let (page, last) = (items[draft.last()].page, draft.last());
        let behind: Vec<usize> = free.iter().copied().filter(|at| *at > last && items[*at].page == page + 1).collect();
        let under = |text: &String| {
            let named = |at: &&usize| !text.is_empty() && items[**at].first_line(layout) == text;
            let head = behind.iter().find(named).copied()?;
            let cell = head + 1;
            (behind.contains(&cell) && items[cell].is_figure()).then_some((head, cell))
        };
        let header = draft.header_texts(layout, items).remove(0);
        let found: Option<Vec<(usize, usize)>> = header.iter().map(under).collect();
        let label = behind.iter().find(|at| words::is_closing_row(items[**at].first_line(layout))).copied();
        let (Some(found), Some(label)) = (found, label) else { continue };
        draft.rows.push([label].into_iter().chain(found.iter().map(|(_, cell)| *cell)).map(Some).collect());
        draft.repeated.extend(found.iter().map(|(head, _)| *head));
        let used: Vec<usize> = draft.items().collect();
        free.retain(|at| !used.contains(at));
    }
}

/// Gives a table that begins a page the header that was left at the end of the page before: as many labels as it has
/// columns, with or without one over the stub.
pub(super) fn head_from_before(items: &[Item], drafts: &mut [Draft]) {
    let mut taken = vec![false; items.len()];
    drafts.iter().flat_map(Draft::items).for_each(|item| taken[item] = true);
    for draft in drafts.iter_mut().filter(|draft| draft.heads.is_empty()) {
        let (first, width) = (draft.first(), draft.width());
        let page = items[first].page;
        let before = || (0..first).rev();
        if before().take_while(|at| items[*at].page == page).next().is_some() {
            continue;
        }
        let is_head = |at: &usize| !taken[*at] && items[*at].is_label() && items[*at].page + 1 == page;
        let mut heads: Vec<Option<usize>> = before().take_while(is_head).take(width + 1).map(Some).collect();
        heads.reverse();
        if heads.len() + 1 == width {
            heads.insert(0, None);
        }
        if width > 1 && heads.len() == width {
            heads.iter().flatten().for_each(|item| taken[*item] = true);
            draft.heads.push(heads);
        }
    }
}
