/** The name of an API whose configuration gives it none. */
import { fileWord } from "./naming.js";

/**
 * The last word that the packages of the services share, without a version: `library` for acme.library.v1. Without one the name of the
 * only service, or `api`: the name of one service among several would change with the next service, and rename what is deployed.
 * Services are full names.
 */
export function apiNameOf(services: readonly string[]): string {
  const names = services.map((service) => service.split("."));
  const packages = [...new Set(names.map((words) => words.slice(0, -1).join(".")))].map((name) =>
    name.split(".").filter((word) => word !== ""),
  );
  const [first = [], ...others] = packages;
  const shared = first.filter((_, at) =>
    others.every((words) => first.slice(0, at + 1).join() === words.slice(0, at + 1).join()),
  );
  const word = shared.filter((name) => !/^v\d+([a-z]+\d+)?$/.test(name)).at(-1);
  const only = new Set(services).size === 1 ? names[0]?.at(-1) : undefined;
  return fileWord(word ?? only ?? "api");
}
