import { describe, expect, test } from "vitest";
import { AppError, toAppError, toFailure } from "../../www/app/contract/errors";
import { problemWords } from "../../www/app/contract/setting-words";
import { hear } from "../../www/app/contract/thread";
import { FakeWorker } from "./fakes";

const problem = { field: "lr", value: "99", allowed: "at most 10", message: "lr = 99 cannot be used." };

describe("an error", () => {
  test.each([
    ["config", "settings"],
    ["link", "link"],
    ["files", "files"],
    ["hash", "data"],
    ["dataset_too_small", "data"],
    ["no_simd", "browser"],
    ["part", "part"],
    ["worker", "retry"],
    ["some code of tomorrow", "retry"],
    ["constructor", "retry"],
  ])("with the code %s is of the kind %s, whatever problems it has", (code, kind) => {
    expect(new AppError(code, "A sentence.").kind).toBe(kind);
    expect(new AppError(code, "A sentence.", [problem]).kind).toBe(kind);
  });

  test.each([
    ["lr", '"1.000,5"', "Learning rate “1.000,5” cannot be used: choose less."],
    ["overrides.danp.lr", "99", "Learning rate of DANP “99” cannot be used: choose less."],
    ["hidden_sizes", '[64,"many"]', "Hidden layers “64,many” cannot be used: choose less."],
    ["learning", "1", "learning = 1 cannot be used: choose less."],
  ])("of %s = %s is told in the page's words", (field, value, sentence) => {
    const message = `${field} = ${value} cannot be used: choose less.`;
    expect(problemWords({ field, value, allowed: "less", message })).toBe(sentence);
  });

  test("crosses a thread whole", () => {
    const error = new AppError("config", problem.message, [problem]);
    const failure = toFailure(error, "engine");
    expect(failure).toEqual({ code: "config", message: problem.message, problems: [problem] });
    expect(AppError.of(failure)).toEqual(error);
    expect(toFailure(new AppError("hash", "Damaged."), "engine")).not.toHaveProperty("problems");
  });

  test("that Rust throws keeps its code and its problems; any other takes the code of where it was caught", () => {
    const rust = Object.assign(new Error(problem.message), { code: "config", problems: [problem] });
    expect(toAppError(rust, "engine")).toMatchObject({ kind: "settings", problems: [problem] });
    expect(toAppError(new Error("unreachable"), "engine")).toMatchObject({ code: "engine", problems: [] });
    expect(toAppError("out of reach", "fetch")).toMatchObject({ code: "fetch", message: "out of reach" });
  });
});

describe("a worker", () => {
  const deaths = (happen: (worker: FakeWorker) => void) => {
    const [worker, heard, died] = [new FakeWorker(), [] as unknown[], [] as string[]];
    hear(
      worker,
      (message) => heard.push(message),
      (what) => died.push(what),
    );
    happen(worker);
    return { heard, died };
  };

  test("is heard, and so is its death, in words", () => {
    expect(deaths((worker) => worker.say({ kind: "ready" }))).toEqual({
      heard: [{ kind: "ready" }],
      died: [],
    });
    expect(deaths((worker) => worker.crash("out of memory")).died).toEqual(["stopped (out of memory)"]);
    expect(deaths((worker) => worker.crash("")).died).toEqual(["could not be loaded"]);
    expect(deaths((worker) => worker.dispatchEvent(new Event("messageerror"))).died).toEqual([
      "sent a message that cannot be read",
    ]);
  });
});
