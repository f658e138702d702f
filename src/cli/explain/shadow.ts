/** The reason why one of two matching bindings goes first. */
import type { Profile } from "../../runtime/routing/profile.js";
import type { Candidate } from "./candidate.js";

/** The reason for `loser` not to answer, as a clause. `isLater`: the profile tries it after the winner. */
export function explainShadow(loser: Candidate, winner: Candidate, profile: Profile, isLater: boolean): string {
  if (!isLater) return `matches, too, but the door hands the request to function ${winner.route.functionId}`;
  switch (profile.precedence) {
    case "lastDeclared":
      return `matches, too; ${nameOf(winner)} is declared later, and the last declared answers`;
    case "specificity":
      return `matches, too; ${explainSpecificity(loser, winner)}`;
    default:
      return profile.precedence satisfies never;
  }
}

function nameOf({ route }: Candidate): string {
  return route.method.method.name;
}

function explainSpecificity(loser: Candidate, winner: Candidate): string {
  if (loser.verb.length !== winner.verb.length) {
    return loser.verb === ""
      ? `":${winner.verb}" of ${nameOf(winner)} makes it the more specific one`
      : `":${winner.verb}" of ${nameOf(winner)} is longer`;
  }
  const at = winner.segments.findIndex((segment, index) => kindOf(segment) !== kindOf(loser.segments[index]));
  if (at === -1 && winner.segments.length === loser.segments.length)
    return `${nameOf(winner)} is as specific and declared first`;
  const index = at === -1 ? winner.segments.length : at;
  const [wide, narrow] = [loser.segments[index], winner.segments[index]].map(show);
  return `less specific: ${wide} where ${nameOf(winner)} has ${narrow} (segment ${index + 1})`;
}

function kindOf(segment: string | undefined): string {
  return segment === undefined || segment === "*" || segment === "**" ? String(segment) : "text";
}

function show(segment: string | undefined): string {
  if (segment === undefined) return "its end";
  return segment === "*" || segment === "**" ? segment : JSON.stringify(segment);
}
