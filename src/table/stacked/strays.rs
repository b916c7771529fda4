//! Cells that found no place in a table: they are cells all the same.
//!
//! Takes drafts, gives each the cells that stand among its own or beside them, so that no line of a table is read as
//! prose. Each that is taken so makes the table more doubtful.
//!
//! ```text
//! Weg │ Traject │ E40           labels of columns that do not fit: they stand right before the table's cells
//! Gent – Drongen │ Ternat       the table
//! 7,4 │ 6,1
//! ```

use super::draft::Draft;
use super::item::{Item, Kind};
use crate::layout::Layout;
use crate::table::collapsed::region as shared;
use std::collections::HashSet;
use std::ops::Range;

/// The items that no draft has.
pub(super) fn free_of(items: &[Item], drafts: &[Draft]) -> Vec<usize> {
    let mut free = vec![true; items.len()];
    drafts.iter().flat_map(Draft::items).for_each(|item| free[item] = false);
    (0..items.len()).filter(|at| free[*at]).collect()
}

/// Gives cells that no table has to the table among whose cells they stand.
pub(super) fn take(layout: &Layout, items: &[Item], drafts: &mut [Draft]) {
    take_corners(layout, items, drafts);
    take_trailing(layout, items, drafts);
    let spans: Vec<(usize, usize)> = drafts.iter().map(|draft| (draft.first(), draft.last())).collect();
    for at in free_of(items, drafts) {
        let item = &items[at];
        let text = item.first_line(layout);
        let among = spans.iter().position(|(first, last)| *first < at && at < *last);
        let near = |(first, last): &(usize, usize)| {
            let end = if at < *first { *first } else { *last };
            items[end].stretch == item.stretch && items[end].page == item.page
        };
        let home = match item.kind {
            Kind::Figure if item.value.is_some() => among.or_else(|| spans.iter().position(near)),
            Kind::Date => among.or_else(|| spans.iter().position(near)),
            Kind::Figure | Kind::Year | Kind::Remark => among,
            Kind::Words => among.filter(|_| !shared::ends_sentence(text)),
            Kind::Caption | Kind::Note | Kind::Mark => None,
        };
        if let Some(home) = home {
            drafts[home].repeated.push(at);
            drafts[home].open += 1;
        }
    }
    take_between(layout, items, drafts);
    take_leading(layout, items, drafts);
    take_captions(items, drafts);
}

/// The pages on which figures stand that found no place in a table.
pub(super) fn pages_with(items: &[Item], drafts: &[Draft]) -> HashSet<u32> {
    let mut placed = vec![false; items.len()];
    let cells =
        |draft: &'_ Draft| draft.heads.iter().chain(&draft.rows).flatten().flatten().copied().collect::<Vec<_>>();
    drafts.iter().flat_map(cells).for_each(|item| placed[item] = true);
    let stray =
        items.iter().zip(&placed).filter(|(item, placed)| !**placed && item.is_figure() && item.value.is_some());
    stray.map(|(item, _)| item.page).collect()
}

/// Gives a caption that heads no table to the nearest: it is no prose.
fn take_captions(items: &[Item], drafts: &mut [Draft]) {
    for at in free_of(items, drafts).into_iter().filter(|at| items[*at].kind == Kind::Caption) {
        let near = drafts.iter_mut().filter(|draft| items[draft.first()].page == items[at].page);
        if let Some(draft) = near.min_by_key(|draft| draft.first().abs_diff(at)) {
            draft.repeated.push(at);
        }
    }
}

/// From the first to the last of a table's items, those without a place in it too.
fn own_range(items: &[Item], draft: &Draft) -> Range<usize> {
    let first = draft.first();
    let own = |at: &usize| items[*at].stretch == items[first].stretch && items[*at].page == items[first].page;
    let (from, to) = draft
        .repeated
        .iter()
        .copied()
        .filter(own)
        .fold((first, draft.last()), |(from, to), at| (from.min(at), to.max(at)));
    from..to
}

