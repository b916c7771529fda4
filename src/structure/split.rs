//! Where one written question ends and the next begins in a file that holds several.
//!
//! Takes the marked layout, gives ranges of lines that together are all lines.
//!
//! ```text
//! SCHRIFTELIJKE VRAAG nr. 12 …  ANTWOORD …     0..310
//! SCHRIFTELIJKE VRAAG nr. 13 …  ANTWOORD …     310..502
//! ```

use super::{Context, body_lines, opening, person, phrase, reply};
use crate::layout::Layout;
use crate::layout::paragraphs::{Addresses, Measure, ends_sentence};
use std::ops::Range;

/// Letters of a title's first line at most.
const LONGEST_TITLE: usize = 130;

/// The line ranges of the written questions of a file; one range where nothing tells them apart.
pub(crate) fn split(layout: &Layout) -> Vec<Range<usize>> {
    let (measure, addresses) = (Measure::default(), Addresses::default());
    let context = Context { layout, measure: &measure, addresses: &addresses };
    let body = body_lines(layout, 0..layout.lines.len());
    let replies = replies(&context, &body);
    let named = opening::openings(layout, &body);
    let mut starts: Vec<usize> = Vec::new();
    for pair in replies.windows(2) {
        let [first, second] = pair else { continue };
        let own = named.partition_point(|at| *at <= first.at);
        match named.get(own).filter(|at| **at < second.at) {
            Some(_) => {}
            None if first.number.is_some() && first.number == second.number => {}
            None => starts.extend(cut_start(&context, &body, first.at + 1..second.at)),
        }
    }
    starts.extend(
        named.iter().skip(1).chain(named.first().filter(|first| replies.first().is_some_and(|r| r.at < **first))),
    );
    starts.sort_unstable();
    starts.dedup();
    ranges(layout, &body, &starts)
}

/// The line that opens an answer, and the number it names.
struct Reply {
    at: usize,
    number: Option<u32>,
}

fn replies(context: &Context<'_>, body: &[usize]) -> Vec<Reply> {
    let opens = |(at, line): (usize, &usize)| {
        let rank = reply::answer_rank(context, body, at, *line)?;
        let next = body.get(at + 1).map_or("", |line| context.layout.line_text(*line));
        let (_, rest) = reply::answer_line(context.layout.line_text(*line))?;
        let named = phrase::answered(if rest.is_empty() { next } else { rest }).ok();
        (rank == 3).then_some(Reply { at, number: named.and_then(|(_, (number, _))| number) })
    };
    body.iter().enumerate().filter_map(opens).collect()
}

/// The start of a written question whose head is cut, between two answers' heads: `nr. …` with `van …`, `aan …` with a
/// title, or the last short line under a page's end or wide gap that is followed by a first label.
fn cut_start(context: &Context<'_>, body: &[usize], between: Range<usize>) -> Option<usize> {
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let headed = between.clone().find(|at| {
        let (this, next) = (text(*at), text(at + 1));
        let numbered = phrase::numbered(this).is_ok_and(|(rest, _)| rest.is_empty())
            && phrase::field("van", next).is_some_and(person::is_name);
        let addressed = phrase::field("aan", this).is_some_and(|name| person::is_name(person::before_title(name)))
            && person::is_title_start(next);
        numbered || addressed
    });
    headed.or_else(|| {
        let first_label = between.clone().rev().find(|at| {
            super::label::Label::read(text(*at))
                .is_some_and(|l| l.family == super::label::Family::Number && l.first() == 1)
        })?;
        (between.start..first_label).rev().find(|at| is_title_like(context, body, *at))
    })
}

/// A short line that begins with a capital under a page's end or two blank lines, is no sentence and no row of figures,
/// and is followed by another that begins so.
fn is_title_like(context: &Context<'_>, body: &[usize], at: usize) -> bool {
    let (Some(&line), Some(&before)) = (body.get(at), at.checked_sub(1).and_then(|at| body.get(at))) else {
        return false;
    };
    let (Some(this), Some(above)) = (context.layout.lines.get(line), context.layout.lines.get(before)) else {
        return false;
    };
    let text = |at: usize| body.get(at).map_or("", |line| context.layout.line_text(*line));
    let apart = this.page != above.page || this.blank_before > 1 || line > before + 1;
    // A title may take a second line.
    let below = if text(at + 1).starts_with(char::is_lowercase) { at + 2 } else { at + 1 };
    apart
        && this.words.len() >= 2
        && text(at).len() < LONGEST_TITLE
        && text(at).starts_with(char::is_uppercase)
        && text(below).starts_with(char::is_uppercase)
        && !ends_sentence(text(at))
        && !text(below - 1).ends_with('.')
        && !text(below).ends_with(|c: char| c.is_ascii_digit())
}

/// Ranges of lines from the starts among the body lines; furniture before a start goes with it.
fn ranges(layout: &Layout, body: &[usize], starts: &[usize]) -> Vec<Range<usize>> {
    let mut bounds = vec![0];
    for start in starts {
        let (Some(&line), Some(&before)) = (body.get(*start), start.checked_sub(1).and_then(|at| body.get(at))) else {
            continue;
        };
        let page = layout.lines.get(line).map(|l| l.page);
        let first = (before + 1..line).find(|at| {
            layout.lines.get(*at).map(|l| l.page) == page && page != layout.lines.get(before).map(|l| l.page)
        });
        bounds.push(first.unwrap_or(line));
    }
    bounds.push(layout.lines.len());
    bounds.dedup();
    bounds.windows(2).map(|pair| pair[0]..pair[1]).filter(|range| !range.is_empty()).collect()
}
