//! Text: the instructions that place it, and the glyphs that strings show.

use super::Interpreter;
use super::shown::Part;
use crate::layout::glyphs::{Direction, Glyph, PageContent};
use crate::source::pdf::font::FontFace;
use crate::source::pdf::matrix::{Matrix, heading};
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Number, Object};

/// Glyphs that one page keeps: a page of the smallest print has about 30,000.
const MOST_GLYPHS: usize = 1_000_000;

/// Type smaller than this, in points, is not there to be read.
const SMALLEST_SIZE: f32 = 0.5;

impl<'a> Interpreter<'_, 'a, '_> {
    pub(super) fn step_text(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
        use TypedInstruction as T;
        match instruction {
            T::BeginText(_) => self.set_text(Matrix::IDENTITY),
            T::CharacterSpacing(space) => self.state.character_space = space.0.as_f64(),
            T::WordSpacing(space) => self.state.word_space = space.0.as_f64(),
            T::HorizontalScaling(scale) => self.state.stretch = scale.0.as_f64() / 100.0,
            T::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            T::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            // Modes 2 and 6 fill and stroke: how bold is made where there is no bold font.
            T::TextRenderingMode(mode) => self.state.outlined = matches!(mode.0.as_f64() as i64, 2 | 6),
            T::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            T::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            T::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            T::SetTextMatrix(m) => self.set_text(Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f64))),
            T::ShowText(text) => self.show(&self.writing(), text.0.as_bytes()),
            T::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(&self.writing(), text.0.as_bytes());
            }
            T::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f64();
                self.state.character_space = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(&self.writing(), text.2.as_bytes());
            }
            T::ShowTexts(texts) => self.show_all(texts.0),
            _ => return false,
        }
        true
    }

    fn set_text(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_text(self.line.moved(x, y));
    }

    /// Moves by thousandths of the size, against the way of writing.
    fn move_along(&mut self, thousandths: f64) {
        let by = -thousandths / 1000.0 * self.state.size;
        let (x, y) = match self.face() {
            Some(face) if !face.is_horizontal() => (0.0, by),
            _ => (by * self.state.stretch, 0.0),
        };
        self.text = self.text.moved(x, y);
    }

    /// Shows the strings of an array, moved by the numbers between them.
    fn show_all(&mut self, texts: &Array<'_>) {
        if self.shown.read(texts.data()) {
            self.show_parts();
        } else {
            let writing = self.writing();
            for item in texts.iter::<Object<'_>>() {
                match item {
                    Object::String(text) => self.show(&writing, text.as_bytes()),
                    Object::Number(by) => self.move_along(by.as_f64()),
                    _ => {}
                }
            }
        }
    }

    /// Shows the array that was read last.
    pub(super) fn show_parts(&mut self) {
        let (shown, writing) = (std::mem::take(&mut self.shown), self.writing());
        for part in shown.parts() {
            match part {
                Part::Text(bytes) => self.show(&writing, bytes),
                Part::Move(by) => self.move_along(by),
            }
        }
        self.shown = shown;
    }

    /// How strings are written until the state or the lines' frame changes.
    fn writing(&self) -> Writing {
        let state = &self.state;
        let frame = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let on_page = self.text.then(state.matrix);
        let size = (state.size.abs() * on_page.height_scale()) as f32;
        let horizontal = self.face().is_none_or(FontFace::is_horizontal);
        Writing {
            size,
            visible: self.hiding == 0 && size >= SMALLEST_SIZE,
            direction: direction(frame.then(on_page), horizontal),
            horizontal,
        }
    }

    fn face(&self) -> Option<&FontFace<'a>> {
        self.shared.fonts.face(self.state.font?)
    }

    /// Shows a string: a glyph for each of its codes.
    fn show(&mut self, writing: &Writing, bytes: &[u8]) {
        let state = &self.state;
        let Some(face) = state.font.and_then(|index| self.shared.fonts.face_mut(index)) else { return };
        let &Writing { size, visible, direction, horizontal } = writing;
        let (space, bold) = (face.space * size * state.stretch.abs() as f32, face.bold || state.outlined);
        let place = |text: Matrix| {
            let [_, _, c, d, e, f] = text.0;
            state.matrix.apply(state.rise * c + e, state.rise * d + f)
        };
        let (mut offset, mut from) = (0, place(self.text));
        while offset < bytes.len() {
            let (code, length) = face.code(bytes, offset);
            offset += length;
            let meaning = face.meaning(code);
            let wide = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let along = meaning.advance / 1000.0 * state.size + state.character_space + wide;
            let (x, y) = if horizontal { (along * state.stretch, 0.0) } else { (0.0, along) };
            self.text = self.text.moved(x, y);
            let to = place(self.text);
            if visible && self.page.glyphs.len() < MOST_GLYPHS && is_on_page(from, to, &self.page) {
                let start = self.page.text.len() as u32;
                self.page.text.push_str(&meaning.text);
                let end = self.page.text.len() as u32;
                self.page.glyphs.push(Glyph { start, end, from, to, size, space, bold, direction });
            }
            from = to;
        }
    }
}

/// What the strings of an array have in common.
struct Writing {
    /// The size on the page, in points.
    size: f32,
    visible: bool,
    direction: Direction,
    /// Whether the font is written from left to right, not from top to bottom.
    horizontal: bool,
}

/// Which way a font writes in a frame: along its x axis, or down its y axis.
fn direction(frame: Matrix, horizontal: bool) -> Direction {
    let to = if horizontal { frame.apply(1.0, 0.0) } else { frame.apply(0.0, -1.0) };
    heading(frame.apply(0.0, 0.0), to)
}

/// Whether any of the glyph can lie on the page.
fn is_on_page(from: (f32, f32), to: (f32, f32), page: &PageContent) -> bool {
    let x = (from.0 + to.0) / 2.0;
    let y = (from.1 + to.1) / 2.0;
    (0.0..=page.width).contains(&x) && (0.0..=page.height).contains(&y)
}
