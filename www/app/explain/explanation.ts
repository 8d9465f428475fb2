import type { TemplateResult } from "lit";

/** What the page says about one thing that can be chosen or seen. */
export interface Explanation {
  label: string;
  help: string;
  equation?: TemplateResult;
}
