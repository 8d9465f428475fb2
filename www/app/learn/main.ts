import "../element/np-playground";
import { keptPreferences } from "../contract/preferences";
import { firstVisit } from "../contract/presets";
import { savesData } from "../element/welcome";
import { Address } from "../state/address";
import { carry } from "../ui/carry";
import { isNarrow } from "../ui/window";
import { Engine } from "./engine";
import { isLesson } from "./lessons";
import { type Motion, Player } from "./player";

/** The article's part: figures that begin when they are seen, and settings that come and go with the reader. */

const still = matchMedia("(prefers-reduced-motion: reduce)").matches || savesData();
const motion: Motion = still ? "asked" : "free";

document.documentElement.dataset.theme = keptPreferences().theme ?? "system";

const engine = new Engine();
for (const place of document.querySelectorAll<HTMLElement>("[data-lesson]")) {
  const name = place.dataset.lesson ?? null;
  if (isLesson(name)) new Player(place, name, engine, motion);
}

/** The settings that the reader came with are raced, and what is changed here goes back with the reader. */
const playground = document.querySelector("np-playground");
if (playground) {
  const address = new Address(window);
  const read = () => {
    if (location.hash.length > 1) playground.link = location.hash;
    else void playground.configure(firstVisit(isNarrow()));
    carry(location.hash);
  };
  playground.addEventListener("np-config", () => {
    address.show(playground.link);
    carry(playground.link);
  });
  addEventListener("hashchange", read);
  read();
  playground.autoplay = motion === "free";
}
