/** Words about the reader's own images, loaded with their panel. A translation has a file with these exports, too. */
export const ownImages = {
  choose: "Drop files here, or choose them:",
  folder: "Or choose a folder:",
  help:
    "IDX, CSV, ARFF, npz, npy or CIFAR files, also zipped or gzipped; PNG or JPEG pictures in a folder " +
    'for each class. Up to 100 classes. Files, and folders of pictures, named "test", "valid" or "t10k" are for testing; without any, every fifth image is. ' +
    "A drop may be anywhere on the page, and folders come with all that is in them. Nothing leaves this device.",
  used: "Images that are used",
  mnist: "MNIST",
  own: "Own images",
  reading: "Reading the files.",
  silent:
    "Still reading the files: large ones take a while. The runs go on meanwhile; Cancel leaves everything as it was.",
  cancel: "Cancel",
  still: "The images that were given before are still there:",
  found: (train: number, test: number, rows: number, cols: number, classes: number) =>
    `${train} training and ${test} test images of ${rows} × ${cols} pixels in ${classes} classes.`,
  takes: (bytes: number) => `Their pixels take ${size(bytes)}.`,
  preview: "Images of each class",
  columns: ["Class", "Training", "Test", "Images"],
  examples: (count: number, name: string) =>
    count === 1 ? `An image of class ${name}` : `${count} images of class ${name}`,
  called: ([first = "", ...more]: readonly string[]) =>
    more.length > 0 ? `${first} and ${more.length} more` : first,
  unreadable: "cannot be read: choose it again, or a copy of it.",
  tooLarge: "is larger than the 2 GB that browsers read at once: give it in parts, or fewer images.",
  died: (what: string) =>
    `The worker that reads the files ${what}: they may be too large for this device. Choose fewer images, or try again.`,
};

/** What was guessed, and may be chosen. */
export const choices = {
  title: "How the files are taken",
  help: "What the files do not say was guessed. Look at the images, and change what is wrong: the files are read anew.",
  questions: {
    names: "First line",
    label: "Label",
    colours: "Order of the colours",
    grey: "Colours to grey",
    scale: "Scale",
    turned: "Rows and columns",
    split: "Training and test",
  },
  differs: "Not the same for all files",
  unknown: "Not known: choose",
  otherColumn: "Or column (number, name, or 1-10 for one-hot)",
  ends: ["Black is", "White is"],
  guess: "Guess again",
};

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
