/** Tells when protos or the configuration change. */
import { existsSync, type FSWatcher, watch } from "node:fs";
import { dirname, resolve } from "node:path";
import { defaultConfigFile, type Settings } from "../config/settings.js";

/** Milliseconds without a change before changes are handled: editors write in several steps. */
const settleTime = 100;

/** The inputs to watch, and the reactions to changes. */
export interface InputWatch {
  /** Absolute. */
  readonly root: string;
  /**
   * The current settings: a change of the configuration can bring other folders. Undefined while the configuration has
   * errors.
   */
  readonly settings: () => Promise<Settings | undefined>;
  /** Import paths of what was read last. */
  readonly imported: () => readonly string[];
  /** Runs after changes, never twice at a time. */
  readonly changed: () => Promise<void>;
  /** Hears of a folder that the system does not watch, once. */
  readonly unwatched: (folder: string) => void;
}

/** Watches the folders of the inputs until it is closed; a change during a run leads to one more run. */
export async function watchInputs(input: InputWatch): Promise<{ readonly close: () => void }> {
  const watchers = new Map<string, FSWatcher | undefined>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let running = Promise.resolve();
  const schedule = (file: string | null): void => {
    if (file === null || !/\.(proto|ya?ml|binpb)$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(input.changed).then(follow);
    }, settleTime);
  };
  const follow = async (): Promise<void> => {
    const settings = await input.settings();
    const folders = [...inputFolders(input.root, settings), ...importFolders(settings, input.imported())];
    if (!closed) followFolders(watchers, folders, schedule, input.unwatched);
  };
  await follow();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher?.close();
    },
  };
}

/** Starts watching what is new among `folders`. Those that are no input anymore stay: a run too many does no harm. */
function followFolders(
  watchers: Map<string, FSWatcher | undefined>,
  folders: readonly Folder[],
  schedule: (file: string | null) => void,
  unwatched: (folder: string) => void,
): void {
  for (const { folder, recursive } of folders) {
    const key = `${recursive} ${folder}`;
    if (watchers.has(key)) continue;
    try {
      const watcher = watch(folder, { recursive }, (_, file) => schedule(file));
      watcher.on("error", () => unwatched(folder));
      watchers.set(key, watcher);
    } catch {
      watchers.set(key, undefined);
      unwatched(folder);
    }
  }
}

interface Folder {
  /** Absolute. */
  readonly folder: string;
  /** Whether files below the folder are watched. */
  readonly recursive: boolean;
}

function inputFolders(root: string, settings: Settings | undefined): Folder[] {
  const { cwd, protos, descriptorSet } = settings?.request.load ?? { cwd: root, protos: [] };
  const configs = settings?.request.serviceConfigs ?? [];
  const files = [resolve(root, defaultConfigFile), descriptorSet, ...configs.map(({ file }) => file)];
  return [
    ...files.flatMap((file) => (file === undefined ? [] : folderOf(resolve(cwd, file)))),
    ...protos
      .map((path) => resolve(cwd, path))
      .flatMap((path) => (path.endsWith(".proto") ? folderOf(path) : [{ folder: path, recursive: true }])),
  ];
}

/** One by one: an include path may have far more below it, `node_modules` for one. */
function importFolders(settings: Settings | undefined, imported: readonly string[]): Folder[] {
  const { cwd, includePaths } = settings?.request.load ?? { cwd: "", includePaths: [] };
  const found = imported.map((path) =>
    includePaths.map((include) => resolve(cwd, include, path)).find((file) => existsSync(file)),
  );
  return found.flatMap((file) => (file === undefined ? [] : folderOf(file)));
}

function folderOf(file: string): Folder[] {
  return [{ folder: dirname(file), recursive: false }];
}
