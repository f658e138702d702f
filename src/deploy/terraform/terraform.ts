/** Terraform: a module of one `.tf.json` file, over the zips of `grpc2lambda build`, and two small files beside it. */
import { escapeDirections } from "../../text-directions.js";
import type { OutputFile } from "../../output/output-tree.js";
import { banner } from "../banner.js";
import type { DeploymentTarget } from "../deployment-target.js";
import { listedResources, membersOf } from "../listed-resources.js";
import { checkovSettings } from "./checkov-settings.js";
import { functionNameParts } from "./function-names.js";
import { releaseVariableNames } from "./releases.js";
import { buildModule } from "./module.js";
import { variableName } from "./template-text.js";

/** Variables that the module has in addition to those of parameters. */
const ownVariables: ReadonlySet<string> = new Set(["Zips", "zips", ...releaseVariableNames]);

/** In a file of its own: checkov reads no module in JSON that names it. */
const versions = `# ${banner}\n\nterraform {\n  required_version = ">= 1.5"\n}\n`;

/** `terraform apply`, in a module or as one. */
export const terraformTarget: DeploymentTarget = {
  id: "terraform",
  title: "Terraform",
  listFunctions: ({ apiName, functions }) => {
    const names = functions.map(({ id }) => functionNameParts(apiName, id).join("-$stage-"));
    return [`names="${names.join(" ")}"`];
  },
  listResources: (text) =>
    listedResources(
      () => JSON.parse(text),
      ({ resource }) =>
        Object.entries(membersOf(resource)).flatMap(([type, named]) =>
          Object.keys(membersOf(named)).map((name) => `${type} ${name}`),
        ),
    ),
  deploy: (model, { template }) => {
    const zips = model.functions[0]?.zip.replace(/\/[^/]*$/, "") ?? "";
    const root = "../".repeat(template.split("/").length - 1);
    const folder = template.replace(/(?:^|\/)[^/]*$/, "") || ".";
    const text = JSON.stringify(buildModule(model, `${root}${zips}`), undefined, 2);
    const content = `${escapeDirections(text)}\n`;
    const beside = template.replace(/(?:\.tf)?\.json$/, "");
    const skips = `${beside}.checkov.yaml`;
    const generated = (path: string, text: string): OutputFile => ({ path, content: text, ownership: "generated" });
    return {
      files: [
        generated(template, content),
        generated(`${beside}.versions.tf`, versions),
        generated(skips, checkovSettings(model, `# ${banner}\n#\n#   checkov -d ${folder} --config-file ${skips}\n`)),
      ],
      diagnostics: [],
      takenNames: ownVariables,
      stacks: [],
      nameOf: variableName,
    };
  },
};
