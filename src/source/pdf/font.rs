//! Fonts: from a code in a string to its characters and its width, each asked of the crate once.

mod meanings;
mod told;

use super::bounds::Budget;
use crate::error::Error;
use crate::limits::Limits;
use hayro_font::hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontQuery, FontResolverFn, GlyphId, StandardFont};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Stream};
use meanings::{Meaning, Meanings};
use std::collections::HashMap;
use std::sync::Arc;
use told::Told;

/// What a space is as a share of the size where a font does not say: between Helvetica's 0.278 and Times' 0.25.
const USUAL_SPACE: f32 = 0.26;

/// The advance of a character of East Asian writing, in thousandths of the size.
const FULL_WIDTH: f64 = 1000.0;

/// What tells the codes of a font.
enum Codes<'a> {
    /// The crate.
    Read(Font<'a>),
    /// Its dictionary, for most codes.
    Told(Box<Told<'a>>),
    /// Nothing but their encoding: codes of two bytes that are Unicode themselves, written this way.
    Unicode { horizontal: bool },
}

/// A font in use.
pub(super) struct FontFace<'a> {
    font: Codes<'a>,
    /// Whether its name or descriptor says that it is bold.
    pub bold: bool,
    /// The width of its space as a share of its size.
    pub space: f32,
    meanings: Meanings,
}

impl<'a> FontFace<'a> {
    fn new(font: Codes<'a>, dict: &Dict<'_>) -> Self {
        let mut face = Self { font, bold: is_bold(dict), space: USUAL_SPACE, meanings: Meanings::default() };
        if let Some(width) = face.space_width() {
            face.space = width;
        }
        face
    }

    /// Code 32 is a space in every simple font with text in it; a composite font says nothing.
    fn space_width(&mut self) -> Option<f32> {
        if matches!(self.font, Codes::Unicode { .. }) || self.code(b" \0", 0) != (32, 1) {
            return None;
        }
        let meaning = self.meaning(32);
        let width = (meaning.advance / 1000.0) as f32;
        (&*meaning.text == " " && (0.1..1.0).contains(&width)).then_some(width)
    }

    /// The next code of a string and its length in bytes; at least one.
    pub(super) fn code(&self, bytes: &[u8], offset: usize) -> (u32, usize) {
        match &self.font {
            Codes::Read(font) => {
                let (code, length) = font.read_code(bytes, offset);
                (code, length.max(1))
            }
            Codes::Told(_) => (bytes.get(offset).copied().map_or(0, u32::from), 1),
            Codes::Unicode { .. } => {
                let pair = bytes.get(offset..).unwrap_or(&[]);
                (pair.iter().take(2).fold(0, |code, &byte| code << 8 | u32::from(byte)), 2)
            }
        }
    }

    /// What a code stands for.
    pub(super) fn meaning(&mut self, code: u32) -> &Meaning {
        let font = &mut self.font;
        self.meanings.get(code, || match font {
            Codes::Read(font) => read_meaning(font, code),
            Codes::Told(font) => Meaning { text: readable(font.unicode(code)), advance: font.advance(code) },
            Codes::Unicode { horizontal } => {
                let mut text = String::new();
                char::from_u32(code).into_iter().for_each(|c| push_readable(c, &mut text));
                Meaning { text: text.into_boxed_str(), advance: if *horizontal { FULL_WIDTH } else { -FULL_WIDTH } }
            }
        })
    }

    pub(super) fn is_horizontal(&self) -> bool {
        match &self.font {
            Codes::Read(font) => font.is_horizontal(),
            Codes::Told(_) => true,
            Codes::Unicode { horizontal } => *horizontal,
        }
    }
}

fn read_meaning(font: &Font<'_>, code: u32) -> Meaning {
    let advance = font.code_advance(code);
    let along = if font.is_horizontal() { advance.x } else { advance.y };
    Meaning { text: readable(unicode(font, code)), advance: along }
}

