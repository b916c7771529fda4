//! The programs of `examples/`, run on the seeds: what the documentation sends people to works.

#[path = "../examples/archive.rs"]
#[expect(dead_code, reason = "its main is for people")]
mod archive;
#[path = "../examples/facts.rs"]
#[expect(dead_code, reason = "its main is for people")]
mod facts;
#[cfg(feature = "fixtures")]
#[path = "../examples/regression.rs"]
#[expect(dead_code, reason = "its main is for people")]
mod regression;

use std::fs;
use std::path::{Path, PathBuf};

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn facts_are_told_with_what_is_doubtful() {
    let told = facts::facts(&fs::read(root("seeds/001_c053da0bd1a00141.txt")).unwrap()).unwrap();
    assert!(
        told.starts_with("Nupraatikerover - Oproepen tijdens de coronacrisis (2)\nt1 Januari / 2019 = 56 "),
        "{told}"
    );
    assert!(told.contains("\nwarning: table t1 stands under answer 2 but its content belongs to answer 1"), "{told}");
}

#[test]
fn an_archive_is_converted_and_what_cannot_be_is_named() {
    let scratch = std::env::temp_dir().join(format!("vraagbaak-example-{}", std::process::id()));
    let (folder, output) = (scratch.join("in"), scratch.join("out"));
    fs::create_dir_all(&folder).unwrap();
    for seed in ["000_5170ae0f649b1a58.txt", "001_c053da0bd1a00141.txt"] {
        fs::copy(root("seeds").join(seed), folder.join(seed)).unwrap();
    }
    fs::write(folder.join("leeg.txt"), "").unwrap();
    let (read, failed) = archive::convert(&folder, &output).unwrap();
    let (lines, facts) = (output.join("questions.jsonl"), output.join("facts.csv"));
    let count = |path: &Path| fs::read_to_string(path).unwrap().lines().count();
    assert_eq!((read, count(&lines)), (2, 2));
    assert!(count(&facts) > 140);
    assert_eq!(failed.len(), 1);
    assert!(failed[0].ends_with("leeg.txt: the file is empty: nothing to read"), "{failed:?}");
    fs::remove_dir_all(scratch).unwrap();
}

#[cfg(feature = "fixtures")]
#[test]
fn fixtures_are_judged_with_any_parser() {
    assert_eq!(regression::judge(&root("fixtures/corpus")).unwrap(), [""; 0]);
}
