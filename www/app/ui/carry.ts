/**
 * Gives the settings to the links that lead to the other page of the two, the playground and its article. What such a
 * link asks for itself (data-carry="view=update") stays.
 */
export function carry(link: string): void {
  for (const anchor of document.querySelectorAll<HTMLAnchorElement>("a[data-carry]"))
    anchor.hash = [link, anchor.dataset.carry].filter(Boolean).join("&");
}
