const EVENT = "np-recolour";

/** To be called when a theme has been chosen: what is drawn on a canvas does not follow CSS by itself. */
export function recoloured(): void {
  dispatchEvent(new Event(EVENT));
}

/** Calls back whenever the colours of the page may have changed, until the returned function is called. */
export function onRecolour(repaint: () => void): () => void {
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) =>
    matchMedia(query),
  );
  addEventListener(EVENT, repaint);
  for (const query of queries) query.addEventListener("change", repaint);
  return () => {
    removeEventListener(EVENT, repaint);
    for (const query of queries) query.removeEventListener("change", repaint);
  };
}
