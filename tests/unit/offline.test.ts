import { beforeEach, expect, test, vi } from "vitest";
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
const serviceWorker: { controller: object | null } = { controller: null };
let button: EventTarget & { textContent?: string };
let waiting: EventTarget & { state: string };

beforeEach(async () => {
  vi.clearAllMocks();
  vi.resetModules();
  const element = () => Object.assign(new EventTarget(), { append: () => {} });
  const createElement = (name: string) => {
    const made = element();
    if (name === "button") button = made;
    return made;
  };
  vi.stubGlobal("document", { createElement, body: element() });
  vi.stubGlobal("navigator", { serviceWorker });
  vi.stubGlobal("location", { reload });
  await import("../../www/app/offline");
  waiting = Object.assign(new EventTarget(), { state: "installed" });
  registration.listeners.get("waiting")?.({ sw: waiting });
});

function activate(): void {
  for (const state of ["activating", "activated"]) {
    waiting.state = state;
    waiting.dispatchEvent(new Event("statechange"));
  }
}

test("a tab that no worker serves takes the new version, too", () => {
  serviceWorker.controller = null;
  expect(button.textContent).toBe(words.reload);
  button.dispatchEvent(new Event("click"));
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
