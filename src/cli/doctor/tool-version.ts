/** Versions of programs on the PATH. */
import { execFile } from "node:child_process";
import type { Terminal } from "../terminal.js";

/** Milliseconds for an answer: programs in Python take a second or two. */
const patience = 10_000;

/** The first line that a program prints about its version; undefined if it is not there, or fails. The arguments are no input of the user. */
export function toolVersion(
  program: string,
  args: readonly string[],
  { cwd, env }: Pick<Terminal, "cwd" | "env">,
): Promise<string | undefined> {
  // Windows has scripts for `sam` and `buf`, which only a shell starts.
  const options = { cwd, env, timeout: patience, maxBuffer: 100_000, shell: process.platform === "win32" };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const [line = ""] = `${stdout}${stderr}`.trim().split(/\r?\n/);
      resolve(error === null && line !== "" ? line.slice(0, 200) : undefined);
    });
  });
}
