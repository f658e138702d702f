/** The judges: Python tools in a virtual environment, Terraform with the schemas of the AWS provider. What is fetched stays in the cache. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, firstLine, run } from "../support/python-tools.mjs";
import { schemasOf } from "./terraform-schemas.mjs";

const providerPackage = "@cdktn/provider-aws@24.1.0";

/** Terraform with a provider that has the schemas of `types`, or the reason why there is none. */
export function terraform(types) {
  if (run("terraform", ["version"]).status !== 0) return { missing: "there is no terraform" };
  if (run("go", ["version"]).status !== 0) return { missing: "there is no Go" };
  const folder = join(cache, "terraform-provider-aws");
  const assembly = join(folder, "package/.jsii");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(assembly)) {
    const packed = run("npm", ["pack", "--silent", providerPackage], { cwd: folder });
    if (packed.status !== 0) return { missing: `npm pack ${providerPackage} failed: ${firstLine(packed.stderr)}` };
    const archive = packed.stdout.trim().split("\n").at(-1);
    run("tar", ["-xzf", archive, "package/.jsii"], { cwd: folder });
    rmSync(join(folder, archive));
  }
  const binary = join(folder, "terraform-provider-aws");
  if (!existsSync(binary)) {
    const source = join(import.meta.dirname, "provider");
    const built = run("go", ["build", "-o", `${binary}.new`, "."], { cwd: source });
    if (built.status !== 0) return { missing: `the provider does not build: ${firstLine(built.stderr)}` };
    renameSync(`${binary}.new`, binary);
  }
  const schemas = join(folder, "schemas.json");
  writeFileSync(schemas, JSON.stringify(schemasOf(JSON.parse(readFileSync(assembly, "utf8")), types)));
  const settings = join(folder, "terraform.rc");
  writeFileSync(
    settings,
    `provider_installation {\n  dev_overrides { "hashicorp/aws" = "${folder}" }\n  direct {}\n}\n`,
  );
  return { environment: { ...process.env, TF_CLI_CONFIG_FILE: settings, PROVIDER_SCHEMAS: schemas } };
}

/** Errors that `terraform validate` has of the module in `folder`. */
export function validateModule(folder, environment) {
  const { stdout, stderr } = run("terraform", ["validate", "-json"], { cwd: folder, env: environment });
  if (!stdout.startsWith("{")) return [`terraform said: ${firstLine(stderr)}`];
  return JSON.parse(stdout)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ summary, detail, snippet }) => `${snippet?.context ?? ""} ${summary}: ${detail}`);
}

const actionlintVersion = "v1.7.7";

/** The linter of workflows for GitHub Actions, or the reason why there is none. */
export function actionlint() {
  if (run("go", ["version"]).status !== 0) return { missing: "there is no Go" };
  const folder = join(cache, `actionlint-${actionlintVersion}`);
  const binary = join(folder, "actionlint");
  if (existsSync(binary)) return { binary };
  const environment = { ...process.env, GOBIN: folder };
  const built = run("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@${actionlintVersion}`], {
    env: environment,
  });
  return built.status === 0 ? { binary } : { missing: `go install failed: ${firstLine(built.stderr)}` };
}
