/** cdk-nag, version 2, which reads skips in the metadata of templates: its packs AwsSolutions and Serverless. Version 3 reads them in constructs alone. */
import { join } from "node:path";
import { run } from "../support/python-tools.mjs";

/** Findings in templates, by file: `AwsSolutions-S1 T/PayloadBucket`. Paths of zips are taken for keys in a bucket, as `package` makes them. */
export function nagFindings({ folder }, files) {
  const { stdout, stderr } = run(process.execPath, [join(import.meta.dirname, "nag-templates.mjs"), folder, ...files]);
  if (!stdout.startsWith("{")) return new Map(files.map((file) => [file, [`cdk-nag said: ${stderr.slice(-300)}`]]));
  return new Map(Object.entries(JSON.parse(stdout)));
}
