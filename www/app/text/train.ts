/** Words of the npm package's `train`. A translation has a file with these exports, too. */
export const train = {
  noFolder: (given: string) =>
    `"${given}" is no address of a folder: give a whole one that ends in "/", such as ` +
    '"https://your.host/np-playground/data/", or in Node a folder of this machine, as in "file:///home/me/data/".',
  noData:
    "There are no images: give an object of them, { height, width, classes, train, test }, or the address of a folder of MNIST.",
  arrays: "arrays",
  noBytes: (set: string) =>
    `${set}.pixels and ${set}.labels have to be Uint8Arrays: the pixels from 0 (black) to 255 (white), the labels from 0 on.`,
  dataset: (given: string, taken: string) =>
    `dataset = ${given} does not fit the data, which are ${taken === "own" ? "images" : "a folder of MNIST"}: ` +
    `leave it out, or give "${taken}".`,
  pixels: (set: string, bytes: number, images: number, height: number, width: number) =>
    `${set}.pixels has ${bytes} numbers, and ${images} images (as many as ${set}.labels) of ${height} x ${width} pixels ` +
    "have another count: give one number from 0 to 255 for each pixel of each image.",
  classes: (classes: number, found: number) =>
    `classes = ${classes}, and the greatest label is ${found - 1}: labels count from 0, so give classes = ${found}, or other labels.`,
};
