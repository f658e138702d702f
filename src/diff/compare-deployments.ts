/** Differences between what two versions deploy: functions, permissions, and who may call. */
import { roleGrants } from "../deploy/permissions/role-grants.js";
import { buildResources } from "../deploy/resources/build-resources.js";
import type { FunctionResource } from "../deploy/resources/resource-model.js";
import type { Plan } from "../plan/plan.js";
import { compareAuth } from "./compare-auth.js";
import { type Change, change } from "./change.js";
import { compareDeadLetters } from "./compare-dead-letters.js";
import { compareDomains } from "./compare-domains.js";
import { compareLimits } from "./compare-limits.js";
import { compareReach } from "./compare-reach.js";

/** Compares functions, permissions, access and settings. */
export function compareDeployments(before: Plan, after: Plan): Change[] {
  const [oldModel, newModel] = [buildResources(before), buildResources(after)];
  const [old, now] = [oldModel.functions, newModel.functions];
  return [
    ...compareApis(before, after),
    ...compareDomains(before, after),
    ...compareLimits(before, after),
    ...compareReach(before, after),
    ...compareFunctions(old, now),
    ...comparePermissions(old, now),
    ...compareDeadLetters(oldModel, newModel),
    ...compareSettings(before, after),
  ];
}

/** Another door, or another name of the API: CloudFormation makes a new one, with another address. */
function compareApis(before: Plan, after: Plan): Change[] {
  const [old, now] = [before.deployment, after.deployment];
  const changes: Change[] = [];
  if (old.frontDoor !== now.frontDoor)
    changes.push(
      change(
        "api-replaced",
        "front door",
        true,
        `the front door is ${now.frontDoor}, before ${old.frontDoor}: the API gets another address`,
      ),
    );
  if (old.basePath !== now.basePath)
    changes.push(
      change("access", "base path", true, `the base path is ${now.basePath ?? "/"}, before ${old.basePath ?? "/"}`),
    );
  changes.push(...compareAuth(before, after));
  const [origins, newOrigins] = [old.cors?.origins ?? [], now.cors?.origins ?? []];
  for (const origin of origins.filter((one) => !newOrigins.includes(one)))
    changes.push(change("access", `origin ${origin}`, true, `pages of ${origin} may no longer read responses`));
  for (const origin of newOrigins.filter((one) => !origins.includes(one)))
    changes.push(change("access", `origin ${origin}`, true, `pages of ${origin} may read responses`));
  return changes;
}

function compareFunctions(old: readonly FunctionResource[], now: readonly FunctionResource[]): Change[] {
  const [known, kept] = [ids(old), ids(now)];
  const gone = old.filter(({ id }) => !kept.has(id));
  const made = now.filter(({ id }) => !known.has(id));
  const replaced = gone.flatMap((fn) => {
    const other = made.find(({ rpcs }) => rpcs === fn.rpcs);
    return other === undefined ? [] : [[fn, other] as const];
  });
  const isReplaced = new Set(replaced.flat());
  return [
    ...replaced.map(([fn, other]) =>
      change(
        "function-replaced",
        fn.id,
        false,
        `the function ${fn.id} is replaced by ${other.id}: its logs stay behind`,
      ),
    ),
    ...gone
      .filter((fn) => !isReplaced.has(fn))
      .map(({ id }) => change("function-removed", id, false, `the function ${id} goes, with its role`)),
    ...made
      .filter((fn) => !isReplaced.has(fn))
      .map(({ id }) => change("function-added", id, false, `the function ${id} appears, with its role`)),
  ];
}

function ids(functions: readonly FunctionResource[]): ReadonlySet<string> {
  return new Set(functions.map(({ id }) => id));
}

/** Permissions of functions that both versions have. */
function comparePermissions(old: readonly FunctionResource[], now: readonly FunctionResource[]): Change[] {
  return old.flatMap((fn) => {
    const other = now.find(({ id }) => id === fn.id);
    if (other === undefined) return [];
    const [had, has] = [roleGrants(fn), roleGrants(other)];
    return [
      ...[...has]
        .filter((one) => !had.has(one))
        .map((one) => change("permission-added", `${fn.id} ${one}`, true, `the role of ${fn.id} may do ${one}`)),
      ...[...had]
        .filter((one) => !has.has(one))
        .map((one) =>
          change("permission-removed", `${fn.id} ${one}`, false, `the role of ${fn.id} may no longer do ${one}`),
        ),
    ];
  });
}

/** Settings that change answers. */
function compareSettings(before: Plan, after: Plan): Change[] {
  const [old, now] = [flatten(before), flatten(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => {
    const [was = "not set", is = "not set"] = [old.get(key), now.get(key)];
    return was === is ? [] : [change("setting", key, true, `${key} is ${is}, before ${was}`)];
  });
}

function flatten({ transcoding }: Plan): Map<string, string> {
  const { behaviour = {}, ...others } = transcoding;
  const entries = [...Object.entries(others), ...Object.entries(behaviour)];
  return new Map(
    entries.map(([key, value]) => [`transcoding.${key}`, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
