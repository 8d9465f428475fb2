/** The slider of a logarithmic field counts hundredths of a decade; its values keep two digits. */
const STEPS = 100;

export function sliderRange(min: number, max: number): { min: number; max: number } {
  return { min: toSlider(min), max: toSlider(max) };
}

export function toSlider(value: number): number {
  return Math.round(STEPS * Math.log10(value));
}

export function fromSlider(position: number): number {
  return Number((10 ** (position / STEPS)).toPrecision(2));
}
