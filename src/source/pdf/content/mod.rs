//! Content streams: runs their instructions as far as they place text and rules, and skips the rest.
//!
//! Takes a page and the caches of its document, fills a [`PageContent`].
//!
//! ```text
//! BT … Tf … Td … Tj ET     text     glyphs
//! 68 614 m 395 614 l S     paths    rules and shades
//! /Fm0 Do                  forms    run in place
//! /Span <<…>> BDC … EMC    marks    other text, layers
//! ```

mod forms;
mod marks;
mod paths;
mod shown;
mod text;

use super::bounds::Budget;
use super::font::Fonts;
use super::matrix::Matrix;
use super::paint::Path;
use crate::error::Error;
use crate::geometry::Rect;
use crate::layout::glyphs::PageContent;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number};
use hayro_syntax::page::Resources;
use marks::Mark;
use shown::Shown;
use std::collections::{HashMap, HashSet};

/// The faces of a stream's fonts by their names in it.
type Faces = HashMap<Vec<u8>, Option<usize>>;

/// Saved states that are kept; ISO 32000-1 (annex C) asks for 28.
const DEEPEST_STATE: usize = 512;

/// Bytes of instructions for each glyph, at least, where writers kern most of them.
const USUAL_GLYPH: usize = 5;

/// Glyphs that room is made for at once: so many that allocators do not ask the system for each page anew.
const MOST_EXPECTED: usize = 3500;

/// The graphics state, as far as text and rules need it.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    clip: Rect,
    pen: f64,
    stroke_white: bool,
    fill_white: bool,
    font: Option<usize>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    outlined: bool,
}

/// What the pages of a document share.
pub(super) struct Shared<'a, 'l> {
    pub fonts: Fonts<'a>,
    pub budget: Budget<'l>,
    /// Optional content that is switched off, by object number.
    pub hidden: HashSet<u32>,
}

/// Runs content streams on one page.
pub(super) struct Interpreter<'s, 'a, 'l> {
    shared: &'s mut Shared<'a, 'l>,
    page: PageContent,
    state: State,
    saved: Vec<State>,
    skipped_saves: usize,
    text: Matrix,
    line: Matrix,
    path: Path,
    clips: bool,
    start: (f64, f64),
    marks: Vec<Mark>,
    hiding: usize,
    depth: usize,
    shown: Shown,
}

impl<'s, 'a, 'l> Interpreter<'s, 'a, 'l> {
    /// Ready to run on a page of this size, in points; the matrix leads to its upright place.
    pub(super) fn new(shared: &'s mut Shared<'a, 'l>, width: f32, height: f32, matrix: Matrix) -> Self {
        let state = State {
            matrix,
            clip: Rect::new(0.0, 0.0, width, height),
            pen: 1.0,
            stroke_white: false,
            fill_white: false,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            outlined: false,
        };
        Self {
            shared,
            page: PageContent { width, height, ..PageContent::default() },
            state,
            saved: Vec::new(),
            skipped_saves: 0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Path::default(),
            clips: false,
            start: (0.0, 0.0),
            marks: Vec::new(),
            hiding: 0,
            depth: 0,
            shown: Shown::default(),
        }
    }

    /// What the page shows.
    pub(super) fn into_page(self) -> PageContent {
        self.page
    }

    /// Makes room for what a page's instructions of this length show, usually.
    pub(super) fn expect(&mut self, length: usize) {
        let glyphs = (length / USUAL_GLYPH).min(MOST_EXPECTED);
        self.page.glyphs.reserve(glyphs);
        self.page.text.reserve(glyphs);
    }

    /// Runs a content stream.
    pub(super) fn run(&mut self, content: &[u8], resources: &Resources<'a>) -> Result<(), Error> {
        let (mut faces, mut rest) = (Faces::new(), content);
        while let Some((before, behind)) = self.shown.read_next(rest) {
            // What is run before may show arrays too, but none that is read here.
            let shown = std::mem::take(&mut self.shown);
            self.run_stretch(before, resources, &mut faces)?;
            self.shown = shown;
            self.show_parts();
            rest = behind;
        }
        self.run_stretch(rest, resources, &mut faces)
    }

    /// Runs instructions one by one.
    fn run_stretch(&mut self, content: &[u8], resources: &Resources<'a>, faces: &mut Faces) -> Result<(), Error> {
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            match instruction {
                TypedInstruction::XObject(name) => self.draw_object(name.0, resources)?,
                TypedInstruction::TextFont(font) => {
                    let name: &[u8] = font.0.as_ref();
                    let index = match faces.get(name) {
                        Some(&index) => index,
                        None => {
                            let index = self.find_font(font.0, resources)?;
                            faces.insert(name.to_vec(), index);
                            index
                        }
                    };
                    self.state.font = index;
                    self.state.size = font.1.as_f64();
                }
                TypedInstruction::BeginMarkedContent(_) => self.open_mark(None, false),
                TypedInstruction::BeginMarkedContentWithProperties(mark) => {
                    self.open_properties(mark.0, mark.1, resources);
                }
                TypedInstruction::EndMarkedContent(_) => self.close_mark(),
                TypedInstruction::SetGraphicsState(name) => self.set_state(name.0, resources)?,
                other => self.step(&other),
            }
        }
        Ok(())
    }

    fn find_font(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<Option<usize>, Error> {
        let Some(dict) = resources.get_font(name) else { return Ok(None) };
        self.shared.fonts.index(&dict, &self.shared.budget)
    }

    fn set_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<(), Error> {
        let Some(dict) = resources.get_ext_g_state(name) else { return Ok(()) };
        if let Some(width) = dict.get::<f32>(b"LW") {
            self.state.pen = f64::from(width);
        }
        if let Some(font) = dict.get::<Array<'_>>(b"Font") {
            let mut entries = font.flex_iter();
            if let (Some(dict), Some(size)) = (entries.next::<Dict<'_>>(), entries.next::<Number>()) {
                self.state.font = self.shared.fonts.index(&dict, &self.shared.budget)?;
                self.state.size = size.as_f64();
            }
        }
        Ok(())
    }

    /// The instructions that need nothing from outside.
    fn step(&mut self, instruction: &TypedInstruction<'_, '_>) {
        use TypedInstruction as T;
        match instruction {
            T::SaveState(_) => self.save(),
            T::RestoreState(_) => self.restore(),
            T::Transform(m) => {
                let [a, b, c, d, e, f] = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f64);
                self.state.matrix = Matrix([a, b, c, d, e, f]).then(self.state.matrix);
            }
            T::LineWidth(width) => self.state.pen = width.0.as_f64(),
            _ => {
                if !self.step_text(instruction) && !self.step_path(instruction) {
                    self.step_colour(instruction);
                }
            }
        }
    }

    fn save(&mut self) {
        if self.saved.len() < DEEPEST_STATE {
            self.saved.push(self.state.clone());
        } else {
            self.skipped_saves += 1;
        }
    }

    fn restore(&mut self) {
        if self.skipped_saves > 0 {
            self.skipped_saves -= 1;
        } else if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }
}
