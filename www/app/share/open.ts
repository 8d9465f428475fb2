import type { Config, Given } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import type { OwnFile } from "../contract/own";
import type { Result } from "../contract/result";
import { refused } from "../text/share";
import { settingsIn } from "../worker/engine";
import { readResult } from "./read-result";

/** What a file brings back. */
export type Opened =
  | { kind: "result"; name: string; result: Result }
  | { kind: "config"; name: string; config: Config };

type Check = (given: Given) => Config;

/** Whether all of them are files that this page or the command has written: any other are for the reader of images. */
export function areOurs(files: readonly OwnFile[]): boolean {
  return files.length > 0 && files.every(({ path, file }) => file !== null && /\.json$/i.test(path));
}

/** Reads such a file; fails with a sentence about what is wrong with it. `check` judges settings. */
export async function openFile({ path: name, file }: OwnFile, check: Check): Promise<Opened> {
  const content = parsed(name, (await file?.text()) ?? "");
  if (typeof content !== "object" || content === null || !("runs" in content))
    return { kind: "config", name, config: checked(name, content, check) };
  const { config, ...rest } = readResult(name, content);
  if (rest.runs.length === 0) throw new AppError("files", refused.empty(name));
  return { kind: "result", name, result: { ...rest, config: checked(name, config, check) } };
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new AppError("files", refused.noJson(name, toAppError(thrown, "files").message));
  }
}

function checked(name: string, given: unknown, check: Check): Config {
  try {
    return check(settingsIn(given));
  } catch (thrown) {
    const { kind, problems } = toAppError(thrown, "engine");
    if (kind !== "settings") throw thrown;
    throw new AppError("files", refused.noSettings(name, problems.map(({ message }) => message).join(" ")));
  }
}
