//! Backups: whole or not at all, nothing outside of their place, nothing of a hostile archive.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sha2::{Digest, Sha256};

use super::{Sandbox, done, ends, files, kunpeng};

#[test]
fn a_backup_is_put_back_whole_or_not_at_all() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(50, "one"));
    let before = files(&sandbox.data());
    let [archive, folder, back] = ["copy.tar.zst", "copy", "back"]
        .map(|name| sandbox.folder.path().join(name).to_str().unwrap().to_owned());
    for (number, copy) in [&archive, &folder].into_iter().enumerate() {
        let back = PathBuf::from(format!("{back}{number}"));
        done(&sandbox.data(), &["backup", copy]);
        done(&sandbox.data(), &["restore", copy, back.to_str().unwrap()]);
        assert_eq!(files(&back), before);
        assert_eq!(done(&back, &["check"]), "");
        done(&back, &["undo"]);
        ends(&sandbox.data(), &["backup", copy], 1);
    }
    assert_eq!(fs::metadata(&archive).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&archive).unwrap();
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut broken = bytes.clone();
        broken[at] ^= 0x55;
        let copy = sandbox.folder.path().join("broken.tar.zst");
        fs::write(&copy, &broken).unwrap();
        let into = sandbox.folder.path().join("broken");
        let output = kunpeng(&sandbox.data(), &["restore", copy.to_str().unwrap(), into.to_str().unwrap()])
            .output()
            .unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{at}");
        assert!(!into.exists() || files(&into) == before, "{at}");
        let _ = fs::remove_dir_all(into);
    }
}

fn hidden(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

#[test]
fn a_target_inside_a_data_folder_is_refused_through_links_too() {
    let sandbox = Sandbox::new();
    let data = sandbox.data();
    let link = sandbox.folder.path().join("link");
    symlink(data.join("industries"), &link).unwrap();
    done(&data, &["backup", sandbox.folder.path().join("copy").to_str().unwrap()]);
    let before = files(&data);
    for target in
        [data.join("copy"), data.join("enterprises/copy.tar.zst"), link.join("copy"), link.join("new/copy")]
    {
        let target = target.to_str().unwrap();
        assert!(ends(&data, &["backup", target], 1).contains("lies in the data folder"), "{target}");
        let copy = sandbox.folder.path().join("copy");
        ends(&data, &["restore", copy.to_str().unwrap(), target], 1);
    }
    assert_eq!(files(&data), before);
}

#[test]
fn what_cannot_be_copied_is_never_silently_missing() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(3, "one"));
    let data = sandbox.data();
    let copy = |name: &str| sandbox.folder.path().join(name).to_str().unwrap().to_owned();
    symlink("/etc/hostname", data.join("notes")).unwrap();
    assert!(
        ends(&data, &["backup", &copy("one")], 0)
            .contains("not in the copy, because they are no ordinary files: notes")
    );
    fs::remove_file(data.join("notes")).unwrap();
    let odd = data.join(OsStr::from_bytes(b"industries/\xff.toml"));
    fs::write(&odd, "name = \"x\"\n").unwrap();
    assert!(ends(&data, &["backup", &copy("two")], 1).contains("is not UTF-8"));
    assert!(done_with(&data, &["check"], 3).contains("is not UTF-8"));
    ends(&data, &["industry", "list"], 3);
    fs::remove_file(odd).unwrap();
    let elsewhere = sandbox.folder.path().join("elsewhere");
    fs::rename(data.join("enterprises"), &elsewhere).unwrap();
    symlink(&elsewhere, data.join("enterprises")).unwrap();
    assert!(ends(&data, &["backup", &copy("three")], 1).contains("is not followed"));
    assert!(done_with(&data, &["check"], 3).contains("in the place of a folder of records"));
    ends(&data, &["enterprise", "list"], 3);
    assert!(!Path::new(&copy("two")).exists() && !Path::new(&copy("three")).exists());
    assert_eq!(hidden(sandbox.folder.path()), Vec::<String>::new());
}

fn done_with(data: &Path, arguments: &[&str], code: i32) -> String {
    let output = kunpeng(data, arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(code));
    String::from_utf8(output.stdout).unwrap()
}

/// A member of an archive as it is written: its name, its type, its contents.
type Member = (Vec<u8>, u8, Vec<u8>);

fn file(name: &str, contents: &[u8]) -> Member {
    (name.as_bytes().to_vec(), b'0', contents.to_vec())
}

fn packed(members: &[Member]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, kind, contents) in members {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.as_ustar_mut().unwrap().typeflag = [*kind];
        header.set_size(u64::try_from(contents.len()).unwrap());
        header.set_mode(0o644);
        header.set_cksum();
        tar.extend_from_slice(header.as_bytes());
        tar.extend_from_slice(contents);
        tar.resize(tar.len().div_ceil(512) * 512, 0);
    }
    tar.resize(tar.len() + 1024, 0);
    compress_to_vec(&tar[..], CompressionLevel::Fastest)
}

