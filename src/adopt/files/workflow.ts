/** The workflow for GitHub Actions that checks pull requests. */
import type { PackageManager, ProjectPackage } from "../repository/package-manager.js";

/** Actions by the commit that they were reviewed at: a tag can be moved. */
export const actions = {
  checkout: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
  setupNode: "actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0",
  setupTerraform: "hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2",
  awsCredentials: "aws-actions/configure-aws-credentials@ececac1a45f3b08a01d2dd070d28d111c5fe6722 # v4.1.0",
} as const;

const installs: Readonly<Record<PackageManager, readonly [locked: string, unlocked: string]>> = {
  npm: ["npm ci", "npm install"],
  pnpm: ["pnpm install --frozen-lockfile", "pnpm install"],
  yarn: ["yarn install --immutable", "yarn install"],
  bun: ["bun install --frozen-lockfile", "bun install"],
};

const runners: Readonly<Record<PackageManager, string>> = {
  npm: "npx --no-install",
  pnpm: "pnpm exec",
  yarn: "yarn",
  bun: "bunx",
};

/** The command that runs the tool of the project. */
export function toolCommand(manager: PackageManager, command: string): string {
  return `${runners[manager]} grpc2lambda ${command}`;
}

/** The command that adds packages for development. */
export function addCommand(manager: PackageManager, packages: readonly string[]): string {
  const verb = {
    npm: "npm install --save-dev",
    pnpm: "pnpm add --save-dev",
    yarn: "yarn add --dev",
    bun: "bun add --dev",
  };
  return `${verb[manager]} ${packages.join(" ")}`;
}

/** The command that installs the packages of a project, held to its lock file where it has one. */
export function installCommand({ manager, isLocked }: ProjectPackage): string {
  const [locked, unlocked] = installs[manager];
  return isLocked ? locked : unlocked;
}

/** Commands that make the package manager available on a runner. */
export function prepareCommands({ manager }: ProjectPackage): readonly string[] {
  if (manager === "pnpm" || manager === "yarn") return ["corepack enable"];
  return manager === "bun" ? ["npm install --global bun"] : [];
}

/** Tells whether a workflow is one that `workflowText` wrote for the folder, or that somebody made of it. */
export function checksFolder(workflow: string, folder: string): boolean {
  const places = /working-directory: (.*)/.exec(workflow)?.[1] ?? '""';
  return /\bgrpc2lambda check\b/.test(workflow) && places === JSON.stringify(folder);
}

/** Writes the workflow; `folder` is the project relative to the repository, "" for the repository itself. */
export function workflowText(own: ProjectPackage, folder: string): string {
  const place =
    folder === "" ? [] : ["    defaults:", "      run:", `        working-directory: ${JSON.stringify(folder)}`];
  return [
    "# Fails a pull request whose generated files are not what grpc2lambda writes. Made by `grpc2lambda init`, yours to change.",
    "name: grpc2lambda",
    "on:",
    "  pull_request:",
    "permissions:",
    "  contents: read",
    "jobs:",
    "  check:",
    "    runs-on: ubuntu-24.04",
    "    timeout-minutes: 10",
    ...place,
    "    steps:",
    `      - uses: ${actions.checkout}`,
    "        with:",
    "          persist-credentials: false",
    `      - uses: ${actions.setupNode}`,
    "        with:",
    "          node-version: 24",
    ...[...prepareCommands(own), installCommand(own), toolCommand(own.manager, "check")].map(
      (command) => `      - run: ${command}`,
    ),
    "",
  ].join("\n");
}
