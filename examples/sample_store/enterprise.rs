//! Invented enterprises: who they are and how they fare in the editions.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use kunpeng::model::candidacy::{Candidacy, Decision, Score};
use kunpeng::model::code::uscc_check;
use kunpeng::model::contact::Contact;
use kunpeng::model::date::Date;
use kunpeng::model::enterprise::{Enterprise, FormerName};
use kunpeng::model::id::EnterpriseId;
use kunpeng::model::membership::{Membership, Outcome};
use kunpeng::model::own_field::More;

use crate::plan::{Plan, WINDOWS, Window};
use crate::published::{CRITERIA, TOWN_NAMES};
use crate::random::{Random, day};
use crate::{read, result};

/// A line of business: its focus industry, what its enterprises are called, its division of GB/T 4754.
pub struct Trade {
    industry: &'static str,
    name: &'static str,
    name_en: &'static str,
    /// The division.
    pub class: &'static str,
}

const fn trade(
    industry: &'static str,
    name: &'static str,
    name_en: &'static str,
    class: &'static str,
) -> Trade {
    Trade { industry, name, name_en, class }
}

/// The lines of business; those of edition 3's focus industries first.
const TRADES: [Trade; 16] = [
    trade("automobile", "汽车零部件", "Auto Parts", "C36"),
    trade("automobile", "汽车零部件", "Auto Parts", "C36"),
    trade("automobile", "汽车模具", "Auto Tooling", "C35"),
    trade("airport-related", "航空物流", "Air Logistics", "G58"),
    trade("airport-related", "航空维修", "Aircraft Repair", "C43"),
    trade("fashion-culture", "皮具", "Leather Goods", "C19"),
    trade("fashion-culture", "皮具", "Leather Goods", "C19"),
    trade("fashion-culture", "品牌策划", "Brand Services", "L72"),
    trade("fashion-culture", "文创设计", "Creative Design", "M74"),
    trade("electronic-information", "智能电子", "Smart Electronics", "C39"),
    trade("electronic-information", "软件科技", "Software Technology", "I65"),
    trade("new-energy", "新能源", "New Energy", "C38"),
    trade("new-materials", "新材料", "New Materials", "C26"),
    trade("new-materials", "橡塑材料", "Rubber and Plastics", "C29"),
    trade("high-end-equipment", "智能装备", "Smart Equipment", "C35"),
    trade("high-end-equipment", "通用装备", "General Equipment", "C34"),
];

/// How many of them are of edition 3's focus industries.
const TRADES_OF_3: usize = 12;

const WITHDRAWN_FOR: [&str; 4] = ["moved-away", "own-wish", "listed-or-acquired", "deregistered"];
const REMOVED_FOR: [&str; 3] = ["repeated-absence", "no-data", "irregular-operation"];

/// The 31 characters of a code, by value.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The enterprise at a place of the plan, with its id.
pub fn invented(plan: Plan, index: usize) -> Result<(EnterpriseId, Enterprise)> {
    let (number, random) = (index + 1, &mut Random::of(1, index));
    let editions = plan.editions(index);
    let in_3 = editions.contains(&2) || plan.is_refused(index);
    let trade = &TRADES[random.place(if in_3 { TRADES_OF_3 } else { TRADES.len() })];
    let code = code_of(number)?;
    let enterprise = Enterprise {
        name: read(format!("示例{}{number:04}有限公司", trade.name))?,
        name_en: Some(read(format!("Sample {} {number:04} Co., Ltd.", trade.name_en))?),
        code: Some(read(&code)?),
        industry: Some(read(trade.industry)?),
        class: Some(read(trade.class)?),
        town: Some(read(random.pick(&TOWN_NAMES))?),
        founded: Some(Date::day(random.day(day(1996, 3, 1), day(2016, 6, 30)))),
        note: (number % 41 == 3).then(|| "示例备注：与集团公司分别统计".to_owned()),
        former_codes: Vec::new(),
        not_same: Vec::new(),
        former_names: former_names(number)?,
        more: More::default(),
        candidacies: candidacies(plan, index, &editions, random)?,
        memberships: memberships(&editions, random)?,
        recognitions: result::recognitions(random)?,
        platforms: result::platforms(random)?,
        projects: result::projects(&editions, random)?,
        needs: result::needs(&editions, random)?,
        indicators: result::indicators(number, &editions, trade, random)?,
    };
    Ok((read(&code)?, enterprise))
}

/// A contact nobody can be taken for.
pub fn contact(number: usize) -> Contact {
    Contact {
        legal_representative: Some("示例法人".to_owned()),
        contact: Some("示例联系人".to_owned()),
        post: Some("示例职务".to_owned()),
        phone: Some(format!("1380000{number:04}")),
        email: Some(format!("sample{number}@example.org")),
        more: More::default(),
    }
}

