/** Plans the declarations of files, and the codec functions that reachable code calls. */
import type { ProtoFile } from "../../model/api-model.js";
import { declarationsOf } from "../../model/declarations.js";
import { anyName, type CodecUse, findCodecUse } from "./codec-use.js";
import type { EnumCodecs, FilePlan, MessageCodecs, MethodPlan } from "../plan.js";
import { type StyleOptions, styleKey } from "../style-options.js";
import { addReachable, type MessageGraph } from "./reachable.js";

/** The files, and whether their codecs read or print an Any. */
export interface PlannedFiles {
  readonly files: readonly FilePlan[];
  readonly reachesAny: boolean;
}

/**
 * Plans the files of every style that a method uses, the styles in order. The first is `primary`, if a method uses it: it has
 * every type of the target files. A further one has what its services reach.
 */
export function planFiles(graph: MessageGraph, methods: readonly MethodPlan[], primary: StyleOptions): PlannedFiles {
  const { index } = graph;
  const groups = groupByStyle(methods, primary);
  const uses = groups.map(({ style, methods: own }) => {
    return { style, serving: new Set(own.map(({ service }) => service.file)), use: findCodecUse(graph, own) };
  });
  const targets = [...index.files.values()].filter((file) => file.target).flatMap(declaredNames);
  const files = uses.flatMap(({ style, serving, use }) => {
    const types = new Set(use.types);
    if (style === groups[0]?.style) addReachable(graph, targets, types);
    return [...index.files.values()].flatMap((file) => {
      const planned = planFile(file, style, { ...use, types }, graph);
      // A file of services alone still has their bindings.
      const isNeeded = planned.messages.length + planned.enums.length > 0 || serving.has(file.path);
      return isNeeded ? [planned] : [];
    });
  });
  const reachesAny = uses.some(({ use }) => use.decodeJson.has(anyName) || use.encodeJson.has(anyName));
  return { files, reachesAny };
}

/** The methods of one style. */
interface StyleGroup {
  readonly style: StyleOptions;
  readonly methods: MethodPlan[];
}

/** The styles that methods use, `primary` first; that one alone if there are no methods. */
function groupByStyle(methods: readonly MethodPlan[], primary: StyleOptions): readonly StyleGroup[] {
  const groups = new Map<string, StyleGroup>([[styleKey(primary), { style: primary, methods: [] }]]);
  for (const method of methods) {
    const key = styleKey(method.style);
    const group = groups.get(key) ?? { style: method.style, methods: [] };
    group.methods.push(method);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  return methods.length === 0 ? all : all.filter((group) => group.methods.length > 0);
}

function planFile(file: ProtoFile, style: StyleOptions, use: CodecUse, graph: MessageGraph): FilePlan {
  const declared = declarationsOf(file);
  const messages = declared.messages
    .filter(({ fullName }) => use.types.has(fullName))
    .map((message): MessageCodecs => {
      const { fullName } = message;
      return {
        message,
        flat: graph.flat.has(fullName),
        recursive: graph.recursive.has(fullName),
        requires: graph.requiring.has(fullName),
        decodeJson: use.decodeJson.has(fullName),
        encodeJson: use.forms.texts.has(fullName),
        buildJson: use.forms.objects.has(fullName),
        decodeBinary: use.decodeBinary.has(fullName),
        encodeBinary: use.encodeBinary.has(fullName),
        params: use.params.has(fullName),
      };
    });
  const enums = declared.enums
    .filter(({ fullName }) => use.types.has(fullName))
    .map((declaration): EnumCodecs => {
      const { fullName } = declaration;
      return {
        enum: declaration,
        decodeJson: use.decodeJson.has(fullName),
        encodeJson: use.encodeJson.has(fullName),
        params: use.params.has(fullName),
      };
    });
  return { file, style, messages, enums };
}

function declaredNames(file: ProtoFile): string[] {
  const { messages, enums } = declarationsOf(file);
  return [...messages, ...enums].map((declaration) => declaration.fullName);
}