fn unicode(font: &Font<'_>, code: u32) -> Option<BfString> {
    match font.glyph(GlyphId::NOTDEF, code) {
        hayro_font::FontGlyph::Outline(glyph) => glyph.as_unicode(),
        hayro_font::FontGlyph::Type3(glyph) => glyph.as_unicode(),
    }
}

fn readable(unicode: Option<BfString>) -> Box<str> {
    let mut text = String::new();
    match unicode {
        Some(BfString::Char(character)) => push_readable(character, &mut text),
        Some(BfString::String(string)) => string.chars().for_each(|c| push_readable(c, &mut text)),
        None => {}
    }
    text.into_boxed_str()
}

/// Ligatures come apart, white space is a space, control characters and what stands for nothing are left out.
fn push_readable(character: char, text: &mut String) {
    match character {
        '\u{fb00}' => text.push_str("ff"),
        '\u{fb01}' => text.push_str("fi"),
        '\u{fb02}' => text.push_str("fl"),
        '\u{fb03}' => text.push_str("ffi"),
        '\u{fb04}' => text.push_str("ffl"),
        '\u{fb05}' | '\u{fb06}' => text.push_str("st"),
        '\t' | '\n' | '\r' => text.push(' '),
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}' | '\u{feff}' | '\u{fffd}' | '\u{ffff}' => {}
        other => text.push(other),
    }
}

/// The fonts of a document.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    faces: Vec<FontFace<'a>>,
    /// Which face a font dictionary is, by where its bytes lie.
    known: HashMap<(usize, usize), Option<usize>>,
    resolve_font: FontResolverFn,
    resolve_cmap: CMapResolverFn,
    limits: Limits,
}

/// Where fonts that a file does not hold, and maps that it only names, come from.
fn resolvers() -> (FontResolverFn, CMapResolverFn) {
    let font: FontResolverFn = Arc::new(|query| {
        Some(match query {
            FontQuery::Standard(standard) => standard.get_font_data(),
            FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
        })
    });
    (font, Arc::new(hayro_font::hayro_cmap::load_embedded))
}

impl<'a> Fonts<'a> {
    pub(super) fn new(limits: &Limits) -> Self {
        let (resolve_font, resolve_cmap) = resolvers();
        Self {
            cache: FontCache::new(),
            faces: Vec::new(),
            known: HashMap::new(),
            resolve_font,
            resolve_cmap,
            limits: limits.clone(),
        }
    }

    /// The index of a font's face, read when it is first met.
    pub(super) fn index(&mut self, dict: &Dict<'a>, budget: &Budget<'_>) -> Result<Option<usize>, Error> {
        let place = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(&known) = self.known.get(&place) {
            return Ok(known);
        }
        admit_maps(dict, budget)?;
        let font = match Told::new(dict, &self.limits) {
            Some(told) => Some(Codes::Told(Box::new(told))),
            None => {
                admit_programs(dict, budget)?;
                let font = self.cache.font(dict, &self.resolve_font, &self.resolve_cmap).map(Codes::Read);
                font.or_else(|| unicode_codes(dict)).or_else(|| self.stand_in(dict))
            }
        };
        let index = font.map(|font| {
            self.faces.push(FontFace::new(font, dict));
            self.faces.len() - 1
        });
        self.known.insert(place, index);
        Ok(index)
    }

    /// An error where a glyph so far needed a program that is over a limit.
    pub(super) fn check(&mut self) -> Result<(), Error> {
        let refusal =
            |face: &mut FontFace<'_>| if let Codes::Told(told) = &mut face.font { told.refusal() } else { None };
        self.faces.iter_mut().find_map(refusal).map_or(Ok(()), Err)
    }

