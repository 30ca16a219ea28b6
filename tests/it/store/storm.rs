//! Writers, readers, an editor and kills at the same time.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use kunpeng::store::Store;
use kunpeng::store::history::ChangeKind;

use super::{Dice, Sandbox, done, files, kunpeng, replayed};

/// Writers, readers, an editor and kills at the same time.
struct Storm {
    sandbox: Sandbox,
    over: AtomicBool,
    acknowledged: Mutex<Vec<String>>,
    kills: AtomicUsize,
    stops: AtomicUsize,
    reads: AtomicUsize,
    edits: AtomicUsize,
}

impl Storm {
    fn write(&self, writer: usize) {
        let mut dice = Dice(u64::try_from(writer).unwrap() + 99);
        for number in 0.. {
            if self.over.load(Ordering::Relaxed) {
                return;
            }
            let token = format!("t{writer}-{number}");
            let path = self.sandbox.enterprises(5, &token);
            let mut command =
                kunpeng(&self.sandbox.data(), &["import", "enterprises", &path, "--reason", &token]);
            command.env("KUNPENG_ACTOR", format!("writer{writer}"));
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let while_it_works = Duration::from_micros(u64::try_from(dice.throw(60_000)).unwrap());
            match dice.throw(4) {
                0 => {
                    thread::sleep(while_it_works);
                    child.kill().unwrap();
                    self.kills.fetch_add(1, Ordering::Relaxed);
                }
                1 => {
                    thread::sleep(while_it_works);
                    self.stop(&child, dice.throw(200));
                }
                _ => {}
            }
            if child.wait().unwrap().success() {
                self.acknowledged.lock().unwrap().push(token);
            }
        }
    }

    /// Stops a writer for so many milliseconds; it may hold the lock.
    fn stop(&self, child: &Child, milliseconds: usize) {
        let signal = |name: &str| {
            let kill = format!("kill -{name} {} 2> /dev/null", child.id());
            Command::new("sh").args(["-c", &kill]).status().unwrap();
        };
        signal("STOP");
        thread::sleep(Duration::from_millis(u64::try_from(milliseconds).unwrap()));
        signal("CONT");
        self.stops.fetch_add(1, Ordering::Relaxed);
    }

    fn read(&self) {
        while !self.over.load(Ordering::Relaxed) {
            let text = done(&self.sandbox.data(), &["export", "enterprises", "--format", "jsonl"]);
            let town = |line: &'_ str| {
                line.split("\"town\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
            };
            let mut towns: Vec<String> = text.lines().map(town).collect();
            assert_eq!(towns.len(), 5);
            towns.dedup();
            assert_eq!(towns.len(), 1, "half a change: {text}");
            self.reads.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn edit(&self) {
        for number in 0.. {
            if self.over.load(Ordering::Relaxed) {
                return;
            }
            let path = self.sandbox.data().join("industries/automobile.toml");
            let swap = self.sandbox.file("swap", &format!("name = \"汽车 {number}\"\n"));
            fs::rename(swap, path).unwrap();
            self.edits.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(15));
        }
    }
}

#[test]
fn a_storm_of_writers_readers_edits_and_kills_loses_nothing() {
    let seconds = std::env::var("KUNPENG_STORM").ok().and_then(|it| it.parse().ok()).unwrap_or(3);
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(5, "start"));
    let storm = Storm {
        sandbox,
        over: AtomicBool::new(false),
        acknowledged: Mutex::default(),
        kills: AtomicUsize::new(0),
        stops: AtomicUsize::new(0),
        reads: AtomicUsize::new(0),
        edits: AtomicUsize::new(0),
    };
    let started = Instant::now();
    thread::scope(|scope| {
        for writer in 0..6 {
            let storm = &storm;
            scope.spawn(move || storm.write(writer));
        }
        for _ in 0..4 {
            scope.spawn(|| storm.read());
        }
        scope.spawn(|| storm.edit());
        while started.elapsed() < Duration::from_secs(seconds) {
            thread::sleep(Duration::from_millis(50));
        }
        storm.over.store(true, Ordering::Relaxed);
    });
    let data = storm.sandbox.data();
    done(&data, &["enterprise", "set", "e0", "town=last"]);
    let log = done(&data, &["log", "-n", "1000000", "--format", "csv"]);
    let acknowledged = storm.acknowledged.into_inner().unwrap();
    let is_there = |token: &String| log.lines().any(|line| line.ends_with(&format!(",{token}")));
    assert!(acknowledged.iter().all(is_there), "{acknowledged:?}\n{log}");
    assert_eq!(replayed(&data), files(&data));
    every_author_is_right(&data);
    assert!(!done(&data, &["check", "--format", "csv"]).contains("damaged"));
    eprintln!(
        "{} changes acknowledged, {} kills, {} stops, {} reads, {} edits by hand",
        acknowledged.len(),
        storm.kills.into_inner(),
        storm.stops.into_inner(),
        storm.reads.into_inner(),
        storm.edits.into_inner()
    );
}

/// Each import is its writer's, and nothing but what the editor wrote is an edit by hand.
fn every_author_is_right(data: &Path) {
    let store = Store::open(data).unwrap();
    for entry in store.changes().unwrap().into_iter().map(|id| store.entry(id).unwrap()) {
        let note = &entry.note;
        match note.kind {
            ChangeKind::ByHand => {
                let paths: Vec<&str> = entry.files.iter().map(|file| file.path.as_str()).collect();
                assert_eq!(paths, ["industries/automobile.toml"], "{note:?}");
            }
            _ if note.actor == "tester" => {}
            _ => {
                let writer = note.reason.as_deref().and_then(|reason| reason.split(['t', '-']).nth(1));
                assert_eq!(
                    writer.map(|writer| format!("writer{writer}")).as_ref(),
                    Some(&note.actor),
                    "{note:?}"
                );
            }
        }
    }
}
