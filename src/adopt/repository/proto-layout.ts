/** The .proto files of a repository: which are its own, and from which folders their imports are looked up. */
import { compareText } from "../../diagnostics.js";
import { objectsIn, readText, readYaml } from "../read-text.js";

/** The answers to `protos` and `include`, with what led to them. */
export interface ProtoLayout {
  /** Folders or files to generate for, relative to the project. */
  readonly protos: readonly string[];
  readonly include: readonly string[];
  /** The source of the roots, for the report: `buf.yaml`, `imports and packages`. */
  readonly source: string;
  /** Modules of the Buf registry that buf.yaml depends on, which are not in the repository. */
  readonly dependencies: readonly string[];
  /** The own files. */
  readonly files: readonly string[];
}

/** Folders of protos that belong to somebody else, and files that the tool brings along. */
const vendored = /(?:^|\/)(?:third[_-]?party|vendor|googleapis|external|include)\//;
const bundled =
  /(?:^|\/)(?:(?:google\/(?:api|rpc|type|longrunning|protobuf)|protoc-gen-(?:openapiv[23]|swagger)\/options|buf\/validate)\/[^/]+|validate\/validate|gogoproto\/gogo)\.proto$/;

/** Reads the layout of the protos among `files`. */
export function readProtoLayout(root: string, files: readonly string[]): ProtoLayout {
  const all = files.filter((file) => file.endsWith(".proto"));
  const own = all.filter((file) => !vendored.test(file) && !bundled.test(file));
  const buf = readBuf(root, files);
  if (own.length === 0)
    return { protos: [], include: [], source: "nothing", dependencies: buf.dependencies, files: [] };
  if (buf.roots.length > 0) {
    const used = buf.roots.filter((folder) => own.some((file) => isBelow(file, folder)));
    const foreign = vendoredRoots(root, all, own);
    const include = [...new Set([...used, ...foreign])];
    return { protos: used, include, source: buf.source, dependencies: buf.dependencies, files: own };
  }
  const roots = importRoots(root, own);
  const include = distinct([...roots, ...vendoredRoots(root, all, own)]);
  return { protos: roots, include, source: "imports and packages", dependencies: [], files: own };
}

/** The folders from which imports of files are looked up, as the files themselves tell. */
export function importRoots(root: string, files: readonly string[]): string[] {
  return distinct(files.map((file) => rootOf(file, readText(root, file) ?? "", files)));
}

/** Tells whether a file is in a folder; both are relative to the project. */
export function isBelow(file: string, folder: string): boolean {
  return folder === "." ? !file.startsWith("../") : file.startsWith(`${folder}/`);
}

interface Buf {
  readonly roots: readonly string[];
  readonly source: "buf.yaml" | "buf.work.yaml";
  readonly dependencies: readonly string[];
}

/** The modules of buf's configuration. https://buf.build/docs/configuration/v2/buf-yaml/ */
function readBuf(root: string, files: readonly string[]): Buf {
  const work = readYaml(root, "buf.work.yaml");
  const directories = texts(work?.["directories"]);
  const configured = files.filter((file) => /(?:^|\/)buf\.yaml$/.test(file));
  const modules = configured.map((file) => ({ folder: folderOf(file), value: readYaml(root, file) }));
  const dependencies = distinct(modules.flatMap(({ value }) => texts(value?.["deps"])));
  if (directories.length > 0) return { roots: directories.map(plain), source: "buf.work.yaml", dependencies };
  const roots = modules.flatMap(({ folder, value }) => {
    const paths = Array.isArray(value?.["modules"]) ? objectsIn(value["modules"]) : [{ path: "." }];
    return paths.map(({ path }) => joined(folder, typeof path === "string" ? path : "."));
  });
  return { roots: distinct(roots), source: "buf.yaml", dependencies };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
}

function joined(folder: string, path: string): string {
  const clean = plain(path);
  if (folder === ".") return clean;
  return clean === "." ? folder : `${folder}/${clean}`;
}

function plain(path: string): string {
  return path.replace(/^\.\//, "").replace(/\/$/, "") || ".";
}

/**
 * The folder from which a file's own imports and its package are read: `proto` for `proto/acme/v1/a.proto` in package acme.v1, or
 * for an import of `acme/v1/b.proto` that is there.
 */
function rootOf(file: string, text: string, all: readonly string[]): string {
  const folder = folderOf(file);
  for (const [, path = ""] of text.matchAll(/^\s*import\s+(?:public\s+|weak\s+)?["']([^"']+)["']/gm)) {
    const found = all.filter((other) => other === path || other.endsWith(`/${path}`));
    const nearest = found.find((other) => isBelow(folder, plain(other.slice(0, -path.length) || "."))) ?? found[0];
    if (nearest !== undefined) return plain(nearest.slice(0, -path.length) || ".");
  }
  const [, packageName = ""] = /^\s*package\s+([\w.]+)\s*;/m.exec(text) ?? [];
  const packagePath = packageName.replaceAll(".", "/");
  if (packagePath === "") return folder;
  if (folder === packagePath) return ".";
  return folder.endsWith(`/${packagePath}`) ? folder.slice(0, -packagePath.length - 1) : folder;
}

/** Roots of vendored files that the own ones import, where the tool does not bring the files along. */
function vendoredRoots(root: string, all: readonly string[], own: readonly string[]): string[] {
  const foreign = all.filter((file) => vendored.test(file) && !bundled.test(file));
  const wanted = new Set<string>();
  for (const file of own)
    for (const [, path = ""] of (readText(root, file) ?? "").matchAll(
      /^\s*import\s+(?:public\s+|weak\s+)?["']([^"']+)["']/gm,
    ))
      wanted.add(path);
  return distinct(
    foreign.flatMap((file) => {
      const path = [...wanted].find((name) => file.endsWith(`/${name}`));
      return path === undefined ? [] : [file.slice(0, -path.length - 1)];
    }),
  );
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareText);
}
