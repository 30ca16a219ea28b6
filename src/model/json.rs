//! Plain data as JSON: what nested values look like in one cell or on a command line, and in records kept as JSON.

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::value::Value;

/// Plain data as JSON, numbers with every digit they have.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Date(date) => date.to_string().into(),
        Value::Number(number) => number
            .to_string()
            .parse::<serde_json::Number>()
            .map_or_else(|_| number.to_string().into(), Json::Number),
        Value::List(list) => list.iter().map(to_json).collect(),
        Value::Table(table) => {
            Json::Object(table.iter().map(|(key, value)| (key.to_owned(), to_json(value))).collect())
        }
    }
}

/// A text of JSON as plain data; none if it is no JSON, or has a null, which is no value.
pub fn parse(text: &str) -> Option<Value> {
    of_json(&serde_json::from_str(text).ok()?)
}

fn of_json(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => return None,
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Number(number) => {
            let digits = number.to_string();
            let exact = Decimal::from_str_exact(&digits).or_else(|_| Decimal::from_scientific(&digits));
            exact.map_or(Value::Text(digits), Value::Number)
        }
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(list) => Value::List(list.iter().map(of_json).collect::<Option<_>>()?),
        Json::Object(table) => Value::Table(
            table.iter().map(|(key, value)| Some((key.clone(), of_json(value)?))).collect::<Option<_>>()?,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_with_its_order_and_every_digit() {
        let text = r#"{"b":[1.50,"x",true],"a":{"c":12345678901234567890}}"#;
        assert_eq!(to_json(&parse(text).unwrap()).to_string(), text);
        assert_eq!(parse("[null]"), None);
        assert_eq!(parse("示例"), None);
    }
}
