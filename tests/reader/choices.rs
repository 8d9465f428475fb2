//! Each guess says how else it may be, and each choice takes its place.

use super::write::*;
use super::*;
use np_playground::dataset::SHARD_SIZE;
use np_playground::dataset::own::shards;

#[test]
fn every_option_of_every_guess_can_be_chosen() {
    let coloured = |i: usize| {
        let pixel = |p: usize| format!("{},{},{}", (p + i) % 200, p * i % 250, p / 2 + i);
        let pixels: Vec<String> = (0..36).map(pixel).collect();
        format!("{},{}\n", i % 3, pixels.join(","))
    };
    let text: String = (0..60).map(coloured).collect();
    let files = [
        ("train.csv", text.clone().into_bytes()),
        ("test.csv", text.into_bytes()),
    ];
    let data = read(&files);
    let questions: Vec<&str> = data.guesses.iter().map(|guess| guess.question).collect();
    assert_eq!(
        questions,
        [
            "names", "label", "colours", "split", "grey", "scale", "turned"
        ]
    );
    for guess in &data.guesses {
        assert!(guess.sentence.starts_with("t") && guess.sentence.ends_with('.'));
        for option in &guess.options {
            // Fewer lines, or another column for the label, may be one class less or none.
            let chosen = try_read(&files, json!({ guess.question: option.value }));
            let Ok(chosen) = chosen else {
                assert_eq!(guess.question, "label", "{option:?}: {chosen:?}");
                continue;
            };
            let same = chosen.guesses.iter().find(|g| g.question == guess.question);
            assert_eq!(same.map(|g| &g.chosen), Some(&option.value));
        }
    }
}

#[test]
fn choices_change_what_is_read() {
    let set = hundred();
    let text = table(&set, |label, image| {
        format!("{label},{}", plain(image, ","))
    });
    let files = [("mine.csv", text.into_bytes())];
    let named = read_as(&files, json!({"names": true}));
    assert_eq!(named.train.len() + named.test.len(), 99);
    let turned_images = read_as(&files, json!({"turned": true}));
    assert_eq!(turned_images.train.image(0), turned(&set).image(0));
    let inverted = read_as(&files, json!({"scale": [255, 0]}));
    assert_eq!(inverted.train.image(0)[0], 255 - set.image(0)[0]);
    let message = |choices| try_read(&files, choices).expect_err("refused").to_string();
    assert!(message(json!({"label": 198})).contains("mine.csv has 197 columns and no column 198"));
    assert!(message(json!({"label": "class"})).contains("no column called \"class\""));
    assert!(message(json!({"label": [1, 28]})).contains("single 1 among zeros"));
    assert!(message(json!({"label": 0})).contains("no column 0"));
    assert!(
        message(json!({"scale": [3, 3]}))
            .contains("The values 3 for black and 3 for white cannot be used")
    );
    assert!(
        message(json!({"split": "test"})).contains("No file has the name of a set for testing")
    );
}

#[test]
fn a_named_column_can_be_chosen_as_the_label() {
    let set = hundred();
    let names = pixel_names(196, ",");
    let lines = table(&set, |label, image| {
        format!("{label},{},{}", label % 2, plain(image, ","))
    });
    let files = [(
        "mine.csv",
        format!("digit,odd,{names}\n{lines}").into_bytes(),
    )];
    assert_same(&read(&files), &reference());
    let odd = read_as(&files, json!({"label": "odd"}));
    assert_eq!((odd.classes.len(), odd.train.image(5)), (2, set.image(5)));
    assert_eq!(guess(&odd, "label").chosen, json!(2));
}

#[test]
fn a_key_that_is_no_choice_is_refused() {
    assert!(serde_json::from_value::<Choices>(json!({"rotated": true})).is_err());
    assert!(serde_json::from_value::<Choices>(json!({"split": "half"})).is_err());
}

#[test]
fn shards_are_balanced_beginnings() {
    let labels: Vec<u8> = (0..SHARD_SIZE * 2)
        .map(|i| (i / SHARD_SIZE) as u8)
        .collect();
    let count = labels.len() as u32;
    let images = crate::common::idx_file(0x803, &[count, 1, 1], &labels);
    let labels = crate::common::idx_file(0x801, &[count], &labels);
    let set = Dataset::from_idx(&images, &labels).expect("whole files");
    let shards: Vec<Dataset> = shards(&set).collect();
    assert_eq!(shards.len(), 2);
    let ones = shards[0].labels().iter().filter(|&&label| label == 1);
    assert_eq!(ones.count(), SHARD_SIZE / 2);
}
