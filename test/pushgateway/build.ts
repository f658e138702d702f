/** The real Pushgateway, built once into a cache outside of the work tree. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const version = "1.11.1";

/** The path of the program; undefined without Go. */
export function buildPushgateway(): string | undefined {
  if (spawnSync("go", ["version"]).status !== 0) return undefined;
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "grpc2lambda", "pushgateway");
  const program = join(folder, `pushgateway-${version}`);
  if (existsSync(program)) return program;
  const source = mkdtempSync(join(tmpdir(), "pushgateway-"));
  try {
    for (const file of ["go.mod", "go.sum"]) cpSync(join(import.meta.dirname, file), join(source, file));
    mkdirSync(folder, { recursive: true });
    const made = `${program}.${process.pid}`;
    execFileSync("go", ["build", "-mod=mod", "-o", made, "github.com/prometheus/pushgateway"], { cwd: source });
    renameSync(made, program);
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
  return program;
}
