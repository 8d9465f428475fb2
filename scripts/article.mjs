// Makes what the article (www/learn.html) shows before anything is live, by our own engine: the pictures of its
// figures (www/app/learn/recorded/) and the numbers in its text (www/app/learn/facts.json).

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { engines } from "./train.mjs";

const FACTS = "www/app/learn/facts.json";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { module: made } = await runnerImport(here("www/app/learn/made.ts"));
const own = await engines(made.LOOKED_AT);
for (const [file, svg] of made.recordings(own))
  writeFileSync(here(`www/app/learn/recorded/${file}`), `${svg}\n`);
const facts = made.factsOf(own, own.train);
writeFileSync(here(FACTS), `${JSON.stringify(facts)}\n`);
execFileSync("node_modules/.bin/biome", ["format", "--write", FACTS], { cwd: here("") });
console.log(readFileSync(here(FACTS), "utf8"));
