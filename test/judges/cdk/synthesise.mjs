/**
 * Constructs in the hands of the CDK: each is compiled, put into a stack and synthesised, and read by the rules of cdk-nag. Gets
 * `{ folder, cases: [{ name, file, values }], output }` by stdin, where `folder` has aws-cdk-lib; writes `{ name, template, zips, findings, error }` for each.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { propsOf } from "./parameter-values.mjs";
import { zipsOf } from "./zips-of.mjs";

const { folder, cases, output } = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(join(folder, "package.json"));
const cdk = (module) => require(`aws-cdk-lib/${module}`);
const { App, Stack } = require("aws-cdk-lib");
const nag = require("cdk-nag");
const packs = [nag.AwsSolutionsChecks, nag.ServerlessChecks, nag.NIST80053R5Checks];

/** The class in a file, compiled as a project with CommonJS has it. */
function loadClass(name, file) {
  const compiled = join(folder, "constructs", `${name}.cjs`);
  mkdirSync(dirname(compiled), { recursive: true });
  writeFileSync(compiled, transformSync(readFileSync(file, "utf8"), { loader: "ts", format: "cjs" }).code);
  return Object.values(require(compiled)).find((value) => typeof value === "function");
}

/** Zips that hold their own names, so that a key in the bucket tells which one it is. */
function writeZips(file, outdir) {
  const zips = join(outdir, "zips");
  mkdirSync(zips, { recursive: true });
  for (const zip of zipsOf(readFileSync(file, "utf8"))) writeFileSync(join(zips, zip), zip);
  return zips;
}

function synthesise({ name, file, values }) {
  const outdir = join(folder, "out", name);
  rmSync(outdir, { recursive: true, force: true });
  const zips = writeZips(file, outdir);
  const app = new App({ outdir: join(outdir, "cdk"), analyticsReporting: false });
  const stack = new Stack(app, "Library", { suppressTemplateIndentation: name === "large" });
  const Construct = loadClass(name, file);
  const construct = new Construct(stack, "Api", { ...propsOf(values, stack, cdk), zips });
  const assembly = app.synth();
  const findings = packs.flatMap((Pack) =>
    new Pack().validateScope(construct).violations.map(({ ruleName, description, violatingResources }) => ({
      rule: ruleName,
      description,
      resources: violatingResources.map(({ constructPath }) => constructPath),
    })),
  );
  const manifest = JSON.parse(readFileSync(join(outdir, "cdk/Library.assets.json"), "utf8"));
  const named = Object.entries(manifest.files)
    .filter(([, { source }]) => source.path.endsWith(".zip"))
    .map(([key, { source }]) => [`${key}.zip`, readFileSync(join(outdir, "cdk", source.path), "utf8")]);
  const { template } = assembly.getStackByName("Library");
  return { name, template, zips: Object.fromEntries(named), findings, stacks: sizesOf(join(outdir, "cdk")) };
}

/** The sizes of all templates, nested ones included. */
function sizesOf(outdir) {
  const names = readdirSync(outdir).filter((name) => name.endsWith("template.json"));
  return names.map((name) => {
    const text = readFileSync(join(outdir, name), "utf8");
    const { Resources: resources, Parameters: parameters = {}, Outputs: outputs = {} } = JSON.parse(text);
    const types = Object.values(resources).map(({ Type: type }) => type);
    const counts = [types, parameters, outputs].map((section) => Object.keys(section).length);
    return {
      name,
      bytes: text.length,
      counts,
      functions: types.filter((type) => type === "AWS::Lambda::Function").length,
    };
  });
}

const results = cases.map((each) => {
  try {
    return synthesise(each);
  } catch (error) {
    return { name: each.name, error: error.stack };
  }
});
writeFileSync(output, JSON.stringify(results));
