//! Tells somebody who waits at a terminal what is being done: a bar where it is known how much there is to do, seconds
//! where it is not. Short work is not worth a word, and nothing is left on the screen afterwards.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::lang::Lang;
use crate::model::meter::Meter;

/// How long work may take before anything is printed.
const DELAY: Duration = Duration::from_millis(500);

/// How often it is printed again.
const INTERVAL: Duration = Duration::from_millis(200);

/// What is printed of work whose end is known.
const BAR: &str = "{msg} [{bar:24}] {percent} %";

/// What is printed of any other.
const SECONDS: [&str; 2] = ["{msg}: {seconds} s", "{msg}：{seconds} 秒"];

/// Work that is under way; when this is dropped it is done, and the line is wiped away.
#[derive(Debug)]
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

/// What is said of the work, and how far it has come.
#[derive(Debug)]
pub struct Work {
    /// What is being done.
    pub name: String,
    /// The language it is said in.
    pub lang: Lang,
    /// How far it has come.
    pub meter: Arc<Meter>,
}

impl Progress {
    /// Nobody is there to be told.
    pub fn silent() -> Self {
        Self(None)
    }

    /// Shows how far the work has come until it is done.
    pub fn started(work: Work, target: ProgressDrawTarget) -> Self {
        let (done, listen) = channel();
        let thread = thread::Builder::new().spawn(move || show(&work, &listen, target));
        // Without a thread to spare the work goes on in silence.
        Self(thread.ok().map(|thread| (done, thread)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.0.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}

/// Shows the work until the sender is gone.
fn show(work: &Work, done: &Receiver<()>, target: ProgressDrawTarget) {
    let start = Instant::now();
    let is_done = |wait| done.recv_timeout(wait) != Err(RecvTimeoutError::Timeout);
    if is_done(DELAY) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, target).with_message(work.name.clone());
    let style = |template: &str| {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        style.progress_chars("█░").with_key("seconds", move |_: &_, out: &mut dyn std::fmt::Write| {
            let _ = write!(out, "{}", start.elapsed().as_secs());
        })
    };
    let [en, zh] = SECONDS;
    loop {
        if let Some((done, total)) = work.meter.read() {
            bar.set_style(style(BAR));
            bar.set_length(total);
            bar.set_position(done);
        } else {
            bar.set_style(style(work.lang.pick(en, zh)));
        }
        bar.tick();
        if is_done(INTERVAL) {
            break;
        }
    }
    bar.finish_and_clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::InMemoryTerm;

    /// What stands on the screen after half a second, and at the end.
    fn shown(meter: &Arc<Meter>, lang: Lang, work: Duration) -> [String; 2] {
        let screen = InMemoryTerm::new(3, 60);
        let target = ProgressDrawTarget::term_like(Box::new(screen.clone()));
        let work_of = Work { name: "正在读取".to_owned(), lang, meter: Arc::clone(meter) };
        let progress = Progress::started(work_of, target);
        thread::sleep(work);
        let meanwhile = screen.contents();
        drop(progress);
        [meanwhile, screen.contents()]
    }

    #[test]
    fn short_work_is_not_worth_a_word() {
        assert_eq!(shown(&Arc::default(), Lang::En, Duration::ZERO), ["", ""]);
    }

    #[test]
    fn seconds_are_counted_where_the_end_is_not_known_and_wiped_away() {
        let long = DELAY + INTERVAL / 2;
        assert_eq!(shown(&Arc::default(), Lang::En, long), ["正在读取: 0 s", ""]);
        assert_eq!(shown(&Arc::default(), Lang::Zh, long), ["正在读取：0 秒", ""]);
    }

    #[test]
    fn a_bar_shows_how_much_is_done_where_the_end_is_known() {
        let meter = Arc::new(Meter::default());
        meter.expect(4);
        meter.step();
        let expected = format!("正在读取 [{}{}] 25 %", "█".repeat(6), "░".repeat(18));
        assert_eq!(shown(&meter, Lang::Zh, DELAY + INTERVAL / 2), [expected, String::new()]);
    }
}
