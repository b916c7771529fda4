//! What the codes of a font stand for, each found out once: a table by code, as they are asked of every glyph.

use std::collections::HashMap;

/// What a code stands for.
#[derive(Debug, Clone)]
pub(in super::super) struct Meaning {
    /// Its characters; empty where nothing tells.
    pub text: Box<str>,
    /// Its advance, in thousandths of the size.
    pub advance: f64,
}

/// Codes below this have a place in the table: those of one and two bytes.
const TABLE: usize = 1 << 16;

/// What is known of the codes of a font.
#[derive(Default)]
pub(super) struct Meanings {
    known: Vec<Meaning>,
    /// For each code one more than the place of its meaning; 0 where it was not asked yet.
    table: Vec<u32>,
    /// The same for codes beyond the table.
    far: HashMap<u32, u32>,
}

impl Meanings {
    /// What a code stands for, found out where it is new.
    pub(super) fn get(&mut self, code: u32, find: impl FnOnce() -> Meaning) -> &Meaning {
        let index = code as usize;
        let place = match self.table.get(index) {
            Some(&place) => place,
            None if index < TABLE => 0,
            None => self.far.get(&code).copied().unwrap_or(0),
        };
        let place = if place > 0 { place } else { self.add(code, find()) };
        &self.known[place as usize - 1]
    }

    fn add(&mut self, code: u32, meaning: Meaning) -> u32 {
        self.known.push(meaning);
        let (index, place) = (code as usize, self.known.len() as u32);
        if index < TABLE {
            // All codes of one byte at once.
            let length = self.table.len().max(256).max(index + 1);
            self.table.resize(length, 0);
            self.table[index] = place;
        } else {
            self.far.insert(code, place);
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_out_once() {
        let mut meanings = Meanings::default();
        for code in [65, 0, 70_000, 255, 256, 65_535, 65_536] {
            let text = code.to_string();
            for round in 0..2 {
                let meaning = meanings.get(code, || {
                    assert_eq!(round, 0, "asked again");
                    Meaning { text: text.as_str().into(), advance: f64::from(code) }
                });
                assert_eq!((&*meaning.text, meaning.advance), (text.as_str(), f64::from(code)));
            }
        }
    }
}
