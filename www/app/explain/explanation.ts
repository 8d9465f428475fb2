import type { Algorithm, Config } from "../contract/config";
import type * as text from "../text/text";

/** What can be explained: a field, a group of them, a rule, a chart, or what a button does. */
export type Subject =
  | keyof Config
  | `group:${keyof typeof text.groups}`
  | `rule:${Algorithm}`
  | `chart:${keyof typeof text.charts}`
  | `act:${keyof typeof text.acts}`;

/** What the page says about one thing that can be chosen or seen. */
export interface Explanation {
  label: string;
  help: string;
  /** What does the same, where keys are heard. */
  key?: string;
  /** Where in the paper it is treated; by name, since the numbers of its sections differ from version to version. */
  paper?: string;
  /** Who has written of it, where that is not the paper. */
  citation?: string;
}
