//! What is published of the programme: its name, editions, organisers, industries, towns. Targets and the
//! weights of the rubric are invented.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use indexmap::IndexMap;
use kunpeng::model::amount::Amount;
use kunpeng::model::edition::{Criterion, Edition};
use kunpeng::model::figure::Figure;
use kunpeng::model::id::WordKey;
use kunpeng::model::industry::Industry;
use kunpeng::model::own_field::More;
use kunpeng::model::programme::{Organiser, Programme, RecordFormat};
use kunpeng::model::shape::{Faults, Shape};
use kunpeng::model::word::Word;
use kunpeng::store::document;
use kunpeng::store::init::standard_files;

use crate::read;

const NAME: (&str, &str) = ("花都“鲲鹏计划”", "Huadu \"Kunpeng Plan\"");

/// What the standard programme says of its name, and this one need not.
const PLACEHOLDER: &str = " Replace it with yours.";

const NOTE: &str = "计划、期次日期、主办与承办单位、重点产业均据公开报道；所有企业、活动、资质、平台、项目、诉求、数据、目标、联系人\
     均为虚构的示例。 The programme, its editions' dates, organisers and industries are public facts; every \
     enterprise, activity, title, platform, project, need, figure, target and contact is fictitious sample data.";

const ORGANISERS: [(&str, &str); 2] = [
    ("花都区工商联", "Huadu Federation of Industry and Commerce"),
    ("花都区科工商信局", "Huadu Bureau of Science, Industry, Commerce and Information Technology"),
];

const UNDERTAKEN_BY: (&str, &str) =
    ("广州市国资国企创新战略联盟", "Guangzhou Strategic Alliance for Innovation of State-owned Enterprises");

/// Id, name, English name.
const INDUSTRIES: [(&str, &str, &str); 7] = [
    ("automobile", "汽车", "Automobile"),
    ("airport-related", "临空", "Airport-related"),
    ("fashion-culture", "时尚文化创意", "Fashion and cultural creation"),
    ("electronic-information", "智能电子信息", "Intelligent electronic information"),
    ("new-materials", "新材料", "New materials"),
    ("new-energy", "新能源", "New energy"),
    ("high-end-equipment", "高端装备制造", "High-end equipment"),
];

/// Id, name, English name, other spellings.
const TOWNS: [(&str, &str, &str, &[&str]); 10] = [
    ("xinhua", "新华街道", "Xinhua Subdistrict", &["新华街", "新华"]),
    ("huacheng", "花城街道", "Huacheng Subdistrict", &["花城街", "花城"]),
    ("xiuquan", "秀全街道", "Xiuquan Subdistrict", &["秀全街", "秀全"]),
    ("xinya", "新雅街道", "Xinya Subdistrict", &["新雅街", "新雅"]),
    ("timian", "梯面镇", "Timian Town", &["梯面"]),
    ("huashan", "花山镇", "Huashan Town", &["花山"]),
    ("huadong", "花东镇", "Huadong Town", &["花东"]),
    ("tanbu", "炭步镇", "Tanbu Town", &["炭步"]),
    ("chini", "赤坭镇", "Chini Town", &["赤坭"]),
    ("shiling", "狮岭镇", "Shiling Town", &["狮岭"]),
];

/// The names of the towns.
pub const TOWN_NAMES: [&str; TOWNS.len()] = {
    let mut names = [""; TOWNS.len()];
    let mut place = 0;
    while place < TOWNS.len() {
        names[place] = TOWNS[place].1;
        place += 1;
    }
    names
};

/// Id, name, English name: what the published selection asked for.
const RUBRIC: [(&str, &str, &str); 3] = [
    ("technology", "科技含量", "Technology content"),
    ("innovation", "创新能力", "Ability to innovate"),
    ("potential", "发展潜力", "Development potential"),
];

/// The ids of the criteria candidates are scored by.
pub const CRITERIA: [&str; 3] = [RUBRIC[0].0, RUBRIC[1].0, RUBRIC[2].0];

