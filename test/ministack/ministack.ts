/**
 * ministack, an emulator of AWS: it deploys templates, runs the zips in processes of Node and evaluates the policies of roles and users.
 * It and the translator of AWS SAM are Python packages, in an environment outside of the work tree.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pythonTools } from "../support/python-tools.mjs";

const packages = ["ministack==1.5.33", "aws-sam-translator==1.115.0", "boto3==1.43.106", "botocore==1.43.106"];

/** The folder of the environment, or the reason why there is none. */
export const tools = pythonTools("ministack-1.5.33", packages);

/** A running emulator. */
export interface Ministack {
  /** `127.0.0.1:40123` */
  readonly host: string;
  stop(): Promise<void>;
}

/** Starts the emulator on a free port of this machine, with policies evaluated. */
export async function startMinistack(folder: string): Promise<Ministack> {
  const port = await freePort();
  const state = mkdtempSync(join(tmpdir(), "grpc2lambda-ministack-"));
  const server = spawn(join(folder, "bin/python"), [join(import.meta.dirname, "server.py")], {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: state,
    env: {
      PATH: process.env.PATH,
      HOME: state,
      TMPDIR: state,
      AUTH: "true",
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      STATE_DIR: join(state, "state"),
      S3_DATA_DIR: join(state, "s3"),
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  let errors = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const host = `127.0.0.1:${port}`;
  await untilItAnswers(host, server, () => errors);
  return {
    host,
    stop: async () => {
      if (server.exitCode === null) {
        server.kill();
        await once(server, "exit");
      }
      rmSync(state, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

async function untilItAnswers(host: string, server: ChildProcess, errors: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error(`ministack did not start: ${errors()}`);
    const answer = await fetch(`http://${host}/_ministack/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(100);
  }
  throw new Error(`ministack does not answer: ${errors()}`);
}
