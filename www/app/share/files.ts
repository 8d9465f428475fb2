import { AppError } from "../contract/errors";
import { share } from "../text/share";

/** Saves bytes or text under a name, as a download. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the bytes when the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function textFile(text: string, type: string): Blob {
  return new Blob([text], { type: `${type};charset=utf-8` });
}

const DENSITY = 2;

/** A drawing in pixels, two for each of the page's in both directions. */
export async function toPng(svg: SVGElement): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvg(svg))}`;
  await picture.decode().catch(() => {
    throw new AppError("part", share.noPng);
  });
  const canvas = document.createElement("canvas");
  canvas.width = DENSITY * picture.width;
  canvas.height = DENSITY * picture.height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((png) => (png ? resolve(png) : reject(new Error("no picture"))), "image/png"),
  );
}

export function toSvg(svg: SVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}
