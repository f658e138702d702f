/** Lambda functions that are one compiled program: a process for each function, started at its first request. */
import { type ChildProcess, spawn } from "node:child_process";
import type { LocalFunction, LocalFunctions, LocalResult } from "./local-functions.js";
import { type RuntimeApi, startRuntimeApi } from "./runtime-api.js";

/** A program that serves as the function that `_HANDLER` names. */
export interface Program {
  /** Absolute path of the executable, as it is now; undefined as long as it does not compile. */
  current(): string | undefined;
  dispose(): void;
}

/** Takes the text that processes log. */
export type LogSink = (text: string) => void;

interface Running {
  readonly executable: string;
  readonly api: RuntimeApi;
  readonly process: ChildProcess;
}

/** Runs functions of a program. A process is replaced when the program was compiled again, or when it has ended. */
export function programFunctions(program: Program, environment: NodeJS.ProcessEnv, log: LogSink): LocalFunctions {
  const running = new Map<string, Promise<Running>>();
  const stop = (id: string, entry: Promise<Running>): void => {
    if (running.get(id) === entry) running.delete(id);
    entry.then(end, () => undefined);
  };
  const processOf = async (local: LocalFunction, executable: string): Promise<Running> => {
    const known = running.get(local.id);
    if (known !== undefined && (await known).executable === executable) return known;
    if (known !== undefined) stop(local.id, known);
    const started = start(local, executable, environment, log);
    running.set(local.id, started);
    started.then(
      ({ process }) => process.once("exit", () => stop(local.id, started)),
      () => stop(local.id, started),
    );
    return started;
  };
  return {
    invoke: async (local, event, requestId) => {
      const executable = program.current();
      if (executable === undefined) return { kind: "failed", error: new Error("the program does not compile") };
      const { api } = await processOf(local, executable);
      const result = await invokeInTime(api, local, event, requestId);
      const entry = running.get(local.id);
      if (result.kind === "timed-out" && entry !== undefined) stop(local.id, entry);
      return result;
    },
    dispose: async () => {
      for (const [id, entry] of [...running]) stop(id, entry);
      program.dispose();
    },
  };
}

function end({ api, process }: Running): void {
  process.kill("SIGKILL");
  api.close(new Error("the function has ended"));
}

async function start(
  { id, memorySize, entry }: LocalFunction,
  executable: string,
  environment: NodeJS.ProcessEnv,
  log: LogSink,
): Promise<Running> {
  const api = await startRuntimeApi();
  const process = spawn(executable, [], {
    env: {
      ...environment,
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_FUNCTION_NAME: id,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
      _HANDLER: id,
      LAMBDA_TASK_ROOT: entry,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.stdout.setEncoding("utf8").on("data", log);
  process.stderr.setEncoding("utf8").on("data", log);
  process.once("error", (error) => api.close(error));
  process.once("exit", (code) => api.close(new Error(`the function ended with exit code ${code}`)));
  return { executable, api, process };
}

/** Ends the wait where Lambda would end the function. */
async function invokeInTime(
  api: RuntimeApi,
  { id, timeout, streamsTo }: LocalFunction,
  event: unknown,
  requestId: string,
): Promise<LocalResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<LocalResult>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "timed-out" }), timeout * 1000);
  });
  const answer = api.invoke({
    requestId,
    functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${id}`,
    deadline: Date.now() + timeout * 1000,
    event,
    ...(streamsTo === undefined ? {} : { streamsTo }),
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
