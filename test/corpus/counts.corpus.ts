/** All of googleapis, read from source: what is in it, what the tool finds wrong with it, and what buf reads instead. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasErrors } from "../../src/diagnostics.js";
import { type LoadResult, loadProtos } from "../../src/proto/load.js";
import { findBufErrors } from "../support/buf.js";
import { compareCorpus } from "./differential.js";
import { countDeclarations, listCorpus, omittedFiles, stageCorpus } from "./googleapis.js";
import { countByCode, planPackages } from "./packages.js";

describe("read from source", () => {
  let folder = "";
  let loaded: LoadResult = { files: [], targets: [], diagnostics: [] };
  beforeAll(() => {
    folder = stageCorpus(listCorpus());
    loaded = loadProtos({ protos: ["."], includePaths: ["."], cwd: folder });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has no findings", () => {
    expect(countByCode(loaded.diagnostics)).toEqual({});
    expect(loaded.targets).toEqual(listCorpus());
  });

  it("is the same as in buf's image", () => {
    expect(compareCorpus(folder, loaded)).toEqual([]);
  });

  it("has what is known of it", () => {
    const counts = countDeclarations(loaded.files);
    console.table(counts);
    expect(counts).toEqual({
      files: 8043,
      messages: 48530,
      fields: 164958,
      services: 1966,
      RPCs: 13458,
      "streaming RPCs": 148,
      "RPCs with a rule": 13307,
      bindings: 15381,
      "additional bindings": 2074,
      get: 5698,
      post: 6358,
      put: 88,
      patch: 1580,
      delete: 1657,
      custom: 0,
      "body *": 3911,
      "body field": 3949,
      response_body: 0,
      "paths with a verb": 4367,
      "paths with **": 139,
      "paths with a nested variable": 1376,
    });
  });

  it("is planned package by package", () => {
    const { diagnostics, ...counts } = planPackages(loaded.files);
    console.table(counts);
    const found = countByCode(diagnostics);
    console.table(found);
    expect(counts).toEqual({ packages: 489, methods: 13269, routes: 15312, functions: 11764 });
    expect(found).toEqual({
      "HR002 warning": 16,
      "HR015 error": 16,
      "HR016 info": 37,
      "HR017 info": 16,
      "HR020 error": 2,
      "HR020 warning": 52,
      "HR021 warning": 38,
      "HR022 warning": 12,
      "HR032 warning": 4,
      "PL003 error": 13,
      "PL004 warning": 73,
      "PL005 warning": 3,
      "PL006 warning": 67,
      "PL007 warning": 37,
    });
  });
});

/** Each on its own. */
it("refuses those of the omitted files that buf refuses", () => {
  const verdicts = omittedFiles.map((path) => {
    const folder = stageCorpus([path]);
    try {
      const { diagnostics } = loadProtos({ protos: ["."], includePaths: ["."], cwd: folder });
      return [path, hasErrors(diagnostics), findBufErrors(folder).length > 0];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  expect(verdicts).toEqual([
    ["google/protobuf/compiler/ruby/ruby_generated_code.proto", true, true],
    ["google/protobuf/compiler/ruby/ruby_generated_code_proto2.proto", true, true],
    ["google/protobuf/compiler/ruby/ruby_generated_code_proto2_import.proto", false, false],
    ["google/protobuf/compiler/ruby/ruby_generated_pkg_explicit.proto", false, false],
    ["google/protobuf/compiler/ruby/ruby_generated_pkg_explicit_legacy.proto", false, false],
    ["google/protobuf/compiler/ruby/ruby_generated_pkg_implicit.proto", false, false],
    ["google/protobuf/util/json_format.proto", false, false],
    ["google/protobuf/util/json_format_proto3.proto", true, true],
  ]);
});
