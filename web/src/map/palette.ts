/** Colours of the map, read from the design's tokens so that themes reach it too. */

const NAMES = [
  "sea", "land", "coast", "ink", "paper", "line", "zone",
  "verified", "assessed", "claimed", "watched", "denied", "chosen",
] as const;
export type Palette = Record<(typeof NAMES)[number], string>;

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const found = NAMES.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]);
  return Object.fromEntries(found) as Palette;
}
