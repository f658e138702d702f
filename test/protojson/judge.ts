/**
 * `npm run test:protojson`: asks Go's protojson again what `fixtures/vectors/protojson` has as its answers, and compares. With
 * `-- --write` it writes them down in place of that. Go's errors are kept for the reader; their words are not compared.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildImage, type FileTexts, withFiles } from "../support/buf.js";
import { allQuestions } from "./questions.js";
import { readProtos, type Vector, vectorsFolder } from "./vectors.js";

const program = resolve("test/protojson/judge");

if (spawnSync("go", ["version"]).status !== 0) {
  console.log("protojson not asked: there is no Go on this machine");
  console.log("0 passed, 0 failed, 1 skipped");
} else {
  const answers = { "answers.jsonl": askMessages(readProtos()), "floats.txt": run(["floats"], "") };
  if (process.argv.includes("--write")) write(answers);
  else compare(answers);
}

function askMessages(protos: FileTexts): string {
  const folder = mkdtempSync(join(tmpdir(), "protojson-"));
  try {
    const image = join(folder, "image.binpb");
    writeFileSync(
      image,
      withFiles(protos, (files) => buildImage(files)),
    );
    const questions = allQuestions(protos).map((question) => JSON.stringify(question));
    const answers = run(["messages", image], `${questions.join("\n")}\n`)
      .trim()
      .split("\n");
    return answers.map((answer, index) => `{"asked":${questions[index]},"answer":${answer}}\n`).join("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], input: string): string {
  return execFileSync("go", ["run", ".", ...args], { cwd: program, input, encoding: "utf8", maxBuffer: 2 ** 28 });
}

function write(files: FileTexts): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(vectorsFolder, path), text);
}

function compare(files: FileTexts): void {
  let passed = 0;
  let failed = 0;
  for (const [path, text] of Object.entries(files)) {
    const kept = readFileSync(join(vectorsFolder, path), "utf8").split("\n").map(withoutError);
    const found = text.split("\n").map(withoutError);
    for (let line = 0; line < Math.max(kept.length, found.length); line++) {
      if (kept[line] === found[line]) passed++;
      else {
        failed++;
        console.log(`${path}:${line + 1}\n  kept  ${kept[line]}\n  found ${found[line]}`);
      }
    }
  }
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** protojson puts spaces into its errors at random. */
function withoutError(line: string): string {
  if (!line.startsWith("{")) return line;
  const { asked, answer } = JSON.parse(line) as Vector;
  return JSON.stringify({ asked, answer: "refused" in answer ? { refused: answer.refused } : answer });
}
