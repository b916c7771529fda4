//! PDFs made here, byte by byte: what is read from them, and what error comes of those that cannot be read.

#![cfg(all(feature = "pdf", feature = "cli"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::paper::{at, line, pdf, pdf_with, rows, stream, text_of};
use vraagbaak::{Code, Error, Extractor, Limit, Limits};

#[test]
fn a_page_written_sideways_is_read_as_if_upright() {
    let page =
        "BT /F1 10 Tf 0 1 -1 0 300 100 Tm (Eerste regel.) Tj ET BT /F1 10 Tf 0 1 -1 0 314 100 Tm (Tweede regel.) Tj ET";
    assert_eq!(text_of(&pdf(&[page])), "Eerste regel.\nTweede regel.\n");
    let page = at(100.0, 700.0, "Eerste regel.") + &at(100.0, 686.0, "Tweede regel.");
    assert_eq!(text_of(&pdf_with(&[&page], "", "/Rotate 90", &[])), "Eerste regel.\nTweede regel.\n");
}

#[test]
fn what_is_written_at_a_slant_is_read_along_it() {
    let page = at(100.0, 700.0, "Gewone regel.")
        + "BT /F1 30 Tf 0.866 0.5 -0.5 0.866 150 300 Tm (Vertrouwelijk ontwerp) Tj ET\n";
    assert_eq!(text_of(&pdf(&[&page])), "Gewone regel.\nVertrouwelijk ontwerp\n");
    assert_eq!(Extractor::new().drawn_text(&pdf(&[&page])).unwrap(), "Gewone regel.\nVertrouwelijk ontwerp\n\u{c}");
}

#[test]
fn lines_as_drawn_keep_their_order_and_breaks() {
    let frame = at(100.0, 680.0, "In een kader.");
    let page = at(100.0, 700.0, "De wacht-") + &at(100.0, 660.0, "lijst groeit.") + &frame;
    let bytes = pdf(&[&page, &at(100.0, 700.0, "Volgende bladzijde.")]);
    let drawn = "De wacht-\nlijst groeit.\nIn een kader.\n\u{c}Volgende bladzijde.\n\u{c}";
    assert_eq!(Extractor::new().drawn_text(&bytes).unwrap(), drawn);
    assert_eq!(text_of(&bytes).lines().nth(1), Some("In een kader."));
}

/// A font whose codes are Unicode, and which the file does not hold.
fn wide_font(writing: &str) -> Vec<Vec<u8>> {
    let font = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UCS2-{writing}/DescendantFonts[<</Type/Font\
         /Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>\
         /FontDescriptor<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4>>>>]>>"
    );
    vec![font.into_bytes()]
}

#[test]
fn fonts_that_are_not_there_are_read_where_their_codes_are_unicode() {
    for (writing, expected) in [("H", "縦書"), ("V", "縦書")] {
        let page = "BT /W 12 Tf 300 700 Td <7E2666F8> Tj ET";
        let text = text_of(&pdf_with(&[page], "", "/Resources<</Font<</W 5 0 R>>>>", &wide_font(writing)));
        assert_eq!(text.split_whitespace().collect::<String>(), expected, "{writing}");
    }
}

#[test]
fn a_broken_font_that_the_file_does_not_hold_is_read_as_plain_letters() {
    let page = "BT /B 12 Tf 100 700 Td (Hoeveel vragen?) Tj ET";
    for font in ["/Subtype/Foo", "/Subtype/TrueType/BaseFont/Arial/FirstChar 200/LastChar 10/Widths[1 2 3]"] {
        let font = format!("<</Type/Font{font}>>").into_bytes();
        let text = text_of(&pdf_with(&[page], "", "/Resources<</Font<</B 5 0 R>>>>", std::slice::from_ref(&font)));
        assert_eq!(text, "Hoeveel vragen?\n", "{}", String::from_utf8_lossy(&font));
    }
    // Codes of a font of many bytes say nothing by themselves.
    let composite = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]>>".to_vec();
    let bytes = pdf_with(&[page], "", "/Resources<</Font<</B 5 0 R>>>>", &[composite]);
    assert!(matches!(Extractor::new().prose(&bytes, false), Err(Error::Scanned)));
}

#[test]
fn a_page_that_is_a_picture_among_others_is_told() {
    let picture = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"x");
    let head = at(60.0, 780.0, "SCHRIFTELIJKE VRAAG") + &at(60.0, 765.0, "nr. 5") + &at(60.0, 750.0, "van JAN JANSSEN");
    let head =
        head + &at(60.0, 735.0, "datum: 5 mei 2020") + &at(60.0, 700.0, "Titel") + &at(60.0, 670.0, "1. Hoeveel?");
    let pages = [head.as_str(), "q 595 0 0 842 0 0 cm /I Do Q"];
    let questions = Extractor::new().pdf(&pdf_with(&pages, "/XObject<</I 5 0 R>>", "", &[picture])).unwrap();
    let told: Vec<_> = questions[0].diagnostics.iter().filter(|told| told.code == Code::PageOdd).collect();
    assert_eq!(told.len(), 1, "{:?}", questions[0].diagnostics);
    assert_eq!(told[0].span.page, Some(2));
}

