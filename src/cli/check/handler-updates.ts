/** Existing implementations, compared with the RPCs of a plan. */
import type { HandlerUpdates } from "../../adopt/update/update-handlers.js";
import type { WantedApi, WantedMessage, WantedPlace, WantedService } from "../../adopt/update/wanted-service.js";
import { grpcJsNames } from "../../emit/functions/grpc-js-names.js";
import { declarationsOf } from "../../model/declarations.js";
import type { OutputRequest } from "../../output/compare.js";
import type { OutputFile } from "../../output/output-tree.js";
import type { MethodPlan, Plan } from "../../plan/plan.js";

/** Looks at the implementations that the user has written; `add` asks for the methods that they lack. ts-morph is loaded only if there are any. */
export async function lookAtHandlers(root: string, plan: Plan, add: boolean): Promise<HandlerUpdates> {
  const api = wantedApi(plan);
  if (api.services.length === 0) return { changes: [], diagnostics: [] };
  const { updateHandlers } = await import("../../adopt/update/update-handlers.js");
  return updateHandlers(root, api, add);
}

/** The tree with files of the user that are added to. */
export function withChanges(output: OutputRequest, { changes }: HandlerUpdates): OutputRequest {
  const extended = changes.map(
    ({ path, before, after }): OutputFile => ({ path, content: after, ownership: "user", replaces: before }),
  );
  return { ...output, tree: { files: [...output.tree.files, ...extended] } };
}

function wantedApi({ methods, model }: Plan): WantedApi {
  const messages = messageFiles(model);
  const services = new Map<string, WantedService>();
  for (const planned of methods) {
    const implementation = placeOf(planned);
    if (implementation === undefined) continue;
    const name = planned.service.fullName;
    const known = services.get(name)?.methods ?? [];
    services.set(name, { name, implementation, methods: [...known, wantedMethod(planned, messages)] });
  }
  const declared = model.files.flatMap((file) => file.services.flatMap((service) => service.methods));
  return {
    services: [...services.values()],
    declared: new Set(declared.flatMap(({ name }) => grpcJsNames(name))),
    messages: filesByName([...messages.values()]),
  };
}

/** Undefined for handlers in files of their own, and for objects of packages. */
function placeOf({ implementation }: MethodPlan): WantedPlace | undefined {
  switch (implementation.kind) {
    case "function":
    case "proxy":
      return undefined;
    case "grpc-js":
    case "nice-grpc": {
      const { module: file, exportName } = implementation.object;
      return file.startsWith("npm:") ? undefined : { kind: "object", file, exportName };
    }
    case "server":
      return { kind: "server", file: implementation.server.file };
    default:
      return implementation satisfies never;
  }
}

function wantedMethod(
  { method }: MethodPlan,
  messages: ReadonlyMap<string, WantedMessage>,
): WantedService["methods"][number] {
  const { name, clientStreaming, serverStreaming, input, output } = method;
  const messageOf = (fullName: string): WantedMessage => messages.get(fullName) ?? { name: fullName, proto: "" };
  return {
    name,
    names: grpcJsNames(name),
    clientStreaming,
    serverStreaming,
    request: messageOf(input),
    reply: messageOf(output),
  };
}

/** Messages by full name. */
function messageFiles({ files }: Plan["model"]): ReadonlyMap<string, WantedMessage> {
  const entries = files.flatMap((file) =>
    declarationsOf(file).messages.map(({ fullName }): [string, WantedMessage] => {
      const local = file.package === "" ? fullName : fullName.slice(file.package.length + 1);
      return [fullName, { name: local.replaceAll(".", "_"), proto: file.path }];
    }),
  );
  return new Map(entries);
}

function filesByName(messages: readonly WantedMessage[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const several = new Set<string>();
  for (const { name, proto } of messages) {
    if (files.has(name)) several.add(name);
    files.set(name, proto);
  }
  return new Map([...files].filter(([name]) => !several.has(name)));
}
