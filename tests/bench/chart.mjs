// Draws what `npm run bench -- --scaling --json scaling.json` measured, for the README:
//
//   node tests/bench/chart.mjs scaling.json scaling.svg

import { readFileSync, writeFileSync } from "node:fs";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

const [, , from, to] = process.argv;
if (!from || !to) throw new Error("node tests/bench/chart.mjs SCALING.json CHART.svg");
const scaling = JSON.parse(readFileSync(from, "utf8"));
const { document } = parseHTML("<html><body></body></html>");

const WIDTH = 420;
const HEIGHT = 260;
const COLUMNS = 2;
const TITLE_HEIGHT = 28;
const SPEED = { of: "samples_per_s", label: "samples/s" };
const MEMORY = { of: (row) => row.memory_bytes / 2 ** 20, label: "MiB of wasm memory" };
const PANELS = [
  { rows: scaling.width, x: "width", title: "Units in each of two hidden layers" },
  { rows: scaling.width, x: "width", y: MEMORY, title: "Units in each of two hidden layers" },
  { rows: scaling.depth, x: "depth", type: "linear", title: "Hidden layers of 64 units" },
  { rows: scaling.batch, x: "batch", title: "Samples in a batch" },
  { rows: scaling.images, x: "images", title: "Training images" },
  { rows: scaling.images, x: "images", y: MEMORY, title: "Training images" },
];
/** The colours of BP and ANP in the playground, and one for DANP that stands off them. */
const COLOURS = { bp: "#a8437f", anp: "#1f7f66", danp: "#0b78b8" };
const RULES = Object.keys(COLOURS);

/** 256, 1024, 2.5k: thousands only where they are round. */
const short = (value) => (value % 500 === 0 && value >= 1000 ? `${value / 1000}k` : `${value}`);

/** BP's and ANP's lines may end together: the one's name stands higher, the other's lower. */
function nameAtEnd(rows, x, y, rule) {
  const own = rows.filter(({ algorithm }) => algorithm === rule).slice(-1);
  const dy = { bp: -5, anp: 5 }[rule] ?? 0;
  const text = rule.toUpperCase();
  return Plot.text(own, {
    x,
    y,
    fill: "algorithm",
    text: [text],
    textAnchor: "start",
    dx: 8,
    dy,
  });
}

function panel({ rows, x, y = SPEED, type = "log" }) {
  const values = [...new Set(rows.map((row) => row[x]))];
  const figure = Plot.plot({
    document,
    width: WIDTH,
    height: HEIGHT - TITLE_HEIGHT,
    marginLeft: 56,
    marginRight: 48,
    x: { type, insetRight: 8 },
    y: { type: "log", label: y.label, grid: true, ticks: 4, tickFormat: "~s" },
    color: { domain: RULES, range: Object.values(COLOURS) },
    marks: [
      Plot.axisX(values, { text: short, label: null }), // as text: a logarithmic axis leaves out some of its labels
      Plot.lineY(rows, { x, y: y.of, stroke: "algorithm", strokeWidth: 2, marker: "dot" }),
      ...RULES.map((rule) => nameAtEnd(rows, x, y.of, rule)),
    ],
  });
  return figure.outerHTML;
}

function place(index, content) {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
  return `<g transform="translate(${column * WIDTH} ${row * HEIGHT})">${content}</g>`;
}

const titled = PANELS.map((each, index) => {
  const title = `<text x="12" y="20" font-weight="600">${each.title}</text>`;
  return place(index, `${title}<g transform="translate(0 ${TITLE_HEIGHT})">${panel(each)}</g>`);
});
const size = [COLUMNS * WIDTH, Math.ceil(PANELS.length / COLUMNS) * HEIGHT];
writeFileSync(
  to,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(" ")}" width="${size[0]}" height="${size[1]}" \
font-family="system-ui, sans-serif" font-size="13" color="#1b1f27" fill="currentColor" role="img" \
aria-label="Training speed and memory against width and training images; speed against depth and batch size">
<rect width="100%" height="100%" fill="#fff"/>
${titled.join("\n")}
</svg>
`,
);
console.log(`${to} drawn from ${from}`);