#[cfg(feature = "second-opinion")]
mod second_opinion {
    use super::*;
    use vraagbaak::PdfEngine;

    #[test]
    fn either_engine_reads_the_same_words() {
        let page = rows(700.0, &[75.0, 175.0], &[&["Jaar", "Aantal"], &["2019", "12"], &["2020", "15"]]);
        let turned = "BT /F1 10 Tf 0 1 -1 0 300 100 Tm (Verticale regel.) Tj ET";
        let bytes = pdf(&[&page, turned]);
        let second = Extractor::new().engine(PdfEngine::PdfExtract);
        assert_eq!(second.prose(&bytes, false).unwrap(), text_of(&bytes));
        assert_eq!(Extractor::new().differences(&bytes).unwrap(), []);
    }

    const FORM: &str = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]";

    /// A page that draws the first of these forms, which have no resources of their own.
    fn drawing(page: &str, forms: &[&[u8]]) -> Vec<u8> {
        let names: String = (0..forms.len()).map(|index| format!("/X{index} {} 0 R", 5 + index)).collect();
        let forms: Vec<Vec<u8>> = forms.iter().map(|content| stream(FORM, content)).collect();
        pdf_with(&[&format!("{page} /X0 Do")], &format!("/XObject<<{names}>>"), "", &forms)
    }

    #[test]
    fn forms_that_draw_themselves_are_refused_before_a_stack_overflows() {
        let second = Extractor::new().engine(PdfEngine::PdfExtract);
        let rings: [&[&[u8]]; 3] = [&[b"/X0 Do"], &[b"/#580 Do"], &[b"q /X1 Do Q", b"/X0 Do"]];
        for ring in rings {
            let refused = second.prose(&drawing(&at(100.0, 700.0, "tekst"), ring), false).unwrap_err();
            assert!(matches!(refused, Error::NotPdf { .. }), "{refused}");
            assert_eq!(text_of(&drawing(&at(100.0, 700.0, "tekst"), ring)), "tekst\n");
            // The second engine is asked by itself where there is no text.
            assert!(matches!(Extractor::new().prose(&drawing("", ring), false), Err(Error::Scanned)));
        }
        let fine = drawing("", &[b"/X1 Do", at(100.0, 700.0, "tekst").as_bytes()]);
        assert_eq!(second.prose(&fine, false).unwrap(), "tekst\n");
    }

    #[test]
    fn forms_may_list_themselves_among_their_resources_and_not_draw_them() {
        let second = Extractor::new().engine(PdfEngine::PdfExtract);
        let form = stream(&format!("{FORM}/Resources 6 0 R"), at(100.0, 700.0, "tekst").as_bytes());
        let resources = b"<</Font<</F1 3 0 R>>/XObject<</X 5 0 R>>>>".to_vec();
        let bytes = pdf_with(&["/X Do"], "/XObject<</X 5 0 R>>", "", &[form, resources]);
        assert_eq!(second.prose(&bytes, false).unwrap(), "tekst\n");
    }

    #[test]
    fn forms_that_draw_by_powers_are_over_the_limit_in_either_engine() {
        let forms: Vec<Vec<u8>> = (1..12).map(|next| format!("/X{next} Do ").repeat(10).into_bytes()).collect();
        let forms: Vec<&[u8]> = forms.iter().map(Vec::as_slice).collect();
        let bytes = drawing(&at(100.0, 700.0, "tekst"), &forms);
        for engine in [PdfEngine::Hayro, PdfEngine::PdfExtract] {
            let over = Extractor::new().engine(engine).prose(&bytes, false).unwrap_err();
            assert!(matches!(over, Error::OverLimit { limit: Limit::DocumentBytes, .. }), "{over}");
        }
    }

    #[test]
    fn pages_that_are_their_own_ancestors_are_refused_before_a_stack_overflows() {
        let tree = b"/Kids[6 0 R ]/Count 1";
        let bytes = pdf_with(&[&at(100.0, 700.0, "tekst")], "", "", &[b"null".to_vec()]);
        let place = bytes.windows(tree.len()).position(|window| window == tree).unwrap();
        let mut ring = bytes;
        ring.splice(place..place, b"/Parent 2 0 R".to_vec());
        let second = Extractor::new().engine(PdfEngine::PdfExtract);
        assert_eq!(text_of(&ring), "tekst\n");
        assert!(matches!(second.prose(&ring, false), Err(Error::NotPdf { .. })));
    }

    #[test]
    fn where_the_words_differ_is_told_with_the_place() {
        // Text that stands for other text: the second engine reads the glyphs.
        let page = at(100.0, 700.0, "zichtbaar") + "/Span<</ActualText(elf)>> BDC " + &at(100.0, 680.0, "11") + "EMC";
        let bytes = pdf(&[&page]);
        let told = Extractor::new().differences(&bytes).unwrap();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].message.contains("`elf` is `11`"), "{}", told[0].message);
        assert_eq!((told[0].code, told[0].span.page), (Code::EnginesDiffer, Some(1)));
    }
}

