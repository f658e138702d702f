/** staticcheck, built once by the Go module proxy's pinned version into the cache. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const version = "v0.8.2";

/** The path of the program. */
export function staticcheck() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const bin = join(cache, "grpc2lambda", "go", `staticcheck-${version}`);
  if (!existsSync(join(bin, "staticcheck"))) {
    mkdirSync(bin, { recursive: true });
    const env = { ...process.env, GOBIN: bin, GOFLAGS: "", GOWORK: "off" };
    execFileSync("go", ["install", `honnef.co/go/tools/cmd/staticcheck@${version}`], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
  }
  return join(bin, "staticcheck");
}
