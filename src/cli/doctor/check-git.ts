/** The treatment of generated files by git. */
import { execFileSync } from "node:child_process";
import { gitattributesLines } from "../../adopt/adopted-files.js";
import type { Layout } from "../../plan/plan.js";
import { printable } from "../report/printable.js";
import type { HealthCheck } from "./health-check.js";

/** Asks git in the project folder (absolute). Without a repository, or without git, there is one note. */
export function checkGit(root: string, { outDir, template }: Layout): HealthCheck[] {
  if (git(root, ["rev-parse", "--is-inside-work-tree"]) === undefined) {
    const text = "no repository: check compares with what is committed";
    return [{ area: "git", name: "repository", state: "note", text, help: "git init, and commit the generated files" }];
  }
  const manifest = `${outDir}/manifest.json`;
  return [checkIgnored(root, [manifest, template]), checkAttributes(root, manifest, { out: outDir, template })];
}

function checkIgnored(root: string, paths: readonly string[]): HealthCheck {
  const base = { area: "git", name: "generated files" } as const;
  const ignored = paths.filter((path) => git(root, ["check-ignore", "--quiet", "--", path]) !== undefined);
  if (ignored.length === 0) return { ...base, state: "ok", text: "are not ignored" };
  const help = "take them out of .gitignore and commit them: check in CI compares with them, and build needs them";
  return { ...base, state: "warning", text: printable(`ignored: ${ignored.join(", ")}`), help };
}

function checkAttributes(
  root: string,
  path: string,
  places: { readonly out: string; readonly template: string },
): HealthCheck {
  const base = { area: "git", name: ".gitattributes" } as const;
  const found = git(root, ["check-attr", "linguist-generated", "--", path]) ?? "";
  if (/: (?:set|true)\s*$/.test(found)) return { ...base, state: "ok", text: "folds generated files in reviews" };
  const help = printable(`add \`${gitattributesLines(places).join("` and `")}\``);
  return { ...base, state: "note", text: "generated files are shown in full in reviews", help };
}

/** The output of git; undefined if it fails, or is not there. */
function git(cwd: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", timeout: 10_000, stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}
