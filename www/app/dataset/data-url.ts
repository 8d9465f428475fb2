import manifestUrl from "/data/manifest.json?url";
import { addressOf } from "../contract/address";

/** The data beside the script that this module was built into, wherever the page around it is. */
export const DATA_URL = new URL(".", addressOf(manifestUrl));
