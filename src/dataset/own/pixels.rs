//! From the numbers of an image to its pixels: one grey byte each, 0 (black) to 255 (white),
//! and at most 64 of them a side.

use super::super::MAX_SIDE;
use super::choices::{Colours, Grey};
use super::table::Span;
use resize::px::Gray;
use resize::{Pixel, Resizer, Type};

/// How the numbers of an image lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub rows: usize,
    pub cols: usize,
    /// Numbers of a pixel: 1 or 2 are grey (and how opaque), 3 or 4 are colours.
    pub colours: usize,
    /// Whether all numbers of one colour lie together.
    pub planes: bool,
}

/// Red, green and blue.
pub(super) const COLOURS: usize = 3;

/// Smaller squares are made of anything; such images must say their sides.
const LEAST_SIDE: usize = 4;
/// Numbers of the smallest of these squares.
pub(super) const FEWEST_PIXELS: usize = LEAST_SIDE * LEAST_SIDE;

impl Frame {
    pub fn grey(rows: usize, cols: usize) -> Self {
        Self {
            rows,
            cols,
            colours: 1,
            planes: false,
        }
    }

    /// The square that `numbers` in a row make up, in grey or in three colours.
    pub fn square(numbers: usize) -> Option<Self> {
        let side = |numbers: usize| {
            let side = numbers.isqrt();
            (side >= LEAST_SIDE && side * side == numbers).then_some(side)
        };
        let grey = side(numbers).map(|side| Self::grey(side, side));
        grey.or_else(|| {
            let side = side(numbers / 3).filter(|_| numbers.is_multiple_of(3))?;
            Some(Self {
                colours: 3,
                ..Self::grey(side, side)
            })
        })
    }

    /// The frame of the items of an array of these sizes.
    pub fn of_sizes(sizes: &[usize]) -> Option<Self> {
        let colours = |count: usize| (1..=4).contains(&count);
        match *sizes {
            // A row for each image, though with a dimension too many.
            [_, numbers, 1] | [_, 1, numbers] if Self::square(numbers).is_some() => {
                Self::square(numbers)
            }
            [_, rows, cols] => Some(Self::grey(rows, cols)),
            // One grey, of a narrow picture: less narrow than a single row of as many colours.
            [_, 1, rows, cols] if cols == 4 || rows == cols => Some(Self {
                planes: true,
                ..Self::grey(rows, cols)
            }),
            [_, rows, cols, count] if colours(count) => Some(Self {
                rows,
                cols,
                colours: count,
                planes: false,
            }),
            [_, count, rows, cols] if colours(count) => Some(Self {
                rows,
                cols,
                colours: count,
                planes: true,
            }),
            _ => None,
        }
    }

    pub fn is_coloured(&self) -> bool {
        self.colours > 2
    }

    /// Of each pixel the numbers that its grey is made of: others are of no use to it.
    pub fn used(&self) -> usize {
        if self.is_coloured() { COLOURS } else { 1 }
    }

