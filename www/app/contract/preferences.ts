/** What a reader likes, whatever is being trained; a page may keep it. */
export interface Preferences {
  theme: Theme;
  /** Whether single keys do something: see element/keys.ts. */
  shortcuts: boolean;
}

export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const PLACE = "np-playground";

/** What was kept in this browser; nothing where it keeps nothing, as in some frames. */
export function keptPreferences(): Partial<Preferences> {
  try {
    return readPreferences(JSON.parse(localStorage.getItem(PLACE) ?? "{}"));
  } catch {
    return {};
  }
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(preferences));
  } catch {
    // Then they last as long as the page.
  }
}

/** What of it is a preference. */
export function readPreferences(kept: unknown): Partial<Preferences> {
  const { theme, shortcuts } = (kept ?? {}) as Partial<Record<keyof Preferences, unknown>>;
  const known = THEMES.find((name) => name === theme);
  return { ...(known && { theme: known }), ...(typeof shortcuts === "boolean" && { shortcuts }) };
}
