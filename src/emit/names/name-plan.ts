/** Plan -> TypeScriptPlan: names of the field to names of TypeScript. */
import { compareText } from "../../diagnostics.js";
import { declarationsOf } from "../../model/declarations.js";
import type { ProtoFile } from "../../model/api-model.js";
import { uniqueNames } from "../../plan/naming.js";
import type { FilePlan, FunctionPlan, Layout, MethodPlan, ModuleExport, Plan } from "../../plan/plan.js";
import { type StyleOptions, styleKey } from "../../plan/style-options.js";
import { type MessageStyle, messageStyle } from "../message-style.js";
import { proxiedServer } from "./proxied-servers.js";
import { camelCase, safeIdentifier, typeName } from "./identifiers.js";
import { modulePaths } from "./module-paths.js";
import { styleFolders } from "./style-folders.js";
import type { ModulePlan, NamedFunction, NamedMethod, TypeScriptPlan } from "./typescript-plan.js";

/** Names everything of a plan. */
export function namePlan(plan: Plan): TypeScriptPlan {
  const styles = readStyles();
  const named = nameMethods(plan, styles);
  const nameFunction = (fn: FunctionPlan): NamedFunction => ({
    ...fn,
    methods: fn.methods.map(named),
    payloads: { ...fn.payloads, uploads: fn.payloads.uploads.map(named) },
  });
  const { fallback, ...unrouted } = plan.unrouted;
  return {
    ...plan,
    modules: nameModules(plan, styles),
    methods: plan.methods.map(named),
    functions: plan.functions.map(nameFunction),
    unrouted: { ...unrouted, ...(fallback === undefined ? {} : { fallback: nameFunction(fallback) }) },
  };
}

/** The one object of each style, so that equal styles are the same. */
type Styles = (options: StyleOptions) => MessageStyle;

/** Reads each options object once: every file and method has one. */
function readStyles(): Styles {
  const read = new Map<StyleOptions, MessageStyle>();
  const byKey = new Map<string, MessageStyle>();
  return (options) => {
    const known = read.get(options);
    if (known !== undefined) return known;
    const key = styleKey(options);
    const style = byKey.get(key) ?? messageStyle(options);
    byKey.set(key, style);
    read.set(options, style);
    return style;
  };
}

/** The modules of the first style are at the root of the output, those of a further one in a folder of their own. */
export function nameModules({ model, files }: Pick<Plan, "model" | "files">, styles = readStyles()): ModulePlan[] {
  const [, ...further] = new Set(files.map(({ style }) => styles(style)));
  const folders = styleFolders(further);
  const paths = modulePaths(model);
  const modules = files.map((planned) => {
    const style = styles(planned.style);
    const folder = folders.get(style);
    const path = paths.get(planned.file.path) ?? planned.file.path;
    return nameModule(planned, style, folder === undefined ? path : `${folder}/${path}`);
  });
  return modules.sort((a, b) => compareText(a.path, b.path));
}

function nameModule({ file, messages, enums }: FilePlan, style: MessageStyle, path: string): ModulePlan {
  const names = typeNames(file);
  const nameOf = (fullName: string): string => names.get(fullName) ?? fullName;
  return {
    file,
    style,
    path,
    messages: messages.map((planned) => ({ ...planned, name: nameOf(planned.message.fullName) })),
    enums: enums.map((planned) => ({ ...planned, name: nameOf(planned.enum.fullName) })),
  };
}

/** Names of types by full name. A declaration that is not emitted has one, too, so that no name depends on what is emitted. */
function typeNames(file: ProtoFile): ReadonlyMap<string, string> {
  const { messages, enums } = declarationsOf(file);
  const declared = [...messages, ...enums];
  return uniqueNames(new Map(declared.map(({ fullName }) => [fullName, typeName(fullName, file.package)])));
}

/** Gives methods their names; each is named once. */
function nameMethods({ methods, functions, layout }: Plan, styles: Styles): (method: MethodPlan) => NamedMethod {
  const all = new Set([...methods, ...functions.flatMap((fn) => fn.methods)]);
  const constants = uniqueNames(
    new Map([...all].map(({ method, id }) => [method.fullName, camelCase(id.replaceAll("/", "-"))])),
  );
  const named = new Map<MethodPlan, NamedMethod>();
  return (method) => {
    const known = named.get(method);
    if (known !== undefined) return known;
    const constant = constants.get(method.method.fullName) ?? method.id;
    const made = { ...method, style: styles(method.style), constant, code: codeOf(method, layout) };
    named.set(method, made);
    return made;
  };
}

/** The module and the export of an RPC's implementation. */
function codeOf({ id, method, implementation }: MethodPlan, { outDir, handlersDir }: Layout): ModuleExport {
  switch (implementation.kind) {
    case "function":
      return { module: `${handlersDir}/${id}.ts`, exportName: safeIdentifier(camelCase(method.name) || "handle") };
    case "grpc-js":
    case "nice-grpc":
      return implementation.object;
    case "proxy":
      return proxiedServer(outDir, implementation.dependency);
    case "server": {
      const service = id.slice(0, id.lastIndexOf("/"));
      const exportName = safeIdentifier(camelCase(service.replaceAll("/", "-")));
      return { module: `${outDir}/servers/${service}.ts`, exportName };
    }
    default:
      return implementation satisfies never;
  }
}
