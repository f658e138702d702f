/** No crash costs anything: faults at every writing call of a run, and what the next run makes of it. */
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { applyChanges } from "../../src/output/apply-changes.js";
import { compareOutput } from "../../src/output/compare.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import { type Fault, runWithFault } from "../support/faulty-disk.js";
import {
  createOutputProject,
  generatedModule,
  generatedTemplate,
  type OutputProject,
  reportOf,
  scaffold,
} from "../support/output-project.js";

const projects: OutputProject[] = [];

afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

/** Three states of an API, with every kind of change between them. */
const trees = {
  first: [
    generatedModule("gen/a.ts", "1"),
    generatedModule("gen/b.ts", "1"),
    generatedModule("gen/old/c.ts", "1"),
    generatedModule("gen/old/deep/d.ts", "1"),
    generatedModule("gen/z.ts", "1"),
    generatedTemplate("template.yaml", "1"),
    scaffold("src/handlers/a.ts"),
  ],
  second: [
    generatedModule("gen/a.ts", "2"),
    generatedModule("gen/b.ts", "1"),
    generatedModule("gen/new/deep/e.ts", "2"),
    generatedModule("gen/z.ts", "2"),
    generatedTemplate("deploy/template.yaml", "2"),
    scaffold("src/handlers/a.ts"),
    scaffold("src/handlers/b.ts"),
    scaffold("src/more/handlers/c.ts"),
  ],
  third: [
    generatedModule("gen/a.ts", "3"),
    generatedModule("gen/new/f.ts", "3"),
    generatedModule("gen/z.ts", "1"),
    generatedTemplate("template.yaml", "3"),
    scaffold("src/handlers/b.ts"),
  ],
} as const satisfies Record<string, readonly OutputFile[]>;

type TreeName = keyof typeof trees;

/** Users' files that must survive everything. */
const mine = {
  "gen/.gitattributes": "* linguist-generated\n",
  "src/handlers/a.ts": "my handler\n",
  "src/notes.txt": "notes\n",
};

/** A project that stands at `from`, or is fresh. */
function makeProject(from: TreeName | undefined): OutputProject {
  const project = createOutputProject();
  projects.push(project);
  if (from !== undefined) expect(project.report(trees[from])).toBe("");
  for (const [path, text] of Object.entries(mine)) project.put(path, text);
  return project;
}

/** Content after undisturbed runs. */
function expected(from: TreeName | undefined, ...to: readonly TreeName[]): Record<string, string> {
  const project = makeProject(from);
  for (const tree of to) expect(project.report(trees[tree])).toBe("");
  return project.contents();
}

/** `npm run test:crash` takes all faults, `npm test` some. */
const step = process.env.CRASH_FAULTS === "all" ? 1 : 7;

function faultsOf(
  from: TreeName | undefined,
  to: TreeName,
  make: (at: number) => readonly Fault[],
  every = step,
): Fault[] {
  const project = makeProject(from);
  const { calls } = runWithFault(undefined, () => project.generate(trees[to]));
  return calls.flatMap((_, at) => make(at)).filter((_, index) => index % every === 0);
}

const killedAt = (at: number): Fault[] => [
  { kind: "killed", at, half: false },
  { kind: "killed", at, half: true },
];
const failingAt = (at: number): Fault[] => [
  { kind: "once", at, code: "EIO" },
  { kind: "once", at, code: "EBUSY" },
  { kind: "full", at },
];

const starts = [
  ["a first generation", undefined, "first"],
  ["a regeneration", "first", "second"],
] as const;

