//! `sweep`: every run of a grid once, whatever comes between.

use crate::{folder, refused, sixty_lines, small, train, train_into};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};

/// Two values by two, two rules, two seeds: 16 runs.
fn grid() -> Value {
    json!({"config": small(), "vary": {"lr": [0.001, 0.01], "hidden_sizes": [[12], [9, 8]]}})
}

/// The same, and so many epochs that there is time to be killed in.
fn long_grid() -> Value {
    let mut grid = grid();
    grid["config"]["epochs"] = json!(200);
    grid
}

fn sweep(folder: &Path, grid: &Value) -> Command {
    fs::write(folder.join("grid.json"), grid.to_string()).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
    command.arg("sweep").arg(folder.join("grid.json"));
    command.arg("--data").arg(folder);
    command.arg("--out").arg(results_in(folder));
    command
}

/// Beside the folder: what lies in it is read as images.
fn results_in(folder: &Path) -> PathBuf {
    folder.with_extension("jsonl")
}

/// A folder with images and no results.
fn fresh(name: &str) -> PathBuf {
    let name = format!("sweep-{name}");
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
    _ = fs::remove_dir_all(&place);
    _ = fs::remove_file(results_in(&place));
    folder(&name)
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the command starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(folder: &Path) -> String {
    fs::read_to_string(results_in(folder)).expect("a file")
}

/// The whole lines of a text.
fn lines(text: &str) -> Vec<Value> {
    let whole = text
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'));
    whole
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// What tells the runs of [`grid`] apart.
fn keys(results: &[Value]) -> BTreeSet<String> {
    let key = |result: &Value| {
        let run = &result["runs"][0];
        let config = &result["config"];
        let of = [
            &config["lr"],
            &config["hidden_sizes"],
            &run["algorithm"],
            &run["seed"],
        ];
        json!(of).to_string()
    };
    results.iter().map(key).collect()
}

#[test]
fn every_run_of_the_grid_has_a_line_with_the_bits_of_a_single_run() {
    let folder = fresh("bits");
    let output = run(&mut sweep(&folder, &grid()));
    assert!(
        output.status.success() && output.stdout.is_empty(),
        "{output:?}"
    );
    assert!(
        said(&output).ends_with("16 of 16 runs have ended\n"),
        "{}",
        said(&output)
    );
    let results = lines(&text(&folder));
    assert_eq!((results.len(), keys(&results).len()), (16, 16));
    for lr in [0.001, 0.01] {
        for sizes in [json!([12]), json!([9, 8])] {
            let mut config = small();
            config["lr"] = json!(lr);
            config["hidden_sizes"] = sizes.clone();
            let output = train(&folder, &config, &[]);
            let single: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            for wanted in single["runs"].as_array().expect("runs") {
                let same = |result: &&Value| {
                    let (config, run) = (&result["config"], &result["runs"][0]);
                    config["lr"] == json!(lr)
                        && config["hidden_sizes"] == sizes
                        && run["algorithm"] == wanted["algorithm"]
                        && run["seed"] == wanted["seed"]
                };
                let found = results.iter().find(same).expect("a line");
                assert_eq!(measured(&found["runs"][0]), measured(wanted));
                assert_eq!(found["images"], single["images"]);
            }
        }
    }
}

#[test]
fn the_last_run_is_told_of_where_it_completes_no_tenth() {
    let folder = fresh("eleven");
    let mut eleven = json!({"config": small(), "vary": {"seed": (0..11).collect::<Vec<_>>()}});
    eleven["config"]["algorithms"] = json!(["bp"]);
    eleven["config"]["num_seeds"] = json!(1);
    let words = said(&run(&mut sweep(&folder, &eleven)));
    let told: Vec<&str> = words.lines().filter(|line| line.contains("have")).collect();
    let counts = [2, 4, 6, 8, 10, 11].map(|ended| format!("{ended} of 11 runs have ended"));
    assert_eq!(told, counts);
}

/// A run without what a clock says of it.
fn measured(run: &Value) -> Value {
    let mut run = run.clone();
    run["history"]["seconds"] = Value::Null;
    run
}

#[test]
fn the_configuration_of_a_line_is_that_of_its_run_alone() {
    let folder = fresh("alone");
    run(&mut sweep(&folder, &grid()));
    let result = &lines(&text(&folder))[5];
    let output = train(&folder, &result["config"], &[]);
    let again: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(again["config"], result["config"]);
    assert_eq!(again["runs"].as_array().map(Vec::len), Some(1));
    assert_eq!(measured(&again["runs"][0]), measured(&result["runs"][0]));
}

#[test]
fn a_killed_sweep_goes_on_with_what_is_missing() {
    let folder = fresh("killed");
    let mut child = sweep(&folder, &long_grid()).spawn().expect("starts");
    wait_for(2, &folder, &mut child);
    child.kill().expect("a signal");
    child.wait().expect("an end");
    let before = text(&folder);
    let whole = before.rfind('\n').expect("a line") + 1;
    let held = count(before.as_bytes());
    assert!(held < 16, "it was too quick");
    // As if the kill had come in the middle of a line.
    let mut file = File::options()
        .append(true)
        .open(results_in(&folder))
        .expect("a file");
    file.write_all(&before.as_bytes()[..whole / held / 2])
        .expect("room");
    drop(file);

    let output = run(&mut sweep(&folder, &long_grid()));
    assert!(output.status.success(), "{output:?}");
    let words = said(&output);
    assert!(
        words.contains(&format!("holds {held} of the 16 runs already")),
        "{words}"
    );
    assert!(
        words.contains("had been cut off: its run is trained again"),
        "{words}"
    );
    let after = text(&folder);
    assert!(
        after.starts_with(&before[..whole]),
        "what was there stays as it is"
    );
    let results = lines(&after);
    assert_eq!((results.len(), keys(&results).len()), (16, 16));

    let output = run(&mut sweep(&folder, &long_grid()));
    assert!(
        output.status.success() && text(&folder) == after,
        "nothing is left to do"
    );
}

/// Waits until so many results are there.
fn wait_for(results: usize, folder: &Path, sweep: &mut Child) {
    while fs::read(results_in(folder)).map_or(0, |bytes| count(&bytes)) < results {
        let ended = sweep.try_wait().expect("a child");
        assert!(ended.is_none(), "it has ended before: {ended:?}");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

#[test]
fn a_training_does_not_take_the_place_of_its_results() {
    let folder = fresh("kept");
    assert!(run(&mut sweep(&folder, &grid())).status.success());
    let before = text(&folder);
    let (words, code) = refused(&train_into(&folder, &results_in(&folder)));
    assert_eq!(code, Some(2));
    let sentence = "It is what a sweep keeps its results in: choose another file with --out.";
    assert!(words.contains(sentence), "{words}");
    assert_eq!(text(&folder), before);
}

#[test]
fn a_grid_that_has_grown_trains_what_is_new() {
    let folder = fresh("grown");
    run(&mut sweep(&folder, &grid()));
    let before = text(&folder);
    let mut more = grid();
    more["vary"]["lr"] = json!([0.001, 0.003, 0.01]);
    let listed = run(sweep(&folder, &more).arg("--list"));
    let wanted = lines(&String::from_utf8(listed.stdout).expect("UTF-8"));
    assert_eq!(wanted.len(), 8);
    assert!(wanted.iter().all(|config| config["lr"] == json!(0.003)));
    assert_eq!(text(&folder), before, "a list trains nothing");
    let output = run(&mut sweep(&folder, &more));
    assert!(
        said(&output).contains("holds 16 of the 24 runs"),
        "{output:?}"
    );
    let added = lines(&text(&folder)[before.len()..]);
    let configs = |values: &[Value], of: fn(&Value) -> &Value| -> BTreeSet<String> {
        values.iter().map(|value| of(value).to_string()).collect()
    };
    assert_eq!(
        configs(&added, |result| &result["config"]),
        configs(&wanted, |config| config)
    );
}

#[test]
fn a_run_that_diverges_has_ended() {
    let folder = fresh("diverged");
    let mut grid = grid();
    grid["config"]["optimizer"] = json!("sgd");
    grid["config"]["output"] = json!("linear");
    grid["config"]["loss"] = json!("mse");
    grid["config"]["epochs"] = json!(30);
    grid["vary"]["lr"] = json!([0.001, 10]);
    assert!(run(&mut sweep(&folder, &grid)).status.success());
    let results = lines(&text(&folder));
    let diverged = |result: &&Value| result["runs"][0]["status"] == json!("diverged");
    assert!(results.iter().filter(diverged).count() > 0);
    let output = run(&mut sweep(&folder, &grid));
    assert!(
        said(&output).contains("holds 16 of the 16 runs"),
        "{output:?}"
    );
}

#[test]
fn own_images_are_as_many_as_there_are_and_told_of_once() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sweep-own");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("mine.csv"), sixty_lines("255")).expect("a file");
    _ = fs::remove_file(results_in(&folder));
    let mut grid = grid();
    grid["config"]["dataset"] = json!("own");
    grid["config"]["train_size"] = json!(5000);
    let output = run(&mut sweep(&folder, &grid));
    let sentence = "train_size = 5000 is more than there are: 48";
    assert_eq!(said(&output).matches(sentence).count(), 1, "{output:?}");
    let results = lines(&text(&folder));
    assert_eq!(
        (results.len(), &results[0]["config"]["train_size"]),
        (16, &json!(48))
    );
    let output = run(&mut sweep(&folder, &grid));
    assert!(
        said(&output).contains("holds 16 of the 16 runs"),
        "{output:?}"
    );
}

#[test]
fn sizes_that_vary_are_those_of_own_images_too() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sweep-own-sizes");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("mine.csv"), sixty_lines("255")).expect("a file");
    _ = fs::remove_file(results_in(&folder));
    let mut grid = grid();
    grid["config"]["dataset"] = json!("own");
    grid["config"]["test_size"] = json!(12);
    grid["vary"] = json!({"train_size": [20, 5000]});
    let output = run(&mut sweep(&folder, &grid));
    let words = said(&output);
    let sizes: Vec<&str> = words.lines().filter(|l| l.contains("train_size")).collect();
    assert_eq!(
        sizes,
        [
            "train_size = 20: so many of the 48 there are.",
            "train_size = 5000 is more than there are: 48, which is all of them.",
        ]
    );
    let results = lines(&text(&folder));
    let trained: BTreeSet<u64> = results
        .iter()
        .filter_map(|result| result["config"]["train_size"].as_u64())
        .collect();
    assert_eq!((results.len(), trained), (8, BTreeSet::from([20, 48])));
}

#[test]
fn sizes_above_what_there_is_are_one_run_and_that_is_said() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sweep-own-above");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("mine.csv"), sixty_lines("255")).expect("a file");
    _ = fs::remove_file(results_in(&folder));
    let mut grid = grid();
    grid["config"]["dataset"] = json!("own");
    grid["config"]["test_size"] = json!(12);
    grid["vary"] = json!({"train_size": [20, 48, 500, 1000]});
    let output = run(&mut sweep(&folder, &grid));
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    let same = "8 of the 16 runs are the same as others with the images there are";
    assert!(words.contains(same), "{words}");
    let results = lines(&text(&folder));
    let trained = results
        .iter()
        .map(|result| result["config"]["train_size"].as_u64());
    assert_eq!(trained.flatten().sum::<u64>(), 4 * (20 + 48));
    // They are all of this sweep.
    let again = said(&run(&mut sweep(&folder, &grid)));
    assert!(again.contains("8 of the 8 runs"), "{again}");
}

#[test]
fn results_on_own_images_are_none_of_other_images_nor_of_the_same_taken_otherwise() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sweep-others");
    fs::create_dir_all(&folder).expect("a folder");
    let give = |white| fs::write(folder.join("mine.csv"), sixty_lines(white)).expect("a file");
    _ = fs::remove_file(results_in(&folder));
    let mut grid = grid();
    for (key, value) in [
        ("dataset", json!("own")),
        ("train_size", json!(48)),
        ("test_size", json!(12)),
    ] {
        grid["config"][key] = value;
    }
    give("255");
    let listed = run(sweep(&folder, &grid).arg("--list"));
    assert!(run(&mut sweep(&folder, &grid)).status.success());
    let before = text(&folder);
    let refuses = |command: &mut Command| {
        let (words, code) = refused(&run(command));
        assert_eq!(code, Some(2), "{words}");
        let sentence = "Line 1 is of other images than these, or of these with another --choose";
        assert!(words.contains(sentence), "{words}");
        assert!(words.contains("choose another file with --out"), "{words}");
        assert_eq!(text(&folder), before);
    };
    refuses(sweep(&folder, &grid).args(["--choose", "scale=[255,0]"]));
    give("200");
    refuses(&mut sweep(&folder, &grid));
    refuses(sweep(&folder, &grid).arg("--list"));
    give("255");
    let output = run(&mut sweep(&folder, &grid));
    assert!(
        said(&output).contains("holds 16 of the 16 runs"),
        "{output:?}"
    );

    // On other machines `train` writes the lines.
    let configs = lines(&String::from_utf8(listed.stdout).expect("UTF-8"));
    let line = train(&folder, &configs[0], &[]).stdout;
    fs::write(results_in(&folder), line).expect("a file");
    let output = run(sweep(&folder, &grid).arg("--list"));
    let left = lines(&String::from_utf8(output.stdout).expect("UTF-8"));
    assert_eq!(left, configs[1..]);
}

