import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcer } from "../../www/app/element/announcer";

let heard: string[];
let announcer: Announcer;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  announcer = new Announcer((words) => heard.push(words));
});

afterEach(() => void vi.useRealTimers());

test("says the first thing at once, then the latest after a pause of five seconds", () => {
  announcer.say("one");
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(["one"]);
  announcer.say("two");
  vi.advanceTimersByTime(4000);
  announcer.say("three");
  expect(heard).toEqual(["one"]);
  vi.advanceTimersByTime(1000);
  expect(heard).toEqual(["one", "three"]);
});

test("says once what is about the same epoch, in its latest words", () => {
  announcer.say("epoch 1: BP", "epoch 1");
  announcer.say("epoch 1: BP, NP", "epoch 1");
  vi.advanceTimersByTime(1);
  announcer.say("epoch 1: BP, NP, DANP", "epoch 1");
  vi.advanceTimersByTime(10_000);
  announcer.say("epoch 2: BP", "epoch 2");
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(["epoch 1: BP, NP", "epoch 2: BP"]);
});

test("is silent after its end", () => {
  announcer.say("one");
  announcer.stop();
  vi.advanceTimersByTime(10_000);
  expect(heard).toEqual([]);
});

test("forgets what was said, and what was about to be; the same may be said again", () => {
  announcer.say("one");
  vi.advanceTimersByTime(1);
  announcer.say("two");
  announcer.forget();
  vi.advanceTimersByTime(10_000);
  expect(heard).toEqual(["one", ""]);
  announcer.say("one");
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(["one", "", "one"]);
});
