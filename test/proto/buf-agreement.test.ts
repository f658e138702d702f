/** What buf accepts is accepted, and what it rejects is rejected, but for differences decided here. */
import { expect, test } from "vitest";
import { loadProtos } from "../../src/proto/load.js";
import { findBufErrors, googleApiFiles, withFiles } from "../support/buf.js";
import { formPath, formText, sharedFiles, validityForms } from "./validity-forms.js";

/** What buf accepts and we reject; protoc rejects all of these. */
const stricter: Readonly<Record<string, string>> = {
  "proto3: enum by number": "options name enum values; only text format allows numbers",
  "proto3: int32 as exponent": "an integer has no exponent, whatever its value",
  "proto3: double word": "a double is a number, inf or nan",
  "proto3: enum unknown number": "the enum is closed",
  "proto3: required missing": "the message is not complete",
  "proto3: json name in brackets": "brackets mark extensions in JSON",
  "proto3: json name that is not UTF-8": "no JSON text can have it, and a descriptor set with it cannot be read",
  "proto3: json name with NUL": "no JSON writer of protobuf can print it",
  "proto3: type named like a keyword": "it starts a nested message; the full name says what is meant",
  "proto2: default enum number": "the default of an enum is a name",
  "proto2: enum in a map, first value not zero": "a missing map value stands for zero",
  "2023: default without presence": "the default could not be told from zero",
  "2023: default in a file without presence": "the default could not be told from zero",
};

/** What buf rejects and we accept. */
const laxer: Readonly<Record<string, string>> = {
  "proto3: double f suffix": "text format has it: 1.5f",
  "proto3: group by its name": "text format names groups by their type",
  "proto3: conflicts allowed": "deprecated_legacy_json_field_conflicts makes it a warning, as in protoc",
};

const verdicts = withFiles(
  {
    ...sharedFiles,
    ...Object.fromEntries(validityForms.map((form, index) => [formPath(index), formText(form, index)])),
  },
  (cwd) => loadProtos({ cwd, protos: ["."], includePaths: ["."] }).diagnostics,
);
const rejected = new Set(
  verdicts.filter((diagnostic) => diagnostic.severity === "error").map((diagnostic) => diagnostic.location?.file),
);
const rejectedByBuf = withFiles(
  {
    ...sharedFiles,
    ...googleApiFiles(),
    ...Object.fromEntries(validityForms.map((form, index) => [formPath(index), formText(form, index)])),
  },
  (folder) => new Set(findBufErrors(folder).map((error) => error.path)),
);

test("the files that forms import are right", () => {
  const wrong = [...rejected, ...rejectedByBuf].filter((path) => !path?.startsWith("forms/"));
  expect(wrong).toEqual([]);
});

test("forms have names of their own, and every decided difference is one of them", () => {
  const names = validityForms.map((form) => form.name);
  expect(new Set(names).size).toBe(names.length);
  expect([...Object.keys(stricter), ...Object.keys(laxer)].filter((name) => !names.includes(name))).toEqual([]);
});

test.each(validityForms.map((form, index) => [form.name, index] as const))("%s", (name, index) => {
  const path = formPath(index);
  const expected = name in stricter ? "accepted by buf only" : name in laxer ? "accepted by us only" : "agreed";
  expect(compareVerdicts(rejected.has(path), rejectedByBuf.has(path))).toBe(expected);
});

function compareVerdicts(ours: boolean, theirs: boolean): string {
  if (ours === theirs) return "agreed";
  return ours ? "accepted by buf only" : "accepted by us only";
}
