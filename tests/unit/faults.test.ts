import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const read = (path: string) => readFileSync(at(path), "utf8");
const page = read("tests/FAULTS.md");

interface Row {
  tried: number;
  lost: string;
  file: string;
  title: string;
}

const ROW = /^\| .+ \| (?<tried>\d+) \| .+ \| (?<lost>.+) \| `(?<file>.+)`: (?<title>.+) \|$/gm;

function rowsOf(text: string): Row[] {
  return [...text.matchAll(ROW)].map(({ groups }) => {
    const { tried = "", lost = "", file = "", title = "" } = groups ?? {};
    return { tried: Number(tried), lost, file, title };
  });
}

/** As a test, or a row of a list of tests, is written down. */
function stands({ file, title }: Row): boolean {
  const text = read(file);
  if (file.endsWith(".rs")) return text.includes(`fn ${title}(`);
  return text.includes(`"${title}"`) || text.includes(`\`${title}\``);
}

describe("the table of faults", () => {
  const rows = rowsOf(page);

  test("has no row that is none, and none twice", () => {
    expect(page.match(/^\| (?!what |---)/gm)).toHaveLength(rows.length);
    expect(new Set(rows.map(({ file, title }) => `${file} ${title}`)).size).toBe(rows.length);
  });

  test("names tests that there are", () => {
    expect(rows.filter((row) => !stands(row))).toEqual([]);
  });

  test("has the sums that it says", () => {
    const [faults = "", inputs = ""] = page.split("## Bad input");
    const tried = rows.reduce((sum, row) => sum + row.tried, 0).toLocaleString("en");
    const sums = `${rowsOf(faults).length} kinds of faults and ${rowsOf(inputs).length} of bad input, tried ${tried} times`;
    expect(page).toContain(`**${sums} by each \`npm test\`. Lost: nothing.**`);
    expect(read("README.md").replaceAll(/\s+/g, " ")).toContain(
      `: ${sums} by each \`npm test\`; lost: nothing.`,
    );
    expect(rows.filter(({ lost }) => lost !== "nothing")).toEqual([]);
    const corpora = readdirSync(at("tests/fuzz/corpus"), { recursive: true, withFileTypes: true });
    const found = rows.find(({ file }) => file === "tests/corpus.rs");
    expect(found?.tried).toBe(corpora.filter((entry) => entry.isFile()).length);
  });
});
