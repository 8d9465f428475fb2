import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { linkPreviews, oEmbedOf, previewTags } from "../../www/previews";

const SITE = "https://your.host/np/";

describe("what other sites show beside a link", () => {
  test("is a picture of the size that they want", () => {
    const picture = readFileSync(new URL("../../www/public/preview.png", import.meta.url));
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(picture.length).toBeLessThan(300_000);
  });

  test("has whole addresses where the site's is known, and finds oEmbed's answer", () => {
    const attrs = previewTags(SITE).map((tag) => tag.attrs);
    expect(attrs).toContainEqual({ property: "og:image", content: `${SITE}preview.png` });
    expect(attrs).toContainEqual({
      rel: "alternate",
      type: "application/json+oembed",
      href: `${SITE}oembed.json`,
    });
    const article = previewTags(SITE, "learn.html").map((tag) => tag.attrs);
    expect(article).toContainEqual({ property: "og:url", content: `${SITE}learn.html` });
    expect(JSON.stringify(previewTags(undefined))).not.toMatch(/oembed|undefined/);
  });

  test("is by oEmbed the small figure in a frame", () => {
    const { type, version, html, width, thumbnail_url } = oEmbedOf(SITE, "NP Playground");
    expect({ type, version, width, thumbnail_url }).toEqual({
      ...{ type: "rich", version: "1.0", width: 640 },
      thumbnail_url: `${SITE}preview.png`,
    });
    expect(html).toContain(`src="${SITE}embed.html?controls=min"`);
  });

  test.each(["your.host", "https://your.host/np"])("cannot stand at %s, which is said", (site) => {
    expect(() => linkPreviews(site, async () => "")).toThrow(`SITE_URL = "${site}" cannot be used`);
  });
});
