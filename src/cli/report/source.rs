//! The source beside what was read from it: the text, or the pages as pictures, with an anchor wherever something was taken.
//!
//! Takes the spans that the document's figures and doubts name while it is set, gives links to them, and at last the panel
//! that they lead to. From a figure in the panel a link leads back to its cell.
//!
//! ```text
//! <a href="#d0s4600">79*</a>         in the table
//! <a id="d0s4600" href="#d0t1r3c1">79*</a>         in the text
//! ```

use super::html::{esc, push};
use std::collections::BTreeMap;
use std::ops::Range;
use vraagbaak::{Original, OriginalPage, Span};

/// Bytes of context that are kept around what one of a file's many documents names.
const AROUND: usize = 2_000;

/// Points that a picture's mark stands out around its words.
const MARGIN: f64 = 1.5;

/// The places of a document's source that something points at.
pub(super) struct Places<'a> {
    /// What the ids of the document begin with.
    prefix: &'a str,
    original: Option<&'a Original>,
    /// Whether the whole source is shown: it is not where it holds other documents too.
    whole: bool,
    texts: BTreeMap<usize, TextPlace>,
    areas: BTreeMap<(u32, String), Area>,
}

struct TextPlace {
    end: usize,
    back: Option<String>,
}

struct Area {
    bbox: [f64; 4],
    back: Option<String>,
}

impl<'a> Places<'a> {
    pub(super) fn new(prefix: &'a str, original: Option<&'a Original>, whole: bool) -> Self {
        Self { prefix, original, whole, texts: BTreeMap::new(), areas: BTreeMap::new() }
    }

    /// The address of a span in the panel; `back` is the id of the cell that it was read into.
    pub(super) fn link(&mut self, span: &Span, back: Option<&str>) -> Option<String> {
        let back = back.map(str::to_owned);
        match (self.original?, span.bytes, span.page.zip(span.bbox)) {
            (Original::Text(text), Some([start, end]), _) => {
                text.get(start..end)?;
                let place = self.texts.entry(start).or_insert(TextPlace { end, back: None });
                if back.is_some() && place.back.is_none() {
                    *place = TextPlace { end, back };
                }
                Some(format!("#{}s{start}", self.prefix))
            }
            (Original::Pages(pages), _, Some((page, bbox))) => {
                pages.get((page as usize).checked_sub(1)?)?;
                let corner = bbox.map(|edge| (edge * 10.0).round() as i64);
                let name = format!("p{page}-{}-{}-{}-{}", corner[0], corner[1], corner[2], corner[3]);
                let href = format!("#{}{name}", self.prefix);
                let area = self.areas.entry((page, name)).or_insert(Area { bbox, back: None });
                area.back = area.back.take().or(back);
                Some(href)
            }
            _ => None,
        }
    }

    /// The panel. Without a source it says why there is none.
    pub(super) fn panel(&self, out: &mut String, absent: &str) {
        let Some(original) = self.original else {
            push!(out, "<p class=\"absent\">{}</p>\n", esc(absent));
            return;
        };
        push!(out, "<details class=\"source\" id=\"{}source\"><summary>The source</summary>\n", self.prefix);
        match original {
            Original::Text(text) => self.text(text, out),
            Original::Pages(pages) => {
                for (number, page) in (1..).zip(pages).filter(|(number, _)| self.shows(*number)) {
                    self.page(number, page, out);
                }
            }
            _ => {}
        }
        out.push_str("</details>\n");
    }

    fn shows(&self, page: u32) -> bool {
        self.whole || self.areas.keys().any(|(named, _)| *named == page)
    }

    fn text(&self, text: &str, out: &mut String) {
        let shown = self.shown(text);
        let mut at = shown.start;
        out.push_str("<pre lang=\"nl\">");
        let piece = |range: Range<usize>| text.get(range).unwrap_or("");
        for (&start, place) in self.texts.range(shown.clone()) {
            push!(out, "{}", esc(piece(at..start.max(at))));
            let end = place.end.min(shown.end);
            match &place.back {
                // What overlaps the figure before it, and what is more than a figure, is only a place to go to.
                Some(back) if start >= at && end > start => {
                    let word = esc(piece(start..end));
                    push!(out, "<a id=\"{}s{start}\" href=\"#{back}\">{word}</a>", self.prefix);
                    at = end;
                }
                _ => {
                    push!(out, "<span class=\"place\" id=\"{}s{start}\"></span>", self.prefix);
                    at = at.max(start);
                }
            }
        }
        push!(out, "{}</pre>\n", esc(piece(at..shown.end)));
    }

