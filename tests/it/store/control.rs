//! Control characters: never data, and never raw on a terminal.

use std::fs;

use crate::sandbox::Sandbox;

/// What acts on a terminal: C0 but for line ends and tabs, C1, bidirectional marks.
fn acts(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

const CHARACTERS: [char; 8] = ['\u{1}', '\u{7}', '\u{8}', '\u{c}', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}'];

#[test]
fn a_control_character_is_refused_on_every_way_in() {
    let sandbox = Sandbox::small();
    let before = sandbox.files("data");
    for c in CHARACTERS {
        let escaped = format!("\\u{:04x}", u32::from(c));
        sandbox.write("table.csv", format!("id,name\nalpha,Al{c}pha\n"));
        sandbox.write("list.json", format!("[{{\"id\": \"alpha\", \"name\": \"Al{escaped}pha\"}}]"));
        sandbox.write("batch", format!("industry set toys note='a{c}b'\n"));
        let plan = format!(
            "{{\"kunpeng-plan\": 1, \"edits\": [{{\"kind\": \"industry\", \"id\": \"new\", \"before\": null, \"after\": {{\"name\": \"a{escaped}b\"}}}}]}}"
        );
        sandbox.write("plan.json", plan);
        sandbox.write("line", format!("kunpeng industry set toys 'note=a{c}b'\n"));
        sandbox.write(
            "editor.sh",
            format!("printf 'name = \"Toys\"\\nnote = \"a\\\\u{:04X}b\"\\n' > $1\n", u32::from(c)),
        );
        for line in [
            "kunpeng import enterprises table.csv",
            "kunpeng import enterprises list.json",
            "kunpeng batch batch",
            "kunpeng apply plan.json",
            "sh line",
            "EDITOR='sh editor.sh' kunpeng industry edit toys",
        ] {
            let outcome = sandbox.run(line);
            assert!(outcome.code.is_some_and(|code| code > 0), "{c:?}: {line}: {}", outcome.text());
            assert!(!acts(&outcome.text()), "{c:?}: {line}: {:?}", outcome.text());
            assert!(sandbox.files("data") == before, "{c:?}: {line}");
        }
    }
}

#[test]
fn text_in_two_bytes_read_as_one_is_not_taken_for_names() {
    let sandbox = Sandbox::small();
    let wide: Vec<u8> = "id,name\nalpha,Tiger\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    sandbox.write("table.csv", wide);
    let before = sandbox.files("data");
    for options in ["", "--encoding utf-8", "--encoding gb18030"] {
        let outcome = sandbox.run(&format!("kunpeng import enterprises table.csv {options}"));
        assert!(!acts(&outcome.text()), "{options}: {:?}", outcome.text());
        let has_nul = |bytes: &[u8]| bytes.contains(&0);
        assert!(sandbox.files("data").values().all(|bytes| !has_nul(bytes)), "{options}");
        if outcome.code != Some(0) {
            assert!(sandbox.files("data") == before, "{options}");
        }
    }
}

#[test]
fn check_finds_control_characters_in_files_and_a_record_of_json_has_none_raw() {
    let sandbox = Sandbox::small();
    sandbox.write("data/industries/toys.toml", "name = \"To\\u0008ys\"\n");
    sandbox.write("data/enterprises/alpha.toml", "name = \"Alpha\"\nnote = \"\"\"\ntwo\n\tlines\"\"\"\n");
    sandbox.write("data/enterprises/one.json", "{\"name\": \"a\u{c}b\"}");
    sandbox.write("data/enterprises/two.json", "{\"name\": \"a\nb\"}");
    sandbox.write("data/enterprises/three.json", "{\n\t\"name\": \"a \\\"b\\\\\"\r\n}");
    let outcome = sandbox.run("kunpeng check");
    let text = outcome.text();
    assert_eq!(outcome.code, Some(3));
    assert!(!acts(&text), "{text:?}");
    assert_eq!(text.matches("rule: control-character").count(), 1, "{text}");
    assert_eq!(text.matches("rule: syntax").count(), 2, "{text}");
    assert!(!text.contains("three.json") && !text.contains("alpha.toml"), "{text}");
}

#[test]
fn what_the_store_keeps_of_old_controls_reaches_no_terminal_raw() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng industry add id=new name=New");
    for (number, c) in ["\\u001B", "\\u009B", "\\u202E", "\\u0007"].iter().enumerate() {
        sandbox.write("data/industries/new.toml", format!("name = \"N{number}{c}[31mew\"\n"));
        sandbox.run("kunpeng undo --dry-run");
        fs::remove_file(sandbox.path("data/industries/toys.toml")).ok();
        let lines = [
            "check",
            "status",
            "log",
            "log show 2 --diff",
            "log show 3 --diff",
            "undo --dry-run",
            "industry list",
        ];
        for line in lines {
            let shown = sandbox
                .run(&format!("script -qec 'kunpeng --color never --no-pager {line}' /dev/null"))
                .stdout;
            let shown = shown.replace("\r\n", "\n");
            assert!(!acts(&shown), "{c} {line}: {shown:?}");
        }
    }
}

#[test]
fn an_export_guards_the_full_width_signs_as_reports_do() {
    let sandbox = Sandbox::small();
    for (number, sign) in ["=", "+", "-", "@", "＝", "＋", "－", "＠"].iter().enumerate() {
        sandbox.done(&format!("kunpeng industry add id=i{number} 'name={sign}1+1'"));
    }
    for format in ["csv", "tsv"] {
        let text = sandbox.done(&format!("kunpeng export industries --format {format}"));
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("1+1")).collect();
        assert_eq!(lines.len(), 8, "{text}");
        assert!(lines.iter().all(|line| line.contains('\'')), "{text}");
    }
    sandbox.done("kunpeng export industries -o industries.csv");
    assert!(sandbox.run("kunpeng import industries industries.csv").stderr.contains("nothing to change"));
}
