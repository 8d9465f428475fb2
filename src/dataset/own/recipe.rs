//! What is the largest value, and what else makes pixels of the numbers of an image?

use super::Told;
use super::choices::{Choice, Choices, Grey};
use super::names;
use super::pixels::{Painter, scales};
use super::sets::Pair;
use super::table::Span;

/// Sets whose largest numbers differ by more do not have one scale.
const MOST_TIMES_BRIGHTER: f64 = 8.0;

/// How the numbers of all images become pixels.
pub(super) struct Recipe {
    grey: Grey,
    scale: [f64; 2],
    turned: bool,
}

impl Recipe {
    /// What was chosen, or is likely; `train` is not empty.
    ///
    /// # Errors
    /// A whole sentence if the numbers cannot be pixels of one set.
    pub fn of(
        train: &[Pair],
        test: &[Pair],
        choices: &Choices,
        told: &mut Told,
    ) -> Result<Self, String> {
        let path = &train[0].path;
        let spans = train.iter().chain(test).map(|pair| pair.images.span);
        let whole = spans.fold(Span::NOTHING, Span::and);
        if whole.least == whole.greatest {
            return Err(format!(
                "Every pixel of {path} is {}: nothing tells its images apart. Choose other files, or other columns.",
                whole.least
            ));
        }
        let all = || train.iter().chain(test);
        if choices.scale.is_none() {
            all().try_for_each(|pair| check_scales(&train[0], pair))?;
        }
        let grey = choices.grey.unwrap_or(Grey::Brightness);
        if let Some(pair) = all().find(|pair| pair.images.frame.is_coloured()) {
            let options = [
                (Grey::Brightness, "its brightness"),
                (Grey::Red, "its red alone"),
                (Grey::Green, "its green alone"),
                (Grey::Blue, "its blue alone"),
            ];
            told.guesses
                .choose("grey", &pair.path, grey, &options, |words| {
                    format!("of each coloured pixel {words} is taken.")
                });
        }
        let scale = scale(path, whole, choices.scale, told)?;
        let is_turned = || all().any(|pair| names::is_turned(&pair.path));
        let turned = choices.turned.unwrap_or_else(is_turned);
        let options = [
            (false, "taken as they are"),
            (
                true,
                "turned: rows and columns are exchanged, as EMNIST needs",
            ),
        ];
        told.guesses
            .choose("turned", path, turned, &options, |words| {
                format!("images are {words}.")
            });
        Ok(Self {
            grey,
            scale,
            turned,
        })
    }

    /// What paints the images of `pair`.
    pub fn painter(&self, pair: &Pair, told: &mut Told) -> Painter {
        let frame = pair.images.frame;
        let painter = Painter::new(frame, self.grey, self.scale, self.turned);
        if !painter.fits() {
            told.notes.push(format!(
                "{}: images of {} x {} pixels are made smaller: {} x {}.",
                pair.path, frame.rows, frame.cols, painter.sides.0, painter.sides.1
            ));
        }
        painter
    }
}

/// One scale for all: a test set, or a part of a set, that is much darker was written in another way.
fn check_scales(first: &Pair, other: &Pair) -> Result<(), String> {
    let largest = |pair: &Pair| {
        let span = pair.images.span;
        span.greatest.abs().max(span.least.abs())
    };
    let (a, b) = (largest(first), largest(other));
    if a <= MOST_TIMES_BRIGHTER * b && b <= MOST_TIMES_BRIGHTER * a {
        return Ok(());
    }
    Err(format!(
        "The pixels of {} go up to {} and those of {} up to {}: write both on one scale.",
        first.path,
        short(a),
        other.path,
        short(b)
    ))
}

fn scale(
    path: &str,
    span: Span,
    chosen: Option<[f64; 2]>,
    told: &mut Told,
) -> Result<[f64; 2], String> {
    let mut scales = scales(span);
    let scale = chosen.unwrap_or(scales[0]);
    if !scale.iter().all(|value| value.is_finite()) || scale[0] == scale[1] {
        return Err(format!(
            "The values {} for black and {} for white cannot be used: choose two different numbers.",
            scale[0], scale[1]
        ));
    }
    if !scales.contains(&scale) {
        scales.push(scale);
    }
    let words = |[black, white]: &[f64; 2]| {
        format!("{} is black and {} white", short(*black), short(*white))
    };
    let options = scales.iter().map(|scale| Choice::new(scale, words(scale)));
    let sentence = format!(
        "pixels go from {} to {}, and {}.",
        short(span.least),
        short(span.greatest),
        words(&scale)
    );
    told.guesses
        .add("scale", path, scale, &sentence, options.collect());
    Ok(scale)
}

/// A number as it is read at a glance.
fn short(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
