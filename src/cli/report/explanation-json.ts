/** An explanation as a JSON document. */
import { routeRow } from "../../emit/functions/routes.js";
import type { Location } from "../../diagnostics.js";
import type { RoutePlan } from "../../plan/plan.js";
import type { Answer, DoorPassage, Explanation } from "../explain/explanation.js";
import type { RequestReading } from "../explain/request-reading.js";
import { messageToJson } from "../explain/show-message.js";

/** Plain data for JSON.stringify; bindings stand as rows of routes.json with the place of their rule. */
export function explanationToJson(explanation: Explanation, reading: RequestReading | undefined): object {
  const { request, profile, frontDoor, door, answer, withoutDoor, others } = explanation;
  return {
    request,
    profile,
    frontDoor,
    door: doorToJson(door),
    answer: answerToJson(answer),
    ...(withoutDoor === undefined ? {} : { withoutDoor: answerToJson(withoutDoor) }),
    ...(reading === undefined
      ? {}
      : { query: reading.query, refusal: reading.refusal, message: messageToJson(reading.request) }),
    others: others.map(({ route, kind, reason }) => ({ binding: bindingToJson(route), kind, reason })),
  };
}

/** `path` is the one that the door found no route for, or the one that the function gets. */
function doorToJson({ seen, ...door }: DoorPassage): object {
  const path = seen === undefined ? {} : { path: seen.path };
  if (door.kind === "refused") return { ...door, ...path };
  const { kind, routeKey, functionId } = door;
  return { kind, ...path, routeKey, functionId };
}

function answerToJson(answer: Answer): object {
  if (answer.kind !== "rpc") return answer;
  return { kind: answer.kind, binding: bindingToJson(answer.route), variables: variablesOf(answer) };
}

function bindingToJson(route: RoutePlan): object {
  const { file, line, column }: Location = route.binding.location;
  return { ...routeRow(route), location: { file, line, column } };
}

/** The captured texts by field path, in order of appearance. */
export function variablesOf({ route, captures }: Answer & { readonly kind: "rpc" }): { name: string; text: string }[] {
  return route.binding.template.variables.map(({ fieldPath }, index) => ({
    name: fieldPath.join("."),
    text: captures[index] ?? "",
  }));
}
