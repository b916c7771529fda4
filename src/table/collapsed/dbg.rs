#[test]
#[ignore]
fn dbg() {
    use crate::layout::lines::text_to_layout;
    let text = std::fs::read_to_string(std::env::var("F").unwrap()).unwrap();
    let layout = text_to_layout(text);
    let lines = 0..layout.lines.len();
    let kinds = super::region::line_kinds(&layout, lines.clone());
    for (l, k) in lines.clone().zip(&kinds) { println!("K {k:?} {}", layout.line_text(l)); }
    for found in super::region::regions(&kinds) {
        let pieces = super::piece::pieces_of(&layout, found.clone(), &kinds[found.clone()]);
        for p in &pieces { println!("P {:?} {:?} {:?}", p.counts, p.kind, p.text(&layout)); }
        for s in super::piece::segments_of(&layout, &pieces) {
            println!("S {s:?}");
            let body: Vec<usize> = s.body.clone().filter(|p| !s.repeated.contains(p)).collect();
            let style = super::style_of(&layout, &pieces, &body);
            println!("style {style:?}");
            for c in super::candidates(&layout, &pieces, &body, &crate::Limits::default()) { for l in 1..=5 {
                if let Some(d) = super::draft(&layout, &pieces, &body, (c, l), style) {
                    println!("n={c} l={l} cost={} heads={:?} header={:?}", d.cost, d.heads, d.header.as_ref().map(|h| h.cost));
                    for r in &d.rows { println!("    {:?} {:?}", r.label(&layout), r.readings.iter().take(3).map(|x| (x.cost, &x.values)).collect::<Vec<_>>()); }
                }
            }}
            if let Some(g) = super::read(&layout, &pieces, &s, &crate::Limits::default()) {
                for r in &g.rows { println!("  G {:?}", r.iter().map(|c| c.text.as_str()).collect::<Vec<_>>()); }
            } else { println!("  UNREAD"); }
        }
    }
}
