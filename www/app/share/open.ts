import type { Config } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import type { OwnFile } from "../contract/own";
import type { Result } from "../contract/result";
import { refused } from "../text/share";
import { type Engine, settingsIn } from "../worker/engine";
import { type Checkpoints, MANIFEST, readCheckpoints } from "./checkpoint";
import { readResult } from "./read-result";
import { namesIn } from "./zip-names";

/** What a file brings back. */
export type Opened = { name: string } & (
  | { kind: "result"; result: Result }
  | { kind: "config"; config: Config }
  | { kind: "checkpoint"; config: Config; runs: Checkpoints["runs"] }
);

/** The kind of a file that this page or the command has written, as far as its outside tells. */
type Kind = "json" | "checkpoint";

async function kindOf({ path, file }: OwnFile): Promise<Kind | null> {
  if (!file) return null;
  if (/\.json$/i.test(path)) return "json";
  if (!/\.zip$/i.test(path)) return null;
  return namesIn(await bytesOf(file)).includes(MANIFEST) ? "checkpoint" : null;
}

/** Whether all of them are such files: any other are for the reader of images. */
export async function areOurs(files: readonly OwnFile[]): Promise<boolean> {
  const kinds = await Promise.all(files.map(kindOf));
  return kinds.length > 0 && !kinds.includes(null);
}

/** Reads such a file; fails with a sentence about what is wrong with it. */
export async function openFile(given: OwnFile, engine: Engine): Promise<Opened> {
  const { path: name, file } = given;
  const kind = await kindOf(given);
  if (!file || !kind) throw new AppError("files", refused.unknown(name));
  if (kind === "json") return openJson(name, await file.text(), engine);
  const { config, runs } = readCheckpoints(name, await bytesOf(file), engine.sha256);
  return { kind: "checkpoint", name, config: checked(name, config, engine), runs };
}

function openJson(name: string, text: string, engine: Engine): Opened {
  const content = parsed(name, text);
  if (typeof content !== "object" || content === null || !("runs" in content))
    return { kind: "config", name, config: checked(name, content, engine) };
  const { config, ...rest } = readResult(name, content);
  if (rest.runs.length === 0) throw new AppError("files", refused.empty(name));
  return { kind: "result", name, result: { ...rest, config: checked(name, config, engine) } };
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
