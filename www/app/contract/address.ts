/** Where this script is. Apart from where it is used: other bundlers look for files behind `new URL(path, import.meta.url)`. */
const SCRIPT = import.meta.url;

/** The whole address of a file that the build has named. */
export function addressOf(named: string): URL {
  return new URL(named, SCRIPT);
}
