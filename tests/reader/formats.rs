//! Every format gives the same images.

use super::write::*;
use super::*;
use crate::common::{idx_file, images};

fn both(labels: Vec<u8>, pixels: Vec<u8>) -> [File; 2] {
    [("x.npy", pixels), ("y.npy", labels)]
}

fn npy_labels() -> Vec<u8> {
    npy("|u1", false, "(100,)", hundred().labels())
}

#[test]
fn of_one_set_every_fifth_image_of_each_class_is_for_testing() {
    let (set, data) = (hundred(), reference());
    assert_eq!((data.train.len(), data.test.len()), (80, 20));
    // Ten classes take turns: the fifth of each is among the images 40 to 49.
    let places = [40..50, 90..100].into_iter().flatten();
    let test: Vec<usize> = places.collect();
    for (i, &place) in test.iter().enumerate() {
        assert_eq!(data.test.image(i), set.image(place));
        assert_eq!(data.test.labels()[i], set.labels()[place]);
    }
    assert_eq!(data.train.image(39), set.image(39));
    assert_eq!(data.train.image(40), set.image(50));
    assert_eq!(data.bytes(), 100 * 14 * 14);
    let names: Vec<String> = (0..10).map(|name| name.to_string()).collect();
    assert_eq!(data.classes, names);
    assert_eq!(guess(&data, "split").chosen, json!("fifth"));
    assert_eq!(guess(&data, "scale").chosen, json!([0.0, 255.0]));
    assert_eq!(guess(&data, "turned").chosen, json!(false));
}

#[test]
fn four_idx_files_are_two_sets_in_any_order() {
    let (train, test) = (images(70, 1), images(30, 2));
    let mut files = idx_pair("t10k-images-idx3-ubyte", &test);
    files.extend(idx_pair("train-images-idx3-ubyte", &train));
    let data = read(&files);
    assert_eq!((&data.train, &data.test), (&train, &test));
    assert_eq!(guess(&data, "split").chosen, json!("test"));
    files.reverse();
    assert_same(&read(&files), &data);
}

#[test]
fn idx_of_any_type_and_of_one_to_four_dimensions() {
    let (set, reference) = (hundred(), reference());
    let values = || pixels(&set).into_iter();
    let labels = |magic: u32, sizes: &[u32], of: &dyn Fn(u8) -> Vec<u8>| {
        let entries: Vec<u8> = set.labels().iter().flat_map(|&label| of(label)).collect();
        idx_file(magic, sizes, &entries)
    };
    let wide: Vec<u8> = values().flat_map(|v| i32::from(v).to_be_bytes()).collect();
    let short: Vec<u8> = values().flat_map(|v| i16::from(v).to_be_bytes()).collect();
    let signed: Vec<u8> = values().map(|v| v.wrapping_sub(128)).collect();
    let float: Vec<u8> = values().flat_map(|v| f32::from(v).to_be_bytes()).collect();
    let double: Vec<u8> = values().flat_map(|v| f64::from(v).to_be_bytes()).collect();
    for images in [
        idx_file(0xc03, &[100, 14, 14], &wide),
        idx_file(0xb03, &[100, 14, 14], &short),
        idx_file(0xd03, &[100, 14, 14], &float),
        idx_file(0xe03, &[100, 14, 14], &double),
        idx_file(0x804, &[100, 14, 14, 1], &pixels(&set)),
        idx_file(0x804, &[100, 1, 14, 14], &pixels(&set)),
        idx_file(0x802, &[100, 196], &pixels(&set)),
    ] {
        let data = read(&[("images", images), ("labels", idx_labels(&set))]);
        assert_same(&data, &reference);
    }
    let shifted = idx_file(0x903, &[100, 14, 14], &signed);
    let whole = [("images", shifted), ("labels", idx_labels(&set))];
    // The darkest and the brightest of these images are not black and white.
    let data = read_as(&whole, json!({"scale": [-128, 127]}));
    assert_same(&data, &reference);
    for labels in [
        labels(0xc01, &[100], &|label| {
            i32::from(label).to_be_bytes().to_vec()
        }),
        labels(0x901, &[100], &|label| vec![label]),
        labels(0x802, &[100, 1], &|label| vec![label]),
        labels(0xd01, &[100], &|label| {
            f32::from(label).to_be_bytes().to_vec()
        }),
    ] {
        let data = read(&[("images", idx_images(&set)), ("labels", labels)]);
        assert_same(&data, &reference);
    }
    // QMNIST's labels have eight columns, the class first.
    let eight = labels(0xc02, &[100, 8], &|label| {
        let columns = [
            i32::from(label),
            4,
            77,
            1000 * i32::from(label),
            30,
            5,
            0,
            0,
        ];
        columns
            .iter()
            .flat_map(|column| column.to_be_bytes())
            .collect()
    });
    let qmnist = [
        ("qmnist-train-images", idx_images(&set)),
        ("qmnist-train-labels", eight),
    ];
    let data = read(&qmnist);
    assert_same(&data, &reference);
    assert_eq!(guess(&data, "label").chosen, json!(1));
    let other = read_as(&qmnist, json!({"label": 4}));
    assert_eq!(other.classes[9], "9000");
}

