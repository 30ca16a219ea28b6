//! Records as JSON, with the same keys as TOML. Dates are text.

use std::collections::HashSet;
use std::ops::Range;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use rust_decimal::Decimal;

use super::document::SyntaxFault;
use crate::model::finding::Part;
use crate::model::json::to_json;
use crate::model::value::{KeyPath, Step, Table, Value};

/// JSON as RFC 8259 has it, nothing looser.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

fn tree(text: &str) -> Result<ast::Value<'_>, SyntaxFault> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| SyntaxFault {
        message: error.kind().to_string(),
        bytes: error.range().start..error.range().end,
    })?;
    if let Some(at) = raw_control(text) {
        let message = "a control character inside a text has to be escaped".to_owned();
        return Err(SyntaxFault { message, bytes: at..at + 1 });
    }
    parsed.value.ok_or(SyntaxFault { message: "the file is empty".to_owned(), bytes: 0..text.len() })
}

/// The first control character that stands inside a string as it is, which the parser lets through.
fn raw_control(text: &str) -> Option<usize> {
    let (mut is_inside, mut is_escaped) = (false, false);
    text.bytes().position(|byte| {
        match (is_inside, byte) {
            (_, b'"') if !is_escaped => is_inside = !is_inside,
            (true, 0..0x20) => return true,
            _ => {}
        }
        is_escaped = is_inside && byte == b'\\' && !is_escaped;
        false
    })
}

/// Reads a text.
pub fn parse(text: &str) -> Result<Value, Vec<SyntaxFault>> {
    tree(text).and_then(|value| value_of(&value)).map_err(|fault| vec![fault])
}

fn value_of(value: &ast::Value<'_>) -> Result<Value, SyntaxFault> {
    let fault =
        |message: &str| SyntaxFault { message: message.to_owned(), bytes: value.start()..value.end() };
    Ok(match value {
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::BooleanLit(flag) => Value::Flag(flag.value),
        ast::Value::NumberLit(number) => Decimal::from_str_exact(number.value)
            .or_else(|_| Decimal::from_scientific(number.value))
            .map_or_else(|_| Value::Text(number.value.to_owned()), Value::Number),
        ast::Value::NullKeyword(_) => return Err(fault("null is not a value; leave the key out")),
        ast::Value::Array(array) => {
            Value::List(array.elements.iter().map(value_of).collect::<Result<_, _>>()?)
        }
        ast::Value::Object(object) => {
            let mut table = Table::default();
            let mut keys = HashSet::new();
            for property in &object.properties {
                let key = property.name.as_str();
                if !keys.insert(key) {
                    return Err(SyntaxFault {
                        message: format!("duplicate key `{key}`"),
                        bytes: property.name.start()..property.name.end(),
                    });
                }
                table.push(key.to_owned(), value_of(&property.value)?);
            }
            Value::Table(table)
        }
    })
}

/// Where the values of a text are.
#[derive(Debug)]
pub struct Spans<'t>(Option<ast::Value<'t>>);

impl<'t> Spans<'t> {
    /// Reads a text.
    pub fn of(text: &'t str) -> Self {
        Self(tree(text).ok())
    }

    /// The bytes of the key or value at `path`, or of the nearest object above it.
    pub fn find(&self, path: &KeyPath, part: Part) -> Range<usize> {
        self.0.as_ref().map_or(0..0, |root| find(root, path, part))
    }
}

fn find(root: &ast::Value<'_>, path: &KeyPath, part: Part) -> Range<usize> {
    let mut bytes = 0..0;
    let mut value = Some(root);
    for (depth, step) in path.0.iter().enumerate() {
        let is_end = depth + 1 == path.0.len();
        value = match (value, step) {
            (Some(ast::Value::Object(object)), Step::Key(key)) => object.get(key).map(|property| {
                let key_meant = is_end && part == Part::Key;
                bytes = if key_meant {
                    property.name.start()..property.name.end()
                } else {
                    property.value.start()..property.value.end()
                };
                &property.value
            }),
            (Some(ast::Value::Array(array)), Step::Index(index)) => {
                array.elements.get(*index).inspect(|element| {
                    bytes = element.start()..element.end();
                })
            }
            _ => None,
        };
    }
    bytes
}

/// Writes a new text.
pub fn write(value: &Value) -> String {
    format!("{:#}\n", to_json(value))
}

/// Changes a text from `before` to `after`, keeping the order of its keys.
pub fn update(text: &str, before: &Value, after: &Value) -> Option<String> {
    let found = parse(text).ok()?;
    Some(write(&super::document::changed(&found, before, after)))
}
