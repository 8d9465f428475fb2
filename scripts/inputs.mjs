// What a result is made of, as one hash: whoever finds the same hash beside an earlier result has nothing to do.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The hash of files, of all files in folders, and of whatever else decides. */
export function inputs(paths, decisive = "") {
  const hash = createHash("sha256").update(decisive);
  for (const file of paths.flatMap(filesOf)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

export const isStamped = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, "utf8").trim() === hash;

export const writeStamp = (stamp, hash) => writeFileSync(stamp, `${hash}\n`);
