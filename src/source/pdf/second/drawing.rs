//! What the second engine would draw, reckoned before it is let: it follows forms in forms, and parents of pages, for as
//! long as there are any, and nothing catches a stack that overflows.
//!
//! Takes the document as that engine opens it, gives an error where running it would not end well. Forms are followed as
//! the engine follows them: one without resources of its own draws from those of what draws it.
//!
//! ```text
//! page: /X Do → form X, no resources: /Y Do → form Y: /X Do → …       a ring, though no form names itself
//! ```

use super::broken;
use crate::error::Error;
use crate::limits::{Limit, Limits};
use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::HashMap;

/// Forms in forms that the engine runs: each takes its stack.
const DEEPEST_FORM: usize = 24;

/// Nodes of the page tree above a page that the engine asks for what the page inherits.
const HIGHEST_PARENT: usize = 256;

/// What drawing a form costs besides its bytes, in bytes; as in the first engine.
const FORM_COST: u64 = 4096;

/// Refuses a document whose pages or forms lie in rings or too deep, or whose forms draw more than a document may inflate.
pub(super) fn check_drawing(document: &Document, limits: &Limits) -> Result<(), Error> {
    let mut forms = Forms { document, known: HashMap::new() };
    let mut spent = 0_u64;
    for page in document.get_pages().into_values() {
        let resources = inherited_resources(document, page)?;
        let content = document.get_page_content(page).unwrap_or_default();
        let Some(weight) = forms.weigh(&content, resources, 0) else {
            return Err(broken("its forms lie too deep in each other"));
        };
        spent = spent.saturating_add(weight.bytes);
        if spent > limits.document_bytes {
            let (limit, allowed) = (Limit::DocumentBytes, limits.document_bytes);
            return Err(Error::OverLimit { limit, found: spent, allowed });
        }
    }
    Ok(())
}

/// The resources of a page, its own or those of a node above it.
fn inherited_resources(document: &Document, page: ObjectId) -> Result<Option<&Dictionary>, Error> {
    let mut node = document.get_dictionary(page).ok();
    let mut found = None;
    for _ in 0..HIGHEST_PARENT {
        let Some(dictionary) = node else { return Ok(found) };
        found = found.or_else(|| entry(document, dictionary, b"Resources"));
        node = dictionary
            .get(b"Parent")
            .and_then(Object::as_reference)
            .and_then(|parent| document.get_dictionary(parent))
            .ok();
    }
    Err(broken("its pages lie too deep in each other"))
}

/// What drawing a stream with all that it draws comes to.
#[derive(Clone, Copy, Default)]
struct Weight {
    bytes: u64,
    /// Forms in forms below it.
    height: usize,
}

struct Forms<'a> {
    document: &'a Document,
    /// The weight of each form under the resources that it draws from; None while it is being drawn.
    known: HashMap<(*const Stream, *const Dictionary), Option<Weight>>,
}

impl<'a> Forms<'a> {
    /// The weight of a content stream; None where its forms draw themselves or lie too deep.
    fn weigh(&mut self, content: &[u8], resources: Option<&'a Dictionary>, depth: usize) -> Option<Weight> {
        let mut weight = Weight { bytes: content.len() as u64, height: 0 };
        let drawn = resources.and_then(|resources| entry(self.document, resources, b"XObject"));
        let (Some(drawn), Some(resources)) = (drawn, resources) else { return Some(weight) };
        for name in names_drawn(content) {
            let Some(form) = stream(self.document, drawn, &name) else { continue };
            let below = self.weigh_form(form, resources, depth + 1)?;
            weight.bytes = weight.bytes.saturating_add(below.bytes);
            weight.height = weight.height.max(below.height + 1);
        }
        (depth + weight.height <= DEEPEST_FORM).then_some(weight)
    }

    fn weigh_form(&mut self, form: &'a Stream, above: &'a Dictionary, depth: usize) -> Option<Weight> {
        if depth > DEEPEST_FORM {
            return None;
        }
        let resources = entry(self.document, &form.dict, b"Resources").unwrap_or(above);
        let key = (std::ptr::from_ref(form), std::ptr::from_ref(resources));
        if let Some(known) = self.known.get(&key) {
            return known.filter(|weight| depth + weight.height <= DEEPEST_FORM);
        }
        self.known.insert(key, None);
        let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
        let mut weight = self.weigh(&content, Some(resources), depth)?;
        weight.bytes = weight.bytes.saturating_add(FORM_COST);
        self.known.insert(key, Some(weight));
        Some(weight)
    }
}

/// The names of the forms and images that a content stream draws, each as often as it does.
fn names_drawn(content: &[u8]) -> Vec<Vec<u8>> {
    if memchr::memmem::find(content, b"Do").is_none() {
        return Vec::new();
    }
    let Ok(content) = Content::decode(content) else { return Vec::new() };
    let draws = content.operations.into_iter().filter(|operation| operation.operator == "Do");
    draws.filter_map(|operation| operation.operands.first()?.as_name().ok().map(<[u8]>::to_vec)).collect()
}

/// A dictionary that is an entry of another.
fn entry<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    document.dereference(dictionary.get(key).ok()?).ok()?.1.as_dict().ok()
}

fn stream<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
    document.dereference(dictionary.get(key).ok()?).ok()?.1.as_stream().ok()
}
