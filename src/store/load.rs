//! Reading a whole store, with every fault at once.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;

use super::conflict::{self, Conflict};
use super::consistent_read::{Overlay, State, consistently};
use super::disk::{Folder, not_utf8, read_record};
use super::document::{self, SyntaxFault};
use super::error::newer_program;
use super::folder::{self, Found, Obstacle, RecordFile};
use super::{Store, StoreError, failed};
use crate::model::check;
use crate::model::field;
use crate::model::finding::{Finding, Part, Place, RecordRef, capped};
use crate::model::kind::Kind;
use crate::model::migration;
use crate::model::programme::{FORMAT, Programme, RecordFormat};
use crate::model::records::Records;
use crate::model::rule::{self, Rule};
use crate::model::shape::{Faults, Shape};
use crate::model::text::Text;
use crate::model::value::{KeyPath, Table, Value};
use crate::text;

/// A store as it was read.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What could be read.
    pub records: Records,
    /// What is wrong, errors only; warnings are asked for with [`check::warnings`].
    pub findings: Vec<Finding>,
    /// The format it has on disk; older ones are read as if they had been brought up to date.
    pub format: u32,
    /// The number of the last change it has.
    pub change: u64,
    /// Whether files of that change may still have to be put in place by the next command that writes.
    pub is_pending: bool,
    files: HashMap<RecordRef, RecordFile>,
}

impl Snapshot {
    /// Whether figures can be counted and records be changed.
    pub fn is_sound(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }

    /// The same, if it has the format this version writes.
    pub fn of_this_format(self) -> Result<Self, StoreError> {
        match self.format.cmp(&FORMAT) {
            Ordering::Less => Err(StoreError::Older(self.format)),
            Ordering::Equal => Ok(self),
            Ordering::Greater => Err(StoreError::Newer(self.format)),
        }
    }

    /// The file of a record: where it lies, or where it would be put.
    pub fn file_of(&self, record: &RecordRef) -> RecordFile {
        self.files.get(record).cloned().unwrap_or_else(|| {
            folder::new_file(record, self.records.programme.records.unwrap_or(RecordFormat::Toml))
        })
    }

    /// Whether a record has a file, readable or not.
    pub fn has_file(&self, record: &RecordRef) -> bool {
        self.files.contains_key(record)
    }

    /// Reads a text in the place of a record's file, as plain data.
    pub fn reread(
        &self,
        record: &RecordRef,
        format: RecordFormat,
        text: &str,
    ) -> Result<Value, Vec<Finding>> {
        let path = self.file_of(record).path;
        document::parse(format, text).map_err(|faults| unparsable(&path, text, &faults))
    }

    /// Whether the text of a record's file still says what was read.
    pub fn still_holds(&self, record: &RecordRef, text: &str) -> bool {
        let format = self.file_of(record).format;
        let read = document::parse(format, text).ok().and_then(|value| {
            let mut scratch = Records::new(self.records.programme.clone());
            scratch.put(record, value).ok()?;
            scratch.get(record)
        });
        read.is_some() && read == self.records.get(record)
    }
}

impl Store {
    /// Reads everything, in one state, whoever writes meanwhile.
    pub fn load(&self) -> Result<Snapshot, StoreError> {
        // What cannot be looked at is reported when it is read.
        let _ = self.tighten_clone();
        consistently(&Folder::at(&self.root), &self.root, &mut |state| match state {
            Ok(State { change, overlay, is_newer }) => {
                self.load_over(overlay, *change, is_newer.then(newer_history).into_iter().collect())
            }
            Err(error) => self.load_over(&Overlay::default(), 0, vec![damage(&error)]),
        })
    }