/// Gives a table the labels between it and cells that it took from before or behind it.
fn take_between(layout: &Layout, items: &[Item], drafts: &mut [Draft]) {
    let free = free_of(items, drafts);
    for draft in drafts.iter_mut() {
        let (first, last) = (draft.first(), draft.last());
        let own = |at: usize| items[at].stretch == items[first].stretch && items[at].page == items[first].page;
        let Range { start: from, end: to } = own_range(items, draft);
        let among = |at: &usize| (from..to).contains(at) && !(first..last).contains(at) && own(*at);
        let label = |at: &usize| items[*at].is_label() && !shared::ends_sentence(items[*at].first_line(layout));
        let found: Vec<usize> = free.iter().copied().filter(|at| among(at) && label(at)).collect();
        draft.open += found.len();
        draft.repeated.extend(found);
    }
}

/// Gives a table without a header over its stub the label that heads the stub of another and stands alone.
fn take_corners(layout: &Layout, items: &[Item], drafts: &mut [Draft]) {
    let corner = |draft: &Draft| draft.heads.first().and_then(|row| row.first().copied().flatten());
    let known: Vec<String> = drafts.iter().filter_map(corner).map(|item| items[item].text(layout)).collect();
    let blocks = |at: usize| items.get(at).map(|item| item.block);
    for at in free_of(items, drafts) {
        let alone = at.checked_sub(1).and_then(blocks) != blocks(at) && blocks(at + 1) != blocks(at);
        if !alone || !items[at].is_label() || !known.contains(&items[at].text(layout)) {
            continue;
        }
        let open = |draft: &&mut Draft| draft.heads.first().is_some_and(|row| row.first() == Some(&None));
        let near = drafts.iter_mut().filter(open).filter(|draft| items[draft.first()].page == items[at].page);
        if let Some(draft) = near.min_by_key(|draft| draft.first().abs_diff(at)) {
            draft.heads.iter_mut().filter_map(|row| row.first_mut()).for_each(|cell| *cell = Some(at));
        }
    }
}

/// The fewest labels right before a table that are its own: one may be a heading.
const FEWEST_LEADING: usize = 2;

/// Gives a table the labels that stand right before it, each alone in its block: of columns that found no place.
fn take_leading(layout: &Layout, items: &[Item], drafts: &mut [Draft]) {
    let free = free_of(items, drafts);
    for draft in drafts.iter_mut() {
        let first = own_range(items, draft).start;
        let before = free.iter().rev().copied().skip_while(|at| *at >= first);
        let labels = before.zip((0..first).rev()).take_while(|(at, next)| at == next).map(|(at, _)| at);
        let labels: Vec<usize> = labels
            .take_while(|at| {
                let item = &items[*at];
                let alone = items[at + 1].block != item.block;
                let own = item.stretch == items[first].stretch && item.page == items[first].page;
                own && alone && item.is_label() && !shared::ends_sentence(item.first_line(layout))
            })
            .collect();
        if labels.len() >= FEWEST_LEADING {
            draft.open += labels.len();
            draft.repeated.extend(labels);
        }
    }
}

/// The fewest labels behind a table that are its own: one may be a heading.
const FEWEST_TRAILING: usize = 2;

/// Gives a table the labels that stand right behind it, each alone in its block: of rows whose place is not known.
fn take_trailing(layout: &Layout, items: &[Item], drafts: &mut [Draft]) {
    let free = free_of(items, drafts);
    let others: Vec<usize> = drafts.iter().map(Draft::first).collect();
    for draft in drafts.iter_mut() {
        let last = draft.last();
        let behind = free.iter().copied().skip_while(|at| *at <= last);
        let labels = behind.zip(last + 1..).take_while(|(at, next)| at == next).map(|(at, _)| at);
        let labels = labels.take_while(|at| {
            let item = &items[*at];
            let alone = items.get(at + 1).is_none_or(|next| next.block != item.block);
            let own = item.stretch == items[last].stretch && item.page == items[last].page;
            own && alone && item.kind == Kind::Words && !shared::ends_sentence(item.first_line(layout))
        });
        let labels: Vec<usize> = labels.collect();
        let Some(end) = labels.last().map(|end| end + 1).filter(|_| labels.len() >= FEWEST_TRAILING) else { continue };
        let ends =
            items.get(end).is_none_or(|next| next.stretch != items[last].stretch || next.page != items[last].page);
        if ends && !others.contains(&end) {
            draft.open += labels.len();
            draft.repeated.extend(labels);
        }
    }
}
