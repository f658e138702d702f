/** The CDK with its libraries from npm, in the cache. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, run } from "../../support/python-tools.mjs";

const packages = [
  "aws-cdk-lib@2.276.0",
  "constructs@10.8.1",
  "aws-cdk@2.1148.1",
  "cdk-nag@3.0.2",
  "cdk-nag-2@npm:cdk-nag@2.38.2",
];

/** The folder with the packages, or the reason why there is none. */
export function cdkTools() {
  const folder = join(cache, "cdk-2.276.0");
  const marker = join(folder, "complete");
  if (existsSync(marker) && readFileSync(marker, "utf8") === packages.join("\n")) return { folder };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const installed = run("npm", ["install", "--no-audit", "--no-fund", "--no-save", ...packages], { cwd: folder });
  if (installed.status !== 0) return { missing: `npm install failed: ${installed.stderr.trim().split("\n")[0]}` };
  writeFileSync(marker, packages.join("\n"));
  return { folder };
}
