//! Labels that go on below their figures.

use super::tables;

#[test]
fn a_label_that_had_no_room_for_its_next_word_goes_on_below() {
    let text = "
Provincie                      Aantal gemelde          Waarvan met
                                  dossiers              opvolging
Antwerpen                           3.120                   2.904
Brussels Hoofdstedelijk             1.866                   1.602
Gewest
Limburg                             1.011                   958
Oost-Vlaanderen                     2.207                  2.045
";
    assert_eq!(tables(text).concat().get(2).map(String::as_str), Some("Brussels Hoofdstedelijk Gewest|1.866|1.602"));
    // What would have fitted heads a group.
    let text = "
Provincie                      Aantal gemelde          Waarvan met
Antwerpen                           3.120                   2.904
Brussels Hoofdstedelijk             1.866                   1.602
Limburg                             1.011                     958
Genk
Waterschei                          2.207                   2.045
";
    assert_eq!(tables(text).concat().get(4).map(String::as_str), Some("Genk||"));
}

#[test]
fn a_label_and_a_remark_that_both_go_on_are_of_one_row() {
    let text = "
Gebouw                             Postcode   Oppervlakte   Jaarlijkse kost   Bestemming
Labo Bodem, Kasteeldreef 112       9050             1.875        € 24.980     Verkoop lopende
Regionaal kantoor Wegen,           2300             3.302        € 40.600     Herbestemming als
Steenweg op Gierle 201                                                        werkplaats
Dienstwoning sluis, Kanaaldijk 9   2400               168         € 2.115     -
";
    let row = "Regionaal kantoor Wegen, Steenweg op Gierle 201|2300|3.302|€ 40.600|Herbestemming als werkplaats";
    assert_eq!(tables(text).concat().get(2).map(String::as_str), Some(row));
}
