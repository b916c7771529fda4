//! Lists of contents: lined up as tables are, and none.
//!
//! ```text
//! 1   Inleiding ............ 2
//! 2   Cijfers .............. 2       the last figures are pages: they do not fall
//! 2.1 Per provincie ........ 3
//! ```

use super::chunks::Row;
use crate::layout::Layout;
use crate::table::surround::previous_body;

/// Entries that a list of contents has, at least, and the share of them that leaders fill.
const FEWEST_ENTRIES: usize = 3;
const LED: f32 = 0.34;

/// Lines above a list of contents in which its heading is looked for.
const HEADING_REACH: usize = 3;

/// How lists of contents are headed, in the languages of Belgium and in English.
const HEADINGS: [&str; 8] = [
    "inhoud",
    "inhoudsopgave",
    "inhoudstafel",
    "contents",
    "table of contents",
    "table des matières",
    "sommaire",
    "inhalt",
];

/// Whether rows are the entries of a list of contents: each ends in the number of a page, hardly one lower than
/// the one before, and leaders or a heading say so.
pub(super) fn is_contents(layout: &Layout, rows: &[&Row]) -> bool {
    let page_of = |row: &&Row| {
        let last = row.chunks.last().filter(|_| row.chunks.len() > 1)?;
        layout.slice(last.bytes.clone()).parse::<u32>().ok().filter(|page| *page < 10_000)
    };
    let pages: Vec<u32> = rows.iter().filter_map(page_of).collect();
    // A year on the title page above may be taken for the first of them.
    let falls = pages.windows(2).filter(|pair| !pair.is_sorted()).count();
    let led = rows.iter().filter(|row| has_leader(layout.line_text(row.line))).count();
    pages.len() >= FEWEST_ENTRIES
        && pages.len() * 10 >= rows.len() * 9
        && falls * 10 <= pages.len()
        && (led as f32 >= LED * rows.len() as f32 || is_headed(layout, rows))
}

fn has_leader(text: &str) -> bool {
    text.contains("....") || text.contains(". . . .")
}

/// Whether the rows, or one of the lines above them, begin with a heading of contents.
fn is_headed(layout: &Layout, rows: &[&Row]) -> bool {
    let Some(first) = rows.first().map(|row| row.line) else { return false };
    let mut line = Some(first);
    (0..=HEADING_REACH).any(|_| {
        let text = line.map(|line| layout.line_text(line).to_lowercase()).unwrap_or_default();
        line = line.and_then(|line| previous_body(layout, line, 0));
        HEADINGS.contains(&text.trim_end_matches([':', ' ']))
    })
}
