/** The scripts of `completion` in the shells that they are for. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "g2l-completion-"));
  for (const name of ["settings.yaml", "a service.proto"]) writeFileSync(join(folder, name), "");
  for (const shell of ["bash", "zsh", "fish"]) {
    const { exitCode, stdout, stderr } = await runCli(folder, "completion", shell);
    expect([exitCode, stderr]).toEqual([0, ""]);
    writeFileSync(join(folder, `script.${shell}`), stdout);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a shell prints for a script. */
function runShell(shell: string, flags: readonly string[], script: string, ...args: readonly string[]): string[] {
  const options = { cwd: folder, encoding: "utf8", timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(shell, [...flags, script, ...args], options);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.split("\n").filter((line) => line !== "");
}

function has(shell: string): boolean {
  const found = spawnSync(shell, ["--version"]).status === 0;
  if (!found) console.log(`skipped: ${shell} is not there`);
  return found;
}

/** A command line, and what completes its last word. */
const lines: readonly (readonly [string, readonly string[]])[] = [
  ["grpc2lambda ex", ["explain"]],
  ["grpc2lambda completion ", ["bash", "fish", "zsh"]],
  ["grpc2lambda help ge", ["generate"]],
  ["grpc2lambda generate --front-d", ["--front-door"]],
  ["grpc2lambda generate --front-door ", ["alb", "function-url", "http-api", "rest-api"]],
  ["grpc2lambda generate --skip a.B --target t", ["terraform"]],
  ["grpc2lambda dev --port ", []],
];

/** The words in which completion of a line ends; `COMPREPLY` is what bash shows. */
const bashScript = `
source script.bash
complete -p grpc2lambda >/dev/null || exit 1
compopt() { :; }
for line in "$@"; do
  COMP_WORDS=($line); [[ "$line" == *" " ]] && COMP_WORDS+=("")
  COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
  _grpc2lambda
  echo "$line: \${COMPREPLY[*]}"
done`;

describe.skipIf(process.platform === "win32")("bash", () => {
  const bash = (...args: readonly string[]): string[] => runShell("bash", ["-c"], bashScript, "bash", ...args);

  test("completes commands, options and their values", () => {
    const found = bash(...lines.map(([line]) => line)).map((line) => line.split(": "));
    const sorted = found.map(([line, words = ""]) => [line, words.split(" ").filter(Boolean).sort()]);
    expect(sorted).toEqual(lines);
  });

  test("completes values behind an equals sign, which bash takes for a word", () => {
    expect(bash("grpc2lambda generate --front-door = r", "grpc2lambda generate --front-door =")).toEqual([
      "grpc2lambda generate --front-door = r: rest-api",
      "grpc2lambda generate --front-door =: http-api rest-api alb function-url",
    ]);
  });

  test("knows every command and every option of the help", async () => {
    const program = (await runCli(folder, "--help")).stdout;
    const commands = [...program.matchAll(/^ {2}(\w+) (?:\[|<| )/gm)].map(([, name = ""]) => name);
    expect(commands.length).toBeGreaterThan(15);
    const completed = bash("grpc2lambda ", ...commands.map((name) => `grpc2lambda ${name} -`), "grpc2lambda -");
    expect(completed[0]).toBe(`grpc2lambda : ${commands.join(" ")}`);
    expect(completed.at(-1)).toBe("grpc2lambda -: -V --version -h --help");
    for (const [at, name] of commands.filter((one) => one !== "help").entries()) {
      const { stdout } = await runCli(folder, name, "--help");
      const options = [...stdout.matchAll(/^ {2}(?:(-\w), )?(--[\w-]+)/gm)].flatMap(([, short, long]) =>
        [short, long].filter((one) => one !== undefined),
      );
      expect(options).toContain("--help");
      expect([name, completed[at + 1]?.split(": ")[1]?.split(" ").sort()]).toEqual([name, options.sort()]);
    }
  });

  test.each([["generate --config set"], ["generate a"]])("leaves the path in %s to readline", (line) => {
    const script = `source script.bash; COMP_WORDS=(grpc2lambda ${line}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _grpc2lambda; echo "[\${COMPREPLY[*]}]"; complete -p grpc2lambda`;
    expect(runShell("bash", ["-c"], script)).toEqual([
      "[]",
      "complete -o bashdefault -o default -F _grpc2lambda grpc2lambda",
    ]);
  });
});

/** A line editor in a terminal of its own, with a key that writes down what matches. */
const zshScript = `
zmodload zsh/zpty
out=$PWD/matches
: > $out
zpty child zsh -f -i
zpty -w child "PS1=; autoload -Uz compinit; compinit -D -u; source script.zsh
compadd() {
  local found=()
  if (( \\\${@[(I)-(O|A|D)]} )); then builtin compadd \\"\\$@\\"; return; fi
  builtin compadd -O found \\"\\$@\\"; print -l -- \\$found >> $out; builtin compadd \\"\\$@\\"
}
capture() { _main_complete; print END >> $out }
zle -C capture complete-word capture; bindkey '^X' capture; print READY >> $out"
repeat 200; do grep -q READY $out && break; sleep 0.1; done
zpty -w -n child "$1"$'\\C-x'
repeat 200; do grep -q END $out && break; sleep 0.1; done
zpty -d child
grep -v 'READY\\|END' $out || true`;

describe.skipIf(process.platform === "win32" || !has("zsh"))("zsh", () => {
  const paths = [["grpc2lambda generate --config set", ["settings.yaml"]]] as const;
  // Each starts a shell that loads its completion system.
  test.each([...lines.filter((_, at) => at % 3 === 1), ...paths])("%s", { timeout: 90_000 }, (line, words) => {
    expect(runShell("zsh", ["-f", "-c"], zshScript, "zsh", line).sort()).toEqual(words);
  });
});

describe.skipIf(process.platform === "win32" || !has("fish"))("fish", () => {
  const paths = [
    ["grpc2lambda generate --config set", ["settings.yaml"]],
    ["grpc2lambda generate a", ["a service.proto"]],
  ] as const;
  test.each([...lines, ...paths])("%s", (line, words) => {
    const found = runShell("fish", ["-c"], 'source script.fish; complete -C "$argv[1]"', line);
    expect(found.map((one) => one.split("\t")[0]).sort()).toEqual(words);
  });
});
