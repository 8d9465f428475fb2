/**
 * As `fetch`; it says which page asks, by which offline-worker.ts tells pages, whatever policy the server has for the others.
 * Builds whose files do not lie on a server put another module in this one's place.
 */
export const get: typeof fetch = (asked, options) =>
  fetch(asked, { referrerPolicy: "same-origin", ...options });
