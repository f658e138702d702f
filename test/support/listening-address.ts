/** Servers of the command line in tests. */
import type { ChildProcess } from "node:child_process";

/** The address that a server prints when it listens, and all that it has printed. Throws with that if it does not. */
export async function listeningAddress(
  server: ChildProcess,
): Promise<{ readonly address: string; readonly output: () => string }> {
  let output = "";
  for (const stream of [server.stdout, server.stderr])
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  for (let round = 0; round < 300; round++) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
    if (address !== undefined) return { address, output: () => output };
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`dev does not listen\n${output}`);
}