/// What differs from edition to edition.
struct Facts {
    id: &'static str,
    name: (&'static str, &'static str),
    planned: Option<(&'static str, &'static str)>,
    opened: &'static str,
    closed: Option<&'static str>,
    undertaken_by: Option<(&'static str, &'static str)>,
    industries: &'static [&'static str],
    aspects: &'static [&'static str],
    modules: &'static [&'static str],
    note: &'static str,
    targets: &'static [(&'static str, &'static str)],
    rubric: &'static [(&'static str, &'static str, &'static str)],
}

const MODULES: &[&str] = &["srdi", "platforms", "listing"];

const EDITIONS: [Facts; 3] = [
    Facts {
        id: "1",
        name: ("第一期", "Edition 1"),
        planned: None,
        opened: "2019",
        closed: Some("2021-01"),
        undertaken_by: Some(UNDERTAKEN_BY),
        industries: &[],
        aspects: &[],
        modules: MODULES,
        note: "来源：新华社2021年1月20日报道（edu.sina.cn）、huadu.gov.cn 公开信息。公布的入选企业110家；开始日期只公布到2019年，\
               结束日期由2021年1月20日的报道推断；重点产业未公布，留空即为全部产业。 Sources: Xinhua of 2021-01-20 (edu.sina.cn), \
               posts of huadu.gov.cn. 110 enterprises are published; the start is published to the year; the end is \
               inferred from the report of 2021-01-20; no focus industries are published.",
        targets: &[],
        rubric: &[],
    },
    Facts {
        id: "2",
        name: ("第二期", "Edition 2"),
        planned: Some(("2022-01-13", "2023-01-12")),
        opened: "2022-01-13",
        closed: Some("2023-11-16"),
        undertaken_by: Some(UNDERTAKEN_BY),
        industries: &[
            "automobile",
            "airport-related",
            "fashion-culture",
            "electronic-information",
            "new-materials",
            "new-energy",
            "high-end-equipment",
        ],
        aspects: &[],
        modules: MODULES,
        note: "来源：21jingji.com 2022年1月13日报道、huadu.gov.cn 公开信息。公布的入选企业103家；计划为期一年，计划结束日期由此推算；\
               总结会与第三期启动在同一天，年份2023由报道推断；目标为示例。 Sources: 21jingji.com of 2022-01-13, posts of \
               huadu.gov.cn. 103 enterprises are published; one year was planned, from which the planned end is \
               computed; it closed on the day edition 3 opened, of which the year 2023 is inferred; targets are sample data.",
        targets: &[
            ("activities", "24"),
            ("gained-hnte", "18"),
            ("gained-innovative-sme", "30"),
            ("gained-srdi", "12"),
            ("graduated", "70"),
            ("members", "100"),
            ("needs-closed", "30"),
            ("new-platforms", "10"),
            ("person-times", "2000"),
        ],
        rubric: &[],
    },
    Facts {
        id: "3",
        name: ("第三期", "Edition 3"),
        planned: None,
        opened: "2023-11-16",
        closed: None,
        undertaken_by: None,
        industries: &[
            "automobile",
            "airport-related",
            "fashion-culture",
            "electronic-information",
            "new-energy",
        ],
        aspects: &["courses", "visits", "projects", "brand", "ecosystem"],
        modules: &[],
        note: "来源：huadu.gov.cn 第9369058（英文）、9368300（日文）、9129827、8656671号信息。公布的企业104家（截至报道时）；启动日期为11月16日，\
               年份2023由报道推断；报道称“四个方面”而列举五项，此处照列五项；承办单位与结束日期未公布；评分项取自公布的入选要求，\
               权重、分数与目标为示例。 Sources: posts 9369058 (en), 9368300 (ja), 9129827 and 8656671 of huadu.gov.cn. 104 \
               enterprises \"as of now\"; opened on 16 November, the year 2023 is inferred; the text says four aspects and \
               lists five, all five are kept; who undertakes it and when it ends is not published; the criteria follow \
               the published wording, weights, scores and targets are sample data.",
        targets: &[
            ("activities", "20"),
            ("gained-srdi", "10"),
            ("held-little-giant", "5"),
            ("members", "100"),
            ("new-platforms", "10"),
        ],
        rubric: &RUBRIC,
    },
];

