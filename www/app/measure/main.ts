import { toAppError } from "../contract/errors";
import { ruleLabel } from "../contract/rules";
import { DATA_URL } from "../dataset/data-url";
import { DataSource } from "../dataset/source";
import * as later from "../text/later";
import { type Engine, hasRelaxedSimd, loadEngine } from "../worker/engine";
import { netName } from "./cases";
import { MeasureClient } from "./client";
import { measureDevice, TRAIN_SIZE } from "./device";
import { COLUMNS, cells, reportText } from "./report";
import type { Row } from "./rows";

/** The page "Measure this device". */

function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`measure.html has no ${kind.name} with the id ${id}`);
  return element;
}

const start = byId("start", HTMLButtonElement);
const fast = byId("fast", HTMLInputElement);
const status = byId("status", HTMLParagraphElement);
const results = byId("results", HTMLElement);
const head = byId("columns", HTMLTableRowElement);
const body = byId("rows", HTMLTableSectionElement);
const report = byId("text", HTMLPreElement);
const copy = byId("copy", HTMLButtonElement);

let client: MeasureClient | undefined;

fast.disabled = !hasRelaxedSimd();
head.append(...COLUMNS.map((column) => cellOf("th", column, "col")));
start.addEventListener("click", () => (client ? client.dispose() : void measure()));
copy.addEventListener("click", () => void copyText());

const arithmetic = () => (fast.checked ? "fast" : "exact");

async function measure(): Promise<void> {
  body.replaceChildren();
  results.hidden = true;
  start.disabled = true; // until there is something to stop
  fast.disabled = true; // the report says which one it is about
  try {
    const engine = await loadEngine();
    client = await load(engine);
    start.textContent = later.measure.stop;
    start.disabled = false;
    await fill(engine, client);
    status.textContent = later.measure.done;
  } catch (thrown) {
    status.textContent = toAppError(thrown, "engine").message;
  }
  client?.dispose();
  client = undefined;
  start.disabled = false;
  fast.disabled = !hasRelaxedSimd();
  start.textContent = later.measure.start;
}

async function load(engine: Engine): Promise<MeasureClient> {
  status.textContent = later.measure.loading;
  const wanted = { dataset: "mnist", train_size: TRAIN_SIZE, test_size: 10 };
  return MeasureClient.start(engine, arithmetic(), await new DataSource(DATA_URL).load(wanted, () => {}));
}

async function fill(engine: Engine, measuring: MeasureClient): Promise<void> {
  const rows: Row[] = [];
  const measured = measureDevice(measuring, ({ algorithm, hidden_sizes, batch_size }, index, count) => {
    const [rule, net] = [ruleLabel(algorithm), netName(hidden_sizes)];
    status.textContent = later.measure.measuring(index + 1, count, rule, net, batch_size);
  });
  for await (const row of measured) {
    rows.push(row);
    results.hidden = false;
    body.append(tableRow(row));
    report.textContent = reportText(device(engine), rows);
  }
}

function device({ version }: Engine) {
  return {
    version,
    arithmetic: arithmetic(),
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
  };
}

function tableRow(row: Row): HTMLTableRowElement {
  const line = document.createElement("tr");
  const [rule = "", ...rest] = cells(row);
  line.append(cellOf("th", rule, "row"), ...rest.map((content) => cellOf("td", content)));
  return line;
}

function cellOf(name: "th" | "td", content: string, scope?: "row" | "col"): HTMLTableCellElement {
  const cell = document.createElement(name);
  if (scope) cell.scope = scope;
  cell.textContent = content;
  return cell;
}

async function copyText(): Promise<void> {
  try {
    await navigator.clipboard.writeText(report.textContent ?? "");
    status.textContent = later.measure.copied;
  } catch {
    // No clipboard without https, or none allowed: the reader's own copy command works on what is selected.
    getSelection()?.selectAllChildren(report);
    status.textContent = later.measure.selected;
  }
}
