/** The work of `dev`: generate, bundle, serve, and all of it again when something changes. */
import type { AddressInfo } from "node:net";
import { stripVTControlCharacters } from "node:util";
import { authsOf } from "../plan/auth/auth-groups.js";
import { authText } from "../plan/auth/auth-identity.js";
import { ownHandlerOf } from "../plan/auth/own-authorizer.js";
import type { GoOptions, Plan } from "../plan/plan.js";
import type { Flags } from "./config/flags.js";
import { readSettings } from "./config/settings.js";
import { displayPath } from "./config/project-paths.js";
import { type LocalDoor, localDoor } from "./dev/local-door.js";
import { functionsById } from "./dev/local-routes.js";
import { BundleError, type BundleReport } from "../build/bundler.js";
import { readableLine } from "./dev/readable-line.js";
import { linkProject } from "./dev/link-project.js";
import { type LocalFunctions, mostAtStart, startLocalFunctions } from "./dev/local-functions.js";
import { describeRequest } from "./dev/request-log.js";
import { startGoProgram } from "./dev/go-program.js";
import { programFunctions } from "./dev/program-functions.js";
import { createDevServer } from "./dev/server.js";
import { type InputWatch, type InputWatcher, watchInputs } from "./dev/watch-inputs.js";
import { exitCodes } from "./exit-codes.js";
import { generateProject, outputsOf } from "./run-generate.js";
import { temporaryFolder } from "./temporary-folder.js";
import { type Terminal, tell, wantsColor } from "./terminal.js";

/** Flags of `dev` alone. */
export interface DevOptions {
  readonly port: number;
  readonly host: string;
  /** Further names that requests may be for. */
  readonly names: readonly string[];
  readonly watch: boolean;
}

/** One generation that is being served. */
interface Served {
  readonly plan: Plan;
  readonly door: LocalDoor;
  readonly functions: LocalFunctions;
}

/** Serves until the process is interrupted; gives the exit code. */
export async function runDev(
  protos: readonly string[],
  flags: Flags,
  options: DevOptions,
  terminal: Terminal,
): Promise<number> {
  const { settings } = await readSettings(protos, flags, terminal.cwd);
  const root = settings?.root ?? terminal.cwd;
  const go = settings?.request.plan.go;
  const folder = temporaryFolder("dev");
  const outDir = folder.path;
  const generate = (heard = terminal) => generateProject(protos, flags, { format: "text", force: false }, heard);
  const start = async (plan: Plan): Promise<Served> => ({
    plan,
    door: localDoor(plan),
    functions: await (go === undefined
      ? bundle(plan, root, outDir, options, terminal)
      : compile(go, outDir, options, terminal)),
  });
  try {
    const plan = (await generate())?.plan;
    if (plan === undefined) return exitCodes.badInput;
    const state: { served: Served; problem: string | undefined } = { served: await start(plan), problem: undefined };
    const regenerate = async (): Promise<void> => {
      const findings = listen(terminal);
      const changed = (await generate(findings.terminal))?.plan;
      state.problem = changed === undefined ? findings.heard() : undefined;
      if (changed === undefined) return;
      await state.served.functions.dispose();
      state.served = await start(changed);
    };
    try {
      const input: InputWatch = {
        root,
        settings: async () => (await readSettings(protos, flags, terminal.cwd)).settings,
        imported: () => state.served.plan.model.files.map(({ path }) => path),
        outputs: () => outputsOf(root, state.served.plan),
        changed: regenerate,
        unwatched: (folder) =>
          terminal.stderr.write(
            `${displayPath(terminal.cwd, folder)} is not watched: restart dev after changes in it\n`,
          ),
      };
      await serve(state, options, terminal, () => watchInputs(input));
    } finally {
      await state.served.functions.dispose();
    }
    return exitCodes.clean;
  } catch (error) {
    if (!isUserError(error)) throw error;
    // The bundler has reported what does not bundle.
    if (!(error instanceof BundleError)) terminal.stderr.write(`${error.message}\n`);
    return exitCodes.badInput;
  } finally {
    folder.remove();
  }
}

