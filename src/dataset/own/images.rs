//! The images of a file, image by image, before their numbers become pixels.

use super::choices::Colours;
use super::numbers::Numbers;
use super::opacity::Opacity;
use super::pixels::{COLOURS, Fit, Frame, fitted};
use super::table::{Entry, Span, Table};
use std::rc::Rc;

/// So many images are looked at to tell the order of their colours.
const SAMPLE: usize = 50;
/// Of white: lighter ink is lost on white ground.
pub(super) const LIGHT: f64 = 0.75;

/// Images of one frame.
#[derive(Debug)]
pub(super) struct Images {
    source: Source,
    pub count: usize,
    pub frame: Frame,
    /// The least and the greatest number of any image.
    pub span: Span,
}

#[derive(Debug)]
enum Source {
    /// What shines through them, where they are not opaque.
    Array(Numbers, Option<Opacity>),
    /// These columns of a table.
    Table(Rc<Table>, Vec<usize>),
    /// What shines through them is black, or else white.
    Pictures(Vec<Rc<Picture>>, bool),
}

impl Images {
    /// The images of an array.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub fn of_array(array: Numbers, frame: Frame) -> Result<Self, String> {
        let count = array.len();
        let mut images = Self {
            source: Source::Array(array, None),
            count,
            frame,
            span: Span::NOTHING,
        };
        images.span = images.look()?;
        Ok(images)
    }

    /// Lays the images of an array on what shines through them.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub fn lie_on(&mut self, opacity: Opacity) -> Result<(), String> {
        if let Source::Array(_, on) = &mut self.source {
            *on = Some(opacity);
            self.span = self.look()?;
        }
        Ok(())
    }

    /// The least and the greatest number that is a grey or a colour; all must be numbers.
    fn look(&self) -> Result<Span, String> {
        let mut span = Span::NOTHING;
        self.each(&mut |image| {
            if !image.iter().all(|value| value.is_finite()) {
                return Err(
                    "has pixels that are no numbers (NaN or infinite): save it without them."
                        .into(),
                );
            }
            for colour in 0..self.frame.used() {
                let plane = self.frame.plane(image, colour);
                span = plane.fold(span, |span, &value| span.with(f64::from(value)));
            }
            Ok(())
        })?;
        Ok(span)
    }

    /// What is worth knowing of numbers that are no colours, as the end of a sentence that begins
    /// with the file's name.
    pub fn beside_colours(&self) -> Option<String> {
        let Source::Array(_, opacity) = &self.source else {
            return None;
        };
        match (self.frame.colours, opacity) {
            (4, Some(opacity)) => Some(opacity.words()),
            (2 | 4, _) => Some(format!(
                "has {} numbers for each pixel, and the last is left out.",
                self.frame.colours
            )),
            _ => None,
        }
    }

    /// The images in `columns` of a table, which is known to have nothing but numbers there.
    pub fn of_table(table: &Rc<Table>, columns: Vec<usize>, frame: Frame) -> Self {
        let spans = columns.iter().map(|&at| table.columns[at].span);
        Self {
            count: table.rows,
            frame,
            span: spans.fold(Span::NOTHING, Span::and),
            source: Source::Table(Rc::clone(table), columns),
        }
    }

    /// Pictures, all of them brought to the sides `sides`, on `black` or else white ground.
    pub fn of_pictures(
        pictures: Vec<Rc<Picture>>,
        (rows, cols): (usize, usize),
        black: bool,
    ) -> Self {
        Self {
            count: pictures.len(),
            frame: Frame {
                colours: COLOURS,
                ..Frame::grey(rows, cols)
            },
            span: Span::NOTHING.with(0.0).with(255.0),
            source: Source::Pictures(pictures, black),
        }
    }

    /// Takes the columns in the order in which those of `first` stand, if both are tables whose
    /// columns have the same names. Says whether that was another order.
    pub fn order_as(&mut self, first: &Self) -> bool {
        let (names, wanted) = (self.names(), first.names());
        if names == wanted || names.len() != wanted.len() {
            return false;
        }
        let mut free = vec![true; names.len()];
        let place = |name: &&str| {
            let at = (0..names.len()).find(|&at| free[at] && names[at] == *name)?;
            free[at] = false;
            Some(at)
        };
        let Some(places) = wanted.iter().map(place).collect::<Option<Vec<_>>>() else {
            return false;
        };
        if let Source::Table(_, columns) = &mut self.source {
            *columns = places.into_iter().map(|at| columns[at]).collect();
        }
        self.frame = first.frame;
        true
    }

    /// Whether they are the columns of a table that has names for them; none of no table.
    pub fn are_named(&self) -> Option<bool> {
        let names = self.names();
        (!names.is_empty()).then(|| names.iter().any(|name| !name.is_empty()))
    }

    /// Which of the columns of a table, as they stand in its file, is the first pixel, and so on;
    /// none where they are taken as they stand.
    pub fn order(&self) -> Option<Vec<usize>> {
        let Source::Table(_, columns) = &self.source else {
            return None;
        };
        let mut places: Vec<usize> = (0..columns.len()).collect();
        places.sort_by_key(|&pixel| columns[pixel]);
        let mut order = vec![0; columns.len()];
        for (place, pixel) in places.into_iter().enumerate() {
            order[pixel] = place;
        }
        (!columns.is_sorted()).then_some(order)
    }

    /// Takes the columns of a table, which stand as in its file, in such an order, and makes
    /// `frame` of them. Says whether there are as many.
    pub fn take_in(&mut self, order: &[usize], frame: Frame) -> bool {
        match &mut self.source {
            Source::Table(_, columns) if columns.len() == order.len() => {
                *columns = order.iter().map(|&place| columns[place]).collect();
                self.frame = frame;
                true
            }
            _ => false,
        }
    }

    /// The table whose columns they are.
    pub fn table(&self) -> Option<&Table> {
        match &self.source {
            Source::Table(table, _) => Some(table),
            _ => None,
        }
    }

    /// The names of the columns of a table.
    fn names(&self) -> Vec<&str> {
        let Source::Table(table, columns) = &self.source else {
            return Vec::new();
        };
        let name = |&at: &usize| table.columns[at].name.as_str();
        columns.iter().map(name).collect()
    }

    /// The likelier order of the colours.
    ///
    /// # Errors
    /// What is wrong with the file, as the end of a sentence that begins with its name.
    pub fn likelier(&self) -> Result<Colours, String> {
        let mut sample = Vec::new();
        let seen = self.each_of_first(SAMPLE, &mut |image| {
            sample.push(image.to_vec());
            Ok(())
        });
        seen.map(|()| self.frame.likelier(&sample))
    }

    /// Visits the numbers of every image in turn.
    ///
    /// # Errors
    /// The visitor's.
    pub fn each(&self, visit: &mut dyn FnMut(&[f32]) -> Result<(), String>) -> Result<(), String> {
        self.each_of_first(usize::MAX, visit)
    }

    fn each_of_first(
        &self,
        most: usize,
        visit: &mut dyn FnMut(&[f32]) -> Result<(), String>,
    ) -> Result<(), String> {
        let mut image: Vec<f32> = Vec::with_capacity(self.frame.numbers());
        match &self.source {
            Source::Array(array, opacity) => (0..array.len().min(most)).try_for_each(|index| {
                image.clear();
                image.extend(array.item(index).map(|value| value as f32));
                if let Some(opacity) = opacity {
                    opacity.lay(&self.frame, &mut image);
                }
                visit(&image)
            }),
            Source::Table(table, columns) => table.each_of_first(most, &mut |_, entries| {
                image.clear();
                image.extend(columns.iter().map(|&at| match entries[at] {
                    Entry::Number(value) | Entry::Spelled(value, _) => value as f32,
                    Entry::Large(whole) => whole.value() as f32,
                    Entry::Word(_) => 0.0,
                }));
                visit(&image)
            }),
            Source::Pictures(pictures, black) => {
                pictures.iter().take(most).try_for_each(|picture| {
                    image.clear();
                    picture.extend((self.frame.rows, self.frame.cols), *black, &mut image);
                    visit(&image)
                })
            }
        }
    }
}

