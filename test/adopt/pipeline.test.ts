/** `init --pipeline`: what it writes, that it is pinned and bounded, and that the script deploys, tries and goes back. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, test } from "vitest";
import { parse } from "yaml";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";
import { parseTemplate, validateCloudFormation } from "../support/validate-template.js";

let project: TemporaryProject | undefined;
afterEach(() => {
  project?.remove();
  project = undefined;
});

async function create(pipeline: string, files: Readonly<Record<string, string>> = {}): Promise<TemporaryProject> {
  const made = createProject({
    "package.json": "{}",
    "package-lock.json": "{}",
    "library.proto": libraryProto,
    ...files,
  });
  project = made;
  execFileSync("git", ["init", "--quiet", made.root]);
  const { exitCode, stderr } = await runCli(made.root, "init", "--yes", "--ci", "none", "--pipeline", pipeline);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return made;
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: { readonly deploy: { readonly permissions: object; readonly steps: readonly Step[] } };
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

test("GitHub: a workflow whose actions are pinned, whose job has the least permissions, and the roles", async () => {
  const { get, root } = await create("github");
  const workflow: Workflow = parse(get(".github/workflows/deploy.yml"));
  expect(workflow.permissions).toEqual({});
  expect(workflow.jobs.deploy.permissions).toEqual({ contents: "read", "id-token": "write" });
  const { steps } = workflow.jobs.deploy;
  expect(steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
    "npm ci",
    "npx --no-install grpc2lambda check",
    "npx --no-install grpc2lambda build",
    'sh deploy/release.sh "$STAGE"',
  ]);
  const role = get("deploy/github-role.yaml");
  expect(role).toContain('"repo:${Repository}:environment:${Name}"');
  expect(existsSync(join(root, "deploy/pipeline.yaml"))).toBe(false);
});

test("CodePipeline: a build, and the pipeline with an approval before prod", async () => {
  const { get } = await create("codepipeline");
  const { phases } = parse(get("deploy/buildspec.yml"));
  expect(phases.build.commands.at(-1)).toBe('sh deploy/release.sh "$STAGE"');
  const { Properties: pipeline } = parse(get("deploy/pipeline.yaml"), { logLevel: "silent" }).Resources.Pipeline;
  expect(
    pipeline.Stages.flatMap((stage: { Name: string; Actions: { Name: string }[] }) =>
      stage.Actions.map(({ Name }) => `${stage.Name} ${Name}`),
    ),
  ).toEqual(["Source Source", "Dev Deploy", "Prod Approve", "Prod Deploy"]);
});

test.each(["roles", "github-role", "pipeline"])(
  "templates/pipeline/%s.yaml passes CloudFormation's validator",
  (name) => {
    const text = readFileSync(join(import.meta.dirname, `../../templates/pipeline/${name}.yaml`), "utf8");
    expect(validateCloudFormation(text.replaceAll("__API_NAME__", "library"))).toEqual([]);
  },
);

test("the policies of the deploying role fit, and neither reach the role itself nor everything", async () => {
  const { get } = await create("github");
  const { Resources: resources } = parseTemplate(get("deploy/roles.yaml"));
  for (const id of ["FunctionPolicy", "DoorPolicy"]) {
    const { PolicyDocument: document } = (resources[id] ?? { Properties: {} }).Properties as {
      PolicyDocument: { Statement: { Sid: string; Action: string | string[]; Resource: unknown }[] };
    };
    // A managed policy has 6,144 characters, white space aside.
    expect(JSON.stringify(document).length).toBeLessThan(6144);
    const everywhere = document.Statement.filter(({ Resource: resource }) => resource === "*").map(
      ({ Sid: sid }) => sid,
    );
    expect(everywhere).toEqual(id === "FunctionPolicy" ? ["LogDelivery"] : ["Looking", "Keys"]);
    expect(document.Statement.flatMap(({ Action: action }) => action).filter((action) => action === "*")).toEqual([]);
  }
  // Stacks of the pipeline do not have the name of the API in front, so that the role does not reach what it is.
  expect(get("deploy/roles.yaml")).toContain("--stack-name deploy-library-roles");
});

describe("the settings of a configuration that is there", () => {
  it.each([
    ["sam", "sam deploy --template-file infra/api.yaml"],
    ["cloudformation", "aws cloudformation package --template-file infra/api.yaml"],
    ["terraform", "terraform -chdir=infra init"],
    ["cdk", 'npx cdk deploy "$name" --context "stage=$stage" --require-approval never'],
  ])("%s", async (target, command) => {
    const configuration = `protos: [library.proto]\ntemplate: infra/api.yaml\ndeployment: { target: ${target}, apiName: books }\n`;
    const { get, root } = await create("github", { "grpc2lambda.yaml": configuration });
    expect(get("grpc2lambda.yaml")).toBe(configuration);
    expect(get("deploy/release.sh")).toContain(command);
    expect(get("deploy/release.sh")).toContain('name="books-$stage"');
    expect(existsSync(join(root, "infra/backend.tf"))).toBe(target === "terraform");
    expect(spawnSync("sh", ["-n", "deploy/release.sh"], { cwd: root }).status).toBe(0);
  });
});

test("with releases of plain CloudFormation, the template that build writes is deployed", async () => {
  const configuration = "protos: [library.proto]\ndeployment: { target: cloudformation, release: true }\n";
  const { get } = await create("github", { "grpc2lambda.yaml": configuration });
  expect(get("deploy/release.sh")).toContain("package --template-file build/lambda/released.yaml ");
});

describe("the script", () => {
  /** Stands in for a command: notes how it was called, and the commit that it saw. */
  const note = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n';
  const commands = {
    sam: `${note}git rev-parse HEAD >> "$CALLS"\n`,
    npm: note,
    npx: note,
    aws: `${note}case "$*" in
  *describe-stacks*) echo https://api.example.com/dev ;;
  "s3 cp s3://"*) cat "$STORE" ;;
  "s3 cp - s3://"*) cat > "$STORE" ;;
esac
`,
    curl: `${note}cat > "$ASKED"
while [ "$1" != --output ]; do shift; done
echo '{"code":5,"message":"Not Found","details":[]}' > "$2"
printf %s "$STATUS"
`,
  };

  async function released(status: string, environment: Readonly<Record<string, string>> = {}) {
    const { root } = await create("github");
    const git = (...words: string[]): string => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
    git("config", "user.email", "a@example.com");
    git("config", "user.name", "a");
    git("add", ".");
    git("commit", "--quiet", "-m", "first");
    const first = git("rev-parse", "HEAD");
    git("commit", "--quiet", "--allow-empty", "-m", "second");
    const bin = join(root, ".git/bin");
    mkdirSync(bin);
    for (const [name, text] of Object.entries(commands)) {
      writeFileSync(join(bin, name), text);
      chmodSync(join(bin, name), 0o755);
    }
    const [calls, store, asked] = ["calls", "store", "asked"].map((name) => join(bin, name));
    writeFileSync(store ?? "", first);
    const { status: exit, stderr } = spawnSync("sh", ["deploy/release.sh", "dev"], {
      cwd: root,
      encoding: "utf8",
      env: {
        PATH: `${bin}:${process.env.PATH}`,
        CALLS: calls,
        STORE: store,
        ASKED: asked,
        STATUS: status,
        SMOKE_PAUSE: "0",
        ARTIFACT_BUCKET: "artifacts",
        CLOUDFORMATION_ROLE_ARN: "arn:aws:iam::123456789012:role/deploy",
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "AKIA",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_SESSION_TOKEN: "token",
        ...environment,
      },
    });
    const read = (path: string | undefined): string => (existsSync(path ?? "") ? readFileSync(path ?? "", "utf8") : "");
    return {
      exit,
      stderr,
      first,
      second: git("rev-parse", "--verify", "HEAD@{0}"),
      calls: read(calls),
      store: read(store),
      asked: read(asked),
    };
  }

  it("deploys, tries a path of no RPC, and keeps the name of the commit", async () => {
    const { exit, second, calls, store, asked } = await released("404");
    expect([exit, store]).toEqual([0, second]);
    expect(calls).toContain("--stack-name library-dev --s3-bucket artifacts");
    expect(calls).toContain("https://api.example.com/dev/grpc2lambda/smoke-test");
    expect(asked).toContain('user = "AKIA:secret"\naws-sigv4 = "aws:amz:eu-west-1:execute-api"');
    expect(calls).not.toMatch(/secret|x-amz-security-token|AKIA/);
  });

  it("deploys the last good commit again where the answer is another one", async () => {
    const { exit, first, calls, store, stderr } = await released("502");
    expect([exit, store]).toEqual([1, first]);
    expect(stderr).toContain("attempt 5: https://api.example.com/dev/grpc2lambda/smoke-test answered 502");
    const deployed = calls.split("\n").filter((line) => /^[0-9a-f]{40}$/.test(line));
    expect(deployed).toHaveLength(2);
    expect(deployed[1]).toBe(first);
    expect(calls).toMatch(/npm ci\nnpx --no-install grpc2lambda build\nsam deploy/);
  });

  it.each([
    [{ SMOKE_PATH: "/healthz" }, "200", 0],
    [{ SMOKE_PATH: "/healthz", SMOKE_STATUS: "204" }, "200", 1],
    [{ SMOKE_PATH: "none" }, "000", 0],
    [{ SMOKE_TOKEN: "a.b.c" }, "404", 0],
  ])("%j, answered %s: %i", async (environment, status, exit) => {
    const outcome = await released(status, environment);
    expect(outcome.exit, outcome.stderr).toBe(exit);
    if ("SMOKE_TOKEN" in environment) expect(outcome.asked).toBe('header = "authorization: Bearer a.b.c"\n');
  });
});
