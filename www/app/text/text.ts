/**
 * The language of the page: everything takes its words from here. A translation is a file with the exports of en.ts.
 * Who needs words names them (text.page.retry): taken whole, also by destructuring, all of them would be shipped.
 */
export * from "./en";
