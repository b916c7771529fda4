//! Content streams: runs their instructions as far as they place text and rules, and skips the rest.
//!
//! Takes a page and the caches of its document, fills a [`PageContent`]. Forms are run in place, to a depth; the
//! bytes of each are counted every time it is drawn, so that forms that draw forms that draw forms come to an end.

use super::bounds::Budget;
use super::font::Fonts;
use super::matrix::Matrix;
use super::paint::{self, Path};
use crate::error::Error;
use crate::geometry::Rect;
use crate::layout::glyphs::{Direction, Glyph, PageContent};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;
use std::collections::{HashMap, HashSet};

/// Forms within forms that are followed; real files have three or four.
const DEEPEST_FORM: usize = 24;

/// What drawing a form costs besides its bytes, in bytes: forms that draw forms grow by powers.
const FORM_COST: u64 = 4096;

/// Saved states that are kept; ISO 32000-1 (annex C) asks for 28.
const DEEPEST_STATE: usize = 512;

/// Glyphs that one page keeps: a page of the smallest print has about 30,000.
const MOST_GLYPHS: usize = 1_000_000;

/// Type smaller than this, in points, is not there to be read.
const SMALLEST_SIZE: f32 = 0.5;

/// A colour of which each part is at least this is white: nothing is seen on paper.
const WHITE: f32 = 0.99;

/// Characters of an `ActualText` that may replace glyphs: more is the text of a whole paragraph, whose glyphs say
/// better where each word stands.
const LONGEST_ACTUAL_TEXT: usize = 12;

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

