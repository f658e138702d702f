/** The object that implements a service. */
import { outputPathProblem } from "../../output/output-path.js";
import { findRegistrations } from "../code/find-implementations.js";
import { type FoundObject, type MethodPlace, readObject } from "../code/methods.js";
import type { Sources, SyntaxFault } from "../code/sources.js";
import { exportedValue } from "../code/trace.js";
import type { WantedService } from "./wanted-service.js";

/** An object, a file that has no syntax tree, or nothing that the text tells. */
export type Located =
  | { readonly kind: "object"; readonly object: FoundObject }
  | { readonly kind: "unparsable"; readonly file: string; readonly fault: SyntaxFault }
  | { readonly kind: "unknown" };

/** Finds the object in the file that the configuration names, or in those that it imports. */
export function locateObject(sources: Sources, { name, implementation }: WantedService): Located {
  const file = sources.open(implementation.file);
  if (file === undefined) return { kind: "unknown" };
  const fault = sources.syntaxError(file);
  if (fault !== undefined) return { kind: "unparsable", file: implementation.file, fault };
  const value =
    implementation.kind === "object"
      ? exportedValue(file, implementation.exportName)
      : registeredObject(sources, name, implementation.file);
  const object = value && readObject(sources, value);
  const inPlace = object?.place && faultOf(sources, object.place);
  if (inPlace !== undefined) return inPlace;
  return object === undefined ? { kind: "unknown" } : { kind: "object", object };
}

/** The object that is registered in the file itself, or in the only other one. */
function registeredObject(sources: Sources, name: string, file: string) {
  const registrations = findRegistrations(sources, [name]).filter(({ service }) => service === name);
  const own = registrations.find((one) => one.file === file);
  const [only, ...others] = registrations;
  return (own ?? (others.length === 0 ? only : undefined))?.implementation;
}

function faultOf(sources: Sources, place: MethodPlace): Located | undefined {
  const file = place.getSourceFile();
  const fault = sources.syntaxError(file);
  return fault && { kind: "unparsable", file: sources.pathOf(file), fault };
}

/** The reason for which nothing is written into an object; undefined if there is none. */
export function placeProblem(sources: Sources, place: MethodPlace | undefined): string | undefined {
  if (place === undefined) return "the text does not show the object or the class that has its methods";
  return outputPathProblem(sources.pathOf(place.getSourceFile()));
}
