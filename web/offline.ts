/**
 * The service worker: written beside the page with the list of what it keeps.
 *
 * The map is left out: a phone in the field needs the form, and the map library is
 * larger than everything else together. The version is a digest of the listed files.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const NAME = "service-worker.js";
const LEFT_OUT = /map|situation|land\.json|\.html$/;
const ALWAYS = ["mark.svg", "manifest.webmanifest"];

export function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    generateBundle(_options, bundle) {
      const built = Object.keys(bundle).filter((name) => !LEFT_OUT.test(name));
      const listed = [...built, ...ALWAYS].sort();
      const text = readFileSync(new URL(NAME, import.meta.url), "utf8");
      const version = createHash("sha256").update(text);
      for (const name of listed) version.update(`${name}\n`);
      const source = text
        .replace("__VERSION__", version.digest("hex").slice(0, 16))
        .replace("__LISTED__", JSON.stringify(listed));
      this.emitFile({ type: "asset", fileName: NAME, source });
    },
  };
}
