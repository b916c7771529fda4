//! Pieces of lines to one line of text: NFC, single spaces, wraps undone, footnote marks left out, addresses whole.
//!
//! ```text
//! "aan de CLB-" + "chat"                       aan de CLB-chat
//! "Energie-" + "en Klimaatplan"                Energie- en Klimaatplan
//! "https://a.be/x/" + "y.pdf"                  https://a.be/x/y.pdf
//! ```

use super::paragraphs::{Piece, breaks_word};
use super::{Layout, LinkArea, Role};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Puts pieces of lines together to one line of text: NFC, single spaces, wraps undone, footnote marks left out.
pub(crate) fn join(layout: &Layout, pieces: &[Piece], addresses: &Addresses) -> String {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.bytes.len() + 1).sum());
    for piece in pieces {
        let line = layout.line_words(piece.line);
        let mut first = true;
        let mut before = usize::MAX;
        for word in line.iter().filter(|w| (w.end as usize) > piece.bytes.start && (w.start as usize) < piece.bytes.end)
        {
            let bytes = (word.start as usize).max(piece.bytes.start)..(word.end as usize).min(piece.bytes.end);
            let touches = before == bytes.start;
            before = bytes.end;
            let (word, rest) = without_mark(layout, bytes);
            if word.is_empty() && rest.is_empty() {
                continue;
            }
            // A raised piece of a word touches what stands before it: m².
            let glued = touches || first && glue(&mut text, word, addresses);
            if !text.is_empty() && !glued {
                text.push(' ');
            }
            push_plain(&mut text, word);
            push_plain(&mut text, rest);
            first = false;
        }
    }
    composed(text)
}

/// Whether a word at a line's start joins what stands before it without a space.
fn glue(text: &mut String, word: &str, addresses: &Addresses) -> bool {
    if text.ends_with('\u{ad}') {
        text.pop();
        return true;
    }
    if breaks_word(text) {
        return word.starts_with(char::is_alphanumeric) && !is_conjunction(word);
    }
    addresses.go_on(text, word)
}

/// Words before which a hyphen is a suspended one: `Energie- en Klimaatplan`, `dinsdag- of donderdagavond`.
fn is_conjunction(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ';', ':']);
    matches!(
        word,
        "en" | "of"
            | "tot"
            | "noch"
            | "dan"
            | "als"
            | "maar"
            | "ofwel"
            | "alsook"
            | "respectievelijk"
            | "resp"
            | "versus"
    )
}

/// What stands before and behind a footnote's mark in a word.
pub(crate) fn without_mark(layout: &Layout, bytes: Range<usize>) -> (&str, &str) {
    let at = layout.marks.partition_point(|mark| mark.end <= bytes.start);
    match layout.marks.get(at) {
        Some(mark) if mark.start < bytes.end => {
            let (start, end) = (mark.start.max(bytes.start), mark.end.min(bytes.end));
            (layout.slice(bytes.start..start), layout.slice(end..bytes.end))
        }
        _ => (layout.slice(bytes), ""),
    }
}

/// Appends a word; no-break spaces in it become plain ones.
fn push_plain(text: &mut String, word: &str) {
    if word.is_ascii() {
        text.push_str(word);
    } else {
        text.extend(word.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
    }
}

fn composed(text: String) -> String {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    text.nfc().collect()
}

/// The addresses that a document gives whole (link annotations, appended lists): they tell how one that is broken over
/// two lines goes on.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// Ascending.
    known: Vec<String>,
}

impl Addresses {
    /// Collects those of a range of lines and their pages.
    pub(crate) fn of(layout: &Layout, lines: Range<usize>) -> Self {
        let is_tail = |line: &usize| layout.lines.get(*line).is_some_and(|l| l.role == Role::LinkTail);
        let mut known: Vec<String> =
            lines.clone().filter(is_tail).map(|line| layout.line_text(line).to_owned()).collect();
        known.extend(links_on(layout, lines).iter().map(|link| link.url.clone()));
        known.sort_unstable();
        known.dedup();
        Self { known }
    }

    /// Whether the address that `text` ends with goes on with `word`.
    pub(crate) fn go_on(&self, text: &str, word: &str) -> bool {
        let last: Cow<'_, str> = text.rsplit(' ').next().unwrap_or("").into();
        let last = last.trim_start_matches(['(', '"', '“', '<', '[']);
        if !is_address_start(last) {
            return false;
        }
        let whole = format!("{last}{}", word.trim_end_matches(['.', ',', ';', ')', ':', '>']));
        let at = self.known.partition_point(|known| known.as_str() < whole.as_str());
        if self.known.get(at).is_some_and(|known| known.starts_with(&whole)) {
            return true;
        }
        let path = word.contains(['/', '.', '=', '-', '_']) || word.chars().all(|c| c.is_ascii_digit());
        last.ends_with(['/', '=', '&', '?', '_', '%', '#']) && path && !word.starts_with(char::is_uppercase)
    }
}

/// The link annotations of the pages that a range of lines stands on.
pub(crate) fn links_on(layout: &Layout, lines: Range<usize>) -> &[LinkArea] {
    let page = |line: usize| layout.lines.get(line).map(|l| l.page);
    let (Some(first), Some(last)) = (page(lines.start), lines.end.checked_sub(1).and_then(page)) else { return &[] };
    let start = layout.links.partition_point(|link| link.page < first);
    let end = layout.links.partition_point(|link| link.page <= last);
    layout.links.get(start..end).unwrap_or(&[])
}

/// Whether a word begins as an address does.
pub(crate) fn is_address_start(word: &str) -> bool {
    ["http://", "https://", "www.", "ftp://"].iter().any(|scheme| word.starts_with(scheme))
}
