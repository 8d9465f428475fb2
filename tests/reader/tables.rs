//! Text: separators, endings, encodings, names of columns, labels, and the values of pixels.

use super::write::*;
use super::*;
use crate::common::images;

fn mine(text: impl Into<Vec<u8>>) -> [File; 1] {
    [("mine.csv", text.into())]
}

/// The same hundred images, their label first, whatever stands between the entries.
fn lines(separator: &str) -> String {
    table(&hundred(), |label, image| {
        format!("{label}{separator}{}", plain(image, separator))
    })
}

#[test]
fn every_usual_separator_and_ending() {
    for separator in [",", ";", "\t", "|", " ", "   ", ", "] {
        for ending in ["\n", "\r\n", "\r"] {
            let text = lines(separator).replace('\n', ending);
            let names = format!("label{separator}{}", pixel_names(196, separator));
            assert_same(&read(&mine(text.clone())), &reference());
            let data = read(&mine(format!("{names}{ending}{text}")));
            assert_same(&data, &reference());
            assert_eq!(guess(&data, "names").chosen, json!(true));
        }
    }
}

#[test]
fn what_excel_and_editors_leave_in_a_file() {
    let (names, rest) = (format!("label,{}", pixel_names(196, ",")), lines(","));
    for text in [
        format!("\u{feff}{names}\n{rest}"),
        format!("sep=;\n{}", format!("{names}\n{rest}").replace(',', ";")),
        format!("{names}\n{rest} \n\n,,,\n"),
        format!("{names},\n{}", rest.replace('\n', ",\n")),
        format!("{names}\n{}", rest.replace('\n', ",\n")),
        format!("{names}\n{rest}\u{1a}"),
        format!("# {names}\n{rest}"),
        format!("{names}\n# a remark\n{rest}"),
        rest.lines()
            .map(|line| format!("\"{}\"\n", line.replace(',', "\",\"")))
            .collect(),
    ] {
        assert_same(&read(&mine(text)), &reference());
    }
}

