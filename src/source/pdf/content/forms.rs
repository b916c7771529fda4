//! Forms and pictures: forms are run in place, to a depth; of pictures only where they lie.
//!
//! The bytes of a form are counted every time it is drawn, so that forms that draw forms that draw forms come to an end.

use super::Interpreter;
use super::marks::is_hidden;
use crate::error::Error;
use crate::source::pdf::matrix::Matrix;
use crate::source::pdf::paint::{self, Path};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Dict, Name, Stream};
use hayro_syntax::page::Resources;

/// Forms within forms that are followed; real files have three or four.
const DEEPEST_FORM: usize = 24;

/// What drawing a form costs besides its bytes, in bytes: forms that draw forms grow by powers.
const FORM_COST: u64 = 4096;

impl<'a> Interpreter<'_, 'a, '_> {
    /// Draws a form; of images only thin ones count, as rules.
    pub(super) fn draw_object(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<(), Error> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let subtype = stream.dict().get::<Name<'_>>(keys::SUBTYPE);
        match subtype.as_deref() {
            Some(b"Form") => self.draw_form(&stream, resources),
            Some(b"Image") => {
                self.path.rectangle(self.state.matrix, [0.0, 0.0, 1.0, 1.0]);
                let area = self.path.bounds();
                self.path.clear();
                match area.and_then(|area| paint::clipped(area, &self.state.clip)) {
                    Some(area) if area.x.len().min(area.y.len()) <= paint::THICKEST_RULE => {
                        self.page.rules.push((area.x.len() >= area.y.len(), area));
                    }
                    Some(area) => self.page.pictures += area.x.len() * area.y.len(),
                    None => {}
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
