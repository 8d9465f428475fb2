import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";

/**
 * The page's service worker: it keeps one version of the page whole, with the images of the first visit, and serves that
 * until the reader asks for the next one.
 */

/** What is kept; scripts/site.mjs lists it, each file with its hash, so that no file of another version comes among them. */
declare const FILES: Parameters<typeof precacheAndRoute>[0];

declare const registration: ServiceWorkerRegistration;
declare function skipWaiting(): Promise<void>;

const PAGE = registration.scope;
const DATA = new URL("data/", PAGE).href;

function isPage(address: string): boolean {
  const [place = ""] = address.split(/[?#]/);
  return place === PAGE || place === `${PAGE}index.html`;
}

// Other pages of this folder come from the server, and must not get the images of a version that is kept here.
addEventListener("fetch", (event) => {
  if (!("request" in event && event.request instanceof Request)) return;
  const { url, referrer } = event.request;
  if (url.startsWith(DATA) && !isPage(referrer)) event.stopImmediatePropagation();
});
precacheAndRoute(FILES, { cleanURLs: false, ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();

addEventListener("message", ({ data }) => {
  if (data?.type === "SKIP_WAITING") void skipWaiting();
});