    /// The numbers of `colour` in an image.
    pub fn plane<'a>(&self, image: &'a [f32], colour: usize) -> impl Iterator<Item = &'a f32> {
        let (frame, pixels) = (*self, self.rows * self.cols);
        (0..pixels).map(move |pixel| &image[frame.place(pixel, colour)])
    }

    /// Lets `ground` shine through the colours of each pixel as far as its fourth number, of
    /// which `full` is opaque, leaves it clear.
    pub fn lay_on(&self, image: &mut [f32], ground: f32, full: f32) {
        for pixel in 0..self.rows * self.cols {
            let opaque = image[self.place(pixel, COLOURS)] / full;
            for colour in 0..COLOURS {
                let value = &mut image[self.place(pixel, colour)];
                *value = *value * opaque + ground * (1.0 - opaque);
            }
        }
    }

    /// Numbers of an image.
    pub fn numbers(&self) -> usize {
        self.rows * self.cols * self.colours
    }

    fn grey_at(&self, pixel: usize, image: &[f32], grey: Grey) -> f32 {
        let colour = |colour| image[self.place(pixel, colour)];
        match grey {
            _ if !self.is_coloured() => colour(0),
            Grey::Brightness => 0.299 * colour(0) + 0.587 * colour(1) + 0.114 * colour(2),
            Grey::Red => colour(0),
            Grey::Green => colour(1),
            Grey::Blue => colour(2),
        }
    }

    /// Where the number of `colour` at `pixel` lies.
    fn place(&self, pixel: usize, colour: usize) -> usize {
        if self.planes {
            colour * self.rows * self.cols + pixel
        } else {
            pixel * self.colours + colour
        }
    }

    /// How much the neighbours of each colour differ in `image`: less where the frame is the
    /// right one.
    fn roughness(&self, image: &[f32]) -> f32 {
        let (rows, cols) = (self.rows, self.cols);
        let at = |row, col, colour| image[self.place(row * cols + col, colour)];
        let mut sum = 0.0;
        for colour in 0..self.colours {
            for (row, col) in (1..rows).flat_map(|row| (1..cols).map(move |col| (row, col))) {
                let here = at(row, col, colour);
                sum += (here - at(row, col - 1, colour)).abs();
                sum += (here - at(row - 1, col, colour)).abs();
            }
        }
        sum
    }

    /// The likelier order of the colours of `images`, whose rows of numbers do not say.
    pub fn likelier(&self, images: &[Vec<f32>]) -> Colours {
        let sum = |planes| -> f32 {
            let frame = Self { planes, ..*self };
            images.iter().map(|image| frame.roughness(image)).sum()
        };
        if sum(true) < sum(false) {
            Colours::Planes
        } else {
            Colours::Pixels
        }
    }
}

/// The sides of an image once it fits into [`MAX_SIDE`].
pub(super) fn fitted((rows, cols): (usize, usize)) -> (usize, usize) {
    let longer = rows.max(cols);
    if longer <= MAX_SIDE {
        return (rows, cols);
    }
    let side = |side: usize| ((side * MAX_SIDE + longer / 2) / longer).max(1);
    (side(rows), side(cols))
}

/// Brings a plane of numbers to other sides.
pub(super) struct Fit {
    resizer: Resizer<resize::formats::Gray<f32, f32>>,
    before: Vec<Gray<f32>>,
    after: Vec<Gray<f32>>,
}

impl Fit {
    /// From sides to sides; none if they are equal, or there is nothing.
    pub fn new(from: (usize, usize), to: (usize, usize)) -> Option<Self> {
        if from == to {
            return None;
        }
        // Weighted means of what a pixel covers keep thin strokes.
        let kind = Type::Triangle;
        let resizer = resize::new(from.1, from.0, to.1, to.0, Pixel::GrayF32, kind).ok()?;
        Some(Self {
            resizer,
            before: Vec::new(),
            after: vec![Gray::new(0.0); to.0 * to.1],
        })
    }

    /// The plane with the sides that were asked for.
    pub fn apply(&mut self, plane: &[f32]) -> impl Iterator<Item = f32> {
        self.before.clear();
        self.before
            .extend(plane.iter().map(|&value| Gray::new(value)));
        self.resizer
            .resize(&self.before, &mut self.after)
            .expect("planes of the sides that were given");
        self.after.iter().map(|grey| grey.value())
    }
}

/// How the numbers of an image become pixels.
pub(super) struct Painter {
    frame: Frame,
    grey: Grey,
    black: f32,
    white: f32,
    turned: bool,
    fit: Option<Fit>,
    /// Height and width of what is painted.
    pub sides: (usize, usize),
    plane: Vec<f32>,
}

impl Painter {
    /// For images in `frame`.
    pub fn new(frame: Frame, grey: Grey, [black, white]: [f64; 2], turned: bool) -> Self {
        let sides = fitted((frame.rows, frame.cols));
        Self {
            frame,
            grey,
            black: black as f32,
            white: white as f32,
            turned,
            fit: Fit::new((frame.rows, frame.cols), sides),
            sides: if turned { (sides.1, sides.0) } else { sides },
            plane: Vec::new(),
        }
    }

    /// Whether images are made to fit.
    pub fn fits(&self) -> bool {
        self.fit.is_none()
    }

