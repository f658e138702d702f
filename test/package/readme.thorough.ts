/** The README's first run, pasted into a shell: what it says must come out. Only the registry's package and the port are exchanged. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "g2l-readme-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The shell blocks of a section, in order. */
function shellBlocks(section: string): string {
  const text = readme.split(`## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join("\n");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

test.skipIf(process.platform === "win32")(
  "the first run gives the answer that the README shows",
  async () => {
    const flags = ["--json", "--ignore-scripts", "--pack-destination", folder];
    const json = execFileSync("npm", ["pack", ...flags], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [entry] = Object.values<{ filename: string }>(JSON.parse(json));
    const answer = /The answer is `(.+?)`/.exec(readme)?.[1] ?? "";
    const script = shellBlocks("First run")
      .replace(
        "--save-dev grpc2lambda",
        `--save-dev --prefer-offline --no-audit --no-fund ${join(folder, entry?.filename ?? "")}`,
      )
      .replaceAll("3000", String(await freePort()));
    // Into a file: a server that outlives a failed script would hold a pipe open.
    const log = join(folder, "log");
    const output = openSync(log, "w");
    const shell = spawn("bash", ["-e", "-m", "-c", script], {
      cwd: folder,
      stdio: ["ignore", output, output],
      detached: true,
    });
    const [status] = await once(shell, "exit");
    // `kill %1` reaches what npx has started only in a shell with a terminal.
    if (shell.pid !== undefined) killGroup(shell.pid);
    closeSync(output);
    const stdout = readFileSync(log, "utf8");
    expect(status, stdout).toBe(0);
    expect(answer).not.toBe("");
    expect(stdout).toContain(answer);
  },
  300_000,
);
