// What scripts/article.mjs and the tests evaluate: how the article's pictures and numbers are made.
export { factsOf } from "./facts";
export { LOOKED_AT } from "./lessons";
export { recordings } from "./recorded";
