/** The work of `record`. */
import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { recordingChoice } from "../../migrate/record/choose-recorded.js";
import { createRecordingProxy } from "../../migrate/record/recording-proxy.js";
import { redactRecorded } from "../../migrate/record/redact-recorded.js";
import { createRedactor } from "../../migrate/redaction/redactor.js";
import { writeJsonLine } from "../../migrate/requests/json-lines.js";
import { indexModel } from "../../model/model-index.js";
import type { Plan } from "../../plan/plan.js";
import { requestLabeller, routeFinder } from "../compare/route-label.js";
import type { Flags } from "../config/flags.js";
import { exitCodes } from "../exit-codes.js";
import { readPlan } from "../read-plan.js";
import { printable } from "../report/printable.js";
import type { Terminal } from "../terminal.js";

/** Flags of `record` alone. */
export interface RecordOptions {
  readonly upstream: string;
  readonly port: number;
  readonly host: string;
  /** Relative to the working directory. */
  readonly to: string;
  /** 0 to 1. */
  readonly sample: number;
  readonly limit?: number;
}

/** Records until the process is interrupted, or the limit is reached; gives the exit code. */
export async function runRecord(
  protos: readonly string[],
  flags: Flags & RecordOptions,
  terminal: Terminal,
): Promise<number> {
  if (!URL.canParse(flags.upstream) || !/^https?:$/.test(new URL(flags.upstream).protocol)) {
    terminal.stderr.write(`error: --upstream: expected http://… or https://…, found ${printable(flags.upstream)}\n`);
    return exitCodes.badInput;
  }
  const project = await readPlan(protos, flags, terminal);
  if (project === undefined) return exitCodes.badInput;
  try {
    return await record(project.plan, project.settings.located?.config.compare?.redact ?? [], flags, terminal);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    terminal.stderr.write(`error: ${printable((error as Error).message)}\n`);
    return syscall === "listen" ? exitCodes.badInput : exitCodes.notCompared;
  }
}

async function record(
  plan: Plan,
  redact: readonly string[],
  { upstream, port, host, to, sample, limit }: RecordOptions,
  terminal: Terminal,
): Promise<number> {
  const index = indexModel(plan.model);
  const label = requestLabeller(routeFinder(plan));
  const redactor = createRedactor({ names: redact, salt: randomBytes(8).toString("hex") }, index);
  const keeps = recordingChoice(sample);
  const file = openSync(resolve(terminal.cwd, to), "a", 0o600);
  const counts = { passed: 0, recorded: 0 };
  let end: (failure?: unknown) => void = () => {};
  const ended = new Promise<void>((done, fail) => {
    end = (failure) => (failure === undefined ? done() : fail(failure));
  });
  const server = createRecordingProxy({
    upstream,
    passed: (request) => {
      const own = label(request.method, request.target);
      counts.passed++;
      if (!keeps(request, own) || counts.recorded === limit) return;
      try {
        writeSync(file, `${writeJsonLine({ id: "", ...redactRecorded(request, own, redactor, index) })}\n`);
        if (++counts.recorded === limit) end();
      } catch (error) {
        end(error);
      }
    },
  });
  try {
    await listen(server, port, host);
    const { address, port: bound } = server.address() as AddressInfo;
    terminal.stdout.write(`Listening on http://${address}:${bound}, recording into ${printable(to)}\n`);
    await Promise.race([terminal.interrupted(), ended]);
  } finally {
    server.closeAllConnections();
    server.close();
    closeSync(file);
  }
  terminal.stdout.write(`${counts.recorded} of ${counts.passed} requests recorded\n`);
  return exitCodes.clean;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}
