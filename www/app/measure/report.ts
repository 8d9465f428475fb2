import { ruleLabel } from "../contract/rules";
import * as later from "../text/later";
import { netName } from "./cases";
import type { Row } from "./rows";

/** The columns of the table, on the page and in the text. */
export const COLUMNS = later.measure.columns;

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function cells(row: Row): string[] {
  return [
    ruleLabel(row.algorithm),
    netName(row.hidden_sizes),
    whole.format(row.batch_size),
    whole.format(row.samples_per_s),
    row.gflops.toFixed(1),
    row.peak_gflops.toFixed(1),
    `${whole.format(100 * row.fraction_of_peak)}%`,
  ];
}

/** What a reader of the numbers must know of the device; nothing that the browser does not tell every page. */
export interface Device {
  version: string;
  arithmetic: string;
  browser: string;
  cores: number;
}

/** A Markdown table under the device's description, to be pasted into an issue. */
export function reportText(device: Device, rows: readonly Row[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  return [
    later.measure.title(device.version, device.arithmetic),
    later.measure.browser(device.browser),
    later.measure.cores(device.cores),
    "",
    line(COLUMNS),
    line(COLUMNS.map((_, index) => (index < 2 ? "---" : "---:"))),
    ...rows.map((row) => line(cells(row))),
  ].join("\n");
}