describe.each(starts)("killed in %s", (_, from, to) => {
  const faults = faultsOf(from, to, killedAt);

  test("there are calls to be killed at", () => expect(faults.length * step).toBeGreaterThan(50));

  test("the next run completes it, and nothing of ours is left", () => {
    const whole = expected(from, to);
    for (const fault of faults) {
      const project = makeProject(from);
      const run = runWithFault(fault, () => project.generate(trees[to]));
      expect([fault, run.calls, run.result?.kind]).toEqual([fault, run.calls, undefined]);
      expect([fault, project.findings(trees[to]).filter((text) => /edited|unrecorded|OU/.test(text))]).toEqual([
        fault,
        [],
      ]);
      expect([fault, project.report(trees[to])]).toEqual([fault, ""]);
      expect([fault, project.contents()]).toEqual([fault, whole]);
      expect([fault, project.findings(trees[to])]).toEqual([fault, []]);
    }
  });

  test("a run of other input completes it as well", () => {
    const whole = from === undefined ? expected(undefined, "third") : expected(from, "third");
    for (const fault of faults) {
      const project = makeProject(from);
      runWithFault(fault, () => project.generate(trees[to]));
      expect([fault, project.report(trees.third)]).toEqual([fault, ""]);
      // Scaffolds of the killed run are the user's by now, with their folders.
      const found = withoutScaffolds(project.contents());
      expect([fault, found]).toEqual([fault, withoutScaffolds(whole)]);
      expect([fault, project.findings(trees.third)]).toEqual([fault, []]);
    }
  });

  describe("at any call", () => {
    /** What is on disk then, without what is the tool's own. */
    const states: (readonly [Fault, Record<string, string>])[] = [];

    beforeAll(() => {
      for (const fault of faultsOf(from, to, killedAt, 1)) {
        const project = makeProject(from);
        runWithFault(fault, () => project.generate(trees[to]));
        states.push([fault, withoutOurs(project.contents())]);
      }
    });

    test("what is the user's is as it was, and scaffolds are whole or absent", () => {
      for (const [fault, found] of states) {
        expect(found).toMatchObject(mine);
        for (const { path, content, ownership } of trees[to]) {
          if (ownership === "generated" || path in mine) continue;
          expect([fault, [content, undefined]]).toEqual([fault, expect.arrayContaining([found[path]])]);
        }
      }
    });

    test("a file that is there before and after is there, and whole", () => {
      for (const { path, content } of trees[to]) {
        const before = from === undefined ? undefined : trees[from].find((file) => file.path === path)?.content;
        if (path in mine) continue;
        for (const [fault, found] of states)
          expect([fault, [before, content]]).toEqual([fault, expect.arrayContaining([found[path]])]);
      }
    });

    test("a new manifest means that everything is in place", () => {
      const manifest = expected(from, to)["gen/manifest.json"];
      const done = states.filter(([, found]) => found["gen/manifest.json"] === manifest);
      expect(done.length).toBeGreaterThan(0);
      for (const [fault, found] of done) {
        for (const { path, content } of trees[to])
          if (!(path in mine)) expect([fault, found[path]]).toEqual([fault, content]);
      }
    });
  });

  test("an edit made afterwards is seen", () => {
    for (const fault of faults) {
      const project = makeProject(from);
      runWithFault(fault, () => project.generate(trees[to]));
      project.put("gen/a.ts", "// Code generated by grpc2lambda. DO NOT EDIT.\nmine\n");
      const before = project.contents();
      expect([fault, project.report(trees[to])]).toEqual([
        fault,
        expect.stringMatching(/error OU0(?:03|10): gen\/a\.ts /),
      ]);
      expect([fault, project.contents()]).toEqual([fault, before]);
    }
  });

  test("the run after it may be killed, too", () => {
    const whole = expected(from, to);
    for (const fault of faults.filter((_, index) => index % 7 === 0)) {
      for (let at = 0; at < (faults.length * step) / 2; at += 5) {
        const project = makeProject(from);
        runWithFault(fault, () => project.generate(trees[to]));
        runWithFault({ kind: "killed", at, half: true }, () => project.generate(trees[to]));
        expect([fault, at, project.report(trees[to])]).toEqual([fault, at, ""]);
        expect([fault, at, project.contents()]).toEqual([fault, at, whole]);
      }
    }
  });
});

/** Without users' files and their folders, and the manifest that lists them. */
function withoutScaffolds(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([path]) => !/^src\/|manifest\.json$/.test(path)));
}

