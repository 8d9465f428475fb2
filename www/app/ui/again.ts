import { html, nothing, type TemplateResult } from "lit";
import * as text from "../text/text";

/** The mark of what starts runs again, while there are some. It is looked at; a sentence says it to who listens. */
export function again(would: boolean, title = text.settings.restarts): TemplateResult | typeof nothing {
  return would ? html`<span class="again muted" aria-hidden="true" title=${title}>↻</span>` : nothing;
}
