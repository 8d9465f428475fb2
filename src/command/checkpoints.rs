//! What an interrupted training goes on from: a checkpoint of every run, in a folder beside the
//! result, written anew after each of its epochs. The folder goes when the result is whole; a
//! file in it that is none of these stays.

use super::identity::digests;
use super::output::{is_held, is_part, part_in, said_of};
use super::runs::seconds;
use super::say;
use np_playground::algorithm::Algorithm;
use np_playground::config::ValidConfig;
use np_playground::dataset::Dataset;
use np_playground::error::{Error, Result};
use np_playground::trainer::Trainer;
use rayon::prelude::*;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Once;

/// The file that says what the runs are of.
const ORIGIN: &str = "origin";

/// What is said of a folder that is somebody's own.
const FOREIGN: &str =
    "It holds files that are no checkpoints: choose another place with --out, or move them.";

/// The checkpoints of one training.
pub struct Checkpoints {
    folder: PathBuf,
    /// The configuration, as the origin has it.
    settings: String,
    /// The origin, locked for as long as the training goes on.
    held: File,
    failure: Once,
}

impl Checkpoints {
    /// Those beside the result at `out`, of a training of `config` on these images: none yet, or
    /// with `resume` what an earlier one has left.
    ///
    /// # Errors
    /// [`Error::Io`] if the folder cannot be written, another training is writing it, it holds an
    /// earlier one and `resume` is not set, is of other settings or images, or a checkpoint is damaged.
    pub fn beside(
        out: &Path,
        config: &ValidConfig,
        sets: [&Dataset; 2],
        resume: bool,
    ) -> Result<Self> {
        let folder = folder_beside(out);
        let settings = written(config);
        let [train, test] = digests(sets);
        let origin = format!("{settings}\n{train}\n{test}\n");
        let refuse = |message: &str| Err(said_of(&folder, message.into()));
        if is_filled(&folder) && !folder.join(ORIGIN).exists() {
            return refuse(FOREIGN);
        }
        let mut kept = Self::held_in(folder.clone(), settings)?;
        let filled = is_filled(&folder);
        // A training that ended before its first epoch was kept has left nothing.
        let left = filled.then(|| kept.origin()).flatten();
        match left {
            Some(_) if !resume => {
                return refuse(
                    "It holds what an interrupted training has learned: add --resume to go on with it, \
                     or remove the folder to train from the start.",
                );
            }
            None if filled => return refuse(FOREIGN),
            Some(left) if left != origin => {
                return refuse(
                    "It is of a training with other settings or on other images: give those again to go \
                     on with it, or remove the folder to train from the start.",
                );
            }
            Some(_) => {}
            None => kept.begin(&origin, resume)?,
        }
        // Before any run goes on: the others may take hours.
        let whole = |(algorithm, seed)| kept.run(algorithm, seed, sets).map(drop);
        config.runs().into_par_iter().try_for_each(whole)?;
        Ok(kept)
    }

