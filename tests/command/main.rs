//! The native command: its result, its messages and its exit codes.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;
mod identity;
mod sweep;

use common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::Config;
use np_playground::dataset::Dataset;
use np_playground::trainer::Trainer;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for one test, with nothing but a small data set in MNIST's files.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for (set, images) in [("train", images(70, 1)), ("t10k", images(30, 2))] {
        write_set(&folder, set, &images);
    }
    folder
}

fn write_set(folder: &Path, set: &str, images: &Dataset) {
    let count = images.len() as u32;
    let pixels: Vec<u8> = (0..images.len())
        .flat_map(|i| images.image(i).to_vec())
        .collect();
    let write = |name: &str, bytes: Vec<u8>| {
        fs::write(folder.join(format!("{set}-{name}")), bytes).expect("a file")
    };
    write(
        "images-idx3-ubyte",
        idx_file(
            0x803,
            &[count, images.rows() as u32, images.cols() as u32],
            &pixels,
        ),
    );
    write(
        "labels-idx1-ubyte",
        idx_file(0x801, &[count], images.labels()),
    );
}

fn train(folder: &Path, config: &Value, more: &[&str]) -> Output {
    let data = ["--data", folder.to_str().expect("UTF-8")];
    train_on(folder, config, &[&data, more].concat())
}

/// A small training whose result goes to `place`.
fn train_into(folder: &Path, place: &Path) -> Output {
    let out = place.to_str().expect("UTF-8");
    train(folder, &small(), &["--out", out])
}

/// As [`train`], with the arguments that say where the images are.
fn train_on(folder: &Path, config: &Value, more: &[&str]) -> Output {
    fs::write(folder.join("config.json"), config.to_string()).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
    command
        .arg("train")
        .arg(folder.join("config.json"))
        .args(more);
    command.output().expect("the command starts")
}

fn small() -> Value {
    json!({
        "train_size": 70, "test_size": 30, "image_size": 14, "hidden_sizes": [12, 9], "batch_size": 20,
        "epochs": 2, "algorithms": ["bp", "danp"], "num_seeds": 2, "seed": 7,
    })
}

#[test]
fn the_result_holds_the_configuration_and_every_run() {
    let output = train(&folder("result"), &small(), &[]);
    assert!(output.status.success(), "{output:?}");
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(result["config"]["hidden_sizes"], json!([12, 9]));
    assert_eq!(
        result["config"]["lr"],
        json!(0.001),
        "defaults are filled in"
    );
    assert_eq!(result["version"], json!(env!("CARGO_PKG_VERSION")));
    let runs = result["runs"].as_array().expect("runs");
    let names: Vec<String> = runs
        .iter()
        .map(|run| format!("{} {}", run["algorithm"], run["seed"]))
        .collect();
    assert_eq!(names, ["\"bp\" 7", "\"bp\" 8", "\"danp\" 7", "\"danp\" 8"]);
    for run in runs {
        assert_eq!(run["status"], json!("finished"));
        let history = run["history"].as_object().expect("a history");
        let keys = [
            "epoch",
            "train_loss",
            "train_acc",
            "test_loss",
            "test_acc",
            "alignment_deg",
            "decorrelation_loss",
            "forward_passes",
            "multiply_adds",
            "seconds",
        ];
        assert_eq!(history.len(), keys.len());
        for key in keys {
            assert_eq!(history[key].as_array().map(Vec::len), Some(3), "{key}");
        }
    }
}

#[test]
fn a_run_gives_the_bits_that_the_library_gives() {
    let folder = folder("bits");
    let out = folder.join("result.json");
    let output = train(&folder, &small(), &["--out", out.to_str().expect("UTF-8")]);
    assert!(
        output.status.success() && output.stdout.is_empty(),
        "{output:?}"
    );
    let result: Value = serde_json::from_slice(&fs::read(&out).expect("a file")).expect("JSON");
    let config = config(json!({"algorithms": ["bp", "danp"]}));
    for run in result["runs"].as_array().expect("runs") {
        let seed = run["seed"].as_u64().expect("a seed") as u32;
        let mut trainer = trainer(
            &config,
            algorithm(run["algorithm"].as_str().expect("a name")),
            seed,
        );
        trainer.run();
        assert_eq!(run["weights_hash"], json!(trainer.weights_hash()));
    }
}

