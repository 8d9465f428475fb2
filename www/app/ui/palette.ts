import type { Theme } from "../contract/preferences";
import tokens from "./tokens.css?inline";

/** Gives the colours of a theme, whichever the page shows, to what is done meanwhile. */
export function inTheme<T>(theme: Theme, act: (colour: (property: string) => string) => T): T {
  const host = document.createElement("div");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens);
  host.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  host.setAttribute("theme", theme);
  document.body.append(host);
  try {
    const style = getComputedStyle(host);
    return act((property) => style.getPropertyValue(property));
  } finally {
    host.remove();
  }
}
