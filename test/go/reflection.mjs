/** A server of grpc-go that `init --reflect` reads: the routes that `generate` makes of what it says are those of its .proto files. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const repository = resolve(import.meta.dirname, "../..");
const project = join(repository, "fixtures/go/library");
const tool = join(repository, "bin/grpc2lambda.js");

/** Builds and starts the server, reads it, and compares; gives the output, and whether it went well. */
export async function readServer() {
  const folder = mkdtempSync(join(tmpdir(), "g2l-reflection-"));
  let server;
  try {
    const program = build(folder);
    if (!program.isFine) return program;
    server = spawn(join(folder, "server"), { stdio: ["ignore", "pipe", "inherit"] });
    const [address] = await once(server.stdout, "data");
    const read = grpc2lambda(folder, "init", "--yes", "--reflect", String(address).trim());
    if (!read.isFine) return read;
    const [reflected, written] = [routes(folder), routes(project)];
    const isFine = reflected === written && JSON.parse(written).length > 5;
    return { isFine, output: `${read.output}${reflected}\nexpected\n${written}` };
  } finally {
    server?.kill();
    rmSync(folder, { recursive: true });
  }
}

/** The program lives beside the module's own without being one of its files. */
function build(folder) {
  const source = readFileSync(join(import.meta.dirname, "services/reflected.go.txt"), "utf8");
  writeFileSync(join(folder, "main.go"), source);
  const replace = { [join(project, "reflected/main.go")]: join(folder, "main.go") };
  writeFileSync(join(folder, "overlay.json"), JSON.stringify({ Replace: replace }));
  const args = ["build", "-overlay", join(folder, "overlay.json"), "-o", join(folder, "server"), "./reflected"];
  return result(spawnSync("go", args, { cwd: project, encoding: "utf8" }));
}

/** What the protos say of routes; door and functions are settings. */
function routes(cwd) {
  const { isFine, output } = grpc2lambda(cwd, "routes", "--json");
  if (!isFine) return output;
  const rows = JSON.parse(output);
  return JSON.stringify(
    rows.map(({ httpMethod, template, rpc, variables, body }) => ({ httpMethod, template, rpc, variables, body })),
  );
}

function grpc2lambda(cwd, ...args) {
  return result(spawnSync(process.execPath, [tool, ...args], { cwd, encoding: "utf8" }));
}

function result({ status, stdout, stderr }) {
  return { isFine: status === 0, output: status === 0 ? stdout : `${stdout}${stderr}` };
}
