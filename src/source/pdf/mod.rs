//! Bytes of a PDF to what its pages show: glyphs, rules, shaded areas and links, each with its place.
//!
//! Takes the file's bytes, gathers a [`PageContent`] for each page and has `layout` make lines of them. Places are in
//! points with the origin at the page's top left, `y` growing downwards, rotated pages upright. Nothing is drawn: no
//! outlines, no images, no colours beyond "white or not". No other folder names a PDF crate.
//!
//! ```text
//! BT /F1 10 Tf 71 767 Td [(H)2(oe)-3(veel)] TJ ET   → glyphs H o e v e e l at (71, 74.4) … size 10
//! 68 614 m 395 614 l S                              → a rule from (68, 227.4) to (395, 227.4)
//! /Annots [<< /URI (https://…) /Rect […] >>]        → a link
//! ```

mod bounds;
mod content;
mod font;
mod matrix;
mod native;
mod paint;
#[cfg(feature = "second-opinion")]
mod second;

use super::PdfEngine;
use crate::error::Error;
use crate::layout::Layout;
use crate::layout::drawn::push_drawn;
use crate::layout::glyphs::PageContent;
use crate::layout::pages::Pages;
use crate::limits::{Limit, Limits};
use std::time::{Duration, Instant};

/// Takes the pages as they are read: the page's index, and what it shows.
type Sink<'s> = &'s mut dyn FnMut(usize, PageContent);

/// What reads a PDF: takes the bytes, gives its pages one by one, so that no more than one is held at a time.
trait Engine {
    /// Reads all pages in order.
    fn pages(&self, bytes: &[u8], limits: &Limits, sink: Sink<'_>) -> Result<(), Error>;
}

/// Reads a PDF.
///
/// # Errors
/// Where it is no PDF, asks for a password, holds no text, or passes a limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits, engine: PdfEngine) -> Result<Layout, Error> {
    read_timed(bytes, limits, engine, &mut Duration::default())
}

/// The same, and adds the time that making lines of the pages took.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_timed(
    bytes: &[u8],
    limits: &Limits,
    engine: PdfEngine,
    lines: &mut Duration,
) -> Result<Layout, Error> {
    let mut pages = Pages::default();
    read_pages(bytes, limits, engine, &mut |index, page| {
        let begun = Instant::now();
        pages.push(index, page);
        *lines += begun.elapsed();
    })?;
    let begun = Instant::now();
    let layout = pages.finish();
    *lines += begun.elapsed();
    Ok(layout)
}

/// Reads the text of a PDF in the order in which its pages draw it.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_drawn(bytes: &[u8], limits: &Limits, engine: PdfEngine) -> Result<String, Error> {
    let mut text = String::new();
    read_pages(bytes, limits, engine, &mut |index, page| {
        if index == 0 {
            text.clear();
        }
        push_drawn(page, &mut text);
    })?;
    Ok(text)
}

/// Reads the pages of a PDF. A page with index 0 that comes a second time begins the document anew: the second engine
/// has taken over.
fn read_pages(bytes: &[u8], limits: &Limits, engine: PdfEngine, sink: Sink<'_>) -> Result<(), Error> {
    let size = bytes.len() as u64;
    if size > limits.pdf_bytes {
        return Err(Error::OverLimit { limit: Limit::PdfBytes, found: size, allowed: limits.pdf_bytes });
    }
    if engine == PdfEngine::PdfExtract {
        return second(bytes, limits, sink);
    }
    match run(&native::Native, bytes, limits, sink) {
        Err(error @ (Error::NotPdf { .. } | Error::Scanned)) => second(bytes, limits, sink).or(Err(error)),
        done => done,
    }
}

/// Asks the second engine, where it is built in.
#[cfg(feature = "second-opinion")]
fn second(bytes: &[u8], limits: &Limits, sink: Sink<'_>) -> Result<(), Error> {
    run(&second::Second, bytes, limits, sink)
}

#[cfg(not(feature = "second-opinion"))]
fn second(_: &[u8], _: &Limits, _: Sink<'_>) -> Result<(), Error> {
    Err(Error::NotPdf {
        reason: "this build has no second engine: build it with the feature second-opinion".to_owned(),
    })
}

/// Runs an engine: an error where it finds no text. A panic inside it, the last net, is a PDF that it cannot read.
fn run(engine: &dyn Engine, bytes: &[u8], limits: &Limits, sink: Sink<'_>) -> Result<(), Error> {
    let mut has_text = false;
    let mut watch = |index, page: PageContent| {
        has_text |= page.has_text();
        sink(index, page);
    };
    let read = std::panic::AssertUnwindSafe(|| engine.pages(bytes, limits, &mut watch));
    match std::panic::catch_unwind(read) {
        Ok(done) => done?,
        Err(_) => return Err(Error::NotPdf { reason: "its structure is broken beyond repair".to_owned() }),
    }
    if has_text { Ok(()) } else { Err(Error::Scanned) }
}
