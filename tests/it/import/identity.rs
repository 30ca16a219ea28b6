//! Which enterprise a row is of, and words that are settled for ever.

use snapbox::str;

use crate::sandbox::Sandbox;

/// What an import says that is refused, with the store untouched.
fn refused(sandbox: &Sandbox, line: &str) -> String {
    let before = sandbox.files("data");
    let outcome = sandbox.run(line);
    assert_eq!(outcome.code, Some(3), "{line}\n{}", outcome.text());
    assert!(sandbox.files("data") == before, "{line} wrote something");
    outcome.stderr
}

fn count(sandbox: &Sandbox) -> usize {
    sandbox.json("kunpeng enterprise list --format json").as_array().unwrap().len()
}

#[test]
fn a_namesake_without_a_code_is_asked_for_and_stays_what_it_was_said_to_be() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "name,town,founded\nSample One,Lyon,2015\n");
    sandbox.write("b.csv", "name,town,founded\nSample One,Paris,2015-05-01\n");
    sandbox.done("kunpeng import enterprises a.csv");
    let said = refused(&sandbox, "kunpeng import enterprises b.csv --lang en");
    assert!(said.contains("`sample-one` has this name and another town: Lyon there, Paris here"), "{said}");
    assert!(said.contains("`--same`") && said.contains("`--new`"), "{said}");
    let said = refused(&sandbox, "kunpeng import enterprises b.csv --lang zh");
    assert!(said.contains("与已有的 sample-one 同名，但所属镇街不同"), "{said}");
    sandbox.done("kunpeng import enterprises b.csv --new");
    assert_eq!(count(&sandbox), 2);
    for file in ["a.csv", "b.csv"] {
        let said = sandbox.run(&format!("kunpeng import enterprises {file} --lang en"));
        assert!(said.stderr.contains("nothing to change"), "{}", said.text());
    }
    let other = Sandbox::new();
    other.write("a.csv", "name,town\nSample One,Lyon\n");
    other.write("b.csv", "name,town\nSample One,Paris\n");
    other.done("kunpeng import enterprises a.csv");
    other.done("kunpeng import enterprises b.csv --same");
    assert!(other.read("data/enterprises/sample-one.toml").contains("Paris"));
}

#[test]
fn a_corrected_spelling_of_the_only_key_is_a_change() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "name,code\nSample one,\n示例（广州）厂,91440114DEM000014D\n");
    sandbox.done("kunpeng import enterprises a.csv");
    sandbox.write("b.csv", "name\nSample ONE\n示例(广州)厂\n");
    let said = sandbox.run("kunpeng import enterprises b.csv --lang en");
    assert!(said.stderr.contains("2 rows: 1 changed, 1 unchanged"), "{}", said.text());
    assert!(sandbox.read("data/enterprises/sample-one.toml").contains("Sample ONE"));
    assert!(sandbox.read("data/enterprises/91440114DEM000014D.toml").contains("示例（广州）厂"));
}

#[test]
fn names_that_differ_in_case_alone_are_one_industry() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "name\nFintech\nFinTech\n");
    let said = refused(&sandbox, "kunpeng import industries a.csv --lang en");
    assert!(said.contains("duplicate-row"), "{said}");
    sandbox.write("b.csv", "name\nFintech\n");
    sandbox.done("kunpeng import industries b.csv");
    sandbox.write("c.csv", "name\nFinTech\n");
    sandbox.done("kunpeng import industries c.csv");
    let list = sandbox.json("kunpeng industry list --format json");
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["name"], "FinTech");
}

#[test]
fn codes_that_slipped_by_a_row_rename_nobody() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "a.csv",
        "企业名称,统一社会信用代码\n示例一厂,91440114DEM000014D\n示例二厂,91440114DEM0000228\n示例三厂,91440114DEM0000303\n",
    );
    sandbox.done("kunpeng import enterprises a.csv");
    sandbox.write(
        "b.csv",
        "企业名称,统一社会信用代码\n示例二厂,91440114DEM000014D\n示例三厂,91440114DEM0000228\n",
    );
    let said = refused(&sandbox, "kunpeng import enterprises b.csv --lang zh");
    assert_eq!(said.matches("代码与名称可能错了行").count(), 2, "{said}");
    sandbox.write("c.csv", "企业名称,统一社会信用代码\n示例新厂,91440114DEM000014D\n");
    sandbox.done("kunpeng import enterprises c.csv");
    assert!(sandbox.read("data/enterprises/91440114DEM000014D.toml").contains("示例一厂"));
}

#[test]
fn a_word_is_settled_for_ever_for_its_kind_of_table() {
    let sandbox = Sandbox::new();
    sandbox.done("kunpeng enterprise add id=acme name=示例一厂");
    sandbox.write("a.csv", "企业名称,项目名称,状态,申报日期\n示例一厂,技改,过会,2023-05-01\n");
    refused(&sandbox, "kunpeng import projects a.csv");
    sandbox.done("kunpeng import projects a.csv --word 过会=approved --save-map form");
    assert!(sandbox.read("data/columns.toml").contains("[words.projects]\n\"过会\" = \"approved\""));
    sandbox.write(
        "b.csv",
        "企业名称,项目名称,状态,申报日期\n示例一厂,扩产,“过会”,2023-06-01\n示例一厂,出海,已提交,2023-06-01\n",
    );
    let said = sandbox.run("kunpeng import projects b.csv --lang zh");
    assert_eq!(said.code, Some(0), "{}", said.text());
    assert!(said.stderr.contains("以前已定的词（columns.toml）：过会=approved"), "{}", said.text());
    sandbox.write("c.csv", "企业名称,项目名称,状态,申报日期\n示例一厂,其他,已提交,2023-07-01\n");
    let said = sandbox.run("kunpeng import projects c.csv --lang zh");
    assert!(!said.stderr.contains("过会"), "{}", said.text());
    // The command line says otherwise for one run.
    sandbox.write("d.csv", "企业名称,项目名称,状态,申报日期\n示例一厂,再试,过会,2023-08-01\n");
    sandbox.done("kunpeng import projects d.csv --word 过会=announced");
    assert!(sandbox.read("data/enterprises/acme.toml").contains("announced"));
    let said = sandbox.run("kunpeng import projects d.csv --save-map x --lang en");
    assert_eq!(said.code, Some(2), "{}", said.text());
}