#[test]
fn names_with_dots_and_dashes() {
    let set = hundred();
    for names in [
        ["train-images.idx3-ubyte", "train-labels.idx1-ubyte"],
        ["images.idx", "labels.idx"],
        ["mine/pictures", "mine/answers"],
    ] {
        let files = [(names[0], idx_images(&set)), (names[1], idx_labels(&set))];
        assert_same(&read(&files), &reference());
    }
}

#[test]
fn gzip_once_twice_and_in_members() {
    let set = hundred();
    let (images, labels) = (idx_images(&set), idx_labels(&set));
    let members = [gzip(&images[..500]), gzip(&images[500..])].concat();
    for packed in [gzip(&images), gzip(&gzip(&images)), members] {
        let files = [("images.gz", packed), ("labels.gz", gzip(&labels))];
        assert_same(&read(&files), &reference());
    }
    assert_same(&read(&[("mine.csv.gz", gzip(&csv(&set)))]), &reference());
}

#[test]
fn zip_and_tar_archives_with_what_systems_put_into_them() {
    let csv = csv(&hundred());
    let files: [(&str, &[u8]); 5] = [
        ("set/train.csv", &csv),
        ("__MACOSX/set/._train.csv", b"\0\x05\x16\x07"),
        ("set/.DS_Store", b"\0\0\0\x01Bud1"),
        ("set/README.md", b"# Hello"),
        (
            "set/notes.txt",
            b"Made by hand,\nin one afternoon, of 2020.\n",
        ),
    ];
    assert_same(&read(&[("set.zip", zip(&files))]), &reference());
    assert_same(&read(&[("set.tar.gz", gzip(&tar(&files)))]), &reference());
    let nested = zip(&[("inner.zip", &zip(&files))]);
    assert_same(&read(&[("outer.zip", nested)]), &reference());
    let data = read(&[("set.zip", zip(&files))]);
    assert!(
        data.guesses[0]
            .sentence
            .starts_with("set.zip/set/train.csv: ")
    );
    assert!(
        data.notes.iter().any(|note| note.contains("notes.txt")),
        "{:?}",
        data.notes
    );
}

