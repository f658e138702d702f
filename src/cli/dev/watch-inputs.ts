/** Tells when protos or the configuration change. */
import { watch } from "node:fs";
import { dirname, resolve } from "node:path";
import { defaultConfigFile, type Settings } from "../config/settings.js";

/** How long changes must rest before they are acted on, in milliseconds: editors write in several steps. */
const settleTime = 100;

/** Watches the folders of the inputs until it is closed; a change during a run leads to one more run. */
export function watchInputs(
  root: string,
  settings: Settings | undefined,
  changed: () => Promise<void>,
): { readonly close: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const schedule = (file: string | null): void => {
    if (file === null || !/\.(proto|ya?ml|binpb)$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, settleTime);
  };
  const watchers = inputFolders(root, settings).flatMap(({ folder, recursive }) => {
    try {
      return [watch(folder, { recursive }, (_, file) => schedule(file))];
    } catch {
      return [];
    }
  });
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function inputFolders(root: string, settings: Settings | undefined): { folder: string; recursive: boolean }[] {
  const load = settings?.request.load;
  const cwd = load?.cwd ?? root;
  const protos = (load?.protos ?? []).map((path) => resolve(cwd, path));
  const folders = new Map<string, boolean>([[dirname(resolve(root, defaultConfigFile)), false]]);
  for (const path of protos) {
    if (path.endsWith(".proto")) folders.set(dirname(path), false);
    else folders.set(path, true);
  }
  if (load?.descriptorSet !== undefined) folders.set(dirname(resolve(cwd, load.descriptorSet)), false);
  return [...folders].map(([folder, recursive]) => ({ folder, recursive }));
}
