/** Tells when protos or the configuration change. */
import { existsSync, type FSWatcher, statSync, watch } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathInside } from "../../path-inside.js";
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
  /** Files and folders (absolute) that the run itself writes. */
  readonly outputs: () => readonly string[];
  /** Runs after changes, never twice at a time. */
  readonly changed: () => Promise<void>;
  /** Hears of a folder that the system does not watch, once. */
  readonly unwatched: (folder: string) => void;
}

/** A watch that goes on. */
export interface InputWatcher {
  /** Ends it; resolves when the run under way has ended. */
  close(): Promise<void>;
}

/** Watches the folders of the inputs until it is closed; a change during a run leads to one more run. */
export async function watchInputs(input: InputWatch): Promise<InputWatcher> {
  const watched = new Map<string, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let running = Promise.resolve();
  const schedule: Schedule = (folder, file) => {
    if (closed || file === null || !mayBeInput(file)) return;
    if (input.outputs().some((output) => pathInside(output, join(folder, file)) !== undefined)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(input.changed).then(follow);
    }, settleTime);
  };
  const follow = async (): Promise<void> => {
    const settings = await input.settings();
    const folders = [...inputFolders(input.root, settings), ...importFolders(settings, input.imported())];
    if (!closed) followFolders(watched, folders, schedule, input.unwatched);
  };
  await follow();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const { watcher } of watched.values()) watcher?.close();
      return running;
    },
  };
}

/** Hears of a change in a watched folder (absolute). */
type Schedule = (folder: string, file: string | null) => void;

/** An input, or a folder that may hold some: one that is moved is one event. Editors' own files and packages are neither. */
function mayBeInput(file: string): boolean {
  const parts = file.split(/[/\\]/);
  if (parts.some((part) => part.startsWith(".") || part === "node_modules")) return false;
  return /\.(?:proto|ya?ml|binpb)$|^[^.]+$/.test(parts.at(-1) ?? "");
}

/** A folder, by its number on the disk: another one of the same name is not watched yet. */
interface Watched {
  readonly watcher: FSWatcher | undefined;
  readonly inode: bigint | undefined;
}

/** Starts watching what is new among `folders`. Those that are no input anymore stay: a run too many does no harm. */
function followFolders(
  watched: Map<string, Watched>,
  folders: readonly Folder[],
  schedule: Schedule,
  unwatched: (folder: string) => void,
): void {
  for (const { folder, recursive } of folders.map(nearestThere)) {
    const key = `${recursive} ${folder}`;
    const inode = inodeOf(folder);
    const known = watched.get(key);
    if (known !== undefined && known.inode === inode) continue;
    known?.watcher?.close();
    try {
      const watcher = watch(folder, { recursive }, (_, file) => schedule(folder, file));
      // A folder that is removed is no loss: the next one of its name is watched.
      watcher.on("error", () => existsSync(folder) && unwatched(folder));
      watched.set(key, { watcher, inode });
    } catch {
      watched.set(key, { watcher: undefined, inode });
      if (existsSync(folder)) unwatched(folder);
    }
  }
}

/** The folder itself, or the one above it in which it would appear. */
function nearestThere(wanted: Folder): Folder {
  let { folder } = wanted;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder === wanted.folder ? wanted : { folder, recursive: false };
}

function inodeOf(folder: string): bigint | undefined {
  return statSync(folder, { bigint: true, throwIfNoEntry: false })?.ino;
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
