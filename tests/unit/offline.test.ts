import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { offline as words } from "../../www/app/text/later";

/** What a test speaks for, in place of the browser: how the worker's registration goes. */
const registration = vi.hoisted(() => ({
  listeners: new Map<string, (event: object) => void>(),
  messageSkipWaiting: vi.fn(),
}));

vi.mock("workbox-window", () => ({
  Workbox: class {
    messageSkipWaiting = registration.messageSkipWaiting;
    addEventListener(name: string, listener: () => void): void {
      registration.listeners.set(name, listener);
    }
    register = () => Promise.resolve();
  },
}));

const reload = vi.fn();
const ANSWER_MS = 1000;
const serviceWorker: { controller: object | null } = { controller: null };
let button: EventTarget & { textContent?: string };
let why: EventTarget & { textContent?: string };
/** Another tab that hears what this one asks. */
let other: BroadcastChannel;
/** What listens before the tab is left. */
let leaving: EventTarget;
let waiting: EventTarget & { state: string };

beforeEach(async () => {
  vi.clearAllMocks();
  vi.resetModules();
  const element = () => Object.assign(new EventTarget(), { append: () => {} });
  const createElement = (name: string) => {
    const made = element();
    if (name === "button") button = made;
    if (name === "span") why = made;
    return made;
  };
  leaving = new EventTarget();
  other = new BroadcastChannel("np-playground-new-version");
  vi.stubGlobal("dispatchEvent", (event: Event) => leaving.dispatchEvent(event));
  vi.stubGlobal("document", { createElement, body: element() });
  vi.stubGlobal("navigator", { serviceWorker });
  vi.stubGlobal("location", { reload });
  await import("../../www/app/offline");
  waiting = Object.assign(new EventTarget(), { state: "installed" });
  registration.listeners.get("waiting")?.({ sw: waiting });
});

afterEach(() => other.close());

/** Presses the button, and waits until the other tabs could have answered. */
async function press(): Promise<void> {
  button.dispatchEvent(new Event("click"));
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS + 100));
}

function activate(): void {
  for (const state of ["activating", "activated"]) {
    waiting.state = state;
    waiting.dispatchEvent(new Event("statechange"));
  }
}

test("no version comes while something would end with this tab", async () => {
  leaving.addEventListener("beforeunload", (event) => event.preventDefault());
  await press();
  expect(registration.messageSkipWaiting).not.toHaveBeenCalled();
  expect(why.textContent).toBe(words.ends(words.thisTab));
});

test("nor while another tab says that something would end with it", async () => {
  const answer = () => other.postMessage("mine ends");
  other.addEventListener("message", answer);
  await press();
  expect(registration.messageSkipWaiting).not.toHaveBeenCalled();
  expect(why.textContent).toBe(words.ends(words.anotherTab));
  other.removeEventListener("message", answer);
  await press();
  expect(registration.messageSkipWaiting).toHaveBeenCalledOnce();
  expect(why.textContent).toBe("");
});

test("two presses are one question", async () => {
  let answers = 0;
  const answer = () => {
    answers += 1;
    if (answers === 1) other.postMessage("mine ends");
  };
  other.addEventListener("message", answer);
  button.dispatchEvent(new Event("click"));
  expect(button).toHaveProperty("disabled", true);
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS + 100));
  expect(button).toHaveProperty("disabled", false);
  expect([answers, registration.messageSkipWaiting.mock.calls.length]).toEqual([1, 0]);
});

test("a tab tells another that asks that something would end with it, and only then", async () => {
  const heard: unknown[] = [];
  other.addEventListener("message", ({ data }) => heard.push(data));
  const ask = async () => {
    other.postMessage("whose ends?");
    await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await ask();
  expect(heard).toEqual([]);
  leaving.addEventListener("beforeunload", (event) => event.preventDefault());
  await ask();
  expect([...new Set(heard)], "as do those that other tests have left").toEqual(["mine ends"]);
});

test("a tab that no worker serves takes the new version, too", async () => {
  serviceWorker.controller = null;
  expect(button.textContent).toBe(words.reload);
  await press();
  expect(registration.messageSkipWaiting).toHaveBeenCalledOnce();
  expect(reload).not.toHaveBeenCalled();
  activate();
  expect(reload).toHaveBeenCalledOnce();
});

test("a tab that a worker serves takes it once, when the new one serves it", () => {
  serviceWorker.controller = {};
  activate();
  expect(reload).not.toHaveBeenCalled();
  registration.listeners.get("controlling")?.({});
  expect(reload).toHaveBeenCalledOnce();
});
