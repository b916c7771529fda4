//! Paths and colours: what is painted, and whether it can be seen on paper.

use super::Interpreter;
use crate::source::pdf::paint;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::Number;

/// A colour of which each part is at least this is white: nothing is seen on paper.
const WHITE: f32 = 0.99;

impl Interpreter<'_, '_, '_> {
    pub(super) fn step_path(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
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

    pub(super) fn step_colour(&mut self, instruction: &TypedInstruction<'_, '_>) {
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
}

/// Whether a colour of an unknown space looks white: three parts that are all full. One part may be a spot colour's
/// ink, of which full is dark.
fn is_white(parts: &[Number]) -> bool {
    parts.len() == 3 && parts.iter().all(|part| part.as_f32() >= WHITE)
}