/// A code that is well-formed and cannot be issued: organisation parts beginning `DEM` are not.
fn code_of(number: usize) -> Result<String> {
    let lead = ALPHABET.get(number / 10_000).copied().map(char::from).context("too many enterprises")?;
    let organisation = format!("DEM{lead}{:04}", number % 10_000);
    let check = organisation_check(&organisation).context("no organisation code")?;
    let first = format!("91440114{organisation}{check}");
    let check = uscc_check(&first).context("no credit code")?;
    Ok(format!("{first}{check}"))
}

/// The check character of an organisation code, GB 11714.
fn organisation_check(organisation: &str) -> Option<char> {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = organisation
        .chars()
        .zip(weights)
        .map(|(c, weight)| c.to_digit(36).map(|value| value * weight))
        .sum::<Option<u32>>()?;
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

fn former_names(number: usize) -> Result<Vec<FormerName>> {
    if number % 37 != 7 {
        return Ok(Vec::new());
    }
    Ok(vec![FormerName {
        name: read(format!("示例旧名{number:04}有限公司"))?,
        until: Some(read("2018-06")?),
    }])
}

/// All who are new in edition 3 applied; who came over from edition 2 did not have to.
fn candidacies(plan: Plan, index: usize, editions: &[usize], random: &mut Random) -> Result<Vec<Candidacy>> {
    let decision = match editions {
        [2] => Decision::Selected,
        _ if plan.is_refused(index) && index.is_multiple_of(4) => Decision::Reserve,
        _ if plan.is_refused(index) => Decision::Rejected,
        _ => return Ok(Vec::new()),
    };
    let reviewers: &[Option<&str>] =
        if index.is_multiple_of(9) { &[Some("评审甲"), Some("评审乙")] } else { &[None] };
    let low = if decision == Decision::Selected { 70 } else { 48 };
    Ok(vec![Candidacy {
        edition: read(WINDOWS[2].edition)?,
        applied: Some(Date::day(random.day(day(2023, 9, 4), day(2023, 10, 13)))),
        modules: Vec::new(),
        decision: Some(decision),
        decided: Some(Date::day(day(2023, 11, 6))),
        scores: reviewers.iter().map(|reviewer| score(*reviewer, low, random)).collect::<Result<_>>()?,
        more: More::default(),
    }])
}

fn score(reviewer: Option<&str>, low: i64, random: &mut Random) -> Result<Score> {
    let marks = CRITERIA
        .iter()
        .map(|criterion| Ok((read(criterion)?, read(random.between(low, low + 25))?)))
        .collect::<Result<BTreeMap<_, _>>>()?;
    Ok(Score { reviewer: reviewer.map(str::to_owned), marks })
}

fn memberships(editions: &[usize], random: &mut Random) -> Result<Vec<Membership>> {
    editions.iter().map(|edition| membership(*edition, editions.contains(&(edition + 1)), random)).collect()
}

fn membership(edition: usize, goes_on: bool, random: &mut Random) -> Result<Membership> {
    let window = &WINDOWS[edition];
    let middle = window.first + (window.last - window.first) / 2;
    let outcome = outcome(window, goes_on, random);
    let reason = match outcome {
        Some(Outcome::Withdrawn) => Some(read(random.pick(&WITHDRAWN_FOR))?),
        Some(Outcome::Removed) => Some(read(random.pick(&REMOVED_FOR))?),
        _ => None,
    };
    let mut within = |first: NaiveDate, last: NaiveDate| Date::day(random.day(first, last));
    let left = reason.is_some().then(|| within(middle, window.last));
    let joined = within(window.first, middle);
    Ok(Membership {
        edition: read(window.edition)?,
        joined: random.chance(7).then_some(joined),
        left,
        outcome,
        reason,
        modules: modules(random)?,
        more: More::default(),
    })
}

fn outcome(window: &Window, goes_on: bool, random: &mut Random) -> Option<Outcome> {
    let lot = random.below(100);
    if goes_on {
        let is_passed_on = window.edition == "2" || lot < 60;
        return Some(if is_passed_on { Outcome::Transferred } else { Outcome::Graduated });
    }
    match (lot, window.is_over) {
        (0..3, _) => Some(Outcome::Withdrawn),
        (3..6, true) => Some(Outcome::Removed),
        (_, true) => Some(Outcome::Graduated),
        (_, false) => None,
    }
}

fn modules<T>(random: &mut Random) -> Result<Vec<T>>
where
    T: std::str::FromStr<Err = kunpeng::model::shape::Misread>,
{
    [("srdi", 60), ("platforms", 30), ("listing", 12)]
        .into_iter()
        .filter(|(_, percent)| random.chance(*percent))
        .map(|(module, _)| read(module))
        .collect()
}
