//! Reading a workbook in a process of its own, with a limit to its memory and its time: a file that brings the
//! reader down is an error of the import and of nothing else.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::thread;

use super::ui;
use crate::import::read::error::ReadError;
use crate::import::read::format::FileFormat;
use crate::import::read::limits::Limits;
use crate::import::read::sheet::Sheet;
use crate::import::read::workbook::assemble::Assembly;
use crate::import::read::workbook::event::Event;
use crate::import::read::workbook::read;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// The first argument of such a process. It is no command: nobody types it.
pub const COMMAND: &str = "read-workbook";

/// Reads a workbook from standard input and reports its cells. The arguments are the format, the bytes of memory, the
/// bytes it may unpack to and the seconds.
pub fn run(arguments: &[OsString]) -> ExitCode {
    match reported(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn reported(arguments: &[OsString]) -> io::Result<()> {
    let number = |index: usize| arguments.get(index)?.to_str()?.parse::<u64>().ok();
    let (Some(memory), Some(unpacked), Some(seconds)) = (number(1), number(2), number(3)) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    confine(memory, seconds);
    let format = match arguments[0].to_str() {
        Some("xlsx") => FileFormat::Xlsx,
        Some("xls") => FileFormat::Xls,
        _ => FileFormat::Ods,
    };
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let mut out = BufWriter::with_capacity(1 << 16, ui::pipe());
    let limits = Limits { unpacked, ..Limits::default() };
    let outcome = read(&bytes, format, &limits, &mut |event| {
        event.write(&mut out).map_err(|error| ReadError::broken(Text::same(error.to_string())))
    });
    if let Err(error) = outcome {
        Event::Failed(error).write(&mut out)?;
    }
    out.flush()
}

/// Limits what this process may take. Where the system knows no such limit, there is none.
#[cfg(unix)]
fn confine(memory: u64, seconds: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |amount| Rlimit { current: Some(amount), maximum: Some(amount) };
    // A limit that cannot be set is one that is already lower.
    let _ = setrlimit(Resource::As, most(memory));
    let _ = setrlimit(Resource::Cpu, most(seconds));
    let _ = setrlimit(Resource::Core, most(0));
}

#[cfg(not(unix))]
fn confine(_: u64, _: u64) {}

/// Reads a workbook in a process of its own: this same program.
pub fn sheets(bytes: &[u8], format: FileFormat, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let program = std::env::current_exe().map_err(|error| unstarted(&error))?;
    sheets_by(&program, bytes, format, limits)
}

/// Reads a workbook in a process of `program`.
pub fn sheets_by(
    program: &Path,
    bytes: &[u8],
    format: FileFormat,
    limits: &Limits,
) -> Result<Vec<Sheet>, ReadError> {
    let memory = limits.memory(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    let mut child = start(program, format, memory, limits).map_err(|error| unstarted(&error))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let mut assembly = Assembly::new(*limits);
    let outcome = thread::scope(|scope| {
        scope.spawn(move || {
            // A reader that gave up no longer listens; what it said tells why.
            stdin.map(|mut stdin| stdin.write_all(bytes))
        });
        stdout.map(|stdout| assembled(&mut assembly, stdout))
    });
    match outcome {
        Some(Ok(true)) => {
            let _ = child.wait();
            assembly.finish()
        }
        Some(Err(error)) => {
            let _ = child.kill();
            let _ = child.wait();
            Err(error)
        }
        _ => Err(fallen(child.wait().ok(), memory, limits.seconds)),
    }
}

fn start(program: &Path, format: FileFormat, memory: u64, limits: &Limits) -> io::Result<Child> {
    let format = match format {
        FileFormat::Xlsx => "xlsx",
        FileFormat::Xls => "xls",
        FileFormat::Ods | FileFormat::Text => "ods",
    };
    Command::new(program)
        .args([
            COMMAND,
            format,
            &memory.to_string(),
            &limits.unpacked.to_string(),
            &limits.seconds.to_string(),
        ])
        // Address space that an allocator only sets aside would count as taken: ours, and that of the C library,
        // which sets aside half of the limit for each thread.
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .env("MALLOC_ARENA_MAX", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

fn unstarted(error: &io::Error) -> ReadError {
    ReadError::new(
        &rule::UNREADABLE_TABLE,
        text!(
            "cannot be read: the reader of workbooks could not be started: {error}",
            "无法读取：工作簿读取进程未能启动：{error}",
            error = error
        ),
        text!("save the table as CSV and import that", "请将表格另存为 CSV 再导入"),
    )
}

/// Takes everything the reader reports; says whether it came to its end.
fn assembled(assembly: &mut Assembly, from: impl Read) -> Result<bool, ReadError> {
    let mut from = BufReader::with_capacity(1 << 16, from);
    loop {
        match Event::read(&mut from) {
            Ok(Event::End) => return Ok(true),
            Ok(event) => assembly.take(event)?,
            Err(_) => return Ok(false),
        }
    }
}

/// Why a reader ended before its time.
fn fallen(status: Option<ExitStatus>, memory: u64, seconds: u64) -> ReadError {
    let mut help = text!(
        "open it in a spreadsheet program and save it again, or save the table as CSV",
        "请用电子表格软件打开后重新保存，或将表格另存为 CSV"
    );
    let megabytes = memory / 1_000_000;
    let why = match status.and_then(signal) {
        Some(9 | 24) => {
            help = help.then(&text!(", or allow more with `--max-seconds`", "，或用 --max-seconds 放宽"));
            text!("reading it took longer than {seconds} seconds", "读取超过 {seconds} 秒")
        }
        Some(6 | 11) => {
            text!("reading it needs more than {megabytes} MB of memory", "读取所需内存超过 {megabytes} MB")
        }
        _ => text!("the reader ended unexpectedly", "读取程序意外中止"),
    };
    let message = text!("cannot be read as a workbook: {why}", "无法作为工作簿读取：{why}", why = why);
    ReadError::new(&rule::UNREADABLE_TABLE, message, help)
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