    /// Those in `folder`, locked against another training before anything is read or written. The
    /// file that is locked is never replaced: who has opened it finds the lock, whenever that was.
    fn held_in(folder: PathBuf, settings: String) -> Result<Self> {
        let path = folder.join(ORIGIN);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let opened = fs::create_dir_all(&folder).and_then(|()| options.open(&path));
        let held = opened.map_err(|error| unwritten(&folder, &error))?;
        held.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => said_of(
                &folder,
                "Another training is writing it: wait for its end, or choose another place with --out."
                    .into(),
            ),
            TryLockError::Error(error) => unwritten(&folder, &error),
        })?;
        // One that ended in between has taken the file away, and others would make a new one.
        if !is_held(&path) {
            let message = "Another training has just ended there: give the same command again.";
            return Err(said_of(&folder, message.into()));
        }
        Ok(Self {
            folder,
            settings,
            held,
            failure: Once::new(),
        })
    }

    /// What the origin says, if that is text.
    fn origin(&mut self) -> Option<String> {
        let mut text = String::new();
        self.held.read_to_string(&mut text).ok().map(|_| text)
    }

    /// Has the origin say `origin`, and says that nothing is left if that was to `resume`. To be
    /// called where this is so: an origin that was cut off in the middle has nothing beside it.
    fn begin(&mut self, origin: &str, resume: bool) -> Result<()> {
        let file = &mut self.held;
        let begun = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(origin.as_bytes()));
        begun.map_err(|error| unwritten(&self.folder, &error))?;
        if resume {
            let folder = self.folder.display();
            say(format!(
                "{folder}: Nothing is left there to go on with: every run is trained from the start."
            ));
        }
        Ok(())
    }

    /// The run as far as it has come, if it had begun.
    ///
    /// # Errors
    /// [`Error::Io`] if its checkpoint cannot be read, is damaged, or is another run's.
    pub fn run(
        &self,
        algorithm: Algorithm,
        seed: u32,
        [train, test]: [&Dataset; 2],
    ) -> Result<Option<Trainer>> {
        let path = self.folder.join(file_of(algorithm, seed));
        let restored = match fs::read(&path) {
            Ok(bytes) => Trainer::restore(&bytes, train, test, seconds)
                .map_err(|error| error.to_string())
                .and_then(|trainer| self.of_run(trainer, algorithm, seed)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => Err(error.to_string()),
        };
        restored.map(Some).map_err(|error| {
            said_of(&path, format!("The run cannot go on from it ({error}): remove the file to train this run from the start."))
        })
    }

    /// The run, if it is that which was to be in its file.
    fn of_run(
        &self,
        trainer: Trainer,
        algorithm: Algorithm,
        seed: u32,
    ) -> std::result::Result<Trainer, String> {
        let (its, own) = (trainer.algorithm(), trainer.seed());
        if (its, own) != (algorithm, seed) {
            return Err(format!("it is of {its} with seed {own}"));
        }
        if written(trainer.config()) != self.settings {
            return Err("it is of a training with other settings".into());
        }
        Ok(trainer)
    }

    /// Keeps what the run has learned. Where that fails the training goes on, which is worth more.
    pub fn keep(&self, trainer: &Trainer) {
        let kept = trainer.checkpoint().map_err(|error| error.to_string());
        let kept = kept.and_then(|bytes| {
            let name = file_of(trainer.algorithm(), trainer.seed());
            write(&self.folder, &name, &bytes).map_err(|error| error.to_string())
        });
        if let Err(error) = kept {
            self.failure.call_once(|| {
                let folder = self.folder.display();
                say(format!(
                    "{folder}: Checkpoints cannot be written ({error}); the training goes on without."
                ));
            });
        }
    }

    /// Takes those of `runs` and the folder away, since the result holds it all.
    pub fn remove(self, runs: &[(Algorithm, u32)]) {
        let Self { folder, held, .. } = self;
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let parts = entries
            .map(|entry| entry.path())
            .filter(|path| is_part(path));
        parts.for_each(|part| _ = fs::remove_file(part));
        let names = runs
            .iter()
            .map(|&(algorithm, seed)| file_of(algorithm, seed));
        for name in names.chain([ORIGIN.into()]) {
            // Of a run that ended before its first epoch there is none; what stays is seen below.
            _ = fs::remove_file(folder.join(name));
        }
        // Not before the origin is gone, lest another training lock it. Some systems keep a folder
        // that a file is open in.
        drop(held);
        if let Err(error) = fs::remove_dir(&folder) {
            let folder = folder.display();
            say(format!(
                "{folder}: The checkpoints are of no more use, but the folder stays ({error})."
            ));
        }
    }
}

/// Whether a training has the folder beside the result at `out`, a path without links.
pub fn are_held_beside(out: &Path) -> bool {
    is_held(&folder_beside(out).join(ORIGIN))
}

fn folder_beside(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".checkpoints");
    PathBuf::from(name)
}

fn unwritten(folder: &Path, error: &io::Error) -> Error {
    let message = format!("It cannot be written ({error}): choose another place with --out.");
    said_of(folder, message)
}

/// The settings as the origin has them.
fn written(config: &ValidConfig) -> String {
    serde_json::to_string(config).expect("settings are plain")
}

/// Whether there is anything in the folder but its origin and parts of checkpoints, which an end at once leaves.
fn is_filled(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name() != ORIGIN)
        .any(|entry| !is_part(&entry.path()))
}

fn file_of(algorithm: Algorithm, seed: u32) -> String {
    format!("{algorithm}-{seed}")
}

/// An older file stands until the new one is whole.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut part = part_in(folder)?;
    part.write_all(bytes)?;
    part.persist(folder.join(name))?;
    Ok(())
}
