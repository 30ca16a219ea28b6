//! Tells somebody who waits at a terminal what is being done. Short work is not worth a word, and nothing is left on
//! the screen afterwards.

use std::io::Write;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long work may take before anything is printed.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often it is printed again.
const PACE: Duration = Duration::from_millis(200);

/// Work that is under way; when this is dropped it is done, and the line is wiped away.
#[derive(Debug)]
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Nobody is there to be told.
    pub fn silent() -> Self {
        Self(None)
    }

    /// Says to a terminal what is being done, and for how long, until it is done.
    pub fn started(what: String, mut to: impl Write + Send + 'static) -> Self {
        let (done, listen) = channel();
        let teller = thread::Builder::new().spawn(move || tell(&what, &listen, &mut to));
        // Without a thread to spare the work goes on in silence.
        Self(teller.ok().map(|teller| (done, teller)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, teller)) = self.0.take() {
            drop(done);
            let _ = teller.join();
        }
    }
}

/// Tells `what` until the sender is gone.
fn tell(what: &str, done: &Receiver<()>, to: &mut dyn Write) {
    let start = Instant::now();
    let mut wait = PATIENCE;
    while done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        // Nobody is left to be told of a failure to write to stderr.
        let _ = write!(to, "\r{what}: {} s\x1b[K", start.elapsed().as_secs()).and_then(|()| to.flush());
        wait = PACE;
    }
    if wait == PACE {
        let _ = write!(to, "\r\x1b[K").and_then(|()| to.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed_after(work: Duration) -> String {
        let (done, listen) = channel();
        let mut printed = Vec::new();
        let worker = thread::spawn(move || {
            thread::sleep(work);
            drop(done);
        });
        tell("reading", &listen, &mut printed);
        worker.join().unwrap();
        String::from_utf8(printed).unwrap()
    }

    #[test]
    fn says_nothing_of_short_work_and_wipes_away_what_it_said_of_long_work() {
        assert_eq!(printed_after(Duration::ZERO), "");
        let long = printed_after(PATIENCE + PACE / 2);
        assert_eq!(long, "\rreading: 0 s\x1b[K\r\x1b[K");
    }
}
