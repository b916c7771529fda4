//! Marked content: what stands for other text, and layers that are switched off.

use super::Interpreter;
use crate::layout::glyphs::Glyph;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Object};
use hayro_syntax::page::Resources;
use std::collections::HashSet;

/// Characters of an `ActualText` that may replace glyphs: more is the text of a whole paragraph, whose glyphs say
/// better where each word stands.
const LONGEST_ACTUAL_TEXT: usize = 12;

/// A stretch of marked content that is open.
pub(super) struct Mark {
    actual_text: Option<String>,
    first_glyph: usize,
    hides: bool,
}

impl<'a> Interpreter<'_, 'a, '_> {
    pub(super) fn open_mark(&mut self, actual_text: Option<String>, hides: bool) {
        self.hiding += usize::from(hides);
        self.marks.push(Mark { actual_text, first_glyph: self.page.glyphs.len(), hides });
    }

    pub(super) fn open_properties(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
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
    pub(super) fn close_mark(&mut self) {
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
}

pub(super) fn is_hidden(number: Option<u32>, dict: Option<&Dict<'_>>, hidden: &HashSet<u32>) -> bool {
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
