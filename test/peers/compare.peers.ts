/** `compare` between the real grpc-gateway and the generated functions, in front of one server of grpc-go: `npm run test:peers`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { run } from "../../src/cli/main.js";
import type { Difference } from "../../src/migrate/differences/difference.js";
import type { Observation } from "../../src/migrate/results/observation.js";
import { readResults } from "../../src/migrate/results/results-file.js";
import { type BuiltGateways, buildGateways } from "../gateway/build/build-gateways.js";
import { type GatewayVersion, gatewayVersions } from "../gateway/build/go-tools.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { buildGoServer, type GoServer, startGoServer } from "./go-server.js";
import { documentedFindings } from "./documented-findings.js";
import { vectorLines } from "./vector-lines.js";

const built = buildGateways(gatewayVersions, console.log);
if (typeof built === "string") console.warn(`skipped: ${built}`);

const service = "transcoding.vectors.v1.Vectors";

describe.skipIf(typeof built === "string")("compare with a real gateway", () => {
  const { protos, images, programs } = built as BuiltGateways;
  const stops: (() => Promise<void> | void)[] = [];
  let server: GoServer;

  beforeAll(async () => {
    server = await startEcho();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    for (const stop of stops) await stop();
  });

  async function startEcho(...flags: readonly string[]): Promise<GoServer> {
    const program = buildGoServer() ?? "";
    const started = await startGoServer(program, ["-images", join(images, "vectors.binpb"), ...flags]);
    stops.push(started.stop);
    return started;
  }

  /** The URL of a gateway in front of the server. */
  async function startGateway(version: GatewayVersion): Promise<string> {
    const child = spawn(programs.get(version) ?? "", ["vectors", server.address], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    stops.push(() => void child.kill());
    const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    return `http://127.0.0.1:${port}`;
  }

  /** A project whose RPCs the server answers. */
  async function generate(version: GatewayVersion): Promise<TemporaryProject> {
    const configuration = {
      protos: ["proto/transcoding.proto"],
      include: ["proto"],
      unbound: "bind",
      anyTypes: ["transcoding.vectors.v1.Item"],
      implementation: "proxy",
      dependencies: { old: { address: "old:50051", tls: false } },
      transcoding: { allowDeleteBody: true, clientStreaming: "collect", gateway: version },
      deployment: { frontDoor: "function-url", functions: "single", auth: "none" },
    };
    const project = createProject({
      "package.json": '{"private": true, "type": "module"}',
      "grpc2lambda.yaml": JSON.stringify(configuration),
      "vectors.jsonl": vectorLines(),
    });
    stops.push(project.remove);
    cpSync(join(protos, "vectors"), join(project.root, "proto"), { recursive: true });
    const { terminal, stderr } = captureTerminal(project.root);
    expect(await run(["generate"], terminal), stderr()).toBe(0);
    vi.stubEnv("OLD_ADDRESS", server.address);
    return project;
  }

  async function compare({ root }: TemporaryProject, words: readonly string[]) {
    const { terminal, stdout, stderr } = captureTerminal(root);
    const all = ["compare", "vectors.jsonl", "--new", "dev", "--noise", "off", "--unsafe-all", ...words];
    const exitCode = await run(all, { ...terminal, interrupted: () => new Promise<void>(() => {}) });
    expect([0, 1], stderr() + stdout()).toContain(exitCode);
    const { observations } = await readResults(join(root, "compare/results.jsonl"));
    return { exitCode, observations };
  }

  test.each([...gatewayVersions])("%s: the differences are those of the documentation", async (version) => {
    const project = await generate(version);
    const words = ["--old", await startGateway(version), "--generate", "400", "--seed", "1"];
    const { exitCode, observations } = await compare(project, words);
    expect(exitCode).toBe(1);
    expect(observations.length).toBeGreaterThan(700);
    expect(findingsOf(observations)).toEqual(Object.keys(documentedFindings[version]).sort());
    // The page says of texts of errors about a wrong request that they are not compared.
    const reworded = observations.filter(({ differences }) => differences.some(isWording));
    expect(new Set(reworded.map(({ old }) => "status" in old && old.status))).toEqual(new Set([400]));
  });

  test("a difference that was planted is found by its field, and fails the comparison", async () => {
    const project = await generate("2.33");
    vi.stubEnv("OLD_ADDRESS", (await startEcho("-planted", "RespString")).address);
    const words = ["--old", await startGateway("2.33"), "--only", `${service}.RespString`];
    const { exitCode, observations } = await compare(project, words);
    expect([exitCode, findingsOf(observations)]).toEqual([1, ["value POST /v1/rb/string string_value"]]);
  });
});

const isWording = (difference: Difference): boolean => difference.class === "wording";

/** Every kind of difference but texts of errors: class, binding, field path. */
function findingsOf(observations: readonly Observation[]): string[] {
  const lines = observations.flatMap(({ binding, differences }) =>
    differences.filter((found) => !isWording(found)).map((found) => `${found.class} ${binding} ${found.path}`),
  );
  return [...new Set(lines)].sort();
}

test("every finding has a row in the documentation", () => {
  const page = readFileSync("docs/gateway-differences.md", "utf8");
  const named = Object.values(documentedFindings).flatMap((rows) => Object.values(rows).flat());
  expect(named.filter((id) => !page.includes(`| \`${id}\` |`))).toEqual([]);
});