    /// Reads everything, with some contents in the place of what the files hold.
    pub(super) fn load_over(
        &self,
        overlay: &Overlay,
        change: u64,
        findings: Vec<Finding>,
    ) -> Result<Snapshot, StoreError> {
        let mut reader = Reader { store: self, overlay, format: FORMAT, findings, files: HashMap::new() };
        let programme = reader.programme()?;
        let mut records = Records::new(programme.unwrap_or_else(blank_programme));
        if reader.findings.iter().any(Finding::is_error) {
            records.broken.insert(RecordRef::programme());
        }
        let listed = Kind::FOLDERS.iter().map(|kind| Ok((*kind, reader.listed(*kind)?)));
        let listed = listed.collect::<Result<Vec<_>, StoreError>>()?;
        self.meter.expect(listed.iter().map(|(_, files)| files.len()).sum());
        for (kind, files) in listed {
            reader.folder(kind, files, &mut records);
        }
        let Reader { format, mut findings, files, .. } = reader;
        findings.extend(check::errors(&records));
        let findings = capped(findings).into_iter().map(without_persons).collect();
        Ok(Snapshot { records, findings, format, change, is_pending: !overlay.is_empty(), files })
    }
}

/// A newer version has written the state folder, and is not running.
fn newer_history() -> Finding {
    let place = Place::File { path: super::head::HEAD.to_owned(), bytes: None };
    Finding::new(&rule::NEWER_FORMAT, StoreError::NewerHistory.text(), place).help(newer_program())
}

/// Nobody can say which change the files are at.
fn damage(error: &StoreError) -> Finding {
    let path = match error {
        StoreError::Damaged { path, .. } => path.clone(),
        _ => super::head::HEAD.to_owned(),
    };
    Finding::new(&rule::DAMAGED_HISTORY, error.chain(), Place::File { path, bytes: None }).help(match error {
        StoreError::NewerHistory => newer_program(),
        _ => text!(
            "`kunpeng check --repair` puts right what needs no guessing",
            "可用 kunpeng check --repair 修复无需猜测的部分"
        ),
    })
}

/// Stands in for a programme that cannot be read, so that the faults of the other files are still found.
fn blank_programme() -> Programme {
    let text = |text: &str| Value::Text(text.to_owned());
    let table: Table = [
        ("format", Value::Number(FORMAT.into())),
        ("name", text("?")),
        ("currency", text("?")),
        ("language", text("en")),
        ("identifier", text("none")),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect();
    #[expect(clippy::expect_used, reason = "the table above has every key a programme needs")]
    Programme::read(Value::Table(table), &mut Faults::default()).expect("a blank programme is one")
}

struct Reader<'s> {
    store: &'s Store,
    overlay: &'s Overlay,
    format: u32,
    findings: Vec<Finding>,
    files: HashMap<RecordRef, RecordFile>,
}

