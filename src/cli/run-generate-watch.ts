/** The work of `generate --watch`: once, and again after every change of an input. */
import { readSettings } from "./config/settings.js";
import type { Flags } from "./config/flags.js";
import { displayPath } from "./config/project-paths.js";
import { watchInputs } from "./dev/watch-inputs.js";
import { exitCodes } from "./exit-codes.js";
import { type GenerateOptions, type GeneratedProject, generateProject, outputsOf } from "./run-generate.js";
import type { Terminal } from "./terminal.js";

/** Generates until the process is interrupted; gives the exit code. Mistakes are reported, and do not end it. */
export async function watchAndGenerate(
  protos: readonly string[],
  flags: Flags,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<number> {
  const interrupted = terminal.interrupted();
  const state: { generated: GeneratedProject | undefined } = { generated: undefined };
  const generate = async (): Promise<void> => {
    state.generated = (await generateProject(protos, flags, options, terminal)) ?? state.generated;
  };
  await generate();
  const { settings } = await readSettings(protos, flags, terminal.cwd);
  const root = settings?.root ?? terminal.cwd;
  const watcher = await watchInputs({
    root,
    settings: async () => (await readSettings(protos, flags, terminal.cwd)).settings,
    imported: () => state.generated?.plan.model.files.map(({ path }) => path) ?? [],
    outputs: () => (state.generated === undefined ? [] : outputsOf(root, state.generated.plan)),
    changed: generate,
    unwatched: (folder) => terminal.stderr.write(`${displayPath(terminal.cwd, folder)} is not watched\n`),
  });
  terminal.stdout.write("Watching for changes\n");
  await interrupted;
  await watcher.close();
  return exitCodes.clean;
}
