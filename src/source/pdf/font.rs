//! Fonts: from a code in a string to its characters and its width, each asked of the crate once.

use super::bounds::Budget;
use crate::error::Error;
use hayro_font::hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontQuery, FontResolverFn, GlyphId, StandardFont};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Stream};
use std::collections::HashMap;
use std::sync::Arc;

/// What a space is as a share of the size where a font does not say: between Helvetica's 0.278 and Times' 0.25.
const USUAL_SPACE: f32 = 0.26;

/// The advance of a character of East Asian writing, in thousandths of the size.
const FULL_WIDTH: f64 = 1000.0;

/// What a code stands for.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    /// Its characters; empty where nothing tells.
    pub text: Box<str>,
    /// Its advance, in thousandths of the size.
    pub advance: f64,
}

/// What tells the codes of a font.
enum Codes<'a> {
    /// The crate.
    Read(Font<'a>),
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
    meanings: HashMap<u32, Meaning>,
}

impl<'a> FontFace<'a> {
    fn new(font: Codes<'a>, dict: &Dict<'_>) -> Self {
        let mut face = Self { font, bold: is_bold(dict), space: USUAL_SPACE, meanings: HashMap::new() };
        if let Some(width) = face.space_width() {
            face.space = width;
        }
        face
    }

    /// Code 32 is a space in every simple font with text in it; a composite font says nothing.
    fn space_width(&mut self) -> Option<f32> {
        let Codes::Read(font) = &self.font else { return None };
        let (code, length) = font.read_code(b" \0", 0);
        if length != 1 || code != 32 {
            return None;
        }
        let meaning = self.meaning(code);
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
            Codes::Unicode { .. } => {
                let pair = bytes.get(offset..).unwrap_or(&[]);
                (pair.iter().take(2).fold(0, |code, &byte| code << 8 | u32::from(byte)), 2)
            }
        }
    }

    /// What a code stands for.
    pub(super) fn meaning(&mut self, code: u32) -> &Meaning {
        let font = &self.font;
        self.meanings.entry(code).or_insert_with(|| match font {
            Codes::Read(font) => read_meaning(font, code),
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
            Codes::Unicode { horizontal } => *horizontal,
        }
    }
}

fn read_meaning(font: &Font<'_>, code: u32) -> Meaning {
    let unicode = match font.glyph(GlyphId::NOTDEF, code) {
        hayro_font::FontGlyph::Outline(glyph) => glyph.as_unicode(),
        hayro_font::FontGlyph::Type3(glyph) => glyph.as_unicode(),
    };
    let mut text = String::new();
    match unicode {
        Some(BfString::Char(character)) => push_readable(character, &mut text),
        Some(BfString::String(string)) => string.chars().for_each(|c| push_readable(c, &mut text)),
        None => {}
    }
    let advance = font.code_advance(code);
    let along = if font.is_horizontal() { advance.x } else { advance.y };
    Meaning { text: text.into_boxed_str(), advance: along }
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
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            faces: Vec::new(),
            known: HashMap::new(),
            resolve_font: Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(standard) => standard.get_font_data(),
                    FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
                })
            }),
            resolve_cmap: Arc::new(hayro_font::hayro_cmap::load_embedded),
        }
    }

    /// The index of a font's face, read when it is first met.
    pub(super) fn index(&mut self, dict: &Dict<'a>, budget: &mut Budget<'_>) -> Result<Option<usize>, Error> {
        let place = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(&known) = self.known.get(&place) {
            return Ok(known);
        }
        admit_streams(dict, budget)?;
        let font = self.cache.font(dict, &self.resolve_font, &self.resolve_cmap).map(Codes::Read);
        let font = font.or_else(|| unicode_codes(dict)).or_else(|| self.stand_in(dict));
        let index = font.map(|font| {
            self.faces.push(FontFace::new(font, dict));
            self.faces.len() - 1
        });
        self.known.insert(place, index);
        Ok(index)
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

    pub(super) fn face(&mut self, index: usize) -> Option<&mut FontFace<'a>> {
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

/// Every stream that reading a font unpacks must stay under the cap.
fn admit_streams(dict: &Dict<'_>, budget: &mut Budget<'_>) -> Result<(), Error> {
    let descendant = dict.get::<Array<'_>>(keys::DESCENDANT_FONTS).and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    for font in [Some(dict.clone()), descendant].into_iter().flatten() {
        for key in [keys::TO_UNICODE, keys::ENCODING, keys::CID_TO_GID_MAP] {
            admit(&font, key, budget)?;
        }
        if let Some(descriptor) = font.get::<Dict<'_>>(keys::FONT_DESC) {
            for key in [keys::FONT_FILE, keys::FONT_FILE2, keys::FONT_FILE3] {
                admit(&descriptor, key, budget)?;
            }
        }
    }
    Ok(())
}

fn admit(dict: &Dict<'_>, key: &[u8], budget: &mut Budget<'_>) -> Result<(), Error> {
    dict.get::<Stream<'_>>(key).map_or(Ok(()), |stream| budget.admit(&stream))
}

/// The flag of a font descriptor for "draw bold even at small sizes" (ISO 32000-1, table 123).
const FORCE_BOLD: u32 = 1 << 18;

/// A weight from which a font counts as bold: semibold is 600.
const BOLD_WEIGHT: f32 = 600.0;

fn is_bold(dict: &Dict<'_>) -> bool {
    let descendant = dict.get::<Array<'_>>(keys::DESCENDANT_FONTS).and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    [Some(dict.clone()), descendant].into_iter().flatten().any(|font| {
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