describe.each(starts)("a disk that fails in %s", (_, from, to) => {
  const faults = faultsOf(from, to, failingAt);

  test("leaves the tree before or the tree after, and says which", () => {
    const [old, whole] = [expected(from), expected(from, to)];
    for (const fault of faults) {
      const project = makeProject(from);
      const outcome = reportOf(runWithFault(fault, () => project.generate(trees[to])).result);
      const found = withoutOurs(project.contents());
      // An empty folder that could not be removed waits for the next run.
      if (outcome === "") expect([fault, filesOf(found)]).toEqual([fault, filesOf(whole)]);
      else {
        expect([fault, outcome]).toEqual([fault, expect.stringMatching(/^error OU009: [^\n]* was undone, /)]);
        expect([fault, found]).toEqual([fault, old]);
      }
      expect([fault, project.report(trees[to])]).toEqual([fault, ""]);
      expect([fault, project.contents()]).toEqual([fault, whole]);
    }
  });

  test("and stays dead costs nothing that the next run cannot bring back", () => {
    const whole = expected(from, to);
    for (const fault of faultsOf(from, to, (at) => [{ kind: "dead", at }])) {
      const project = makeProject(from);
      const outcome = reportOf(runWithFault(fault, () => project.generate(trees[to])).result);
      expect([fault, outcome]).toEqual([fault, expect.stringMatching(/^(?:error OU009: .*\n.*\n)?$/)]);
      expect(project.contents()).toMatchObject(mine);
      expect([fault, project.report(trees[to])]).toEqual([fault, ""]);
      expect([fault, project.contents()]).toEqual([fault, whole]);
    }
  });

  test("with --force over edits brings the edits back", () => {
    if (from === undefined) return;
    const edit = "// Code generated by grpc2lambda. DO NOT EDIT.\nmine\n";
    for (const fault of faults) {
      const project = makeProject(from);
      for (const path of ["gen/a.ts", "gen/old/c.ts"]) project.put(path, edit);
      const outcome = reportOf(runWithFault(fault, () => project.generate(trees[to], true)).result);
      if (outcome !== "") expect(project.contents()).toMatchObject({ "gen/a.ts": edit, "gen/old/c.ts": edit });
    }
  });
});

function filesOf(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== "folder"));
}

describe("a disk without links", () => {
  const [from, to] = ["first", "second"] as const;
  const makeFaults = (make: (at: number) => readonly Fault[]): Fault[] => {
    const project = makeProject(from);
    const { calls } = runWithFault(undefined, () => project.generate(trees[to]), false);
    expect(calls.filter((name) => name === "copyFileSync").length).toBeGreaterThan(2);
    return calls.flatMap((_, at) => make(at));
  };

  test("gets the same output", () => {
    const project = makeProject(from);
    expect(reportOf(runWithFault(undefined, () => project.generate(trees[to]), false).result)).toBe("");
    expect(project.contents()).toEqual(expected(from, to));
  });

  test("is completed after a kill, but for a scaffold that had its name and no content", () => {
    const { "src/handlers/b.ts": _b, "src/more/handlers/c.ts": _c, ...rest } = expected(from, to);
    for (const fault of makeFaults(killedAt).filter((_, index) => index % step === 0)) {
      const project = makeProject(from);
      runWithFault(fault, () => project.generate(trees[to]), false);
      expect([fault, project.report(trees[to])]).toEqual([fault, ""]);
      const { "src/handlers/b.ts": b, "src/more/handlers/c.ts": c, ...found } = project.contents();
      expect([fault, found]).toEqual([fault, rest]);
      for (const [path, text] of [["src/handlers/b.ts", b] as const, ["src/more/handlers/c.ts", c] as const]) {
        expect([fault, ["", scaffold(path).content]]).toEqual([fault, expect.arrayContaining([text])]);
      }
    }
  });

  test("has nothing half-way when a call fails", () => {
    const [old, whole] = [expected(from), expected(from, to)];
    for (const fault of makeFaults(failingAt)) {
      const project = makeProject(from);
      const outcome = reportOf(runWithFault(fault, () => project.generate(trees[to]), false).result);
      const found = filesOf(withoutOurs(project.contents()));
      expect([fault, found]).toEqual([fault, filesOf(outcome === "" ? whole : old)]);
    }
  });

  test("never writes over a file that the user has put there meanwhile", () => {
    const project = makeProject(from);
    const comparison = compareOutput(project.request(trees[to]));
    project.put("src/handlers/b.ts", "mine\n");
    const staging = mkdtempSync(join(project.root, "staging-"));
    const { result } = runWithFault(undefined, () => applyChanges(comparison, staging), false);
    expect(result?.failure?.code).toBe("OU009");
    expect(project.get("src/handlers/b.ts")).toBe("mine\n");
  });
});

/** Without the tool's own folder, which is ignored by git and goes with the next run. */
function withoutOurs(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([path]) => !/(?:^|\/)\.grpc2lambda/.test(path)));
}
