//! Records in an editor.

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn an_editor_that_changes_nothing_changes_nothing() {
    let sandbox = Sandbox::small();
    let before = sandbox.files("data");
    sandbox.shows(
        "EDITOR=true kunpeng enterprise edit alpha",
        str![[r#"
--- stderr
nothing changed

"#]],
    );
    assert!(sandbox.files("data") == before);
    assert_eq!(sandbox.files("tmp").len(), 0);
}

#[test]
fn a_valid_edit_is_put_back_as_it_was_typed() {
    let sandbox = Sandbox::small();
    sandbox.write("editor", "#!/bin/sh\nprintf '# typed\\nname   =   \"Alpha Typed\"\\n' > \"$1\"\n");
    sandbox.shows(
        "chmod +x editor; EDITOR=./editor kunpeng enterprise edit alpha",
        str![[r#"
--- stderr
changed enterprise `alpha`

"#]],
    );
    assert_eq!(sandbox.read("data/enterprises/alpha.toml"), "# typed\nname   =   \"Alpha Typed\"\n");
    assert_eq!(sandbox.files("tmp").len(), 0);
}

#[test]
fn an_invalid_edit_is_refused_and_what_was_typed_is_kept() {
    let sandbox = Sandbox::small();
    sandbox.write("editor", "#!/bin/sh\nprintf 'name = \"Alpha Typed\"\\nindustry = \"toy\"\\n' > \"$1\"\n");
    sandbox.refuses(
        "chmod +x editor; EDITOR=./editor kunpeng enterprise edit alpha 2>&1 | sed 's/-[0-9]*\\.toml/-N.toml/'",
        0,
        str![[r#"
error: enterprise `alpha` names industry `toy`, which does not exist
  --> [DIR]/tmp/kunpeng-enterprise-alpha-N.toml:2:12
   |
 2 | industry = "toy"
   |            ^^^^^
  rule: unknown-reference
  help: did you mean `toys`?

1 error in 1 file; nothing was changed
what you typed is kept in [DIR]/tmp/kunpeng-enterprise-alpha-N.toml

"#]],
    );
    let kept: Vec<_> = sandbox.files("tmp").into_values().collect();
    assert_eq!(kept, [b"name = \"Alpha Typed\"\nindustry = \"toy\"\n".to_vec()]);
}

#[test]
fn a_file_that_cannot_be_read_is_put_right_with_the_editor() {
    let sandbox = Sandbox::small();
    sandbox.write("data/enterprises/gamma.toml", "name = \"Gamma Sample\n");
    sandbox.write("editor", "#!/bin/sh\nprintf 'name = \"Gamma Sample\"\\n' > \"$1\"\n");
    sandbox.refuses(
        "kunpeng enterprise list",
        3,
        str![[r#"
--- stderr
error: invalid basic string, expected `"`
  --> data/enterprises/gamma.toml:1:21
   |
 1 | name = "Gamma Sample
   |                     ^
  rule: syntax

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "chmod +x editor; EDITOR=./editor kunpeng enterprise edit gamma",
        str![[r#"
--- stderr
changed enterprise `gamma`

"#]],
    );
    sandbox.shows(
        "kunpeng check",
        str![[r#"
--- stderr
no findings in data

"#]],
    );
}
