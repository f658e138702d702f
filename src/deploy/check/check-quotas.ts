/** Settings beyond what AWS takes: values and sizes that it refuses, and quotas that it raises when asked. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import type { Plan } from "../../plan/plan.js";
import { schemeNames } from "../resources/api-auth.js";
import { functionResources } from "../resources/functions.js";
import type { FunctionResource } from "../resources/resource-model.js";
import { partsOf, readSubstitutions, type Value } from "../resources/value.js";

/** Characters of all inline policies of a role, white space apart. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const maxPolicies = 10_240;

/** Managed policies of a role, unless AWS raises it. */
const maxManaged = 10;

/** Authorizers of an HTTP API or a REST API, unless AWS raises it. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const maxAuthorizers = 10;

/** Values of tags. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u;

/** DP046 and DP047. */
export function checkQuotas(plan: Plan): Diagnostic[] {
  const functions = functionResources(plan);
  return [...checkTags(plan), ...checkPolicies(functions), ...checkManaged(functions), ...checkAuthorizers(plan)];
}

function checkTags({ deployment: { tags = [] } }: Plan): Diagnostic[] {
  const refused = tags.filter(
    ({ value }) => value.kind === "text" && !tagValue.test(knownText(readSubstitutions(value.text))),
  );
  return refused.map(({ name }) =>
    diagnostic(
      "DP046",
      `tag ${name} has a value that IAM refuses: expected up to 256 letters, digits, spaces and _.:/=+-@`,
      { help: "leave out other characters, or shorten the value" },
    ),
  );
}

/** The parts of a value that are known here. */
function knownText(value: Value): string {
  const texts = partsOf(value).filter((part) => typeof part === "string");
  return texts.join("");
}

function checkPolicies(functions: readonly FunctionResource[]): Diagnostic[] {
  const sizes = functions.map(({ policies }) => policySize(policies));
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  if (largest <= maxPolicies) return [];
  const id = functions[sizes.indexOf(largest)]?.id;
  return [
    diagnostic(
      "DP046",
      `the policies of function ${id} have at least ${largest} characters: a role takes ${maxPolicies}`,
      { help: "name resources by a prefix that they share, or make a managed policy and name its ARN in policies" },
    ),
  ];
}

/** Characters at least: references, whose length is not known, count as one. */
function policySize(policies: FunctionResource["policies"]): number {
  const statements = policies.flatMap((policy) => policy.statements);
  const texts = statements.map(({ actions, resources }) => {
    return JSON.stringify({
      Effect: "Allow",
      Action: actions,
      Resource: resources.map((each) => knownText(each) || "*"),
    });
  });
  return texts.reduce((sum, text) => sum + text.replaceAll(" ", "").length, 0);
}

function checkManaged(functions: readonly FunctionResource[]): Diagnostic[] {
  const first = functions.find(({ managedPolicies }) => managedPolicies.length > maxManaged);
  if (first === undefined) return [];
  return [
    diagnostic(
      "DP047",
      `the role of function ${first.id} has ${first.managedPolicies.length} managed policies: expected at most ${maxManaged} unless AWS raises the quota`,
      { help: "name actions and resources in policies, which need no managed policy" },
    ),
  ];
}

/** Signatures need no authorizer. */
function checkAuthorizers(plan: Plan): Diagnostic[] {
  const { frontDoor } = plan.deployment;
  if (frontDoor !== "http-api" && frontDoor !== "rest-api") return [];
  const count = [...schemeNames(plan).values()].filter((name) => name !== "sigv4").length;
  if (count <= maxAuthorizers) return [];
  return [
    diagnostic(
      "DP047",
      `routes ask for ${count} different authorizers: ${withArticle(frontDoorOf(frontDoor))} holds ${maxAuthorizers} unless AWS raises the quota`,
      { help: "give RPCs the same settings apart from scopes, which need no authorizer of their own" },
    ),
  ];
}
