import { Workbox } from "workbox-window";
import { offline as words } from "./text/later";

/** Keeps the page for visits without a network. Where a browser will not have that, nothing has been promised. */

/** It stands beside the page, and says where its files are kept: see offline-worker.ts. */
const WORKER = "offline-worker.js";

function offer(accept: () => void): void {
  const [notice, reload] = [document.createElement("p"), document.createElement("button")];
  notice.className = "new-version";
  notice.role = "status";
  reload.type = "button";
  reload.textContent = words.reload;
  reload.addEventListener("click", accept);
  document.body.append(notice);
  notice.append(words.newVersion, " ", reload);
}

if ("serviceWorker" in navigator) {
  const workbox = new Workbox(WORKER);
  workbox.addEventListener("waiting", ({ sw }) => {
    offer(() => workbox.messageSkipWaiting());
    // A tab that no worker serves, as that of the first visit, hears of no other one: it sees this one begin.
    sw?.addEventListener("statechange", () => {
      if (sw.state === "activated" && !navigator.serviceWorker.controller) location.reload();
    });
  });
  // In every tab: none is to go on with the files of another version.
  workbox.addEventListener("controlling", () => location.reload());
  workbox.register().catch(() => {});
}