#[test]
fn a_run_that_diverges_is_a_result_and_others_go_on() {
    let mut config = small();
    config["optimizer"] = json!("sgd");
    config["output"] = json!("linear");
    config["loss"] = json!("mse");
    config["epochs"] = json!(30);
    config["overrides"] = json!({"bp": {"lr": 10}});
    let output = train(&folder("diverged"), &config, &[]);
    assert!(output.status.success(), "{output:?}");
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let status: Vec<&Value> = result["runs"]
        .as_array()
        .expect("runs")
        .iter()
        .map(|run| &run["status"])
        .collect();
    assert_eq!(status, ["diverged", "diverged", "finished", "finished"]);
    assert!(result["runs"][0]["diverged"]["step"].as_u64() > Some(0));
}

#[test]
fn its_progress_is_said_on_the_way() {
    let output = train(&folder("progress"), &small(), &[]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    for line in [
        "bp seed 7: epoch 1 of 2, test accuracy ",
        "danp seed 8: epoch 2 of 2, test accuracy ",
        "bp seed 8: finished, test accuracy ",
    ] {
        assert!(said.contains(line), "{line} in: {said}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_refused_before_the_training() {
    let folder = folder("no-place");
    for place in ["../no-place", "nowhere/result.json", "new/", "new/."] {
        let place = folder.join(place);
        let (said, code) = refused(&train_into(&folder, &place));
        assert_eq!(code, Some(2));
        assert!(
            said.contains("It cannot be written (")
                && said.contains("choose another file with --out")
        );
        assert!(!said.contains("epoch"), "{said}");
        assert!(!folder.join("new").exists());
    }
}

#[test]
fn a_configuration_is_not_written_over_by_its_result() {
    let folder = folder("over-itself");
    let place = folder.join("config.json");
    let (said, code) = refused(&train_into(&folder, &place));
    assert_eq!(code, Some(2));
    assert!(said.contains("It is the configuration itself"), "{said}");
    let kept = fs::read_to_string(place).expect("a file");
    assert_eq!(kept, small().to_string());
}

#[test]
fn a_configuration_may_begin_with_a_mark_of_byte_order() {
    let folder = folder("mark");
    let config = folder.join("marked.json");
    fs::write(&config, format!("\u{feff}{}", small())).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
    command.arg("train").arg(config).arg("--data").arg(&folder);
    assert!(command.output().expect("starts").status.success());
}

#[test]
fn images_are_not_written_over_by_a_result() {
    let folder = folder("over-images");
    let images = folder.join("train-images-idx3-ubyte");
    let before = fs::read(&images).expect("a file");
    let (said, code) = refused(&train_into(&folder, &images));
    assert_eq!(code, Some(2));
    assert!(
        said.contains("It is one of the files with the images"),
        "{said}"
    );
    assert_eq!(fs::read(&images).expect("a file"), before);
    let again = folder.join("result.json");
    for older in ["{}\n", "| [500] | epoch 1 |\n", "| rule | K | rate |\n"] {
        fs::write(&again, older).expect("a file");
        for _ in 0..2 {
            assert!(
                train_into(&folder, &again).status.success(),
                "over {older:?}, and over a result"
            );
        }
    }
}

#[test]
fn nor_by_the_tables_of_a_reproduction() {
    let folder = folder("tables-over-images");
    let images = folder.join("train-images-idx3-ubyte");
    let before = fs::read(&images).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_np-playground"))
        .args(["reproduce", "--data"])
        .args([&folder, Path::new("--out"), &images])
        .output()
        .expect("the program");
    let (said, code) = refused(&output);
    assert_eq!(code, Some(2));
    assert!(said.contains("one of the files with the images"), "{said}");
    assert_eq!(fs::read(&images).expect("a file"), before);
}

#[cfg(unix)]
#[test]
fn a_result_has_the_rights_of_the_one_that_it_replaces() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("rights");
    let place = folder.join("result.json");
    fs::write(&place, "{}").expect("a file");
    fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).expect("its owner");
    assert!(train_into(&folder, &place).status.success());
    let mode = fs::metadata(&place).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn files_where_the_checkpoints_would_go_stay() {
    let folder = folder("in-the-way");
    let kept = folder.join("result.json.checkpoints");
    fs::create_dir(&kept).expect("a folder");
    let notes = kept.join("notes.txt");
    fs::write(&notes, "mine").expect("a file");
    let place = folder.join("result.json");
    let (said, code) = refused(&train_into(&folder, &place));
    assert_eq!(code, Some(2));
    assert!(
        said.contains("It holds files that are no checkpoints"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&notes).expect("a file"), "mine");
    fs::remove_file(&notes).expect("a file");
    fs::write(kept.join("np-playground-1a2b3c.part"), "half").expect("a file");
    assert!(train_into(&folder, &place).status.success());
    assert!(!kept.exists(), "what an end at once has left goes with it");
}

/// The devices and signals of Linux.
#[cfg(target_os = "linux")]
mod what_happens_on_the_way {
    use super::*;
    use std::fs::{File, TryLockError};
    use std::io::{BufRead, BufReader, Lines};
    use std::process::{Child, ChildStderr, Stdio};

    fn command(folder: &Path, config: &Value) -> Command {
        fs::write(folder.join("config.json"), config.to_string()).expect("a file");
        // Who runs the tests may ignore signals, as a shell's background does.
        let mut command = Command::new("env");
        command
            .arg("--default-signal")
            .arg(env!("CARGO_BIN_EXE_np-playground"));
        command.arg("train").arg(folder.join("config.json"));
        command.arg("--data").arg(folder).env("TMPDIR", folder);
        command
    }

    #[test]
    fn a_result_that_finds_no_room_is_kept() {
        let folder = folder("no-room");
        let full = || {
            File::options()
                .write(true)
                .open("/dev/full")
                .expect("Linux has it")
        };
        let mut printed = command(&folder, &small());
        printed.stdout(full());
        let mut written = command(&folder, &small());
        written.args(["--out", "/dev/full"]);
        for (mut command, place) in [(printed, "standard output"), (written, "/dev/full")] {
            let (said, code) = refused(&command.output().expect("the command starts"));
            assert_eq!(code, Some(1));
            assert!(said.contains(&format!(
                "{place}: The result cannot be written (No space left"
            )));
            let rest = said.split("It is in ").nth(1).expect("a place");
            let kept = rest.split(" instead.").next().expect("its name");
            let result: Value =
                serde_json::from_slice(&fs::read(kept).expect("a file")).expect("JSON");
            assert_eq!(result["runs"].as_array().map(Vec::len), Some(4));
        }
    }

    /// The system would end a program whose file grows beyond the limit.
    #[test]
    fn checkpoints_that_may_not_be_so_large_end_nothing() {
        let (folder, out) = (folder("limited"), folder("limited-out").join("result.json"));
        let limited = command(&folder, &small());
        let mut shell = Command::new("bash");
        shell.args(["-c", "ulimit -f 8; exec \"$@\"", "bash"]);
        shell.arg(limited.get_program()).args(limited.get_args());
        let output = shell.arg("--out").arg(&out).output();
        let output = output.expect("the command starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{output:?}");
        assert!(
            said.contains("Checkpoints cannot be written (File too large")
                && said.contains("the training goes on without"),
            "{said}"
        );
        let result: Value = serde_json::from_slice(&fs::read(&out).expect("a file")).expect("JSON");
        assert_eq!(result["runs"].as_array().map(Vec::len), Some(4));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_no_place_for_a_result() {
        let (folder, link) = (folder("nowhere"), folder("nowhere-but").join("link.json"));
        std::os::unix::fs::symlink("no/such/folder.json", &link).expect("a link");
        let (said, code) = refused(&train_into(&folder, &link));
        assert_eq!(code, Some(2));
        assert!(
            said.contains("It cannot be written (No such file"),
            "{said}"
        );
        assert!(link.is_symlink());
    }

    #[test]
    fn a_run_that_is_interrupted_leaves_what_it_has_learned_in_place_of_the_older_result() {
        interrupt("-INT");
    }

    #[test]
    fn so_does_one_whose_machine_is_taken_back() {
        interrupt("-TERM");
    }

    #[test]
    fn two_signals_of_one_cause_are_one() {
        // A terminal that closes tells its shell, which tells the program, and the program.
        interrupt_by(&["-HUP", "-TERM"]);
    }

    #[test]
    fn what_is_ignored_at_its_start_is_ignored_to_its_end() {
        let folder = folder("ignored");
        let out = folder.join("result.json");
        let named = command(&folder, &long());
        let mut nohup = Command::new("env");
        nohup
            .arg("--ignore-signal=HUP")
            .arg(env!("CARGO_BIN_EXE_np-playground"));
        nohup.args(named.get_args().skip(2));
        let (mut child, said) = under_way(&mut nohup, &out);
        send(&["-HUP"], &child);
        let rest: Vec<String> = said.map_while(std::io::Result::ok).collect();
        assert_eq!(child.wait().expect("an end").code(), Some(0), "{rest:?}");
        assert_eq!(result(&out)["runs"][0]["status"], json!("finished"));
    }

    /// A long training that a signal ended under way: the place of its result.
    fn ended_by(signal: &str, folder: &Path) -> PathBuf {
        let out = folder.join("result.json");
        let (mut child, _) = under_way(&mut command(folder, &long()), &out);
        send(&[signal], &child);
        child.wait().expect("an end");
        out
    }

    fn interrupt(signal: &str) {
        interrupt_by(&[signal]);
    }

    fn interrupt_by(signals: &[&str]) {
        let folder = folder(&format!("interrupted{}", signals.concat()));
        let (out, older) = (folder.join("result.json"), r#"{"an": "older result"}"#);
        fs::write(&out, older).expect("a file");
        let (mut child, said) = under_way(&mut command(&folder, &long()), &out);
        assert_eq!(fs::read_to_string(&out).expect("a file"), older);
        send(signals, &child);
        let rest: Vec<String> = said.map_while(std::io::Result::ok).collect();
        assert_eq!(child.wait().expect("an end").code(), Some(130), "{rest:?}");
        assert!(
            rest.last()
                .expect("words")
                .starts_with("Stopped: the result holds what "),
            "{rest:?}"
        );
        let result = result(&out);
        let run = &result["runs"][0];
        assert_eq!(run["status"], json!("running"));
        let epochs = run["history"]["epoch"].as_array().expect("epochs").len();
        assert!((100..1001).contains(&epochs), "{epochs}");
    }

    #[test]
    fn an_older_result_stays_where_no_run_has_finished_an_epoch() {
        let folder = folder("before-an-epoch");
        write_set(&folder, "train", &images(20_000, 1));
        let mut slow = small();
        slow["train_size"] = json!(20_000);
        slow["batch_size"] = json!(1);
        slow["hidden_sizes"] = json!([300, 300]);
        let (out, older) = (folder.join("result.json"), r#"{"an": "older result"}"#);
        fs::write(&out, older).expect("a file");
        for replaces in [true, false] {
            let mut command = command(&folder, &slow);
            let (mut child, said) = come_to("epoch 0 of 2", command.arg("--out").arg(&out));
            send(&["-INT"], &child);
            let rest: Vec<String> = said.map_while(std::io::Result::ok).collect();
            assert_eq!(child.wait().expect("an end").code(), Some(130), "{rest:?}");
            let last = rest.last().expect("words");
            if replaces {
                let words = format!(
                    "Stopped before any run had finished an epoch: {} stays as it was. The same \
                     command with --resume goes on.",
                    out.display()
                );
                assert_eq!(*last, words);
                assert_eq!(fs::read_to_string(&out).expect("a file"), older);
                assert!(folder.join("result.json.checkpoints").exists());
                fs::remove_file(&out).expect("it is there");
                fs::remove_dir_all(folder.join("result.json.checkpoints")).expect("it is there");
            } else {
                assert!(last.starts_with("Stopped: the result holds"), "{last}");
                let runs = result(&out)["runs"].take();
                let epochs = |run: &Value| run["history"]["epoch"].as_array().map(Vec::len);
                let rows: Vec<_> = runs.as_array().expect("runs").iter().map(epochs).collect();
                assert!(
                    rows.contains(&Some(1)) && !rows.contains(&Some(2)),
                    "{rows:?}"
                );
            }
        }
    }

    #[test]
    fn a_sweep_keeps_its_file_from_a_training_and_the_other_way_round() {
        let folder = folder("beside-a-sweep");
        let out = folder.join("result.json");
        fs::write(&out, "{}").expect("a file");
        let swept = File::open(&out).expect("a file");
        swept.lock().expect("as a sweep does");
        let (said, code) = refused(&train_into(&folder, &out));
        assert_eq!(code, Some(2));
        assert!(
            said.contains(
                "It cannot be written (a sweep is writing it): choose another file with --out."
            ),
            "{said}"
        );
        assert!(!folder.join("result.json.checkpoints").exists());

        // A sweep that has begun since.
        swept.unlock().expect("it was locked");
        let (mut child, said) = under_way(&mut command(&folder, &long()), &out);
        swept.lock().expect("as a sweep does");
        send(&["-INT"], &child);
        let rest: Vec<String> = said.map_while(std::io::Result::ok).collect();
        assert_eq!(child.wait().expect("an end").code(), Some(1), "{rest:?}");
        let last = rest.last().expect("words");
        assert!(
            last.contains("The result cannot be written (a sweep is writing it). It is in "),
            "{last}"
        );
        assert_eq!(fs::read_to_string(&out).expect("a file"), "{}");
    }

    /// Or a second one that has opened the file before would lock another than the first.
    #[test]
    fn the_file_that_a_training_locks_is_the_one_that_was_there() {
        let folder = folder("one-lock");
        let (out, left) = (
            folder.join("result.json"),
            folder.join("result.json.checkpoints"),
        );
        fs::create_dir(&left).expect("a folder");
        let origin = left.join("origin");
        let older = "of other settings, and much longer than what is to come ".repeat(100);
        fs::write(&origin, &older).expect("a file");
        let opened = File::open(&origin).expect("a file");

        opened.lock().expect("as another training does");
        for more in [&[][..], &["--resume"]] {
            let mut second = command(&folder, &long());
            let second = second.arg("--out").arg(&out).args(more).output();
            let (said, code) = refused(&second.expect("starts"));
            assert_eq!(code, Some(2));
            assert!(said.contains("Another training is writing it"), "{said}");
            assert!(!said.contains("Nothing is left there"), "{said}");
            assert_eq!(fs::read_to_string(&origin).expect("a file"), older);
        }
        opened.unlock().expect("it was locked");

        let (mut child, _) = under_way(&mut command(&folder, &long()), &out);
        assert!(
            matches!(opened.try_lock(), Err(TryLockError::WouldBlock)),
            "another file is locked"
        );
        let says = fs::read_to_string(&origin).expect("a file");
        assert!(
            says.starts_with("{\"dataset\":") && says.lines().count() == 3,
            "{says}"
        );
        send(&["-KILL"], &child);
        child.wait().expect("an end");
    }

    #[test]
    fn a_checkpoint_of_another_run_is_not_gone_on_from() {
        let folder = folder("another-run");
        let out = ended_by("-INT", &folder);
        let left = folder.join("result.json.checkpoints");
        let before = fs::read(&out).expect("a file");
        let runs = [("bp", 7), ("bp", 8), ("danp", 7), ("danp", 8)];
        let of = |(rule, seed): (&str, u32)| left.join(format!("{rule}-{seed}"));
        let has_begun = |run: &(&str, u32)| of(*run).exists();
        let (rule, seed) = runs.into_iter().find(has_begun).expect("one has begun");
        let is_other = |run: &(&str, u32)| *run != (rule, seed);
        let laid = runs.into_iter().find(is_other).expect("there are four");
        fs::copy(of((rule, seed)), of(laid)).expect("a file");
        let mut command = command(&folder, &long());
        let output = command.arg("--out").arg(&out).arg("--resume").output();
        let (said, code) = refused(&output.expect("starts"));
        assert_eq!(code, Some(2));
        let words = format!(
            "{}-{}: The run cannot go on from it (it is of {rule} with seed {seed}): remove the file",
            laid.0, laid.1
        );
        assert!(said.contains(&words), "{said}");
        assert_eq!(fs::read(&out).expect("a file"), before);

        fs::remove_file(of(laid)).expect("it is there");
        let mut other = long();
        other["lr"] = json!(0.02);
        let other = Config::from_json(&other.to_string()).and_then(|config| config.check());
        let other = other.expect("settings");
        let algorithm = Algorithm::from_name(rule).expect("a rule");
        let run = Trainer::new(
            &other,
            algorithm,
            seed,
            &images(70, 1),
            &images(30, 2),
            || 0.0,
        );
        let checkpoint = run.and_then(|run| run.checkpoint()).expect("a run");
        fs::write(of((rule, seed)), checkpoint).expect("a file");
        let (said, code) = refused(&command.output().expect("starts"));
        assert_eq!(code, Some(2));
        let words = "it is of a training with other settings";
        assert!(said.contains(words), "{said}");
        assert_eq!(fs::read(&out).expect("a file"), before);
    }

    #[test]
    fn what_the_program_was_given_open_is_written_on_and_not_replaced() {
        let folder = folder("given-open");
        // Beside the folder: what lies in it is read as images.
        let notes = folder.with_extension("txt");
        let link = folder.join("link");
        std::os::unix::fs::symlink("/dev/stdout", &link).expect("a link");
        let link = link.to_str().expect("UTF-8");
        for place in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", link] {
            fs::write(&notes, "My notes\n").expect("a file");
            let mut into_notes = command(&folder, &small());
            let given = File::options().append(true).open(&notes).expect("a file");
            let output = into_notes.args(["--out", place]).stdout(given).output();
            let output = output.expect("the command starts");
            assert!(output.status.success(), "{place}: {output:?}");
            let all = fs::read_to_string(&notes).expect("a file");
            let behind = all.strip_prefix("My notes\n").expect("what stood there");
            assert_four_runs(behind.as_bytes());
            assert!(!folder.with_extension("txt.checkpoints").exists());

            let mut into_pipe = command(&folder, &small());
            let output = into_pipe.args(["--out", place]).output();
            let output = output.expect("the command starts");
            assert!(output.status.success(), "{place}: {output:?}");
            assert_four_runs(&output.stdout);
        }
    }

    fn assert_four_runs(json: &[u8]) {
        let result: Value = serde_json::from_slice(json).expect("JSON");
        assert_eq!(result["runs"].as_array().map(Vec::len), Some(4));
    }

    #[test]
    fn a_second_training_leaves_the_place_to_the_one_that_is_writing_it() {
        let folder = folder("twice");
        let out = folder.join("result.json");
        let (mut child, _) = under_way(&mut command(&folder, &long()), &out);
        for more in [&[][..], &["--resume"]] {
            let mut second = command(&folder, &long());
            let second = second.arg("--out").arg(&out).args(more).output();
            let (said, code) = refused(&second.expect("starts"));
            assert_eq!(code, Some(2));
            assert!(said.contains("Another training is writing it"), "{said}");
        }
        send(&["-KILL"], &child);
        child.wait().expect("an end");
    }

    fn long() -> Value {
        let mut config = small();
        config["epochs"] = json!(1000);
        config
    }

    /// A training that has come to its hundredth epoch, and what it says from then on.
    fn under_way(command: &mut Command, out: &Path) -> (Child, Lines<BufReader<ChildStderr>>) {
        come_to("epoch 100 of 1000", command.arg("--out").arg(out))
    }

    /// A training that has said these words, and what it says from then on.
    fn come_to(words: &str, command: &mut Command) -> (Child, Lines<BufReader<ChildStderr>>) {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
        let mut said = BufReader::new(child.stderr.take().expect("piped")).lines();
        let there =
            |line: &std::io::Result<String>| line.as_ref().is_ok_and(|line| line.contains(words));
        assert!(said.any(|line| there(&line)));
        (child, said)
    }

    /// One signal at once behind the other.
    fn send(signals: &[&str], child: &Child) {
        let one = |signal: &&str| format!("kill {signal} {}", child.id());
        let all: Vec<String> = signals.iter().map(one).collect();
        let sent = Command::new("sh").args(["-c", &all.join(" && ")]).status();
        assert!(sent.expect("signals").success());
    }

    fn result(out: &Path) -> Value {
        serde_json::from_slice(&fs::read(out).expect("a file")).expect("JSON")
    }

    /// All that a result says of its runs but the time that they took.
    fn learned(out: &Path) -> Vec<Value> {
        let mut runs = result(out)["runs"].as_array().expect("runs").clone();
        for run in &mut runs {
            run["history"]["seconds"].take();
        }
        runs
    }

    #[test]
    fn what_is_interrupted_goes_on_to_the_same_bits() {
        let folder = folder("resumed");
        let whole = folder.join("whole.json");
        let mut alone = command(&folder, &long());
        let done = alone.arg("--out").arg(&whole).arg("--resume").output();
        let done = done.expect("the command starts");
        assert!(done.status.success());
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(
            said.contains("Nothing is left there to go on with"),
            "{said}"
        );
        assert!(!folder.join("whole.json.checkpoints").exists());
        for signal in ["-KILL", "-INT"] {
            let out = folder.join(format!("result{signal}.json"));
            let left = folder.join(format!("result{signal}.json.checkpoints"));
            let (mut child, _) = under_way(&mut command(&folder, &long()), &out);
            send(&[signal], &child);
            child.wait().expect("an end");
            let again = |config: &Value, more: &[&str]| {
                let mut command = command(&folder, config);
                command.arg("--out").arg(&out).args(more).output()
            };
            let (said, code) = refused(&again(&long(), &[]).expect("starts"));
            assert_eq!(code, Some(2));
            assert!(said.contains("add --resume to go on with it"), "{said}");
            let (said, code) = refused(&again(&small(), &["--resume"]).expect("starts"));
            assert_eq!(code, Some(2));
            assert!(said.contains("other settings or on other images"), "{said}");
            let resumed = again(&long(), &["--resume"]).expect("starts");
            assert!(resumed.status.success(), "{resumed:?}");
            let said = String::from_utf8_lossy(&resumed.stderr);
            let from_the_start = said.matches("epoch 0 of 1000").count();
            assert!(from_the_start < 4, "{said}");
            assert_eq!(learned(&out), learned(&whole));
            assert!(!left.exists());
        }
    }

    #[test]
    fn a_damaged_checkpoint_is_named_and_costs_its_own_run_alone() {
        let folder = folder("damaged");
        let out = ended_by("-KILL", &folder);
        let mut left = fs::read_dir(&folder).expect("a folder").flatten();
        let is_part = |name: &str| name.ends_with(".part");
        assert!(!left.any(|entry| is_part(&entry.file_name().to_string_lossy())));
        let of_run = folder.join("result.json.checkpoints/bp-7");
        let mut bytes = fs::read(&of_run).expect("a checkpoint");
        bytes.truncate(bytes.len() / 2);
        fs::write(&of_run, bytes).expect("a file");
        let resume = || {
            let mut command = command(&folder, &long());
            command.arg("--out").arg(&out).arg("--resume").output()
        };
        let (said, code) = refused(&resume().expect("starts"));
        assert_eq!(code, Some(2));
        assert!(
            said.contains("bp-7: The run cannot go on from it")
                && said.contains("remove the file to train this run from the start"),
            "{said}"
        );
        assert!(!said.contains(" epoch "), "before others train: {said}");
        fs::remove_file(of_run).expect("a file");
        assert!(resume().expect("starts").status.success());
    }

    #[test]
    fn what_ended_before_its_first_checkpoint_has_left_nothing() {
        let folder = folder("nothing-left");
        let out = folder.join("result.json");
        let left = folder.join("result.json.checkpoints");
        for more in [&[][..], &["--resume"]] {
            fs::create_dir(&left).expect("a folder");
            fs::write(left.join("origin"), "of other settings").expect("a file");
            let mut command = command(&folder, &small());
            let done = command.arg("--out").arg(&out).args(more).output();
            let done = done.expect("the command starts");
            assert!(done.status.success(), "{done:?}");
            let said = String::from_utf8_lossy(&done.stderr);
            assert_eq!(said.contains("Nothing is left there"), !more.is_empty());
            assert!(out.exists() && !left.exists());
        }
    }

    #[test]
    fn who_reads_no_further_ends_it_without_a_word() {
        let folder = folder("closed-pipe");
        let mut command = command(&folder, &small());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        // Behind the first, which is about the images.
        let mut rest = said.lines().skip(1);
        assert!(rest.all(|line| line.contains(" seed ")), "{said}");
    }
}

#[test]
fn own_data_train_as_well() {
    let folder = folder("own-command");
    for file in [
        "train-images-idx3",
        "train-labels-idx1",
        "t10k-images-idx3",
        "t10k-labels-idx1",
    ] {
        fs::remove_file(folder.join(format!("{file}-ubyte"))).expect("a file");
    }
    // Three classes of images with 2 x 3 pixels: the lit column tells the class.
    let lit = |class: usize| -> Vec<String> {
        let pixel = |p: usize| if p % 3 == class { "255" } else { "0" };
        (0..6).map(|p| pixel(p).to_string()).collect()
    };
    let line = |i: usize| format!("{},{}\n", i % 3, lit(i % 3).join(","));
    let lines: String = (0..150).map(line).collect();
    let header = "label,1x1,1x2,1x3,2x1,2x2,2x3\n";
    fs::write(folder.join("mine.csv"), format!("{header}{lines}")).expect("a file");
    let mut config = small();
    config["dataset"] = json!("own");
    config["epochs"] = json!(30);
    config["lr"] = json!(0.01);
    let output = train(&folder, &config, &[]);
    assert!(output.status.success(), "{output:?}");
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for run in result["runs"].as_array().expect("runs") {
        assert_eq!(
            run["history"]["test_acc"][30],
            json!(1.0),
            "{}",
            run["algorithm"]
        );
    }
}

/// Four pixels a side that tell the class, written as `white` and 0.
fn sixty_lines(white: &str) -> String {
    let pixel = |i: usize, p: usize| if p % 4 == i % 4 { white } else { "0" };
    let pixels = |i: usize| (0..16).map(|p| pixel(i, p)).collect::<Vec<_>>().join(",");
    (0..60)
        .map(|i| format!("{},{}\n", pixels(i), i % 4))
        .collect()
}

#[test]
fn what_was_guessed_of_own_images_is_said_and_can_be_chosen() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("own-guesses");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("mine.csv"), sixty_lines("0.5")).expect("a file");
    let mut config = small();
    config["dataset"] = json!("own");
    config["train_size"] = json!(5000);
    let output = train(&folder, &config, &[]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    for sentence in [
        "48 training and 12 test images of 4 x 4 pixels in 4 classes (0, 1, 2, 3), 0.0 MB.",
        "mine.csv: the label is in column 17. (--choose label)",
        "mine.csv: pixels go from 0 to 0.5, and 0 is black and 1 white. (--choose scale)",
        "mine.csv: every fifth image of each class is for testing. (--choose split)",
        "train_size = 5000 is more than there are: 48, which is all of them.",
    ] {
        assert!(said.contains(sentence), "{sentence} in: {said}");
    }
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(result["config"]["train_size"], json!(48));
    let mine = folder.join("mine.csv");
    let mine = mine.to_str().expect("UTF-8");
    let choices = [
        "--data",
        mine,
        "--choose",
        "scale=[0,0.5]",
        "--choose",
        "turned=true",
    ];
    let chosen = train_on(&folder, &config, &choices);
    assert!(chosen.status.success(), "{chosen:?}");
    let said = String::from_utf8_lossy(&chosen.stderr);
    assert!(said.contains("0 is black and 0.5 white") && said.contains("images are turned"));
    let (message, code) = refused(&train(&folder, &small(), &["--choose", "label=1"]));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("--choose is about own images"),
        "{message}"
    );
    let (message, code) = refused(&train(&folder, &config, &["--choose", "colour=red"]));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("colour=red") && message.contains("grey=brightness"),
        "{message}"
    );
    let twice = ["--choose", "label=17", "--choose", "label=1"];
    let (message, code) = refused(&train(&folder, &config, &twice));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("label=17 label=1") && message.contains("label is chosen in two ways"),
        "{message}"
    );
    let same = ["--choose", "label=17", "--choose", "label=17"];
    assert!(train(&folder, &config, &same).status.success());
}

