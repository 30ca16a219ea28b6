//! The layers of the house: reads the sources and refuses any arrow that `src/lib.rs` does not draw.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::sandbox::repository;

/// What each layer may use. Of `report`, `render` may use only its tables, charts and documents.
const ARROWS: [(&str, &[&str]); 6] = [
    ("cli", &["import", "report", "render", "store", "model"]),
    ("import", &["model"]),
    ("report", &["model"]),
    ("render", &["model", "report::table", "report::chart", "report::document", "report::detail"]),
    ("store", &["model"]),
    ("model", &[]),
];

/// What only some files may use: the terminal, the disk, the clock and the environment.
const SURROUNDINGS: [(&str, &[&str]); 4] = [
    ("println!", &["cli/ui.rs"]),
    ("io::stdout()", &["cli/ui.rs"]),
    ("io::stderr()", &["cli/ui.rs"]),
    ("print!", &["cli/ui.rs"]),
];
const PURE: [&str; 4] = ["model/", "report/", "render/", "import/"];
const IMPURE: [&str; 6] = ["std::fs", "std::env", "std::process", "Local::now", "SystemTime", "Instant::now"];

/// Sources by their path below `src`.
type Sources = BTreeMap<String, String>;

/// Every use of something that a file may not use.
fn breaches(sources: &Sources) -> Vec<String> {
    let tests: Vec<String> = sources.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let is_test = |path: &str| tests.iter().any(|module| path.starts_with(module.as_str()));
    let mut found = Vec::new();
    for (path, text) in sources.iter().filter(|(path, _)| !is_test(path)) {
        let code = plain(text);
        let layer = path.split(['/', '.']).next().unwrap();
        if let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == layer) {
            let wrong = uses(path, &code).into_iter().filter(|used| !may_use(layer, allowed, used));
            found.extend(wrong.map(|used| format!("{path} uses {used}")));
        }
        let terminal = SURROUNDINGS.iter().filter(|(_, files)| !files.contains(&path.as_str()));
        let asked = code.replace("io::stdout().is_terminal()", "").replace("io::stderr().is_terminal()", "");
        found.extend(
            terminal.filter(|(what, _)| asked.contains(what)).map(|(what, _)| format!("{path} uses {what}")),
        );
        if PURE.iter().any(|layer| path.starts_with(layer)) {
            let impure = IMPURE.iter().filter(|what| code.contains(**what));
            found.extend(impure.map(|what| format!("{path} uses {what}")));
        }
    }
    found
}

/// The files of modules that exist only in tests.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = path.strip_suffix("mod.rs").map_or_else(|| path.replace(".rs", "/"), str::to_owned);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pairs = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    let named = pairs.filter_map(|pair| {
        let name = pair[1].strip_prefix("pub ").unwrap_or(pair[1]).strip_prefix("mod ")?.strip_suffix(';')?;
        Some(name.to_owned())
    });
    named.flat_map(|name| [format!("{folder}{name}.rs"), format!("{folder}{name}/")]).collect()
}

/// The text without comments and without its tests.
fn plain(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let opens = lines.next().is_some_and(|line| line.ends_with('{'));
            if opens {
                lines.by_ref().find(|line| *line == "}");
            }
        } else if !line.trim_start().starts_with("//") {
            code += line;
            code += "\n";
        }
    }
    code
}

/// The modules of this crate that a file names, from the top.
fn uses(path: &str, code: &str) -> Vec<String> {
    let depth = path.trim_end_matches("/mod.rs").split('/').count();
    let up = "super::".repeat(depth);
    let mut used = Vec::new();
    for top in ["crate::", "kunpeng::", up.as_str()] {
        for (at, _) in code.match_indices(top) {
            let is_longer = code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
            if !is_longer {
                used.extend(heads(&code[at + top.len()..]));
            }
        }
    }
    used
}

/// `report::table::Cell` gives `report::table`; `{model::kind, report}` gives `model::kind` and `report`.
fn heads(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![head(rest)] };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    parts.iter().map(|part| head(part.trim_matches([',', ' ', '\n']))).filter(|it| !it.is_empty()).collect()
}

