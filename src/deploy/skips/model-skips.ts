/** The skips of everything that is deployed, for targets that cannot say them with a resource. */
import type { DoorResource, ResourceModel } from "../resources/resource-model.js";
import { accessLogBucketSkips, payloadBucketSkips } from "./bucket-skips.js";
import { managedRoleSkips, listenerSkips, loadBalancerSkips, restApiSkips, stageSkips } from "./door-skips.js";
import { functionSkips, logGroupSkips, roleSkips } from "./function-skips.js";
import { deadLetterQueueSkips } from "./queue-skips.js";
import { type Skip, skip, skipInModules } from "./skip.js";

/** Skips in the order of resources, repeated ones once. Where a role has the user's own wildcards, those of no role count. */
export function modelSkips(model: ResourceModel): Skip[] {
  const { shared, functions, door, payloadBucket, alarmTopic, ownDeadLetterQueue } = model;
  const roles = functions.map(roleSkips);
  const skips = [
    ...functions.flatMap((fn) => functionSkips(fn, shared)),
    ...(roles.every((own) => own.length > 0) ? roles.flat() : []),
    ...logGroupSkips(shared.logs),
    ...doorSkips(door),
    ...(payloadBucket === undefined ? [] : payloadBucketSkips),
    ...(ownDeadLetterQueue ? deadLetterQueueSkips : []),
    ...(alarmTopic === "own" ? [keyPolicy] : []),
  ];
  return [...new Map(skips.map((each) => [JSON.stringify(each), each])).values()];
}

const keyPolicy = skipInModules(skip("The policy of the alarms' key speaks of that key alone.", []), [
  "CKV_AWS_109",
  "CKV_AWS_111",
  "CKV_AWS_356",
]);

function doorSkips(door: DoorResource): readonly Skip[] {
  switch (door.kind) {
    case "rest-api":
      return [...restApiSkips, ...stageSkips(door), ...(door.accountRole ? managedRoleSkips : [])];
    case "alb":
      if (!door.own) return [];
      return [
        ...loadBalancerSkips(door),
        ...listenerSkips(door),
        ...(door.accessLogs === "own" ? accessLogBucketSkips : []),
      ];
    case "http-api":
    case "function-url":
      return [];
    default:
      return door satisfies never;
  }
}
