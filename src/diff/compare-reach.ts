/** Differences in who reaches an API at all, whatever credentials they have. */
import type { Plan, TemplateValue } from "../plan/plan.js";
import { type Change, change } from "./change.js";

/** Compares the web ACL, the endpoint of a REST API and its allow-list. */
export function compareReach({ deployment: before }: Plan, { deployment: after }: Plan): Change[] {
  const changes: Change[] = [];
  const [acl, newAcl] = [before.waf, after.waf].map((waf) => (waf === undefined ? "none" : textOf(waf)));
  if (acl !== newAcl) changes.push(change("access", "web ACL", true, `the web ACL is ${newAcl}, before ${acl}`));
  if (before.endpoint !== after.endpoint)
    changes.push(
      change(
        "access",
        "endpoint",
        true,
        `the API is ${after.endpoint}, before ${before.endpoint}: other clients reach it`,
      ),
    );
  if (before.ipv6 !== after.ipv6) {
    const now = after.ipv6 ? "reach the API by IPv6, too" : "no longer reach the API by IPv6";
    changes.push(change("access", "IPv6", !after.ipv6, `clients ${now}`));
  }
  for (const name of ["vpcEndpoints", "sourceIps", "accounts"] as const) {
    const [was, is] = [before, after].map(({ allow }) => (allow?.[name] ?? []).map(textOf));
    changes.push(...compareLists(name, was ?? [], is ?? []));
  }
  return changes;
}

/** An empty list lets everybody in: its first entry keeps out all others. */
function compareLists(name: string, was: readonly string[], is: readonly string[]): Change[] {
  const what = { vpcEndpoints: "VPC endpoints", sourceIps: "addresses", accounts: "accounts" }[name] ?? name;
  if (was.join() === is.join()) return [];
  const list = (texts: readonly string[]): string => (texts.length === 0 ? "not limited" : texts.join(", "));
  return [change("access", `allow.${name}`, true, `${what} that reach the API are ${list(is)}, before ${list(was)}`)];
}

function textOf(value: TemplateValue): string {
  return value.kind === "text" ? value.text : `<${value.name}>`;
}
