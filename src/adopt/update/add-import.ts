/** Imports for the types and values that a new method names. */
import { posix } from "node:path";
import type { ImportDeclaration, ImportSpecifier, SourceFile } from "ts-morph";
import { compareText } from "../../diagnostics.js";
import { lookUp } from "../code/trace.js";
import type { NewType } from "./message-names.js";
import type { NewValue } from "./refusal.js";
import { beginsLine, indentationAt, type TextEdit, type TextForm } from "./text-form.js";

/** The change that brings a value into scope; undefined if it is there, or the file does not import its module. */
export function importValue(
  file: SourceFile,
  { name, module, isType }: NewValue,
  form: TextForm,
): TextEdit | undefined {
  if (isDeclared(file, name)) return undefined;
  const from = file.getImportDeclarations().filter((one) => module.test(one.getModuleSpecifierValue()));
  const open = from.find((one) => one.getNamedImports().length > 0 && (isType || !one.isTypeOnly()));
  if (open !== undefined) return addName(open, name, isType);
  const [first] = from;
  return first && addLine(file, first, `import { ${name} }`, first.getModuleSpecifierValue(), form);
}

/** The change that brings a message type into scope, from where the file has others of its .proto file. */
export function importType(
  file: SourceFile,
  type: NewType,
  messages: ReadonlyMap<string, string>,
  form: TextForm,
): TextEdit | undefined {
  if (isDeclared(file, type.name)) return undefined;
  const imports = file.getImportDeclarations();
  const own = imports.find((one) => one.getNamedImports().some((name) => name.getName() === type.like));
  const ownModule = own && moduleOfMessage(own.getModuleSpecifierValue(), type);
  if (own !== undefined && ownModule !== undefined) {
    const open = imports.find((one) => one.getModuleSpecifierValue() === ownModule);
    return open === undefined ? addLikeLine(file, own, type.name, ownModule, form) : addName(open, type.name, true);
  }
  const named = imports.find((one) => one.getNamedImports().some((name) => protoOf(name, messages) === type.proto));
  if (named !== undefined) return addName(named, type.name, true);
  const specifier = own && otherModule(own, type);
  return own === undefined || specifier === undefined ? undefined : addLikeLine(file, own, type.name, specifier, form);
}

/** `./proto/acme/library/v1/MoveBookRequest`: proto-loader writes a module for each message. */
function moduleOfMessage(specifier: string, { name, like, proto, likeProto }: NewType): string | undefined {
  const [, folder, message, extension = ""] = /^(.*\/)(\w+)(\.[jt]s)?$/.exec(specifier) ?? [];
  const plain = (type: string): string => type.replace(/__Output$/, "");
  if (folder === undefined || message !== plain(like)) return undefined;
  const own = `${posix.dirname(likeProto)}/`;
  const other = `${posix.dirname(proto)}/`;
  const moved = folder.endsWith(`/${own}`) ? folder.slice(0, -own.length) + other : folder;
  return moved + plain(name) + extension;
}

/** An import in a line of its own after `like`, in its form. */
function addLikeLine(
  file: SourceFile,
  like: ImportDeclaration,
  name: string,
  specifier: string,
  form: TextForm,
): TextEdit {
  const keyword = like.isTypeOnly() ? "import type" : "import";
  const inner = isInlineType(like) ? `type ${name}` : name;
  return addLine(file, like, `${keyword} { ${inner} }`, specifier, form);
}

function isDeclared(file: SourceFile, name: string): boolean {
  const [statement] = file.getStatements();
  return statement !== undefined && lookUp(statement, name) !== undefined;
}

function protoOf(specifier: ImportSpecifier, messages: ReadonlyMap<string, string>): string | undefined {
  return messages.get(specifier.getName().replace(/__Output$/, ""));
}

/** The module of another .proto file: the path of one takes the place of that of the other. */
function otherModule(declaration: ImportDeclaration, { proto, likeProto }: NewType): string | undefined {
  const specifier = declaration.getModuleSpecifierValue();
  const own = likeProto.replace(/\.proto$/, "");
  const other = proto.replace(/\.proto$/, "");
  // protobuf-es and google-protobuf bring the well-known types along; other generators write them as any file.
  if (proto.startsWith("google/protobuf/") && /_pb(?:\.[jt]s)?$/.test(specifier)) {
    const isBuf = /@bufbuild\/|@connectrpc\//.test(declaration.getSourceFile().getFullText());
    return isBuf ? "@bufbuild/protobuf/wkt" : `google-protobuf/${other}_pb.js`;
  }
  const at = specifier.lastIndexOf(own);
  if (at !== -1) return specifier.slice(0, at) + other + specifier.slice(at + own.length);
  const isSibling = posix.dirname(own) === posix.dirname(other) && specifier.includes(posix.basename(own));
  return isSibling ? specifier.replace(posix.basename(own), posix.basename(other)) : undefined;
}

function isInlineType(declaration: ImportDeclaration): boolean {
  return declaration.getNamedImports().some((name) => name.isTypeOnly());
}

function addLine(
  file: SourceFile,
  after: ImportDeclaration,
  names: string,
  specifier: string,
  { lineEnd, quote }: TextForm,
): TextEdit {
  const end = after.getEnd();
  const semicolon = file.getFullText().slice(0, end).endsWith(";") ? ";" : "";
  return { start: end, end, text: `${lineEnd}${names} from ${quote}${specifier}${quote}${semicolon}` };
}

/** Adds a name to the braces: at its place if they are in order, otherwise at the end. */
function addName(declaration: ImportDeclaration, name: string, isType: boolean): TextEdit {
  const names = declaration.getNamedImports();
  const text = isType && !declaration.isTypeOnly() && isInlineType(declaration) ? `type ${name}` : name;
  const next = isOrdered(names) ? names.find((one) => comesBefore(name, one.getName())) : undefined;
  const file = declaration.getSourceFile().getFullText();
  if (next !== undefined) {
    const at = next.getStart();
    const gap = beginsLine(file, at) ? lineGap(file, at) : " ";
    return { start: at, end: at, text: `${text},${gap}` };
  }
  const last = names.at(-1);
  const end = last?.getEnd() ?? declaration.getStart();
  const gap = last !== undefined && beginsLine(file, last.getStart()) ? lineGap(file, last.getStart()) : " ";
  // A comma that is there stays behind the new name.
  return { start: end, end, text: `,${gap}${text}` };
}

function lineGap(file: string, at: number): string {
  const lineEnd = file.slice(0, at).includes("\r\n") ? "\r\n" : "\n";
  return lineEnd + indentationAt(file, at);
}

function isOrdered(names: readonly ImportSpecifier[]): boolean {
  return names.every((one, index) => index === 0 || comesBefore(names[index - 1]?.getName() ?? "", one.getName()));
}

/** Formatters order without regard to case, or by it; where both agree it is clear, and otherwise case does not count. */
function comesBefore(one: string, other: string): boolean {
  return compareText(one.toLowerCase(), other.toLowerCase()) < 0;
}
