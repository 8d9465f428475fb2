import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  commandLine,
  configFile,
  PAPER_BIBTEX,
  runBibtex,
  softwareBibtex,
} from "../../www/app/contract/citation";
import { defaults, SCHEMA } from "../../www/app/contract/config";
import { emptyHistory } from "../../www/app/contract/history";
import type { Guess } from "../../www/app/contract/own";
import type { RunResult } from "../../www/app/contract/result";

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** Names of its fields, if it is an entry of BibTeX: braces in pairs, a comma between fields. */
function fieldsOf(bibtex: string): string[] {
  expect(bibtex).toMatch(/^@[a-z]+\{[\w-]+,\n( {2}\w+ +=\s\{.*\},\n)* {2}\w+ +=\s\{.*\}\n\}$/);
  expect(bibtex.split("{")).toHaveLength(bibtex.split("}").length);
  return [...bibtex.matchAll(/^ {2}(\w+) +=/gm)].map(([, name = ""]) => name);
}

describe("a citation", () => {
  test("of the paper names its number, and all its titles, in every place that names it", () => {
    const titles = [
      "Node Perturbation Can Effectively Train Multi-Layer Neural Networks",
      "arlier versions: Effective Learning with Node Perturbation in Deep, later Multi-Layer, Neural Networks",
    ];
    expect(fieldsOf(PAPER_BIBTEX)).toContain("eprint");
    for (const title of titles) expect(PAPER_BIBTEX).toContain(title);
    for (const path of ["README.md", "CITATION.cff"]) {
      // Lines of the README end where they are full.
      const text = file(path).replaceAll(/\s*\n>?\s*/g, " ");
      expect(text).toContain("2310.00965");
      for (const title of titles) expect(text).toContain(title);
    }
  });

  test("of the software has its version and its address", () => {
    const bibtex = softwareBibtex("https://example.org/np/");
    expect(fieldsOf(bibtex)).toEqual(["title", "author", "version", "url"]);
    expect(bibtex).toContain(`{${SCHEMA.version}}`);
  });

  test("of a training has the link, the version, the day and the hash of every run", () => {
    const run = { algorithm: "danp", status: "finished", history: emptyHistory() } as const;
    const runs: RunResult[] = [
      { ...run, seed: 3, weights_hash: "0123456789abcdef" },
      { ...run, seed: 4, weights_hash: null },
    ];
    const config = { ...defaults(), algorithms: ["danp" as const] };
    const bibtex = runBibtex(
      { config, version: "0.1.0", runs },
      "https://example.org/#v=1&seed=3",
      "2026-11-27",
    );
    expect(fieldsOf(bibtex)).toEqual(["title", "author", "version", "url", "urldate", "note"]);
    expect(bibtex).toContain("@misc{np-playground-01234567,");
    expect(bibtex).toContain("{Weights: DANP seed 3 0123456789abcdef; DANP seed 4 not at its end}");
    expect(bibtex).toContain("https://example.org/#v=1&seed=3");
  });
});

test("going on elsewhere takes every key, and the command as the README has it", () => {
  expect(Object.keys(JSON.parse(configFile(defaults())))).toEqual(SCHEMA.fields.map(({ name }) => name));
  expect(file("README.md")).toContain(commandLine(defaults()));
});

describe("the command of own images", () => {
  const guess = (question: Guess["question"], chosen: Guess["chosen"]): Guess => ({
    ...{ question, chosen, sentence: "", options: [] },
  });
  const own = { ...defaults(), dataset: "own" as const };
  const chosenIn = (command: string) => command.match(/--choose '.*?' (?=--)/g) ?? [];

  test("takes them as they were taken here, whatever signs their names have", () => {
    const taken = { choices: { label: "it's" }, guesses: [guess("scale", [0, 16]), guess("turned", null)] };
    expect(commandLine(own, taken)).toBe(
      String.raw`${commandLine(defaults()).split(" --data")[0]} --data FOLDER_OF_YOUR_IMAGES --choose 'scale=[0,16]' --choose 'label="it'\''s"' --out result.json`,
    );
    expect(commandLine(defaults(), taken)).not.toContain("--choose");
  });

  test("leaves it to the command to guess of each file what was guessed of each file here", () => {
    const guesses = [
      guess("names", true),
      guess("names", false),
      guess("label", 65),
      guess("label", 1),
      guess("colours", "planes"),
      guess("split", "test"),
    ];
    expect(chosenIn(commandLine(own, { choices: {}, guesses }))).toEqual(["--choose 'split=\"test\"' "]);
  });

  test("has what was chosen, of each file or of all, once", () => {
    const choices = { label: 2, turned: true };
    const guesses = [guess("label", 2), guess("label", 2), guess("turned", true)];
    expect(chosenIn(commandLine(own, { choices, guesses }))).toEqual([
      "--choose 'turned=true' ",
      "--choose 'label=2' ",
    ]);
  });
});
