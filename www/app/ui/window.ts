/** Whether the page is as narrow as a phone's, and all of it one column: see layout-styles.ts. */
export function isNarrow(): boolean {
  return matchMedia("(width < 640px)").matches;
}

/** Whether a window that this media query names, or a page that is as long as what is in it, has room; a phone has none. */
export function isRoomy(query: string): boolean {
  return !isNarrow() && (!isWide() || matchMedia(query).matches);
}

/** Whether everything stands side by side, on one screen. Below that a page is as long as what is in it. */
function isWide(): boolean {
  return matchMedia("(width >= 992px)").matches;
}
