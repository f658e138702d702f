/** The source files of a repository as syntax trees, read when they are asked for; no type is checked. */
import { posix } from "node:path";
import { Project, type SourceFile } from "ts-morph";
import { readText } from "../read-text.js";

/** Syntax trees by path relative to the repository. */
export interface Sources {
  /** Undefined for what is no source file, or cannot be read. */
  open(path: string): SourceFile | undefined;
  /** The file that a relative import leads to. */
  resolve(from: string, specifier: string): string | undefined;
  /** The path of a tree. */
  pathOf(file: SourceFile): string;
  /** The first mistake of syntax in a tree. */
  syntaxError(file: SourceFile): SyntaxFault | undefined;
  /** The files whose text matches, in order. */
  matching(pattern: RegExp): readonly string[];
}

/** A mistake of syntax, in the parser's words. */
export interface SyntaxFault {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

const extension = /(?<!\.d)\.[cm]?[jt]sx?$/;
const candidates = ["", ".ts", ".tsx", ".js", ".mts", ".cts", ".mjs", ".cjs", "/index.ts", "/index.js"];

/** Opens the sources among `files`; `read` gives their texts. Default: those on the disk. */
export function openSources(
  root: string,
  files: readonly string[],
  read: (path: string) => string | undefined = (path) => readText(root, path),
): Sources {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true },
  });
  const known = new Set(files);
  const opened = new Map<string, SourceFile | undefined>();
  const open = (path: string): SourceFile | undefined => {
    if (opened.has(path)) return opened.get(path);
    const text = known.has(path) ? read(path) : undefined;
    const made = text === undefined ? undefined : parse(project, path, text);
    opened.set(path, made);
    return made;
  };
  return {
    open,
    resolve: (from, specifier) => {
      if (!specifier.startsWith(".")) return undefined;
      const base = posix.join(posix.dirname(from), specifier);
      const typed = base.replace(/\.([cm]?)js$/, ".$1ts");
      return [...candidates.map((end) => base + end), typed].find((path) => known.has(path) && extension.test(path));
    },
    pathOf: (file) => file.getFilePath().slice(1),
    syntaxError: (file) => faultOf(project, file),
    matching: (pattern) => files.filter((file) => extension.test(file) && pattern.test(read(file) ?? "")),
  };
}

function faultOf(project: Project, file: SourceFile): SyntaxFault | undefined {
  const [fault] = project.getProgram().getSyntacticDiagnostics(file);
  if (fault === undefined) return undefined;
  const { line, column } = file.getLineAndColumnAtPos(fault.getStart());
  const text = fault.getMessageText();
  return { message: typeof text === "string" ? text : text.getMessageText(), line, column };
}

/** Code that is nested too deeply for the parser is a compiler's output, and no source. */
function parse(project: Project, path: string, text: string): SourceFile | undefined {
  try {
    return project.createSourceFile(`/${path}`, text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
