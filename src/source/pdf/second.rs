//! The second engine: another crate, asked where the first finds no text. It knows characters and paths, no links and
//! no bold type; a page that makes it panic is an empty page.

use super::bounds::{Budget, check_all_streams};
use super::matrix::{Matrix, heading};
use super::paint::Path;
use super::{Engine, Sink};
use crate::error::Error;
use crate::geometry::Rect;
use crate::layout::glyphs::{Glyph, PageContent};
use crate::limits::{Limit, Limits};
use pdf_extract::{
    ColorSpace, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, PathOp, Transform, output_doc_page,
};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads with `pdf-extract`.
pub(super) struct Second;

/// What a space is as a share of the size: this engine does not tell.
const USUAL_SPACE: f32 = 0.26;

impl Engine for Second {
    fn pages(&self, bytes: &[u8], limits: &Limits, sink: Sink<'_>) -> Result<(), Error> {
        check_all_streams(bytes, &mut Budget::new(limits))?;
        let broken = |reason: &str| Error::NotPdf { reason: reason.to_owned() };
        let mut document = Document::load_mem(bytes).map_err(|_| broken("its objects cannot be found"))?;
        if document.is_encrypted() && document.decrypt("").is_err() {
            return Err(Error::Encrypted);
        }
        if nests_too_deep(&document) {
            return Err(broken("its forms lie too deep in each other"));
        }
        let numbers: Vec<u32> = document.get_pages().into_keys().collect();
        let count = numbers.len() as u64;
        if count > limits.pages {
            return Err(Error::OverLimit { limit: Limit::Pages, found: count, allowed: limits.pages });
        }
        for (index, number) in numbers.into_iter().enumerate() {
            let mut gatherer = Gatherer { page: PageContent::default(), matrix: Matrix::IDENTITY };
            let run = AssertUnwindSafe(|| output_doc_page(&document, &mut gatherer, number));
            // What was gathered before an error or a panic is kept.
            let _ = catch_unwind(run);
            sink(index, gatherer.page);
        }
        Ok(())
    }
}

/// Forms in forms that the engine runs: each takes its stack, and nothing catches one that overflows.
const FORM_DEPTH: usize = 24;

/// Whether forms draw forms deeper than the engine can bear, or draw themselves.
fn nests_too_deep(document: &Document) -> bool {
    let mut layer: HashSet<ObjectId> = document.objects.keys().copied().collect();
    // What is left after so many steps down lies that deep, or in a ring.
    for _ in 0..FORM_DEPTH {
        layer =
            layer.iter().filter_map(|id| document.objects.get(id)).flat_map(|form| drawn_by(document, form)).collect();
        if layer.is_empty() {
            return false;
        }
    }
    true
}

/// The forms and images among the resources of a stream.
fn drawn_by(document: &Document, object: &Object) -> Vec<ObjectId> {
    let resolved = |object: &Object| document.dereference(object).ok().map(|(_, found)| found.clone());
    let Ok(stream) = object.as_stream() else { return Vec::new() };
    let resources = stream.dict.get(b"Resources").ok().and_then(resolved);
    let drawn = resources.and_then(|found| found.as_dict().ok()?.get(b"XObject").ok().and_then(resolved));
    let Some(drawn) = drawn else { return Vec::new() };
    drawn
        .as_dict()
        .map(|names| names.iter().filter_map(|(_, form)| form.as_reference().ok()).collect())
        .unwrap_or_default()
}

struct Gatherer {
    page: PageContent,
    /// From the crate's coordinates to the page's.
    matrix: Matrix,
}

impl Gatherer {
    fn matrix(&self, transform: &Transform) -> Matrix {
        let t = transform;
        Matrix([t.m11, t.m12, t.m21, t.m22, t.m31, t.m32]).then(self.matrix)
    }

    fn path(&self, transform: &Transform, path: &pdf_extract::Path) -> Path {
        let matrix = self.matrix(transform);
        let mut out = Path::default();
        for op in &path.ops {
            match *op {
                PathOp::MoveTo(x, y) => out.move_to(matrix.apply(x, y)),
                PathOp::LineTo(x, y) => out.line_to(matrix.apply(x, y)),
                PathOp::CurveTo(_, _, _, _, x, y) => out.curve_to(matrix.apply(x, y)),
                PathOp::Rect(x, y, width, height) => out.rectangle(matrix, [x, y, width, height]),
                PathOp::Close => out.close(),
            }
        }
        out
    }

    fn clip(&self) -> Rect {
        Rect::new(0.0, 0.0, self.page.width, self.page.height)
    }
}

impl OutputDev for Gatherer {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.page.width = (media.urx - media.llx) as f32;
        self.page.height = (media.ury - media.lly) as f32;
        self.matrix = Matrix([1.0, 0.0, 0.0, -1.0, -media.llx, media.ury]);
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        transform: &Transform,
        width: f64,
        spacing: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let matrix = self.matrix(transform);
        let start = self.page.text.len() as u32;
        self.page.text.push_str(text);
        let end = self.page.text.len() as u32;
        let size_on_page = (size.abs() * matrix.height_scale()) as f32;
        let (from, to) = (matrix.apply(0.0, 0.0), matrix.apply(width * size + spacing, 0.0));
        let direction = heading(from, to);
        let space = USUAL_SPACE * size_on_page;
        self.page.glyphs.push(Glyph { start, end, from, to, size: size_on_page, space, bold: false, direction });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(
        &mut self,
        transform: &Transform,
        _: &ColorSpace,
        _: &[f64],
        path: &pdf_extract::Path,
    ) -> Result<(), OutputError> {
        let (path, clip) = (self.path(transform, path), self.clip());
        path.stroke(1.0, &clip, &mut self.page);
        Ok(())
    }

    fn fill(
        &mut self,
        transform: &Transform,
        _: &ColorSpace,
        colour: &[f64],
        path: &pdf_extract::Path,
    ) -> Result<(), OutputError> {
        let white = colour.len() != 4 && !colour.is_empty() && colour.iter().all(|&part| part >= 0.99);
        if !white {
            let (path, clip) = (self.path(transform, path), self.clip());
            path.fill(&clip, &mut self.page);
        }
        Ok(())
    }
}
