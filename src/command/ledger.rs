//! The file that a sweep keeps its results in, one a line, each written as soon as its run has
//! finished. Whatever ends the sweep, the same file goes on: it knows which runs it holds.

use super::checkpoints::are_held_beside;
use super::identity::{Digests, Images};
use super::output::is_held;
use super::whole;
use np_playground::config::ValidConfig;
use np_playground::error::{Error, Result};
use np_playground::metrics::ExperimentResult;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The beginning of every line, by which one that was cut off is known.
const BEGINNING: &str = "{\"config\":{";

/// The results so far. The file is locked against another sweep while this one has it.
pub struct Ledger {
    path: PathBuf,
    file: File,
    /// The configurations of the runs in it, as they are written.
    held: HashSet<String>,
    /// What this sweep trains on.
    pub images: Images,
    end: End,
}

/// How the file ends.
enum End {
    /// With a whole line, or with nothing in it.
    Whole,
    /// With a result whose end of line an editor has dropped.
    Open,
    /// With a line that a kill has cut off, behind so many bytes.
    CutOff(u64),
}

/// What of a line tells whose result it is.
#[derive(Deserialize)]
struct Line {
    config: Value,
    version: String,
    images: Option<Digests>,
    runs: [Ended; 1],
}

#[derive(Deserialize)]
struct Ended {
    status: String,
}

/// What becomes of a run that needs no more training.
const ENDED: [&str; 2] = ["finished", "diverged"];

impl Ledger {
    /// Opens the file at `path`, new or with the results of an earlier sweep on the same `images`.
    /// It stays as it is until [`Ledger::begin`].
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written, another sweep or a training has it, or it holds
    /// something else.
    pub fn open(path: &Path, images: Images) -> Result<Self> {
        let fail = |error| said_of(path, &format!("It cannot be used ({error})"));
        // Before a file is made that the training would find.
        apart_from_trainings(path)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path).map_err(fail)?;
        if !file.metadata().map_err(fail)?.is_file() {
            return Err(said_of(path, "It is no file that a sweep could go on with"));
        }
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => said_of(path, "Another sweep is writing it"),
            TryLockError::Error(error) => fail(error),
        })?;
        // A training that begins from here on finds the lock. One that had begun has the place, or
        // has just put its result there: that is not the file which was opened.
        apart_from_trainings(path)?;
        if !is_held(path) {
            return Err(said_of(path, "Another training has just written it"));
        }
        let mut ledger = Self {
            path: path.to_owned(),
            file,
            held: HashSet::new(),
            images,
            end: End::Whole,
        };
        ledger.read()?;
        Ok(ledger)
    }

    fn read(&mut self) -> Result<()> {
        let mut text = String::new();
        let read = self.file.read_to_string(&mut text);
        read.map_err(|error| self.refused(&format!("It cannot be read ({error})")))?;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let number = index + 1;
            match line.strip_suffix('\n') {
                Some(line) => self.hold(line, number)?,
                None if is_cut_off(line) => {
                    self.end = End::CutOff((text.len() - line.len()) as u64);
                }
                None => {
                    self.hold(line, number)?;
                    self.end = End::Open;
                }
            }
        }
        Ok(())
    }

    fn hold(&mut self, line: &str, number: usize) -> Result<()> {
        let found: Line = serde_json::from_str(line)
            .map_err(|error| self.refused(&format!("{} ({error})", no_result(number))))?;
        let ours = env!("CARGO_PKG_VERSION");
        if found.version != ours {
            let theirs = found.version;
            let what = format!("Line {number} is of version {theirs}, and this is {ours}");
            return Err(self.refused(&what));
        }
        let [Ended { status }] = found.runs;
        if !ENDED.contains(&status.as_str()) {
            return Err(self.refused(&no_result(number)));
        }
        let dataset = &found.config["dataset"];
        if !self.images.go_with(dataset, found.images.as_ref()) {
            let what = format!(
                "Line {number} is of other images than these, or of these with another --choose \
                 (give the same again to go on with it)"
            );
            return Err(self.refused(&what));
        }
        self.held.insert(found.config.to_string());
        Ok(())
    }

    /// Makes the file ready for more results, and says whether its last line had been cut off: that
    /// is taken away, since its run has not finished.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written.
    pub fn begin(&mut self) -> Result<bool> {
        let ready = match self.end {
            End::Whole => Ok(()),
            End::Open => self.append("\n"),
            End::CutOff(length) => self.file.set_len(length),
        };
        ready.map_err(|error| self.refused(&format!("It cannot be written ({error})")))?;
        Ok(matches!(self.end, End::CutOff(_)))
    }

    /// Whether the result of this run is in it.
    pub fn holds(&self, run: &ValidConfig) -> bool {
        self.held.contains(&json!(run).to_string())
    }

    /// Writes a result behind the others, down to the disk: nothing that happens then loses it.
    ///
    /// # Errors
    /// [`Error::Io`] if it finds no room; the results before it stand.
    pub fn write(&mut self, result: &ExperimentResult) -> Result<()> {
        let mut line = serde_json::to_string(result).expect("a result is plain numbers and names");
        line.push('\n');
        self.append(&line).map_err(|error| {
            let what = format!("A result cannot be written ({error}); those before it are kept");
            Error::Io {
                path: self.path.display().to_string(),
                message: format!("{what}: make room, and the same command goes on."),
            }
        })
    }

    fn append(&mut self, line: &str) -> io::Result<()> {
        let end = self.file.seek(SeekFrom::End(0))?;
        let written = self.file.write_all(line.as_bytes());
        if written.is_err() {
            // A part of a line would spoil the next one. If it cannot be taken away either,
            // the next sweep will.
            _ = self.file.set_len(end);
        }
        written?;
        self.file.sync_data()
    }

    fn refused(&self, what: &str) -> Error {
        said_of(&self.path, what)
    }
}

fn apart_from_trainings(path: &Path) -> Result<()> {
    if are_held_beside(&whole(path)) {
        return Err(said_of(path, "Another training is writing it"));
    }
    Ok(())
}

/// Whether a file holds the results of a sweep: more than one.
pub fn are_results(path: &Path) -> bool {
    let lines = File::open(path).map(|file| BufReader::new(file).lines().map_while(io::Result::ok));
    let results = lines.into_iter().flatten();
    results
        .take_while(|line| line.starts_with(BEGINNING))
        .take(2)
        .count()
        == 2
}

/// Whether a result may have been cut off like that: what is whole, or more than begun, was not.
fn is_cut_off(line: &str) -> bool {
    let begun = line.starts_with(BEGINNING) || BEGINNING.starts_with(line);
    begun && serde_json::from_str::<Value>(line).is_err_and(|error| error.is_eof())
}

fn no_result(number: usize) -> String {
    format!("Line {number} is no result of a sweep")
}

fn said_of(path: &Path, what: &str) -> Error {
    Error::Io {
        path: path.display().to_string(),
        message: format!("{what}: choose another file with --out."),
    }
}
