/** Terraform: a module of one `.tf.json` file, over the zips of `grpc2lambda build`. */
import { escapeDirections } from "../../text-directions.js";
import type { DeploymentTarget } from "../deployment-target.js";
import { functionNameParts } from "./function-names.js";
import { releaseVariableNames } from "./releases.js";
import { buildModule } from "./module.js";
import { variableName } from "./template-text.js";

/** Variables that the module has in addition to those of parameters. */
const ownVariables: ReadonlySet<string> = new Set(["Zips", "zips", ...releaseVariableNames]);

/** `terraform apply`, in a module or as one. */
export const terraformTarget: DeploymentTarget = {
  id: "terraform",
  title: "Terraform",
  listFunctions: ({ apiName, functions }) => {
    const names = functions.map(({ id }) => functionNameParts(apiName, id).join("-$stage-"));
    return [`names="${names.join(" ")}"`];
  },
  deploy: (model, { template }) => {
    const zips = model.functions[0]?.zip.replace(/\/[^/]*$/, "") ?? "";
    const root = "../".repeat(template.split("/").length - 1);
    const text = JSON.stringify(buildModule(model, `${root}${zips}`), undefined, 2);
    const content = `${escapeDirections(text)}\n`;
    return {
      files: [{ path: template, content, ownership: "generated" }],
      diagnostics: [],
      takenNames: ownVariables,
      stacks: [],
      nameOf: variableName,
    };
  },
};