fn digest(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap();
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn sums(members: &[Member]) -> Member {
    let all: BTreeMap<String, String> = members
        .iter()
        .map(|(name, _, contents)| {
            let sum = digest(contents);
            (String::from_utf8_lossy(name).into_owned(), sum)
        })
        .collect();
    file(
        "SHA256SUMS",
        all.iter().flat_map(|(name, sum)| [sum, "  ", name, "\n"]).collect::<String>().as_bytes(),
    )
}

/// The members of a backup of a store, without their checksums.
fn members_of(data: &Path) -> Vec<Member> {
    let mut members: Vec<Member> = files(data).iter().map(|(name, bytes)| file(name, bytes)).collect();
    for name in [".kunpeng/HEAD", ".kunpeng/history/0000000001", ".kunpeng/history/0000000002"] {
        members.push(file(name, &fs::read(data.join(name)).unwrap()));
    }
    members
}

#[test]
fn a_hostile_archive_leaves_nothing() {
    let sandbox = Sandbox::new();
    let data = sandbox.data();
    let good = members_of(&data);
    let with = |more: Vec<Member>| [good.clone(), more].concat();
    let replaced = |name: &str, bytes: &[u8]| -> Vec<Member> {
        let others = good.iter().filter(|(other, ..)| other != name.as_bytes()).cloned();
        others.chain([file(name, bytes)]).collect()
    };
    let head = String::from_utf8(fs::read(data.join(".kunpeng/HEAD")).unwrap()).unwrap();
    let line = head.replace("clean", "applying");
    let line = line.rsplit_once(' ').unwrap().0;
    let sum = digest(line.as_bytes());
    let applying = format!("{line} {sum}\n");
    let names = [
        "../outside",
        "/tmp/outside",
        "a/../../outside",
        "./a",
        "a/./b",
        "a//b",
        "a/",
        ".git/config",
        "a/.git/config",
        ".kunpeng/lock",
        ".kunpeng/index",
        ".kunpeng/stage/0000000001-0",
        ".kunpeng",
        ".kunpeng/history/../HEAD",
        ".kunpeng/history/.x",
        ".bashrc",
        "..",
        ".",
        "a\\b",
    ];
    let mut cases: Vec<(String, Vec<Member>)> =
        names.iter().map(|name| ((*name).to_owned(), with(vec![file(name, b"x")]))).collect();
    for (kind, what) in [
        (b'1', "hard link"),
        (b'2', "link"),
        (b'3', "device"),
        (b'5', "folder"),
        (b'6', "pipe"),
        (b'L', "long name"),
        (b'x', "pax header"),
        (b'g', "global header"),
    ] {
        cases.push((what.to_owned(), with(vec![(b"a".to_vec(), kind, b"x".to_vec())])));
    }
    cases.push(("a beside a/b".into(), with(vec![file("a", b"x"), file("a/b", b"x")])));
    cases.push(("a/b beside a".into(), with(vec![file("a/b", b"x"), file("a", b"x")])));
    cases.push(("twice".into(), with(vec![file("a", b"x"), file("a", b"y")])));
    cases.push(("a name that is not UTF-8".into(), with(vec![(b"\xff".to_vec(), b'0', b"x".to_vec())])));
    cases.push(("HEAD in the middle of a change".into(), replaced(".kunpeng/HEAD", applying.as_bytes())));
    cases.push(("a damaged HEAD".into(), replaced(".kunpeng/HEAD", b"kunpeng\n")));
    cases.push(("a HEAD of a newer version".into(), replaced(".kunpeng/HEAD", b"kunpeng 2 clean\n")));
    cases
        .push(("no programme".into(), good.iter().filter(|it| it.0 != b"programme.toml").cloned().collect()));
    cases.push(("no last entry".into(), good.iter().filter(|it| !it.0.ends_with(b"2")).cloned().collect()));
    cases.push(("no HEAD".into(), good.iter().filter(|it| !it.0.ends_with(b"HEAD")).cloned().collect()));
    cases.push(("nothing".into(), Vec::new()));
    let archive = sandbox.folder.path().join("hostile.tar.zst");
    let into = sandbox.folder.path().join("into/here");
    let restore = ["restore", archive.to_str().unwrap(), into.to_str().unwrap()];
    let mut count = 0;
    for (what, members) in &cases {
        fs::write(&archive, packed(&[members.clone(), vec![sums(members)]].concat())).unwrap();
        ends(&data, &restore, 1);
        assert!(!into.exists(), "{what}");
        assert_eq!(hidden(into.parent().unwrap()), Vec::<String>::new(), "{what}");
        count += 1;
    }
    for (what, bytes) in [
        ("no checksums", packed(&good)),
        ("wrong checksums", packed(&[with(vec![file("a", b"x")]), vec![sums(&good)]].concat())),
        ("no archive", b"text".to_vec()),
        ("empty", Vec::new()),
        ("cut short", packed(&[good.clone(), vec![sums(&good)]].concat())[..900].to_vec()),
    ] {
        fs::write(&archive, bytes).unwrap();
        ends(&data, &restore, 1);
        assert!(!into.exists(), "{what}");
        count += 1;
    }
    assert_eq!(files(sandbox.folder.path()).keys().filter(|name| name.contains("outside")).count(), 0);
    // The same members without what is hostile are a backup.
    fs::write(&archive, packed(&[good.clone(), vec![sums(&good)]].concat())).unwrap();
    done(&data, &restore);
    assert_eq!(files(&into), files(&data));
    assert!(count >= 40, "{count}");
    eprintln!("{count} hostile archives");
}

#[test]
fn a_bomb_and_a_large_stray_file_take_little_memory() {
    const SIZE: usize = 160 << 20;
    let sandbox = Sandbox::new();
    let data = sandbox.data();
    let limited = |arguments: &str| {
        let line = format!("ulimit -v 120000; exec {} --lang en {arguments}", super::program());
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &line]).env("KUNPENG_DATA", &data).current_dir(sandbox.folder.path());
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let mut header = tar::Header::new_ustar();
    header.set_path("a").unwrap();
    header.set_size(u64::try_from(SIZE).unwrap());
    header.set_cksum();
    let mut bomb = compress_to_vec(&header.as_bytes()[..], CompressionLevel::Fastest);
    let zeros = compress_to_vec(&vec![0; SIZE / 16][..], CompressionLevel::Fastest);
    (0..16).for_each(|_| bomb.extend_from_slice(&zeros));
    assert!(bomb.len() < 40_000, "{}", bomb.len());
    fs::write(sandbox.folder.path().join("bomb.tar.zst"), bomb).unwrap();
    let (code, text) = limited("restore bomb.tar.zst into");
    assert!(code == Some(1) && text.contains("it has no list of checksums"), "{code:?} {text}");
    assert!(!sandbox.folder.path().join("into").exists());
    let scan = fs::File::create(data.join("scan.pdf")).unwrap();
    scan.set_len(u64::try_from(SIZE).unwrap()).unwrap();
    let (code, text) = limited("backup copy.tar.zst");
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = limited("restore copy.tar.zst into");
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(
        fs::metadata(sandbox.folder.path().join("into/scan.pdf")).unwrap().len(),
        u64::try_from(SIZE).unwrap()
    );
}

