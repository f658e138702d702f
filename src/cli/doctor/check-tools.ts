/** Programs that are not part of the package: which are there, and which the project needs. */
import type { TargetId } from "../../plan/deployment-target-id.js";
import type { Plan } from "../../plan/plan.js";
import type { Terminal } from "../terminal.js";
import type { HealthCheck } from "./health-check.js";
import { toolVersion } from "./tool-version.js";

interface Tool {
  readonly program: string;
  readonly args: readonly string[];
  /** The address or command to get it. */
  readonly help: string;
}

const tools: readonly Tool[] = [
  { program: "go", args: ["version"], help: "https://go.dev/doc/install" },
  { program: "protoc", args: ["--version"], help: "https://protobuf.dev/installation/" },
  { program: "buf", args: ["--version"], help: "npm install --save-dev @bufbuild/buf" },
  {
    program: "sam",
    args: ["--version"],
    help: "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html",
  },
  {
    program: "aws",
    args: ["--version"],
    help: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  },
  { program: "terraform", args: ["version"], help: "https://developer.hashicorp.com/terraform/install" },
  { program: "cdk", args: ["--version"], help: "npm install --save-dev aws-cdk aws-cdk-lib constructs" },
];

/** Asks all of them at once. `plan` says which the project cannot do without; undefined: nobody knows yet. */
export async function checkTools(plan: Plan | undefined, terminal: Terminal): Promise<HealthCheck[]> {
  const found = await Promise.all(
    tools.map(async (tool) => ({ ...tool, version: await toolVersion(tool.program, tool.args, terminal) })),
  );
  const present = found.flatMap(({ program, version }) =>
    version === undefined ? [] : [`${program} ${numberIn(version)}`],
  );
  return [
    { area: "versions", name: "tools", state: "ok", text: present.length === 0 ? "none" : present.join(", ") },
    ...found.flatMap(({ program, version, help }): HealthCheck[] => {
      const need = version === undefined && plan !== undefined ? needOf(program, plan) : undefined;
      if (need === undefined) return [];
      return [{ area: "versions", name: program, ...need, help: `install it: ${help}` }];
    }),
  ];
}

const deployers: Readonly<Record<TargetId, string>> = {
  sam: "sam",
  cloudformation: "aws",
  terraform: "terraform",
  cdk: "cdk",
};

/** A missing program that the project needs; undefined if it does not. */
function needOf(program: string, { go, deployment }: Plan): Pick<HealthCheck, "state" | "text"> | undefined {
  if (program === "go" && go !== undefined)
    return { state: "warning", text: "is not on the PATH, and the functions are in Go" };
  if (program !== deployers[deployment.target]) return undefined;
  return { state: "note", text: `is not on the PATH, and target ${deployment.target} is deployed with it` };
}

/** `1.24.1` in `go version go1.24.1 linux/amd64`; the line itself where there is no such number. */
function numberIn(line: string): string {
  return /\d+(?:\.\d+)+(?:[-+][\w.]+)?/.exec(line)?.[0] ?? line;
}
