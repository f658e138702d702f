/** Node, this tool, its bundler and the compiler of the project. */
import { installedVersion } from "../../adopt/repository/installed-packages.js";
import { addCommand } from "../../adopt/files/workflow.js";
import { readPackage } from "../../adopt/repository/package-manager.js";
import { bundlerVersion } from "../../build/bundler-version.js";
import { printable } from "../report/printable.js";
import type { HealthCheck } from "./health-check.js";

/** The versions that run, as package.json of the tool and the process have them. */
export interface RunningVersions {
  readonly tool: string;
  /** Without the `v`. */
  readonly node: string;
  /** The `engines.node` of the tool: `>=20.19`. */
  readonly neededNode: string;
}

/** The oldest compiler that takes the generated code, as in docs/message-styles.md. */
const oldestTypeScript = "5.4";

/** Compares versions with what is needed. */
export async function checkVersions(root: string, running: RunningVersions): Promise<HealthCheck[]> {
  return [checkNode(running), checkTool(root, running), await checkBundler(), ...checkTypeScript(root)];
}

function checkNode({ node, neededNode }: RunningVersions): HealthCheck {
  const needed = neededNode.replace(/^\D*/, "");
  const base = { area: "versions", name: "Node" } as const;
  if (isAtLeast(node, needed)) return { ...base, state: "ok", text: `${node}, expected ${needed} or later` };
  return { ...base, state: "warning", text: `${node}, expected ${needed} or later`, help: "https://nodejs.org/" };
}

/** The tool that runs need not be the project's: `npx` takes another one where it is not installed. */
function checkTool(root: string, { tool }: RunningVersions): HealthCheck {
  const base = { area: "versions", name: "grpc2lambda" } as const;
  const installed = installedVersion(root, "grpc2lambda");
  if (installed === tool) return { ...base, state: "ok", text: tool };
  const text =
    installed === undefined ? `${tool}, not installed in the project` : `${tool}, and the project has ${installed}`;
  const help = `${addCommand(readPackage(root).manager, ["grpc2lambda"])}, so that everybody and CI generate the same`;
  return { ...base, state: installed === undefined ? "note" : "warning", text: printable(text), help };
}

async function checkBundler(): Promise<HealthCheck> {
  const found = await bundlerVersion();
  const base = { area: "versions", name: "esbuild" } as const;
  if ("version" in found) return { ...base, state: "ok", text: found.version };
  const help = "rm -rf node_modules && npm install, on this machine: esbuild has a program for each platform";
  return { ...base, state: "warning", text: printable(`does not run: ${found.problem}`), help };
}

function checkTypeScript(root: string): HealthCheck[] {
  const installed = installedVersion(root, "typescript");
  if (installed === undefined) return [];
  const base = { area: "versions", name: "TypeScript" } as const;
  if (isAtLeast(installed, oldestTypeScript)) return [{ ...base, state: "ok", text: printable(installed) }];
  const text = printable(`${installed}, expected ${oldestTypeScript} or later for the generated code`);
  return [{ ...base, state: "warning", text, help: `npm install --save-dev typescript@latest` }];
}

/** Compares numbers between dots; what follows a dash is left out. */
function isAtLeast(version: string, needed: string): boolean {
  const numbers = (text: string): number[] => text.split("-", 1)[0]?.split(".").map(Number) ?? [];
  const [found, wanted] = [numbers(version), numbers(needed)];
  for (const [at, want] of wanted.entries()) {
    const have = found[at] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}
