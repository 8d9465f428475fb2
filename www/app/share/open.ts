import { strFromU8 } from "fflate";
import type { Config } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import type { OwnFile } from "../contract/own";
import type { Result } from "../contract/result";
import { refused } from "../text/share";
import { type Engine, settingsIn } from "../worker/engine";
import { type Checkpoints, MANIFEST, readCheckpoints } from "./checkpoint";
import { areAuthors, readAuthors } from "./read-authors";
import { readResult } from "./read-result";
import { namesIn, unpacked } from "./zip";

/** What a file brings back. */
export type Opened = { name: string } & (
  | { kind: "result"; result: Result }
  | { kind: "config"; config: Config }
  | { kind: "checkpoint"; config: Config; runs: Checkpoints["runs"] }
);

/** The kind of a file that this page or the command has written, as far as its outside tells. */
type Kind = "json" | "checkpoint" | "authors";

async function kindOf({ path, file }: OwnFile): Promise<Kind | null> {
  if (!file) return null;
  if (/\.json$/i.test(path)) return "json";
  if (!/\.zip$/i.test(path)) return null;
  const names = await namesOf(file);
  if (names.includes(MANIFEST)) return "checkpoint";
  return areAuthors(names) ? "authors" : null;
}

/** Larger zips hold images: to look into them would hold up the page. */
const LARGEST = 2 ** 29;

/** What is in a zip; none where it cannot be read, which whoever else takes it has to say. */
async function namesOf(file: File): Promise<string[]> {
  const bytes = file.size <= LARGEST ? await bytesOf(file).catch(() => null) : null;
  return bytes ? namesIn(bytes) : [];
}

/** Whether all of them are such files: any other are for the reader of images. */
export async function areOurs(files: readonly OwnFile[]): Promise<boolean> {
  if (areAuthors(files.map(({ path }) => path))) return true;
  const kinds = await Promise.all(files.map(kindOf));
  return kinds.length > 0 && !kinds.includes(null);
}

/**
 * Reads such files, all of them before any is used; fails with a sentence about what is wrong with one. Of those whose
 * settings take the place of what is there, only the last does.
 */
export async function openFiles(files: readonly OwnFile[], engine: Engine): Promise<Opened[]> {
  const authors = areAuthors(files.map(({ path }) => path));
  const inFolders = authors ? files.filter(({ path }) => path.includes("/")) : [];
  const opened = inFolders.length > 0 ? [await openFolder(inFolders, engine)] : [];
  for (const file of files) {
    // What lies beside a folder of theirs, and is nothing of ours, is left alone.
    if (inFolders.includes(file) || (authors && !(await kindOf(file)))) continue;
    opened.push(await openFile(file, engine));
  }
  const last = opened.findLast(({ kind }) => kind !== "result");
  return opened.filter((one) => one.kind === "result" || one === last);
}

async function openFile(given: OwnFile, engine: Engine): Promise<Opened> {
  const { path: name, file } = given;
  const kind = await kindOf(given);
  if (!file || !kind) throw new AppError("files", refused.unknown(name));
  if (kind === "json") return openJson(name, await file.text(), engine);
  const bytes = await bytesOf(file);
  if (kind === "authors") {
    const texts = Object.entries(unpacked(name, bytes)).map(([path, text]) => [path, strFromU8(text)]);
    return { kind: "result", name, result: readAuthors(name, Object.fromEntries(texts), engine.check) };
  }
  const { config, runs } = readCheckpoints(name, bytes, engine.sha256);
  return { kind: "checkpoint", name, config: checked(name, config, engine), runs };
}

/** A folder of results of the authors' program. */
async function openFolder(files: readonly OwnFile[], { check }: Engine): Promise<Opened> {
  const [name = ""] = files[0]?.path.split("/") ?? [];
  const written = files.filter(({ path }) => /\.(txt|json)$/.test(path));
  const texts = written.map(async ({ path, file }) => [path, (await file?.text()) ?? ""] as const);
  return {
    kind: "result",
    name,
    result: readAuthors(name, Object.fromEntries(await Promise.all(texts)), check),
  };
}

function openJson(name: string, text: string, engine: Engine): Opened {
  const content = parsed(name, text);
  if (typeof content !== "object" || content === null || !("runs" in content))
    return { kind: "config", name, config: checked(name, content, engine) };
  const { config, ...rest } = readResult(name, content);
  if (rest.runs.length === 0) throw new AppError("files", refused.empty(name));
  // The native command says of which images a result is where they are not MNIST's, whatever they were called.
  const itsOwn = "images" in content ? { ...config, dataset: "own" } : config;
  return { kind: "result", name, result: { ...rest, config: checked(name, itsOwn, engine) } };
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new AppError("files", refused.noJson(name, toAppError(thrown, "files").message));
  }
}

function checked(name: string, given: unknown, { check }: Engine): Config {
  try {
    return check(settingsIn(given));
  } catch (thrown) {
    const { kind, problems } = toAppError(thrown, "engine");
    if (kind !== "settings") throw thrown;
    throw new AppError("files", refused.noSettings(name, problems.map(({ message }) => message).join(" ")));
  }
}
