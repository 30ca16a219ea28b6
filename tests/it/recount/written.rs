//! What was generated, written as records of a store.

use std::fmt::Write;

use kunpeng::model::finding::RecordRef;
use kunpeng::model::kind::Kind;
use kunpeng::model::programme::{Programme, RecordFormat};
use kunpeng::model::records::Records;
use kunpeng::model::shape::{Faults, Shape};
use kunpeng::store::document;

use super::made::{Edition, Ends, Firm, Made, When};

const PROGRAMME: &str = r#"
format = 1
name = "n"
currency = "CNY"
language = "en"
identifier = "none"
[aspects]
courses = { name = "c" }
visits = { name = "v" }
[modules]
srdi = { name = "s" }
listing = { name = "l" }
[recognitions]
srdi = { name = "s", valid_months = 36 }
hnte = { name = "h" }
[needs]
land = { name = "l" }
finance = { name = "f" }
[platform_kinds]
lab = { name = "l" }
centre = { name = "c" }
[levels]
city = { name = "c" }
[metrics]
revenue = { name = "r", kind = "amount" }
employees = { name = "e", kind = "count" }
[towns]
xinhua = { name = "新华街道", also = ["新华街"] }
[[sizes]]
classes = ["C"]
[sizes.limits]
employees = [1000, 300, 20]
revenue = [400, 20, 3]
"#;

fn given<T: ToString>(key: &str, value: Option<T>) -> String {
    value.map(|value| format!(", {key} = {}", value.to_string())).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn date(key: &str, when: Option<&When>) -> String {
    given(key, when.map(|when| &when.text))
}

impl Firm {
    fn toml(&self, name: usize) -> String {
        let mut text = format!("name = \"firm {name}\"\n");
        for (key, value) in [("industry", self.industry), ("town", self.town), ("class", self.class)] {
            if let Some(value) = value {
                writeln!(text, "{key} = \"{value}\"").unwrap();
            }
        }
        let mut list = |key: &str, entries: Vec<String>| {
            writeln!(text, "{key} = [{}]", entries.join(", ")).unwrap();
        };
        let stays = self.stays.iter().enumerate().filter_map(|(index, stay)| {
            let stay = stay.as_ref()?;
            let rest = date("joined", stay.joined.as_ref())
                + &date("left", stay.left.as_ref())
                + &given("outcome", stay.outcome.map(quoted));
            let modules: Vec<String> = stay.modules.iter().copied().map(quoted).collect();
            Some(format!("{{ edition = \"{}\", modules = [{}]{rest} }}", index + 1, modules.join(", ")))
        });
        list("memberships", stays.collect());
        let certificates = self.certificates.iter().enumerate().map(|(index, it)| {
            let expires = match &it.expires {
                None => String::new(),
                Some(Ends::Never) => ", expires = \"never\"".to_owned(),
                Some(Ends::On(when)) => date("expires", Some(when)),
            };
            let again = if it.again { ", action = \"re-review\"" } else { "" };
            let given = date("recognised", it.given.as_ref());
            format!("{{ title = \"{}\", document = \"{index}\"{given}{expires}{again} }}", it.title)
        });
        list("recognitions", certificates.collect());
        let needs = self.needs.iter().enumerate().map(|(index, it)| {
            let (category, received) = (it.category, &it.received.text);
            let closed = date("closed", it.closed.as_ref());
            format!("{{ category = \"{category}\", text = \"{index}\", received = {received}{closed} }}")
        });
        list("needs", needs.collect());
        let projects = self.projects.iter().map(|it| {
            let rest = date("submitted", it.submitted.as_ref())
                + &date("decided", it.decided.as_ref())
                + &given("requested", it.requested)
                + &given("granted", it.granted);
            format!("{{ scheme = \"{}\", state = \"{}\"{rest} }}", it.scheme, it.state)
        });
        list("projects", projects.collect());
        let platforms = self.platforms.iter().enumerate().map(|(index, it)| {
            let rest = given("level", it.level.map(quoted)) + &date("recognised", it.given.as_ref());
            format!("{{ kind = \"{}\", document = \"{index}\"{rest} }}", it.kind)
        });
        list("platforms", platforms.collect());
        for it in &self.figures {
            writeln!(text, "[indicators.{}]", it.period).unwrap();
            for (metric, value) in [("revenue", it.revenue), ("employees", it.employees)] {
                if let Some(value) = value {
                    writeln!(text, "{metric} = {value}").unwrap();
                }
            }
        }
        text
    }
}

impl Edition {
    fn toml(&self, index: usize) -> String {
        let mut text = format!("name = \"{}\"\nindustries = [\"auto\"]\n", index + 1);
        for (key, when) in [("opened", &self.opened), ("closed", &self.closed)] {
            if let Some(when) = when {
                writeln!(text, "{key} = {}", when.text).unwrap();
            }
        }
        if let Some((start, end)) = self.years {
            writeln!(text, "indicator_years = [{start}, {end}]").unwrap();
        }
        text += "[targets]\n";
        for (name, _, value) in &self.targets {
            writeln!(text, "\"{name}\" = {value}").unwrap();
        }
        text
    }
}

impl Made {
    fn activity(&self, at: usize) -> String {
        let activity = &self.activities[at];
        let of = |status: u64| {
            let firms = self.firms.iter().enumerate().filter(move |(_, firm)| firm.statuses[at] == status);
            firms.map(|(index, _)| format!("f{index}"))
        };
        let all = |status| of(status).map(|id| quoted(&id)).collect::<Vec<_>>().join(", ");
        let heads = |heads: u64| of(heads - 1).map(move |id| format!("{id} = {heads}"));
        let present: Vec<String> = heads(1).chain(heads(2)).chain(heads(3)).collect();
        let hours = activity.hours.map(|hours| format!("hours = {hours}\n")).unwrap_or_default();
        format!(
            "edition = \"{}\"\naspect = \"{}\"\ntitle = \"t\"\ndate = {}\n{hours}excused = [{}]\nabsent = [{}]\n[present]\n{}",
            activity.edition + 1,
            activity.aspect,
            activity.date.text,
            all(3),
            all(4),
            present.join("\n")
        )
    }

    /// As records; none where they contradict each other.
    pub fn records(&self) -> Option<Records> {
        let parse = |text: &str| document::parse(RecordFormat::Toml, text).unwrap();
        let programme = Programme::read(parse(PROGRAMME), &mut Faults::default()).unwrap();
        let mut records = Records::new(programme);
        let mut put = |kind, id: String, text: &str| records.put(&RecordRef::new(kind, id), parse(text)).ok();
        for id in ["auto", "energy"] {
            put(Kind::Industry, id.to_owned(), "name = \"i\"")?;
        }
        for (index, edition) in self.editions.iter().enumerate() {
            put(Kind::Edition, (index + 1).to_string(), &edition.toml(index))?;
        }
        for (index, firm) in self.firms.iter().enumerate() {
            put(Kind::Enterprise, format!("f{index}"), &firm.toml(index))?;
        }
        for at in 0..self.activities.len() {
            put(Kind::Activity, format!("a{at}"), &self.activity(at))?;
        }
        Some(records)
    }
}