/// A stretch of marked content that is open.
struct Mark {
    actual_text: Option<String>,
    first_glyph: usize,
    hides: bool,
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
        }
    }

    /// What the page shows.
    pub(super) fn into_page(self) -> PageContent {
        self.page
    }

    /// Runs a content stream.
    pub(super) fn run(&mut self, content: &[u8], resources: &Resources<'a>) -> Result<(), Error> {
        let mut faces: HashMap<Vec<u8>, Option<usize>> = HashMap::new();
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
        self.shared.fonts.index(&dict, &mut self.shared.budget)
    }

    fn set_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<(), Error> {
        let Some(dict) = resources.get_ext_g_state(name) else { return Ok(()) };
        if let Some(width) = dict.get::<f32>(b"LW") {
            self.state.pen = f64::from(width);
        }
        if let Some(font) = dict.get::<Array<'_>>(b"Font") {
            let mut entries = font.flex_iter();
            if let (Some(dict), Some(size)) = (entries.next::<Dict<'_>>(), entries.next::<Number>()) {
                self.state.font = self.shared.fonts.index(&dict, &mut self.shared.budget)?;
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

    fn step_text(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
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
            T::ShowText(text) => self.show(text.0.as_bytes()),
            T::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0.as_bytes());
            }
            T::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f64();
                self.state.character_space = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2.as_bytes());
            }
            T::ShowTexts(texts) => {
                for item in texts.0.iter::<Object<'_>>() {
                    match item {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(by) => self.move_along(by.as_f64()),
                        _ => {}
                    }
                }
            }
            _ => return false,
        }
        true
    }

    fn step_path(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
        use TypedInstruction as T;
        match instruction {
            T::MoveTo(to) => {
                self.start = (to.0.as_f64(), to.1.as_f64());
                self.path.move_to(self.state.matrix.apply(self.start.0, self.start.1));
            }
            T::LineTo(to) => self.path.line_to(self.state.matrix.apply(to.0.as_f64(), to.1.as_f64())),
            T::CubicTo(to) => self.path.curve_to(self.state.matrix.apply(to.4.as_f64(), to.5.as_f64())),
            T::CubicStartTo(to) => self.path.curve_to(self.state.matrix.apply(to.2.as_f64(), to.3.as_f64())),
            T::CubicEndTo(to) => self.path.curve_to(self.state.matrix.apply(to.2.as_f64(), to.3.as_f64())),
            T::ClosePath(_) => self.path.close(),
            T::RectPath(r) => {
                self.path.rectangle(self.state.matrix, [&r.0, &r.1, &r.2, &r.3].map(Number::as_f64));
            }
            T::ClipNonZero(_) | T::ClipEvenOdd(_) => self.clips = true,
            T::EndPath(_) => self.paint(false, false),
            T::StrokePath(_) => self.paint(true, false),
            T::CloseAndStrokePath(_) => {
                self.path.close();
                self.paint(true, false);
            }
            T::FillPathNonZero(_) | T::FillPathNonZeroCompatibility(_) | T::FillPathEvenOdd(_) => {
                self.paint(false, true)
            }
            T::FillAndStrokeNonZero(_) | T::FillAndStrokeEvenOdd(_) => self.paint(true, true),
            T::CloseFillAndStrokeNonZero(_) | T::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(true, true);
            }
            _ => return false,
        }
        true
    }

    fn step_colour(&mut self, instruction: &TypedInstruction<'_, '_>) {
        use TypedInstruction as T;
        let light = |parts: &[&Number]| parts.iter().all(|part| part.as_f32() >= WHITE);
        let inkless = |parts: &[&Number]| parts.iter().all(|part| part.as_f32() <= 1.0 - WHITE);
        match instruction {
            T::StrokeColorDeviceGray(c) => self.state.stroke_white = light(&[&c.0]),
            T::NonStrokeColorDeviceGray(c) => self.state.fill_white = light(&[&c.0]),
            T::StrokeColorDeviceRgb(c) => self.state.stroke_white = light(&[&c.0, &c.1, &c.2]),
            T::NonStrokeColorDeviceRgb(c) => self.state.fill_white = light(&[&c.0, &c.1, &c.2]),
            T::StrokeColorCmyk(c) => self.state.stroke_white = inkless(&[&c.0, &c.1, &c.2, &c.3]),
            T::NonStrokeColorCmyk(c) => self.state.fill_white = inkless(&[&c.0, &c.1, &c.2, &c.3]),
            T::ColorSpaceStroke(_) => self.state.stroke_white = false,
            T::ColorSpaceNonStroke(_) => self.state.fill_white = false,
            T::StrokeColor(c) => self.state.stroke_white = is_white(&c.0),
            T::NonStrokeColor(c) => self.state.fill_white = is_white(&c.0),
            T::StrokeColorNamed(c) => self.state.stroke_white = c.1.is_none() && is_white(&c.0),
            T::NonStrokeColorNamed(c) => self.state.fill_white = c.1.is_none() && is_white(&c.0),
            _ => {}
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

    fn paint(&mut self, stroke: bool, fill: bool) {
        if self.hiding == 0 {
            if fill && !self.state.fill_white {
                self.path.fill(&self.state.clip, &mut self.page);
            }
            if stroke && !self.state.stroke_white {
                let width = (self.state.pen * self.state.matrix.mean_scale()) as f32;
                self.path.stroke(width, &self.state.clip, &mut self.page);
            }
        }
        if std::mem::take(&mut self.clips)
            && let Some(bounds) = self.path.bounds()
        {
            self.state.clip = paint::intersection(self.state.clip, bounds);
        }
        self.path.clear();
    }

    fn set_text(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_text(Matrix::translate(x, y).then(self.line));
    }

    /// Moves by thousandths of the size, against the way of writing.
    fn move_along(&mut self, thousandths: f64) {
        let by = -thousandths / 1000.0 * self.state.size;
        let face = self.state.font.and_then(|index| self.shared.fonts.face(index));
        let (x, y) = match face {
            Some(face) if !face.is_horizontal() => (0.0, by),
            _ => (by * self.state.stretch, 0.0),
        };
        self.text = Matrix::translate(x, y).then(self.text);
    }

    /// Shows a string: a glyph for each of its codes.
    fn show(&mut self, bytes: &[u8]) {
        let state = &self.state;
        let Some(face) = state.font.and_then(|index| self.shared.fonts.face(index)) else { return };
        let horizontal = face.is_horizontal();
        let frame = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let size = (state.size.abs() * self.text.then(state.matrix).height_scale()) as f32;
        let visible = self.hiding == 0 && size >= SMALLEST_SIZE;
        let (space, bold) = (face.space * size * state.stretch.abs() as f32, face.bold || state.outlined);
        let mut offset = 0;
        while offset < bytes.len() {
            let (code, length) = face.code(bytes, offset);
            offset += length;
            let meaning = face.meaning(code);
            let wide = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let along = meaning.advance / 1000.0 * state.size + state.character_space + wide;
            let (x, y) = if horizontal { (along * state.stretch, 0.0) } else { (0.0, along) };
            let next = Matrix::translate(x, y).then(self.text);
            if visible && self.page.glyphs.len() < MOST_GLYPHS {
                let here = frame.then(self.text).then(state.matrix);
                let there = frame.then(next).then(state.matrix);
                let (from, to) = (here.apply(0.0, 0.0), there.apply(0.0, 0.0));
                let start = self.page.text.len() as u32;
                self.page.text.push_str(&meaning.text);
                let end = self.page.text.len() as u32;
                let direction = direction(here, horizontal);
                if let Some(size) = Some(size).filter(|_| is_on_page(from, to, &self.page)) {
                    self.page.glyphs.push(Glyph { start, end, from, to, size, space, bold, direction });
                } else {
                    self.page.text.truncate(start as usize);
                }
            }
            self.text = next;
        }
    }

    fn open_mark(&mut self, actual_text: Option<String>, hides: bool) {
        self.hiding += usize::from(hides);
        self.marks.push(Mark { actual_text, first_glyph: self.page.glyphs.len(), hides });
    }

    fn open_properties(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
        let tag: &[u8] = tag.as_ref();
        let (actual_text, hides) = match properties {
            Object::Dict(dict) => (actual_text(dict), false),
            Object::Name(name) if tag == b"OC" => {
                let number = resources.properties.get_ref(name).map(|reference| reference.obj_number);
                let dict = resources.properties.get::<Dict<'_>>(name);
                (None, is_hidden(number, dict.as_ref(), &self.shared.hidden))
            }
            Object::Name(name) => (resources.properties.get::<Dict<'_>>(name).as_ref().and_then(actual_text), false),
            _ => (None, false),
        };
        self.open_mark(actual_text, hides);
    }

    /// Ends a stretch of marked content. Its `ActualText` takes the place of what its glyphs stand for, where it is short.
    fn close_mark(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        self.hiding -= usize::from(mark.hides);
        let Some(text) = mark.actual_text else { return };
        let Some((first, others)) = self.page.glyphs.get_mut(mark.first_glyph..).and_then(<[Glyph]>::split_first_mut)
        else {
            return;
        };
        if others.len() >= LONGEST_ACTUAL_TEXT || text.chars().count() > LONGEST_ACTUAL_TEXT {
            return;
        }
        first.start = self.page.text.len() as u32;
        self.page.text.push_str(&text);
        first.end = self.page.text.len() as u32;
        for other in others {
            other.end = other.start;
        }
    }

    /// Draws a form; of images only thin ones count, as rules.
    fn draw_object(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<(), Error> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let subtype = stream.dict().get::<Name<'_>>(keys::SUBTYPE);
        match subtype.as_deref() {
            Some(b"Form") => self.draw_form(&stream, resources),
            Some(b"Image") => {
                self.path.rectangle(self.state.matrix, [0.0, 0.0, 1.0, 1.0]);
                let area = self.path.bounds();
                self.path.clear();
                if let Some(area) = area.filter(|a| a.x.len().min(a.y.len()) <= paint::THICKEST_RULE) {
                    self.page.rules.push((area.x.len() >= area.y.len(), area));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn draw_form(&mut self, form: &Stream<'a>, resources: &Resources<'a>) -> Result<(), Error> {
        let dict = form.dict();
        let off = is_hidden(
            dict.get_ref(keys::OC).map(|reference| reference.obj_number),
            dict.get::<Dict<'_>>(keys::OC).as_ref(),
            &self.shared.hidden,
        );
        if self.depth >= DEEPEST_FORM || off {
            return Ok(());
        }
        let Some(content) = self.shared.budget.unpack(form)? else { return Ok(()) };
        self.shared.budget.spend(FORM_COST)?;
        let own = dict.get::<Dict<'_>>(keys::RESOURCES).map(Resources::new);
        let outside = (self.state.clone(), self.text, self.line, self.marks.len(), self.saved.len());
        if let Some(matrix) = dict.get::<[f64; 6]>(keys::MATRIX) {
            self.state.matrix = Matrix(matrix).then(self.state.matrix);
        }
        if let Some(bounds) = dict.get::<[f64; 4]>(keys::BBOX) {
            let [x0, y0, x1, y1] = bounds;
            let mut path = Path::default();
            path.rectangle(self.state.matrix, [x0, y0, x1 - x0, y1 - y0]);
            self.state.clip = path.bounds().map_or(self.state.clip, |area| paint::intersection(self.state.clip, area));
        }
        self.depth += 1;
        let ran = self.run(&content, own.as_ref().unwrap_or(resources));
        self.depth -= 1;
        while self.marks.len() > outside.3 {
            self.close_mark();
        }
        self.saved.truncate(outside.4);
        (self.state, self.text, self.line) = (outside.0, outside.1, outside.2);
        self.path.clear();
        ran
    }
}

/// Whether a colour of an unknown space looks white: three parts that are all full. One part may be a spot colour's
/// ink, of which full is dark.
fn is_white(parts: &[Number]) -> bool {
    parts.len() == 3 && parts.iter().all(|part| part.as_f32() >= WHITE)
}

fn direction(frame: Matrix, horizontal: bool) -> Direction {
    let (x0, y0) = frame.apply(0.0, 0.0);
    let (x1, y1) = if horizontal { frame.apply(1.0, 0.0) } else { frame.apply(0.0, -1.0) };
    let (across, down) = (x1 - x0, y1 - y0);
    if down.abs() * SLANT <= across.abs() {
        if across >= 0.0 { Direction::Right } else { Direction::Left }
    } else if across.abs() * SLANT <= down.abs() {
        if down >= 0.0 { Direction::Down } else { Direction::Up }
    } else {
        Direction::Slanted
    }
}

/// How many times longer a baseline is than it rises, at least, to run along an axis: scans lie a few degrees askew.
const SLANT: f32 = 8.0;

/// Whether any of the glyph can lie on the page.
fn is_on_page(from: (f32, f32), to: (f32, f32), page: &PageContent) -> bool {
    let x = (from.0 + to.0) / 2.0;
    let y = (from.1 + to.1) / 2.0;
    (0.0..=page.width).contains(&x) && (0.0..=page.height).contains(&y)
}

fn is_hidden(number: Option<u32>, dict: Option<&Dict<'_>>, hidden: &HashSet<u32>) -> bool {
    if hidden.is_empty() {
        return false;
    }
    if number.is_some_and(|number| hidden.contains(&number)) {
        return true;
    }
    // A membership is off where all its groups are.
    let Some(dict) = dict else { return false };
    if let Some(group) = dict.get_ref(keys::OCGS) {
        return hidden.contains(&group.obj_number);
    }
    let Some(groups) = dict.get::<Array<'_>>(keys::OCGS) else { return false };
    let mut references = groups.raw_iter().filter_map(|group| group.as_obj_ref()).peekable();
    references.peek().is_some() && references.all(|reference| hidden.contains(&reference.obj_number))
}

/// The replacement text of marked content: UTF-16 or UTF-8 with their marks, else one byte a character.
fn actual_text(dict: &Dict<'_>) -> Option<String> {
    let string = dict.get::<hayro_syntax::object::String<'_>>(keys::ACTUAL_TEXT)?;
    Some(match string.as_bytes() {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from(pair[0]) << 8 | u16::from(pair[1])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|&byte| char::from(byte)).collect(),
    })
}
