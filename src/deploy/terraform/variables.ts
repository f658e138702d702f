/** Variables of the module. */
import type { Parameter, ParameterType } from "../resources/resource-model.js";
import { escapeTemplate, type Json, variableName } from "./template-text.js";

const types: Readonly<Record<ParameterType, string>> = {
  text: "string",
  number: "number",
  texts: "list(string)",
  vpc: "string",
  subnets: "list(string)",
  securityGroups: "list(string)",
};

/** A variable for each parameter, and where the zips are. */
export function variableBlocks(parameters: readonly Parameter[]): { readonly [name: string]: Json } {
  const blocks = parameters.map((parameter) => [variableName(parameter.name), variableBlock(parameter)] as const);
  return { ...Object.fromEntries(blocks), zips: zipsVariable };
}

const zipsVariable: Json = {
  description: "Folder of the zips that grpc2lambda build has made. Default: the project's.",
  type: "string",
  default: null,
};

function variableBlock(parameter: Parameter): Json {
  const { type, default: fallback, description, note } = parameter;
  const validation = validations(parameter);
  return {
    description: escapeTemplate(note === undefined ? description : `${description} ${note}`),
    type: types[type],
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(validation.length === 0 ? {} : { validation }),
  };
}

/** Terraform's regular expressions are RE2, which reads the patterns of parameters alike. */
function validations({ name, pattern, choices, least }: Parameter): Json[] {
  const own = `var.${variableName(name)}`;
  const rules: [condition: string, expected: string][] = [];
  if (pattern !== undefined)
    rules.push([`can(regex(${JSON.stringify(`^(?:${pattern})$`)}, ${own}))`, `text such as ${pattern}`]);
  if (choices !== undefined)
    rules.push([`contains(${JSON.stringify(choices)}, ${own})`, `one of ${choices.join(", ")}`]);
  if (least !== undefined) rules.push([`${own} >= ${least}`, `at least ${least}`]);
  return rules.map(([condition, expected]) => ({
    condition: `\${${condition}}`,
    error_message: escapeTemplate(`Expected ${expected}.`),
  }));
}
