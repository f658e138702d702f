/** The places of the output, where the configuration has none. */
import { settingDefaults } from "../setting-defaults.js";

/** Folders by language; those of Go are below the folder of go.mod. */
export const defaultPlaces = {
  typescript: { outDir: settingDefaults.top.out, handlersDir: settingDefaults.top.handlers },
  go: { outDir: "internal/lambda", handlersDir: "internal/handlers" },
} as const;