#[test]
fn the_configuration_may_stand_behind_the_images() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("own-order");
    fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    fs::write(path("train.csv"), sixty_lines("255")).expect("a file");
    fs::write(path("test.csv"), sixty_lines("255").repeat(2)).expect("a file");
    let mut config = small();
    config["dataset"] = json!("own");
    config["train_size"] = json!(20);
    config["test_size"] = json!(2);
    fs::write(path("config.json"), config.to_string()).expect("a file");
    let [train, test, config] = ["train.csv", "test.csv", "config.json"].map(path);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
        command.arg("train").args(arguments);
        command.output().expect("the command starts")
    };
    let before = run(&[&config, "--data", &train, &test]);
    let behind = run(&["--data", &train, &test, &config]);
    assert!(before.status.success(), "{before:?}");
    let hashes = |output: &Output| -> Vec<Value> {
        let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let runs = result["runs"].as_array().expect("runs").iter();
        runs.map(|run| run["weights_hash"].clone()).collect()
    };
    assert_eq!(hashes(&before), hashes(&behind));
    let said = String::from_utf8_lossy(&behind.stderr);
    for sentence in [
        "60 training and 120 test images",
        "train_size = 20: so many of the 60 there are.",
        "test_size = 2: so many of the 120 there are.",
    ] {
        assert!(said.contains(sentence), "{sentence} in: {said}");
    }
    let (message, code) = refused(&run(&["--data", &train]));
    assert_eq!(code, Some(2));
    assert!(message.contains("There is no configuration"), "{message}");
}

