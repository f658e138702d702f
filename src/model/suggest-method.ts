/** Which method was meant. */
import { suggest } from "../diagnostics.js";

/** The method whose full name ends in `name`, or is nearest to it; undefined when none is near. */
export function suggestMethod(name: string, methods: ReadonlySet<string>): string | undefined {
  return [...methods].find((method) => method.endsWith(`.${name}`)) ?? suggest(name, methods);
}