impl Reader<'_> {
    fn programme(&mut self) -> Result<Option<Programme>, StoreError> {
        let file = folder::programme_file(&self.store.root)
            .ok_or_else(|| StoreError::NotAStore(self.store.root.clone()))?;
        let text = self.text(&file.path).map_err(failed("read", &self.store.root.join(&file.path)))?;
        let record = RecordRef::programme();
        self.files.insert(record.clone(), file.clone());
        let Some(mut value) = self.parse(&file, &text) else { return Ok(None) };
        self.format = migration::format_of(&value).unwrap_or(FORMAT);
        self.findings.extend(other_format(self.format));
        migration::forward(self.format, &record, &mut value);
        let mut faults = Faults::default();
        let programme = Programme::read(value, &mut faults);
        self.findings.extend(faults.into_found().into_iter().map(|fault| Finding::in_record(&record, fault)));
        Ok(programme)
    }

    fn listed(&self, kind: Kind) -> Result<Vec<Found>, StoreError> {
        let mut files = match folder::files_of(&self.store.root, kind) {
            // Persons are their owner's alone: others read the store without them. They cannot write it.
            Err(StoreError::Io { source, .. })
                if kind == Kind::Contact && source.kind() == io::ErrorKind::PermissionDenied =>
            {
                return Ok(Vec::new());
            }
            found => found?,
        };
        self.overlay.correct(kind.plural(), &mut files);
        Ok(files)
    }

    fn folder(&mut self, kind: Kind, files: Vec<Found>, records: &mut Records) {
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        let is_plain = |found: &&Found| field::valid_id(&found.stem).is_ok();
        let stems: HashSet<String> = files.iter().filter(is_plain).map(|found| found.stem.clone()).collect();
        for found in files {
            self.store.meter.step();
            if let Some(original) = copied(&found, &stems) {
                self.copy(&found, original);
                continue;
            }
            let Some(format) = self.record_format(&found) else {
                records.broken.extend(unread(kind, &found));
                continue;
            };
            let file = RecordFile { path: found.path, format };
            let record = RecordRef::new(kind, &found.stem);
            if let Some(first) = ids.insert(found.stem.to_ascii_lowercase(), file.path.clone()) {
                let message = text!(
                    "`{first}` and `{second}` both stand for {record}",
                    "“{first}”和“{second}”都对应{record}",
                    second = file.path.as_str(),
                    record = record
                );
                let place = |path: &str| Place::File { path: path.to_owned(), bytes: None };
                self.findings.push(
                    Finding::new(&rule::DUPLICATE_RECORD, message, place(&first))
                        .and(place(&file.path))
                        .help(text!("keep one", "请保留一个")),
                );
                continue;
            }
            if !self.read_record(&record, &file, records) {
                records.broken.insert(record.clone());
            }
            self.files.insert(record, file);
        }
    }

    /// The format of a file that is a record; anything else is reported.
    fn record_format(&mut self, found: &Found) -> Option<RecordFormat> {
        let Some(obstacle) = found.obstacle else {
            if found.format.is_none() {
                let message =
                    text!("`{path}` is not a record", "“{path}”不是记录文件", path = found.path.as_str());
                self.not_read(&rule::STRAY_FILE, found, message, move_out());
            }
            return found.format;
        };
        let path = found.path.as_str();
        let (rule, message, help) = match obstacle {
            // A link that is named like a record is meant to be one.
            Obstacle::NotOrdinary if found.format.is_some() => (
                &rule::RECORD_LEFT_OUT,
                text!(
                    "`{path}` is a link or a device in the place of a record, which is left out",
                    "“{path}”应为记录文件，实为链接或设备，该记录未计入"
                ),
                text!(
                    "put the file itself there, or move it out of the folder",
                    "请放回文件本身，或将其移出该文件夹"
                ),
            ),
            Obstacle::NotOrdinary => (
                &rule::STRAY_FILE,
                text!("`{path}` is not an ordinary file and is not read", "“{path}”不是普通文件，不读取"),
                move_out(),
            ),
            Obstacle::TooDeep => (
                &rule::UNREADABLE_FILE,
                text!("`{path}` lies too deep and is not read", "“{path}”所在层级过深，不读取"),
                text!("move it further up", "请移到上层文件夹"),
            ),
            Obstacle::NotAFolder => (
                &rule::UNREADABLE_FILE,
                text!(
                    "`{path}` is a link or a file in the place of a folder of records; it is not followed",
                    "“{path}”应为记录文件夹，实为链接或文件，不予进入"
                ),
                text!("put the folder itself there", "请放回文件夹本身"),
            ),
            Obstacle::NotUtf8 => (
                &rule::UNREADABLE_FILE,
                text!(
                    "the name of `{path}` is not UTF-8, so it is not read",
                    "“{path}”的文件名不是 UTF-8 编码，无法读取"
                ),
                text!("rename it", "请改名"),
            ),
        };
        self.not_read(rule, found, message, help);
        None
    }

    fn copy(&mut self, found: &Found, original: &str) {
        let message = text!(
            "`{path}` is a copy of `{original}` beside it, and is not read",
            "“{path}”是“{original}”的副本，不读取",
            path = found.path.as_str()
        );
        let help = text!(
            "compare the two, keep what is right in `{original}`, and move the copy out of the folder",
            "请对照两份文件，把正确的内容留在“{original}”中，再将副本移出该文件夹"
        );
        self.not_read(&rule::RECORD_LEFT_OUT, found, message, help);
    }

    fn not_read(&mut self, rule: &'static Rule, found: &Found, message: Text, help: Text) {
        let place = Place::File { path: found.path.clone(), bytes: None };
        self.findings.push(Finding::new(rule, message, place).help(help));
    }

    fn read_record(&mut self, record: &RecordRef, file: &RecordFile, records: &mut Records) -> bool {
        let text = match self.text(&file.path) {
            Ok(text) => text,
            Err(error) => {
                let message = text!(
                    "`{path}` cannot be read: {error}",
                    "无法读取“{path}”：{error}",
                    path = file.path.as_str(),
                    error = error
                );
                let place = Place::File { path: file.path.clone(), bytes: None };
                self.findings.push(Finding::new(&rule::UNREADABLE_FILE, message, place));
                return false;
            }
        };
        let Some(mut value) = self.parse(file, &text) else { return false };
        migration::forward(self.format, record, &mut value);
        match records.put(record, value) {
            Ok(()) => true,
            Err(findings) => {
                self.findings.extend(findings);
                false
            }
        }
    }

    fn text(&self, path: &str) -> io::Result<String> {
        let bytes = match self.overlay.get(path) {
            None => read_record(&self.store.root.join(path))?,
            Some(image) => image.bytes().ok_or(io::ErrorKind::NotFound)?.to_vec(),
        };
        String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, not_utf8()))
    }

    fn parse(&mut self, file: &RecordFile, text: &str) -> Option<Value> {
        document::parse(file.format, text)
            .map_err(|faults| self.findings.extend(unparsable(&file.path, text, &faults)))
            .ok()
    }
}

