/** What Go's protojson answered, as it is kept in `fixtures/vectors/protojson`. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { FileTexts } from "../support/buf.js";
import type { Question } from "./questions.js";

export const vectorsFolder = resolve("fixtures/vectors/protojson");

/** What became of a question: the message again in both formats (bytes in base64), or what could not be done. */
export type Answer =
  | { readonly json: string; readonly binary: string }
  | { readonly refused: "decode" | "encode"; readonly error: string };

/** A question with its answer. */
export interface Vector {
  readonly asked: Question;
  readonly answer: Answer;
}

/** A finite number by its bits, and its text in JSON. */
export interface FloatVector {
  readonly kind: "float" | "double";
  readonly value: number;
  readonly text: string;
}

/** The texts of the protos by import path. */
export function readProtos(): FileTexts {
  const paths = readdirSync(vectorsFolder).filter((path) => path.endsWith(".proto"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(vectorsFolder, path), "utf8")]));
}

/** One JSON object a line. */
export function readVectors(): Vector[] {
  const text = readFileSync(join(vectorsFolder, "answers.jsonl"), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Vector);
}

/** Lines such as `f 1065353216 1`. */
export function readFloats(text: string): FloatVector[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [kind, bits = "", json = ""] = line.split(" ");
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, BigInt(bits));
      return kind === "f"
        ? { kind: "float", value: view.getFloat32(4), text: json }
        : { kind: "double", value: view.getFloat64(0), text: json };
    });
}
