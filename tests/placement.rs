//! Where tables stand: in the answer around them, or in none.

#[test]
fn a_table_in_an_annex_stands_in_no_answer() {
    let text = "SCHRIFTELIJKE VRAAG\nnr. 5\nvan JAN JANSSEN\ndatum: 5 mei 2020\naan AN MAES\nVLAAMS MINISTER VAN WONEN\n\n\
                Wachtlijsten - Cijfers\n\n1. Hoeveel?\n\nAN MAES\nVLAAMS MINISTER VAN WONEN\n\nANTWOORD\n\
                op vraag nr. 5 van 5 mei 2020\nvan JAN JANSSEN\n\n1. Zie bijlage.\n\n\nBIJLAGE\n\n\
                Bijlage 1: wachtenden per gemeente\n\nGemeente 2018 2019\nAalst 12 14\nGent 30 28\nTotaal 42 42\n";
    let parsed = vraagbaak::parse_text(text).unwrap();
    assert_eq!(parsed.tables.len(), 1);
    assert!(parsed.tables[0].placement.is_none(), "{:?}", parsed.tables[0].placement);
    assert_eq!(parsed.answers[0].text, "Zie bijlage.");
}
