/**
 * Checks of the environment and policies in the configuration: for settings that deploying would refuse, and for
 * dangerous ones.
 */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import type { EnvironmentVariable, Plan, Policy } from "../../plan/plan.js";
import { namedParameters, ownParameters } from "../resources/parameters.js";
import type { Deployment } from "../deployment-target.js";

/** Bytes of all variables of a function. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEnvironment = 4096;

/** Names that a target has of its own, and those that it gives to parameters: `TableName` and `tableName` may be one. */
type ParameterNames = Pick<Deployment, "takenNames" | "nameOf">;

/** Findings about settings; no location, the plan does not know where they were written. */
export function checkSettings(plan: Plan, names: ParameterNames): Diagnostic[] {
  const owners = [plan.deployment, ...functionsWithRpcs(plan), ...plan.ownFunctions, ...plan.authorizers];
  return [
    ...checkSecrets(owners.flatMap((owner) => owner.environment)),
    ...checkStatements(owners.flatMap((owner) => owner.policies)),
    ...checkParameters(plan, names),
    ...checkEnvironmentSize(plan),
  ];
}

function checkSecrets(environment: readonly EnvironmentVariable[]): Diagnostic[] {
  const named = environment.filter(({ name, value }) => value.kind === "text" && looksSecret(name, value.text));
  return [...new Set(named.map(({ name }) => name))].map((name) =>
    diagnostic(
      "DP004",
      `environment variable ${name} looks like a secret: its value would stand in the template and in the console for all to read`,
      {
        help: "keep it in Secrets Manager, give functions its ARN in a variable, and allow them secretsmanager:GetSecretValue on it",
      },
    ),
  );
}

/** A name that speaks of a secret, unless the value is only where to find it; or a reference that is replaced by a secret. */
function looksSecret(name: string, text: string): boolean {
  if (/\{\{resolve:(?:secretsmanager|ssm-secure):/.test(text)) return true;
  const speaksOfSecret = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS?|(?:API|PRIVATE|ACCESS)_?KEY)$/i.test(
    name,
  );
  return speaksOfSecret && !text.startsWith("arn:") && text !== "";
}

function checkStatements(policies: readonly Policy[]): Diagnostic[] {
  const wide = policies.flatMap((policy) => {
    if (policy.kind === "managed") return [];
    const everywhere = policy.resources.some((resource) => resource.kind === "text" && resource.text === "*");
    const everything = policy.actions.filter((action) => action.includes("*"));
    if (everything.length > 0) return [`${everything.join(", ")}`];
    return everywhere ? [`${policy.actions.join(", ")} on every resource`] : [];
  });
  return [...new Set(wide)].map((what) =>
    diagnostic("DP005", `a policy allows ${what}: expected actions and resources by name`, {
      help: "name the actions that handlers call and the ARNs that they call them on",
    }),
  );
}

function checkParameters(plan: Plan, { takenNames, nameOf }: ParameterNames): Diagnostic[] {
  const own = ownParameters(plan);
  const named = namedParameters(plan);
  const others = own.filter(({ type }) => type !== "text" && type !== "number").map(({ name }) => name);
  const taken = new Set([...takenNames, ...others]);
  const all = [...own.map(({ name }) => name), ...named, ...takenNames];
  return named
    .filter((name) => taken.has(name) || all.some((other) => other !== name && nameOf(other) === nameOf(name)))
    .map((name) =>
      diagnostic("DP006", `parameter ${name} of the configuration has the name of something else in the template`, {
        help: "give the parameter another name",
      }),
    );
}

function checkEnvironmentSize({ deployment, functions, ownFunctions, authorizers }: Plan): Diagnostic[] {
  const all = [...functions, ...ownFunctions, ...authorizers];
  const sizes = all.map((fn) => sizeOf([...deployment.environment, ...fn.environment]));
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  if (largest <= maxEnvironment) return [];
  return [
    diagnostic(
      "DP007",
      `the environment variables of function ${all[sizes.indexOf(largest)]?.id} have ${largest} bytes: Lambda takes ${maxEnvironment}`,
      { help: "keep large values in Parameter Store or S3, and their names in variables" },
    ),
  ];
}

/** The values of parameters are not known, and count as nothing. */
function sizeOf(environment: readonly EnvironmentVariable[]): number {
  const values = new Map(environment.map(({ name, value }) => [name, value.kind === "text" ? value.text : ""]));
  return [...values].reduce((size, [name, text]) => size + Buffer.byteLength(name) + Buffer.byteLength(text), 0);
}