    /// Paints an image behind what is in `out`.
    pub fn paint(&mut self, image: &[f32], out: &mut Vec<u8>) {
        let (frame, grey) = (self.frame, self.grey);
        let pixels = 0..frame.rows * frame.cols;
        self.plane.clear();
        self.plane
            .extend(pixels.map(|pixel| frame.grey_at(pixel, image, grey)));
        if let Some(fit) = &mut self.fit {
            let plane = fit.apply(&self.plane).collect();
            self.plane = plane;
        }
        let factor = 255.0 / (self.white - self.black);
        let byte = |&value: &f32| ((value - self.black) * factor + 0.5) as u8;
        let (rows, cols) = self.sides;
        if self.turned {
            let places = (0..rows).flat_map(|row| (0..cols).map(move |col| col * rows + row));
            out.extend(places.map(|place| byte(&self.plane[place])));
        } else {
            out.extend(self.plane.iter().map(byte));
        }
    }
}

/// The values of black and white that numbers in `span` may have, the likeliest first.
pub(super) fn scales(span: Span) -> Vec<[f64; 2]> {
    let Span {
        least,
        greatest,
        whole,
    } = span;
    let likeliest = if least >= 0.0 {
        match greatest {
            ..=1.0 => [0.0, 1.0],
            // Few programs have bytes as dark as this; scikit-learn has digits from 0 to 16.
            ..=16.0 => [0.0, greatest],
            ..=255.0 => [0.0, 255.0],
            _ => [0.0, greatest],
        }
    } else if least >= -0.5 && greatest <= 0.5 {
        [-0.5, 0.5]
    } else if least >= -1.0 && greatest <= 1.0 {
        [-1.0, 1.0]
    } else if whole && least >= -128.0 && greatest <= 127.0 {
        [-128.0, 127.0]
    } else {
        [least, greatest]
    };
    let known = [
        [0.0, 1.0],
        [-1.0, 1.0],
        [0.0, 16.0],
        [0.0, 255.0],
        [0.0, 65535.0],
        [least, greatest],
    ];
    let [black, white] = likeliest;
    let mut scales = vec![likeliest, [white, black]];
    for [black, white] in known {
        if black <= least && greatest <= white && !scales.contains(&[black, white]) {
            scales.push([black, white]);
        }
    }
    scales
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(painter: &mut Painter, image: &[f32]) -> Vec<u8> {
        let mut out = Vec::new();
        painter.paint(image, &mut out);
        out
    }

    fn span(least: f64, greatest: f64, whole: bool) -> Span {
        Span {
            least,
            greatest,
            whole,
        }
    }

    #[test]
    fn bytes_stay_what_they_are() {
        let all: Vec<f32> = (0..=255_u8).map(f32::from).collect();
        let mut painter = Painter::new(Frame::grey(16, 16), Grey::Brightness, [0.0, 255.0], false);
        assert!(painted(&mut painter, &all).into_iter().eq(0..=255));
        let grey: Vec<f32> = all.iter().flat_map(|&v| [v; 3]).collect();
        let frame = Frame {
            colours: 3,
            ..Frame::grey(16, 16)
        };
        let mut painter = Painter::new(frame, Grey::Brightness, [0.0, 255.0], false);
        assert!(
            painted(&mut painter, &grey).into_iter().eq(0..=255),
            "grey has no colour"
        );
    }

    #[test]
    fn scales_go_from_black_to_white_and_no_further() {
        let paint = |scale, values: [f32; 4]| {
            painted(
                &mut Painter::new(Frame::grey(2, 2), Grey::Red, scale, false),
                &values,
            )
        };
        assert_eq!(
            paint([-1.0, 1.0], [-1.0, 0.0, 1.0, 2.0]),
            [0, 128, 255, 255]
        );
        assert_eq!(paint([0.0, 16.0], [-3.0, 0.0, 8.0, 16.0]), [0, 0, 128, 255]);
        assert_eq!(
            paint([255.0, 0.0], [255.0, 0.0, 55.0, 300.0]),
            [0, 255, 200, 0]
        );
    }

    #[test]
    fn the_likeliest_scale_comes_first() {
        for (span, scale) in [
            (span(0.0, 1.0, false), [0.0, 1.0]),
            (span(0.0, 0.97, false), [0.0, 1.0]),
            (span(0.0, 16.0, true), [0.0, 16.0]),
            (span(0.0, 251.0, true), [0.0, 255.0]),
            (span(3.0, 65000.0, true), [0.0, 65000.0]),
            (span(-0.5, 0.5, false), [-0.5, 0.5]),
            (span(-0.9, 1.0, false), [-1.0, 1.0]),
            (span(-128.0, 127.0, true), [-128.0, 127.0]),
            (span(-0.42, 2.82, false), [-0.42, 2.82]),
        ] {
            let scales = scales(span);
            assert_eq!(scales[0], scale, "{span:?}");
            assert_eq!(scales[1], [scale[1], scale[0]], "the other way round");
        }
        assert!(scales(span(0.0, 200.0, true)).contains(&[0.0, 200.0]));
    }

    #[test]
    fn images_are_turned_and_made_to_fit() {
        let image: Vec<f32> = (0..6_u8).map(f32::from).collect();
        let mut painter = Painter::new(Frame::grey(2, 3), Grey::Red, [0.0, 255.0], true);
        assert_eq!(painter.sides, (3, 2));
        assert_eq!(painted(&mut painter, &image), [0, 3, 1, 4, 2, 5]);
        assert_eq!(fitted((64, 1)), (64, 1));
        assert_eq!(fitted((96, 48)), (64, 32));
        assert_eq!(fitted((10_000, 1)), (64, 1));
        let white = vec![200.0; 96 * 48];
        let mut painter = Painter::new(Frame::grey(96, 48), Grey::Red, [0.0, 255.0], true);
        assert_eq!(painted(&mut painter, &white), [200; 64 * 32]);
    }

    #[test]
    fn colours_are_found_in_any_order() {
        let frame = Frame::square(3 * 36).expect("6 x 6 in colours");
        // Red runs across, green down, blue is dark.
        let colour = |pixel: usize, colour: usize| match colour {
            0 => 20.0 * (pixel % 6) as f32,
            1 => 20.0 * (pixel / 6) as f32,
            _ => 5.0,
        };
        let pixels: Vec<f32> = (0..36)
            .flat_map(|p| (0..3).map(move |c| colour(p, c)))
            .collect();
        let planes: Vec<f32> = (0..3)
            .flat_map(|c| (0..36).map(move |p| colour(p, c)))
            .collect();
        assert_eq!(
            frame.likelier(std::slice::from_ref(&pixels)),
            Colours::Pixels
        );
        assert_eq!(
            frame.likelier(std::slice::from_ref(&planes)),
            Colours::Planes
        );
        let paint = |planes, grey, image: &[f32]| {
            painted(
                &mut Painter::new(Frame { planes, ..frame }, grey, [0.0, 255.0], false),
                image,
            )
        };
        for grey in [Grey::Brightness, Grey::Red, Grey::Green, Grey::Blue] {
            assert_eq!(paint(false, grey, &pixels), paint(true, grey, &planes));
        }
        assert_eq!(paint(false, Grey::Blue, &pixels), [5; 36]);
    }

    #[test]
    fn sizes_tell_the_frame() {
        assert_eq!(Frame::of_sizes(&[9, 28, 28]), Some(Frame::grey(28, 28)));
        assert_eq!(Frame::of_sizes(&[9, 784, 1]), Some(Frame::grey(28, 28)));
        let coloured = Frame::of_sizes(&[9, 3, 32, 32]).expect("planes");
        assert!(coloured.planes && coloured.is_coloured() && coloured.numbers() == 3072);
        assert!(
            !Frame::of_sizes(&[9, 28, 28, 1])
                .expect("grey")
                .is_coloured()
        );
        assert_eq!(Frame::of_sizes(&[9, 5, 28, 28]), None);
        assert_eq!(Frame::square(784), Some(Frame::grey(28, 28)));
        assert!(Frame::square(3072).is_some_and(|frame| frame.is_coloured()));
        assert_eq!(Frame::square(9), None, "too small to be sure");
        assert_eq!(Frame::square(783), None);
    }
}
