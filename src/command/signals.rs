//! What asks the program to stop: Ctrl+C, a terminal that closes, a cluster that takes its machine
//! back.

use super::{STOPPED, say};
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
