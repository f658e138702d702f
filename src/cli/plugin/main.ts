/** Entry point of the plugin: a request on stdin, a response on stdout. */
import { writeResponse } from "./code-generator.js";
import { runPlugin } from "./run-plugin.js";

/** A request holds descriptors of all files; all of googleapis are 87 MB. */
const maxRequestBytes = 1024 * 1024 * 1024;

/** Answers the request of `process`. Errors of the input are part of the response; the exit code is 0 with them, as protoc wants it. */
export async function pluginMain(process: NodeJS.Process): Promise<void> {
  if (process.argv.length > 2 || process.stdin.isTTY) {
    process.stderr.write(
      "protoc-gen-grpc2lambda is run by buf or protoc: see docs/adopting.md#a-plugin-of-buf-and-protoc\n",
    );
    process.exitCode = 2;
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxRequestBytes) throw new Error("the request is larger than 1 GB");
    chunks.push(chunk);
  }
  const warn = (text: string): void => void process.stderr.write(text);
  const response = await runPlugin(Buffer.concat(chunks), process.cwd(), warn);
  process.stdout.write(writeResponse(response));
}
