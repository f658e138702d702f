/** The gRPC libraries and generators of the user's project: installed, and made for one another. */
import { installedVersion } from "../../adopt/repository/installed-packages.js";
import { readPackage } from "../../adopt/repository/package-manager.js";
import type { Config } from "../config/config.js";
import { printable } from "../report/printable.js";
import type { HealthCheck } from "./health-check.js";

/** Two packages, of which one needs the other in one of its majors. */
interface Pair {
  readonly one: string;
  /** Majors of `one` that the row is about. */
  readonly majors: readonly number[];
  readonly other: string;
  readonly needed: number;
}

/** From the notes on each library's new major version. */
const pairs: readonly Pair[] = [
  { one: "@bufbuild/protoc-gen-es", majors: [1], other: "@bufbuild/protobuf", needed: 1 },
  { one: "@bufbuild/protoc-gen-es", majors: [2], other: "@bufbuild/protobuf", needed: 2 },
  { one: "@connectrpc/connect", majors: [1], other: "@bufbuild/protobuf", needed: 1 },
  { one: "@connectrpc/connect", majors: [2], other: "@bufbuild/protobuf", needed: 2 },
  { one: "ts-proto", majors: [2], other: "@bufbuild/protobuf", needed: 2 },
];

/** Generators that only development needs; their output names the libraries that functions need. */
const generators: readonly string[] = ["@bufbuild/protoc-gen-es"];

/** Reads package.json and node_modules; `config` says which message styles functions are generated for. */
export function checkLibraries(root: string, config: Config | undefined): HealthCheck[] {
  const { libraries, manager, type } = readPackage(root);
  if (type === undefined)
    return [{ area: "versions", name: "libraries", state: "note", text: "no package.json", help: "npm init --yes" }];
  const versions = new Map(
    [...new Set([...libraries, ...generators, "protobufjs"])].flatMap((name) => {
      const version = installedVersion(root, name);
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
  const missing = libraries.filter((name) => !versions.has(name));
  const shown = libraries.flatMap((name) => (versions.has(name) ? [`${name} ${versions.get(name)}`] : []));
  return [
    { area: "versions", name: "libraries", state: "ok", text: printable(shown.join(", ")) || "none for gRPC" },
    ...(missing.length === 0
      ? []
      : [warn(`${missing.join(", ")}: in package.json, and not installed`, `${manager} install`)]),
    ...pairs.flatMap((pair) => checkPair(pair, versions)),
    ...checkStyles(config, versions),
    ...(libraries.includes("grpc")
      ? [warn("grpc is no longer kept, and functions do not run its servers", "move the server to @grpc/grpc-js")]
      : []),
  ];
}

function warn(text: string, help: string): HealthCheck {
  return { area: "versions", name: "libraries", state: "warning", text, help };
}

function checkPair({ one, majors, other, needed }: Pair, versions: ReadonlyMap<string, string>): HealthCheck[] {
  const [found, partner] = [versions.get(one), versions.get(other)];
  if (found === undefined || partner === undefined || !majors.includes(majorOf(found))) return [];
  if (majorOf(partner) === needed) return [];
  return [
    warn(
      printable(`${one} ${found} needs ${other} ${needed}, and ${partner} is installed`),
      `install ${other}@${needed}, or the version of ${one} that goes with ${partner}`,
    ),
  ];
}

/** The messages of protobuf-es are plain objects from version 2 on, and classes before. */
function checkStyles(config: Config | undefined, versions: ReadonlyMap<string, string>): HealthCheck[] {
  const styles = [config?.messages, ...Object.values(config?.services ?? {}).map(({ messages }) => messages)];
  const isUsed = styles.some((style) => (typeof style === "string" ? style : style?.preset) === "protobuf-es");
  const installed = versions.get("@bufbuild/protobuf");
  if (!isUsed || installed === undefined || majorOf(installed) === 2) return [];
  return [
    warn(
      printable(`messages: protobuf-es are those of @bufbuild/protobuf 2, and ${installed} is installed`),
      "generate your code with protoc-gen-es 2",
    ),
  ];
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
