import type { OwnFile } from "../contract/own";

/** Whether files are dragged, and not a link or some text. */
export function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") ?? false;
}

/** All files of a drop, those in folders, too. To be called while it happens: the browser then forgets them. */
export async function dropped({ dataTransfer }: DragEvent): Promise<OwnFile[]> {
  const items = [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
  const found = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  return flat(found.map((one) => (one instanceof File ? [ownFile(one)] : one ? inside(one) : [])));
}

/** A file that was chosen by itself, or with the folder that it lies in. */
export function ownFile(file: File): OwnFile {
  return { path: file.webkitRelativePath || file.name, file };
}

async function inside(entry: FileSystemEntry): Promise<OwnFile[]> {
  if (isFolder(entry)) return flat((await entriesOf(entry)).map(inside));
  const file = isFile(entry)
    ? await new Promise<File>((...done) => entry.file(...done)).catch(() => null)
    : null;
  return [{ path: entry.fullPath.replace(/^\//, ""), file }];
}

/** They come in batches, the last of which is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const next = () => new Promise<FileSystemEntry[]>((...done) => reader.readEntries(...done)).catch(() => []);
  const entries: FileSystemEntry[] = [];
  for (let batch = await next(); batch.length > 0; batch = await next()) entries.push(...batch);
  return entries;
}

async function flat(lists: (OwnFile[] | Promise<OwnFile[]>)[]): Promise<OwnFile[]> {
  return (await Promise.all(lists)).flat();
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
