/** What the page says about one thing that can be chosen or seen. */
export interface Explanation {
  label: string;
  help: string;
  /** MathML. */
  equation?: string;
  /** Where in the paper it is treated; by name, since the numbers of its sections differ from version to version. */
  paper?: string;
}
