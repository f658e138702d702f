/**
 * The construct of the CDK in the hands of the compiler and of the CDK itself: it is synthesised without an account, its template is that
 * of the target cloudformation resource by resource, and cdk-nag finds nothing that the construct has no reason for.
 */
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { tmpdir } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { transformSync } from "esbuild";
import { runTypeScript } from "../../support/run-typescript.mjs";
import { run } from "../../support/python-tools.mjs";
import { plainForm, synthesisedForm } from "./normal-form.mjs";
import { parameterValues } from "./parameter-values.mjs";
import { zipsOf } from "./zips-of.mjs";

const root = resolve(import.meta.dirname, "../../..");

const { parseTemplate } = await runTypeScript(join(root, "test/support/validate-template.ts"), "judges");

/** Errors of the strictest compiler, by file. */
export function typeErrors(files, folder) {
  const project = mkdtempSync(join(tmpdir(), "cdk-types-"));
  symlinkSync(join(folder, "node_modules"), join(project, "node_modules"));
  const sources = files.map((file, at) => {
    const path = join(project, `api${at}.ts`);
    writeFileSync(path, readFileSync(file, "utf8"));
    return path;
  });
  const compilerOptions = {
    ...{ strict: true, noUnusedLocals: true, noUnusedParameters: true, exactOptionalPropertyTypes: true },
    ...{ noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true, noImplicitOverride: true },
    ...{ isolatedModules: true, skipLibCheck: true, noEmit: true, module: "nodenext", target: "es2022" },
    ...{ types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: sources }));
  const { stdout } = run(join(root, "node_modules/.bin/tsc"), ["-p", project, "--pretty", "false"], { cwd: project });
  return files.map((_, at) => stdout.split("\n").filter((line) => line.startsWith(`api${at}.ts`)));
}

/** What the CDK makes of constructs: for each the form of its template, findings of cdk-nag, or an error. `plain` are templates by name. */
export function synthesise(projects, plain, folder) {
  const cases = projects.map(({ name, file }) => ({ name, file, values: parameterValues(plain[name].Parameters) }));
  const output = join(mkdtempSync(join(tmpdir(), "cdk-results-")), "results.json");
  const { stdout, stderr } = run(process.execPath, [join(import.meta.dirname, "synthesise.mjs")], {
    input: JSON.stringify({ folder, cases, output }),
  });
  const results = JSON.parse(readFileSync(output, "utf8"));
  const made = results.map(({ name, error, template, zips, findings, stacks }, at) => {
    if (error !== undefined || name === "large") return { name, error, stacks };
    const form = synthesisedForm(template, "Library", (key) => zips[key]);
    return { name, form, expected: plainForm(plain[name], cases[at].values, "Library"), findings, template };
  });
  return { made, said: `${stdout}${stderr}`.trim() };
}

/** Differences of two forms, a line each. */
export function differences(found, expected, path = "") {
  if (isDeepStrictEqual(found, expected)) return [];
  const isNested = [found, expected].every((side) => typeof side === "object" && side !== null);
  if (!isNested) return [`${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...names].flatMap((name) => differences(found[name], expected[name], `${path}/${name}`));
}

/** Plain templates by the name of the case. */
export function plainTemplates(projects) {
  return Object.fromEntries(projects.map(({ name, file }) => [name, parseTemplate(readFileSync(file, "utf8"))]));
}

const app = `import { App, Stack } from "aws-cdk-lib";
import { LibraryApi } from "./api.mjs";
const app = new App();
new LibraryApi(new Stack(app, "library-dev"), "Api", { stage: "dev", zips: "zips" });
`;

/** Runs `cdk synth` on a construct in a folder of its own, as a project of ES modules; gives what it wrote, or what it said. */
export function synthesiseIn(place, file, folder) {
  const project = join(mkdtempSync(join(tmpdir(), "cdk-synth-")), place);
  const source = readFileSync(file, "utf8");
  mkdirSync(join(project, "zips"), { recursive: true });
  symlinkSync(join(folder, "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "api.mjs"), transformSync(source, { loader: "ts", format: "esm" }).code);
  writeFileSync(join(project, "app.mjs"), app);
  writeFileSync(join(project, "cdk.json"), JSON.stringify({ app: "node app.mjs", versionReporting: false }));
  for (const zip of zipsOf(source)) writeFileSync(join(project, "zips", zip), zip);
  const synthesised = run(join(folder, "node_modules/.bin/cdk"), ["synth", "--quiet", "--no-notices"], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: project, CI: "true" },
  });
  if (synthesised.status !== 0) return { said: `${synthesised.stdout}${synthesised.stderr}` };
  const written = ["template", "assets"].map((kind) =>
    readFileSync(join(project, `cdk.out/library-dev.${kind}.json`), "utf8"),
  );
  return { written, said: "" };
}
