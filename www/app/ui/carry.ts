/** Gives the settings to the links that lead to the other page of the two, the playground and its article. */
export function carry(link: string): void {
  for (const anchor of document.querySelectorAll<HTMLAnchorElement>("a[data-carry]")) anchor.hash = link;
}
