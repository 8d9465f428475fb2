import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

/**
 * A choice of a menu. Once a visitor has used the menu, browsers heed the property alone, and not what the page has set
 * last, but what there is.
 */
export function option(
  value: string | number,
  words: string,
  chosen: boolean,
  waits = false,
): TemplateResult {
  return html`<option value=${value} ?disabled=${waits} .selected=${live(chosen)}>${words}</option>`;
}
