import { BUNDLED } from "../contract/bundled";
import { DATA_URL } from "../dataset/data-url";

/** The folder of the site. A script of one file may lie anywhere, and knows of none. */
const SITE = BUNDLED ? undefined : new URL("..", DATA_URL);

/** Where the site is, if there is one. */
export function siteAddress(): string | undefined {
  return SITE?.href;
}

/** The whole page with these settings, wherever the element stands; without a site, the settings alone. */
export function siteLink(hash: string): string {
  return `${SITE ?? ""}#${hash}`;
}