    /// What stands in for a broken font of single bytes that the file does not hold: most such text is plain letters.
    fn stand_in(&self, dict: &Dict<'a>) -> Option<Codes<'a>> {
        let composite = dict.get::<Name<'_>>(keys::SUBTYPE).as_deref() == Some(b"Type0");
        let held = dict.get::<Dict<'_>>(keys::FONT_DESC).is_some_and(|descriptor| {
            [keys::FONT_FILE, keys::FONT_FILE2, keys::FONT_FILE3].iter().any(|key| descriptor.contains_key(key))
        });
        let told = dict.contains_key(keys::TO_UNICODE) || dict.contains_key(keys::CHAR_PROCS);
        if composite || held || told {
            return None;
        }
        self.cache.standard_font(StandardFont::Helvetica, &self.resolve_font).map(Codes::Read)
    }

    pub(super) fn face(&self, index: usize) -> Option<&FontFace<'a>> {
        self.faces.get(index)
    }

    pub(super) fn face_mut(&mut self, index: usize) -> Option<&mut FontFace<'a>> {
        self.faces.get_mut(index)
    }
}

/// The codes of a font that the crate has no map for, where its encoding's name says that they are Unicode (ISO 32000-1,
/// table 118: `UniJIS-UCS2-H`, `UniGB-UTF16-V` and their like).
fn unicode_codes<'a>(dict: &Dict<'_>) -> Option<Codes<'a>> {
    let encoding = dict.get::<Name<'_>>(keys::ENCODING)?;
    let name = encoding.as_str();
    let unicode = name.starts_with("Uni") && (name.contains("UCS2") || name.contains("UTF16"));
    unicode.then(|| Codes::Unicode { horizontal: !name.ends_with("-V") })
}

/// The maps that reading a font unpacks must stay under the cap,
fn admit_maps(dict: &Dict<'_>, budget: &Budget<'_>) -> Result<(), Error> {
    for font in with_descendant(dict) {
        for key in [keys::TO_UNICODE, keys::ENCODING, keys::CID_TO_GID_MAP] {
            admit(&font, key, budget)?;
        }
    }
    Ok(())
}

/// and so must its program.
fn admit_programs(dict: &Dict<'_>, budget: &Budget<'_>) -> Result<(), Error> {
    for descriptor in with_descendant(dict).filter_map(|font| font.get::<Dict<'_>>(keys::FONT_DESC)) {
        for key in [keys::FONT_FILE, keys::FONT_FILE2, keys::FONT_FILE3] {
            admit(&descriptor, key, budget)?;
        }
    }
    Ok(())
}

/// A font, and that which a composite font is made of.
fn with_descendant<'a>(dict: &Dict<'a>) -> impl Iterator<Item = Dict<'a>> {
    let descendant = dict.get::<Array<'_>>(keys::DESCENDANT_FONTS).and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    [Some(dict.clone()), descendant].into_iter().flatten()
}

fn admit(dict: &Dict<'_>, key: &[u8], budget: &Budget<'_>) -> Result<(), Error> {
    dict.get::<Stream<'_>>(key).map_or(Ok(()), |stream| budget.admit(&stream))
}

/// The flag of a font descriptor for "draw bold even at small sizes" (ISO 32000-1, table 123).
const FORCE_BOLD: u32 = 1 << 18;

/// A weight from which a font counts as bold: semibold is 600.
const BOLD_WEIGHT: f32 = 600.0;

fn is_bold(dict: &Dict<'_>) -> bool {
    with_descendant(dict).any(|font| {
        let named = font.get::<Name<'_>>(keys::BASE_FONT).is_some_and(|name| names_bold(name.as_str()));
        let described = font.get::<Dict<'_>>(keys::FONT_DESC).is_some_and(|descriptor| {
            descriptor.get::<u32>(keys::FLAGS).is_some_and(|flags| flags & FORCE_BOLD != 0)
                || descriptor.get::<f32>(keys::FONT_WEIGHT).is_some_and(|weight| weight >= BOLD_WEIGHT)
        });
        named || described
    })
}

fn names_bold(name: &str) -> bool {
    ["Bold", "bold", "BOLD", "Black", "Heavy", "Semibold", "Demi"].iter().any(|word| name.contains(word))
}
