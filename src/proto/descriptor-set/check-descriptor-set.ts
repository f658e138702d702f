/** Checks whether a descriptor set is complete. Compilers check the rest before they write one. */
import { type Diagnostic, diagnostic, type Span } from "../../diagnostics.js";
import type { FieldDescriptor, FileDescriptor, MessageDescriptor } from "../descriptor.js";

const howToComplete =
  "write the set with its imports: `buf build` does so unless --exclude-imports is given, `protoc` needs --include_imports";

/** The kinds of declarations that a type name may name. */
type TypeKind = "message" | "enum";

/** The set seen as a whole. */
interface SetIndex {
  readonly files: ReadonlyMap<string, FileDescriptor>;
  readonly types: ReadonlyMap<string, TypeKind>;
}

/** Reports files that occur twice (PB034), imports (PB032, once for all) and types (PB033) that the set does not hold. */
export function checkDescriptorSet(files: readonly FileDescriptor[]): Diagnostic[] {
  const index = indexSet(files);
  const missingImports = checkImports(files, index);
  // Types of a missing file would only repeat that it is missing.
  const missingTypes = missingImports.length > 0 ? [] : files.flatMap((file) => checkTypes(file, index));
  return [...checkUnique(files), ...missingImports, ...missingTypes];
}

/** The message, and every message nested in it. */
export function withNestedMessages(message: MessageDescriptor): MessageDescriptor[] {
  return [message, ...message.messages.flatMap(withNestedMessages)];
}

function indexSet(files: readonly FileDescriptor[]): SetIndex {
  const types = new Map<string, TypeKind>();
  for (const file of files) {
    const messages = file.messages.flatMap(withNestedMessages);
    for (const message of messages) types.set(message.fullName, "message");
    for (const each of [...file.enums, ...messages.flatMap((message) => message.enums)])
      types.set(each.fullName, "enum");
  }
  return { files: new Map(files.map((file) => [file.path, file])), types };
}

function checkUnique(files: readonly FileDescriptor[]): Diagnostic[] {
  const seen = new Set<string>();
  return files.flatMap((file): Diagnostic[] => {
    if (!seen.has(file.path)) {
      seen.add(file.path);
      return [];
    }
    const location = { file: file.displayPath, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return [diagnostic("PB034", `${file.path} is in the descriptor set twice`, { location })];
  });
}

/** One finding for all of them: a set that lacks imports was written without any. */
function checkImports(files: readonly FileDescriptor[], index: SetIndex): Diagnostic[] {
  const missing = files.flatMap((file) =>
    file.imports
      .filter((each) => each.kind !== "option" && each.kind !== "weak" && !index.files.has(each.path))
      .map((edge) => ({ file, edge })),
  );
  const [first] = missing;
  if (first === undefined) return [];
  const paths = new Set(missing.map(({ edge }) => edge.path)).size;
  const importers = new Set(missing.map(({ file }) => file)).size;
  const verb = paths > 1 ? `and ${paths - 1} more are` : "is";
  const imported = importers > 1 ? `, which ${importers} files import` : "";
  return [
    diagnostic("PB032", `import "${first.edge.path}" ${verb} not in the descriptor set${imported}`, {
      location: { file: first.file.displayPath, ...first.edge.span },
      help: howToComplete,
    }),
  ];
}

function checkTypes(file: FileDescriptor, index: SetIndex): Diagnostic[] {
  const found: Diagnostic[] = [];
  const expectType = (name: string, kind: TypeKind, span: Span): void => {
    const actual = index.types.get(name);
    if (actual === kind) return;
    const message =
      actual === undefined
        ? `found no ${kind} "${name}" in the descriptor set`
        : `found "${name}" as ${actual}, expected it as ${kind}`;
    found.push(diagnostic("PB033", message, { location: { file: file.displayPath, ...span }, help: howToComplete }));
  };
  const expectField = (field: FieldDescriptor): void => {
    const element = field.type.kind === "map" ? field.type.value : field.type;
    if (element.kind !== "scalar")
      expectType(element.fullName, element.kind === "enum" ? "enum" : "message", field.span);
    if (field.extendee !== undefined) expectType(field.extendee, "message", field.span);
  };
  for (const message of file.messages.flatMap(withNestedMessages)) {
    for (const field of [...message.fields, ...message.extensions]) expectField(field);
  }
  for (const field of file.extensions) expectField(field);
  for (const method of file.services.flatMap((service) => service.methods)) {
    expectType(method.input.value, "message", method.input.span);
    expectType(method.output.value, "message", method.output.span);
  }
  return found;
}
