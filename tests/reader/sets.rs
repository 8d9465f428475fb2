//! Which files are for training and which for testing, and which belong together.

use super::write::*;
use super::*;
use crate::common::images;

fn train() -> Dataset {
    images(70, 1)
}

fn test() -> Dataset {
    images(30, 2)
}

#[test]
fn the_last_word_that_tells_says_which_set_it_is() {
    for names in [
        ["train.csv", "test.csv"],
        ["contest-train.csv", "contest-test.csv"],
        ["mnist_train.csv", "mnist_val.csv"],
        ["train.csv", "dev.csv"],
        ["training.csv", "holdout.csv"],
        ["my-train.csv", "my-validation.csv"],
        ["mine.csv", "mine-eval.csv"],
        ["a/train/data.csv", "a/test/data.csv"],
        ["latest.csv", "latest-test.csv"],
        ["Train1.csv", "Test1.csv"],
    ] {
        let data = read(&[(names[0], csv(&train())), (names[1], csv(&test()))]);
        assert_eq!((&data.train, &data.test), (&train(), &test()), "{names:?}");
        let split = guess(&data, "split");
        assert!(split.sentence.starts_with(names[1]), "{}", split.sentence);
        let joined = read_as(
            &[(names[0], csv(&train())), (names[1], csv(&test()))],
            json!({"split": "fifth"}),
        );
        assert_eq!((joined.train.len(), joined.test.len()), (80, 20));
    }
}

#[test]
fn a_single_set_is_for_training_whatever_it_is_called() {
    for name in ["test.csv", "val.csv", "t10k.csv"] {
        let data = read(&[(name, csv(&hundred()))]);
        assert_same(&data, &reference());
    }
}

#[test]
fn x_and_y_are_joined() {
    let x = |set: &Dataset| table(set, |_, image| plain(image, ",")).into_bytes();
    let y = |set: &Dataset| table(set, |label, _| label.to_string()).into_bytes();
    let data = read(&[
        ("X_train.csv", x(&train())),
        ("y_train.csv", y(&train())),
        ("X_test.csv", x(&test())),
        ("y_test.csv", y(&test())),
    ]);
    assert_eq!((&data.train, &data.test), (&train(), &test()));
    // pandas: the names of the columns are 0, 1, 2, ..., and that of the labels 0.
    let count: Vec<String> = (0..196).map(|i| i.to_string()).collect();
    let named = |names: &str, rest: Vec<u8>| [names.as_bytes(), b"\n", &rest].concat();
    let data = read(&[
        ("x.csv", named(&count.join(","), x(&hundred()))),
        ("y.csv", named("0", y(&hundred()))),
    ]);
    assert_same(&data, &reference());
    let data = read(&[
        ("images", idx_images(&hundred())),
        ("target.csv", y(&hundred())),
    ]);
    assert_same(&data, &reference());
    let message = refusal(&[("X.csv", x(&train())), ("y.csv", y(&test()))]);
    assert!(
        message.contains("X.csv has 70 images and y.csv has 30 labels"),
        "{message}"
    );
}

/// Labels in the opposite order, behind what they call their images.
fn backwards(name: impl Fn(usize) -> String) -> Vec<u8> {
    let set = hundred();
    let line = |i: usize| format!("{},{}\n", name(i), set.labels()[i]);
    let lines: String = (0..set.len()).rev().map(line).collect();
    format!("id,label\n{lines}").into_bytes()
}

#[test]
fn labels_find_their_images_by_what_both_call_them() {
    let names: [fn(usize) -> String; 2] = [|i| (i + 5).to_string(), |i| format!("img_{i}.png")];
    for name in names {
        let set = hundred();
        let line = |i: usize| format!("{},{}\n", name(i), plain(set.image(i), ","));
        let lines: String = (0..set.len()).map(line).collect();
        let x = format!("id,{}\n{lines}", pixel_names(196, ","));
        let data = read(&[("x.csv", x.clone().into()), ("y.csv", backwards(name))]);
        assert_same(&data, &reference());
        let note = "y.csv: the labels stand in another order than the images, and are put to them by column 1 (\"id\").";
        assert!(
            data.notes.iter().any(|said| said == note),
            "{:?}",
            data.notes
        );
        // Other images, and one that is there twice, are found by nothing.
        let others: [&dyn Fn(usize) -> String; 2] = [&|i| format!("other{i}"), &|i| name(i.max(1))];
        for other in others {
            let data = read(&[("x.csv", x.clone().into()), ("y.csv", backwards(other))]);
            assert_by_line(&data, "does not name the images as their own file does");
        }
    }
}