/// A decoded picture, in colours and small enough to be kept.
#[derive(Debug)]
pub(super) struct Picture {
    pub path: String,
    pub sides: (usize, usize),
    /// The sides that its file has.
    pub sides_before: (usize, usize),
    /// Red, green and blue of each pixel on white ground.
    pixels: Vec<u8>,
    /// How much of the ground shines through each pixel; of opaque pictures nothing.
    clear: Vec<u8>,
    /// Opacity of all pixels, and their light as far as they are opaque, of 255 each.
    ink: [f64; 2],
}

impl Picture {
    /// From red, green, blue and opacity of each pixel, as browsers give them; none if there
    /// are fewer or more of them than `width * height`.
    pub fn new(path: String, (rows, cols): (usize, usize), rgba: &[u8]) -> Option<Self> {
        let pixels = rows.checked_mul(cols).filter(|&pixels| pixels > 0)?;
        if pixels.checked_mul(4) != Some(rgba.len()) {
            return None;
        }
        let sides = fitted((rows, cols));
        let mut fit = Fit::new((rows, cols), sides);
        let planes = [0, 1, 2].map(|colour| {
            let plane: Vec<f32> = rgba
                .chunks_exact(4)
                .map(|pixel| on_white(pixel, colour))
                .collect();
            match &mut fit {
                Some(fit) => fit.apply(&plane).collect(),
                None => plane,
            }
        });
        let pixel = |at: usize| [0, 1, 2].map(|colour| (planes[colour][at] + 0.5) as u8);
        let shines = rgba.chunks_exact(4).map(|pixel| f32::from(255 - pixel[3]));
        let shines: Vec<f32> = match &mut fit {
            _ if shines.clone().all(|clear| clear == 0.0) => Vec::new(),
            Some(fit) => fit.apply(&shines.collect::<Vec<f32>>()).collect(),
            None => shines.collect(),
        };
        let ink = rgba.chunks_exact(4).map(|pixel| {
            let light = pixel[..COLOURS].iter().map(|&colour| f64::from(colour));
            let opacity = f64::from(pixel[3]);
            [
                opacity,
                opacity / 255.0 * light.sum::<f64>() / COLOURS as f64,
            ]
        });
        Some(Self {
            clear: shines.iter().map(|clear| (clear + 0.5) as u8).collect(),
            ink: ink.fold([0.0; 2], |[a, b], [c, d]| [a + c, b + d]),
            path,
            sides,
            sides_before: (rows, cols),
            pixels: (0..sides.0 * sides.1).flat_map(pixel).collect(),
        })
    }

