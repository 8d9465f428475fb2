/** The language of the page: everything takes its words from here. A translation is a file with the exports of en.ts. */
export * from "./en";
