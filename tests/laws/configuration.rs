//! Every wrong field is reported, all of them at once, with its value and its range.

use np_playground::config::{Config, FIELDS, Kind};
use np_playground::error::{Error, Problem};
use serde_json::{Map, Value, json};

fn problems(keys: &Value) -> Vec<Problem> {
    match Config::from_json(&keys.to_string()).and_then(|config| config.check()) {
        Ok(_) => Vec::new(),
        Err(Error::Config(problems)) => problems,
        Err(other) => panic!("{other}"),
    }
}

/// Values just outside what a field allows, and of the wrong type.
fn wrong_values(kind: &Kind) -> Vec<Value> {
    let outside = match kind {
        Kind::Number { min, max, .. } => vec![json!(min - 1e-7), json!(max * 1.001)],
        Kind::Integer { min, max } => vec![
            json!(*min as f64 - 1.0),
            json!(max + 1),
            json!(*min as f64 + 0.5),
        ],
        Kind::Integers {
            min,
            max,
            max_items,
        } => {
            vec![
                json!([min - 1]),
                json!([max + 1]),
                json!(vec![min; max_items + 1]),
            ]
        }
        Kind::IntegerChoice { choices } => vec![json!(choices[0] + 1)],
        Kind::Algorithms => vec![json!([]), json!(["bp", "bp"]), json!(["qp"])],
        Kind::Overrides { .. } => vec![
            json!({"qp": {}}),
            json!({"np": 1}),
            json!({"np": {"seed": 1}}),
        ],
        Kind::Changes { max_items, .. } => vec![
            json!([1]),
            json!([{"lr": 99}]),
            json!([{"seed": 1}]),
            json!([{"algorithm": "qp", "lr": 0.1}]),
            json!([{"epoch": -1, "lr": 0.1}]),
            json!([{"update": 0.5, "lr": 0.1}]),
            json!(vec![json!({}); max_items + 1]),
        ],
        Kind::Choice { .. } => vec![json!("")],
    };
    outside
        .into_iter()
        .chain([Value::Null, json!(true), json!("1")])
        .collect()
}

#[test]
fn each_field_refuses_what_lies_outside_its_range() {
    for field in FIELDS {
        for value in wrong_values(&field.kind) {
            let found = problems(&json!({ field.name: value }));
            assert!(
                found
                    .iter()
                    .any(|problem| problem.field.starts_with(field.name)),
                "{} = {value}",
                field.name
            );
            for Problem {
                allowed, message, ..
            } in &found
            {
                assert!(
                    message.contains(field.name) && message.contains(allowed.as_str()),
                    "{message}"
                );
            }
        }
    }
}

#[test]
fn all_wrong_fields_are_reported_at_once() {
    let wrong = |(name, value): (&str, Value)| (name.to_string(), value);
    let mut keys: Map<String, Value> = FIELDS
        .iter()
        .map(|field| wrong((field.name, Value::Null)))
        .collect();
    keys.insert("momentum".into(), json!(0.9));
    let found = problems(&Value::Object(keys.clone()));
    for name in keys.keys() {
        assert!(found.iter().any(|problem| problem.field == *name), "{name}");
    }
    assert_eq!(found.len(), keys.len());
}

#[test]
fn an_empty_configuration_is_the_default_one() {
    assert!(problems(&json!({})).is_empty());
}

#[test]
fn whole_numbers_are_whole_however_they_are_written() {
    let text = r#"{"epochs": 3.0, "batch_size": 1e2, "hidden_sizes": [16.0], "lr": 1.0,
                   "overrides": {"np": {"num_noise_iters": 4.0}}}"#;
    let config = Config::from_json(text).expect("as JavaScript reads it");
    assert_eq!((config.epochs, config.batch_size, config.lr), (3, 100, 1.0));
    assert_eq!(config.hidden_sizes, [16]);
    assert!(Config::from_json(r#"{"epochs": 3.5}"#).is_err());
}
