/** Loads .proto files from disk with everything they import. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { ImportDescriptor } from "../descriptor.js";
import type { ParsedFile } from "../parsed-file.js";
import { readProtoSource } from "../syntax/read-proto-source.js";
import { findProtos } from "./find-protos.js";
import {
  bundledFolder,
  findImport,
  type IncludePath,
  isPlainImportPath,
  resolveIncludePaths,
  type SourcePath,
} from "./include-paths.js";
import type { MissingImport } from "./missing-imports.js";
import { orderByImports } from "./order-by-imports.js";
import { readText } from "./read-text.js";
import { findWrongRoots, type LoadedSource } from "./wrong-roots.js";

/** The inputs to load. */
export interface LoadSourcesRequest {
  /** Files, folders (every .proto below) or import paths, as the user wrote them; relative to `cwd`. */
  readonly protos: readonly string[];
  /** Like protoc's -I, in order of preference; relative to `cwd`, which is the default. */
  readonly includePaths: readonly string[];
  /** Absolute. */
  readonly cwd: string;
}

/** The loaded files. */
export interface LoadSourcesResult {
  /** The named files and all they import, imports first. Incomplete when there are error diagnostics. */
  readonly files: readonly ParsedFile[];
  /** Import paths of the named files, sorted. */
  readonly targets: readonly string[];
  /** The include paths that are folders. */
  readonly includes: readonly IncludePath[];
  /** Not reported yet: whether it stops a run shows when types are resolved. */
  readonly missing: readonly MissingImport[];
  /** Folders that should have been include paths: their files are there twice, so all that linking finds follows from that. */
  readonly wrongRoots: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The state of one load. */
interface Loading {
  readonly includes: readonly IncludePath[];
  readonly cwd: string;
  readonly files: Map<string, ParsedFile>;
  readonly loaded: LoadedSource[];
  readonly diagnostics: Diagnostic[];
}

/** Loads what `request` names. Every finding about arguments, include paths, imports and syntax is in `diagnostics`. */
export function loadProtoSources(request: LoadSourcesRequest): LoadSourcesResult {
  const { cwd } = request;
  const { includes, diagnostics: wrongIncludes } = resolveIncludePaths(request.includePaths, cwd);
  const { sources, diagnostics: wrongProtos } = findProtos(request.protos, includes, cwd);
  const diagnostics = [...wrongIncludes, ...wrongProtos];
  const loading: Loading = { includes, cwd, files: new Map(), loaded: [], diagnostics };
  const waiting: SourcePath[] = [...sources];
  const known = new Set(sources.map((source) => source.importPath));
  for (const source of waiting) {
    const file = loadFile(loading, source);
    for (const edge of file?.imports ?? []) {
      if (known.has(edge.path)) continue;
      known.add(edge.path);
      const found = findImport(edge.path, includes, cwd);
      if (found !== undefined) waiting.push(found);
    }
  }
  const missing = collectMissingImports(loading);
  const targets = sources.map((source) => source.importPath);
  const ordered = orderByImports(loading.files, targets);
  const { roots, diagnostics: wrongRoots } = findWrongRoots(loading.loaded);
  const found = [...diagnostics, ...wrongRoots, ...ordered.diagnostics];
  return { files: ordered.files, targets, includes, missing, wrongRoots: roots, diagnostics: found };
}

/** Reads one of the files that the tool brings along (`google/protobuf/…`, `google/api/…`), or any other by its path. */
export function readBundledProto(importPath: string): ParsedFile | undefined {
  const source = findImport(importPath, [], "/");
  const result = source && readText(source);
  return result?.kind === "text" ? readProtoSource(importPath, importPath, result.text).file : undefined;
}

function loadFile(loading: Loading, source: SourcePath): ParsedFile | undefined {
  const { importPath, displayPath, file } = source;
  const result = readText(source);
  if (result.kind === "failure") {
    loading.diagnostics.push(result.diagnostic);
    return undefined;
  }
  const read = readProtoSource(importPath, displayPath, result.text);
  const loaded = file.startsWith(bundledFolder) ? { ...read.file, supplied: true } : read.file;
  loading.diagnostics.push(...read.diagnostics);
  loading.files.set(importPath, loaded);
  loading.loaded.push({ source, file: loaded });
  return loaded;
}

/** Every import that leads nowhere; PB024 for those that are no import paths. */
function collectMissingImports({ files, includes, cwd, diagnostics }: Loading): MissingImport[] {
  const missing: MissingImport[] = [];
  for (const file of files.values()) {
    for (const edge of file.imports) {
      if (files.has(edge.path)) continue;
      if (!isPlainImportPath(edge.path)) diagnostics.push(wrongImportPath(file, edge));
      // A file that is there but cannot be read has its own finding.
      else if (findImport(edge.path, includes, cwd) === undefined) missing.push({ file, edge });
    }
  }
  return missing;
}

function wrongImportPath(file: ParsedFile, edge: ImportDescriptor): Diagnostic {
  return diagnostic(
    "PB024",
    `found the import path "${edge.path}", expected a relative one without ".", ".." and backslashes`,
    { location: { file: file.displayPath, ...edge.span }, help: "write it relative to an include path" },
  );
}