#[test]
fn labels_whose_names_no_image_has_say_that_they_go_by_their_lines() {
    let images = ("x", idx_images(&hundred()));
    let data = read(&[images.clone(), ("y.csv", backwards(|i| i.to_string()))]);
    assert_by_line(
        &data,
        "does not count the lines, and the images have no names",
    );
    let counted = String::from_utf8(backwards(|i| (99 - i).to_string())).expect("text");
    let data = read(&[images, ("y.csv", counted.into())]);
    assert_eq!(data.notes, [""; 0]);
}

#[track_caller]
fn assert_by_line(data: &OwnData, why: &str) {
    let note = format!(
        "y.csv: column 1 (\"id\") {why}: the first label is taken for that of the first image, and so on. If it is not, put the labels into the order of the images."
    );
    assert!(data.notes.contains(&note), "{:?}", data.notes);
}

#[test]
fn parts_that_differ_in_numbers_are_one_set() {
    let set = train();
    let part = |from: usize, to: usize| {
        let indices: Vec<u32> = (from as u32..to as u32).collect();
        csv(&set.select(&indices))
    };
    let data = read(&[
        ("train_10.csv", part(50, 70)),
        ("train_2.csv", part(20, 50)),
        ("train_1.csv", part(0, 20)),
        ("test.csv", csv(&test())),
    ]);
    assert_eq!(
        (&data.train, &data.test),
        (&set, &test()),
        "in the order of their numbers"
    );
}

#[test]
fn several_sets_at_once_are_refused() {
    assert_refused(
        &[
            ("contest-train.csv", csv(&train())),
            ("mnist_train.csv", csv(&test())),
        ],
        &[
            "contest-train.csv, mnist_train.csv",
            "several sets",
            "give the files of one",
        ],
    );
}

#[test]
fn what_was_unpacked_beside_its_archive_counts_once() {
    let mut files = idx_pair("images", &hundred());
    files.push(("images.zip", zip(&[("images", &idx_images(&hundred()))])));
    assert_same(&read(&files), &reference());
    let twice = [
        (
            "train-images-idx3-ubyte/train-images-idx3-ubyte",
            idx_images(&hundred()),
        ),
        ("train-images.idx3-ubyte", idx_images(&hundred())),
        (
            "train-labels-idx1-ubyte/train-labels-idx1-ubyte",
            idx_labels(&hundred()),
        ),
        ("train-labels.idx1-ubyte", idx_labels(&hundred())),
    ];
    assert_same(&read(&twice), &reference());
}

#[test]
fn equal_labels_of_other_images_count_twice() {
    let set = hundred();
    let other = turned(&set);
    let y = table(&set, |label, _| label.to_string()).into_bytes();
    let pictures = [
        ("part1/images.idx", idx_images(&set)),
        ("part2/images.idx", idx_images(&other)),
    ];
    for labels in [idx_labels(&set), y] {
        let labels = [
            ("part1/labels.idx", labels.clone()),
            ("part2/labels.idx", labels),
        ];
        let data = read(&[pictures.clone(), labels].concat());
        assert_eq!(data.train.len() + data.test.len(), 200);
    }
}

#[test]
fn emnist_is_turned_and_says_so() {
    let files = [
        (
            "emnist-letters-train-images-idx3-ubyte.gz",
            gzip(&idx_images(&turned(&hundred()))),
        ),
        (
            "emnist-letters-train-labels-idx1-ubyte.gz",
            gzip(&idx_labels(&hundred())),
        ),
        (
            "emnist-letters-mapping.txt",
            b"1 65 97\n2 66 98\n3 67 99\n".to_vec(),
        ),
    ];
    let data = read(&files);
    assert_same(&data, &reference());
    assert_eq!(guess(&data, "turned").chosen, json!(true));
    let left = read_as(&files, json!({"turned": false}));
    assert_eq!(left.train.image(0), turned(&hundred()).image(0));
}

