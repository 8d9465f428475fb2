import type { TemplateResult } from "lit";

/** What the page says about one thing that can be chosen or seen. */
export interface Explanation {
  label: string;
  /** Where there is no room for the label. */
  short?: string;
  help: string;
  equation?: TemplateResult;
}