#[test]
fn a_copy_whose_data_have_errors_is_restored_only_if_that_is_asked_for() {
    let sandbox = Sandbox::new();
    let data = sandbox.data();
    let path = |name: &str| sandbox.folder.path().join(name).to_str().unwrap().to_owned();
    let large = format!("name = \"{}\"\n", "x".repeat(17 << 20));
    for (name, text, rule) in [
        ("industries/AUTOMOBILE.toml", "name = \"Other\"\n", "duplicate-record"),
        ("industries/more/automobile.json", "{\"name\": \"Other\"}", "duplicate-record"),
        ("industries/large.toml", &large, "unreadable-file"),
        ("industries/a b.toml", "name = \"Other\"\n", "bad-id"),
        ("industries/other.toml", "name = \"\\u001b\"\n", "control-character"),
        ("enterprises/a.toml", "name = \"A\"\nindustry = \"none\"\n", "unknown-reference"),
        ("programme.toml", "name = 5\n", "wrong-type"),
    ] {
        let place = data.join(name);
        let before = fs::read(&place).ok();
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, text).unwrap();
        let expected = files(&data);
        assert!(ends(&data, &["backup", &path("copy.tar.zst")], 0).contains("`kunpeng check` lists them"));
        let said = ends(&data, &["restore", &path("copy.tar.zst"), &path("back")], 3);
        assert!(said.contains(rule) && said.contains(&path("copy.tar.zst/")), "{name}: {said}");
        assert!(!Path::new(&path("back")).exists(), "{name}");
        assert_eq!(hidden(sandbox.folder.path()), Vec::<String>::new(), "{name}");
        let said = ends(&data, &["restore", &path("copy.tar.zst"), &path("back"), "--with-errors"], 0);
        assert!(said.contains("`kunpeng check` lists them"), "{name}: {said}");
        assert!(files(Path::new(&path("back"))) == expected, "{name}");
        fs::remove_dir_all(path("back")).unwrap();
        fs::remove_file(path("copy.tar.zst")).unwrap();
        match before {
            Some(bytes) => fs::write(&place, bytes).unwrap(),
            None => fs::remove_file(&place).unwrap(),
        }
    }
}
