/** Suggests the method that was meant. */
import { suggest, takesAdvice } from "../diagnostics.js";

/**
 * The method whose full name ends in `name`, or is nearest to it; undefined when none is near, and behind so many `findings` that
 * nobody reads more advice.
 */
export function suggestMethod(findings: number, name: string, methods: ReadonlySet<string>): string | undefined {
  if (!takesAdvice(findings)) return undefined;
  return [...methods].find((method) => method.endsWith(`.${name}`)) ?? suggest(name, methods);
}
