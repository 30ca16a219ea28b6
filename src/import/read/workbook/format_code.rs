//! The code of a number format, such as `0.00"万";[Red]-0.00`, taken apart.

use rust_decimal::Decimal;

/// What is shown of some values: of positive ones, of negative ones, of those that meet a condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Which values it is of, where the format says so.
    pub condition: Option<(Comparison, Decimal)>,
    /// Whether it is shown in red, as negative numbers are.
    pub is_red: bool,
    /// What is shown, in order.
    pub tokens: Vec<Token>,
    /// The power of ten a number is divided by.
    pub scale: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    More,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Literal(String),
    /// A place of a digit; whether it is filled with a zero.
    Digit(bool),
    Point,
    Comma,
    Percent,
    /// The same value written another way: an exponent, a fraction.
    Same,
    /// The number as it is.
    General,
    /// The text as it is.
    Text,
    /// A part of a date, and how often its letter stands there.
    Date(char, usize),
    /// A length of time.
    Elapsed,
}

/// The formats that programs know by a number alone; those of dates as Chinese programs do.
pub fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        9 => "0%",
        10 => "0.00%",
        11 | 48 => "0.00E+00",
        12 | 13 => "# ?/?",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18..=21 => "h:mm",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32..=35 | 55 | 56 => "h\"时\"mm\"分\"",
        45 | 47 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => return None,
    })
}

/// Takes the code of a format apart.
pub fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        if c == ';' {
            sections.push(Section::default());
            rest = &rest[1..];
            continue;
        }
        let last = sections.len() - 1;
        rest = sections[last].take(c, rest);
    }
    sections.iter_mut().for_each(Section::disambiguate);
    sections
}

/// The format that shows a number as it is, as English and as Chinese programs write it.
pub const GENERAL: [&str; 2] = ["General", "G/通用格式"];

impl Section {
    /// Takes the next part of a format, and gives what follows it.
    fn take<'c>(&mut self, c: char, rest: &'c str) -> &'c str {
        let after = &rest[c.len_utf8()..];
        let beyond = |text: &'c str| text.chars().next().map_or(text, |skipped| &text[skipped.len_utf8()..]);
        if let Some(after) = GENERAL.iter().find_map(|word| strip(rest, word)) {
            self.tokens.push(Token::General);
            return after;
        }
        match c {
            '"' => {
                let (literal, after) = after.split_once('"').unwrap_or((after, ""));
                self.literal(literal);
                after
            }
            '\\' | '!' => {
                let after_it = beyond(after);
                self.literal(&after[..after.len() - after_it.len()]);
                after_it
            }
            // The width of a character, and a character that fills the cell.
            '_' | '*' => {
                self.literal(" ");
                beyond(after)
            }
            '[' => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                self.bracket(inside);
                after
            }
            '0' | '#' | '?' => self.push(Token::Digit(c == '0'), after),
            '.' => self.push(Token::Point, after),
            ',' => self.push(Token::Comma, after),
            '%' => self.push(Token::Percent, after),
            '@' => self.push(Token::Text, after),
            'E' | 'e' if after.starts_with(['+', '-']) => self.push(Token::Same, &after[1..]),
            'a' | 'A' if let Some(after) = ["AM/PM", "A/P"].iter().find_map(|word| strip(rest, word)) => {
                after
            }
            '上' if let Some(after) = strip(rest, "上午/下午") => after,
            'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'g' | 'b' | 'a' | 'Y' | 'M' | 'D' | 'H' | 'S' | 'E' | 'A' => {
                let count = rest.chars().take_while(|other| other.eq_ignore_ascii_case(&c)).count();
                let letter = match c.to_ascii_lowercase() {
                    'e' => 'y',
                    'd' if count > 2 => 'w',
                    'a' => 'w',
                    letter => letter,
                };
                self.push(Token::Date(letter, count), &rest[count..])
            }
            '/' if matches!(self.tokens.last(), Some(Token::Digit(_))) => self.push(Token::Same, after),
            c => {
                self.literal(c.encode_utf8(&mut [0; 4]));
                after
            }
        }
    }

    fn push<'c>(&mut self, token: Token, after: &'c str) -> &'c str {
        self.tokens.push(token);
        after
    }

    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(literal)) => literal.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_owned())),
        }
    }

    /// A currency, a condition, a colour, a length of time.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            self.literal(currency.split('-').next().unwrap_or_default());
            return;
        }
        let lower = inside.to_ascii_lowercase();
        let is_elapsed =
            ["h", "m", "s"].iter().any(|unit| lower.trim_matches(|c| unit.contains(c)).is_empty());
        if is_elapsed && !lower.is_empty() {
            self.tokens.push(Token::Elapsed);
        } else if lower == "red" || inside == "红色" {
            self.is_red = true;
        } else {
            let signs = [
                ("<=", Comparison::AtMost),
                (">=", Comparison::AtLeast),
                ("<>", Comparison::Unequal),
                ("<", Comparison::Less),
                (">", Comparison::More),
                ("=", Comparison::Equal),
            ];
            let condition = signs.into_iter().find_map(|(sign, how)| {
                Some((how, Decimal::from_str_exact(inside.strip_prefix(sign)?.trim()).ok()?))
            });
            self.condition = condition.or(self.condition);
        }
    }

    /// Finds out what letters and marks mean beside each other.
    fn disambiguate(&mut self) {
        if self.tokens.is_empty() {
            return;
        }
        self.minutes();
        if self.is_date() {
            return;
        }
        let is_place = |token: &Token| matches!(token, Token::Digit(_));
        let (first, last) = (self.tokens.iter().position(is_place), self.tokens.iter().rposition(is_place));
        let (Some(first), Some(last)) = (first, last) else { return };
        let point = self.tokens.iter().position(|token| *token == Token::Point);
        // A literal point between digits divides by a power of ten: `0!.0,` shows thousands as 万.
        let literal = Token::Literal(".".to_owned());
        if point.is_none()
            && let Some(at) = (first..last).find(|at| self.tokens[*at] == literal)
        {
            self.tokens[at] = Token::Point;
            let places = self.tokens[at..].iter().filter(|token| is_place(token)).count();
            self.scale += u32::try_from(places).unwrap_or_default();
        }
        let whole = self.tokens.iter().position(|token| *token == Token::Point);
        let whole =
            whole.map_or(last, |point| self.tokens[..point].iter().rposition(is_place).unwrap_or(point));
        let scaling =
            |at: usize| at > last || at > whole && whole < last && self.tokens[at..].contains(&Token::Point);
        let commas = (0..self.tokens.len()).filter(|at| self.tokens[*at] == Token::Comma && scaling(*at));
        self.scale += 3 * u32::try_from(commas.count()).unwrap_or_default();
    }

    /// `m` beside hours or seconds is minutes.
    fn minutes(&mut self) {
        let dates: Vec<usize> = (0..self.tokens.len())
            .filter(|at| matches!(self.tokens[*at], Token::Date(..) | Token::Elapsed))
            .collect();
        for (place, at) in dates.iter().enumerate() {
            let letter = |place: usize| match dates.get(place).map(|at| &self.tokens[*at]) {
                Some(Token::Date(letter, _)) => Some(*letter),
                Some(Token::Elapsed) => Some('h'),
                _ => None,
            };
            let is_minutes = letter(place) == Some('m')
                && (place.checked_sub(1).and_then(letter) == Some('h') || letter(place + 1) == Some('s'));
            if is_minutes {
                self.tokens[*at] = Token::Date('n', 1);
            }
        }
    }
}

/// What follows a word, whatever its case.
fn strip<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}
