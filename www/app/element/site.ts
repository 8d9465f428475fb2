import { DATA_URL } from "../dataset/data-url";

/** The folder of the site. */
const SITE = new URL("..", DATA_URL);

/** Where the site is. */
export function siteAddress(): string {
  return SITE.href;
}

/** The whole page with these settings, wherever the element stands. */
export function siteLink(hash: string): string {
  return `${SITE}#${hash}`;
}