/** A terminal that passes everything on, and what went to its stderr so far, without colours. */
function listen(terminal: Terminal): { readonly terminal: Terminal; readonly heard: () => string } {
  const texts: string[] = [];
  const { isTTY = false } = terminal.stderr;
  const write = (text: string): unknown => {
    texts.push(text);
    return terminal.stderr.write(text);
  };
  return {
    terminal: { ...terminal, stderr: { isTTY, write } },
    heard: () => stripVTControlCharacters(texts.join("")).trim(),
  };
}

/** Listens until the process is interrupted. */
async function serve(
  state: { readonly served: Served; readonly problem: string | undefined },
  options: DevOptions,
  terminal: Terminal,
  watch: () => Promise<InputWatcher>,
): Promise<void> {
  const color = wantsColor(terminal.stdout, terminal.env);
  const server = createDevServer({
    current: () => ({ ...state.served, problem: state.problem }),
    host: options.host,
    names: options.names,
    served: (request) => terminal.stdout.write(`${describeRequest(request, state.served.plan, color)}\n`),
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  terminal.stdout.write(`Listening on ${addressOf(server.address() as AddressInfo)}\n`);
  terminal.stdout.write(uncheckedCallers(state.served.plan));
  const strays = terminal.strayErrors((error) => terminal.stderr.write(describeStray(error)));
  const interrupted = terminal.interrupted();
  const watcher = options.watch ? await watch() : undefined;
  await interrupted;
  await watcher?.close();
  strays.ignore();
  server.closeAllConnections();
  server.close();
}

/** Says once that nobody checks callers here; nothing for an API that is open, or whose authorizers run here. */
function uncheckedCallers(plan: Plan): string {
  const asked = authsOf(plan).filter((auth) => auth.kind !== "none" && ownHandlerOf(auth) === undefined);
  const who = plan.authorizers.length === 0 ? "Callers" : "Other callers than those of authorizers";
  return asked.length === 0
    ? ""
    : `${who} are not checked here; deployed routes ask for ${asked.map(authText).join(", ")}\n`;
}

/** Lambda ends the process that runs the function, and with it every request in it; here they go on. */
function describeStray(error: unknown): string {
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `A handler left an error that nothing awaits or catches; Lambda would end the function, and the request with it:\n${shown}\n`;
}

function addressOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Handlers that do not bundle, a port that is taken. */
function isUserError(error: unknown): error is Error {
  return error instanceof BundleError || (error instanceof Error && "syscall" in error && error.syscall === "listen");
}

async function compile(
  { folder, outDir: path }: GoOptions,
  outDir: string,
  { watch }: DevOptions,
  terminal: Terminal,
): Promise<LocalFunctions> {
  const report = (outcome: BundleReport): void => {
    if (outcome.kind === "failed") terminal.stderr.write(`${outcome.errors.join("\n")}\n`);
    else tell(terminal, outcome.first ? "Compiled\n" : "Compiled again\n");
  };
  const program = await startGoProgram({ module: folder, package: path, outDir }, watch, report);
  // Without watching, nothing would ever compile what does not compile now. The compiler has said why.
  if (program.current() === undefined && !watch) throw new BundleError("");
  return programFunctions(program, terminal.env, (text) => terminal.stderr.write(text));
}

function bundle(
  plan: Plan,
  root: string,
  outDir: string,
  { watch }: DevOptions,
  terminal: Terminal,
): Promise<LocalFunctions> {
  const functions = [...functionsById(plan).values()];
  const together = functions.length <= mostAtStart;
  if (!together) tell(terminal, `${functions.length} functions, bundled at their first request\n`);
  const report = (outcome: BundleReport): void => {
    if (outcome.kind === "failed") terminal.stderr.write(`${outcome.errors.join("\n")}\n`);
    else if (!outcome.first) tell(terminal, "Bundled again\n");
    else if (together) tell(terminal, `Bundled ${functions.length} functions\n`);
  };
  const color = wantsColor(terminal.stdout, terminal.env);
  const log = (line: string): void => {
    const shown = readableLine(line, color);
    if (shown !== undefined) terminal.stdout.write(`${shown}\n`);
  };
  linkProject(root, outDir, plan.build);
  return startLocalFunctions({ root, functions, outDir, minify: false, log }, watch, report);
}
