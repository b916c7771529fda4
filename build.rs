//! How the released command is linked, where that makes a start cheaper.
//!
//! The crates that read fonts bring tables of names, tens of thousands of pointers in all. In a program that may be loaded
//! anywhere the loader sets every one of them before `main`, and so touches 150 pages: half of what a start takes, for a
//! small PDF as much as reading a page. On Linux with glibc the command is therefore linked to be loaded in one place.
//! Libraries, heap and stack stay where chance puts them; the library crate and other targets are linked as ever.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|told| told == value);
    let links_once = is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("CARGO_CFG_TARGET_ARCH", "x86_64")
        && is("PROFILE", "release");
    if links_once && env::var_os("CARGO_FEATURE_CLI").is_some() {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
