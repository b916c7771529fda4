//! The first engine: opens the file, walks its pages, and gathers what stands beside their content streams.

use super::bounds::{Budget, check_structure};
use super::content::{Interpreter, Shared};
use super::font::Fonts;
use super::matrix::Matrix;
use super::{Engine, Sink};
use crate::error::Error;
use crate::geometry::Rect;
use crate::layout::glyphs::{LinkBox, PageContent};
use crate::limits::{Limit, Limits};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::borrow::Cow;
use std::collections::HashSet;

/// Reads with the crate's syntax and fonts and an interpreter of our own.
pub(super) struct Native;

impl Engine for Native {
    fn pages(&self, bytes: &[u8], limits: &Limits, sink: Sink<'_>) -> Result<(), Error> {
        let mut budget = Budget::new(limits);
        check_structure(bytes, &mut budget)?;
        let pdf = Pdf::new(bytes.to_vec()).map_err(load_error)?;
        let pages = pdf.pages();
        if pages.is_empty() {
            return Err(Error::NotPdf { reason: "it has no pages".to_owned() });
        }
        let count = pages.len() as u64;
        if count > limits.pages {
            return Err(Error::OverLimit { limit: Limit::Pages, found: count, allowed: limits.pages });
        }
        let mut shared = Shared { fonts: Fonts::new(limits), budget, hidden: hidden_content(&pdf) };
        for (index, page) in pages.iter().enumerate() {
            sink(index, read_page(page, &mut shared)?);
        }
        Ok(())
    }
}

fn load_error(error: LoadPdfError) -> Error {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::Encrypted,
        LoadPdfError::Decryption(_) => {
            Error::NotPdf { reason: "it is encrypted in a way that is not known".to_owned() }
        }
        LoadPdfError::Invalid => Error::NotPdf { reason: "its objects and pages cannot be found".to_owned() },
    }
}

fn read_page<'a>(page: &'a Page<'a>, shared: &mut Shared<'a, '_>) -> Result<PageContent, Error> {
    let (width, height) = page.render_dimensions();
    let matrix = Matrix(page.initial_transform(true).as_coeffs());
    let mut content = Cow::Borrowed(&[][..]);
    for stream in content_streams(page) {
        match shared.budget.unpack(&stream)? {
            Some(bytes) if content.is_empty() => content = bytes,
            Some(bytes) => {
                content.to_mut().push(b' ');
                content.to_mut().extend_from_slice(&bytes);
            }
            None => {}
        }
    }
    let mut interpreter = Interpreter::new(shared, width, height, matrix);
    interpreter.expect(content.len());
    interpreter.run(&content, page.resources())?;
    let mut shown = interpreter.into_page();
    shared.fonts.check()?;
    shown.links = links(page, matrix);
    Ok(shown)
}

/// The streams of a page's content, which run as one.
fn content_streams<'a>(page: &'a Page<'a>) -> Vec<Stream<'a>> {
    if let Some(stream) = page.raw().get::<Stream<'_>>(keys::CONTENTS) {
        return vec![stream];
    }
    page.raw().get::<Array<'_>>(keys::CONTENTS).map_or_else(Vec::new, |array| array.iter::<Stream<'_>>().collect())
}

/// The link annotations of a page that lead to an address.
fn links(page: &Page<'_>, matrix: Matrix) -> Vec<LinkBox> {
    let Some(annotations) = page.raw().get::<Array<'_>>(keys::ANNOTS) else { return Vec::new() };
    annotations.iter::<Dict<'_>>().filter_map(|annotation| link(&annotation, matrix)).collect()
}

fn link(annotation: &Dict<'_>, matrix: Matrix) -> Option<LinkBox> {
    if annotation.get::<Name<'_>>(keys::SUBTYPE).as_deref() != Some(b"Link") {
        return None;
    }
    let action = annotation.get::<Dict<'_>>(keys::A)?;
    let url = action.get::<PdfString<'_>>(keys::URI)?;
    let url = String::from_utf8_lossy(url.as_bytes()).trim().to_owned();
    let [x0, y0, x1, y1] = annotation.get::<[f64; 4]>(keys::RECT)?;
    let (from, to) = (matrix.apply(x0, y0), matrix.apply(x1, y1));
    let area = Rect::new(from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1));
    (!url.is_empty()).then_some(LinkBox { url, area })
}

/// The layers that a reader does not show when the file is opened, by object number.
fn hidden_content(pdf: &Pdf) -> HashSet<u32> {
    let xref = pdf.xref();
    let off = xref
        .get::<Dict<'_>>(xref.root_id())
        .and_then(|root| root.get::<Dict<'_>>(b"OCProperties"))
        .and_then(|properties| properties.get::<Dict<'_>>(keys::D))
        .and_then(|config| config.get::<Array<'_>>(keys::OFF));
    off.map_or_else(HashSet::new, |off| {
        off.raw_iter().filter_map(|group| group.as_obj_ref()).map(|reference| reference.obj_number).collect()
    })
}