#[test]
fn npy_of_every_type_and_order() {
    let (set, reference) = (hundred(), reference());
    let bytes = pixels(&set);
    let values = || bytes.iter().copied();
    let of = |number: &dyn Fn(u8) -> Vec<u8>| values().flat_map(number).collect::<Vec<u8>>();
    for (descr, entries) in [
        ("|u1", bytes.clone()),
        ("<u2", of(&|v| u16::from(v).to_le_bytes().to_vec())),
        ("<i4", of(&|v| i32::from(v).to_le_bytes().to_vec())),
        (">i8", of(&|v| i64::from(v).to_be_bytes().to_vec())),
        ("<f4", of(&|v| f32::from(v).to_le_bytes().to_vec())),
        ("<f8", of(&|v| f64::from(v).to_le_bytes().to_vec())),
    ] {
        let images = npy(descr, false, "(100, 14, 14)", &entries);
        assert_same(&read(&both(npy_labels(), images)), &reference);
    }
    // The first dimension runs fastest.
    let fortran: Vec<u8> = (0..196 * 100)
        .map(|place| {
            let (image, pixel) = (place % 100, place / 100);
            bytes[image * 196 + pixel % 14 * 14 + pixel / 14]
        })
        .collect();
    let images = npy("|u1", true, "(100, 14, 14)", &fortran);
    assert_same(&read(&both(npy_labels(), images)), &reference);
    let flat = npy("|u1", false, "(100, 196)", &bytes);
    assert_same(&read(&both(npy_labels(), flat)), &reference);
    let one_hot: Vec<u8> = set
        .labels()
        .iter()
        .flat_map(|&label| (0..10).flat_map(move |c| f32::from(u8::from(c == label)).to_le_bytes()))
        .collect();
    let labels = npy("<f4", false, "(100, 10)", &one_hot);
    let images = npy("|u1", false, "(100, 14, 14, 1)", &bytes);
    assert_same(&read(&both(labels, images)), &reference);
}

#[test]
fn npz_of_keras_medmnist_and_kmnist() {
    let (train, test) = (images(70, 1), images(30, 2));
    let array = |set: &Dataset| {
        npy(
            "|u1",
            false,
            &format!("({}, 14, 14)", set.len()),
            &pixels(set),
        )
    };
    let flat = |set: &Dataset| npy("|u1", false, &format!("({},)", set.len()), set.labels());
    let column = |set: &Dataset| npy("|u1", false, &format!("({}, 1)", set.len()), set.labels());
    let keras = zip(&[
        ("x_train.npy", &array(&train)),
        ("y_train.npy", &flat(&train)),
        ("x_test.npy", &array(&test)),
        ("y_test.npy", &flat(&test)),
    ]);
    let expected = read(&[("mnist.npz", keras)]);
    assert_eq!((&expected.train, &expected.test), (&train, &test));
    let medmnist = zip(&[
        ("train_images.npy", &array(&train)),
        ("train_labels.npy", &column(&train)),
        ("val_images.npy", &array(&images(20, 3))),
        ("val_labels.npy", &column(&images(20, 3))),
        ("test_images.npy", &array(&test)),
        ("test_labels.npy", &column(&test)),
    ]);
    let files = [("pathmnist.npz", medmnist)];
    let data = read(&files);
    assert_same(&data, &expected);
    assert!(
        data.notes
            .iter()
            .any(|note| note.contains("val_images.npy is left out"))
    );
    let by_val = read_as(&files, json!({"split": "valid"}));
    assert_eq!((&by_val.train, &by_val.test), (&train, &images(20, 3)));
    let alone = |array: Vec<u8>| zip(&[("arr_0.npy", &array)]);
    let kmnist = [
        ("kmnist-train-imgs.npz", alone(array(&train))),
        ("kmnist-train-labels.npz", alone(flat(&train))),
        ("kmnist-test-imgs.npz", alone(array(&test))),
        ("kmnist-test-labels.npz", alone(flat(&test))),
        (
            "kmnist_classmap.csv",
            b"index,codepoint,char\n0,U+304A,a\n1,U+304D,b\n".to_vec(),
        ),
    ];
    assert_same(&read(&kmnist), &expected);
}

#[test]
fn labels_of_an_array_may_be_words() {
    let words: Vec<u8> = hundred()
        .labels()
        .iter()
        .flat_map(|&label| ["cat", "dog"][usize::from(label % 2)].chars())
        .flat_map(|c| u32::from(c).to_le_bytes())
        .collect();
    let labels = npy("<U3", false, "(100,)", &words);
    let images = npy("|u1", false, "(100, 14, 14)", &pixels(&hundred()));
    assert_eq!(read(&both(labels, images)).classes, ["cat", "dog"]);
}

