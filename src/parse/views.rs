//! Views of any document, written question or not: its tables, its text, and pictures of how its pages were read.
//!
//! Takes the bytes of a PDF or a text, gives what one stage of the way sees. For pages that came out wrong, and for
//! documents of another kind.
//!
//! ```text
//! tables     Vec<Table>                       every table, its answer left open
//! prose      "1. Hoeveel …\nMaand\tAantal\n"  paragraphs whole, rows of tables as tabbed lines
//! pictures   <svg>…</svg> for each page       words, rules, edges, cells and tables over the page
//! ```

use super::Extractor;
use crate::error::Error;
use crate::export::svg::{Layer, Picture};
use crate::geometry::Rect;
use crate::layout::paragraphs::{Addresses, Measure, Piece, bullet, join};
use crate::layout::{Layout, Role, furniture};
use crate::model::{Format, Table};
use crate::source;
use crate::structure;
use crate::table::{self, GridCell, drawn};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

impl Extractor {
    /// Reads the tables of any PDF or text, whatever the document. Their answers are left open.
    ///
    /// # Errors
    /// Where the bytes are no readable PDF or text, or pass a limit.
    pub fn tables(&self, bytes: &[u8]) -> Result<Vec<Table>, Error> {
        let layout = self.any_layout(bytes)?;
        let stretches = if layout.is_placed() { Vec::new() } else { without_heads(&layout) };
        let finder = table::Finder::new(&layout, &self.limits);
        let find = |(lines, labels): (Range<usize>, Vec<usize>)| finder.find(lines, &labels);
        let mut tables: Vec<Table> = match stretches.is_empty() {
            true => find((0..layout.lines.len(), Vec::new())).into_iter().map(|found| found.table).collect(),
            false => stretches.into_iter().flat_map(find).map(|found| found.table).collect(),
        };
        for (index, table) in tables.iter_mut().enumerate() {
            table.id = format!("t{}", index + 1);
            if !self.checks {
                table.checks.clear();
            }
        }
        Ok(tables)
    }

    /// Reads the text in reading order: one paragraph a line, the rows of tables as lines with their cells parted by
    /// tabs. `whole` leaves out running heads, page numbers and the like, and joins paragraphs over pages; else
    /// every word of the document is there, in its place.
    ///
    /// # Errors
    /// Where the bytes are no readable PDF or text, or pass a limit.
    pub fn prose(&self, bytes: &[u8], whole: bool) -> Result<String, Error> {
        let mut layout = self.any_layout(bytes)?;
        layout.marks.clear();
        Ok(prose(&layout, whole, &TableRows::of(&layout)))
    }

    /// Reads the text of a PDF in the order in which its pages draw it, a form feed behind each: nothing is moved,
    /// joined or left out, as `pdftotext -raw` does it. A text is given back as it is.
    ///
    /// # Errors
    /// Where the bytes are no readable PDF or text, or pass a limit.
    pub fn drawn_text(&self, bytes: &[u8]) -> Result<String, Error> {
        match source::sniff(bytes) {
            Format::Text => Ok(source::text::decode(bytes, &self.limits)?.text),
            Format::Pdf => self.pdf_drawn_text(bytes),
        }
    }

    /// Draws each page of a PDF as an SVG picture of what was read from it: words, rules, edges, cells, tables.
    ///
    /// # Errors
    /// Where the bytes are no readable PDF, or pass a limit.
    pub fn pictures(&self, bytes: &[u8]) -> Result<Vec<String>, Error> {
        if source::sniff(bytes) != Format::Pdf {
            return Err(Error::NotPdf { reason: "only a PDF has pages to draw".to_owned() });
        }
        let layout = self.any_layout(bytes)?;
        let tables = table::Finder::new(&layout, &self.limits).find(0..layout.lines.len(), &[]);
        let mut pictures: Vec<Picture> =
            layout.pages.iter().map(|page| Picture::new(page.width, page.height)).collect();
        for (index, page) in pictures.iter_mut().enumerate() {
            draw_page(&layout, index, page);
        }
        for found in &tables {
            draw_table(&found.table, &mut pictures);
        }
        Ok(pictures.into_iter().map(Picture::into_svg).collect())
    }

