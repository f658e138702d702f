/**
 * `npm run test:judges`: every deployment of `projects.mjs` in the hands of the tools that platform teams use. Warnings count as
 * failures. Each judge also gets a deployment that is broken on purpose, and has to say so. A judge that cannot be had is skipped. Names of judges
 * after `--` choose.
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cdkTools } from "./cdk/tools.mjs";
import { differences, plainTemplates, synthesise, synthesiseIn, typeErrors } from "./cdk/judge.mjs";
import { nagFindings } from "./cdk-nag.mjs";
import { checkov, failedChecks, settingsOf, skippedByModule } from "./checkov.mjs";
import { generateLarge, generatePipelines, generateProjects } from "./projects.mjs";
import { pythonTools, run } from "../support/python-tools.mjs";
import { actionlint, terraform, validateModule } from "./tools.mjs";

const totals = { passed: 0, failed: 0, skipped: 0 };

function report(title, problems) {
  totals[problems.length === 0 ? "passed" : "failed"] += 1;
  if (problems.length === 0) return;
  console.log(`FAILED ${title}`);
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
}

function skip(count, title, reason) {
  totals.skipped += count;
  console.log(`skipped: ${title}, because ${reason}`);
}

/** A copy of a file with `from` replaced, in a folder of its own. */
function broken(file, from, to) {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  const folder = mkdtempSync(join(tmpdir(), "broken-"));
  const path = join(folder, file.split("/").at(-1));
  writeFileSync(path, text.replaceAll(from, to));
  return path;
}

const judges = {
  "cfn-lint": judgeWithCfnLint,
  checkov: judgeWithCheckov,
  "cdk-nag": judgeWithCdkNag,
  cdk: judgeWithCdk,
  terraform: judgeWithTerraform,
  actionlint: judgeWithActionlint,
};
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(judges, name));
if (unknown.length > 0) {
  console.error(`no judge is called ${unknown.join(" or ")}: there are ${Object.keys(judges).join(", ")}`);
  process.exit(2);
}

const temporary = mkdtempSync(join(tmpdir(), "judges-"));
const projects = Object.fromEntries(
  ["sam", "cloudformation", "terraform", "cdk"].map((target) => [
    target,
    generateProjects(target, join(temporary, target)),
  ]),
);

const pipelines = generatePipelines(join(temporary, "pipelines"));

function judgeWithActionlint() {
  const { workflows } = pipelines;
  const tools = actionlint();
  if (tools.missing !== undefined) return skip(workflows.length + 1, "actionlint", tools.missing);
  const lint = (file) => run(tools.binary, ["-no-color", "-oneline", file]).stdout.split("\n").filter(Boolean);
  for (const file of workflows) report(`actionlint ${file.split("/").at(-4)}`, lint(file));
  const said = lint(broken(workflows[0], "inputs.stage", "input.stage"));
  report(
    "actionlint sees a broken workflow",
    said.join().includes('undefined variable "input"') ? [] : ["it saw nothing"],
  );
}

/** The linter of templates, which gives a line for each of its findings; or the reason why there is none. */
function cfnLint() {
  const tools = pythonTools("cfn-lint-1.58.0", ["cfn-lint==1.58.0"]);
  if (tools.missing !== undefined) return tools;
  const lint = (files) => {
    const { stdout, stderr } = run(join(tools.folder, "bin/cfn-lint"), ["--format", "parseable", ...files]);
    return [...stdout.split("\n"), ...stderr.split("\n")].filter((line) => line.trim() !== "");
  };
  return { lint };
}

function judgeWithCfnLint() {
  const named = pipelines.templates.map((file) => ({ name: file.split("/").at(-1), file }));
  const stacks = [...projects.sam, ...projects.cloudformation, ...named];
  const { lint, missing } = cfnLint();
  if (missing !== undefined) return skip(stacks.length + 2, "cfn-lint", missing);
  const found = lint(stacks.map(({ file }) => file));
  for (const { name, file } of stacks)
    report(
      `cfn-lint ${file.split("/").at(-3)} ${name}`,
      found.filter((line) => line.startsWith(file)),
    );
  report(
    "cfn-lint says nothing else",
    found.filter((line) => !stacks.some(({ file }) => line.startsWith(file))),
  );
  for (const { file } of [projects.sam[0], projects.cloudformation[0]]) {
    const said = lint([broken(file, "RetentionInDays:", "RetentionDays:")]).join("\n");
    report(`cfn-lint sees a broken ${file}`, said.includes("RetentionDays") ? [] : ["it saw nothing"]);
  }
}

