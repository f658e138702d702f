/** The server and the gateway that a project's main packages make, found in their text. */
import type { Location } from "../diagnostics.js";
import { argumentsOf, type GoFile, placeIn, type Range } from "./go-text.js";
import { closedExpression, type GoExpression } from "./go-expression.js";
import { gatewayRuntime } from "./go-stubs.js";

/** Something that a main package has, with what another main can make of it. */
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

/** Looks through the main packages. */
export function readMains(files: readonly GoFile[]): GoMain {
  const mains = files.filter((file) => file.packageName === "main");
  const options = mains.flatMap((file) =>
    callsOf(file, "google.golang.org/grpc", "NewServer").flatMap((call) => optionsOf(file, call)),
  );
  const ofKind = (...names: readonly string[]): Found[] =>
    options
      .filter(({ option }) => names.includes(option))
      .flatMap(({ file, args }) => args.map((range) => found(file, range)));
  return {
    implementations: mains.flatMap(implementationsIn),
    unaryInterceptors: ofKind("UnaryInterceptor", "ChainUnaryInterceptor"),
    streamInterceptors: ofKind("StreamInterceptor", "ChainStreamInterceptor"),
    muxOptions: mains.flatMap((file) =>
      callsOf(file, gatewayRuntime, "NewServeMux").flatMap((call) => call.map((range) => found(file, range))),
    ),
    serverOptions: options
      .filter(({ option }) => !/^(?:Chain)?(?:Unary|Stream)Interceptor$/.test(option))
      .map(({ file, option, whole }) => ({ ...found(file, whole), option })),
  };
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

/** The place at which a local variable is made: `impl := server.New()`, `impl, err := server.New(ctx)`. */
function originOf(file: GoFile, range: Range): { range: Range; returnsError: boolean } {
  const name = file.code.slice(range.start, range.end);
  if (!/^\w+$/.test(name)) return { range, returnsError: false };
  const made = new RegExp(`^\\t+${name}(, err)? :?= `, "m").exec(file.code);
  if (made === null) return { range, returnsError: false };
  const start = made.index + made[0].length;
  return { range: { start, end: statementEnd(file.code, start) }, returnsError: made[1] !== undefined };
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

/** The options among the arguments of grpc.NewServer; a list that is spread is an option without a name. */
function optionsOf(file: GoFile, call: readonly Range[], seen: readonly string[] = []): ServerOption[] {
  return call.flatMap((whole) => {
    const text = file.code.slice(whole.start, whole.end);
    const [, option, open] = /^\w+\.(\w+)(\()/.exec(text) ?? [];
    if (option === undefined || open === undefined) return listedOptions(file, whole, seen);
    return [{ file, option, args: argumentsOf(file.code, whole.start + text.indexOf("(")), whole }];
  });
}

/** `opts...`, where the file has made the list of options: each that it names. */
function listedOptions(file: GoFile, whole: Range, seen: readonly string[]): ServerOption[] {
  const name = file.code.slice(whole.start, whole.end).replace("...", "");
  // Lists may name each other, and lists of lists end somewhere.
  if (!/^\w+$/.test(name) || seen.includes(name) || seen.length > 20) return [{ file, option: "", args: [], whole }];
  const uses = new RegExp(`\\b${name} :?= (?:append\\(${name}, |\\[\\]\\w+\\.ServerOption\\{)`, "g");
  const lists = [...file.code.matchAll(uses)].flatMap(({ 0: use, index }) => {
    const open = index + use.search(/[({][^({]*$/);
    return argumentsOf(file.code, open).filter((range) => file.code.slice(range.start, range.end) !== name);
  });
  return lists.length === 0 ? [{ file, option: "", args: [], whole }] : optionsOf(file, lists, [...seen, name]);
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
