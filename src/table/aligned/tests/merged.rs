//! Labels merged over several rows.

use super::tables;

#[test]
fn labels_in_the_middle_of_their_rows_are_those_of_each() {
    let text = "
Kenmerk          Categorie                      2016       2017
                 Man                           2.033      3.120
Geslacht
                 Vrouw                         2.411      3.688
                 Jonger dan 30                   388        602
Leeftijd         30-49                         1.922      2.914
                 50 en ouder                   2.134      3.292
                 Leefloon                      2.104      2.890
Verhoogde
                 Gepensioneerd                    97        131
tegemoetkoming
                 Andere                        2.243      3.787
Totaal                                         4.444      6.808
";
    let rows = [
        "Kenmerk|Categorie|2016|2017",
        "Geslacht|Man|2.033|3.120",
        "Geslacht|Vrouw|2.411|3.688",
        "Leeftijd|Jonger dan 30|388|602",
        "Leeftijd|30-49|1.922|2.914",
        "Leeftijd|50 en ouder|2.134|3.292",
        "Verhoogde tegemoetkoming|Leefloon|2.104|2.890",
        "Verhoogde tegemoetkoming|Gepensioneerd|97|131",
        "Verhoogde tegemoetkoming|Andere|2.243|3.787",
        "Totaal||4.444|6.808",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn labels_that_stand_elsewhere_are_not_repeated() {
    let text = "
Kenmerk          Categorie                      2016       2017
                 Man                           2.033      3.120
Geslacht         Vrouw                         2.411      3.688
                 Jonger dan 30                   388        602
                 30-49                         1.922      2.914
Leeftijd         50 en ouder                   2.134      3.292
                 65 en ouder                      97        131
                 90 en ouder                       3          5
";
    let rows = tables(text).concat();
    assert_eq!(rows.get(1).map(String::as_str), Some("|Man|2.033|3.120"), "{rows:?}");
}
