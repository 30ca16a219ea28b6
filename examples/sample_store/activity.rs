//! Invented activities, and who was there.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use kunpeng::model::activity::{Activity, Status};
use kunpeng::model::date::Date;
use kunpeng::model::own_field::More;

use crate::folder::Folder;
use crate::plan::{Member, Plan};
use crate::random::Random;
use crate::read;

/// Of a hundred members, how many are present, excused, absent; of the rest nothing is recorded.
type Turnout = [u64; 3];

const ALL: Turnout = [80, 8, 7];
const MANY: Turnout = [60, 9, 9];
const SOME: Turnout = [42, 6, 5];
const FEW: Turnout = [28, 4, 3];

/// An activity of the table.
struct Held {
    edition: &'static str,
    date: &'static str,
    slug: &'static str,
    aspect: &'static str,
    title: &'static str,
    hours: Option<&'static str>,
    turnout: Turnout,
}

const fn held(
    edition: &'static str,
    (date, slug): (&'static str, &'static str),
    aspect: &'static str,
    title: &'static str,
    hours: &'static str,
    turnout: Turnout,
) -> Held {
    let hours = if hours.is_empty() { None } else { Some(hours) };
    Held { edition, date, slug, aspect, title, hours, turnout }
}

const HELD: [Held; 40] = [
    held("1", ("2019-04-18", "opening"), "courses", "第一期开班式", "3", ALL),
    held("1", ("2019-06-20", "tax-course"), "courses", "减税降费专题课程", "3", MANY),
    held("1", ("2019-09-05", "factory-visit"), "visits", "标杆工厂参访", "4", SOME),
    held("1", ("2019-11-14", "land-meeting"), "ecosystem", "企业用地需求对接会", "2.5", SOME),
    held("1", ("2020-05-21", "restart-course"), "courses", "复工复产政策课程", "2", MANY),
    held("1", ("2020-07-16", "hnte-clinic"), "projects", "高新技术企业申报辅导", "3", SOME),
    held("1", ("2020-09-24", "brand-talk"), "brand", "品牌建设沙龙", "2", FEW),
    held("1", ("2020-12-10", "summary"), "ecosystem", "第一期总结交流会", "3", ALL),
    held("2", ("2022-01-13", "opening"), "courses", "第二期开班式", "3", ALL),
    held("2", ("2022-02-24", "srdi-course"), "courses", "专精特新培育课程", "6", MANY),
    held("2", ("2022-03-17", "hnte-clinic"), "projects", "高新技术企业申报辅导", "3", SOME),
    held("2", ("2022-04-21", "digital-course"), "courses", "数字化转型课程", "6", MANY),
    held("2", ("2022-05-19", "bank-meeting"), "ecosystem", "银企对接会", "2.5", SOME),
    held("2", ("2022-06-16", "ip-course"), "courses", "知识产权布局课程", "3", MANY),
    held("2", ("2022-07-14", "car-plant-visit"), "visits", "整车工厂参访", "4", SOME),
    held("2", ("2022-08-11", "little-giant-clinic"), "projects", "“小巨人”申报辅导", "2", FEW),
    held("2", ("2022-08-25", "brand-course"), "brand", "品牌定位工作坊", "6", SOME),
    held("2", ("2022-09-22", "listing-course"), "courses", "股权架构与上市准备课程", "6", SOME),
    held("2", ("2022-10-20", "lab-visit"), "visits", "重点实验室参访", "3.5", FEW),
    held("2", ("2022-11-17", "platform-clinic"), "projects", "研发平台申报辅导", "3", SOME),
    held("2", ("2022-12-15", "year-end"), "ecosystem", "年度交流会", "3", MANY),
    held("2", ("2023-02-16", "policy-course"), "courses", "惠企政策解读", "3", MANY),
    held("2", ("2023-03-09", "supply-chain-meeting"), "ecosystem", "产业链供需对接会", "3", SOME),
    held("2", ("2023-03-30", "airport-visit"), "visits", "空港物流园参访", "4", SOME),
    held("2", ("2023-04-20", "innovative-sme-clinic"), "projects", "创新型中小企业申报辅导", "2", MANY),
    held("2", ("2023-05-18", "fair"), "brand", "示例展会联合参展", "", FEW),
    held("2", ("2023-06-15", "finance-course"), "courses", "财务规范课程", "6", MANY),
    held("2", ("2023-07-13", "fashion-visit"), "visits", "皮具产业园参访", "4", FEW),
    held("2", ("2023-08-17", "talent-meeting"), "ecosystem", "校企用工对接会", "3", SOME),
    held("2", ("2023-09-14", "brand-story"), "brand", "品牌故事发布会", "2.5", SOME),
    held("2", ("2023-10-19", "rd-cost-course"), "courses", "研发费用归集课程", "3", MANY),
    held("2", ("2023-11-16", "summary"), "ecosystem", "第二期总结会", "1.5", ALL),
    held("3", ("2023-11-16", "kick-off"), "ecosystem", "第三期启动仪式", "1.5", ALL),
    held("3", ("2023-12-14", "srdi-course"), "courses", "专精特新梯度培育课程", "6", MANY),
    held("3", ("2024-01-18", "smart-plant-visit"), "visits", "智能工厂参访", "4", SOME),
    held("3", ("2024-03-21", "hnte-clinic"), "projects", "高新技术企业申报辅导", "3", SOME),
    held("3", ("2024-04-25", "overseas-course"), "courses", "出海合规课程", "6", MANY),
    held("3", ("2024-06-20", "brand-day"), "brand", "品牌开放日", "3", SOME),
    held("3", ("2024-08-15", "capital-meeting"), "ecosystem", "投融资对接会", "2.5", SOME),
    held("3", ("2024-10-17", "battery-visit"), "visits", "新能源企业互访", "3.5", FEW),
];

