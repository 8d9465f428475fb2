//! What an interrupted training goes on from: a checkpoint of every run, in a folder beside the
//! result, written anew after each of its epochs. The folder goes when the result is whole; a
//! file in it that is none of these stays.

use super::output::{is_part, part_in, said_of};
use super::own::digests;
use super::runs::seconds;
use super::say;
use np_playground::algorithm::Algorithm;
use np_playground::config::ValidConfig;
use np_playground::dataset::Dataset;
use np_playground::error::Result;
use np_playground::trainer::Trainer;
use rayon::prelude::*;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Once;

/// The file that says what the runs are of.
const ORIGIN: &str = "origin";

/// The checkpoints of one training.
pub struct Checkpoints {
    folder: PathBuf,
    /// The origin, locked for as long as the training goes on.
    held: File,
    failure: Once,
}

impl Checkpoints {
    /// Those beside the result at `out`, of a training of `config` on these images: none yet, or
    /// with `resume` what an earlier one has left.
    ///
    /// # Errors
    /// [`Error::Io`](np_playground::error::Error::Io) if the folder cannot be written, another training is writing it, it holds an
    /// earlier one and `resume` is not set, is of other settings or images, or a checkpoint is damaged.
    pub fn beside(
        out: &Path,
        config: &ValidConfig,
        sets: [&Dataset; 2],
        resume: bool,
    ) -> Result<Self> {
        let mut name = out.as_os_str().to_owned();
        name.push(".checkpoints");
        let folder = PathBuf::from(name);
        let settings = serde_json::to_string(config).expect("settings are plain");
        let [train, test] = digests(sets);
        let origin = format!("{settings}\n{train}\n{test}\n");
        let filled = is_filled(&folder);
        // A training that ended before its first epoch was kept has left nothing.
        let left = fs::read_to_string(folder.join(ORIGIN))
            .ok()
            .filter(|_| filled);
        let refuse = |message: &str| Err(said_of(&folder, message.into()));
        if resume && left.is_none() {
            let folder = folder.display();
            say(format!(
                "{folder}: Nothing is left there to go on with: every run is trained from the start."
            ));
        }
        match left {
            _ if is_held(&folder) => refuse(
                "Another training is writing it: wait for its end, or choose another place with --out.",
            ),
            Some(_) if !resume => refuse(
                "It holds what an interrupted training has learned: add --resume to go on with it, \
                 or remove the folder to train from the start.",
            ),
            None if filled => refuse(
                "It holds files that are no checkpoints: choose another place with --out, or move them.",
            ),
            Some(left) if left != origin => refuse(
                "It is of a training with other settings or on other images: give those again to go \
                 on with it, or remove the folder to train from the start.",
            ),
            _ => {
                let begun = fs::create_dir_all(&folder)
                    .and_then(|()| write(&folder, ORIGIN, origin.as_bytes()))
                    .and_then(|()| File::open(folder.join(ORIGIN)))
                    .and_then(|origin| origin.try_lock().map(|()| origin).map_err(Into::into));
                let held = begun.map_err(|error| {
                    said_of(
                        &folder,
                        format!("It cannot be written ({error}): choose another place with --out."),
                    )
                })?;
                let kept = Self {
                    folder,
                    held,
                    failure: Once::new(),
                };
                // Before any run goes on: the others may take hours.
                let whole = |(algorithm, seed)| kept.run(algorithm, seed, sets).map(drop);
                config.runs().into_par_iter().try_for_each(whole)?;
                Ok(kept)
            }
        }
    }

    /// The run as far as it has come, if it had begun.
    ///
    /// # Errors
    /// [`Error::Io`](np_playground::error::Error::Io) if its checkpoint cannot be read, or is damaged.
    pub fn run(
        &self,
        algorithm: Algorithm,
        seed: u32,
        [train, test]: [&Dataset; 2],
    ) -> Result<Option<Trainer>> {
        let path = self.folder.join(file_of(algorithm, seed));
        let restored = match fs::read(&path) {
            Ok(bytes) => Trainer::restore(&bytes, train, test, seconds).map_err(|e| e.to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => Err(error.to_string()),
        };
        restored.map(Some).map_err(|error| {
            said_of(&path, format!("The run cannot go on from it ({error}): remove the file to train this run from the start."))
        })
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
        // Some systems remove no file that is open.
        drop(held);
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
        if let Err(error) = fs::remove_dir(&folder) {
            let folder = folder.display();
            say(format!(
                "{folder}: The checkpoints are of no more use, but the folder stays ({error})."
            ));
        }
    }
}

/// Whether another training has the folder.
fn is_held(folder: &Path) -> bool {
    let lock = File::open(folder.join(ORIGIN)).map(|origin| origin.try_lock());
    matches!(lock, Ok(Err(TryLockError::WouldBlock)))
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
