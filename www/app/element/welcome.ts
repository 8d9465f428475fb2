/** Chromium's name for a reader's wish to save data; other browsers have the media query alone. */
interface Connection {
  connection?: { saveData?: boolean };
}

export function savesData(): boolean {
  return (
    matchMedia("(prefers-reduced-data: reduce)").matches ||
    (navigator as Connection).connection?.saveData === true
  );
}

/** Calls back once, when the element is seen for the first time; never if the reader wants to save data. */
export function onceSeen(element: Element, start: () => void): () => void {
  if (savesData()) return () => {};
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    start();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
