/** The settings of code in Go. */
import { resolve } from "node:path";
import { diagnostic } from "../../diagnostics.js";
import { pathInside } from "../../path-inside.js";
import type { GoOptions, Layout, NamedValue } from "../../plan/plan.js";
import type { Config } from "./config.js";
import { definedMembers } from "./defined-members.js";
import type { SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** The planner's options; undefined if the output is not in the module (CF008). */
export function settleGo(sources: SettingSources, config: Config, layout: Layout): GoOptions | undefined {
  const { module, packages, unaryInterceptors, streamInterceptors, muxOptions, middleware } = config.go ?? {};
  const folder = resolve(sources.root, module ?? ".");
  const outDir = inModule(sources, folder, layout.outDir, "out");
  const handlersDir = inModule(sources, folder, layout.handlersDir, "handlers");
  if (outDir === undefined || handlersDir === undefined) return undefined;
  const lists = { unaryInterceptors, streamInterceptors, muxOptions };
  const settled = Object.entries(lists).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, [value].flat().map((text, at) => named(sources, text, placeOf(key, value, at)))]],
  );
  return {
    folder,
    ...definedMembers({
      location: sources.located?.places.ofValue(module === undefined ? ["language"] : ["go", "module"]),
      middleware: middleware && named(sources, middleware, ["go", "middleware"]),
    }),
    outDir,
    handlersDir,
    packages: new Map(Object.entries(packages ?? {})),
    implementations: settleImplementations(sources, config),
    ...Object.fromEntries(settled),
  };
}

function placeOf(key: string, value: string | readonly string[], at: number): ConfigPath {
  return typeof value === "string" ? ["go", key] : ["go", key, at];
}

function settleImplementations(sources: SettingSources, { services }: Config): Map<string, NamedValue> {
  return new Map(
    Object.entries(services ?? {}).flatMap(([name, { implementation }]) =>
      typeof implementation !== "string"
        ? []
        : [[name, named(sources, implementation, ["services", name, "implementation"])] as const],
    ),
  );
}

function named({ located }: SettingSources, text: string, at: ConfigPath): NamedValue {
  return { text, ...definedMembers({ location: located?.places.ofValue(at) }) };
}

/** An output place relative to the module: Go compiles nothing that is outside of it. */
function inModule(
  { root, located, report }: SettingSources,
  folder: string,
  place: string,
  name: "out" | "handlers",
): string | undefined {
  const inside = pathInside(folder, resolve(root, place));
  if (inside !== undefined && inside !== "") return inside;
  const location = located?.places.ofValue([name]);
  report(
    diagnostic("CF008", `${name} is ${place}, outside of the Go module, expected a folder below that of go.mod`, {
      location,
      help: "go.module is the folder of go.mod, relative to grpc2lambda.yaml",
    }),
  );
  return undefined;
}
