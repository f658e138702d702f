/** The one entry of this stage: .proto files or a descriptor set -> FileDescriptors. */
import { resolve } from "node:path";
import { readBounded } from "../bounded-file.js";
import { type Diagnostic, diagnostic, hasErrors, sortDiagnostics } from "../diagnostics.js";
import { checkSetDeclarations } from "./check/check-set-declarations.js";
import type { FileDescriptor } from "./descriptor.js";
import { readDescriptorSet } from "./descriptor-set/read-descriptor-set.js";
import { linkFiles } from "./link/link.js";
import { reasonOf } from "./sources/find-protos.js";
import {
  type LoadSourcesRequest,
  type LoadSourcesResult,
  loadProtoSources,
  readBundledProto,
} from "./sources/load-sources.js";
import { reportMissingImports } from "./sources/missing-imports.js";
import { selectTargets } from "./sources/select-targets.js";

/** The inputs to load. */
export interface LoadRequest extends LoadSourcesRequest {
  /**
   * A FileDescriptorSet to read instead of .proto text, relative to `cwd`. `protos` then names files or folders in the
   * set by import path, and may be empty.
   */
  readonly descriptorSet?: string;
  /** The set itself; `descriptorSet` is then what findings call it. */
  readonly setBytes?: Uint8Array;
}

/** The loaded files. They are unusable if there are error diagnostics. */
export interface LoadResult {
  /** The targets and all they import. */
  readonly files: readonly FileDescriptor[];
  /** Import paths of the files to generate for, sorted. */
  readonly targets: readonly string[];
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** All of googleapis with source info is 87 MB. */
const maxDescriptorSetBytes = 1024 * 1024 * 1024;

/** Loads what `request` names; everything wrong with it is in `diagnostics`. */
export function loadProtos(request: LoadRequest): LoadResult {
  const { descriptorSet } = request;
  const loaded = descriptorSet === undefined ? loadFromSources(request) : loadFromSet(descriptorSet, request);
  return { ...loaded, diagnostics: sortDiagnostics(loaded.diagnostics) };
}

function loadFromSources(request: LoadSourcesRequest): LoadResult {
  const { files, targets, includes, missing, wrongRoots, diagnostics } = loadProtoSources(request);
  const linked = linkFiles(files, readBundledProto("google/protobuf/descriptor.proto"));
  const imports = reportMissingImports(missing, linked.unresolved, { includes, cwd: request.cwd, wrongRoots });
  const causes = [...diagnostics, ...imports];
  if (wrongRoots.size > 0) return { files: linked.files, targets, diagnostics: causes };
  if (!hasErrors(causes)) return { files: linked.files, targets, diagnostics: [...causes, ...linked.diagnostics] };
  const damage: Damage = {
    places: new Set([...diagnostics, ...linked.unresolved].map(({ location }) => location?.file)),
    lenient: new Set(missing.map(({ edge }) => edge.path)),
  };
  return {
    files: linked.files,
    targets,
    diagnostics: [...causes, ...dropConsequences(files, damage, linked.diagnostics)],
  };
}

/** The causes of follow-on findings. */
interface Damage {
  /** Display paths of the files that could not be read in full, or that lack types. */
  readonly places: ReadonlySet<string | undefined>;
  /** Files with missing imports, for which no follow-on findings were reported. */
  readonly lenient: ReadonlySet<string>;
}

/** A file that could not be read in full, or lacks types, gives findings that vanish with its first one: these are left out. */
function dropConsequences(
  files: LoadSourcesResult["files"],
  { places, lenient }: Damage,
  findings: readonly Diagnostic[],
): readonly Diagnostic[] {
  const paths = new Set(files.map((file) => file.path));
  const damaged = new Set<string>();
  // Imports come before what imports them, so one pass is enough.
  for (const file of files) {
    const isDamaged =
      places.has(file.displayPath) ||
      file.imports.some(({ path }) => damaged.has(path) || (!paths.has(path) && !lenient.has(path)));
    if (isDamaged) damaged.add(file.path);
  }
  const whole = new Set(files.filter((file) => !damaged.has(file.path)).map((file) => file.displayPath));
  return findings.filter((finding) => finding.location === undefined || whole.has(finding.location.file));
}

function loadFromSet(path: string, request: LoadRequest): LoadResult {
  const read = request.setBytes === undefined ? readSetFile(path, request.cwd) : setOf(request.setBytes);
  if (read.kind === "failure") return { files: [], targets: [], diagnostics: [read.diagnostic] };
  const set = readDescriptorSet(read.bytes, path);
  const { named } = set;
  const files = request.setBytes === undefined ? set.files : withOwnComments(set.files, request);
  const diagnostics = hasErrors(set.diagnostics) ? set.diagnostics : checkSetDeclarations(files);
  if (hasErrors(diagnostics)) return { files, targets: [], diagnostics };
  const selected = selectTargets(request.protos, files, named, path);
  return { files, targets: selected.targets, diagnostics: [...diagnostics, ...selected.diagnostics] };
}

/** Puts the tool's own comments of google.protobuf in place of those of the compiler, so that a plugin writes what `generate` writes. */
function withOwnComments(files: readonly FileDescriptor[], request: LoadSourcesRequest): readonly FileDescriptor[] {
  const protos = files.map(({ path }) => path).filter((path) => path.startsWith("google/protobuf/"));
  const own = protos.length === 0 ? undefined : loadFromSources({ ...request, protos });
  if (own === undefined || hasErrors(own.diagnostics)) return files;
  const commented = new Map(own.files.map((file) => [file.path, file]));
  return files.map((file) => (protos.includes(file.path) ? (commented.get(file.path) ?? file) : file));
}

type SetFile =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "failure"; readonly diagnostic: Diagnostic };

function setOf(bytes: Uint8Array): SetFile {
  return { kind: "bytes", bytes };
}

function readSetFile(path: string, cwd: string): SetFile {
  const file = resolve(cwd, path);
  try {
    const read = readBounded(file, maxDescriptorSetBytes);
    if (read.kind === "bytes") return read;
    const message = `${path} has ${read.size}, expected at most ${maxDescriptorSetBytes}`;
    return { kind: "failure", diagnostic: diagnostic("PB019", message) };
  } catch (error) {
    const message = `the descriptor set ${path} cannot be read: ${reasonOf(error)}`;
    const help = "write it with `buf build -o image.binpb`";
    return { kind: "failure", diagnostic: diagnostic("PB017", message, { help }) };
  }
}
