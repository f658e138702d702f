/** The server and the gateway that a project makes, found in the text of its packages. */
import type { Location } from "../diagnostics.js";
import { argumentsOf, type GoFile, placeIn, type Range } from "./go-text.js";
import { closedExpression, type GoExpression } from "./go-expression.js";
import { gatewayRuntime } from "./go-stubs.js";

/** Something that a package has, with what a main package elsewhere can make of it. */
export interface Found {
  readonly location: Location;
  /** The text in the file, in one line. */
  readonly text: string;
  /** Absent: it needs names that only that package has. */
  readonly expression?: GoExpression;
}

/** An implementation that is registered with a server. */
export interface FoundImplementation extends Found {
  /** `LibraryService` of RegisterLibraryServiceServer. */
  readonly goName: string;
  /** The package of that function; absent where the file does not say. */
  readonly importPath?: string;
  /** The expression gives an error, too. */
  readonly returnsError: boolean;
}

/** Everything that is found. */
export interface GoMain {
  readonly implementations: readonly FoundImplementation[];
  readonly unaryInterceptors: readonly Found[];
  readonly streamInterceptors: readonly Found[];
  readonly muxOptions: readonly Found[];
  /** Options of the server that mean nothing without a network, or need it: `grpc.StatsHandler(…)`. */
  readonly serverOptions: readonly (Found & { readonly option: string })[];
}

/** Looks through the packages that make servers and gateways. */
export function readMains(all: readonly GoFile[]): GoMain {
  const files = serverFiles(all);
  const options = files.flatMap((file) =>
    callsOf(file, "google.golang.org/grpc", "NewServer").flatMap((call) => optionsOf(file, call)),
  );
  const ofKind = (...names: readonly string[]): Found[] =>
    options
      .filter(({ option }) => names.includes(option))
      .flatMap(({ file, args }) => args.map((range) => found(file, range)));
  return {
    implementations: files.flatMap(implementationsIn),
    unaryInterceptors: distinct(ofKind("UnaryInterceptor", "ChainUnaryInterceptor")),
    streamInterceptors: distinct(ofKind("StreamInterceptor", "ChainStreamInterceptor")),
    muxOptions: distinct(
      files.flatMap((file) =>
        callsOf(file, gatewayRuntime, "NewServeMux")
          .flat()
          .flatMap((range) => elementsOf(file, range))
          .map((range) => found(file, range)),
      ),
    ),
    serverOptions: options
      .filter(({ option }) => !/^(?:Chain)?(?:Unary|Stream)Interceptor$/.test(option))
      .map(({ file, option, whole }) => ({ ...found(file, whole), option })),
  };
}

/** Values that several servers of a module share. */
function distinct(values: readonly Found[]): Found[] {
  return values.filter(({ text, expression }, index) => {
    if (expression === undefined) return true;
    return values.findIndex((other) => other.text === text && other.expression !== undefined) === index;
  });
}

/** The files of main packages, and of others in which a service or its gateway is registered. */
function serverFiles(files: readonly GoFile[]): GoFile[] {
  const written = files.filter(({ path, text }) => !/\.pb(?:\.gw)?\.go$/.test(path) && !isGenerated.test(text));
  const registering = written
    .filter(({ path, code }) => !isForTests.test(path) && registration.test(code))
    .map(({ path }) => folderOf(path));
  const folders = new Set(registering);
  return written.filter(({ packageName, path }) => packageName === "main" || folders.has(folderOf(path)));
}

/** https://go.dev/s/generatedcode */
const isGenerated = /^\/\/ Code generated .* DO NOT EDIT\.$/m;

