/** Names of functions and roles, which Terraform needs before they exist. */
import { createHash } from "node:crypto";

/** Longest name of a function, and of a role. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const maxName = 64;

/** Longest stage, by the pattern of its parameter. */
const maxStage = 16;

/** Longest part of a name that says which API it is. */
const maxApiName = 20;

/** The parts before and after the stage: `library` and `library-service-get-shelf` for `library-dev-library-service-get-shelf`. */
export function functionNameParts(apiName: string, functionId: string): readonly [before: string, after: string] {
  const before = shorten(apiName, maxApiName);
  return [before, shorten(functionId, maxName - maxStage - before.length - 2)];
}

/** The text where it is short enough; what is cut off is told apart by a hash. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `${text.slice(0, most - hash.length - 1).replace(/-$/, "")}-${hash}`;
}
