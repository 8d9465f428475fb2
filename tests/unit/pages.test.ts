import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withWords } from "../../www/app/text/pages";
import * as text from "../../www/app/text/text";

const www = new URL("../../www/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, www), "utf8");

/** What a reader would see of a page without its words; the names of the rules and what is typed off are no words. */
function ownWords(page: string): string {
  const body = page.replace(/<head>.*<\/head>|<!--.*?-->|<pre>.*?<\/pre>|<th scope="row">.*?<\/th>/gs, "");
  return body.replace(/<[^>]*>|%[\w.]+%/g, " ").trim();
}

describe("the words of the pages", () => {
  test("are put where the HTML asks for them", () => {
    expect(withWords("<h1>%site.heading%</h1>")).toBe(`<h1>${text.site.heading}</h1>`);
  });

  test("must exist", () => {
    expect(() => withWords("%site.nothing%")).toThrow("site.nothing");
    expect(() => withWords("%nowhere.title%")).toThrow("nowhere.title");
  });

  test("stand in one file: the HTML has none of its own", () => {
    for (const page of ["index.html", "embed.html", "measure.html"]) {
      expect(ownWords(read(page)).replace(/[\s.]/g, ""), page).toBe("");
      expect(withWords(read(page)), page).not.toMatch(/%[a-z]+\.[a-z]+/i);
    }
  });
});

describe("dev.html", () => {
  // The whole is what all other pages show; the others are dialogs, which would lie on top of the gallery.
  const ELSEWHERE = ["np-playground", "np-help", "np-share", "np-embed-dialog"];

  test("shows every component", () => {
    const files = readdirSync(new URL("app/", www), { recursive: true, encoding: "utf8" });
    const sources = files.filter((file) => file.endsWith(".ts")).map((file) => read(`app/${file}`));
    const defined = sources.flatMap((source) =>
      [...source.matchAll(/^define\("([\w-]+)"/gm)].map(([, name]) => name),
    );
    const shown = [...read("app/dev/main.ts").matchAll(/^ {2}\[\s*"(np-[\w-]+)"/gm)].map(([, name]) => name);
    expect(defined.length).toBeGreaterThan(10);
    expect([...new Set(shown), ...ELSEWHERE].sort()).toEqual(defined.sort());
  });
});