    /// Puts its numbers behind those of `image`, brought to `sides`, on `black` or else white.
    fn extend(&self, sides: (usize, usize), black: bool, image: &mut Vec<f32>) {
        let on_ground = |at: usize| match self.clear.get(at / COLOURS) {
            Some(&clear) if black => f32::from(self.pixels[at].saturating_sub(clear)),
            _ => f32::from(self.pixels[at]),
        };
        let Some(mut fit) = Fit::new(self.sides, sides) else {
            image.extend((0..self.pixels.len()).map(on_ground));
            return;
        };
        let planes = [0, 1, 2].map(|colour| {
            let plane = (colour..self.pixels.len()).step_by(COLOURS);
            let plane: Vec<f32> = plane.map(on_ground).collect();
            fit.apply(&plane).collect::<Vec<f32>>()
        });
        image.extend(
            (0..sides.0 * sides.1).flat_map(|at| [0, 1, 2].map(|colour| planes[colour][at])),
        );
    }
}

/// Whether what is drawn on transparent pictures is so light that it would not be seen on white.
pub(super) fn are_light(pictures: &[Rc<Picture>]) -> bool {
    let clear = pictures.iter().filter(|picture| !picture.clear.is_empty());
    let [opacity, light] = clear.fold([0.0; 2], |[a, b], picture| {
        [a + picture.ink[0], b + picture.ink[1]]
    });
    light > LIGHT * opacity
}

/// A colour of a pixel that lets white paper shine through.
fn on_white(pixel: &[u8], colour: usize) -> f32 {
    let opaque = f32::from(pixel[3]) / 255.0;
    f32::from(pixel[colour]) * opaque + 255.0 * (1.0 - opaque)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::own::numbers::Element;

    fn all(images: &Images) -> Vec<Vec<f32>> {
        let mut all = Vec::new();
        images
            .each(&mut |image| {
                all.push(image.to_vec());
                Ok(())
            })
            .expect("no visitor fails");
        all
    }

    #[test]
    fn arrays_give_their_items() {
        let bytes = Rc::new((0..8).collect::<Vec<u8>>());
        let array = Numbers::packed(&bytes, 0, Element::U8, &[2, 2, 2]).expect("whole");
        let images = Images::of_array(array, Frame::grey(2, 2)).expect("numbers");
        assert_eq!(all(&images), [[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0]]);
        assert_eq!(
            (images.span.least, images.span.greatest, images.span.whole),
            (0.0, 7.0, true)
        );
        let bytes = Rc::new(f32::NAN.to_le_bytes().to_vec());
        let array = Numbers::packed(&bytes, 0, Element::F32, &[1, 1, 1]).expect("whole");
        assert!(
            Images::of_array(array, Frame::grey(1, 1))
                .expect_err("refused")
                .contains("NaN")
        );
    }

    #[test]
    fn pictures_lie_on_white_and_come_to_one_size() {
        let picture = |sides: (usize, usize), pixel: [u8; 4]| {
            let rgba = pixel.repeat(sides.0 * sides.1);
            Rc::new(Picture::new("a/1.png".into(), sides, &rgba).expect("whole"))
        };
        let large = picture((100, 200), [10, 20, 30, 255]);
        assert_eq!((large.sides, large.sides_before), ((32, 64), (100, 200)));
        let clear = picture((2, 4), [9, 9, 9, 0]);
        let images = Images::of_pictures(vec![large, clear], (2, 4), false);
        assert_eq!(
            all(&images),
            [[10.0, 20.0, 30.0].repeat(8), vec![255.0; 24]]
        );
        let lit = [
            255, 255, 255, 255, 255, 255, 255, 0, 255, 255, 255, 51, 0, 0, 0, 0,
        ];
        let white = Rc::new(Picture::new("a/2.png".into(), (2, 2), &lit).expect("whole"));
        let dark = picture((2, 2), [9, 9, 9, 100]);
        assert!(are_light(&[Rc::clone(&white)]) && !are_light(&[dark]));
        assert!(!are_light(&[picture((2, 2), [255; 4])]), "opaque");
        let on_black = Images::of_pictures(vec![white], (2, 2), true);
        let each_thrice = |value: f32| [value; COLOURS];
        assert_eq!(
            all(&on_black),
            [[255.0, 0.0, 51.0, 0.0].map(each_thrice).concat()]
        );
        assert!(Picture::new("a".into(), (2, 2), &[0; 15]).is_none());
        assert!(Picture::new("a".into(), (0, 2), &[]).is_none());
    }
}
