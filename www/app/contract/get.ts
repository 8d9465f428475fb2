/** As `fetch`. Builds whose files do not lie on a server put another module in this one's place. */
export const get: typeof fetch = (asked, options) => fetch(asked, options);
