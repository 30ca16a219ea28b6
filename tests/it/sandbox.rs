//! A folder of its own to run the program in, with a cleared environment and a fixed day.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::fs::statvfs;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use snapbox::IntoData;
use tempfile::TempDir;

/// The day it is in every test.
pub const TODAY: &str = "2024-03-01";

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An empty folder that goes away with its value: in memory, unless `TMPDIR` says where or less than 1 GiB is free there,
/// since every change of a store waits for the disk.
pub fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let free = statvfs(memory).map_or(0, |it| it.f_bavail.saturating_mul(it.f_frsize));
    if std::env::var_os("TMPDIR").is_none() && free >= 1 << 30 {
        return tempfile::tempdir_in(memory).unwrap();
    }
    tempfile::tempdir().unwrap()
}

/// A folder to run the program in; the store, if there is one, is its `data`.
pub struct Sandbox {
    folder: TempDir,
}

/// What a command line printed, and how it ended.
#[derive(Debug)]
pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Outcome {
    /// All of it as one text.
    pub fn text(&self) -> String {
        let mut text = self.stdout.clone();
        if !self.stderr.is_empty() {
            text += "--- stderr\n";
            text += &self.stderr;
        }
        match self.code {
            Some(0) => {}
            Some(code) => writeln!(text, "--- exit {code}").unwrap(),
            None => text += "--- killed\n",
        }
        text
    }
}

impl Sandbox {
    /// Without a store.
    pub fn empty() -> Self {
        let sandbox = Self { folder: scratch() };
        fs::create_dir(sandbox.path("tmp")).unwrap();
        sandbox
    }

    /// With a new store.
    pub fn new() -> Self {
        let sandbox = Self::empty();
        sandbox.done("kunpeng init");
        sandbox
    }

    /// With a copy of the shipped store.
    pub fn shipped() -> Self {
        let sandbox = Self::empty();
        copy(&repository().join("data"), &sandbox.path("data"));
        sandbox
    }

    /// With a small English store: an industry, an open edition `1` and two members, `alpha` and `beta`.
    pub fn small() -> Self {
        let sandbox = Self::empty();
        for (path, text) in SMALL {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// A path in the folder.
    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Writes a file, with the folders it needs.
    pub fn write(&self, below: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Reads a file.
    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    /// Runs a line of shell at a terminal of so many columns and lines; gives all that it shows there.
    pub fn terminal(&self, line: &str, (columns, lines): (u16, u16), environment: &[(&str, &str)]) -> String {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        let size = Winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&master, size).unwrap();
        let slave = File::options().read(true).write(true).open(name).unwrap();
        let mut command = self.command(line, environment);
        command.env("TERM", "xterm").stdout(slave.try_clone().unwrap()).stderr(slave);
        let mut child = command.spawn().unwrap();
        drop(command);
        let mut shown = Vec::new();
        // The last process that writes to a terminal ends it with an error.
        let _ = File::from(master).read_to_end(&mut shown);
        child.wait().unwrap();
        self.redacted(&String::from_utf8(shown).unwrap().replace("\r\n", "\n"))
    }

    /// Runs a line of shell, with the program on its path.
    pub fn run(&self, line: &str) -> Outcome {
        self.run_with(line, &[])
    }

    /// Runs a line of shell with more in its environment.
    pub fn run_with(&self, line: &str, environment: &[(&str, &str)]) -> Outcome {
        let output = self.command(line, environment).output().unwrap();
        let shown = |bytes: Vec<u8>| self.redacted(&String::from_utf8(bytes).unwrap());
        Outcome { stdout: shown(output.stdout), stderr: shown(output.stderr), code: output.status.code() }
    }

    fn command(&self, line: &str, environment: &[(&str, &str)]) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_kunpeng"));
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.parent().unwrap().display());
        let mut command = Command::new("sh");
        command
            .args(["-c", line])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", path)
            .env("KUNPENG_TODAY", TODAY)
            .env("LANG", "en")
            .env("TMPDIR", self.path("tmp"))
            .envs(environment.iter().copied())
            .stdin(Stdio::null());
        command
    }

    /// Paths that differ from run to run get names.
    fn redacted(&self, text: &str) -> String {
        let folder = self.folder.path().display().to_string();
        text.replace(&format!("{folder}/data"), "[DATA]").replace(&folder, "[DIR]")
    }

    /// Runs a line that must succeed, and gives its stdout.
    #[track_caller]
    pub fn done(&self, line: &str) -> String {
        let outcome = self.run(line);
        assert_eq!(outcome.code, Some(0), "{line}\n{}", outcome.text());
        outcome.stdout
    }

    /// Runs a line whose stdout is json.
    #[track_caller]
    pub fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.done(line)).unwrap()
    }

    /// Runs a line and compares all it shows.
    #[track_caller]
    pub fn shows(&self, line: &str, expected: impl IntoData) {
        snapbox::assert_data_eq!(self.run(line).text(), expected.raw());
    }

    /// Runs a line that must end with an exit code and leave the store as it is; compares all it shows.
    #[track_caller]
    pub fn refuses(&self, line: &str, code: i32, expected: impl IntoData) {
        let before = self.files("data");
        let outcome = self.run(line);
        snapbox::assert_data_eq!(outcome.text(), expected.raw());
        assert_eq!(outcome.code, Some(code), "{line}");
        assert!(self.files("data") == before, "`{line}` changed the store");
    }

    /// Every file below a folder with its bytes, but for what the program keeps for itself and may throw away.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(below), "", &mut files);
        files.retain(|path, _| !path.starts_with(".kunpeng/") || path.starts_with(".kunpeng/history/"));
        files
    }

    /// Every record below a folder: two stores with the same ones may have come to them by different ways.
    pub fn records(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files(below);
        files.retain(|path, _| !path.starts_with(".kunpeng/"));
        files
    }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if kind.is_file() {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// The smallest programme that has a word of every list.
pub const PROGRAMME: &str = r#"format = 1
name = "Toy programme"
currency = "CNY"
language = "en"
identifier = "uscc"

[aspects]
courses = { name = "Courses" }

[modules]
srdi = { name = "SRDI" }

[levels]
city = { name = "City" }

[recognitions]
srdi = { name = "SRDI SME" }

[platform_kinds]
key-laboratory = { name = "Key laboratory" }

[needs]
land = { name = "Land" }

[metrics]
revenue = { name = "Revenue", kind = "amount", direction = "up" }
employees = { name = "Employees", kind = "count", unit = "persons", direction = "up" }

[exit_reasons]
own-wish = { name = "Own wish" }
"#;

const SMALL: [(&str, &str); 6] = [
    ("data/programme.toml", PROGRAMME),
    ("data/industries/toys.toml", "name = \"Toys\"\n"),
    ("data/editions/1.toml", "name = \"Edition 1\"\nopened = 2023-01-10\nplanned_end = 2024-12-31\n"),
    ("data/editions/2.toml", "name = \"Edition 2\"\n"),
    (
        "data/enterprises/alpha.toml",
        "# Sample data.\nname = \"Alpha Sample\" # as on the licence\nindustry = \"toys\"\n\n[[memberships]]\nedition = \"1\"\n",
    ),
    (
        "data/enterprises/beta.toml",
        "name = \"Beta Sample\"\nname_en = \"Second Sample\"\ncode = \"91440114DEM900012E\"\n\n[[memberships]]\nedition = \"1\"\n",
    ),
];
