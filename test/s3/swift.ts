/**
 * OpenStack Swift with its S3 API, from Debian 12's packages: a server that refuses wrong signatures, expired links and what a user may
 * not do. The packages are unpacked into a cache outside the work tree, without root and without installing anything.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The system's own Python: what the packages' compiled modules were built for. */
const python = "/usr/bin/python3";

/** Swift and every package it imports, beside Python itself and the C library. */
const packages = (
  "python3-swift python3-eventlet python3-greenlet python3-dnspython python3-netifaces python3-pastedeploy " +
  "python3-pastedeploy-tpl python3-pkg-resources python3-pyeclib liberasurecode1 python3-requests python3-urllib3 " +
  "python3-certifi python3-chardet python3-charset-normalizer python3-idna python3-six python3-xattr python3-cffi " +
  "python3-cffi-backend python3-pycparser python3-ply python3-lxml libxml2 libxslt1.1 python3-cryptography"
).split(" ");

/** A user of the server. */
export interface SwiftUser {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A running server. */
export interface Swift {
  /** `http://127.0.0.1:40123` */
  readonly endpoint: string;
  readonly region: string;
  /** May do anything. */
  readonly writer: SwiftUser;
  /** Is known, and may do nothing. */
  readonly stranger: SwiftUser;
  stop(): Promise<void>;
}

/** Where the packages are unpacked; a text instead says why this machine cannot run them. */
export function swiftPackages(): { readonly root: string } | string {
  if (process.platform !== "linux" || process.arch !== "x64") return "Swift's packages are for Linux x64";
  const version = spawnSync(python, ["--version"], { encoding: "utf8" }).stdout ?? "";
  if (!version.startsWith("Python 3.11.")) return `Debian 12's packages need its Python 3.11 at ${python}`;
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const root = join(cache, "grpc2lambda", "debian-12-swift");
  if (!existsSync(root)) {
    try {
      unpack(root);
    } catch (error) {
      const { stderr } = error as { stderr?: Uint8Array };
      return `Debian's packages of Swift could not be downloaded: ${stderr ?? error}`;
    }
  }
  return { root };
}

/** Complete or absent: made under another name and renamed, so that an interrupted download is never taken for one. */
function unpack(root: string): void {
  const staging = `${root}.${process.pid}`;
  const run = (command: string, args: readonly string[]): void => {
    execFileSync(command, args, { cwd: staging, stdio: ["ignore", "ignore", "pipe"] });
  };
  mkdirSync(join(staging, "lists/partial"), { recursive: true });
  mkdirSync(join(staging, "cache/archives/partial"), { recursive: true });
  try {
    // The lists of the system may be missing, or older than what the mirror has; they are fetched into a place of our own.
    const settings = {
      "Dir::State::lists": join(staging, "lists"),
      "Dir::Cache": join(staging, "cache"),
      "APT::Sandbox::User": "",
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
    run("apt-get", [...options, "update"]);
    run("apt-get", [...options, "download", ...packages]);
    for (const file of readdirSync(staging)) if (file.endsWith(".deb")) run("dpkg-deb", ["-x", file, "."]);
    for (const file of readdirSync(staging)) if (file !== "usr") rmSync(join(staging, file), { recursive: true });
    renameSync(staging, root);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Starts the server on a free port, with nothing stored. */
export async function startSwift({ root }: { readonly root: string }): Promise<Swift> {
  const folder = mkdtempSync(join(tmpdir(), "grpc2lambda-swift-"));
  const libraries = join(root, "usr/lib/x86_64-linux-gnu");
  const server = spawn(python, [join(import.meta.dirname, "swift-server.py"), folder], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      PYTHONPATH: join(root, "usr/lib/python3/dist-packages"),
      PYTHONDONTWRITEBYTECODE: "1",
      LD_LIBRARY_PATH: libraries,
    },
  });
  let errors = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const ended = once(server, "exit");
  const line = await Promise.race([
    once(createInterface(server.stdout), "line").then(([text]) => String(text)),
    ended.then(() => ""),
  ]);
  const port = /^listening on (\d+)$/.exec(line)?.[1];
  if (port === undefined) throw new Error(`Swift did not start: ${errors}`);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-west-1",
    writer: { accessKeyId: "test:writer", secretAccessKey: "writing" },
    stranger: { accessKeyId: "test:reader", secretAccessKey: "reading" },
    stop: async () => {
      server.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