#[test]
fn whole_labels_of_an_array_keep_all_their_digits() {
    let images = || npy("|u1", false, "(100, 14, 14)", &pixels(&hundred()));
    let of = |descr: &str, shape: &str, entry: &dyn Fn(usize) -> Vec<u8>| {
        let labels = hundred().labels().to_vec();
        let entries = labels
            .iter()
            .flat_map(|&label| entry(usize::from(label) % 3));
        let labels = npy(descr, false, shape, &entries.collect::<Vec<u8>>());
        read(&both(labels, images()))
    };
    let large: i64 = 1 << 60;
    let signed = [large, large + 1, -large - 1];
    let unsigned = [u64::MAX, u64::MAX - 1, 1 << 53];
    let named = |data: &OwnData, classes: [String; 3]| {
        assert_eq!(data.classes, classes);
        let first: Vec<u8> = data.train.labels()[..4].to_vec();
        (first[0], first[1], first[2], first[3])
    };
    let classes = [signed[2], signed[0], signed[1]].map(|label| label.to_string());
    for shape in ["(100,)", "(100, 1)"] {
        let little = of("<i8", shape, &|at| signed[at].to_le_bytes().to_vec());
        let big = of(">i8", shape, &|at| signed[at].to_be_bytes().to_vec());
        for data in [little, big] {
            assert_eq!(named(&data, classes.clone()), (1, 2, 0, 1));
        }
    }
    let data = of("<u8", "(100,)", &|at| unsigned[at].to_le_bytes().to_vec());
    let classes = [unsigned[2], unsigned[1], unsigned[0]].map(|label| label.to_string());
    assert_eq!(named(&data, classes), (2, 1, 0, 2));
}