const registration = /\.Register\w+(?:Server|Handler|HandlerServer|HandlerClient|HandlerFromEndpoint)\(/;

/** Folders of servers that only tests start. */
const isForTests = /(?:^|\/)(?:e2e|mocks?|tests?|testing|test_?utils?|test_?helpers?)\//;

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function implementationsIn(file: GoFile): FoundImplementation[] {
  return [...file.code.matchAll(/\bRegister(\w+)Server\(/g)].flatMap(({ 0: call, 1: goName = "", index }) => {
    const [, implementation] = argumentsOf(file.code, index + call.length - 1);
    if (implementation === undefined) return [];
    const made = originOf(file, implementation);
    const [, alias = ""] = /(\w+)\.$/.exec(file.code.slice(Math.max(0, index - 100), index)) ?? [];
    const importPath = file.imports.get(alias);
    return [
      {
        goName,
        ...(importPath === undefined ? {} : { importPath }),
        ...found(file, made.range),
        location: placeIn(file, index, call.length - 1),
        returnsError: made.returnsError,
      },
    ];
  });
}

/**
 * The place at which a local variable is made: `impl := server.New()`, `impl, err := server.New(ctx)`. A variable that the function makes in
 * several ways has none.
 */
function originOf(file: GoFile, range: Range): { range: Range; returnsError: boolean } {
  const name = file.code.slice(range.start, range.end);
  if (!/^[A-Za-z_]\w*$/.test(name)) return { range, returnsError: false };
  const from = file.code.lastIndexOf("\nfunc ", range.start) + 1;
  const made = [...file.code.slice(from, range.start).matchAll(new RegExp(`^\\t+${name}(, err)? :?= `, "gm"))];
  const origins = made.map(({ 0: head, 1: error, index }) => {
    const start = from + index + head.length;
    return { range: { start, end: statementEnd(file.code, start) }, returnsError: error !== undefined };
  });
  const [first] = origins;
  return first === undefined || origins.length > 1 ? { range, returnsError: false } : first;
}

/** The end of the line in which no bracket is open any more. */
function statementEnd(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const character = code.charAt(at);
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "\n" && depth <= 0) return at;
  }
  return code.length;
}

/** The arguments of each call of a function of a package. */
function callsOf(file: GoFile, importPath: string, name: string): Range[][] {
  const aliases = [...file.imports].filter(([, path]) => path === importPath).map(([alias]) => alias);
  return aliases.flatMap((alias) =>
    [...file.code.matchAll(new RegExp(`\\b${alias}\\.${name}\\(`, "g"))].map(({ 0: call, index }) =>
      argumentsOf(file.code, index + call.length - 1),
    ),
  );
}

interface ServerOption {
  readonly file: GoFile;
  readonly option: string;
  readonly args: readonly Range[];
  readonly whole: Range;
}

/** The options among the arguments of grpc.NewServer; one whose function is not told by the text has no name. */
function optionsOf(file: GoFile, call: readonly Range[]): ServerOption[] {
  return call
    .flatMap((argument) => elementsOf(file, argument))
    .map((whole) => {
      const text = file.code.slice(whole.start, whole.end);
      const option = /^\w+\.(\w+)\(/.exec(text)?.[1];
      if (option === undefined) return { file, option: "", args: [], whole };
      return { file, option, args: argumentsOf(file.code, whole.start + text.indexOf("(")), whole };
    });
}

/**
 * The elements that an argument has: itself, what its local variable is made of, or all that the file puts into a list that is spread
 * (`opts...`).
 */
function elementsOf(file: GoFile, whole: Range, seen: readonly string[] = []): Range[] {
  const text = file.code.slice(whole.start, whole.end);
  const name = text.replace("...", "");
  // Lists may name each other, and lists of lists end somewhere.
  if (!/^[A-Za-z_]\w*$/.test(name) || seen.includes(name) || seen.length > 20) return [whole];
  if (name === text) return [originOf(file, whole).range];
  const uses = new RegExp(`\\b${name} :?= (?:append\\(${name}, |\\[\\]\\w+\\.\\w+\\{)`, "g");
  const lists = [...file.code.matchAll(uses)].flatMap(({ 0: use, index }) => {
    const open = index + use.search(/[({][^({]*$/);
    return argumentsOf(file.code, open).filter((range) => file.code.slice(range.start, range.end) !== name);
  });
  return lists.length === 0 ? [whole] : lists.flatMap((range) => elementsOf(file, range, [...seen, name]));
}

function found(file: GoFile, range: Range): Found {
  const text = file.text.slice(range.start, range.end).replace(/\s+/g, " ");
  const location = placeIn(
    file,
    range.start,
    Math.min(range.end - range.start, file.text.slice(range.start).indexOf("\n") >>> 0),
  );
  const closed = closedExpression(file, range);
  return { location, text, ...("parts" in closed ? { expression: closed } : {}) };
}