    /// The layout of a PDF or a text, its running lines told.
    pub(super) fn any_layout(&self, bytes: &[u8]) -> Result<Layout, Error> {
        let mut layout = match source::sniff(bytes) {
            Format::Text => crate::layout::lines::text_to_layout(source::text::decode(bytes, &self.limits)?.text),
            Format::Pdf => self.pdf_layout(bytes)?,
        };
        furniture::mark(&mut layout);
        Ok(layout)
    }

    #[cfg(feature = "pdf")]
    fn pdf_layout(&self, bytes: &[u8]) -> Result<Layout, Error> {
        source::pdf::read(bytes, &self.limits, self.engine)
    }

    #[cfg(feature = "pdf")]
    fn pdf_drawn_text(&self, bytes: &[u8]) -> Result<String, Error> {
        source::pdf::read_drawn(bytes, &self.limits, self.engine)
    }

    #[cfg(not(feature = "pdf"))]
    fn pdf_drawn_text(&self, _: &[u8]) -> Result<String, Error> {
        Err(Error::NotPdf { reason: "this build reads no PDF".to_owned() })
    }

    #[cfg(not(feature = "pdf"))]
    fn pdf_layout(&self, _: &[u8]) -> Result<Layout, Error> {
        Err(Error::NotPdf { reason: "this build reads no PDF".to_owned() })
    }
}

/// The lines of the written questions of a text without their heads, which in a text look like rows of names and numbers,
/// and with each stretch the lines that begin answers; none where a stretch of the text is no written question.
fn without_heads(layout: &Layout) -> Vec<(Range<usize>, Vec<usize>)> {
    let opened: Result<Vec<_>, _> =
        structure::split(layout).into_iter().map(|lines| structure::open(layout, lines)).collect();
    let stretches = |opened: &structure::Opened| {
        let [question, reply] = opened.lines_without_heads();
        [(question, Vec::new()), (reply, opened.label_lines(layout))]
    };
    opened.iter().flatten().flat_map(stretches).collect()
}

/// The share of the margin that a line fills, at least, for the next to go on with its paragraph: heads of letters are
/// short lines one below the other.
const FULL: f32 = 0.8;

/// The rows of tables, by the line in which each begins.
struct TableRows {
    rows: HashMap<usize, Vec<String>>,
    /// Lines that are in some row.
    held: HashSet<usize>,
    /// The first bytes of cells that were added.
    seen: HashSet<usize>,
}

impl TableRows {
    fn of(layout: &Layout) -> Self {
        let mut own = Self { rows: HashMap::new(), held: HashSet::new(), seen: HashSet::new() };
        for row in table::grids(layout, 0..layout.lines.len(), &[]).iter().flat_map(|grid| &grid.rows) {
            own.add(layout, row);
        }
        own
    }

    /// Adds a row; a cell that is repeated over columns or rows counts once.
    fn add(&mut self, layout: &Layout, row: &[GridCell]) {
        let mut texts: Vec<&str> = Vec::new();
        let mut first = usize::MAX;
        for cell in row {
            let repeated = cell.bytes.first().is_some_and(|bytes| !self.seen.insert(bytes.start));
            texts.push(if repeated { "" } else { &cell.text });
            if !repeated {
                let lines =
                    cell.bytes.iter().map(|bytes| layout.lines.partition_point(|l| l.end as usize <= bytes.start));
                lines.for_each(|line| {
                    first = first.min(line);
                    self.held.insert(line);
                });
            }
        }
        self.rows.entry(first).or_default().push(texts.join("\t").trim_end().to_owned());
    }
}