/// The record that a file with an impossible id is a copy of, as file managers name them: `x (1)`, `x - Copy`, `副本 x`.
fn copied<'s>(found: &Found, stems: &'s HashSet<String>) -> Option<&'s str> {
    let stem = found.stem.as_str();
    if found.format.is_none() || field::valid_id(stem).is_ok() {
        return None;
    }
    let is_id = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let words = stem.split(|c| !is_id(c)).map(|word| word.trim_matches('-'));
    words.filter_map(|word| stems.get(word)).map(String::as_str).next()
}

/// The record that is not read because of what lies in its place; `*` for all of a folder.
fn unread(kind: Kind, found: &Found) -> Option<RecordRef> {
    match found.obstacle? {
        Obstacle::NotAFolder => Some(RecordRef::new(kind, "*")),
        _ => found.format.map(|_| RecordRef::new(kind, &found.stem)),
    }
}

/// A finding without the value of a person's data that it is about.
fn without_persons(finding: Finding) -> Finding {
    let is_of_value = |place: &Place| matches!(place, Place::Field { record, path, part: Part::Value } if folder::is_private(record) && !path.0.is_empty());
    let Some(Place::Field { path, .. }) = finding.places.iter().find(|place| is_of_value(place)) else {
        return finding;
    };
    let message = text!(
        "the value of `{path}` is not as it should be; it is not shown because it is personal",
        "{path} 的值不符合要求；因属个人信息，不予显示"
    );
    Finding { message, ..finding }
}

fn move_out() -> Text {
    text!("move it out of the folder", "请将其移出该文件夹")
}

/// What there is to say of a store of an older or a newer format.
fn other_format(format: u32) -> Option<Finding> {
    let place = |keys| Place::Field { record: RecordRef::programme(), path: keys, part: Part::Value };
    let message = text!(
        "the store has format {format}, this version knows {FORMAT}",
        "数据格式为 {format}，本程序认识的是 {FORMAT}"
    );
    match format.cmp(&FORMAT) {
        Ordering::Equal => None,
        Ordering::Less => Some(
            Finding::new(&rule::OLDER_FORMAT, message, place(KeyPath::default()))
                .help(text!("`kunpeng migrate` brings it up to date", "可用 kunpeng migrate 升级")),
        ),
        Ordering::Greater => Some(
            Finding::new(&rule::NEWER_FORMAT, message, place(KeyPath::key("format"))).help(newer_program()),
        ),
    }
}

