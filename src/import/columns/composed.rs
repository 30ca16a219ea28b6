//! Headers on no list as they stand, read by their parts: `批建公告时间` is what happened and when, `来源企业` a role and
//! who. Every part is accounted for, and one that may be two fields is none.

/// What the headers of a field are made of.
#[derive(Debug)]
pub struct Composed {
    /// The field.
    pub id: String,
    /// What may stand before the end, one or several.
    pub stems: Vec<String>,
    /// What they end with.
    pub ends: Vec<String>,
}

impl Composed {
    fn makes(&self, text: &str) -> bool {
        self.ends.iter().filter_map(|end| text.strip_suffix(end.as_str())).any(|stem| self.is_stem(stem))
    }

    /// Whether a text is one stem or several behind one another.
    fn is_stem(&self, text: &str) -> bool {
        let mut reached = vec![0];
        while let Some(at) = reached.pop() {
            for stem in
                self.stems.iter().filter(|stem| !stem.is_empty() && text[at..].starts_with(stem.as_str()))
            {
                let next = at + stem.len();
                if next == text.len() {
                    return true;
                }
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
        }
        false
    }
}

/// The longest header that is read so, in bytes: a longer one is a sentence.
const LONGEST: usize = 60;

/// The one field a header is made for.
pub fn field<'c>(all: &'c [Composed], text: &str) -> Option<&'c str> {
    if text.len() > LONGEST {
        return None;
    }
    let mut found = all.iter().filter(|composed| composed.makes(text));
    let first = found.next()?;
    found.next().is_none().then_some(first.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_one_field_by_all_of_its_parts_or_none() {
        let composed = |id: &str, stems: &[&str], ends: &[&str]| {
            let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
            Composed { id: id.to_owned(), stems: texts(stems), ends: texts(ends) }
        };
        let all = [
            composed("joined", &["列入", "培育库"], &["时间", "日期"]),
            composed("left", &["移出", "培育库"], &["时间", "日期"]),
        ];
        assert_eq!(field(&all, "列入培育库时间"), Some("joined"));
        assert_eq!(field(&all, "移出日期"), Some("left"));
        assert_eq!(field(&all, "培育库时间"), None);
        assert_eq!(field(&all, "时间"), None);
        assert_eq!(field(&all, "移出原因"), None);
    }
}