fn prose(layout: &Layout, whole: bool, tables: &TableRows) -> String {
    let measure = Measure::of(layout, 0..layout.lines.len());
    let addresses = Addresses::of(layout, 0..layout.lines.len());
    let mut out = String::with_capacity(layout.text.len());
    let mut paragraph: Vec<Piece> = Vec::new();
    for (index, line) in layout.lines.iter().enumerate() {
        if whole && matches!(line.role, Role::Running | Role::LinkTail) {
            continue;
        }
        let last = paragraph.last().map(|piece| piece.line);
        if tables.held.contains(&index) {
            flush(layout, &mut paragraph, &addresses, &mut out);
            for row in tables.rows.get(&index).into_iter().flatten() {
                out.push_str(row);
                out.push('\n');
            }
            continue;
        }
        let goes_on = last.is_some_and(|last| {
            let alike = layout.lines.get(last).is_some_and(|above| above.role == line.role && above.bold == line.bold);
            let item = begins_item(layout.line_text(index)) && !measure.is_open(layout, last, index);
            alike
                && !item
                && !has_leader(layout.line_text(last))
                && measure.is_full(layout, last, index, FULL)
                && measure.continues(layout, last, index, false)
        });
        if !goes_on {
            flush(layout, &mut paragraph, &addresses, &mut out);
        }
        paragraph.push(Piece { line: index, bytes: line.start as usize..line.end as usize });
    }
    flush(layout, &mut paragraph, &addresses, &mut out);
    out
}

/// Whether a line is an entry of a list of contents: dots lead to its page.
fn has_leader(text: &str) -> bool {
    text.contains("....") || text.contains(". . . .")
}

/// Whether a line begins with a bullet or a number as items have.
fn begins_item(text: &str) -> bool {
    let mark = text.split(' ').next().unwrap_or("");
    let core = mark.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let short = core.len() <= 4 && core.len() < mark.len();
    bullet(text).is_some() || short && core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn flush(layout: &Layout, paragraph: &mut Vec<Piece>, addresses: &Addresses, out: &mut String) {
    if !paragraph.is_empty() {
        out.push_str(&join(layout, paragraph, addresses));
        out.push('\n');
        paragraph.clear();
    }
}

fn draw_page(layout: &Layout, index: usize, picture: &mut Picture) {
    let Some(page) = layout.pages.get(index) else { return };
    page.shades.iter().for_each(|area| picture.draw(Layer::Shade, *area));
    page.rules.iter().for_each(|rule| picture.draw(Layer::Rule, rule.area));
    let (edges, cells) = drawn(layout, index as u32);
    edges.into_iter().for_each(|edge| picture.draw(Layer::Edge, edge));
    cells.into_iter().for_each(|cell| picture.draw(Layer::Cell, cell));
    let lines = layout.lines.iter().enumerate().filter(|(_, line)| line.page as usize == index);
    for (number, line) in lines {
        let layer = if line.role == Role::Body { Layer::Word } else { Layer::Furniture };
        for word in layout.line_words(number) {
            picture.write(layer, Rect { x: word.x, y: line.y }, layout.word_text(word));
        }
    }
}

/// Draws a box around each cell of a table, and one around them all.
fn draw_table(table: &Table, pictures: &mut [Picture]) {
    let mut whole: HashMap<u32, Rect> = HashMap::new();
    for span in table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| &cell.span)) {
        for place in std::iter::once(span).chain(&span.also) {
            let (Some(page), Some([x0, y0, x1, y1])) = (place.page, place.bbox) else { continue };
            let area = Rect::new(x0 as f32, y0 as f32, x1 as f32, y1 as f32);
            whole.entry(page).and_modify(|known| *known = known.union(area)).or_insert(area);
            if let Some(picture) = (page as usize).checked_sub(1).and_then(|page| pictures.get_mut(page)) {
                picture.draw(Layer::Filled, area);
            }
        }
    }
    for (page, area) in whole {
        if let Some(picture) = (page as usize).checked_sub(1).and_then(|page| pictures.get_mut(page)) {
            picture.draw(Layer::Table, area);
        }
    }
}
