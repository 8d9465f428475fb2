import { DATA_URL } from "../dataset/data-url";

/** The folder of the site. */
const SITE = new URL("..", DATA_URL);

/** The whole page with these settings, wherever the element stands. */
export function siteLink(hash: string): string {
  return `${SITE}#${hash}`;
}