/// What is wrong with a text that cannot be parsed. A conflict of a merge is one finding, not the syntax errors that
/// follow from its markers.
fn unparsable(path: &str, text: &str, faults: &[SyntaxFault]) -> Vec<Finding> {
    let conflicts = conflict::conflicts(text);
    let Some(first) = conflicts.first() else { return syntax(path, faults) };
    let lines = |(first, last): (usize, usize)| match last.cmp(&first) {
        Ordering::Less => text!("no lines", "没有行"),
        Ordering::Equal => text!("line {first}", "第 {first} 行"),
        Ordering::Greater => text!("lines {first} to {last}", "第 {first} 至 {last} 行"),
    };
    let message = text!(
        "`{path}` has an unresolved conflict of a merge: {our_lines} of `{ours}` and {their_lines} of `{theirs}`",
        "“{path}”有未解决的合并冲突：“{ours}”的{our_lines}，“{theirs}”的{their_lines}",
        our_lines = lines(first.our_lines),
        their_lines = lines(first.their_lines),
        ours = first.ours.as_str(),
        theirs = first.theirs.as_str()
    );
    let place = |it: &Conflict| Place::File { path: path.to_owned(), bytes: Some(it.marker.clone().into()) };
    let mut finding = Finding::new(&rule::MERGE_CONFLICT, message, place(first));
    finding.places.extend(conflicts[1..].iter().map(place));
    vec![finding.help(text!(
        "keep what is right of the two sides, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
        "请保留正确的内容，并删去 <<<<<<<、=======、>>>>>>> 各行"
    ))]
}

fn syntax(path: &str, faults: &[SyntaxFault]) -> Vec<Finding> {
    let place =
        |fault: &SyntaxFault| Place::File { path: path.to_owned(), bytes: Some(fault.bytes.clone().into()) };
    let finding = |fault: &SyntaxFault| {
        let finding = Finding::new(&rule::SYNTAX, wording(&fault.message), place(fault));
        let is_date = fault.message.starts_with("invalid date");
        if is_date {
            finding.help(text!(
                "a date known to the month or the year stands in quotes: `\"2010-05\"`",
                "只知年或年月的日期要加引号：\"2010-05\""
            ))
        } else {
            finding
        }
    };
    capped(faults.iter().map(finding).collect())
}

/// What the reader of TOML says, which knows English only, as far as people are told it often.
const TOML_FAULTS: [(&str, &str); 16] = [
    ("invalid basic string", "文本缺少右引号"),
    ("invalid literal string", "文本缺少右引号"),
    ("string values must be quoted", "文本要加引号"),
    ("missing value", "等号后缺少值"),
    ("key with no value", "键后缺少等号和值"),
    ("extra `=`", "多了一个等号"),
    ("duplicate key", "同一个键出现了两次"),
    ("missing comma", "缺少逗号"),
    ("extra comma", "多了逗号"),
    ("unclosed array", "缺少右方括号"),
    ("unclosed table", "缺少右方括号"),
    ("unclosed inline table", "缺少右花括号"),
    ("invalid date", "日期写法不对"),
    ("unexpected leading zero", "数字前多了零"),
    ("missing escaped value", "反斜杠后的字符不对"),
    ("unquoted keys cannot be empty", "等号前缺少键"),
];

fn wording(message: &str) -> Text {
    match TOML_FAULTS.iter().find(|(known, _)| message.starts_with(known)) {
        Some((_, zh)) => text!("{message}", "TOML 语法错误：{zh}"),
        None => text!("{message}", "TOML 语法错误（{message}）"),
    }
}