#[test]
fn whole_labels_beside_their_pixels_keep_all_their_digits() {
    let set = hundred();
    let large = |i: usize| (1_i64 << 60) + i64::from(set.labels()[i] % 2);
    let row = |i: usize| {
        let pixels = set.image(i).iter().map(|&value| i64::from(value));
        pixels
            .chain([large(i)])
            .flat_map(i64::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let entries: Vec<u8> = (0..100).flat_map(row).collect();
    let data = read(&[("mine.npy", npy("<i8", false, "(100, 197)", &entries))]);
    assert_eq!(data.classes, ["1152921504606846976", "1152921504606846977"]);
    assert_eq!(data.train.image(0), set.image(0));
}

#[test]
fn arff_with_its_names_and_remarks() {
    let set = hundred();
    let names: String = (1..=196)
        .map(|i| format!("@ATTRIBUTE pixel{i} real\n"))
        .collect();
    let lines = table(&set, |label, image| {
        format!("{},'{label}'", plain(image, ","))
    });
    let text = format!(
        "% of OpenML\n\n@RELATION mnist\n{names}@attribute class {{0,1}}\n\n@DATA\n% go\n{lines}"
    );
    let data = read(&[("digits.arff", text.into_bytes())]);
    assert_same(&data, &reference());
    assert_eq!(guess(&data, "label").chosen, json!(197));
}

/// Records of CIFAR: the labels, and a picture whose red alone is bright.
fn batch(labels: impl Fn(usize) -> Vec<u8>, count: usize) -> Vec<u8> {
    let record = |i: usize| {
        let red = (0..1024).map(move |p| if p / 32 == i % 10 { 200 } else { 0 });
        labels(i).into_iter().chain(red).chain([0; 2048])
    };
    (0..count).flat_map(record).collect()
}

#[test]
fn batches_of_cifar_10_follow_each_other() {
    let one = |count| batch(|i| vec![(i % 10) as u8], count);
    let files = [
        ("cifar/data_batch_2.bin", one(20)),
        ("cifar/data_batch_10.bin", one(10)),
        ("cifar/data_batch_1.bin", one(30)),
        ("cifar/test_batch.bin", one(20)),
        (
            "cifar/batches.meta.txt",
            b"airplane\nautomobile\nbird\n\n".to_vec(),
        ),
        (
            "cifar/readme.html",
            b"<META HTTP-EQUIV=\"REFRESH\">".to_vec(),
        ),
    ];
    let data = read(&files);
    assert_eq!((data.train.len(), data.test.len()), (60, 20));
    assert_eq!((data.train.rows(), data.train.cols()), (32, 32));
    // 0.299 of red, rounded.
    assert_eq!(
        data.train.image(0)[..33],
        [[60; 32].as_slice(), &[0]].concat()
    );
    assert_eq!(guess(&data, "grey").chosen, json!("brightness"));
    assert!(
        data.notes
            .iter()
            .any(|note| note.contains("batches.meta.txt lists classes"))
    );
    let red = read_as(&files, json!({"grey": "red"}));
    assert_eq!(red.train.image(0)[0], 200);
    assert!(refusal(&[("data_batch_1.bin", batch(|_| vec![3], 20))]).contains("label 3"));
}

#[test]
fn cifar_100_has_coarse_and_fine_labels() {
    let labels = |i: usize| vec![(i % 5) as u8, (i % 10) as u8];
    let files = [
        ("train.bin", batch(labels, 40)),
        ("test.bin", batch(labels, 20)),
    ];
    assert_eq!(read(&files).classes.len(), 10);
    assert_eq!(guess(&read(&files), "label").chosen, json!(2));
    assert_eq!(read_as(&files, json!({"label": 1})).classes.len(), 5);
}

#[test]
fn larger_images_are_made_to_fit() {
    let pixels: Vec<u8> = (0..40)
        .flat_map(|i| vec![if i % 2 == 0 { 255 } else { 51 }; 96 * 48])
        .collect();
    let labels: Vec<u8> = (0..40).map(|i| i % 2).collect();
    let files = [
        ("images", idx_file(0x803, &[40, 96, 48], &pixels)),
        ("labels", idx_file(0x801, &[40], &labels)),
    ];
    let data = read(&files);
    assert_eq!((data.train.rows(), data.train.cols()), (64, 32));
    assert_eq!(
        (data.train.image(0), data.train.image(1)),
        (&[255; 2048][..], &[51; 2048][..])
    );
    assert!(
        data.notes
            .iter()
            .any(|note| note.contains("96 x 48") && note.contains("64 x 32"))
    );
}

/// A hundred images in red, green, blue and a fourth number, each pixel from that of [`hundred`].
fn of_four(planes: bool, pixel: impl Fn(u8) -> [u8; 4]) -> [File; 2] {
    let set = hundred();
    let image = |image: &[u8]| -> Vec<u8> {
        if planes {
            let plane = |at: usize| image.iter().map(move |&value| (value, at));
            let all = (0..4).flat_map(plane);
            return all.map(|(value, at)| pixel(value)[at]).collect();
        }
        image.iter().flat_map(|&value| pixel(value)).collect()
    };
    let bytes: Vec<u8> = (0..set.len()).flat_map(|i| image(set.image(i))).collect();
    let shape = if planes {
        "(100, 4, 14, 14)"
    } else {
        "(100, 14, 14, 4)"
    };
    [
        ("x.npy", npy("|u1", false, shape, &bytes)),
        ("y.idx", idx_labels(&set)),
    ]
}

#[test]
fn arrays_with_an_opacity_lie_on_paper_as_pictures_do() {
    let ink = |value: u8| if value > 120 { 255 } else { 0 };
    let at = |data: &OwnData, light: u8| {
        let image = hundred().image(0).to_vec();
        let drawn = image
            .iter()
            .map(|&value| if value > 120 { light } else { 255 - light });
        assert_eq!(data.train.image(0), drawn.collect::<Vec<u8>>());
    };
    for planes in [false, true] {
        let black = read(&of_four(planes, |value| [0, 0, 0, ink(value)]));
        at(&black, 0);
        assert!(black.notes[0].contains("lie on white"), "{:?}", black.notes);
        let thin = read(&of_four(planes, |value| [0, 0, 0, value]));
        assert_eq!(thin.train.image(0)[0], 255 - hundred().image(0)[0]);
        let white = read(&of_four(planes, |value| [255, 255, 255, ink(value)]));
        at(&white, 255);
        assert!(white.notes[0].contains("lie on black"), "{:?}", white.notes);
        // Opaque throughout, or no opacity: as of satellites, whose fourth colour is none that is seen.
        for fourth in [|_| 255, |value| value / 2 + 7] {
            let data = read(&of_four(planes, |value| {
                [value, value, value, fourth(value)]
            }));
            assert_same_images(&data, &reference());
            assert!(
                data.notes[0].contains("4 numbers for each pixel"),
                "{:?}",
                data.notes
            );
            assert!(guess(&data, "scale").sentence.contains("from 0 to 249"));
        }
    }
}

/// Images to train on and to test with, their ink of these greys and as opaque as `clear` says.
fn of_inks(inks: [u8; 2], clear: fn(u8) -> u8) -> OwnData {
    let array = |set: &Dataset, ink: u8| {
        let pixels = pixels(set).into_iter();
        let bytes: Vec<u8> = pixels.flat_map(|v| [ink, ink, ink, clear(v)]).collect();
        npy("|u1", false, &format!("({}, 14, 14, 4)", set.len()), &bytes)
    };
    let (train, test) = (images(70, 1), images(30, 2));
    read(&[
        ("x_train.npy", array(&train, inks[0])),
        ("x_test.npy", array(&test, inks[1])),
        ("y_train.idx", idx_labels(&train)),
        ("y_test.idx", idx_labels(&test)),
    ])
}

#[test]
fn arrays_for_training_and_testing_lie_on_one_ground() {
    let ink = |value: u8| if value > 120 { 255 } else { 0 };
    for (inks, ground) in [
        ([180, 200], "white"),
        ([200, 180], "black"),
        ([0, 30], "white"),
    ] {
        for clear in [ink, |value| value] {
            let data = of_inks(inks, clear);
            let said = ["train", "test"].map(|set| {
                format!("x_{set}.npy has transparent pixels by their fourth numbers: its images lie on {ground}.")
            });
            assert_eq!(data.notes, said);
        }
    }
}

#[test]
fn of_two_numbers_for_each_pixel_the_first_is_taken_and_that_is_said() {
    let set = hundred();
    let bytes: Vec<u8> = pixels(&set)
        .iter()
        .flat_map(|&value| [value, 250])
        .collect();
    let data = read(&[
        ("x.npy", npy("|u1", false, "(100, 14, 14, 2)", &bytes)),
        ("y.idx", idx_labels(&set)),
    ]);
    assert_same_images(&data, &reference());
    assert_eq!(
        data.notes,
        ["x.npy has 2 numbers for each pixel, and the last is left out."]
    );
    assert!(guess(&data, "scale").sentence.contains("from 0 to 249"));
}

#[test]
fn words_in_an_array_keep_their_spelling() {
    let labels = |labels: &[&str]| {
        let padded = (0..100).map(|i| format!("{:\0<4}", labels[i % labels.len()]));
        let units = padded.flat_map(|word| word.chars().map(u32::from).collect::<Vec<u32>>());
        let bytes: Vec<u8> = units.flat_map(u32::to_le_bytes).collect();
        npy("<U4", false, "(100,)", &bytes)
    };
    let images = npy("|u1", false, "(100, 14, 14)", &pixels(&hundred()));
    for (given, classes) in [
        (["1", "01", "2"], ["1", "01", "2"]),
        (["3E1", "2E1", "1E1"], ["1E1", "2E1", "3E1"]),
        (["1e2", "100", "5"], ["5", "100", "1e2"]),
    ] {
        let data = read(&both(labels(&given), images.clone()));
        assert_eq!(data.classes, classes);
        let named = |i: usize| data.classes[usize::from(data.train.labels()[i])].as_str();
        assert_eq!([0, 1, 2].map(named), given);
    }
    let digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    assert_same(&read(&both(labels(&digits), images)), &reference());
}

#[test]
fn narrow_grey_pictures_are_no_row_of_colours() {
    for (rows, cols) in [(8, 4), (49, 4), (3, 3)] {
        let bytes = &pixels(&hundred())[..100 * rows * cols];
        let labels = npy_labels();
        let grey = npy("|u1", false, &format!("(100, {rows}, {cols})"), bytes);
        let planes = npy("|u1", false, &format!("(100, 1, {rows}, {cols})"), bytes);
        let expected = read(&both(labels.clone(), grey));
        assert_eq!((expected.train.rows(), expected.train.cols()), (rows, cols));
        assert_same(&read(&both(labels, planes)), &expected);
    }
}
