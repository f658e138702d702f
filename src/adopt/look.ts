/** Looks at a repository: everything that `init` answers its questions with. */
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { type FoundImplementation, findImplementations } from "./code/find-implementations.js";
import { withSlashes } from "../path-inside.js";
import { loadProtos } from "../proto/load.js";
import { type ExistingTools, findTools } from "./repository/existing-tools.js";
import { findGoServer, type GoServer } from "./repository/go-server.js";
import { type ProjectPackage, readPackage } from "./repository/package-manager.js";
import { importRoots, isBelow, type ProtoLayout, readProtoLayout } from "./repository/proto-layout.js";
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
  /** Absent in projects of other languages. */
  readonly go?: GoServer;
  /** Folders with protos elsewhere in the git repository, relative to the project; empty if the project has protos. */
  readonly protosElsewhere: readonly string[];
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
  const protos = layoutOf(root, given, found);
  const gitRoot = findGitRoot(root);
  const { services, errors } = readServices(root, protos, given.descriptorSet);
  const names = services.map(({ name }) => name);
  const go = findGoServer(root, names);
  return {
    root,
    gitRoot,
    files,
    isComplete,
    package: readPackage(root),
    protos,
    services,
    errors,
    tools: findTools(root, files),
    implementations: go === undefined ? findImplementations(root, files, names) : [],
    ...(go === undefined ? {} : { go }),
    protosElsewhere: protos.files.length > 0 || gitRoot === undefined ? [] : findProtosAround(root, gitRoot),
  };
}

function layoutOf(root: string, { protos, include, descriptorSet }: GivenProtos, found: ProtoLayout): ProtoLayout {
  if (descriptorSet !== undefined) {
    const { source, path } = descriptorSet;
    return { protos: descriptorSet.protos, include: [], source, dependencies: [], files: [path] };
  }
  if (protos === undefined) return { ...found, include: include ?? found.include };
  const files = protos.flatMap((path) => protosAt(root, path));
  const isCovered = files.every((file) => found.include.some((folder) => isBelow(file, folder)));
  const roots = isCovered ? found.include : importRoots(root, files);
  return { ...found, protos, include: include ?? roots, source: "named", files };
}

/** The .proto files at a path: itself, or those of a folder. */
function protosAt(root: string, path: string): string[] {
  if (path.endsWith(".proto")) return [path];
  const { files } = listFiles(join(root, path));
  const inFolder = path === "." ? "" : `${path}/`;
  return files.filter((file) => file.endsWith(".proto")).map((file) => `${inFolder}${file}`);
}

function findProtosAround(root: string, gitRoot: string): string[] {
  const { protos } = readProtoLayout(gitRoot, listFiles(gitRoot).files);
  return protos
    .filter((folder) => !protos.some((other) => other !== folder && isBelow(folder, other)))
    .map((folder) => withSlashes(relative(root, join(gitRoot, folder))) || ".");
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
