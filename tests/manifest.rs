//! What the manifest promises: every dependency under an allowed licence, from the registry, for our Rust version; and a
//! library that is light without its default features.
//!
//! `cargo deny` asks more (known faults), but is not everywhere.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

fn cargo(arguments: &[&str]) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(env!("CARGO")).args(arguments).arg("--locked").current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn packages() -> Vec<Value> {
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--format-version", "1"])).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).unwrap();
    let list = text.split("allow = [").nth(1).unwrap().split(']').next().unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an expression (`MIT OR (Apache-2.0 AND ISC)`) is met by what is allowed. `/` is an old form of OR.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "+WITH+");
    let tokens: Vec<String> = spaced.split_whitespace().map(|token| token.replace("+WITH+", " WITH ")).collect();
    let (met, rest) = any_of(&tokens, allowed);
    met && rest.is_empty()
}

fn any_of<'t>(tokens: &'t [String], allowed: &[String]) -> (bool, &'t [String]) {
    let (mut met, mut rest) = all_of(tokens, allowed);
    while rest.first().is_some_and(|token| token == "OR") {
        let (other, after) = all_of(&rest[1..], allowed);
        (met, rest) = (met || other, after);
    }
    (met, rest)
}

fn all_of<'t>(tokens: &'t [String], allowed: &[String]) -> (bool, &'t [String]) {
    let (mut met, mut rest) = one(tokens, allowed);
    while rest.first().is_some_and(|token| token == "AND") {
        let (other, after) = one(&rest[1..], allowed);
        (met, rest) = (met && other, after);
    }
    (met, rest)
}

fn one<'t>(tokens: &'t [String], allowed: &[String]) -> (bool, &'t [String]) {
    match tokens.split_first() {
        Some((open, rest)) if open == "(" => {
            let (met, rest) = any_of(rest, allowed);
            (met, rest.get(1..).unwrap_or(&[]))
        }
        Some((licence, rest)) => (allowed.contains(licence), rest),
        None => (false, tokens),
    }
}

#[test]
fn every_dependency_is_under_an_allowed_licence_and_from_the_registry() {
    let allowed = allowed();
    for package in packages().iter().filter(|package| package["name"] != "vraagbaak") {
        let (name, licence) = (&package["name"], package["license"].as_str().unwrap_or(""));
        assert!(is_met(licence, &allowed), "{name}: {licence}");
        assert!(package["source"].as_str().is_some_and(|source| source.starts_with("registry+")), "{name}");
    }
}

/// `rust-version` is a promise: no dependency may ask for more. That our own code keeps it is looked at by clippy.
#[test]
fn no_dependency_asks_for_a_newer_rust() {
    let number = |version: &str| -> Vec<u32> { version.split('.').map(|part| part.parse().unwrap()).collect() };
    let ours = number(env!("CARGO_PKG_RUST_VERSION"));
    for package in packages() {
        if let Some(version) = package["rust_version"].as_str() {
            assert!(number(version)[..2] <= ours[..2], "{} asks for {version}", package["name"]);
        }
    }
}

#[test]
fn a_library_without_default_features_is_light() {
    let tree = cargo(&["tree", "--no-default-features", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    for heavy in ["clap", "rusqlite", "parquet", "hayro-syntax", "zip", "indicatif", "schemars", "flate2", "anstream"] {
        assert!(!names.contains(&heavy), "{heavy}");
    }
    let direct = cargo(&["tree", "--no-default-features", "--edges", "normal", "--depth", "1", "--prefix", "none"]);
    assert!(direct.lines().count() <= 9, "{direct}");
}

#[test]
fn licence_expressions_are_met_by_what_is_allowed() {
    let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for expression in ["MIT", "MIT/GPL-3.0", "(MIT OR GPL-3.0) AND Apache-2.0", "Apache-2.0 WITH LLVM-exception OR X"] {
        assert!(is_met(expression, &allowed), "{expression}");
    }
    for expression in ["", "GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR LGPL-3.0) AND MIT"] {
        assert!(!is_met(expression, &allowed), "{expression}");
    }
}