#[test]
fn what_is_no_grid_is_refused_in_whole_sentences() {
    let folder = fresh("wrong");
    let twice = json!({"config": small(), "vary": {"seed": [7, 8]}});
    for (grid, sentences) in [
        (json!([1]), vec!["The grid cannot be read ("]),
        (
            json!({"lr": [1]}),
            vec!["lr = [1] cannot be used: choose config or vary"],
        ),
        (
            json!({"vary": {"lr": 3}}),
            vec!["vary.lr = 3 cannot be used: choose a list"],
        ),
        (
            json!({"vary": {"lr": []}}),
            vec!["vary.lr = [] cannot be used: choose a list"],
        ),
        (
            json!({"vary": {"dataset": ["mnist", "own"]}}),
            vec!["choose one set of images"],
        ),
        (
            json!({"config": {"lr": 99}}),
            vec!["lr = 99 cannot be used: choose a number"],
        ),
        (
            json!({"vary": {"lr": [0.1, 99], "epochs": [0], "dropout": [1]}}),
            vec![
                "lr = 99 cannot be used",
                "epochs = 0 cannot",
                "\"dropout\" is no setting",
            ],
        ),
        (
            json!({"config": small(), "vary": {"arithmetic": ["exact", "fast"]}}),
            vec!["choose exact"],
        ),
        (twice, vec!["(bp with seed 8 would train twice)"]),
        (
            json!({"vary": {"lr": vec![1; 200], "kappa": vec![0; 200]}}),
            vec!["the number of runs = 40000 cannot be used: choose at most 10000"],
        ),
    ] {
        let (words, code) = refused(&run(&mut sweep(&folder, &grid)));
        assert_eq!(code, Some(2), "{words}");
        for sentence in sentences {
            assert_eq!(words.matches(sentence).count(), 1, "{sentence} in: {words}");
        }
        assert!(!results_in(&folder).exists(), "{grid}");
    }
    let mut more = grid();
    more["vary"]["train_size"] = json!([70, 71]);
    let (words, _) = refused(&run(&mut sweep(&folder, &more)));
    assert!(
        words.contains("train_size = 71") && !results_in(&folder).exists(),
        "{words}"
    );
}