fn head(path: &str) -> String {
    let end = path.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c))).unwrap_or(path.len());
    path[..end].trim_end_matches(':').split("::").take(2).collect::<Vec<_>>().join("::")
}

fn may_use(layer: &str, allowed: &[&str], used: &str) -> bool {
    let top = used.split("::").next().unwrap();
    let is_layer = ARROWS.iter().any(|(name, _)| *name == top);
    !is_layer || top == layer || allowed.contains(&top) || allowed.contains(&used)
}

fn sources(folder: &Path, below: &str, sources: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            self::sources(&entry.path(), &format!("{name}/"), sources);
        } else if Path::new(&name).extension().is_some_and(|end| end == "rs") {
            sources.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn every_arrow_is_one_of_the_map() {
    let mut all = Sources::new();
    sources(&repository().join("src"), "", &mut all);
    assert!(all.len() > 50, "only {} sources were read", all.len());
    let found = breaches(&all);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_layer_is_in_the_map() {
    let mut all = Sources::new();
    sources(&repository().join("src"), "", &mut all);
    let layers = all.keys().filter_map(|path| path.split_once('/')).map(|(layer, _)| layer);
    for layer in layers {
        assert!(ARROWS.iter().any(|(name, _)| *name == layer), "`{layer}` is no layer of the map");
    }
}

fn breaches_of(path: &str, text: &str) -> Vec<String> {
    breaches(&[(path.to_owned(), text.to_owned())].into())
}

#[test]
fn a_wrong_arrow_is_found_however_it_is_written() {
    for (path, text) in [
        ("model/id.rs", "use crate::store::Store;"),
        ("model/id.rs", "use super::super::cli;"),
        ("model/mod.rs", "use super::cli::ui;"),
        ("model/id.rs", "fn f() { crate::render::text::all() }"),
        ("report/list.rs", "use crate::{\n    model::kind::Kind,\n    store::{Store, load},\n};"),
        ("render/text.rs", "use crate::report::label;"),
        ("import/plan.rs", "use kunpeng::store;"),
        ("store/load.rs", "use crate::import::sheet::Sheet;"),
        ("store/load.rs", "#[cfg(test)]\nmod tests {\n    use crate::report;\n}\nuse crate::report;"),
        ("cli/list.rs", "fn f() { println!(\"\") }"),
        ("store/load.rs", "fn f() { std::io::stderr().write_all(b\"\") }"),
        ("report/list.rs", "fn f() { std::fs::read(\"\") }"),
        ("model/date.rs", "fn f() { chrono::Local::now() }"),
    ] {
        assert_eq!(breaches_of(path, text).len(), 1, "{path}: {text}\n{:?}", breaches_of(path, text));
    }
}

#[test]
fn a_right_arrow_a_comment_and_a_test_are_let_through() {
    for (path, text) in [
        ("cli/list.rs", "use crate::store::Store;\nuse super::super::report;"),
        ("render/text.rs", "use crate::report::table::{Cell, Table};"),
        ("render/text.rs", "use super::super::report::table;"),
        ("render/text.rs", "//! See [`crate::store`].\nuse crate::render::Style;"),
        ("report/list.rs", "use super::table::Table;\npub(crate) fn f() {}\n"),
        ("report/list.rs", "#[cfg(test)]\nmod tests {\n    use crate::store::document;\n}\n"),
        ("cli/ui.rs", "fn f() { std::io::stdout().lock() }"),
        ("main.rs", "fn f() { std::io::stdout().is_terminal() }"),
    ] {
        assert_eq!(breaches_of(path, text), Vec::<String>::new(), "{path}: {text}");
    }
    let fixture: Sources = [
        ("report/mod.rs".to_owned(), "#[cfg(test)]\nmod fixture;".to_owned()),
        ("report/fixture.rs".to_owned(), "use crate::store::document;".to_owned()),
    ]
    .into();
    assert_eq!(breaches(&fixture), Vec::<String>::new());
}
