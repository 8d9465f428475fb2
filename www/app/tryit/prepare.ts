/** A place on the pad: from 0 to 1 across and down. */
export interface Spot {
  x: number;
  y: number;
}

export type Stroke = readonly Spot[];

/** In MNIST a digit fills 20 of 28 pixels, and its line is about two of them thick. */
const BOX = 20 / 28;
const PEN = 1.1 / 28;
/** Of the pad: what is smaller does not fill the box. */
const SMALLEST = 0.1;
/** Images of half the side are means of 2 x 2 pixels: so are drawings, so that their lines look alike. */
const WHOLE_SIDE = 28;

/**
 * The drawing as an image (0 to 255, row by row), prepared as MNIST was: scaled so that it fills the box, and
 * moved so that its mass lies in the middle.
 */
export function prepare(strokes: readonly Stroke[], rows: number, cols: number): Uint8Array<ArrayBuffer> {
  const halved = 2 * rows === WHOLE_SIDE && 2 * cols === WHOLE_SIDE;
  return halved
    ? half(prepareWhole(strokes, 2 * rows, 2 * cols), 2 * cols)
    : prepareWhole(strokes, rows, cols);
}

function prepareWhole(strokes: readonly Stroke[], rows: number, cols: number): Uint8Array<ArrayBuffer> {
  const scaled = fitted(strokes, rows, cols);
  const pen = PEN * Math.min(rows, cols);
  const mass = centre(drawn(scaled, rows, cols, pen), cols);
  const shift = { x: (cols - 1) / 2 - mass.x, y: (rows - 1) / 2 - mass.y };
  const centred = scaled.map((stroke) => stroke.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })));
  return drawn(centred, rows, cols, pen);
}

/** In pixels: the longer side fills the box, in the middle of the image. */
function fitted(strokes: readonly Stroke[], rows: number, cols: number): Stroke[] {
  const xs = strokes.flatMap((stroke) => stroke.map(({ x }) => x));
  const ys = strokes.flatMap((stroke) => stroke.map(({ y }) => y));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const side = Math.min(rows, cols);
  // The line adds its own thickness to the box; what is hardly more than a dot is not blown up.
  const scale = ((BOX - 2 * PEN) * side) / Math.max(right - left, bottom - top, SMALLEST);
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: (x - (left + right) / 2) * scale + (cols - 1) / 2,
      y: (y - (top + bottom) / 2) * scale + (rows - 1) / 2,
    })),
  );
}

/** Each pixel by its distance from the line, with an edge one pixel wide. */
function drawn(strokes: readonly Stroke[], rows: number, cols: number, pen: number): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(rows * cols);
  for (const stroke of strokes) {
    stroke.forEach((to, i) => {
      const from = stroke[i - 1] ?? to;
      const reach = pen + 1;
      const first = {
        x: Math.floor(Math.min(from.x, to.x) - reach),
        y: Math.floor(Math.min(from.y, to.y) - reach),
      };
      const last = {
        x: Math.ceil(Math.max(from.x, to.x) + reach),
        y: Math.ceil(Math.max(from.y, to.y) + reach),
      };
      for (let y = Math.max(0, first.y); y <= Math.min(rows - 1, last.y); y++) {
        for (let x = Math.max(0, first.x); x <= Math.min(cols - 1, last.x); x++) {
          const ink = Math.min(1, Math.max(0, pen + 0.5 - distance({ x, y }, from, to)));
          image[y * cols + x] = Math.max(image[y * cols + x] ?? 0, Math.round(255 * ink));
        }
      }
    });
  }
  return image;
}

/** From a point to the line between two others. */
function distance(point: Spot, from: Spot, to: Spot): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / length : 0;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - nearest * dx, point.y - from.y - nearest * dy);
}

/** The centre of mass, in pixels; the image is not empty. */
export function centre(image: Uint8Array, cols: number): Spot {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((ink, i) => {
    mass += ink;
    x += ink * (i % cols);
    y += ink * Math.floor(i / cols);
  });
  return { x: x / mass, y: y / mass };
}

/** Means of 2 x 2 pixels. */
function half(image: Uint8Array, cols: number): Uint8Array<ArrayBuffer> {
  const side = cols / 2;
  return Uint8Array.from({ length: image.length / 4 }, (_, i) => {
    const corner = 2 * Math.floor(i / side) * cols + 2 * (i % side);
    const block = [corner, corner + 1, corner + cols, corner + cols + 1];
    return Math.round(block.reduce((sum, at) => sum + (image[at] ?? 0), 0) / 4);
  });
}
