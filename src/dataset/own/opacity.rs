//! Arrays whose pixels have an opacity behind their colours lie on white or black paper, as
//! pictures do.

use super::images::{Images, LIGHT};
use super::pixels::{COLOURS, Frame};

/// How opaque the pixels of an array may be, and what shines through them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Opacity {
    /// The number of an opaque pixel, and of a white one.
    full: f32,
    /// Whether what shines through is black, and not white.
    black: bool,
}

/// What the fourth numbers of an array are like, which differ.
#[derive(Debug)]
pub(super) struct Seen {
    /// The number of an opaque pixel; none where they are no opacity.
    full: Option<f32>,
    pixels: usize,
    /// How many pixels are clear or opaque.
    sure: usize,
    /// Opacity of all pixels, and their light as far as they are opaque, of `full` each.
    ink: [f64; 2],
    /// Whether nothing but these numbers differs.
    alone: bool,
}

impl Seen {
    /// What they are in `images`; none where there are none, or all are the same.
    ///
    /// # Errors
    /// The array's.
    pub fn of(images: &Images) -> Result<Option<Self>, String> {
        let frame = images.frame;
        if frame.colours != COLOURS + 1 {
            return Ok(None);
        }
        let (mut least, mut greatest) = (f32::INFINITY, f32::NEG_INFINITY);
        images.each(&mut |image| {
            for &value in frame.plane(image, COLOURS) {
                (least, greatest) = (least.min(value), greatest.max(value));
            }
            Ok(())
        })?;
        if least == greatest {
            return Ok(None);
        }
        let full = [1.0, 255.0, 65535.0]
            .into_iter()
            .find(|&full| least >= 0.0 && greatest <= full);
        let mut seen = Self {
            full,
            pixels: 0,
            sure: 0,
            ink: [0.0; 2],
            alone: images.span.least == images.span.greatest,
        };
        let Some(full) = full else {
            return Ok(Some(seen));
        };
        images.each(&mut |image| {
            let colours = [0, 1, 2].map(|colour| frame.plane(image, colour));
            let [red, green, blue] = colours;
            for (((&opaque, r), g), b) in frame.plane(image, COLOURS).zip(red).zip(green).zip(blue)
            {
                let opacity = f64::from(opaque / full);
                let light = f64::from((r + g + b) / full) / COLOURS as f64;
                seen.pixels += 1;
                seen.sure += usize::from(opaque == 0.0 || opaque == full);
                seen.ink = [seen.ink[0] + opacity, seen.ink[1] + opacity * light];
            }
            Ok(())
        })?;
        Ok(Some(seen))
    }
}

impl Opacity {
    /// That of each of some arrays, on one ground for all of them. Their fourth numbers are one if
    /// most of them are those of pixels that are clear or opaque, or nothing else differs: in
    /// pictures of satellites they are another colour.
    pub fn of(seen: &[Option<Seen>]) -> Vec<Option<Self>> {
        let all = || seen.iter().flatten();
        let sum = |number: &dyn Fn(&Seen) -> f64| all().map(number).sum::<f64>();
        let [opacity, light] = [0, 1].map(|at| sum(&|seen| seen.ink[at]));
        let black = light > LIGHT * opacity;
        let is_sure = 2 * all().map(|seen| seen.sure).sum::<usize>()
            >= all().map(|seen| seen.pixels).sum::<usize>();
        let are_some =
            all().all(|seen| seen.full.is_some()) && (is_sure || all().all(|seen| seen.alone));
        let of_one = |seen: &Option<Seen>| {
            let full = seen.as_ref().filter(|_| are_some)?.full?;
            Some(Self { full, black })
        };
        seen.iter().map(of_one).collect()
    }

    /// Lays an image on its paper.
    pub fn lay(&self, frame: &Frame, image: &mut [f32]) {
        let ground = if self.black { 0.0 } else { self.full };
        frame.lay_on(image, ground, self.full);
    }

    /// What is to be said of it, as the end of a sentence that begins with the file's name.
    pub fn words(&self) -> String {
        let ground = if self.black { "black" } else { "white" };
        format!("has transparent pixels by their fourth numbers: its images lie on {ground}.")
    }
}
