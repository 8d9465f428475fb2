/** Whether the page is as narrow as a phone's, and all of it one column: see layout-styles.ts. */
export function isNarrow(): boolean {
  return matchMedia("(width < 640px)").matches;
}