const PLACES: [&str; 4] = ["示例会议中心", "示例产业园", "示例培训室", "示例企业现场"];
const HOST: &str = "示例承办单位";

/// Writes every activity, for every group of members.
pub fn write_all(folder: &Folder, plan: Plan, members: &[Member]) -> Result<()> {
    let mut invited: HashMap<(&str, usize), Vec<&Member>> = HashMap::new();
    for member in members {
        invited.entry((member.edition.as_str(), plan.group_of(member.index))).or_default().push(member);
    }
    for group in 0..plan.groups() {
        for (number, held) in HELD.iter().enumerate() {
            let invited = invited.get(&(held.edition, group)).map_or(&[][..], Vec::as_slice);
            let random = &mut Random::of(2, group * HELD.len() + number);
            let path = format!("activities/{}.toml", id_of(held, plan, group));
            folder.record(&path, &activity(held, invited, random)?)?;
        }
    }
    Ok(())
}

fn id_of(held: &Held, plan: Plan, group: usize) -> String {
    let group = if plan.groups() > 1 { format!("-{:04}", group + 1) } else { String::new() };
    format!("{}-{}{group}", held.date, held.slug)
}

fn activity(held: &Held, invited: &[&Member], random: &mut Random) -> Result<Activity> {
    let date: Date = read(held.date)?;
    let mut activity = Activity {
        edition: read(held.edition)?,
        aspect: read(held.aspect)?,
        title: read(held.title)?,
        date,
        end: None,
        hours: held.hours.map(read).transpose()?,
        place: Some(random.pick(&PLACES).to_owned()),
        host: Some(HOST.to_owned()),
        note: None,
        more: More::default(),
        excused: Vec::new(),
        absent: Vec::new(),
        present: BTreeMap::new(),
    };
    for member in invited {
        let heads = random.pick(&[1, 1, 1, 2, 2, 3]);
        let status = status(held.turnout, random.below(100));
        if let Some(status) = status.filter(|_| is_member_on(member, date)) {
            activity.record(member.id.clone(), status, heads);
        }
    }
    Ok(activity)
}

fn status([present, excused, absent]: Turnout, lot: u64) -> Option<Status> {
    let upto = [
        (present, Status::Present),
        (present + excused, Status::Excused),
        (present + excused + absent, Status::Absent),
    ];
    upto.into_iter().find(|(limit, _)| lot < *limit).map(|(_, status)| status)
}

fn is_member_on(member: &Member, date: Date) -> bool {
    member.joined.is_none_or(|joined| joined.last() <= date.first())
        && member.left.is_none_or(|left| date.last() <= left.first())
}