/// The text of `programme.toml`: the standard one with its comments, and what is this programme's own.
pub fn programme() -> Result<String> {
    let files = standard_files();
    let (_, text) = files.iter().find(|(path, _)| path == "programme.toml").context("no programme")?;
    let plain =
        document::parse(RecordFormat::Toml, text).ok().context("the standard programme is no TOML")?;
    let mut programme =
        Programme::read(plain, &mut Faults::default()).context("the standard programme cannot be read")?;
    let before = programme.write().context("nothing to write")?;
    programme.name = read(NAME.0)?;
    programme.name_en = Some(read(NAME.1)?);
    programme.note = Some(NOTE.to_owned());
    programme.organisers = ORGANISERS.into_iter().map(organiser).collect::<Result<_>>()?;
    programme.towns = TOWNS
        .into_iter()
        .map(|(id, name, name_en, also)| Ok((read(id)?, word(name, name_en, also)?)))
        .collect::<Result<_>>()?;
    let after = programme.write().context("nothing to write")?;
    let edited = document::update(RecordFormat::Toml, text, &before, &after);
    let edited = edited.context("the standard programme cannot be edited")?;
    Ok(edited.replace(PLACEHOLDER, ""))
}

/// The focus industries, by id.
pub fn industries() -> Result<Vec<(&'static str, Industry)>> {
    INDUSTRIES
        .into_iter()
        .map(|(id, name, name_en)| {
            Ok((
                id,
                Industry {
                    name: read(name)?,
                    name_en: Some(read(name_en)?),
                    note: None,
                    more: More::default(),
                },
            ))
        })
        .collect()
}

/// The editions, by id.
pub fn editions() -> Result<Vec<(&'static str, Edition)>> {
    EDITIONS.iter().map(|facts| Ok((facts.id, edition(facts)?))).collect()
}

fn edition(facts: &Facts) -> Result<Edition> {
    Ok(Edition {
        name: read(facts.name.0)?,
        name_en: Some(read(facts.name.1)?),
        planned_start: facts.planned.map(|(start, _)| read(start)).transpose()?,
        planned_end: facts.planned.map(|(_, end)| read(end)).transpose()?,
        opened: Some(read(facts.opened)?),
        closed: facts.closed.map(read).transpose()?,
        seats: None,
        organisers: Vec::new(),
        undertaken_by: facts.undertaken_by.into_iter().map(organiser).collect::<Result<_>>()?,
        industries: facts.industries.iter().map(read).collect::<Result<_>>()?,
        aspects: facts.aspects.iter().map(read).collect::<Result<_>>()?,
        modules: facts.modules.iter().map(read).collect::<Result<_>>()?,
        indicator_years: Vec::new(),
        expect: Vec::new(),
        note: Some(facts.note.to_owned()),
        more: More::default(),
        targets: targets(facts)?,
        rubric: facts.rubric.iter().map(criterion).collect::<Result<IndexMap<_, _>>>()?,
    })
}

fn targets(facts: &Facts) -> Result<BTreeMap<Figure, Amount>> {
    facts.targets.iter().map(|(figure, target)| Ok((read(figure)?, read(target)?))).collect()
}

fn criterion((id, name, name_en): &(&str, &str, &str)) -> Result<(WordKey, Criterion)> {
    let criterion = Criterion {
        name: read(name)?,
        name_en: Some(read(name_en)?),
        weight: Some(read(1)?),
        max: Some(read(100)?),
    };
    Ok((read(id)?, criterion))
}

fn organiser((name, name_en): (&str, &str)) -> Result<Organiser> {
    Ok(Organiser { name: read(name)?, name_en: Some(read(name_en)?) })
}

fn word(name: &str, name_en: &str, also: &[&str]) -> Result<Word> {
    Ok(Word {
        name: read(name)?,
        name_en: Some(read(name_en)?),
        also: also.iter().map(read).collect::<Result<_>>()?,
    })
}