function judgeWithTerraform() {
  const types = projects.terraform.flatMap(({ file }) => {
    const { data, resource } = JSON.parse(readFileSync(file, "utf8"));
    return [...Object.keys(data), ...Object.keys(resource)];
  });
  const tools = terraform(new Set(types));
  if (tools.missing !== undefined) return skip(projects.terraform.length + 3, "terraform validate", tools.missing);
  for (const { name, file } of projects.terraform)
    report(`terraform validate ${name}`, validateModule(dirname(file), tools.environment));
  const [{ file }] = projects.terraform;
  for (const [from, to, expected] of [
    ["retention_in_days", "retention_days", "retention_days"],
    ["aws_iam_role.unrouted.arn", "aws_iam_role.unroutd.arn", "unroutd"],
    ['"function_name": "library-', '"functionname": "library-', "function_name"],
  ]) {
    const said = validateModule(dirname(broken(file, from, to)), tools.environment).join("\n");
    report(`terraform validate sees ${to}`, said.includes(expected) ? [] : ["it saw nothing"]);
  }
}

/** The user's own choice: nothing acknowledges it. */
const managedPolicy = "AmazonSSMReadOnlyAccess";

function judgeWithCdk() {
  const { cdk: constructs, cloudformation } = projects;
  const tools = cdkTools();
  if (tools.missing !== undefined) return skip(5 * constructs.length + 12, "cdk synth and cdk-nag", tools.missing);
  for (const [at, errors] of typeErrors(
    constructs.map(({ file }) => file),
    tools.folder,
  ).entries())
    report(`types of cdk ${constructs[at].name}`, errors);
  const plain = plainTemplates(cloudformation);
  const { made, said } = synthesise(constructs, plain, tools.folder);
  report("the CDK warns of nothing", said === "" ? [] : said.split("\n"));
  for (const { name, error, form, expected, findings } of made) {
    report(`cdk synth ${name}`, error === undefined ? [] : error.split("\n"));
    if (error !== undefined) continue;
    report(`cdk ${name} is the plain template`, differences(form, expected));
    const own = findings.filter(({ rule }) => rule.includes(managedPolicy));
    const others = findings.filter((finding) => !own.includes(finding));
    report(
      `cdk-nag ${name}`,
      others.map(({ rule, resources }) => `${rule}: ${resources.join(", ")}`),
    );
    const isSeen = own.length > 0 || !name.endsWith("everything");
    report(`cdk-nag sees the policies of ${name}`, isSeen ? [] : ["it saw nothing"]);
  }
  lintSynthesised(made);
  judgeLargeConstruct(tools.folder);
  judgeBrokenConstructs(constructs[0].file, plain, tools.folder);
  const [one, other] = ["one", "another/deeper"].map((place) => synthesiseIn(place, constructs[0].file, tools.folder));
  report("cdk synth in a folder", [one.said, other.said].filter(Boolean));
  report("cdk synth in two folders gives the same", differences(one.written, other.written));
}

/** Templates as the CDK writes them, of each door one: the others are the plain ones, which are linted. */
function lintSynthesised(made) {
  const { lint, missing } = cfnLint();
  const chosen = made.filter(({ name }) =>
    /^(?:http-api-functions|rest-api-jwt|(?:alb|function-url)-everything)$/.test(name),
  );
  if (missing !== undefined) return skip(chosen.length, "cfn-lint of templates of the CDK", missing);
  const folder = mkdtempSync(join(tmpdir(), "synthesised-"));
  for (const { name, template } of chosen) {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(template));
    report(`cfn-lint of the CDK's ${name}`, lint([file]));
  }
}

/** Most resources, parameters and outputs of a stack, and bytes of its template. */
const mostOfStack = { counts: [500, 200, 200], bytes: 1_048_576 };

