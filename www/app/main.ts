import "./element/np-playground";
import type { Config } from "./state/config";
import { defaults } from "./state/config";
import { FIRST_VISIT, PRESETS } from "./state/presets";
import { toLink } from "./state/url";

/** The page's part: the link holds the settings, and an empty link shows the first visit's preset. */
const playground = document.querySelector("np-playground");
const welcome = PRESETS.find(({ id }) => id === FIRST_VISIT)?.config ?? {};

function readLink(): void {
  if (!playground) return;
  if (location.hash.length > 1) playground.link = location.hash;
  else void playground.configure(welcome);
}

function writeLink({ detail }: CustomEvent<Config>): void {
  const link = toLink(detail);
  const untouched = location.hash.length <= 1 && link === toLink({ ...defaults(), ...welcome });
  if (!untouched && location.hash !== `#${link}`) history.replaceState(null, "", `#${link}`);
}

playground?.addEventListener("np-config", (event) => writeLink(event as CustomEvent<Config>));
addEventListener("hashchange", readLink);
readLink();
