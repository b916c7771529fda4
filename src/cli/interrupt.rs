//! Ctrl-C: the first finishes what is in flight, the second stops at once. A request to end (SIGTERM, SIGHUP) is the same.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The status of a run that was stopped, as shells have it: 128 and the number of SIGINT.
pub(super) const STATUS: u8 = 130;

/// A flag that the first Ctrl-C raises.
pub(super) fn watch() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    // Where no handler can be set, Ctrl-C ends the program as it always did.
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            // Workers end when their pipes close.
            std::process::exit(i32::from(STATUS));
        }
        let _ = writeln!(io::stderr(), "\nvraagbaak: finishing the files in flight; once more stops at once");
    });
    flag
}
