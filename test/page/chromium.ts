/** The browser of the machine: none is downloaded. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of Chromium, from `CHROMIUM` or from `PATH`; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM: named, PATH: path = "" } = process.env;
  if (named !== undefined) return named;
  const all = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return all.find((file) => existsSync(file));
}
