import { defineConfig } from "vite";
import { basemap } from "./basemap.ts";
import { offline } from "./offline.ts";

/** The bundle lies inside the Python package, so that a wheel holds it. */
export default defineConfig({
  base: "./",
  publicDir: "public",
  plugins: [basemap(), offline()],
  build: {
    outDir: "../src/pamiers/app/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rollupOptions: { output: { manualChunks: splitMap } },
  },
  worker: { format: "es" },
});

function splitMap(id: string): string | undefined {
  return id.includes("maplibre-gl") ? "map-library" : undefined;
}
