//! Reading the store: what a command begins with.

use super::failure::{Failure, Traced};
use super::session::Session;
use crate::model::finding::Finding;
use crate::model::records::Records;
use crate::store::load::Snapshot;
use crate::store::writer::Writer;
use crate::store::{Store, StoreError};
use crate::text;

/// A store that has been read.
#[derive(Debug)]
pub struct Loaded {
    /// Where it lies.
    pub store: Store,
    /// What was read.
    pub snapshot: Snapshot,
    /// The permission to change it; none if it was only read.
    pub writer: Option<Writer>,
}

impl Loaded {
    /// Reads the store, whatever is wrong with it.
    pub fn any(session: &Session<'_>) -> Result<Self, Failure> {
        if let Some(stage) = session.stage {
            let (store, snapshot) = stage.read();
            return Ok(Self { store, snapshot, writer: None });
        }
        let store = session.store()?;
        let snapshot = read(session, &store, || store.load())?;
        Ok(Self { store, snapshot, writer: None })
    }

    /// Reads the store and refuses to go on if figures would be wrong.
    pub fn sound(session: &Session<'_>) -> Result<Self, Failure> {
        judged(Self::any(session)?)
    }

    /// Reads the store as it was after a change, or as it is.
    pub fn sound_at(session: &Session<'_>, change: Option<u64>) -> Result<Self, Failure> {
        let Some(change) = change else { return Self::sound(session) };
        let store = session.store()?;
        let snapshot = read(session, &store, || store.load_at(change))?;
        judged(Self { store, snapshot, writer: None })
    }

    /// Reads the store to change it: nobody else does until the outcome is dropped. A batch changes what stands in for
    /// the store.
    pub fn locked(session: &Session<'_>) -> Result<Self, Failure> {
        if session.stage.is_some() {
            return for_writing(Self::sound(session)?);
        }
        let store = session.store()?;
        let writer = take(session, &store)?;
        let snapshot = read(session, &store, || writer.load())?;
        judged(Self { store, snapshot, writer: Some(writer) })
    }

    /// The records.
    pub fn records(&self) -> &Records {
        &self.snapshot.records
    }

    /// Whether the files may say something else by now.
    pub fn is_outdated(&self) -> bool {
        self.store.last_change().is_ok_and(|last| last != self.snapshot.change)
    }

    /// Findings with the lines they are about.
    pub fn traced(&self, found: Vec<Finding>) -> Vec<Traced> {
        let mut located =
            self.store.locate(&self.snapshot, found.iter().flat_map(|finding| &finding.places)).into_iter();
        let mut traced = Vec::new();
        for finding in found {
            let places = located.by_ref().take(finding.places.len()).collect();
            traced.push((finding, places));
        }
        traced
    }

    /// The failure of a command whose findings these are.
    pub fn failure(&self, found: Vec<Finding>) -> Failure {
        Failure::Unsound(self.traced(found))
    }
}

fn read(
    session: &Session<'_>,
    store: &Store,
    read: impl FnOnce() -> Result<Snapshot, StoreError>,
) -> Result<Snapshot, Failure> {
    let _progress = session.ui.progress(&text!("reading the data", "正在读取数据"), &store.meter());
    Ok(read()?)
}

/// Waits for the permission to write, and says what was found to put in order.
pub fn take(session: &Session<'_>, store: &Store) -> Result<Writer, Failure> {
    let writer = Writer::take(store, &session.lock_options(&|text| session.ui.say(text)))?;
    tell(session, &writer);
    Ok(writer)
}

/// Says what a writer has to tell.
pub fn tell(session: &Session<'_>, writer: &Writer) {
    for notice in writer.notices() {
        session.ui.say(&notice.text());
    }
}

/// Refuses to go on if the store has another format than this version writes.
pub fn for_writing(loaded: Loaded) -> Result<Loaded, Failure> {
    Ok(Loaded { snapshot: loaded.snapshot.of_this_format()?, ..loaded })
}

/// Refuses to go on if figures would be wrong.
pub fn judged(mut loaded: Loaded) -> Result<Loaded, Failure> {
    if loaded.snapshot.is_sound() {
        return Ok(loaded);
    }
    let found = std::mem::take(&mut loaded.snapshot.findings);
    Err(loaded.failure(found.into_iter().filter(Finding::is_error).collect()))
}
