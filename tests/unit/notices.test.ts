import { expect, test } from "vitest";
import { AppError, type Problem } from "../../www/app/contract/errors";
import { byField, notices } from "../../www/app/element/notices";
import type { Session } from "../../www/app/element/session";
import { config } from "./fakes";

const lr: Problem = { field: "lr", value: "11", allowed: "at most 10", message: "lr = 11 is too large." };

/** What is written on the page where these were refused. */
function written(...refused: AppError[]): string {
  const experiment = { config: config(), own: null, error: null, runs: [] };
  return JSON.stringify(notices({ experiment, failure: null, refused } as unknown as Session));
}

test("settings that are refused as a whole are named on the page, and single ones beside their controls", () => {
  const whole = new AppError("config", "This takes more memory than there is here.");
  const single = new AppError("config", "Everything is wrong.", [lr]);
  expect(written(whole, single)).toContain("more memory");
  expect(written(single)).not.toMatch(/wrong|large/);
  expect([...byField([whole, single])]).toEqual([["lr", "Learning rate “11” is too large."]]);
});