/// What the command says on standard error, and its exit code.
fn refused(output: &Output) -> (String, Option<i32>) {
    assert!(output.stdout.is_empty(), "{output:?}");
    (
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code(),
    )
}

#[test]
fn the_help_names_configurations_that_are_taken() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
    let output = command.args(["train", "--help"]).output().expect("starts");
    let help = String::from_utf8_lossy(&output.stdout);
    let words: Vec<&str> = help.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("the config.json under Share in the page"));
    assert!(!words.contains("link"), "its keys are no settings: {words}");
}

#[test]
fn what_is_wrong_is_said_in_whole_sentences() {
    let folder = folder("wrong");
    let (message, code) = refused(&train(&folder, &json!({"lr": 99, "epochs": 0}), &[]));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("lr = 99") && message.contains("epochs = 0"),
        "{message}"
    );

    let (message, code) = refused(&train(&folder, &json!({"image_size": 14}), &[]));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("train_size = 5000") && message.contains("70"),
        "{message}"
    );

    let mut fast = small();
    fast["arithmetic"] = json!("fast");
    let (message, code) = refused(&train(&folder, &fast, &[]));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("arithmetic = \"fast\"") && message.contains("choose exact"),
        "{message}"
    );

    fs::write(
        folder.join("t10k-labels-idx1-ubyte"),
        [0, 0, 8, 1, 0, 0, 0, 30, 1],
    )
    .expect("a file");
    let (message, code) = refused(&train(&folder, &small(), &[]));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("labels") && message.contains('9') && message.contains("38"),
        "{message}"
    );

    fs::remove_file(folder.join("t10k-labels-idx1-ubyte")).expect("a file");
    let (message, code) = refused(&train(&folder, &small(), &[]));
    assert_eq!(code, Some(2));
    assert!(message.contains("t10k-labels-idx1-ubyte"), "{message}");
}
