/** The function of the file that names versions. */
import type { CodeFile, Lines } from "../../emit/print/code-file.js";
import type { ResourceModel } from "../resources/resource-model.js";

/** Settings that a version freezes: another value of one is another version to Lambda, and nothing else is. */
const frozen = [
  ..."code handler runtime architectures memorySize timeout ephemeralStorage environment kmsKeyArn layers vpcConfig".split(
    " ",
  ),
  ..."loggingConfig tracingConfig role description".split(" "),
];

/** The function; nothing without releases. */
export function versionFunction({ release }: ResourceModel, file: CodeFile): Lines[] {
  if (release === undefined) return [];
  const type = (name: string): string => file.useType("npm:aws-cdk-lib/aws-lambda", name);
  const hash = file.use("npm:node:crypto", "createHash");
  const lazy = file.use("npm:aws-cdk-lib", "Lazy");
  const settings = frozen.map((name) => `fn.${name}`);
  return [
    "",
    "/** Names a version by what it freezes: Lambda publishes one for each name, and refuses a second one of the same. */",
    `function nameVersion(version: ${type("CfnVersion")}, fn: ${type("CfnFunction")}): void {`,
    [
      `const stack = ${file.use("npm:aws-cdk-lib", "Stack")}.of(version);`,
      "const name: string = stack.resolve(version.logicalId);",
      "const produce = (): string => {",
      [
        "const frozen = stack.resolve([",
        settings.map((setting) => `${setting},`),
        "]);",
        `return \`\${name}\${${hash}("sha256").update(JSON.stringify(frozen)).digest("hex").slice(0, 16)}\`;`,
      ],
      "};",
      `version.overrideLogicalId(${lazy}.uncachedString({ produce }));`,
    ],
    "}",
  ];
}
