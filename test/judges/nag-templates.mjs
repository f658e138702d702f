/** Prints what cdk-nag finds in templates, as JSON by file. The first argument is the folder with its packages. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { App, Aspects, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");
const { AwsSolutionsChecks, ServerlessChecks } = require("cdk-nag-2");

const work = mkdtempSync(join(tmpdir(), "cdk-nag-"));

function packaged(file) {
  const text = readFileSync(file, "utf8");
  const path = join(work, "packaged.yaml");
  writeFileSync(path, text.replace(/^( +)Code: (\S+\.zip)$/gm, "$1Code: { S3Bucket: code, S3Key: $2 }"));
  return path;
}

function findingsOf(file) {
  const found = [];
  const nothing = () => {};
  const add = ({ ruleId, findingId = "", resource }) => found.push(`${ruleId} ${findingId} ${resource.node.path}`);
  const logger = {
    ...{ onCompliance: nothing, onSuppressed: nothing, onSuppressedError: nothing, onNotApplicable: nothing },
    ...{ onNonCompliance: add, onError: add },
  };
  const app = new App({ outdir: join(work, "out") });
  new CfnInclude(new Stack(app, "S"), "T", { templateFile: packaged(file) });
  for (const Pack of [AwsSolutionsChecks, ServerlessChecks])
    Aspects.of(app).add(new Pack({ reports: false, additionalLoggers: [logger] }));
  app.synth();
  return found;
}

process.stdout.write(JSON.stringify(Object.fromEntries(files.map((file) => [file, findingsOf(file)]))));