#[test]
fn a_file_with_something_else_in_it_stays_as_it_is() {
    let folder = fresh("foreign");
    run(&mut sweep(&folder, &grid()));
    let first = text(&folder).lines().next().expect("a line").to_owned();
    let older = first.replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    for (foreign, words) in [
        (
            "notes without an end of line".to_owned(),
            "Line 1 is no result of a sweep",
        ),
        (
            format!("{first}\nnotes\n"),
            "Line 2 is no result of a sweep",
        ),
        (
            first.replace("\"finished\"", "\"running\"") + "\n",
            "Line 1 is no result",
        ),
        (older + "\n", "Line 1 is of version 0.0.1"),
    ] {
        fs::write(results_in(&folder), &foreign).expect("a file");
        let (message, code) = refused(&run(&mut sweep(&folder, &grid())));
        assert_eq!(code, Some(2));
        assert!(message.contains(words), "{words} in: {message}");
        assert!(
            message.contains("choose another file with --out"),
            "{message}"
        );
        assert_eq!(text(&folder), foreign);
    }
}

#[test]
fn a_grid_is_not_written_over_by_its_results() {
    let folder = fresh("over-itself");
    sweep(&folder, &grid());
    let place = folder.join("grid.json");
    for more in [&[][..], &["--list"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
        command.arg("sweep").arg(&place).arg("--data").arg(&folder);
        let (words, code) = refused(&run(command.arg("--out").arg(&place).args(more)));
        assert_eq!(code, Some(2));
        assert!(words.contains("It is the grid itself"), "{words}");
        let kept = fs::read_to_string(&place).expect("a file");
        assert_eq!(kept, grid().to_string());
    }
}

#[test]
fn a_last_line_without_its_end_is_cut_off_only_if_it_is_not_whole() {
    let folder = fresh("no-end-of-line");
    run(&mut sweep(&folder, &grid()));
    let held = text(&folder);
    let whole = held.trim_end();

    // An editor has dropped the end of the line.
    fs::write(results_in(&folder), whole).expect("a file");
    let listed = run(sweep(&folder, &grid()).arg("--list"));
    assert!(listed.status.success() && listed.stdout.is_empty());
    assert_eq!(text(&folder), whole, "a list changes nothing");
    let output = run(&mut sweep(&folder, &grid()));
    assert!(
        said(&output).contains("holds 16 of the 16 runs"),
        "{output:?}"
    );
    assert_eq!(text(&folder), held);

    // What begins as a result does, and is none.
    let many = whole.replace("\"runs\":[", "\"runs\":[{},");
    for (foreign, words) in [
        (grid().to_string(), "Line 1 is no result of a sweep"),
        (
            many.lines().last().expect("a line").to_owned(),
            "Line 1 is no",
        ),
        ("{\"config\":{lr}".to_owned(), "Line 1 is no result"),
    ] {
        fs::write(results_in(&folder), &foreign).expect("a file");
        let (message, code) = refused(&run(&mut sweep(&folder, &grid())));
        assert_eq!(code, Some(2));
        assert!(message.contains(words), "{words} in: {message}");
        assert_eq!(text(&folder), foreign);
    }

    // A kill has: a list leaves it to the training.
    let cut = &held[..held.len() - 40];
    fs::write(results_in(&folder), cut).expect("a file");
    let listed = run(sweep(&folder, &grid()).arg("--list"));
    assert_eq!(listed.stdout.iter().filter(|b| **b == b'\n').count(), 1);
    assert_eq!(text(&folder), cut);
    let output = run(&mut sweep(&folder, &grid()));
    assert!(said(&output).contains("had been cut off"), "{output:?}");
    assert_eq!(keys(&lines(&text(&folder))).len(), 16);
}

/// The limits and signals of Linux.
#[cfg(target_os = "linux")]
mod what_happens_on_the_way {
    use super::*;
    use std::process::Stdio;

    #[test]
    fn two_sweeps_do_not_write_the_same_file() {
        let folder = fresh("locked");
        let mut first = sweep(&folder, &long_grid())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        wait_for(1, &folder, &mut first);
        let (words, code) = refused(&run(&mut sweep(&folder, &long_grid())));
        first.kill().expect("a signal");
        first.wait().expect("an end");
        assert_eq!(code, Some(2));
        assert!(words.contains("Another sweep is writing it"), "{words}");
    }

    #[test]
    fn nor_does_one_write_where_a_training_has_its_checkpoints() {
        let folder = fresh("trained");
        let out = results_in(&folder);
        let checkpoints = out.with_extension("jsonl.checkpoints");
        fs::create_dir_all(&checkpoints).expect("a folder");
        let origin = File::create(checkpoints.join("origin")).expect("a file");
        origin.lock().expect("as a training does");
        let link = folder.with_extension("link");
        _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(&out, &link).expect("a link");
        let mut through_link = Command::new(env!("CARGO_BIN_EXE_np-playground"));
        let direct = sweep(&folder, &grid());
        through_link.args(direct.get_args().take(4));
        through_link.arg("--out").arg(&link);

        let refuses = |mut command: Command| {
            let (words, code) = refused(&run(&mut command));
            assert_eq!(code, Some(2));
            let sentence = "Another training is writing it: choose another file with --out.";
            assert!(words.contains(sentence), "{words}");
        };
        refuses(direct);
        assert!(
            !out.exists(),
            "no file is made that the training would find"
        );
        fs::write(&out, "").expect("a file");
        refuses(through_link);
        assert_eq!(text(&folder), "");

        origin.unlock().expect("it was locked");
        assert!(run(&mut sweep(&folder, &grid())).status.success());
        assert_eq!(lines(&text(&folder)).len(), 16);
        fs::remove_dir_all(checkpoints).expect("a folder");
    }

    #[test]
    fn a_training_leaves_the_file_to_a_sweep() {
        let folder = fresh("kept-from-a-training");
        let mut first = sweep(&folder, &long_grid())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        wait_for(1, &folder, &mut first);
        let out = results_in(&folder);
        let (words, code) = refused(&train_into(&folder, &out));
        first.kill().expect("a signal");
        first.wait().expect("an end");
        assert_eq!(code, Some(2));
        assert!(words.contains("(a sweep is writing it)"), "{words}");
        assert!(!lines(&text(&folder)).is_empty());
    }

    #[test]
    fn an_interrupted_one_says_how_many_are_left() {
        let folder = fresh("interrupted");
        let command = sweep(&folder, &long_grid());
        // Who runs the tests may ignore signals, as a shell's background does.
        let mut child = Command::new("env")
            .arg("--default-signal")
            .arg(command.get_program())
            .args(command.get_args())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        wait_for(2, &folder, &mut child);
        let pid = child.id().to_string();
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .expect("a signal");
        let output = child.wait_with_output().expect("an end");
        let left = 16 - count(text(&folder).as_bytes());
        assert_eq!(output.status.code(), Some(130));
        let words = format!("Stopped: {left} of 16 runs are left");
        assert!(
            left > 0 && said(&output).contains(&words),
            "{words} in: {}",
            said(&output)
        );
    }

    #[test]
    fn results_that_find_no_room_leave_those_before_them_whole() {
        let folder = fresh("no-room");
        let limited = |kilobytes: u32| {
            let command = sweep(&folder, &grid());
            let mut shell = Command::new("bash");
            let limit = format!("ulimit -f {kilobytes}; exec \"$@\"");
            shell
                .args(["-c", &limit, "bash"])
                .arg(command.get_program());
            shell.args(command.get_args());
            shell
        };
        let (words, code) = refused(&run(&mut limited(5)));
        assert_eq!(code, Some(1));
        assert!(
            words.contains("A result cannot be written (File too large"),
            "{words}"
        );
        let held = text(&folder);
        assert!(
            held.ends_with('\n') && (1..16).contains(&lines(&held).len()),
            "{held}"
        );
        let output = run(&mut sweep(&folder, &grid()));
        assert!(output.status.success(), "{output:?}");
        assert!(!said(&output).contains("cut off"), "{output:?}");
        assert_eq!(keys(&lines(&text(&folder))).len(), 16);
    }

    #[test]
    fn a_place_that_is_no_file_is_refused() {
        let folder = fresh("no-file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
        let grid = sweep(&folder, &grid());
        command
            .args(grid.get_args().take(4))
            .args(["--out", "/dev/full"]);
        let (words, code) = refused(&run(&mut command));
        assert_eq!(code, Some(2));
        assert!(words.contains("/dev/full: It is no file"), "{words}");
    }
}