    /// The bytes to show, from the start of a line to the end of one.
    fn shown(&self, text: &str) -> Range<usize> {
        let (first, last) = (self.texts.keys().next(), self.texts.values().map(|place| place.end).max());
        let (Some(&first), Some(last), false) = (first, last, self.whole) else { return 0..text.len() };
        let (start, end) = (first.saturating_sub(AROUND), last.saturating_add(AROUND).min(text.len()));
        let line_before =
            |byte: usize| text.as_bytes().iter().take(byte).rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let line_after = text.as_bytes().iter().skip(end).position(|&b| b == b'\n').map_or(text.len(), |at| end + at);
        line_before(start)..line_after
    }

    fn page(&self, number: u32, page: &OriginalPage, out: &mut String) {
        let (width, height) = (page.width, page.height);
        push!(out, "<figure><figcaption>Page {number}</figcaption>\n");
        push!(
            out,
            "<svg viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\"Page {number} of the source\">\n"
        );
        out.push_str("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n<g class=\"shades\">");
        page.shades.iter().for_each(|&area| rect(area, 0.0, "", out));
        out.push_str("</g>\n<g class=\"rules\">");
        page.rules.iter().for_each(|&area| rect(area, 0.0, "", out));
        out.push_str("</g>\n<g class=\"words\" aria-hidden=\"true\">\n");
        page.words.iter().for_each(|(area, word)| write_word(*area, word, out));
        out.push_str("</g>\n");
        for ((_, name), area) in self.areas.range((number, String::new())..(number.saturating_add(1), String::new())) {
            let class = if area.back.is_some() { "hit" } else { "area" };
            let attributes = format!(" id=\"{}{name}\" class=\"{class}\"", self.prefix);
            if let Some(back) = &area.back {
                push!(out, "<a href=\"#{back}\" aria-label=\"to the table\">");
            }
            rect(area.bbox, MARGIN, &attributes, out);
            out.push_str(if area.back.is_some() { "</a>\n" } else { "\n" });
        }
        out.push_str("</svg></figure>\n");
    }
}

/// Draws a box; a line has some width too.
fn rect([x0, y0, x1, y1]: [f64; 4], margin: f64, attributes: &str, out: &mut String) {
    let (x, y) = (x0 - margin, y0 - margin);
    let (width, height) = ((x1 - x0 + 2.0 * margin).max(0.4), (y1 - y0 + 2.0 * margin).max(0.4));
    push!(out, "<rect{attributes} x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>");
}

/// Writes a word into its box, as wide as the box.
fn write_word([x0, y0, x1, y1]: [f64; 4], word: &str, out: &mut String) {
    /// The share of a line's height that lies below its baseline.
    const BELOW: f64 = 0.22;
    let (size, length) = ((y1 - y0).max(0.1), (x1 - x0).max(0.1));
    let baseline = y1 - size * BELOW;
    push!(
        out,
        "<text x=\"{x0}\" y=\"{baseline:.1}\" font-size=\"{size:.1}\" textLength=\"{length:.1}\" \
         lengthAdjust=\"spacingAndGlyphs\">{}</text>\n",
        esc(word)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_in_the_text_lead_back_to_their_cell() {
        let original = Original::Text("Maart 79* <b>\n".to_owned());
        let mut places = Places::new("d0", Some(&original), true);
        let span = |bytes| Span { bytes: Some(bytes), ..Span::default() };
        assert_eq!(places.link(&span([6, 9]), Some("d0t0r0c1")).as_deref(), Some("#d0s6"));
        assert_eq!(places.link(&span([0, 14]), None).as_deref(), Some("#d0s0"));
        assert_eq!(places.link(&span([3, 900]), None), None);
        let mut panel = String::new();
        places.panel(&mut panel, "");
        let text = "<span class=\"place\" id=\"d0s0\"></span>Maart <a id=\"d0s6\" href=\"#d0t0r0c1\">79*</a> &lt;b&gt;";
        assert!(panel.contains(text), "{panel}");
    }

    #[test]
    fn places_on_pages_are_boxes_over_the_words() {
        let page = OriginalPage {
            width: 595.0,
            height: 842.0,
            words: vec![([70.0, 100.0, 90.0, 112.0], "79*".to_owned())],
            ..OriginalPage::default()
        };
        let original = Original::Pages(vec![page]);
        let mut places = Places::new("d0", Some(&original), true);
        let bbox = Some([70.0, 100.0, 90.0, 112.0]);
        let span = |page| Span { page: Some(page), bbox, ..Span::default() };
        assert_eq!(places.link(&span(1), Some("d0t0r0c1")).as_deref(), Some("#d0p1-700-1000-900-1120"));
        assert_eq!(places.link(&span(2), None), None);
        let mut panel = String::new();
        places.panel(&mut panel, "");
        assert!(
            panel.contains("<a href=\"#d0t0r0c1\" aria-label=\"to the table\"><rect id=\"d0p1-700-1000-900-1120\"")
        );
        assert!(panel.contains(">79*</text>"), "{panel}");
    }
}
