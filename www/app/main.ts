import type { NpPlayground } from "./element/np-playground";
import "./element/np-playground";
import { keepPreferences, keptPreferences, type Preferences } from "./contract/preferences";
import { firstVisit } from "./contract/presets";
import { hasFiles } from "./dataset/dropped";
import { Address } from "./state/address";
import { carry } from "./ui/carry";
import { isNarrow } from "./ui/window";

/**
 * The page's part: the link holds the settings, and an empty link shows the first visit's preset. Where the element says
 * keep-runs, what is under way, what has ended and what the reader prefers outlive the page; an embedded one stores nothing.
 */
const playground = document.querySelector<NpPlayground>("np-playground");
const keeps = playground?.hasAttribute("keep-runs") ?? false;
const welcome = firstVisit(isNarrow());
const address = new Address(window);

function keyOf({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): KeyboardEventInit {
  return { key, shiftKey, ctrlKey, altKey, metaKey };
}

function readLink(): void {
  if (!playground) return;
  if (location.hash.length > 1) playground.link = location.hash;
  else if (!playground.preset) void playground.configure(welcome);
}

/** Links and text may go into boxes. */
function stay(event: DragEvent): void {
  const [target] = event.composedPath();
  if (hasFiles(event) || !(target instanceof HTMLInputElement)) event.preventDefault();
}

/** The page has the element's theme, and keeps what the reader prefers. */
function prefer({ theme, shortcuts }: Preferences): void {
  document.documentElement.dataset.theme = theme;
  if (keeps) keepPreferences({ theme, shortcuts });
}

if (playground) {
  if (keeps) Object.assign(playground, keptPreferences());
  document.documentElement.dataset.theme = playground.theme;
}
playground?.addEventListener("np-prefer", (event) => prefer((event as CustomEvent<Preferences>).detail));
// Keys that are pressed while nothing has the focus are the playground's, too.
document.body.addEventListener("keydown", (event) => {
  if (event.target !== document.body) return;
  const forwarded = new KeyboardEvent("keydown", { ...keyOf(event), cancelable: true });
  if (!playground?.dispatchEvent(forwarded)) event.preventDefault();
});
// What is dropped beside the playground is meant for it, and must not take the page's place.
addEventListener("dragover", stay);
addEventListener("drop", (event) => {
  if (playground && !event.composedPath().includes(playground))
    playground.dispatchEvent(new DragEvent("drop", { dataTransfer: event.dataTransfer, cancelable: true }));
  stay(event);
});
playground?.addEventListener("np-config", () => {
  address.show(playground.link);
  carry(playground.link);
});
// Back leads to what was there before.
playground?.addEventListener("np-visit", () => {
  address.visit(playground.link);
  carry(playground.link);
});
// Back and forward, too.
addEventListener("hashchange", readLink);
const bare = location.hash.length <= 1;
// After what the modules of other pages give it in this moment: a build may put them behind this one.
queueMicrotask(() => {
  readLink();
  if (keeps) void playground?.keepRuns(bare);
});
if (keeps && import.meta.env.PROD) {
  // When it trains, all that it needs has come, and it can be kept for visits without a network. That may fail.
  const keep = () => void import("./offline").catch(() => {});
  if (navigator.serviceWorker?.controller) keep();
  else playground?.addEventListener("np-epoch", keep, { once: true });
}
