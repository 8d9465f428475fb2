import type { Theme } from "../contract/preferences";
import tokens from "./tokens.css?inline";

/** Colours by the CSS custom properties that hold them. */
export type Colours = (property: string) => string;

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  return (property) => style.getPropertyValue(property).trim();
}

/** Gives the colours of a theme, whichever the page shows, to what is done meanwhile. */
export function inTheme<T>(theme: Theme, act: (colour: Colours) => T): T {
  const host = document.createElement("div");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens);
  host.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  host.setAttribute("theme", theme);
  document.body.append(host);
  try {
    return act(coloursOf(host));
  } finally {
    host.remove();
  }
}
