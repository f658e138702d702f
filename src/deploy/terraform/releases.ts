/** Versions of functions and the alias that callers name; variables share requests between two versions. */
import type { FunctionResource, ReleaseResource } from "../resources/resource-model.js";
import { type Block, resource } from "./block.js";
import { type Json, resourceName } from "./template-text.js";

/** Names of the module's own variables for releases. */
export const releaseVariableNames = ["stable_versions", "release_weight"] as const;

/** Variables by which a release is tried out, and taken back. */
export const releaseVariables: { readonly [name in (typeof releaseVariableNames)[number]]: Json } = {
  stable_versions: {
    description:
      "Versions by function that get the requests that release_weight leaves them: the output function_versions of the release before. Default: the new version gets all.",
    type: "map(string)",
    default: {},
  },
  release_weight: {
    description:
      "Share of requests for the new version of a function in stable_versions, 0 to 1. AWS refuses two versions where an alias has provisioned concurrency.",
    type: "number",
    default: 1,
    validation: {
      condition: "${var.release_weight >= 0 && var.release_weight <= 1}",
      error_message: "Expected 0 to 1.",
    },
  },
};

/** The alias of a function, and the instances that it keeps warm. */
export function releaseBlocks(fn: FunctionResource, { alias }: ReleaseResource): Block[] {
  const name = resourceName(fn.id);
  const version = `aws_lambda_function.${name}.version`;
  const stable = `lookup(var.stable_versions, ${JSON.stringify(fn.id)}, ${version})`;
  const aliasBlock = resource("aws_lambda_alias", name, {
    name: alias,
    function_name: `\${aws_lambda_function.${name}.function_name}`,
    function_version: `\${${stable}}`,
    dynamic: {
      routing_config: {
        for_each: `\${${stable} == ${version} ? [] : [var.release_weight]}`,
        content: { additional_version_weights: { [`\${${version}}`]: "${routing_config.value}" } },
      },
    },
  });
  const warmBlock = resource("aws_lambda_provisioned_concurrency_config", name, {
    function_name: `\${aws_lambda_alias.${name}.function_name}`,
    qualifier: `\${aws_lambda_alias.${name}.name}`,
    provisioned_concurrent_executions: fn.provisionedConcurrency,
  });
  return fn.provisionedConcurrency === undefined ? [aliasBlock] : [aliasBlock, warmBlock];
}

/** The output of the versions that were deployed last, by function. */
export function versionsOutput(functions: readonly FunctionResource[]): Json {
  const versions = functions.map(({ id }) => [id, `\${aws_lambda_function.${resourceName(id)}.version}`] as const);
  return { description: "Versions that were deployed last, by function.", value: Object.fromEntries(versions) };
}
