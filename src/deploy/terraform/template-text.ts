/** Values in Terraform's template language, for the strings of a `.tf.json` file. */
import { type Document, toJson } from "../resources/document.js";
import { type FunctionPart, partsOf, type Place, type Reference, type Value } from "../resources/value.js";

/** A value of JSON; strings are templates already. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** The text of a value. Text stands for itself; a lone reference keeps the type of what it refers to. */
export function templateText(value: Value): string {
  const parts = partsOf(value);
  return parts
    .map((part, at) => {
      if (typeof part !== "string") return `\${${expression(part)}}`;
      return at === parts.length - 1 ? escapeTemplate(part) : closeDollars(escapeTemplate(part));
    })
    .join("");
}

/** Text before a reference: its last `$` would make `$${` of it, which Terraform reads as the text `${`. */
function closeDollars(text: string): string {
  return text.replace(/\$+$/, (dollars) => `\${"${dollars}"}`);
}

/** Text in which nothing is evaluated. */
export function escapeTemplate(text: string): string {
  return text.replaceAll("${", () => "$${").replaceAll("%{", "%%{");
}

/** Data with its values and its names as templates. */
export function templateData(document: Document): Json {
  return toJson(document, templateText, escapeTemplate) as Json;
}

/** `LogRetentionDays` -> `log_retention_days`, `Version` -> `version_value`. */
export function variableName(parameter: string): string {
  const name = parameter
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
  return reserved.has(name) ? `${name}_value` : name;
}

/** Names that Terraform gives to no variable. https://developer.hashicorp.com/terraform/language/block/variable */
const reserved: ReadonlySet<string> = new Set(
  "source version providers count for_each lifecycle depends_on locals".split(" "),
);

/** The name of a function's resources: `library-service-get-shelf` -> `library_service_get_shelf`. */
export function resourceName(functionId: string): string {
  return functionId.replaceAll("-", "_");
}

const places: Readonly<Record<Place, string>> = {
  account: "data.aws_caller_identity.current.account_id",
  partition: "data.aws_partition.current.partition",
  region: "data.aws_region.current.region",
  stack: "local.name",
  urlSuffix: "data.aws_partition.current.dns_suffix",
};

function functionPart(part: FunctionPart, name: string): string {
  switch (part) {
    case "arn":
      return `aws_lambda_function.${name}.arn`;
    case "aliasArn":
      return `aws_lambda_alias.${name}.arn`;
    case "name":
      return `aws_lambda_function.${name}.function_name`;
    case "logGroupArn":
      return `aws_cloudwatch_log_group.${name}.arn`;
    default:
      return part satisfies never;
  }
}

function expression(reference: Reference): string {
  switch (reference.kind) {
    case "parameter":
      return `var.${variableName(reference.name)}`;
    case "place":
      return places[reference.of];
    case "function":
      return functionPart(reference.part, resourceName(reference.id));
    case "apiId":
      return "local.api_id";
    case "bucket":
      return `aws_s3_bucket.payloads.${reference.fact === "name" ? "bucket" : "arn"}`;
    case "deadLetterQueue":
      return `aws_sqs_queue.dead_letters.${reference.fact}`;
    case "nameInArn":
      return `element(split(":", var.${variableName(reference.parameter)}), 5)`;
    case "loadBalancer":
      return "local.load_balancer";
    case "suffix":
      return "local.suffix";
    default:
      return reference satisfies never;
  }
}
