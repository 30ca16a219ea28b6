//! What somebody at a terminal sees: tables of every width, the pager, how far long work has come.

use crate::sandbox::Sandbox;

/// Work that is slow to come to its end: what it reads comes late.
const SLOW: &str =
    "{ sleep 1; printf 'id,name\\ngamma,Gamma Sample\\n'; } | kunpeng import enterprises - --dry-run";

#[test]
fn long_work_says_what_it_does_at_a_terminal_and_wipes_it_away() {
    let sandbox = Sandbox::small();
    let shown = sandbox.terminal(SLOW, (80, 24), &[]);
    assert!(shown.contains("reading -: 0 s"), "{shown}");
    let shown = sandbox.terminal(SLOW, (80, 24), &[("LANG", "zh_CN.UTF-8")]);
    assert!(shown.contains("正在读取 -：0 秒"), "{shown}");
    assert!(!sandbox.terminal(&format!("{SLOW} --quiet"), (80, 24), &[]).contains("reading"));
    assert!(!sandbox.run(SLOW).text().contains("reading"));
}
