//! The stages within a layer: reads which file uses which, refuses an arrow against the flow of data and every circle
//! of more than two files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::sandbox::repository;

/// The stages of an import, each using only itself and those before it.
const IMPORT: [&str; 5] = ["read", "layout", "columns", "rows", "plan"];

/// The folders whose files may not go in circles.
const WITHOUT_CIRCLES: [&str; 3] = ["import", "report", "cli"];

/// The most files that may use each other.
const LARGEST: usize = 2;

/// What each file of a layer uses of the same layer, by module path.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// The module path of a file: `import/plan/mod.rs` is `import::plan`.
fn module(path: &str) -> String {
    path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::")
}

/// The text up to its tests, without comments.
fn code(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every path that begins with `crate` or `super`, from the top of the crate; a group gives one each.
fn paths(module: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let is_longer = code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
            if !is_longer {
                found.extend(expanded(&code[at..]).into_iter().map(|path| absolute(module, &path)));
            }
        }
    }
    found
}

/// `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn expanded(text: &str) -> Vec<String> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c))).unwrap_or(text.len());
    let head = &text[..end];
    let Some(group) = text[end..].strip_prefix('{').filter(|_| head.ends_with("::")) else {
        return vec![head.trim_end_matches(':').to_owned()];
    };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                parts.last_mut().unwrap().push(c);
            }
        }
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.flat_map(expanded).map(|part| format!("{head}{part}")).collect()
}

fn absolute(module: &str, path: &str) -> String {
    let mut base: Vec<&str> = module.split("::").collect();
    let mut rest: Vec<&str> = path.split("::").collect();
    if rest.first() == Some(&"crate") {
        return rest[1..].join("::");
    }
    while rest.first() == Some(&"super") {
        base.pop();
        rest.remove(0);
    }
    base.extend(rest);
    base.join("::")
}

fn uses(files: &BTreeMap<String, String>) -> Uses {
    let known: BTreeSet<String> = files.keys().map(|path| module(path)).collect();
    let owner = |path: &str| {
        let parts: Vec<&str> = path.split("::").collect();
        (1..=parts.len()).rev().map(|end| parts[..end].join("::")).find(|prefix| known.contains(prefix))
    };
    let of = |(path, text): (&String, &String)| {
        let this = module(path);
        let used = paths(&this, &code(text)).iter().filter_map(|path| owner(path)).collect::<BTreeSet<_>>();
        (this.clone(), used.into_iter().filter(|used| *used != this).collect())
    };
    files.iter().map(of).collect()
}

/// Everything a module uses, directly or through others.
fn reach(uses: &Uses, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![from.to_owned()];
    while let Some(next) = waiting.pop() {
        for used in uses.get(&next).into_iter().flatten() {
            if reached.insert(used.clone()) {
                waiting.push(used.clone());
            }
        }
    }
    reached
}

/// The groups of modules that use each other.
fn circles(uses: &Uses) -> BTreeSet<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<String>> =
        uses.keys().map(|module| (module, reach(uses, module))).collect();
    let with = |module: &String| -> Vec<String> {
        let others =
            reached[module].iter().filter(|other| reached.get(other).is_some_and(|it| it.contains(module)));
        others.cloned().collect()
    };
    uses.keys().map(with).filter(|circle| circle.len() > LARGEST).collect()
}

/// Arrows against the flow of the stages.
fn backwards(uses: &Uses) -> Vec<String> {
    let stage = |module: &str| IMPORT.iter().position(|stage| module.split("::").nth(1) == Some(*stage));
    let mut found = Vec::new();
    for (module, used) in uses {
        for other in used {
            if stage(module).zip(stage(other)).is_some_and(|(from, to)| from < to) {
                found.push(format!("{module} uses {other}"));
            }
        }
    }
    found
}

fn files(layer: &str) -> BTreeMap<String, String> {
    fn gather(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}/{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                gather(&path, &name, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    gather(&repository().join("src").join(layer), layer, &mut all);
    all
}

#[test]
fn an_import_flows_from_bytes_to_the_plan() {
    let found = backwards(&uses(&files("import")));
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn no_more_than_two_files_use_each_other() {
    for layer in WITHOUT_CIRCLES {
        let found = circles(&uses(&files(layer)));
        assert!(found.is_empty(), "{layer}: {found:#?}");
    }
}

#[test]
fn a_wrong_arrow_and_a_circle_are_found() {
    let of = |files: &[(&str, &str)]| {
        uses(&files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    };
    let wrong = of(&[
        ("import/read/mod.rs", "use crate::import::{plan::Plan, rows};"),
        ("import/plan/mod.rs", ""),
        ("import/rows/mod.rs", ""),
    ]);
    assert_eq!(backwards(&wrong), ["import::read uses import::plan", "import::read uses import::rows"]);
    let circle = of(&[
        ("report/a.rs", "use super::b::B;"),
        ("report/b.rs", "fn f() { super::c::g() }"),
        ("report/c.rs", "use crate::report::a::A;"),
        ("report/d.rs", "use crate::report::{a, b};"),
    ]);
    assert_eq!(circles(&circle).len(), 1);
    let pair = of(&[("report/a.rs", "use super::b::B;"), ("report/b.rs", "use super::a::A;")]);
    assert!(circles(&pair).is_empty());
}
