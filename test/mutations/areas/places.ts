/** Where may be written, and by how many at once. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const placesMutations: readonly Mutation[] = [
  ...inFile("test/output/output-path.test.ts", [
    {
      title: "places: hooks of git are written",
      file: "src/output/output-path.ts",
      find: "/^\\.(?:git|hg|svn)$|^git~\\d+$/.test(name) || ",
      replace: "",
      name: "is refused",
    },
    {
      title: "places: workflows are written",
      file: "src/output/output-path.ts",
      find: "(index === 0 && runningFolders.has(name))",
      replace: "false",
      name: "is refused",
    },
    {
      title: "places: .GIT is another folder",
      file: "src/output/output-path.ts",
      find: '.replace(/\\p{Cf}/gu, "")\n    .toLowerCase()',
      replace: '.replace(/\\p{Cf}/gu, "")',
      name: "is refused",
    },
    {
      title: "places: nobody looks for the manifest's",
      file: "src/output/output-path.ts",
      find: "[`${outDir}/manifest.json`, ...files.map((file) => file.path)]",
      replace: "files.map((file) => file.path)",
      name: "manifest's place",
    },
    {
      title: "places: a file may be a folder",
      file: "src/output/output-path.ts",
      find: "if (inside !== undefined) diagnostics.push(fileAndFolder(path, inside));",
      replace: "",
      name: "one below the other",
    },
    {
      title: "places: a long path is shown whole",
      file: "src/output/output-path.ts",
      find: "path.length <= 200",
      replace: "path.length <= 1e6",
      name: "shown from both ends",
    },
    {
      title: "Windows: NUL.ts is a file",
      file: "src/windows-names.ts",
      find: " *(?:\\.|$)/i",
      replace: "$/i",
      name: "is refused|can be held by Windows",
    },
    {
      title: "Windows: names end as they like",
      file: "src/windows-names.ts",
      find: '.replace(/[. ]+$/, (end) => "_".repeat(end.length))',
      replace: "",
      name: "can be held by Windows",
    },
    {
      title: "scaffolds: a folder in their place counts as one",
      file: "src/output/compare.ts",
      find: 'if (entry.kind === "file" || (entry.kind === "blocked" && entry.linksToFile === true))',
      replace: 'if (entry.kind !== "outside")',
      name: "called by its name",
    },
  ]),
  ...inFile("test/output/write-lock.test.ts", [
    {
      title: "lock: nobody is kept out",
      file: "src/output/write-lock.ts",
      find: "if (owner !== undefined && isAlive(owner, running, stats.mtimeMs)) return",
      replace: "if (owner === undefined && isAlive({ ...running.self }, running, stats.mtimeMs)) return",
      name: "keeps others out|touches nothing",
    },
    {
      title: "lock: git sees it",
      file: "src/output/write-lock.ts",
      find: '    writeFileSync(join(folder, ".gitignore"), "*\\n");\n',
      replace: "",
      name: "keeps others out",
    },
    {
      title: "lock: our own id means somebody else",
      file: "src/output/write-lock.ts",
      find: "return owner.pid !== self.pid && isRunning(owner);",
      replace: "return owner.pid === self.pid || isRunning(owner);",
      name: "had the id that we have",
    },
    {
      title: "lock: a run on another machine is dead at once",
      file: "src/output/write-lock.ts",
      find: "return Date.now() - touched < longestSilence;",
      replace: "return false;",
      name: "on another machine",
    },
    {
      title: "lock: a process is known by its id alone",
      file: "src/cli/running-process.ts",
      find: "pid <= 0 || startOf(pid) !== started",
      replace: "pid <= 0",
      name: "has not the id alone",
    },
    {
      title: "lock: links with our name are removed",
      file: "src/output/write-lock.ts",
      find: "entry.isDirectory() && (entry.name",
      replace: "(entry.name",
      name: "names like ours",
    },
    {
      title: "lock: folders with names that begin like ours are removed",
      file: "src/output/write-lock.ts",
      find: "-[A-Za-z0-9]{6}$/",
      replace: "-/",
      name: "names like ours",
    },
  ]),
];
