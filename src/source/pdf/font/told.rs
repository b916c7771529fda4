//! Simple fonts that are told beside their program: what a code stands for in `ToUnicode`, how wide it is in `Widths`.
//!
//! ```text
//! << /Subtype /TrueType /FirstChar 1 /Widths [278 611 …] /ToUnicode 9 0 R /FontDescriptor << /FontFile2 8 0 R >> >>
//!                        1 → 278 wide                     1 → "H"           not unpacked
//! ```
//!
//! The program, often the most of a file, is unpacked only for a code of which nothing is told.

use super::resolvers;
use crate::error::Error;
use crate::limits::Limits;
use crate::source::pdf::bounds::Budget;
use hayro_font::hayro_cmap::{BfString, CMap, load_embedded};
use hayro_font::{Font, FontCache};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Stream};

/// The last code of a font whose codes are bytes.
const LAST_CODE: usize = 255;

/// A font that is told.
pub(super) struct Told<'a> {
    dict: Dict<'a>,
    to_unicode: CMap,
    /// The advances from the first code on, in thousandths of the size, and that of all other codes.
    widths: Vec<f32>,
    first: usize,
    missing: f32,
    limits: Limits,
    whole: Whole<'a>,
}

/// The font with its program.
enum Whole<'a> {
    Unread,
    Read(Option<Font<'a>>),
    /// It is over a limit.
    Refused(Option<Error>),
}

impl<'a> Told<'a> {
    /// The font of a dictionary, where it is of this kind. The stream of its `ToUnicode` must have been admitted.
    pub(super) fn new(dict: &Dict<'a>, limits: &Limits) -> Option<Self> {
        let descriptor = dict.get::<Dict<'_>>(keys::FONT_DESC)?;
        let is_true_type = dict.get::<Name<'_>>(keys::SUBTYPE).as_deref() == Some(b"TrueType");
        if !is_true_type || !descriptor.contains_key(keys::FONT_FILE2) {
            return None;
        }
        let (first, last) = (dict.get::<usize>(keys::FIRST_CHAR)?, dict.get::<usize>(keys::LAST_CHAR)?);
        let count = last.checked_sub(first).filter(|_| last <= LAST_CODE)? + 1;
        let widths = dict.get::<Array<'_>>(keys::WIDTHS)?.iter::<f32>().take(count).collect();
        let packed = dict.get::<Stream<'_>>(keys::TO_UNICODE)?;
        Some(Self {
            dict: dict.clone(),
            to_unicode: CMap::parse(&packed.decoded_data().ok()?, load_embedded)?,
            widths,
            first,
            missing: descriptor.get::<f32>(keys::MISSING_WIDTH).unwrap_or(0.0),
            limits: limits.clone(),
            whole: Whole::Unread,
        })
    }

    /// The characters that a code stands for.
    pub(super) fn unicode(&mut self, code: u32) -> Option<BfString> {
        self.to_unicode.lookup_bf_string(code).or_else(|| super::unicode(self.whole()?, code))
    }

    /// The advance of a code, in thousandths of the size.
    pub(super) fn advance(&self, code: u32) -> f64 {
        let index = (code as usize).checked_sub(self.first);
        f64::from(index.and_then(|index| self.widths.get(index)).copied().unwrap_or(self.missing))
    }

    /// The error where a code needed the program, and that is over a limit.
    pub(super) fn refusal(&mut self) -> Option<Error> {
        if let Whole::Refused(error) = &mut self.whole { error.take() } else { None }
    }

    fn whole(&mut self) -> Option<&Font<'a>> {
        if matches!(self.whole, Whole::Unread) {
            self.whole = match super::admit_programs(&self.dict, &Budget::new(&self.limits)) {
                Ok(()) => {
                    let (font, cmap) = resolvers();
                    Whole::Read(FontCache::new().font(&self.dict, &font, &cmap))
                }
                Err(error) => Whole::Refused(Some(error)),
            };
        }
        if let Whole::Read(font) = &self.whole { font.as_ref() } else { None }
    }
}
