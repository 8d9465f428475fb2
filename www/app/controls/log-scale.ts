/** Values of two digits in a decade, from 1.0 to 9.9: a slider counts them, so that each step is another value. */
const STEPS = 90;

export function sliderRange(min: number, max: number): { min: number; max: number } {
  return { min: toSlider(min), max: toSlider(max) };
}

/** NaN for what has no logarithm. */
export function toSlider(value: number): number {
  if (!(value > 0)) return Number.NaN;
  const [mantissa, exponent] = value.toExponential(1).split("e");
  return STEPS * Number(exponent) + Math.round(10 * Number(mantissa)) - 10;
}

export function fromSlider(position: number): number {
  const exponent = Math.floor(position / STEPS);
  return Number(`${position - STEPS * exponent + 10}e${exponent - 1}`);
}
