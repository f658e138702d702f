/** The statement by which a method that nobody has written yet answers UNIMPLEMENTED, in the words of its library. */
import type { SourceFile } from "ts-morph";
import type { TextForm } from "./text-form.js";
import type { WantedMethod } from "./wanted-service.js";

/** The library whose conventions a file follows. */
export type HandlerLibrary = "callbacks" | "nice-grpc" | "connect" | "nestjs" | "grpc2lambda" | "promises";

/** A statement, and the values that it needs. */
export interface Refusal {
  readonly statement: string;
  readonly values: readonly NewValue[];
}

/** A value or a type of a library that has to be in scope, and what the specifier of its module is like. */
export interface NewValue {
  readonly name: string;
  readonly module: RegExp;
  readonly isType: boolean;
}

const grpcJs = /^@grpc\/grpc-js$/;
const modules = {
  "nice-grpc": /^nice-grpc(?:-common)?$/,
  connect: /^@connectrpc\/connect$/,
  nestjs: /^@nestjs\/microservices$/,
  grpc2lambda: /\/runtime\/rpc\.js$/,
} as const;

/** The library by the imports of a file; `isPromise` decides where they say nothing. */
export function libraryOf(file: SourceFile, isPromise: boolean): HandlerLibrary {
  const specifiers = file.getImportDeclarations().map((one) => one.getModuleSpecifierValue());
  for (const library of ["nice-grpc", "connect", "nestjs", "grpc2lambda"] as const)
    if (specifiers.some((specifier) => modules[library].test(specifier))) return library;
  return isPromise ? "promises" : "callbacks";
}

/** The statement; `parameters` are the names of the call and the callback. */
export function refusalOf(
  library: HandlerLibrary,
  method: WantedMethod,
  parameters: readonly string[],
  file: SourceFile,
  { quote, semicolon }: TextForm,
): Refusal {
  const text = `${quote}${method.name} is not implemented yet${quote}`;
  const thrown = (statement: string, ...names: string[]): Refusal => ({
    statement: `throw ${statement}${semicolon}`,
    values:
      library === "callbacks" || library === "promises"
        ? []
        : names.map((name) => ({ name, module: modules[library], isType: false })),
  });
  switch (library) {
    case "nice-grpc":
      return thrown(`new ServerError(Status.UNIMPLEMENTED, ${text})`, "ServerError", "Status");
    case "connect":
      return thrown(`new ConnectError(${text}, Code.Unimplemented)`, "ConnectError", "Code");
    case "nestjs":
      return thrown(`new RpcException({ code: 12, message: ${text} })`, "RpcException");
    case "grpc2lambda":
      return thrown(`new RpcError(${quote}UNIMPLEMENTED${quote}, ${text})`, "RpcError");
    case "promises":
      return thrown(`Object.assign(new Error(${text}), { code: 12 })`);
    case "callbacks":
      return calledBack(method, parameters, file, text, { quote, semicolon });
    default:
      return library satisfies never;
  }
}

function calledBack(
  method: WantedMethod,
  [call = "call", callback = "callback"]: readonly string[],
  file: SourceFile,
  text: string,
  { quote, semicolon }: Pick<TextForm, "quote" | "semicolon">,
): Refusal {
  const { code, values } = unimplementedCode(file);
  const error = `{ code: ${code}, details: ${text} }`;
  const statement = method.serverStreaming
    ? `${call}.emit(${quote}error${quote}, ${error})${semicolon}`
    : `${callback}(${error})${semicolon}`;
  return { statement, values };
}

/** `status` of grpc-js as the file has it, or can have it; otherwise the number. */
function unimplementedCode(file: SourceFile): { readonly code: string; readonly values: readonly NewValue[] } {
  const text = file.getFullText();
  const [, namespace] =
    /\bimport\s+\*\s+as\s+(\w+)\s+from\s+["']@grpc\/grpc-js["']/.exec(text) ??
    /\bimport\s+(\w+)\s+from\s+["']@grpc\/grpc-js["']/.exec(text) ??
    /\b(?:const|let|var)\s+(\w+)\s*=\s*require\(\s*["']@grpc\/grpc-js["']/.exec(text) ??
    [];
  if (namespace !== undefined) return { code: `${namespace}.status.UNIMPLEMENTED`, values: [] };
  const imports = file.getImportDeclarations().filter((one) => grpcJs.test(one.getModuleSpecifierValue()));
  if (imports.some((one) => !one.isTypeOnly())) {
    return { code: "status.UNIMPLEMENTED", values: [{ name: "status", module: grpcJs, isType: false }] };
  }
  const isThere = /\{[^}]*\bstatus\b[^}:]*\}\s*=\s*require\(\s*["']@grpc\/grpc-js["']/.test(text);
  return { code: isThere ? "status.UNIMPLEMENTED" : "12", values: [] };
}
