//! Links: the addresses in the text, behind words of a PDF, and those an extractor appended; each once.
//!
//! ```text
//! … op de website: https://www.example.be/jaar-
//! verslag.pdf.                                     https://www.example.be/jaarverslag.pdf … or as the page's list says
//! ```

use super::Context;
use crate::layout::Role;
use crate::layout::paragraphs::{is_address_start, links_on, without_mark};
use crate::model::Link;
use std::collections::HashSet;
use std::ops::Range;

/// Finds the links of a range of lines, in the order of the text.
pub(super) fn find(context: &Context<'_>, lines: Range<usize>) -> Vec<Link> {
    let mut known: HashSet<String> = HashSet::new();
    let mut links: Vec<Link> = Vec::new();
    let mut add = |url: String, bytes: Range<usize>| {
        if url.len() > 8 && known.insert(same(&url)) {
            links.push(Link { url, span: context.layout.span(bytes) });
        }
    };
    for line in lines.clone() {
        let Some(role) = context.layout.lines.get(line).map(|l| l.role) else { break };
        match role {
            Role::Running => continue,
            Role::LinkTail => {
                let start = context.layout.lines.get(line).map_or(0, |l| l.start as usize);
                let url = context.layout.line_text(line).to_owned();
                let end = start + url.len();
                add(url, start..end);
            }
            Role::Body | Role::Footnote => in_line(context, line, &mut add),
        }
    }
    annotated(context, lines, &mut add);
    without_beginnings(links)
}

/// The addresses in a line; one at its end may go on in the next.
fn in_line(context: &Context<'_>, line: usize, add: &mut impl FnMut(String, Range<usize>)) {
    let words = context.layout.line_words(line);
    for (at, word) in words.iter().enumerate() {
        let text = context.layout.word_text(word);
        let Some(offset) = address_offset(text) else { continue };
        let mut url = without_mark(context.layout, word.start as usize + offset..word.end as usize).0.to_owned();
        let mut end = word.start as usize + offset + url.len();
        if at + 1 == words.len() {
            let next = context.layout.line_words(line + 1).first();
            if let Some(next) = next {
                let more = context.layout.word_text(next);
                let hyphen = url.ends_with('-') && more.starts_with(char::is_alphanumeric);
                if hyphen || context.addresses.go_on(&url, more) {
                    let rest = without_mark(context.layout, next.start as usize..next.end as usize).0;
                    url.push_str(rest);
                    end = next.start as usize + rest.len();
                }
            }
        }
        let length = trimmed(&url).len();
        end -= url.len() - length;
        url.truncate(length);
        let start = word.start as usize + offset;
        add(url, start..end);
    }
}

fn address_offset(word: &str) -> Option<usize> {
    let at = word.as_bytes().windows(4).position(|w| matches!(w, b"http" | b"www."))?;
    let open = word.get(..at)?.chars().all(|c| !c.is_alphanumeric());
    (open && is_address_start(word.get(at..)?)).then_some(at)
}

/// An address without the sentence's signs behind it; a bracket that it opened itself is its own.
fn trimmed(url: &str) -> &str {
    let mut url = url;
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '?', '!', '"', '”', '’', '\'', '>', ']', '»', '…']);
        let shorter =
            if shorter.ends_with(')') && !shorter.contains('(') { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}

/// What makes two addresses the same: nothing but a slash at the end.
fn same(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}

/// The annotations of the pages that the lines stand on.
fn annotated(context: &Context<'_>, lines: Range<usize>, add: &mut impl FnMut(String, Range<usize>)) {
    let bytes = context.layout.lines.get(lines.start).map_or(0, |l| l.start as usize)
        ..lines.end.checked_sub(1).and_then(|last| context.layout.lines.get(last)).map_or(0, |l| l.end as usize);
    for link in links_on(context.layout, lines) {
        let within = link.bytes.is_empty() || (link.bytes.start < bytes.end && link.bytes.end > bytes.start);
        if within && !link.url.starts_with('#') {
            add(link.url.clone(), link.bytes.clone());
        }
    }
}

/// Leaves out addresses of which another is the continuation: the first half of one broken over two lines.
fn without_beginnings(links: Vec<Link>) -> Vec<Link> {
    let mut urls: Vec<String> = links.iter().map(|link| link.url.clone()).collect();
    urls.sort_unstable();
    let begins_another = |url: &str| {
        let next = urls.partition_point(|known| known.as_str() <= url);
        url.ends_with(['-', '/', '=', '_']) && urls.get(next).is_some_and(|known| known.starts_with(url))
    };
    links.into_iter().filter(|link| !begins_another(&link.url)).collect()
}
