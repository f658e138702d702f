/** A real server of grpc-go, built once for the same sources, and what it sees. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gatewayCache, goTools, installedGo, runGo } from "../gateway/build/go-tools.js";
import type { Running } from "../proxy/grpc-servers.js";

const sources = join(import.meta.dirname, "server");

/** The path of the program; undefined without Go. */
export function buildGoServer(): string | undefined {
  const go = installedGo();
  if (go === undefined) return undefined;
  const { module } = goTools("2.33");
  const hash = createHash("sha256")
    .update(go)
    .update(readFileSync(join(module, "go.mod")));
  for (const file of readdirSync(sources).sort()) hash.update(readFileSync(join(sources, file)));
  const program = join(gatewayCache(), `server-${hash.digest("hex").slice(0, 12)}`);
  if (!existsSync(program)) build(module, program);
  return program;
}

function build(module: string, program: string): void {
  const folder = mkdtempSync(join(tmpdir(), "go-server-"));
  try {
    for (const file of ["go.mod", "go.sum"]) cpSync(join(module, file), join(folder, file));
    cpSync(sources, folder, { recursive: true });
    runGo(["mod", "tidy"], folder);
    mkdirSync(gatewayCache(), { recursive: true });
    const made = `${program}.${process.pid}`;
    runGo(["build", "-o", made, "."], folder);
    renameSync(made, program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A thing that the server tells of, as main.go and calls.go say it. */
export type GoEvent = Readonly<Record<string, unknown>>;

/** A running server of grpc-go. */
export interface GoServer extends Running {
  readonly events: readonly GoEvent[];
  /** Waits for an event that has this member. */
  readonly seen: (member: string) => Promise<GoEvent>;
  /** `stop`: GracefulStop; `release`: held calls may end. */
  readonly tell: (line: "stop" | "release") => void;
}

/** Starts the program with flags of main.go. */
export async function startGoServer(program: string, flags: readonly string[] = []): Promise<GoServer> {
  const child = spawn(program, flags, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const events: GoEvent[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    events.push(JSON.parse(line) as GoEvent);
    for (const look of [...waiting]) look();
  });
  const seen = (member: string): Promise<GoEvent> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = events.find((event) => member in event);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const failed = ended.then(() => Promise.reject(new Error("the server has ended")));
  failed.catch(() => undefined);
  const { port } = await Promise.race([seen("port"), failed]);
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { address: `127.0.0.1:${port}`, events, seen, tell: (line) => child.stdin.write(`${line}\n`), stop };
}