/** An API past the limits of a stack, which the CDK puts into nested ones. */
function judgeLargeConstruct(folder) {
  const [large, plain] = ["cdk", "cloudformation"].map((target) =>
    generateLarge(target, join(temporary, `large-${target}`)),
  );
  const { made } = synthesise([large], plainTemplates([plain]), folder);
  const [{ error, stacks = [] }] = made;
  report("cdk synth of a large API", error === undefined ? [] : error.split("\n"));
  const over = stacks.filter(
    ({ counts, bytes }) => bytes > mostOfStack.bytes || counts.some((count, at) => count > mostOfStack.counts[at]),
  );
  report(
    "stacks of a large API are within their limits",
    over.map((stack) => JSON.stringify(stack)),
  );
  const functions = stacks.reduce((sum, stack) => sum + stack.functions, 0);
  report(
    "stacks of a large API have all functions",
    functions === 151 ? [] : [`${functions} in ${stacks.length} stacks`],
  );
}

/** A property that there is not, and a value that deploying would refuse. */
function judgeBrokenConstructs(file, plain, folder) {
  const [errors] = typeErrors([broken(file, "retentionInDays:", "retentionDays:")], folder);
  report(
    "the compiler sees a property that there is not",
    errors.join().includes("retentionDays") ? [] : ["it saw nothing"],
  );
  const other = broken(file, 'action: "lambda:InvokeFunction"', 'action: "lambda:Invoke"');
  const { made } = synthesise([{ name: projects.cdk[0].name, file: other }], plain, folder);
  const [{ form, expected }] = made;
  report("the comparison sees another action", differences(form, expected).length > 0 ? [] : ["it saw nothing"]);
}

function judgeWithCheckov() {
  const { sam, cloudformation, terraform: modules } = projects;
  const tools = checkov();
  if (tools.missing !== undefined)
    return skip(sam.length + cloudformation.length + modules.length + 5, "checkov", tools.missing);
  for (const target of ["sam", "cloudformation"]) {
    const failed = failedChecks(tools, "cloudformation", join(temporary, target));
    report(`checkov reads ${target}`, failed.get("") ?? []);
    for (const { name } of projects[target])
      report(`checkov ${target} ${name}`, failed.get(`/${name}/template.yaml`) ?? []);
  }
  const failed = failedChecks(tools, "terraform_json", join(temporary, "terraform"));
  for (const { name, file } of modules) {
    const skipped = skippedByModule(file);
    const own = failed.get(`/${name}/terraform/main.tf.json`) ?? [];
    report(
      `checkov terraform ${name}`,
      own.filter((each) => !skipped.has(each.split(" ")[0])),
    );
  }
  const { file: module } = modules.find(({ name }) => name === "alb-everything");
  const settings = ["--config-file", settingsOf(module)];
  report(
    "checkov takes the settings of a module",
    [...failedChecks(tools, "terraform_json", dirname(module), settings).values()].flat(),
  );
  for (const [kind, file, from, to, more] of [
    [
      "cloudformation",
      sam.find(({ name }) => name === "http-api-everything").file,
      "BlockPublicAcls: true",
      "BlockPublicAcls: false",
      [],
    ],
    ["terraform_json", module, '"block_public_acls": true', '"block_public_acls": false', settings],
  ]) {
    const said = [...failedChecks(tools, kind, dirname(broken(file, from, to)), more).values()].flat();
    report(
      `checkov sees a bucket of ${kind} for everybody`,
      said.join().includes("CKV_AWS_53") ? [] : ["it saw nothing"],
    );
  }
}

function judgeWithCdkNag() {
  const { cloudformation } = projects;
  const tools = cdkTools();
  if (tools.missing !== undefined) return skip(cloudformation.length + 2, "cdk-nag", tools.missing);
  const unskipped = broken(cloudformation[0].file, "Serverless-LambdaDLQ", "Serverless-LambdaTracing");
  const found = nagFindings(tools, [...cloudformation.map(({ file }) => file), unskipped]);
  for (const { name, file } of cloudformation)
    report(
      `cdk-nag ${name}`,
      found.get(file).filter((each) => !each.includes(managedPolicy)),
    );
  report(
    "cdk-nag sees policies of the user",
    [...found.values()].flat().join().includes(managedPolicy) ? [] : ["it saw nothing"],
  );
  report(
    "cdk-nag sees what is not skipped",
    found.get(unskipped).join().includes("LambdaDLQ") ? [] : ["it saw nothing"],
  );
}

for (const [name, judge] of Object.entries(judges)) if (chosen.length === 0 || chosen.includes(name)) judge();
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
