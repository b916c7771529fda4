//! The arrows between the rooms: who may use whom, read from the `use crate::` lines and paths of the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may use. What is not here may be used by nobody but `parse` and `lib`.
const ARROWS: [(&str, &[&str]); 11] = [
    ("geometry", &[]),
    ("limits", &[]),
    ("error", &["limits"]),
    ("diagnostic", &["geometry"]),
    ("source", &["geometry", "error", "diagnostic", "limits", "layout", "model"]),
    ("layout", &["geometry", "error", "diagnostic", "limits"]),
    ("model", &["geometry", "diagnostic"]),
    ("structure", &["geometry", "error", "diagnostic", "limits", "layout", "model"]),
    ("table", &["geometry", "error", "diagnostic", "limits", "layout", "model"]),
    ("export", &["diagnostic", "geometry", "model"]),
    ("fixture", &["geometry", "model"]),
];

fn sources(room: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = vec![root.join(format!("{room}.rs"))];
    let mut folders = vec![root.join(room)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    let is_source = |path: &PathBuf| path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs");
    found.retain(|path| path.is_file() && is_source(path));
    found
}

/// The rooms named behind `crate::`, those in braces too; comments and tests do not count.
fn rooms_used(source: &str) -> BTreeSet<String> {
    let code: String = source
        .lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut rooms = BTreeSet::new();
    for (offset, mark) in code.match_indices("crate::") {
        let rest = &code[offset + mark.len()..];
        match rest.strip_prefix('{') {
            Some(list) => rooms.extend(first_names(list)),
            None => rooms.extend(name_at(rest)),
        }
    }
    rooms
}

/// The first name of each path of a brace list: `model::{A, B}, source` gives `model` and `source`.
fn first_names(list: &str) -> Vec<String> {
    let (mut depth, mut begins, mut names) = (0, true, Vec::new());
    for (offset, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && c.is_alphabetic() => {
                names.extend(name_at(&list[offset..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn name_at(path: &str) -> Option<String> {
    let name: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

#[test]
fn rooms_use_only_the_rooms_beneath_them() {
    let mut strays = Vec::new();
    for (room, allowed) in ARROWS {
        for path in sources(room) {
            let used = rooms_used(&fs::read_to_string(&path).unwrap());
            let strange = used.iter().filter(|name| *name != room && !allowed.contains(&name.as_str()));
            strays.extend(strange.map(|name| format!("{} uses {name}", path.display())));
        }
    }
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn the_command_sees_the_public_face_alone() {
    let sources = sources("cli");
    assert!(!sources.is_empty());
    for path in sources {
        assert_eq!(rooms_used(&fs::read_to_string(&path).unwrap()), BTreeSet::new(), "{}", path.display());
    }
}

#[test]
fn every_room_of_the_library_has_its_arrows() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rooms = lib.lines().filter_map(|line| line.split("mod ").nth(1)?.strip_suffix(';'));
    for room in rooms.filter(|room| *room != "parse") {
        assert!(ARROWS.iter().any(|(name, _)| *name == room), "{room} is in lib.rs, but has no arrows here");
    }
}

/// The commands of a page that run tests of this folder: `cargo test --test batch killed` gives `batch` and `killed`.
fn tests_named(page: &str) -> Vec<(&str, Option<&str>)> {
    let commands = page.split('`').filter_map(|code| code.strip_prefix("cargo test "));
    commands
        .flat_map(|command| {
            let words: Vec<&str> = command.split(' ').collect();
            let files: Vec<&str> = words.windows(2).filter(|two| two[0] == "--test").map(|two| two[1]).collect();
            let name = words.last().copied().filter(|last| files.last() != Some(last));
            files.into_iter().map(move |file| (file, name))
        })
        .collect()
}

#[test]
fn the_page_on_reliability_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/reliability.md")).unwrap();
    let named = tests_named(&page);
    assert!(named.len() > 10);
    for (file, name) in named {
        let tests = fs::read_to_string(root.join(format!("tests/{file}.rs"))).unwrap();
        let mut heads = tests.lines().filter_map(|line| line.strip_prefix("fn "));
        assert!(heads.any(|head| name.is_none_or(|name| head.contains(name))), "{file}: no test is called {name:?}");
    }
}

#[test]
fn names_are_read_from_single_paths_and_brace_lists() {
    let names = rooms_used("use crate::{source::{self, text}, structure};\nlet x = crate::model::Date::new;\n");
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["model", "source", "structure"]);
}
