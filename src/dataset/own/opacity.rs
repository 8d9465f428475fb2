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

impl Opacity {
    /// That of `images`, whose fourth numbers are one if they differ, and most of them are those
    /// of pixels that are clear or opaque, or nothing else differs: in pictures of satellites they
    /// are another colour.
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
        let full = [1.0, 255.0, 65535.0]
            .into_iter()
            .find(|&full| greatest <= full);
        let Some(full) = full.filter(|_| least >= 0.0 && least < greatest) else {
            return Ok(None);
        };
        let (mut pixels, mut sure, mut opacity, mut light) = (0_usize, 0_usize, 0.0, 0.0);
        images.each(&mut |image| {
            let colours = [0, 1, 2].map(|colour| frame.plane(image, colour));
            let [red, green, blue] = colours;
            for (((&opaque, r), g), b) in frame.plane(image, COLOURS).zip(red).zip(green).zip(blue)
            {
                pixels += 1;
                sure += usize::from(opaque == 0.0 || opaque == full);
                opacity += f64::from(opaque);
                light += f64::from(opaque / full) * f64::from(r + g + b) / COLOURS as f64;
            }
            Ok(())
        })?;
        let black = light > LIGHT * opacity;
        let alike = images.span.least == images.span.greatest;
        Ok((alike || 2 * sure >= pixels).then_some(Self { full, black }))
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
