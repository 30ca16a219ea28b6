//! Times of day beside a date, which are no part of it.

/// Parts of the day before a time.
const DAYPARTS: [&str; 8] = ["上午", "下午", "晚上", "中午", "早上", "全天", "am", "pm"];

fn is_clock(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, ':' | '-' | '~' | '—' | '–' | ' ' | '时' | '点' | '分' | '至' | '到' | '半')
}

/// Whether there is a time of day and nothing else.
pub fn is_time(text: &str) -> bool {
    let mut rest = text.to_lowercase();
    for part in DAYPARTS {
        rest = rest.replace(part, " ");
    }
    let rest = rest.trim();
    let longest = rest.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    longest <= 2 && rest.contains([':', '时', '点']) && rest.chars().all(is_clock)
}

/// The text up to a time of day: `14:30`, `下午2:30—5:00`, `T00:00:00`.
pub fn without_time(text: &str) -> String {
    let mut end = text.len();
    for part in DAYPARTS {
        end = text.find(part).map_or(end, |at| end.min(at));
    }
    let head = &text[..end];
    if let Some(colon) = head.find(':') {
        let hour = head[..colon]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        return head[..hour].trim_end_matches(['T', ' ']).to_owned();
    }
    head.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_known_alone_and_goes_from_behind_a_date() {
        for (text, date) in [
            ("2023-11-16 14:30:00", "2023-11-16"),
            ("2023-11-16T00:00:00", "2023-11-16"),
            ("2023年11月16日下午2:30—5:00", "2023年11月16日"),
            ("2023-11-16", "2023-11-16"),
        ] {
            assert_eq!(without_time(text), date, "{text}");
        }
        assert!(is_time("14:30") && is_time("下午3点") && !is_time("2023-11-16"));
    }
}
