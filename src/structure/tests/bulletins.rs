//! Files with several written questions, and heads that pages repeat.

use super::{answers, document, layout, read};
use crate::structure::{parse, split};

#[test]
fn a_bulletin_is_parted_where_questions_begin() {
    let whole = document("1. Hoeveel?", "1. Twee.");
    let cut = "aan PIET D'HAESE\nMINISTER VAN LANDBOUW\n\nTitel van vraag twee\n\nInleiding.\n\n1. Wat?\n2. Hoe?\n\n\
               PIET D'HAESE\nMINISTER VAN LANDBOUW\n\nANTWOORD\nop vraag nr. 10 van 4 mei 2021\nvan TOM BE\n\n1. Dat.\n2. Zo.\n";
    let bulletin = format!("{whole}\n\n{cut}\n\n{whole}");
    let layout = layout(&bulletin);
    let ranges = split(&layout);
    let numbers: Vec<_> =
        ranges.into_iter().map(|lines| parse(&layout, lines, &[]).expect("a question").number).collect();
    assert_eq!(numbers, [Some(9), Some(10), Some(9)]);
}

/// The document on three pages with a running head on each.
fn paged(head: &str, page_end: &str) -> String {
    let whole = document("1. Hoeveel?\n\n2. Waarom?", "1. Twee.\n\n2. Daarom.");
    let page = |number: usize| format!("{head}\n\nBlz. {number}\n\n");
    let whole = whole
        .replace("PIET D'HAESE\nMINISTER VAN LANDBOUW\n\nANTWOORD", "@PIET D'HAESE\nMINISTER VAN LANDBOUW\n\nANTWOORD");
    let (asked, replied) = whole.split_once('@').expect("a reply");
    let (first, second) = replied.split_once("2. Daarom").expect("an answer");
    format!("{}{asked}{page_end}{}{first}{page_end}{}2. Daarom{second}", page(1), page(2), page(3))
}

#[test]
fn a_running_head_opens_no_question() {
    for head in [
        "Schriftelijke vraag",
        "SCHRIFTELIJKE VRAAG",
        "Schriftelijke vraag nr. 9",
        "Schriftelijke vraag nr. 9 van 3 mei 2021",
    ] {
        for page_end in ["\n\n\n", "\u{c}"] {
            let layout = layout(&paged(head, page_end));
            let ranges = split(&layout);
            assert_eq!(ranges.len(), 1, "{head} {page_end:?}");
            let parsed = parse(&layout, ranges[0].clone(), &[]).expect("a question");
            assert_eq!((parsed.number, parsed.title.as_deref()), (Some(9), Some("Bijensterfte - Onderzoek")), "{head}");
            assert_eq!(answers(&parsed), [("1".to_owned(), "Twee."), ("2".to_owned(), "Daarom.")], "{head}");
        }
    }
}

#[test]
fn a_head_over_one_page_opens_no_question_of_its_own() {
    let text = format!("Schriftelijke vraag\n\n{}", document("1. Hoeveel?\n\n2. Waarom?", "1. Twee.\n\n2. Daarom."));
    let layout = layout(&text);
    assert_eq!(split(&layout).len(), 1);
    assert_eq!(parse(&layout, 0..layout.lines.len(), &[]).expect("a question").number, Some(9));
}

#[test]
fn a_head_may_begin_with_the_number_alone_or_with_other_lines() {
    for head in [
        "Vraag nr. 3\nvan 1 oktober 2021\nvan Sofie Bracke",
        "Vraag nr. 3 van 1 oktober 2021\nvan Sofie Bracke",
        "Parlementaire vragen\nZitting 2021-2022\nVraag nr. 3 van 1 oktober 2021\nvan Sofie Bracke",
        "Sofie Bracke, nr. 3\nvan 1 oktober 2021\nvan Sofie Bracke",
    ] {
        let parsed = read(&format!(
            "{head}\n\naan Marc Delbeke\nVlaams minister van Werk\n\nBezetting (VTE)\n\nEr is bespaard.\n\n\
             1. Hoeveel?\n\n2. Waarom?\n\nMarc Delbeke\nVlaams minister van Werk\n\nANTWOORD\n\
             op vraag nr. 3 van 1 oktober 2021\nvan Sofie Bracke\n\n1. Twee.\n\n2. Daarom.\n"
        ));
        assert_eq!((parsed.number, parsed.title.as_deref()), (Some(3), Some("Bezetting (VTE)")), "{head}");
        assert_eq!(parsed.addressee.map(|p| p.name).as_deref(), Some("Marc Delbeke"), "{head}");
        assert_eq!(parsed.introduction.len(), 1, "{head}");
    }
}