#[test]
fn every_encoding_that_excel_writes() {
    let text = lines(";")
        .replace("\n3;", "\nFünf;")
        .replace("\n4;", "\nGroß;");
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let expected = read(&mine(text.clone()));
    assert!(expected.classes.contains(&"Fünf".to_owned()));
    for bytes in [
        [&b"\xff\xfe"[..], &utf16(u16::to_le_bytes)].concat(),
        [&b"\xfe\xff"[..], &utf16(u16::to_be_bytes)].concat(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        text.chars().map(|c| c as u8).collect(),
    ] {
        assert_same(&read(&mine(bytes)), &expected);
    }
}

#[test]
fn numbers_as_programs_write_them() {
    let written = |entry: &dyn Fn(u8) -> String, separator: &str| {
        table(&hundred(), |label, image| {
            format!(
                "{}{separator}{}",
                entry(label),
                entries(image, separator, entry)
            )
        })
    };
    for text in [
        written(&|value| format!("{value}.0"), ","),
        written(&|value| format!("{value}.000000e+00"), " "),
        written(&|value| format!("{value},0"), ";"),
        written(&|value| format!("{value:03}"), ","),
        written(&|value| format!("{value:>5}"), ""),
    ] {
        assert_same(&read(&mine(text)), &reference());
    }
}

/// What has the commas of decimal numbers, or a tab, is no table with all pixels in one cell.
#[test]
fn blanks_separate_numbers_that_have_commas_and_those_behind_a_tab() {
    let with = |label: &dyn Fn(u8) -> String, separator: &str, entry: &dyn Fn(u8) -> String| {
        table(&hundred(), |l, image| {
            format!("{}{separator}{}", label(l), entries(image, " ", entry))
        })
    };
    let whole = |value: u8| value.to_string();
    let fraction = |value: u8| format!("{value},0");
    // As programs write that leave out fractions of zero.
    let half = |value: u8| format!("{}", f64::from(value) / 2.0).replace('.', ",");
    let halves = with(&whole, ",", &|v| format!("{}", f64::from(v) / 2.0));
    let halves = read(&mine(halves.replace(' ', ",")));
    let names = format!("label {}\n", pixel_names(196, " "));
    for text in [
        with(&fraction, " ", &fraction),
        with(&whole, " ", &fraction),
    ] {
        assert_same(&read(&mine(names.clone() + &text)), &reference());
    }
    for head in ["", &names, "Digits\n"] {
        let read_below = |text: String| read(&mine(head.to_owned() + &text));
        for (label, separator) in [
            (&fraction as &dyn Fn(u8) -> String, " "),
            (&fraction, "   "),
            (&whole, " "),
            (&whole, "\t"),
        ] {
            assert_same(&read_below(with(label, separator, &whole)), &reference());
        }
        assert_same(&read_below(with(&whole, " ", &half)), &halves);
    }
    // Where one pixel alone has fractions, and has them in every image.
    let last = table(&hundred(), |label, image| {
        format!("{},5 {label}", plain(image, " "))
    });
    let points = last.replace(',', ".").replace(' ', ",");
    assert_same(&read(&mine(last)), &read(&mine(points)));
}

#[test]
fn the_label_is_found_wherever_it_stands() {
    let set = hundred();
    let names = pixel_names(196, ",");
    for name in ["label", "Class", "TARGET", "y", "digit", "digit_label"] {
        let last = table(&set, |label, image| {
            format!("{},{label}", plain(image, ","))
        });
        let data = read(&mine(format!("{names},{name}\n{last}")));
        assert_same(&data, &reference());
        assert_eq!(guess(&data, "label").chosen, json!(197));
        let data = read(&mine(format!("{name},{names}\n{}", lines(","))));
        assert_same(&data, &reference());
        assert_eq!(guess(&data, "label").chosen, json!(1));
    }
    let last = table(&set, |label, image| {
        format!("{},{label}", plain(image, ","))
    });
    let data = read(&mine(last));
    assert_same(&data, &reference());
    assert_eq!(guess(&data, "label").chosen, json!(197), "without a name");
    let options: Vec<&Value> = guess(&data, "label")
        .options
        .iter()
        .map(|o| &o.value)
        .collect();
    assert_eq!(options, [&json!(197), &json!(1)]);
    // scikit-learn's digits: two numbers a pixel, and the label called target.
    let sides: Vec<String> = (0..196)
        .map(|i| format!("pixel_{}_{}", i / 14, i % 14))
        .collect();
    let text = table(&set, |label, image| {
        format!("{},{label}", entries(image, ",", |v| format!("{v}.0")))
    });
    assert_same(
        &read(&mine(format!("{},target\n{text}", sides.join(",")))),
        &reference(),
    );
}

#[test]
fn columns_that_count_or_name_the_lines_are_left_out() {
    let set = hundred();
    let names = pixel_names(196, ",");
    let numbered = |first: &dyn Fn(usize) -> String| -> String {
        let numbered = lines(",")
            .lines()
            .map(str::to_owned)
            .collect::<Vec<String>>();
        numbered
            .iter()
            .enumerate()
            .map(|(i, line)| format!("{},{line}\n", first(i)))
            .collect()
    };
    for text in [
        format!(",label,{names}\n{}", numbered(&|i| i.to_string())),
        format!("Unnamed: 0,label,{names}\n{}", numbered(&|i| i.to_string())),
        format!(
            "id,label,{names}\n{}",
            numbered(&|i| (900 - 7 * i).to_string())
        ),
        format!(
            "image_id,label,{names}\n{}",
            numbered(&|i| format!("{i:04}.png"))
        ),
        // R leaves out the name of the column with the names of the rows.
        format!("label,{names}\n{}", numbered(&|i| (i + 1).to_string())),
        numbered(&|i| (i + 1).to_string()),
    ] {
        let data = read(&mine(text));
        assert_same(&data, &reference());
        assert!(data.notes[0].contains("column 1") && data.notes[0].contains("left out"));
    }
    let more = table(&set, |label, image| {
        format!("{label},{},{}", plain(image, ","), image[0] / 9)
    });
    let data = read(&mine(format!("label,{names},writer\n{more}")));
    assert_same(&data, &reference());
    assert!(data.notes[0].contains("column 198 (\"writer\") is neither the label nor a pixel"));
}

#[test]
fn names_may_be_numbers() {
    let count = |from: usize| -> String {
        let names: Vec<String> = (from..from + 196).map(|i| i.to_string()).collect();
        names.join(",")
    };
    let rest = lines(",");
    let indexed: String = rest
        .lines()
        .enumerate()
        .map(|(i, l)| format!("{i},{l}\n"))
        .collect();
    for text in [
        format!("label,{}\n{rest}", count(0)),
        format!("0,{}\n{rest}", count(1)),
        format!(",0,{}\n{indexed}", count(1)),
        // A line of pixels that pandas took for names, and numbered where it found equal ones.
        format!(
            "0,{}\n{rest}",
            (1..197)
                .map(|i| format!("0.{i}"))
                .collect::<Vec<_>>()
                .join(",")
        ),
    ] {
        let data = read(&mine(text.clone()));
        assert_same(&data, &reference());
        assert_eq!(guess(&data, "names").chosen, json!(true), "{}", &text[..50]);
    }
}

#[test]
fn labels_may_be_words() {
    let names = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let set = hundred();
    let word = |label: u8| names[usize::from(label)];
    let first = table(&set, |label, image| {
        format!("{},{}", word(label), plain(image, ","))
    });
    let last = table(&set, |label, image| {
        format!("{},{}", plain(image, ","), word(label))
    });
    let expected = read(&mine(format!("label,{}\n{first}", pixel_names(196, ","))));
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    assert_eq!(expected.classes, sorted);
    let seven = expected.classes.iter().position(|name| name == "seven");
    assert_eq!(Some(usize::from(expected.train.labels()[7])), seven);
    assert_eq!(expected.train.image(7), set.image(7));
    for text in [first, last] {
        assert_same(&read(&mine(text)), &expected);
    }
}

/// 10^18, its neighbours, one of more digits than any number of a computer, and a small one.
const LARGE: [&str; 5] = [
    "999999999999999999",
    "1000000000000000000",
    "1000000000000000001",
    "1234567890123456789012345678901234567890123",
    "-9007199254740993",
];

#[test]
fn large_whole_labels_keep_all_their_digits() {
    let set = hundred();
    let order = [4, 0, 1, 2, 3];
    let class = |label: u8| order.iter().position(|&at| at == usize::from(label) % 5);
    let expected: Vec<_> = (0..10)
        .map(|label| class(label).expect("one of five"))
        .collect();
    for form in ["{},", "\"{}\",", "{}.0,", "first", "last"] {
        let lines = table(&set, |label, image| {
            let label = LARGE[usize::from(label) % 5];
            match form {
                "last" => format!("{},{label}", plain(image, ",")),
                "first" => format!("{label},{}", plain(image, ",")),
                _ => form.replace("{}", label) + &plain(image, ","),
            }
        });
        let names = format!("label,{}\n", pixel_names(196, ","));
        let data = read(&mine(if form.contains('{') {
            names + &lines
        } else {
            lines
        }));
        assert_eq!(data.classes, order.map(|at| LARGE[at]), "{form}");
        let labels: Vec<usize> = data.train.labels()[..10]
            .iter()
            .map(|&l| l.into())
            .collect();
        assert_eq!(labels, expected, "{form}");
    }
}

#[test]
fn large_whole_labels_of_two_files_are_the_same_classes() {
    let lines = |labels: [&str; 3]| {
        let line = |i: usize| format!("{},{}\n", labels[i % 3], plain(hundred().image(i), ","));
        (0..100).map(line).collect::<String>().into_bytes()
    };
    let data = read(&[
        ("train.csv", lines([LARGE[2], LARGE[1], "3"])),
        ("test.csv", lines(["3", LARGE[1], LARGE[2]])),
    ]);
    assert_eq!(data.classes, ["3", LARGE[1], LARGE[2]]);
    assert_eq!(data.train.labels()[..3], [2, 1, 0]);
    assert_eq!(data.test.labels()[..3], [0, 1, 2]);
    let same = [("mine.csv", lines([LARGE[2]; 3]))];
    let refused = refusal(&same);
    assert!(
        refused.contains(&format!("has the label {},", LARGE[2])),
        "{refused}"
    );
}

#[test]
fn large_labels_that_are_all_equal_do_not_count_the_lines() {
    // As f64 one more is the same.
    let line = |i: usize| {
        let label = 1_152_921_504_606_846_976 + u64::from(i >= 50);
        format!("{label},{}\n", plain(hundred().image(i), ","))
    };
    let data = read(&mine((0..100).map(line).collect::<String>()));
    assert_eq!(data.classes, ["1152921504606846976", "1152921504606846977"]);
    assert_eq!(guess(&data, "label").chosen, json!(1));
}

#[test]
fn pixels_with_many_digits_are_numbers() {
    let data = scaled(|value| format!("{value:.20}"));
    assert_same_images(&data, &scaled(|value| format!("{value:e}")));
    let large = |value: f64| format!("{:.0}", value * 1e18);
    assert_same_images(&scaled(|value| large(value) + ".0"), &scaled(large));
}

#[test]
fn labels_may_be_one_hot() {
    let set = hundred();
    let hot = |label: u8, on: &str, off: &str| {
        let columns: Vec<&str> = (0..10).map(|c| if c == label { on } else { off }).collect();
        columns.join(",")
    };
    for (on, off) in [("1", "0"), ("1.0", "0.0"), ("True", "False"), ("1", "-1")] {
        let first = table(&set, |l, image| {
            format!("{},{}", hot(l, on, off), plain(image, ","))
        });
        let last = table(&set, |l, image| {
            format!("{},{}", plain(image, ","), hot(l, on, off))
        });
        let data = read(&mine(first));
        assert_same(&data, &reference());
        assert_eq!(guess(&data, "label").chosen, json!([1, 10]));
        assert_same(&read(&mine(last)), &reference());
    }
    let names: Vec<String> = "abcdefghij".chars().map(|c| format!("is_{c}")).collect();
    let first = table(&set, |l, image| {
        format!("{},{}", hot(l, "1", "0"), plain(image, ","))
    });
    let named = format!("{},{}\n{first}", names.join(","), pixel_names(196, ","));
    let data = read(&mine(named));
    assert_same_images(&data, &reference());
    assert_eq!(data.classes, names);
}

#[test]
fn labels_that_do_not_start_at_0_make_no_empty_classes() {
    let from = |first: i32| {
        let text = table(&hundred(), |label, image| {
            format!("{},{}", first + i32::from(label), plain(image, ","))
        });
        read(&mine(text))
    };
    for first in [1, -1, 500] {
        let data = from(first);
        assert_same_images(&data, &reference());
        assert_eq!(data.classes[0], first.to_string());
        assert_eq!(data.classes.len(), 10);
    }
}

/// The values of a hundred images that use the whole range, written on another scale.
fn scaled(entry: impl Fn(f64) -> String) -> OwnData {
    let full = full_range();
    read(&mine(table(&full, |label, image| {
        format!(
            "{label},{}",
            entries(image, ",", |v| entry(f64::from(v) / 255.0))
        )
    })))
}

/// Like [`hundred`], with a black and a white pixel in every image.
fn full_range() -> Dataset {
    let set = images(100, 1);
    let mut pixels = pixels(&set);
    for image in pixels.chunks_mut(196) {
        (image[0], image[195]) = (0, 255);
    }
    let file = crate::common::idx_file(0x803, &[100, 14, 14], &pixels);
    Dataset::from_idx(&file, &idx_labels(&set)).expect("whole files")
}

#[test]
fn pixels_may_have_any_scale() {
    let expected = read(&idx_pair("images", &full_range()));
    for (data, scale) in [
        (scaled(|v| format!("{v:.6}")), json!([0.0, 1.0])),
        (scaled(|v| format!("{v:.6e}")), json!([0.0, 1.0])),
        (
            scaled(|v| format!("{:.6}", 2.0 * v - 1.0)),
            json!([-1.0, 1.0]),
        ),
        (scaled(|v| format!("{:.6}", v - 0.5)), json!([-0.5, 0.5])),
        (scaled(|v| format!("{:.6}", 16.0 * v)), json!([0.0, 16.0])),
        (
            scaled(|v| format!("{:.6}", 65535.0 * v)),
            json!([0.0, 65535.0]),
        ),
        (
            scaled(|v| format!("{:.6}", 3.25 * v - 0.5)),
            json!([-0.5, 2.75]),
        ),
    ] {
        assert_eq!(guess(&data, "scale").chosen, scale);
        assert_same(&data, &expected);
    }
}

#[test]
fn pixels_that_are_0_or_1_are_black_or_white() {
    let binary = |white: u8| {
        let text = table(&hundred(), |label, image| {
            format!(
                "{label},{}",
                entries(image, ",", |v| (white * u8::from(v > 120)).to_string())
            )
        });
        read(&mine(text))
    };
    assert_same(&binary(1), &binary(255));
    assert!(
        guess(&binary(1), "scale")
            .sentence
            .contains("pixels go from 0 to 1")
    );
}

#[test]
fn images_need_not_be_square_if_their_names_say_so() {
    let names: Vec<String> = (0..140)
        .map(|i| format!("{}x{}", i / 10 + 1, i % 10 + 1))
        .collect();
    let set = hundred();
    let text = table(&set, |label, image| {
        format!("{label},{}", plain(&image[..140], ","))
    });
    let data = read(&mine(format!("label,{}\n{text}", names.join(","))));
    assert_eq!((data.train.rows(), data.train.cols()), (14, 10));
    assert_eq!(data.train.image(3), &set.image(3)[..140]);
}

#[test]
fn colours_in_a_line_are_found_in_either_order() {
    let set = hundred();
    let blue = |value: u8| 255 - value;
    let in_turn = table(&set, |label, image| {
        format!(
            "{label},{}",
            entries(image, ",", |v| format!("{v},0,{}", blue(v)))
        )
    });
    let planes = table(&set, |label, image| {
        let blues: Vec<u8> = image.iter().map(|&v| blue(v)).collect();
        format!(
            "{label},{},{},{}",
            plain(image, ","),
            plain(&[0; 196], ","),
            plain(&blues, ",")
        )
    });
    let (in_turn, planes) = (read(&mine(in_turn)), read(&mine(planes)));
    assert_same(&in_turn, &planes);
    assert_eq!(guess(&in_turn, "colours").chosen, json!("pixels"));
    assert_eq!(guess(&planes, "colours").chosen, json!("planes"));
    let first = f32::from(set.image(0)[0]);
    let grey = (0.299 * first + 0.114 * (255.0 - first) + 0.5) as u8;
    assert_eq!(in_turn.train.image(0)[0], grey);
}

#[test]
fn remarks_above_a_table_are_no_part_of_it() {
    let lines = table(&hundred(), |label, image| {
        format!("{label},{}", plain(image, ","))
    });
    let names = format!("# label,{}\n", pixel_names(196, ","));
    for above in ["# my digits\n", "# a, b\n#\n", names.as_str()] {
        let data = read(&[("mine.csv", format!("{above}{lines}").into_bytes())]);
        assert_same(&data, &reference());
        let named = above == names;
        assert_eq!(guess(&data, "names").chosen, json!(named), "{above}");
    }
}

#[test]
fn columns_of_equal_names_are_the_same_pixels_wherever_they_stand() {
    // As programs write them that sort columns by name: pixel0, pixel1, pixel10, pixel100, ...
    let set = hundred();
    let mut sorted: Vec<usize> = (0..196).collect();
    sorted.sort_by_key(|at| format!("pixel{at}"));
    let in_order = |order: &[usize], name: &str| {
        let names: Vec<String> = order.iter().map(|at| format!("{name}{at}")).collect();
        let line = |label: u8, image: &[u8]| {
            let pixels: Vec<String> = order.iter().map(|&at| image[at].to_string()).collect();
            format!("{label},{}", pixels.join(","))
        };
        format!("label,{}\n{}", names.join(","), table(&set, line)).into_bytes()
    };
    let plain: Vec<usize> = (0..196).collect();
    let with =
        |test: Vec<u8>| read(&[("train.csv", in_order(&plain, "pixel")), ("test.csv", test)]);
    let expected = with(in_order(&plain, "pixel"));
    let data = with(in_order(&sorted, "pixel"));
    assert_same(&data, &expected);
    let note = "test.csv: the pixels stand in another order than the numbers in their names, and are taken in that of the numbers.";
    assert_eq!(data.notes, [note]);
    // Also where a file stands alone, or is the first.
    let alone = read(&mine(in_order(&sorted, "pixel")));
    assert_same(&alone, &reference());
    // Where the numbers are no places, equal names are matched.
    let numbered = read(&[
        ("train.csv", in_order(&plain, "b1_0_")),
        ("test.csv", in_order(&sorted, "b1_0_")),
    ]);
    assert_same(&numbered, &expected);
    let note = "test.csv: the columns stand in another order than in train.csv, and are matched by their names.";
    assert_eq!(numbered.notes, [note]);
    assert!(expected.notes.is_empty(), "{:?}", expected.notes);
    // Where the names are others, their places are all that there is.
    let renamed = with(in_order(&plain, "p"));
    assert_same(&renamed, &expected);
    assert!(renamed.notes.is_empty(), "{:?}", renamed.notes);
}

#[test]
fn columns_without_names_stand_as_those_that_have_some() {
    let set = hundred();
    let mut sorted: Vec<usize> = (0..196).collect();
    sorted.sort_by_key(|at| format!("pixel{at}"));
    let plain: Vec<usize> = (0..196).collect();
    let rows = |order: &[usize]| {
        table(&set, |label, image| {
            let pixels: Vec<String> = order.iter().map(|&at| image[at].to_string()).collect();
            format!("{label},{}", pixels.join(","))
        })
    };
    let named = |order: &[usize]| {
        let names: Vec<String> = order.iter().map(|at| format!("pixel{at}")).collect();
        format!("label,{}\n{}", names.join(","), rows(order)).into_bytes()
    };
    let nameless = rows(&sorted).into_bytes();
    let mut flat: Vec<u8> = Vec::new();
    for i in 0..set.len() {
        flat.extend(sorted.iter().map(|&at| set.image(i)[at]));
    }
    for [a, b] in [["train.csv", "test.csv"], ["part_1.csv", "part_2.csv"]] {
        let expected = read(&[(a, named(&plain)), (b, named(&plain))]);
        let data = read(&[(a, named(&sorted)), (b, nameless.clone())]);
        assert_same(&data, &expected);
        let note =
            format!("{b}: the columns have no names, and are taken in the order of those of {a}.");
        assert_eq!(data.notes[1..], [note]);
        // Whichever has them.
        let data = read(&[(a, nameless.clone()), (b, named(&sorted))]);
        assert_same(&data, &expected);
        let untouched = read(&[(a, named(&plain)), (b, rows(&plain).into_bytes())]);
        assert_same(&untouched, &expected);
        assert_eq!(untouched.notes, [""; 0]);
    }
    let array = [
        ("train.csv", named(&sorted)),
        ("x_test.npy", npy("|u1", false, "(100, 196)", &flat)),
        ("y_test.idx", idx_labels(&set)),
    ];
    let expected = [("train.csv", named(&plain)), ("test.csv", named(&plain))];
    assert_same(&read(&array), &read(&expected));
    let message = refusal(&[
        ("part_1.csv", named(&sorted)),
        ("part_2.csv", named(&plain)),
        ("part_3.csv", nameless),
    ]);
    assert!(
        message.starts_with("The columns of part_3.csv have no names, and those of part_1.csv and part_2.csv stand in different orders"),
        "{message}"
    );
}

#[test]
fn classes_may_be_called_as_remarks_begin() {
    // Characters in the order of their numbers, as the classes of the reference are.
    let symbols = ["#", "%", "+", ",", ";", "=", "[", "]", "{", "|"];
    let symbol = |label: u8| symbols[usize::from(label)];
    let expected = read(&mine(lines(",")));
    let text = table(&hundred(), |label, image| {
        format!("\"{}\" {}", symbol(label), plain(image, " "))
    });
    let unquoted = text.replace('"', "");
    let names = format!("label {}\n", pixel_names(196, " "));
    for text in [&unquoted, &text, &format!("{names}{unquoted}")] {
        let data = read(&mine(text.as_str()));
        assert_eq!(data.classes, symbols);
        assert_same_images(&data, &expected);
    }
    let labels = table(&hundred(), |label, _| symbol(label).to_owned());
    let files = [
        ("images", idx_images(&hundred())),
        ("labels", labels.into_bytes()),
    ];
    assert_same_images(&read(&files), &expected);
}

#[test]
fn a_label_that_is_an_id_is_no_number_of_the_line() {
    let set = hundred();
    let names = pixel_names(196, ",");
    for name in [
        "class_id",
        "ClassId",
        "category_id",
        "label_id",
        "target_id",
    ] {
        let data = read(&mine(format!("{name},{names}\n{}", lines(","))));
        assert_same(&data, &reference());
        let split = table(&set, |label, image| {
            format!(
                "{},{label},{}",
                ["test", "train"][usize::from(label % 2)],
                plain(image, ",")
            )
        });
        let data = read(&mine(format!("split,{name},{names}\n{split}")));
        assert_same(&data, &reference());
        assert_eq!(guess(&data, "label").chosen, json!(2));
        let labels: Vec<u8> = set.labels().to_vec();
        let rows = (0..).zip(labels).map(|(i, label)| format!("{i},{label}\n"));
        let labels = format!("id,{name}\n{}", rows.collect::<String>());
        let files = [("x", idx_images(&set)), ("y.csv", labels.into_bytes())];
        assert_same(&read(&files), &reference());
    }
    let numbered = lines(",")
        .lines()
        .enumerate()
        .map(|(i, line)| format!("{i},{line}\n"))
        .collect::<String>();
    assert_same(
        &read(&mine(format!("#,label,{names}\n{numbered}"))),
        &reference(),
    );
    let signs = table(&set, |label, image| {
        let hot = (0..4).map(|at| u8::from(at == label % 4).to_string() + ",");
        format!("{}{}", hot.collect::<String>(), plain(image, ","))
    });
    let data = read(&mine(format!("+,-,*,/,{names}\n{signs}")));
    assert_eq!(data.classes, ["*", "+", "-", "/"]);
}

#[test]
fn an_id_that_is_another_for_each_image_is_no_label() {
    let names = pixel_names(196, ",");
    for name in ["target_id", "digit_id", "letter_id", "y_id"] {
        for (of, last) in [(1, "species"), (7, "value")] {
            let rows = lines(",");
            let rows = (0..).zip(rows.lines());
            let rows: String = rows
                .map(|(i, line)| format!("{},{line}\n", of * i))
                .collect();
            let data = read(&mine(format!("{name},{last},{names}\n{rows}")));
            assert_same(&data, &reference());
            assert_eq!(guess(&data, "label").chosen, json!(2));
            let said = format!(
                "mine.csv: column 1 (\"{name}\") counts the lines or names the images, and is left out."
            );
            assert_eq!(data.notes, [said]);
        }
    }
}

#[test]
fn images_without_a_label_can_be_told_which_column_it_is() {
    // A number of its own for each image, and so no label until somebody says so.
    let line = |i: usize| format!("{},{}\n", 7 * i, plain(hundred().image(i), ","));
    let text: String = (0..100).map(line).collect();
    let mut files = Files::new();
    files.add(
        "mine.csv",
        format!("id,{}\n{text}", pixel_names(196, ",")).into_bytes(),
    );
    let refusal = files
        .read_or_ask(&Choices::default())
        .expect_err("no label");
    assert!(refusal.error.to_string().contains("and no labels"));
    let asked = refusal
        .guesses
        .iter()
        .find(|guess| guess.question == "label");
    let asked = asked.expect("a question");
    assert_eq!(
        (&asked.chosen, &asked.options[0].value),
        (&Value::Null, &json!(1))
    );
    assert_eq!(
        asked.sentence,
        "mine.csv: no column is known to be the label."
    );
}

#[test]
fn labels_may_be_of_several_words() {
    let set = hundred();
    for names in [
        ["red apple", "green pear"],
        ["a T shirt or a top", "a pair of ankle boots"],
    ] {
        let labels = table(&set, |label, _| names[usize::from(label % 2)].to_owned());
        for text in [labels.clone(), format!("label\n{labels}")] {
            let data = read(&[("x", idx_images(&set)), ("y.txt", text.into_bytes())]);
            let mut sorted = names;
            sorted.sort_unstable();
            assert_eq!(data.classes, sorted);
        }
    }
}

#[test]
fn images_that_are_taken_out_are_remarks_and_that_is_said() {
    let names = pixel_names(196, ",");
    let last = table(&hundred(), |label, image| {
        format!("{},{label}", plain(image, ","))
    });
    for (head, rows) in [
        (format!("label,{names}\n"), lines(",")),
        (format!("#label,{names}\n"), lines(",")),
        (String::new(), lines(",")),
        (String::new(), last),
        (String::new(), lines(" ")),
    ] {
        for mark in ["#", "# ", "%", "% "] {
            let marked = |at: usize, line: &str| {
                let mark = if at % 5 == 2 { mark } else { "" };
                format!("{mark}{line}\n")
            };
            let some = rows.lines().enumerate();
            let out: String = some.clone().map(|(at, line)| marked(at, line)).collect();
            let kept = some.filter(|(at, _)| at % 5 != 2);
            let kept: String = kept.map(|(_, line)| format!("{line}\n")).collect();
            let data = read(&mine(format!("{head}{out}")));
            assert_same(&data, &read(&mine(format!("{head}{kept}"))));
            let said = "mine.csv: 20 lines with a # or % before what would be a row";
            assert!(data.notes[0].starts_with(said), "{:?}", data.notes);
        }
    }
    // Two files of NumPy, one behind the other.
    let both = format!("#label,{names}\n{0}#label,{names}\n{0}", lines(","));
    let data = read(&mine(both));
    assert_eq!(
        (data.train.len() + data.test.len(), data.notes.len()),
        (200, 0)
    );
    // In quotes the mark belongs to the label.
    let quoted = table(&hundred(), |label, image| {
        format!("\"#{label}\",{}", plain(image, ","))
    });
    let data = read(&mine(quoted));
    assert_same_images(&data, &reference());
    assert_eq!((&*data.classes[0], data.notes.len()), ("#0", 0));
}

#[test]
fn a_percent_sign_begins_nothing_but_remarks_in_arff() {
    let names: String = (1..=196)
        .map(|i| format!("@ATTRIBUTE pixel{i} real\n"))
        .collect();
    let class = "@attribute class {0,1}\n";
    let last = table(&hundred(), |label, image| {
        format!("{},{label}", plain(image, ","))
    });
    for (attributes, rows) in [
        (format!("{class}{names}"), lines(",")),
        (format!("{names}{class}"), last),
    ] {
        let text = format!("@RELATION mnist\n{attributes}@DATA\n%{rows}% {rows}");
        let (_, rest) = rows.split_once('\n').expect("lines");
        let kept = format!("@RELATION mnist\n{attributes}@DATA\n{rest}{rest}");
        let data = read(&[("a.arff", text.into_bytes())]);
        assert_same(&data, &read(&[("a.arff", kept.into_bytes())]));
    }
}

#[test]
fn classes_called_as_remarks_begin_are_kept_whatever_the_first_line_has() {
    let symbols = ["#", "%", "+", ",", ";", "=", "[", "]", "{", "|"];
    let symbol = |label: u8| symbols[usize::from(label)];
    let rows = table(&hundred(), |label, image| {
        format!("{}\t{}\t", symbol(label), plain(image, "\t"))
    });
    let names = format!("label\t{}", pixel_names(196, "\t"));
    for head in [format!("sep=\t\n{names}\n"), format!("{names}\tremarks\n")] {
        let data = read(&mine(format!("{head}{rows}")));
        assert_eq!(data.classes, symbols);
        assert_same_images(&data, &reference());
    }
    // As pandas writes a list with its name.
    let quoted = table(&hundred(), |label, _| match symbol(label) {
        "," => "\",\"".to_owned(),
        other => other.to_owned(),
    });
    let files = [
        ("images", idx_images(&hundred())),
        ("labels", format!("label\n{quoted}").into_bytes()),
    ];
    let data = read(&files);
    assert_eq!(data.classes, symbols);
    assert_same_images(&data, &reference());
}

#[test]
fn blanks_within_quotes_do_not_separate() {
    let classes = ["Ankle boot", "Bag", "T-shirt or top"];
    let quoted = |number: usize, separator: &str| {
        let names: Vec<String> = (1..=196).map(|i| format!("\"V{i}\"")).collect();
        let line = |i: usize| {
            let pixels = plain(hundred().image(i), separator);
            let word = classes[i % 3];
            let number = if number == 1 {
                format!("\"{}\"{separator}", i + 1)
            } else {
                String::new()
            };
            format!("{number}\"{word}\"{separator}{pixels}\n")
        };
        let names = format!("\"label\"{separator}{}\n", names.join(separator));
        names + &(0..100).map(line).collect::<String>()
    };
    let expected = read(&mine(quoted(0, ",")));
    assert_eq!(expected.classes, classes);
    // R numbers the rows unless it is told not to.
    for text in [
        quoted(0, " "),
        quoted(1, " "),
        quoted(1, "\t"),
        quoted(0, "   "),
    ] {
        assert_same(&read(&mine(text)), &expected);
    }
    let nameless = quoted(0, " ").split_once('\n').expect("names").1.to_owned();
    assert_same(&read(&mine(nameless)), &expected);
}

#[test]
fn a_title_above_the_names_is_left_out() {
    let table = format!("label,{}\n{}", pixel_names(196, ","), lines(","));
    for (title, line) in [
        ("My digits\n".to_owned(), 1),
        (format!("My digits{}\n", ",".repeat(196)), 1),
        ("\"My digits\"\r\n\n".to_owned(), 1),
        ("# made by hand\nMy digits\n".to_owned(), 2),
    ] {
        let data = read(&mine(title.clone() + &table));
        assert_same(&data, &reference());
        let note =
            format!("mine.csv: line {line} (\"My digits\") is taken for a title, and left out.");
        assert_eq!(data.notes, [note], "{title}");
        assert_eq!(
            guess(&data, "names").sentence,
            "mine.csv: the first line of the table holds the names of the columns."
        );
        let faulty = title.clone() + &table.replacen("\n3,", "\n3,x", 1);
        let place = format!("line {},", title.matches('\n').count() + 5);
        assert_refused(&mine(faulty), &[&place]);
    }
    assert_same(
        &read(&mine(format!("My digits\n{}", lines(",")))),
        &reference(),
    );
}

#[test]
fn a_label_behind_the_pixels_is_none_of_them() {
    let set = images(300, 1);
    // The first pixel has many values, as those in the middle of small images do.
    let text = |label: &dyn Fn(usize) -> i32| -> String {
        let line = |i: usize| {
            let mut image = set.image(i).to_vec();
            image[0] = (3 * (i % 74)) as u8;
            format!("{},{}\n", plain(&image, ","), label(i))
        };
        (0..300).map(line).collect()
    };
    let several = [31, 40, 77, 123, 199];
    for (label, classes) in [
        (
            &(|i: usize| 2 * (i as i32 % 2) - 1) as &dyn Fn(usize) -> i32,
            2,
        ),
        (&|i| 3 * (i as i32 % 5) - 6, 5),
        (&|i| several[i % 5], 5),
    ] {
        let data = read(&mine(text(label)));
        assert_eq!(guess(&data, "label").chosen, json!(197));
        assert_eq!(guess(&data, "scale").chosen, json!([0.0, 255.0]));
        assert_eq!(data.classes.len(), classes);
    }
    // The other way round a pixel of few values stays one.
    let line = |i: usize| {
        let mut image = set.image(i).to_vec();
        image[195] = 12 * u8::from(i.is_multiple_of(9));
        format!("{},{}\n", several[i % 5], plain(&image, ","))
    };
    let data = read(&mine((0..300).map(line).collect::<String>()));
    assert_eq!(guess(&data, "label").chosen, json!(1));
}

/// Labels in quotes, and those that come of them.
fn spelled(labels: &[&str]) -> OwnData {
    let line = |i: usize| {
        let label = labels[i % labels.len()];
        format!("\"{label}\",{}\n", plain(hundred().image(i), ","))
    };
    let names = format!("label,{}\n", pixel_names(196, ","));
    read(&mine(names + &(0..100).map(line).collect::<String>()))
}

#[test]
fn labels_in_quotes_are_words() {
    for (labels, classes) in [
        (["1", "01", "2"], ["1", "01", "2"]),
        (["1e2", "100", "5"], ["5", "100", "1e2"]),
        (["3E1", "1E1", "2E1"], ["1E1", "2E1", "3E1"]),
        (["010", "007", "008"], ["007", "008", "010"]),
        (["True", "maybe", "False"], ["False", "True", "maybe"]),
        (["10", "9", "-1"], ["-1", "9", "10"]),
    ] {
        let data = spelled(&labels);
        assert_eq!(data.classes, classes);
        let named = |i: usize| data.classes[usize::from(data.train.labels()[i])].as_str();
        assert_eq!([0, 1, 2].map(named), labels);
    }
    // Pixels are numbers nevertheless.
    let all = |entry: &dyn Fn(u8) -> String| {
        table(&hundred(), |label, image| {
            format!("\"{label}\",{}", entries(image, ",", entry))
        })
    };
    assert_same(
        &read(&mine(all(&|value| format!("\"{value:03}\"")))),
        &reference(),
    );
    assert_same(
        &read(&mine(all(&|value| format!("\"{value}.0\"")))),
        &reference(),
    );
}

#[test]
fn numbers_without_quotes_are_equal_however_they_are_written() {
    let text = |labels: [&str; 4]| {
        let line = |i: usize| format!("{},{}\n", labels[i % 4], plain(hundred().image(i), ","));
        (0..100).map(line).collect::<String>()
    };
    assert_eq!(
        read(&mine(text(["1", "01", "2", "2.0"]))).classes,
        ["1", "2"]
    );
    assert_eq!(read(&mine(text(["-0", "0", "1", "1"]))).classes, ["0", "1"]);
}

#[test]
fn truth_values_in_quotes_may_be_one_hot() {
    let hot = |label: u8| {
        let columns: Vec<String> = (0..10)
            .map(|class| format!("\"{}\"", if class == label { "True" } else { "False" }))
            .collect();
        columns.join(",")
    };
    let text = table(&hundred(), |label, image| {
        format!("{},{}", hot(label), plain(image, ","))
    });
    assert_same(&read(&mine(text)), &reference());
}
