import { Workbox } from "workbox-window";
import { offline as words } from "./text/later";

/** Keeps the page for visits without a network. Where a browser will not have that, nothing has been promised. */

/** It stands beside the page, and says where its files are kept: see offline-worker.ts. */
const WORKER = "offline-worker.js";

/** Tabs that are on their way answer sooner. */
const ANSWER_MS = 1000;

/** Whether the browser would ask before this tab is left: something ends with it. */
function wouldAsk(): boolean {
  return !dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

/** All tabs of the page, which may be asked whether something ends with them. */
class Tabs {
  readonly #channel = new BroadcastChannel("np-playground-new-version");
  #answered = false;

  constructor() {
    this.#channel.addEventListener("message", ({ data }) => {
      if (data === "mine ends") this.#answered = true;
      else if (wouldAsk()) this.#channel.postMessage("mine ends");
    });
  }

  /** In words what a reload of all of them would end; nothing where that is nothing. */
  async wouldEnd(): Promise<string> {
    if (wouldAsk()) return words.ends(words.thisTab);
    this.#answered = false;
    this.#channel.postMessage("whose ends?");
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    return this.#answered ? words.ends(words.anotherTab) : "";
  }
}

/** Not while something would end: with the files of another version a tab that stays could not go on. */
function offer(tabs: Tabs, accept: () => void): void {
  const [notice, reload] = [document.createElement("p"), document.createElement("button")];
  const why = document.createElement("span");
  notice.className = "new-version";
  notice.role = "status";
  reload.type = "button";
  reload.textContent = words.reload;
  reload.addEventListener("click", async () => {
    why.textContent = "";
    reload.disabled = true; // one question at a time
    why.textContent = await tabs.wouldEnd();
    reload.disabled = false;
    if (why.textContent === "") accept();
  });
  document.body.append(notice);
  notice.append(words.newVersion, " ", reload, " ", why);
}

if ("serviceWorker" in navigator) {
  const tabs = new Tabs();
  const workbox = new Workbox(WORKER);
  workbox.addEventListener("waiting", ({ sw }) => {
    offer(tabs, () => workbox.messageSkipWaiting());
    // A tab that no worker serves, as that of the first visit, hears of no other one: it sees this one begin.
    sw?.addEventListener("statechange", () => {
      if (sw.state === "activated" && !navigator.serviceWorker.controller) location.reload();
    });
  });
  // In every tab: none is to go on with the files of another version.
  workbox.addEventListener("controlling", () => location.reload());
  workbox.register().catch(() => {});
}
