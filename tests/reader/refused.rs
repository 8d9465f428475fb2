//! What cannot be used is called by its name, with the way out.

use super::write::*;
use super::*;

fn one(path: &'static str, bytes: impl Into<Vec<u8>>) -> [File; 1] {
    [(path, bytes.into())]
}

#[test]
fn other_formats_are_called_what_they_are() {
    let office = zip(&[
        ("[Content_Types].xml", b"<x/>"),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    let torch = zip(&[("archive/data.pkl", b"\x80\x02"), ("archive/data/0", b"\0")]);
    let objects = npy("|O", false, "(1,)", b"\x80\x03.");
    let cases: [(&'static str, Vec<u8>, &[&str]); 17] = [
        (
            "train.parquet",
            b"PAR1\0\0PAR1".to_vec(),
            &["a Parquet table", "to_csv"],
        ),
        (
            "set.h5",
            b"\x89HDF\r\n\x1a\n\0".to_vec(),
            &["an HDF5 file", "numpy.savez"],
        ),
        (
            "data_batch_1",
            b"\x80\x02}q\x01(.".to_vec(),
            &["a Python pickle", "numpy.savez"],
        ),
        (
            "data.p",
            b"(dp0\nVlabels\np1\n(lp2\nI5\naI0\nas.".to_vec(),
            &["a Python pickle", "numpy.savez"],
        ),
        (
            "data.xml",
            b"<?xml version=\"1.0\"?><a/>".to_vec(),
            &["an XML file", "save its data as CSV"],
        ),
        ("model.pt", torch, &["PyTorch", "numpy.savez"]),
        ("x.npy", objects, &["Python objects", "dtype"]),
        (
            "paper.pdf",
            b"%PDF-1.7".to_vec(),
            &["a PDF document", "the data themselves"],
        ),
        (
            "train-images-idx3-ubyte.gz",
            b"<!DOCTYPE html>\n<html>".to_vec(),
            &["a web page", "get it again"],
        ),
        ("table.xlsx", office, &["Excel", "save the sheet as CSV"]),
        (
            "a.csv.xz",
            b"\xfd7zXZ\0\0".to_vec(),
            &["compressed by xz", "unpack it"],
        ),
        (
            "a.7z",
            b"7z\xbc\xaf\x27\x1c".to_vec(),
            &["a 7z archive", "unpack it"],
        ),
        (
            "a.csv",
            b"version https://git-lfs.github.com/spec/v1\n".to_vec(),
            &["Git LFS", "git lfs pull"],
        ),
        (
            "a.svm",
            b"5 12:3 14:255\n3 1:9 7:8\n".to_vec(),
            &["LIBSVM", "save it as CSV"],
        ),
        (
            "a.arff",
            b"@relation a\n@attribute p1 real\n@attribute class {0,1}\n@data\n7,1,{0.5}\n9,0, {1}\n".to_vec(),
            &["weights such as {0.5}", "save it without them"],
        ),
        ("a.csv", Vec::new(), &["is empty", "get it again"]),
        (
            "a.dat",
            vec![7, 200, 0, 0, 1],
            &["no format that is known", "give CSV"],
        ),
    ];
    for (path, bytes, words) in cases {
        assert_refused(&one(path, bytes.clone()), &[&[path], words].concat());
        // Beside a whole set, packed, or in an archive it is no better.
        let mut files = idx_pair("images", &hundred());
        files.push(("wrapped.gz", gzip(&bytes)));
        assert_refused(&files, words);
        assert_refused(
            &one("wrapped.zip", zip(&[(path, &bytes)])),
            &[&[path], words].concat(),
        );
    }
}

#[test]
fn tables_that_are_no_images() {
    let iris = "5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,virginica\n".repeat(30);
    let names = "sepal_length,sepal_width,petal_length,petal_width,species\n";
    let people: String = (0..60)
        .map(|i| format!("{i},{},\"Braund, Mr. Owen\",male,22\n", i % 2))
        .collect();
    let sixteen: Vec<String> = (0..16)
        .map(|i| format!("feature_{}", char::from(b'a' + i)))
        .collect();
    let features: String = (0..60)
        .map(|i| format!("{}{}\n", i % 3, format!(",{}", i % 7).repeat(16)))
        .collect();
    for text in [
        iris.clone(),
        format!("{names}{iris}"),
        format!("id,survived,name,sex,age\n{people}"),
        format!("class,{}\n{features}", sixteen.join(",")),
    ] {
        assert_refused(
            &one("t.csv", text),
            &["t.csv is a table of", "no images", "leave it out"],
        );
    }
}

#[test]
fn a_test_file_without_labels_and_a_submission() {
    let unlabelled = format!(
        "{}\n{}",
        pixel_names(196, ","),
        table(&hundred(), |_, image| plain(image, ","))
    );
    let submission: String = (1..=100).map(|i| format!("{i},0\n")).collect();
    let files = [
        ("train.csv", csv(&hundred())),
        ("test.csv", unlabelled.into_bytes()),
        (
            "sample_submission.csv",
            format!("ImageId,Label\n{submission}").into_bytes(),
        ),
    ];
    assert_refused(
        &files,
        &[
            "test.csv has 100 images of 14 x 14 pixels and no labels: leave it out",
            "sample_submission.csv has 100 labels and no images",
        ],
    );
    assert_same(&read(&files[..1]), &reference());
}

#[test]
fn files_that_lack_their_other_half() {
    let pair = idx_pair("images", &hundred());
    assert_refused(
        &pair[..1],
        &[
            "images has 100 images",
            "no labels",
            "the file of their labels",
        ],
    );
    assert_refused(&pair[1..], &["labels has 100 labels and no images"]);
    let prose = (
        "y.txt",
        b"What nobody takes for labels, and that is said.\n".to_vec(),
    );
    assert_refused(
        &[pair[0].clone(), prose],
        &["images has 100 images", "Passed over: y.txt."],
    );
    assert_refused(&[], &["There are no files", "CSV"]);
    assert_refused(
        &one("config.json", "{\"lr\": 1}"),
        &["no images in config.json"],
    );
    assert_refused(&one("._a.csv", "\0"), &["no images in ._a.csv"]);
}

#[test]
fn damaged_files_are_named_with_what_is_wrong() {
    let (images, labels) = (idx_images(&hundred()), idx_labels(&hundred()));
    let short = [
        ("images", images[..900].to_vec()),
        ("labels", labels.clone()),
    ];
    assert_refused(&short, &["images has 900 bytes", "19616", "get it again"]);
    let long = [("images", [&images[..], &[0]].concat()), ("labels", labels)];
    assert_refused(&long, &["images has 19617 bytes"]);
    let packed = gzip(&images);
    assert_refused(
        &one("images.gz", &packed[..packed.len() / 2]),
        &["images.gz cannot be unpacked", "get it again"],
    );
    let archive = zip(&[("a.csv", &csv(&hundred()))]);
    assert_refused(
        &one("a.zip", &archive[..archive.len() / 2]),
        &["a.zip cannot be unpacked"],
    );
    assert_refused(
        &one("a.zip", by_bzip2(archive)),
        &["a.zip is compressed by", "unpack it", "a plain zip archive"],
    );
    assert_refused(
        &one("x.npy", b"\x93NUMPY\x01\0\x04\0{}  ".to_vec()),
        &["x.npy is a damaged NPY file"],
    );
}

#[test]
fn faults_in_a_table_are_named_by_line_and_column() {
    let text = String::from_utf8(csv(&hundred())).expect("text");
    let with = |line: usize, from: &str, to: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines[line - 1] = lines[line - 1].replacen(from, to, 1);
        one("mine.csv", lines.join("\n"))
    };
    let row = text.lines().nth(6).expect("line 7");
    let second = row.split(',').nth(1).expect("a pixel");
    let broken = |to: &str| with(7, &format!(",{second},"), &format!(",{to},"));
    assert_refused(&broken(""), &["mine.csv has nothing in line 7, column 2"]);
    assert_refused(&broken("abc"), &["\"abc\" in line 7, column 2"]);
    assert_refused(&broken("NaN"), &["\"NaN\" in line 7"]);
    assert_refused(&broken("1e999"), &["\"1e999\" in line 7"]);
    assert_refused(
        &broken("1,2"),
        &["198 entries in line 7 where line 2 has 197"],
    );
    assert_refused(
        &with(9, &text.lines().nth(8).expect("line 9")[..1], ""),
        &["1 line without a label"],
    );
    let no_square = table(&hundred(), |label, image| {
        format!("{label},{}", plain(&image[2..], ","))
    });
    assert_refused(
        &one("mine.csv", no_square),
        &["194 columns", "no square", "1x1, 1x2"],
    );
    // With its label these would be 14 x 14: but it is called a label.
    let one_short = table(&hundred(), |label, image| {
        format!("{label},{}", plain(&image[1..], ","))
    });
    assert_refused(
        &one(
            "mine.csv",
            format!("label,{}\n{one_short}", pixel_names(195, ",")),
        ),
        &["195 columns", "beside its label", "no square"],
    );
    let floats: Vec<u8> = [0.5_f32, f32::NAN, 0.0, 1.0]
        .iter()
        .flat_map(|v| v.to_le_bytes())
        .collect();
    assert_refused(
        &one("x.npy", npy("<f4", false, "(1, 2, 2)", &floats)),
        &["NaN"],
    );
    let shape = npy("|u1", false, "(1, 5, 6, 7)", &[0; 210]);
    assert_refused(&one("x.npy", shape), &["an array of 1 x 5 x 6 x 7 numbers"]);
}

#[test]
fn all_pixels_of_an_image_in_one_cell() {
    let packed = |line: &dyn Fn(usize, u8, String) -> String| {
        let set = hundred();
        let line = |i: usize| line(i, set.labels()[i], plain(set.image(i), " ")) + "\n";
        (0..set.len()).map(line).collect::<String>()
    };
    let usage = |i: usize| ["Training", "PublicTest", "PrivateTest"][i % 3];
    let two = packed(&|_, label, pixels| format!("{label},{pixels}"));
    let last = packed(&|_, label, pixels| format!("{pixels},{label}"));
    let three = packed(&|i, label, pixels| format!("{label},{pixels},{}", usage(i)));
    let quoted = packed(&|_, label, pixels| format!("{label},\"{pixels}\""));
    let alone = packed(&|_, _, pixels| format!("\"{pixels}\""));
    let between = packed(&|i, label, pixels| format!("{label},{},{pixels}", usage(i)));
    let floats = packed(&|_, label, pixels| format!("{label};{}", pixels.replace(' ', ",5 ")));
    for (text, line, column) in [
        (format!("emotion,pixels,Usage\n{three}"), 2, 2),
        (format!("emotion, Usage, pixels\n{between}"), 2, 3),
        (format!("emotion,pixels\n{two}"), 2, 2),
        (format!("pixels,emotion\n{last}"), 2, 1),
        (format!("emotion,pixels\n{quoted}"), 2, 2),
        (
            format!("emotion,pixels\r\n{}", quoted.replace('\n', "\r\n")),
            2,
            2,
        ),
        (format!("# of 2013\nFER2013\n\nemotion,pixels\n{two}"), 5, 2),
        (format!("pixels\n{alone}"), 2, 1),
        (format!("emotion;pixels\n{floats}"), 2, 2),
        (two.clone(), 1, 2),
        (last.clone(), 1, 1),
        (three.clone(), 1, 2),
        (quoted.clone(), 1, 2),
    ] {
        let sentence = format!(
            "fer.csv has 196 numbers separated by blanks in one cell (line {line}, column {column}): give each pixel a column of its own"
        );
        for separator in [",", ";", "|"] {
            let commas = text.contains(';');
            let text = if commas {
                text.clone()
            } else {
                text.replace(',', separator)
            };
            assert_refused(&one("fer.csv", text.clone()), &[&sentence]);
            // Nor are they images that labels of their own belong to.
            let files = [
                ("fer.csv", text.into_bytes()),
                ("y.idx", idx_labels(&hundred())),
            ];
            assert_refused(&files, &[&sentence]);
        }
    }
    // No square image, or else the label's fraction: but the names are those of cells.
    let more = packed(&|_, label, pixels| format!("{label},0 {pixels}"));
    assert_refused(
        &one("fer.csv", format!("emotion,pixels\n{more}")),
        &["197 numbers separated by blanks"],
    );
    for (names, rows) in [
        ("emotion\tpixels\tUsage\n", &three),
        ("emotion\tpixels\n", &two),
        ("emotion\tpixels\n", &quoted),
        ("", &quoted),
    ] {
        let text = format!("{names}{}", rows.replace(',', "\t"));
        assert_refused(&one("fer.csv", text), &["196 numbers separated by blanks"]);
    }
}

/// As of a program that leaves zeros out, where the upper edge of every image is black.
#[test]
fn columns_in_which_nothing_stands_are_counted_apart() {
    let edge = ",".repeat(14);
    let without_zeros = table(&hundred(), |label, image| {
        format!("{label}{edge},{}", plain(&image[14..], ","))
    });
    assert_refused(
        &one("mine.csv", without_zeros),
        &[
            "182 columns of numbers",
            "no square image, and 14 in which nothing stands",
            "write 0 where a pixel is black",
        ],
    );
}

/// One-hot labels, of which the eighth has its ones in these columns.
fn one_hot_but(ones: &[u8]) -> Vec<u8> {
    let set = hundred();
    let line = |i: usize| {
        let label = [set.labels()[i]];
        let ones = if i == 7 { ones } else { &label };
        let entry = |class: u8| u8::from(ones.contains(&class)).to_string();
        (0..10).map(entry).collect::<Vec<_>>().join(",") + "\n"
    };
    (0..set.len()).map(line).collect::<String>().into_bytes()
}

#[test]
fn labels_that_are_one_hot_but_for_a_line() {
    let set = hundred();
    let images = (
        "x.npy",
        npy("|u1", false, "(100, 14, 14)", &pixels(&hundred())),
    );
    for (ones, said) in [(&[][..], "0 ones"), (&[0, 3, 4], "3 ones")] {
        assert_refused(
            &[images.clone(), ("y.csv", one_hot_but(ones))],
            &[
                "y.csv",
                said,
                "line 8 of columns 1 to 10",
                "a single 1",
                "choose the column",
            ],
        );
        // Beside the images, too.
        let names: String = (0..10).map(|class| format!("label_{class},")).collect();
        let labels = String::from_utf8(one_hot_but(ones)).expect("text");
        let line = |(i, hot): (usize, &str)| format!("{hot},{}\n", plain(hundred().image(i), ","));
        let lines: String = labels.lines().enumerate().map(line).collect();
        let text = format!("{names}{}\n{lines}", pixel_names(196, ","));
        assert_refused(
            &one("mine.csv", text),
            &["mine.csv", said, "line 9", "columns 1 to 10"],
        );
    }
    // Whole ones that other columns keep from being found.
    let whole = String::from_utf8(one_hot_but(&[set.labels()[7]])).expect("text");
    let line = |(i, hot): (usize, &str)| format!("{i},img_{i}.png,{hot}\n");
    let lines: String = whole.lines().enumerate().map(line).collect();
    assert_refused(
        &[images.clone(), ("y.csv", lines.into())],
        &[
            "y.csv has a single 1 in each line of columns 3 to 12",
            "leave those out",
        ],
    );
    let chosen = [images, ("y.csv", one_hot_but(&[]))];
    let data = try_read(&chosen, json!({"label": 4})).expect("a column is chosen");
    assert_eq!(data.classes, ["0", "1"]);
}

#[test]
fn commas_that_may_set_thousands_apart_are_refused_until_one_cannot() {
    let pixels = |image: &[u8], thousands: &dyn Fn(u32) -> String| {
        let entries = image.iter().map(|&pixel| thousands(257 * u32::from(pixel)));
        entries
            .map(|entry| format!("\"{entry}\""))
            .collect::<Vec<_>>()
            .join(",")
    };
    let text = |thousands: &dyn Fn(u32) -> String| {
        table(&hundred(), |label, image| {
            format!("{label},{}", pixels(image, thousands))
        })
    };
    let marked = |value: u32| match value / 1000 {
        0 => value.to_string(),
        thousands => format!("{thousands},{:03}", value % 1000),
    };
    assert_refused(
        &one("mine.csv", text(&marked)),
        &[
            "mine.csv has numbers such as",
            "thousands",
            "a point before fractions",
        ],
    );
    let fractions = |value: u32| format!("{:.3}", f64::from(value) / 65535.0).replace('.', ",");
    assert_same(&read(&one("mine.csv", text(&fractions))), &reference());
}

#[test]
fn one_label_that_is_no_class_is_named() {
    let labels: Vec<String> = hundred().labels().iter().map(u8::to_string).collect();
    let text = labels.join("\n").replacen("3", "2.5", 1);
    let line = text.lines().position(|line| line == "2.5").expect("a 3") + 1;
    assert_refused(
        &[("x", idx_images(&hundred())), ("y.csv", text.into())],
        &[
            &format!("y.csv has 2.5 in line {line}, which is no label"),
            "leave it out with its image",
        ],
    );
    let names: String = (0..100).map(|i| format!("img_{i}.png\n")).collect();
    assert_refused(
        &[("x", idx_images(&hundred())), ("y.csv", names.into())],
        &[
            "y.csv has entries that are not those of classes",
            "each for several images",
        ],
    );
}

#[test]
fn labels_that_are_no_classes() {
    let labelled = |label: &dyn Fn(usize) -> String| {
        let line = |i: usize| format!("{},{}\n", label(i), plain(hundred().image(i), ","));
        one("mine.csv", (0..100).map(line).collect::<String>())
    };
    assert_refused(
        &labelled(&|_| "3".into()),
        &[
            "Every image of mine.csv has the label 3",
            "2 to 100 classes",
        ],
    );
    assert_refused(
        &labelled(&|i| format!("{}.5", i % 10)),
        &["looks like a label", "whole numbers"],
    );
    let names = format!("label,{}\n", pixel_names(196, ","));
    let named = |label: &dyn Fn(usize) -> String| {
        let [(path, text)] = labelled(label);
        [(path, [names.as_bytes(), &text].concat())]
    };
    assert_refused(
        &named(&|i| format!("{}.5", i % 10)),
        &["numbers such as 0.5"],
    );
    let many = [
        named(&|i| i.to_string())[0].1.clone(),
        labelled(&|i| (i + 100).to_string())[0].1.clone(),
    ];
    assert_refused(
        &one("mine.csv", many.concat()),
        &["200 classes", "there may be 100"],
    );
}

#[test]
fn too_few_images_say_how_many_are_missing() {
    let first = |count: usize, label: &dyn Fn(usize) -> usize| {
        let line = |i: usize| format!("{},{}\n", label(i), plain(hundred().image(i), ","));
        (0..count).map(line).collect::<String>()
    };
    assert_refused(
        &one("mine.csv", first(1, &|i| i)),
        &["mine.csv has 1 image,", "give 11 more"],
    );
    assert_refused(
        &one("mine.csv", first(7, &|i| i % 2)),
        &["mine.csv has 7 images", "give 5 more"],
    );
    assert_refused(
        &one("mine.csv", first(15, &|i| i * 7 % 15)),
        &["two images or more of each class"],
    );
    let files = [
        ("train.csv", first(40, &|i| i % 2).into_bytes()),
        ("test.csv", first(1, &|i| i % 2).into_bytes()),
    ];
    assert_refused(&files, &["test.csv has 1 image,", "give 1 more"]);
}

#[test]
fn sets_that_do_not_fit_together() {
    let (set, text) = (hundred(), csv(&hundred()));
    let sevenths = table(&set, |label, image| {
        format!("{label},{}", plain(&image[..49], ","))
    });
    assert_refused(
        &[
            ("train.csv", text.clone()),
            ("test.csv", sevenths.into_bytes()),
        ],
        &["test.csv have 7 x 7 pixels and others 14 x 14", "one size"],
    );
    let floats = table(&set, |label, image| {
        format!(
            "{label},{}",
            entries(image, ",", |v| format!("{}", f64::from(v) / 255.0))
        )
    });
    assert_refused(
        &[
            ("train.csv", text.clone()),
            ("test.csv", floats.clone().into_bytes()),
        ],
        &["train.csv go up to 249", "test.csv up to 0.97", "one scale"],
    );
    let batches = [
        ("batch_1.csv", text.clone()),
        ("batch_2.csv", floats.into_bytes()),
    ];
    assert_refused(
        &batches,
        &[
            "batch_1.csv go up to 249",
            "batch_2.csv up to 0.97",
            "one scale",
        ],
    );
    let chosen = read_as(&batches, json!({"scale": [0, 255]}));
    assert_eq!(chosen.train.len() + chosen.test.len(), 200);
    let words = table(&set, |label, image| {
        format!(
            "{},{}",
            ["even", "odd"][usize::from(label % 2)],
            plain(image, ",")
        )
    });
    assert_refused(
        &[("train.csv", text), ("test.csv", words.into_bytes())],
        &["no class is in both", "in the same way"],
    );
    let black = table(&set, |label, _| {
        format!("{label},{}", plain(&[0; 196], ","))
    });
    assert_refused(&one("black.csv", black), &["Every pixel of black.csv is 0"]);
}

#[test]
fn training_images_that_come_out_black_are_refused_with_what_may_be_chosen() {
    let with = |choices: Value| {
        let mut files = Files::new();
        files.add("mine.csv", csv(&hundred()));
        let choices: Choices = serde_json::from_value(choices).expect("choices");
        files.read_or_ask(&choices).expect_err("refused")
    };
    for (scale, what) in [
        ([0.0, 1e12], "is black"),
        ([1e12, 0.0], "is white"),
        ([-1e12, 1e12], "is of one grey"),
    ] {
        let refusal = with(json!({"scale": scale}));
        let message = refusal.error.to_string();
        assert!(
            message.contains("every training image of mine.csv") && message.contains(what),
            "{message}"
        );
        let mut asked = refusal.guesses.iter().map(|guess| guess.question);
        assert!(asked.any(|question| question == "scale"), "{message}");
    }
    let red = table(&hundred(), |label, image| {
        format!("{label},{}", entries(image, ",", |v| format!("{v},0,0")))
    });
    let blue = try_read(&one("red.csv", red), json!({"grey": "blue"}));
    let message = blue.expect_err("refused").to_string();
    assert!(
        message.contains("every training image of red.csv is black"),
        "{message}"
    );
}

#[test]
fn all_files_at_fault_are_named_at_once_and_not_for_ever() {
    let mut files = vec![
        ("a.pdf", b"%PDF".to_vec()),
        ("b.h5", b"\x89HDF\r\n\x1a\n".to_vec()),
    ];
    assert_refused(&files, &["a.pdf is a PDF", "b.h5 is an HDF5"]);
    files.extend(vec![("c.pdf", b"%PDF".to_vec()); 10]);
    assert_refused(&files, &["And 7 more like these."]);
}

#[test]
fn more_classes_than_there_may_be_are_not_mistaken_for_pixels() {
    for classes in [101, 150] {
        let line = |i: usize| {
            let pixels: Vec<String> = (0..16)
                .map(|p| (i * 7 + p * 31) % 40)
                .map(|v| v.to_string())
                .collect();
            format!("{},{}\n", i % classes, pixels.join(","))
        };
        let text: String = (0..10 * classes).map(line).collect();
        assert_refused(
            &[("many.csv", text.into_bytes())],
            &[
                "many.csv",
                &format!("{classes} classes, and there may be 100"),
            ],
        );
    }
}

#[test]
fn a_refusal_says_what_may_be_chosen_otherwise() {
    let line = |i: usize| format!("{:.3},{}\n", i as f64 / 7.0, plain(hundred().image(i), ","));
    let mut files = Files::new();
    files.add(
        "mine.csv",
        (0..100).map(line).collect::<String>().into_bytes(),
    );
    let refusal = files
        .read_or_ask(&Choices::default())
        .expect_err("no label");
    assert!(refusal.error.to_string().contains("Choose the column"));
    let asked: Vec<&str> = refusal.guesses.iter().map(|guess| guess.question).collect();
    assert_eq!(asked, ["names", "label"]);
    assert_eq!(refusal.guesses[1].chosen, Value::Null);
    let message = match try_read(&[("mine.csv", csv(&hundred()))], json!({"label": 500})) {
        Ok(data) => panic!("read, with {:?}", data.guesses),
        Err(error) => error.to_string(),
    };
    assert!(message.contains("no column 500"), "{message}");
}

#[test]
fn an_array_of_no_entries_is_named_whatever_its_other_sizes() {
    for sizes in ["(0, 28, 28)", "(0, 4294967295)", "(0,)"] {
        let empty = one("x_train.npy", npy("|u1", false, sizes, b""));
        assert_refused(&empty, &["x_train.npy has no entries"]);
    }
}

#[test]
fn a_number_that_is_missing_is_no_class() {
    let set = hundred();
    let missing = |at: usize, name: &str, of: &str| {
        let mut entries: Vec<String> = of.split(',').map(str::to_owned).collect();
        entries[at] = name.into();
        entries.join(",")
    };
    let rows = table(&set, |label, image| {
        format!("{label},{},{label}", plain(image, ","))
    });
    let rows: Vec<&str> = rows.lines().collect();
    let names = format!("{}\n", pixel_names(196, ","));
    let first: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.rsplit_once(','))
        .map(|row| row.0)
        .collect();
    let last: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split_once(','))
        .map(|row| row.1)
        .collect();
    let with = |rows: &[&str], at: usize| {
        let wrong = missing(at, "nan", rows[5]);
        let rows = [&rows[..5], &[&wrong], &rows[6..]].concat();
        rows.join("\n")
    };
    let sentence = "mine.csv has 1 image whose label is nan, where others have numbers";
    let named = format!("label,{names}{}", with(&first, 0));
    assert_refused(&[("mine.csv", named.into_bytes())], &[sentence]);
    let nameless = with(&first, 0).into_bytes();
    assert_refused(&[("mine.csv", nameless)], &["mine.csv has"]);
    let in_pixel = with(&last, 0).into_bytes();
    let sentence = "mine.csv has \"nan\" in line 6, column 1, where a pixel must be a number";
    assert_refused(&[("mine.csv", in_pixel)], &[sentence]);
    let labels = set.labels().iter().enumerate();
    let labels = labels.map(|(at, &label)| if at % 50 == 3 { f32::NAN } else { label.into() });
    let labels: Vec<u8> = labels.flat_map(f32::to_le_bytes).collect();
    let files = [
        ("x", idx_images(&set)),
        ("y.npy", npy("<f4", false, "(100,)", &labels)),
    ];
    assert_refused(&files, &["x has 2 images whose label is NaN"]);
}

#[test]
fn a_set_that_is_alone_is_not_called_nameless() {
    let choices = |split: &str| json!({"split": split});
    let valid = [("val.csv", csv(&hundred())), ("test.csv", csv(&hundred()))];
    for (files, split) in [(&valid[1..], "test"), (&valid[..], "valid")] {
        let error = try_read(files, choices(split)).expect_err("no set to train on");
        let message = format!("{} is the only set to train on", files[0].0);
        assert!(error.to_string().starts_with(&message), "{error}");
    }
    let error = try_read(&[("a.csv", csv(&hundred()))], choices("test")).expect_err("no test set");
    assert!(
        error
            .to_string()
            .contains("put test, val or dev into its name"),
        "{error}"
    );
}
