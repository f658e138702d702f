/** Differences in the host name under which an API answers. */
import type { DomainPlan, Plan, TemplateValue } from "../plan/plan.js";
import { type Change, change } from "./change.js";

/** Compares `deployment.domain`: a new name, other demands on clients, and the address that is switched off. */
export function compareDomains({ deployment: before }: Plan, { deployment: after }: Plan): Change[] {
  const [old, now] = [before.domain, after.domain];
  const [name, newName] = [old, now].map((domain) => (domain === undefined ? undefined : textOf(domain.name)));
  return [
    ...(name === newName ? [] : [renamed(name, newName)]),
    ...compareOnly(old, now),
    ...(old === undefined || now === undefined ? [] : compareDemands(old, now)),
  ];
}

function renamed(name: string | undefined, newName: string | undefined): Change {
  if (name === undefined)
    return change("access", "domain", false, `the API answers under ${newName}, which needs a record that leads to it`);
  if (newName === undefined) return change("access", "domain", true, `the API no longer answers under ${name}`);
  return change(
    "api-replaced",
    "domain",
    true,
    `the domain is ${newName}, before ${name}: it is made anew, and needs a record of its own`,
  );
}

function compareOnly(old: DomainPlan | undefined, now: DomainPlan | undefined): Change[] {
  const [was, is] = [old?.only === true, now?.only === true];
  if (was === is) return [];
  const message = is
    ? "the API answers under its domain alone: the address that AWS gave it is switched off"
    : "the API answers under the address that AWS gives it, too";
  return [change("access", "address", is, message)];
}

function compareDemands(old: DomainPlan, now: DomainPlan): Change[] {
  const changes: Change[] = [];
  if (old.minimumTls !== now.minimumTls)
    changes.push(
      change(
        "access",
        "TLS",
        old.minimumTls < now.minimumTls,
        `clients have to speak TLS ${now.minimumTls}, before ${old.minimumTls}`,
      ),
    );
  const [was, is] = [old.mtls, now.mtls].map((mtls) => mtls?.truststore ?? "none");
  if (was !== is)
    changes.push(
      change("access", "client certificates", true, `clients present certificates of ${is}, before of ${was}`),
    );
  return changes;
}

/** The text, or `<parameter>`. */
function textOf(value: TemplateValue): string {
  return value.kind === "text" ? value.text : `<${value.name}>`;
}
