//! What is odd about the pages of a PDF, and what a second engine reads otherwise.
//!
//! Takes the bytes of a PDF and the layout that was read from them, gives diagnostics; changes nothing.
//!
//! ```text
//! page-odd         page 3 is a picture without text (scanned)
//! engines-differ   page 1: `Energie` is `Çpgtikg` to pdf-extract: the text of its font cannot be trusted
//! ```

use super::Extractor;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::geometry::{Rect, Span};
use crate::layout::Layout;
use crate::layout::opinion::{Difference, differences};
use crate::model::Format;
use crate::source::{self, PdfEngine};

/// Differences that are told one by one; of the others only how many there are.
const TOLD: usize = 25;

/// Characters of a passage that are quoted.
const QUOTED: usize = 60;

/// A picture that covers this share of a page without text is the page.
const COVERS: f32 = 0.5;

impl Extractor {
    /// Where the words of a PDF are others to its other engine; nothing for a text.
    ///
    /// # Errors
    /// Where the bytes are no readable PDF, or pass a limit.
    pub fn differences(&self, bytes: &[u8]) -> Result<Vec<Diagnostic>, Error> {
        match source::sniff(bytes) {
            Format::Text => Ok(Vec::new()),
            Format::Pdf => Ok(self.opinion(bytes, &source::pdf::read(bytes, &self.limits, self.engine)?)),
        }
    }

    /// What is to be told of a PDF before anybody asks what it says.
    pub(super) fn told_of_pages(&self, bytes: &[u8], layout: &Layout) -> Vec<Diagnostic> {
        let mut told = pictures_of_text(layout);
        if self.second_opinion {
            told.extend(self.opinion(bytes, layout));
        }
        told
    }

    fn opinion(&self, bytes: &[u8], layout: &Layout) -> Vec<Diagnostic> {
        let other = match self.engine {
            PdfEngine::Hayro => PdfEngine::PdfExtract,
            PdfEngine::PdfExtract => PdfEngine::Hayro,
        };
        match source::pdf::read(bytes, &self.limits, other) {
            Ok(theirs) => tell(layout, &differences(layout, &theirs), other),
            Err(error) => {
                let message = format!("{} gives no second opinion: {error}", name(other));
                vec![Diagnostic::info(Code::EnginesDiffer, message, Span::default())]
            }
        }
    }
}

const fn name(engine: PdfEngine) -> &'static str {
    match engine {
        PdfEngine::Hayro => "hayro",
        PdfEngine::PdfExtract => "pdf-extract",
    }
}

fn tell(layout: &Layout, found: &[Difference], other: PdfEngine) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = found.iter().take(TOLD).map(|one| tell_one(layout, one, name(other))).collect();
    if let Some(more) = found.len().checked_sub(TOLD).filter(|&more| more > 0) {
        let message = format!("{more} more passages are others to {}", name(other));
        told.push(Diagnostic::warning(Code::EnginesDiffer, message, Span::default()));
    }
    told
}

fn tell_one(layout: &Layout, one: &Difference, other: &str) -> Diagnostic {
    let page = one.page + 1;
    let message = match (one.ours.is_empty(), one.theirs.is_empty()) {
        (true, _) => format!("page {page}: {other} reads {} besides", quote(&one.theirs)),
        (_, true) => format!("page {page}: {other} does not read {}", quote(&one.ours)),
        _ => format!("page {page}: {} is {} to {other}", quote(&one.ours), quote(&one.theirs)),
    };
    let whole = || layout.pages.get(one.page as usize).map(|page| Rect::new(0.0, 0.0, page.width, page.height));
    let span = match layout.span(one.bytes.clone()) {
        span if span == Span::default() => whole().map_or(span, |area| Span::on_page(page, area)),
        span => span,
    };
    Diagnostic::warning(Code::EnginesDiffer, message, span)
}

fn quote(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", line.get(..end).unwrap_or("")),
        None => format!("`{line}`"),
    }
}

/// Pages without words that a picture covers: scanned ones among others that have text.
fn pictures_of_text(layout: &Layout) -> Vec<Diagnostic> {
    let scanned = |&(index, page): &(usize, &crate::layout::Page)| {
        let whole = page.width * page.height;
        whole > 0.0 && page.pictures >= COVERS * whole && !layout.lines.iter().any(|line| line.page as usize == index)
    };
    let tell = |(index, page): (usize, &crate::layout::Page)| {
        let (number, area) = (index as u32 + 1, Rect::new(0.0, 0.0, page.width, page.height));
        let message = format!("page {number} is a picture without text (scanned): nothing of it was read");
        Diagnostic::warning(Code::PageOdd, message, Span::on_page(number, area))
    };
    layout.pages.iter().enumerate().filter(scanned).map(tell).collect()
}
