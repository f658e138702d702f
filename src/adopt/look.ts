/** Looks at a repository: everything that `init` answers its questions with. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { type FoundImplementation, findImplementations } from "./code/find-implementations.js";
import { loadProtos } from "../proto/load.js";
import { type ExistingTools, findTools } from "./repository/existing-tools.js";
import { type ProjectPackage, readPackage } from "./repository/package-manager.js";
import { type ProtoLayout, readProtoLayout } from "./repository/proto-layout.js";
import { listFiles } from "./repository/walk.js";

/** A repository, or the project in one. */
export interface Repository {
  /** Absolute path of the project. */
  readonly root: string;
  /** Absolute path of the git repository around it; undefined outside of one. */
  readonly gitRoot: string | undefined;
  readonly files: readonly string[];
  /** False if there are too many files to look at all of them. */
  readonly isComplete: boolean;
  readonly package: ProjectPackage;
  readonly protos: ProtoLayout;
  /** Services of the protos, by full name. */
  readonly services: readonly FoundService[];
  /** Errors of the protos. */
  readonly errors: readonly Diagnostic[];
  readonly tools: ExistingTools;
  readonly implementations: readonly FoundImplementation[];
}

/** A service that the protos declare. */
export interface FoundService {
  readonly name: string;
  readonly methods: readonly string[];
  /** Methods with a google.api.http rule. */
  readonly bound: number;
  /** A method streams its requests. */
  readonly takesStreams: boolean;
}

/** The answers that the user has given already; they replace what is found. */
export interface GivenProtos {
  readonly protos?: readonly string[];
  readonly include?: readonly string[];
  readonly descriptorSet?: GivenSet;
}

/** A descriptor set in place of .proto files. */
export interface GivenSet {
  /** Relative to the project. */
  readonly path: string;
  /** The set, if it is not on disk yet. */
  readonly bytes?: Uint8Array;
  /** Import paths of the files to generate for; empty: those that it names itself. */
  readonly protos: readonly string[];
  readonly source: string;
}

/** Looks at the project in a folder. */
export function lookAt(root: string, given: GivenProtos = {}): Repository {
  const { files, isComplete } = listFiles(root);
  const found = readProtoLayout(root, files);
  const protos = layoutOf(given, found);
  const { services, errors } = readServices(root, protos, given.descriptorSet);
  const names = services.map(({ name }) => name);
  return {
    root,
    gitRoot: findGitRoot(root),
    files,
    isComplete,
    package: readPackage(root),
    protos,
    services,
    errors,
    tools: findTools(root, files),
    implementations: findImplementations(root, files, names),
  };
}

function layoutOf({ protos, include, descriptorSet }: GivenProtos, found: ProtoLayout): ProtoLayout {
  if (descriptorSet === undefined)
    return { ...found, protos: protos ?? found.protos, include: include ?? found.include };
  const { source, path } = descriptorSet;
  return { protos: descriptorSet.protos, include: [], source, dependencies: [], files: [path] };
}

function readServices(
  root: string,
  { protos, include, files }: ProtoLayout,
  set: GivenSet | undefined,
): Pick<Repository, "services" | "errors"> {
  if (protos.length === 0 && files.length === 0) return { services: [], errors: [] };
  const fromSet = set && { descriptorSet: set.path, ...(set.bytes === undefined ? {} : { setBytes: set.bytes }) };
  const loaded = loadProtos({ cwd: root, protos, includePaths: include, ...fromSet });
  const targets = new Set(loaded.targets);
  const services = loaded.files
    .filter(({ path }) => targets.has(path))
    .flatMap((file) => file.services)
    .map(({ fullName, methods }) => ({
      name: fullName,
      methods: methods.map(({ name }) => name),
      bound: methods.filter(({ http }) => http !== undefined).length,
      takesStreams: methods.some(({ clientStreaming }) => clientStreaming),
    }));
  return { services, errors: loaded.diagnostics.filter((one) => hasErrors([one])) };
}

function findGitRoot(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : findGitRoot(above);
}