#[test]
fn forms_are_drawn_in_place_and_end_where_they_draw_themselves() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 0 -60]",
        b"BT /F1 10 Tf 100 700 Td (In het formulier.) Tj ET /X Do",
    );
    let page = at(100.0, 700.0, "Boven het formulier.") + "/X Do";
    let text = text_of(&pdf_with(&[&page], "/XObject<</X 5 0 R>>", "", &[form]));
    assert!(text.starts_with("Boven het formulier.\nIn het formulier.\n"), "{text}");
}

#[test]
fn a_superscript_is_raised_and_touches_its_word() {
    let page = "BT /F1 10 Tf 100 700 Td (300 m) Tj /F1 6 Tf 4 Ts (2) Tj 0 Ts /F1 10 Tf ( grond) Tj ET";
    assert_eq!(text_of(&pdf(&[page])), "300 m2 grond\n");
}

#[test]
fn what_stands_for_other_text_is_read_as_that_text() {
    let page = "BT /F1 10 Tf 100 700 Td (1) Tj /Span<</ActualText<FEFF00A0>>> BDC ( ) Tj EMC (373) Tj ET";
    assert_eq!(text_of(&pdf(&[page])).replace('\u{a0}', " "), "1 373\n");
}

#[test]
fn hidden_layers_are_not_read() {
    let page = at(100.0, 700.0, "zichtbaar") + "/OC /L BDC " + &at(100.0, 680.0, "verborgen") + "EMC";
    let mut bytes = pdf_with(&[&page], "/Properties<</L 5 0 R>>", "", &[b"<</Type/OCG/Name(x)>>".to_vec()]);
    assert!(text_of(&bytes).contains("verborgen"));
    let catalog = b"<</Type/Catalog/Pages 2 0 R>>";
    let place = bytes.windows(catalog.len()).position(|window| window == catalog).unwrap();
    let hidden = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>>>".to_vec();
    // The offsets behind it are wrong now: they are found again.
    bytes.splice(place..place + catalog.len(), hidden);
    assert_eq!(text_of(&bytes), "zichtbaar\n");
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = |bytes: &[u8]| Extractor::new().prose(bytes, false).unwrap_err();
    assert!(matches!(error(b"%PDF-1.4\nniets"), Error::NotPdf { .. }));
    assert!(matches!(error(&pdf(&["100 100 200 200 re f"])), Error::Scanned));
    let page = at(100.0, 700.0, "tekst");
    let few = Extractor::new().limits({
        let mut limits = Limits::default();
        limits.pages = 1;
        limits
    });
    let over = few.prose(&pdf(&[&page, &page]), false).unwrap_err();
    assert!(matches!(over, Error::OverLimit { limit: Limit::Pages, found: 2, allowed: 1 }));
}

#[test]
fn nothing_inflates_without_bound() {
    let mut limits = Limits::default();
    limits.document_bytes = 1 << 20;
    let form = |next: usize| {
        let draws = format!("/X{next} Do ").repeat(10);
        stream(
            &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X{next} {} 0 R>>>>", 5 + next),
            draws.as_bytes(),
        )
    };
    let forms: Vec<Vec<u8>> = (1..12).map(form).collect();
    let bytes = pdf_with(&["/X0 Do"], "/XObject<</X0 5 0 R>>", "", &forms);
    let over = Extractor::new().limits(limits).prose(&bytes, false).unwrap_err();
    assert!(matches!(over, Error::OverLimit { limit: Limit::DocumentBytes, .. }), "{over}");
}

#[test]
fn nesting_ends_in_an_error_or_a_text() {
    for depth in [100, 10_000, 300_000] {
        let deep = "[".repeat(depth) + &"]".repeat(depth) + " TJ " + &at(100.0, 700.0, "diep");
        let states = "q ".repeat(depth) + &at(100.0, 700.0, "diep");
        let marks = "/A BMC ".repeat(depth) + &at(100.0, 700.0, "diep");
        let _ = Extractor::new().prose(&pdf(&[&deep]), false);
        assert_eq!(text_of(&pdf(&[&states])), "diep\n");
        assert_eq!(text_of(&pdf(&[&marks])), "diep\n");
    }
}

#[test]
fn a_page_is_drawn_with_what_was_read_from_it() {
    let page = rows(700.0, &[75.0, 175.0], &[&["R&D", "12"], &["Beleid", "15"]]) + &line(70.0, 690.0, 270.0, 690.0);
    let pictures = Extractor::new().pictures(&pdf(&[&page])).unwrap();
    assert_eq!(pictures.len(), 1);
    assert!(pictures[0].contains(">R&amp;D</text>"));
    for layer in ["rules", "words", "tables"] {
        assert!(pictures[0].contains(&format!("id=\"{layer}\"")), "{layer}");
    }
}
