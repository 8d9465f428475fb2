//! What asks the program to stop: Ctrl+C, a terminal that closes, a cluster that takes its machine
//! back.

use super::{STOPPED, say};
#[cfg(target_os = "linux")]
use nix::sys::signal::{SigSet, Signal};
use np_playground::error::{Error, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A terminal that closes and `timeout` send two signals for one cause, but not a second apart.
const ONE_CAUSE: Duration = Duration::from_secs(1);

/// Set by the first signal, which is told `what_becomes` of the runs; another one, a second or more
/// later, ends at once.
pub fn stop_when_asked(what_becomes: &'static str) -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let mut first: Option<Instant> = None;
    ctrlc::set_handler(move || match first {
        None => {
            first = Some(Instant::now());
            asked.store(true, Ordering::Relaxed);
            say(format!("Stopping: {what_becomes}"));
        }
        Some(first) if first.elapsed() >= ONE_CAUSE => std::process::exit(STOPPED.into()),
        Some(_) => {}
    })
    .map_err(|error| Error::Io {
        path: "Ctrl+C".into(),
        message: format!("The system does not let this program answer it ({error})."),
    })?;
    Ok(stop)
}

/// Lets pass what was ignored when the program began, as the end of its terminal is under `nohup`:
/// it is to outlive that. A handler would take it away; what is blocked does not reach one. So does
/// the signal of a file that grows beyond a limit: that a write fails is said where it does. To be
/// called first of all, since threads have it from the one that they begin in.
#[cfg(target_os = "linux")]
pub fn let_pass() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok());
    let is_ignored =
        |signal: &Signal| mask.is_some_and(|mask| mask >> (*signal as i32 - 1) & 1 == 1);
    let asking = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGTERM];
    let ignored = asking.into_iter().filter(is_ignored);
    let passing: SigSet = ignored.chain([Signal::SIGXFSZ]).collect();
    // It fails of a set that is none, which this is not.
    _ = passing.thread_block();
}
