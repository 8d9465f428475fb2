const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** Nothing, not zero, where a value does not exist. */
export function orMissing(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}

export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

export function wholePercent(fraction: number): string {
  return `${Math.round(100 * fraction)}%`;
}

export function degrees(angle: number): string {
  return `${angle.toFixed(1)}°`;
}

export function wholeDegrees(angle: number): string {
  return `${Math.round(angle)}°`;
}

/** A class of images whose names are these: of MNIST its number. */
export function nameOfClass(names: readonly string[], label: number): string {
  return names[label] ?? String(label);
}

export function decimal(value: number): string {
  const said = value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : short.format(value);
  return said.replace(/^-/, "−");
}

/** In full: 60,000 and 0.000001. */
export function number(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 20 });
}

/** For the ticks of a logarithmic axis: 1e-3. */
export function power(value: number): string {
  return value.toExponential(0);
}

/** 1.2M */
export function count(value: number): string {
  return compact.format(value);
}

export function seconds(value: number): string {
  return `${short.format(value)} s`;
}

/** An output among all of its network's: linear ones are no probabilities. */
export function outputOf(outputs: Float32Array, label: number): string {
  const value = outputs[label] ?? 0;
  return areProbabilities(outputs) ? wholePercent(value) : decimal(value);
}

export function areProbabilities(outputs: Float32Array): boolean {
  const sum = outputs.reduce((all, x) => all + x, 0);
  return Math.abs(sum - 1) < 1e-3 && outputs.every((x) => x >= 0);
}
