/** Python tools in virtual environments, outside of the work tree, and commands. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "grpc2lambda");

/** Runs a command; gives its exit code and all that it printed. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 512 * 1024 * 1024,
    timeout: 600_000,
    ...options,
  });
  return { status: error === undefined ? status : -1, stdout: stdout ?? "", stderr: `${stderr ?? ""}${error ?? ""}` };
}

/** The folder of a virtual environment with `packages`, or the reason why there is none. */
export function pythonTools(name, packages) {
  const folder = join(cache, name);
  if (existsSync(join(folder, "complete"))) return { folder };
  const python = ["python3.13", "python3.12", "python3.11", "python3"].find(
    (each) => run(each, ["--version"]).status === 0,
  );
  if (python === undefined) return { missing: "there is no Python" };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const made = run(python, ["-m", "venv", folder]);
  if (made.status !== 0) return { missing: `python -m venv failed: ${firstLine(made.stderr)}` };
  const pip = run(join(folder, "bin/pip"), ["install", "-q", "--disable-pip-version-check", ...packages]);
  if (pip.status !== 0) return { missing: `pip install failed: ${firstLine(pip.stderr)}` };
  writeFileSync(join(folder, "complete"), packages.join("\n"));
  return { folder };
}

/** The first line of what a command printed. */
export function firstLine(text) {
  return text.trim().split("\n")[0];
}