#[test]
fn a_derived_figure_is_never_taken_for_the_figure() {
    let sandbox = Sandbox::new();
    sandbox.done("kunpeng enterprise add id=acme name=示例一厂");
    for header in ["营业收入同比", "营业收人增长率", "营业收入目标值", "上年同期营业收入"]
    {
        sandbox.write("a.csv", format!("企业名称,研发费用,{header}\n示例一厂,5,7\n"));
        let outcome = sandbox.run("kunpeng import indicators a.csv --period 2023 --dry-run --lang zh");
        let all = outcome.text();
        assert!(!all.contains("=revenue"), "{header}\n{all}");
        let strict = sandbox.run("kunpeng import enterprises a.csv --strict --lang zh").text();
        assert!(!strict.contains("=revenue"), "{header}\n{strict}");
    }
}

#[test]
fn blanks_in_a_code_are_no_part_of_it_wherever_it_stands() {
    let sandbox = super::two_firms();
    let list = "企业名称,统一社会信用代码,2023年从业人员\n示例一厂,9144 0114 DEM0 0001 4D,12\n示例二厂,９１４４０１１４dem0000228,7\n";
    sandbox.write("list.csv", list);
    assert!(sandbox.run("kunpeng import indicators list.csv").text().contains("2 rows: 2 created"));
    sandbox.write("codes.csv", "企业,2022年从业人员\n91440114 DEM000014D,11\n");
    assert!(sandbox.run("kunpeng import indicators codes.csv").text().contains("1 row: 1 created"));
}

#[test]
fn a_ledger_may_list_several_enterprises_in_a_cell() {
    let sandbox = super::two_firms();
    sandbox.done("kunpeng member add 1 示例一厂 示例二厂 --joined 2023-03-16");
    let head = "活动名称,类别,举办时间,参会企业,参会人数\n";
    sandbox.write("ledger.csv", format!("{head}银企对接会,企业生态,2023-07-12,示例一厂、示例二厂,\n"));
    let line = "kunpeng import activities ledger.csv --edition 1 --lang zh";
    assert_eq!(sandbox.run(line).text(), "--- stderr\n共 1 行：新增 1 行\n已写入 1 个记录\n");
    assert!(sandbox.run(line).text().contains("共 1 行：未变 1 行"));
    let present = |sandbox: &Sandbox| {
        let id = sandbox.json("kunpeng activity list --format json")[0]["id"].as_str().unwrap().to_owned();
        sandbox.json(&format!("kunpeng activity show {id} --format json"))["present"].clone()
    };
    let both = serde_json::json!({"91440114DEM000014D": 1, "91440114DEM0000228": 1});
    assert_eq!(present(&sandbox), both);
    sandbox.write("ledger.csv", format!("{head}银企对接会,企业生态,2023-07-12,\"示例一厂\n示例三厂\",\n"));
    sandbox.refuses(
        line,
        3,
        str![[r#"
--- stderr
共 1 行：拒绝 1 行
错误：没有名为“示例三厂”的企业
  --> ledger.csv，第 2 行第 4 列（D2）：示例一厂␊示例三厂
  规则：unknown-reference
  办法：最接近的名称是“示例一厂”（91440114DEM000014D）；名称必须一致

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]],
    );
    sandbox.write("ledger.csv", format!("{head}银企对接会,企业生态,2023-07-12,示例一厂；示例二厂,12\n"));
    sandbox.refuses(
        line,
        3,
        str![[r#"
--- stderr
共 1 行：拒绝 1 行
错误：12 人来自 2 家企业，无法得知各有几人
  --> ledger.csv，第 2 行第 5 列（E2）：12
  规则：wrong-type
  办法：请用 --map "参会人数=-" 略去该列（每家按 1 人计），或每家企业各占一行

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]],
    );
    sandbox.write("ledger.csv", format!("{head}银企对接会,企业生态,2023-07-12,示例一厂,12\n"));
    sandbox.done(line);
    assert_eq!(present(&sandbox)["91440114DEM000014D"], 12);
}

#[test]
fn a_header_of_reviewers_above_scores_names_nobody() {
    let sandbox = super::two_firms();
    sandbox
        .write("scores.csv", "申报企业,专家A,专家B,评审结论\n示例一厂,88,90,入选\n示例二厂,50,,不予入选\n");
    let shown = sandbox.run("kunpeng import candidates scores.csv --edition 1 --lang zh").text();
    assert!(shown.contains("未导入的列：专家A、专家B（没有对应字段）"), "{shown}");
    let list = sandbox.done("kunpeng candidate list 1 --format csv --columns name,decision");
    assert_eq!(list.trim_start_matches('\u{feff}'), "Name,Decision\n示例一厂,selected\n示例二厂,rejected\n");
}