#[test]
fn sixty_images_are_enough_to_begin_also_in_many_classes() {
    for classes in [2, 10, 20] {
        let line = |i: usize| format!("{},{}\n", i % classes, plain(hundred().image(i), ","));
        let text: String = (0..60).map(line).collect();
        let data = read(&[("sixty.csv", text.into_bytes())]);
        assert_eq!(data.train.len() + data.test.len(), 60);
        assert!(data.test.len() >= 10, "{classes}: {}", data.test.len());
        let mut tested = data.test.labels().to_vec();
        tested.sort_unstable();
        tested.dedup();
        assert_eq!(tested.len(), classes, "every class is tested");
    }
}

const WORDS: [&str; 12] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
];

/// An array of words, one for each image.
fn words(labels: impl Iterator<Item = usize>) -> Vec<u8> {
    let labels: Vec<usize> = labels.collect();
    let padded = labels.iter().map(|&label| format!("{:\0<6}", WORDS[label]));
    let units = padded.flat_map(|word| word.chars().map(u32::from).collect::<Vec<u32>>());
    let bytes: Vec<u8> = units.flat_map(u32::to_le_bytes).collect();
    npy("<U6", false, &format!("({},)", labels.len()), &bytes)
}

fn array(set: &Dataset) -> Vec<u8> {
    npy(
        "|u1",
        false,
        &format!("({}, 14, 14)", set.len()),
        &pixels(set),
    )
}

/// A file of images and one of their labels, of which there are `classes`.
fn pair_of_words(count: usize, classes: usize, names: [&str; 2]) -> Vec<u8> {
    zip(&[
        (names[0], &array(&images(count as u32, 1))),
        (names[1], &words((0..count).map(|i| i % classes))),
    ])
}

#[test]
fn words_of_few_test_images_are_labels_as_those_for_training() {
    for (count, classes) in [(10, 10), (15, 10), (19, 10), (20, 11), (20, 12)] {
        // The last is known by its words alone.
        for names in [
            ["x_test.npy", "y_test.npy"],
            ["x_val.npy", "y_val.npy"],
            ["test_images.npy", "test_labels.npy"],
            ["test_images.npy", "test_names.npy"],
        ] {
            let data = read(&[
                (
                    "a.npz",
                    pair_of_words(400, classes, ["x_train.npy", "y_train.npy"]),
                ),
                ("a.npz", pair_of_words(count, classes, names)),
            ]);
            assert_eq!(
                (data.train.len(), data.test.len()),
                (400, count),
                "{names:?}"
            );
            assert_eq!(data.classes.len(), classes);
            assert_eq!(data.classes[usize::from(data.test.labels()[4])], "four");
        }
    }
    let unknown = [
        ("train.npz", pair_of_words(30, 10, ["x.npy", "y.npy"])),
        ("x_test.npy", array(&images(12, 1))),
        ("names_test.npy", words(0..12)),
    ];
    assert_refused(&unknown, &["names_test.npy"]);
}

#[test]
fn words_of_small_batches_are_labels() {
    let names = [
        "b1.npz", "b2.npz", "b3.npz", "b4.npz", "b5.npz", "b6.npz", "b7.npz", "b8.npz", "b9.npz",
        "b10.npz", "b11.npz", "b12.npz",
    ];
    for labels in ["y.npy", "labels.npy"] {
        let batch = |(i, name)| (name, pair_of_words(5 + i, 10, ["x.npy", labels]));
        let data = read(
            &names
                .into_iter()
                .enumerate()
                .map(batch)
                .collect::<Vec<File>>(),
        );
        assert_eq!(data.train.len() + data.test.len(), (5..17).sum::<usize>());
        assert_eq!(data.classes.len(), 10);
    }
}
