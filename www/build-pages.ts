import type { Plugin } from "vite";
import { recordedFigure } from "./app/recorded/figure";

/** Puts into the pages what is made at build time: the recorded curves, in the place that index.html has for them. */
export function builtIn(): Plugin {
  return {
    name: "built-in",
    transformIndexHtml: (page) => page.replace("<!-- recorded curves -->", () => recordedFigure()),
  };
}
