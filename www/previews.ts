import type { HtmlTagDescriptor, Plugin } from "vite";

/** What other sites show beside a link to this one: a picture, and for those that ask by oEmbed, the small figure. */

const PICTURE = { name: "preview.png", width: 1200, height: 630 }; // taken by scripts/screenshot.mjs
/** The pages that are linked to, and where their readers are sent; a frame's to the playground. */
const PREVIEWED = new Map([
  ["/index.html", ""],
  ["/embed.html", ""],
  ["/learn.html", "learn.html"],
]);
const FIGURE = { width: 640, height: 402 };

/** The answer to everybody who asks by oEmbed: a file, since a static site has no other. */
export function oEmbedOf(site: string, title: string) {
  const { width, height } = FIGURE;
  const frame = `<iframe src="${site}embed.html?controls=min" width="${width}" height="${height}" style="border: 0" title="${title}"></iframe>`;
  return {
    ...{ version: "1.0", type: "rich", title, provider_name: title, provider_url: site },
    ...{ html: frame, width, height },
    ...{
      thumbnail_url: site + PICTURE.name,
      thumbnail_width: PICTURE.width,
      thumbnail_height: PICTURE.height,
    },
  };
}

/** What the head of a page says of them. Some sites follow whole addresses only. */
export function previewTags(site: string | undefined, page = ""): HtmlTagDescriptor[] {
  const meta = (property: string, content: string): HtmlTagDescriptor => ({
    ...{ tag: "meta", injectTo: "head" },
    attrs: { property, content },
  });
  const oEmbed: HtmlTagDescriptor = {
    ...{ tag: "link", injectTo: "head" },
    attrs: { rel: "alternate", type: "application/json+oembed", href: `${site}oembed.json` },
  };
  return [
    meta("og:image", (site ?? "./") + PICTURE.name),
    meta("og:image:width", String(PICTURE.width)),
    meta("og:image:height", String(PICTURE.height)),
    ...(site ? [meta("og:url", site + page), oEmbed] : []),
  ];
}

/** `site`: the whole address of the folder that the site will stand in, ending in a slash, where that is known. */
export function linkPreviews(site: string | undefined, title: () => Promise<string>): Plugin {
  if (site !== undefined && !(URL.canParse(site) && site.endsWith("/")))
    throw new Error(
      `SITE_URL = "${site}" cannot be used: give a whole address that ends in "/", or leave it out.`,
    );
  return {
    name: "link-previews",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { path }) => {
        const page = PREVIEWED.get(path);
        return page === undefined ? [] : previewTags(site, page);
      },
    },
    async generateBundle() {
      if (!site) return;
      const source = JSON.stringify(oEmbedOf(site, await title()), null, 2);
      this.emitFile({ type: "asset", fileName: "oembed.json", source });
    },
  };
}
