/** `traffic`: who answers each RPC, and what a share can show. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { viewCanary } from "../../src/migrate/traffic/canary-view.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const dependencies = `protos: [library.proto]
dependencies: { old: { address: "library.internal:50051" } }
`;

let project: TemporaryProject;
beforeAll(() => {
  project = createProject({ "library.proto": libraryProto });
});
afterAll(() => project.remove());

/** The lines about the two RPCs, and how many RPCs are where. */
async function shown(config: string, ...words: readonly string[]): Promise<string[]> {
  project.put("grpc2lambda.yaml", `${dependencies}${config}\n`);
  const { exitCode, stdout, stderr } = await runCli(project.root, "traffic", ...words);
  expect(exitCode, stderr).toBe(0);
  return stdout.split("\n").filter((line) => line !== "");
}

test.each([
  ["", "its code", "2 moved"],
  ["implementation: proxy", "old (proxy)", "2 proxied"],
  ["traffic: {}", "old", "2 old"],
  ["traffic: { share: 0.5 }", "0.5 % new code, 99.5 % old", "2 canary"],
  ["traffic: { share: 99.9 }", "99.9 % new code, 0.1 % old", "2 canary"],
  ["traffic: { share: 100 }", "new code, old still there", "2 new"],
])("%s", async (config, answeredBy, sum) => {
  const [, getShelf = "", , last] = await shown(config);
  expect(getShelf).toMatch(/^LibraryService\.GetShelf /);
  expect(getShelf.slice(getShelf.indexOf(" ")).trim()).toBe(answeredBy);
  expect(last).toBe(sum);
});

test("a row has testers, the key and the fallback, and each share what it can show", async () => {
  const lines = await shown(
    `traffic: { share: 10, testers: ["header:X-Canary=1", "query:canary"], sticky: "cookie:session", fallback: true }
methods: { acme.library.v1.LibraryService.MergeShelves: { traffic: { share: 50 } } }`,
    "--requests",
    "100000",
  );
  expect(lines).toEqual([
    "RPC                          answered by              testers                         key             fallback",
    "LibraryService.GetShelf      10 % new code, 90 % old  header:x-canary=1 query:canary  cookie:session  yes",
    "LibraryService.MergeShelves  50 % new code, 50 % old  header:x-canary=1 query:canary  cookie:session",
    "2 canary",
    "100000 requests a month are 2.3 a minute, if they come evenly",
    "10 % for 5 minutes is 1 request; 100, in which an error of 1 in 100 shows two times of three, take 8 hours",
    "50 % for 5 minutes is 6 requests; 100, in which an error of 1 in 100 shows two times of three, take 88 minutes",
  ]);
});

test("a parameter may have other shares", async () => {
  expect((await shown("traffic: { parameter: /library/traffic }")).at(-1)).toBe(
    "the parameter /library/traffic goes before these shares: aws ssm get-parameter --name /library/traffic",
  );
});

test("--json has the same", async () => {
  project.put("grpc2lambda.yaml", `${dependencies}traffic: { share: 25 }\n`);
  const { stdout } = await runCli(project.root, "traffic", "--json", "--requests", "43800");
  const { rpcs, ...others } = JSON.parse(stdout);
  expect(rpcs[0]).toEqual({
    rpc: "acme.library.v1.LibraryService.GetShelf",
    kind: "canary",
    old: "old",
    share: 25,
    testers: [],
    sticky: null,
    fallback: false,
    parameter: null,
  });
  expect(others).toEqual({ requestsOfMonth: 43800, canaries: [{ share: 25, requests: 1.25, minutes: 400 }] });
});

test("a month has 730 hours", () => {
  expect(viewCanary(10, 4_380_000)).toEqual({ share: 10, requests: 50, minutes: 10 });
});
