/** Colours from 0 to the greatest size: blue below zero, orange above, the ground at zero, in light and dark alike. */
const BELOW = [38, 118, 196];
const ABOVE = [224, 108, 22];

/** RGBA of numbers from -greatest to greatest; what is no number stays clear. */
export function diverging(values: ArrayLike<number>, greatest: number): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    const [r = 0, g = 0, b = 0] = value < 0 ? BELOW : ABOVE;
    const size = Math.abs(value) / greatest; // NaN where there is nothing at all
    colours.set([r, g, b, Number.isNaN(size) ? 0 : 255 * Math.min(1, size)], 4 * i);
  }
  return colours;
}

/** The same colour of one number, for CSS and SVG. */
export function tint(value: number, greatest: number): string {
  const size = greatest > 0 ? Math.min(1, Math.abs(value) / greatest) : 0;
  return `rgb(${(value < 0 ? BELOW : ABOVE).join(" ")} / ${Number(size.toFixed(3))})`;
}

/** RGBA of an image, 0 black to 255 white, as MNIST has them. */
export function grey(pixels: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(4 * pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i] ?? 0;
    colours.set([value, value, value, 255], 4 * i);
  }
  return colours;
}

export interface Mosaic {
  values: Float32Array;
  rows: number;
  cols: number;
}

/** Images one behind the other, `across` side by side, with a clear line between them. */
export function mosaic(images: Float32Array, rows: number, cols: number, across: number): Mosaic {
  const count = images.length / (rows * cols);
  const wide = Math.min(across, count);
  const whole = {
    rows: Math.ceil(count / wide) * (rows + 1) - 1,
    cols: wide * (cols + 1) - 1,
  };
  const values = new Float32Array(whole.rows * whole.cols).fill(Number.NaN);
  for (let i = 0; i < count; i++) {
    const top = Math.floor(i / wide) * (rows + 1);
    const left = (i % wide) * (cols + 1);
    for (let y = 0; y < rows; y++) {
      const from = (i * rows + y) * cols;
      values.set(images.subarray(from, from + cols), (top + y) * whole.cols + left);
    }
  }
  return { values, ...whole };
}
