/** A folder with a configuration, for tests of settings. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import type { Flags } from "../../../src/cli/config/flags.js";
import { readSettings, type Settings } from "../../../src/cli/config/settings.js";
import { formatDiagnostics } from "../../../src/cli/report/format-diagnostic.js";

/** An empty folder in each test. */
export interface SettingsFolder {
  /** Absolute, and another one in each test. */
  readonly cwd: string;
  put(path: string, text: string | Uint8Array): void;
  /** The findings about a grpc2lambda.yaml, as they are shown. */
  findings(config: string | Uint8Array, flags?: Flags): Promise<string>;
  /** The settings of a run without findings; `folder` is the working directory. */
  settle(protos: readonly string[], flags?: Flags, folder?: string): Promise<Settings>;
}

/** Makes the folder before each test of the file that calls this, and removes it after. */
export function settingsFolder(): SettingsFolder {
  let cwd = "";
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "g2l-config-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));
  const put = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  };
  return {
    get cwd() {
      return cwd;
    },
    put,
    findings: async (config, flags = {}) => {
      put("grpc2lambda.yaml", config);
      const { settings, diagnostics } = await readSettings([], flags, cwd);
      expect(settings === undefined).toBe(diagnostics.some((diagnostic) => diagnostic.severity === "error"));
      return formatDiagnostics(diagnostics);
    },
    settle: async (protos, flags = {}, folder = cwd) => {
      const { settings, diagnostics } = await readSettings(protos, flags, folder);
      expect(formatDiagnostics(diagnostics)).toBe("");
      if (settings === undefined) throw new Error("no settings");
      return settings;
    },
  };
}
