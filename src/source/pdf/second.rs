//! The second engine: another crate, asked where the first finds no text. It knows characters and paths, no links and
//! no bold type; a page that makes it panic is an empty page.

mod drawing;

use super::bounds::{Budget, check_all_streams};
use super::matrix::{Matrix, heading};
use super::paint::Path;
use super::{Engine, Sink};
use crate::error::Error;
use crate::geometry::Rect;
use crate::layout::glyphs::{Glyph, PageContent};
use crate::limits::{Limit, Limits};
use drawing::check_drawing;
use pdf_extract::{ColorSpace, Document, MediaBox, OutputDev, OutputError, PathOp, Transform, output_doc_page};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads with `pdf-extract`.
pub(super) struct Second;

/// What a space is as a share of the size: this engine does not tell.
const USUAL_SPACE: f32 = 0.26;

impl Engine for Second {
    fn pages(&self, bytes: &[u8], limits: &Limits, sink: Sink<'_>) -> Result<(), Error> {
        check_all_streams(bytes, &mut Budget::new(limits))?;
        let mut document = Document::load_mem(bytes).map_err(|_| broken("its objects cannot be found"))?;
        if document.is_encrypted() && document.decrypt("").is_err() {
            return Err(Error::Encrypted);
        }
        let numbers: Vec<u32> = document.get_pages().into_keys().collect();
        let count = numbers.len() as u64;
        if count > limits.pages {
            return Err(Error::OverLimit { limit: Limit::Pages, found: count, allowed: limits.pages });
        }
        check_drawing(&document, limits)?;
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

fn broken(reason: &str) -> Error {
    Error::NotPdf { reason: reason.to_owned() }
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
