/** googleapis as npm `google-proto-files` has it: 8,051 .proto files. */
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HttpRule, MessageDescriptor, FileDescriptor } from "../../src/proto/descriptor.js";

/** The folder that import paths are relative to. */
export const corpusRoot = dirname(createRequire(import.meta.url).resolve("google-proto-files/package.json"));

/**
 * Left out: upstream's own tests of the Ruby generator and of JSON, which do not compile together. Three import files that are not
 * in the package, two declare the same message.
 */
export const omittedFiles: readonly string[] = [
  "google/protobuf/compiler/ruby/ruby_generated_code.proto",
  "google/protobuf/compiler/ruby/ruby_generated_code_proto2.proto",
  "google/protobuf/compiler/ruby/ruby_generated_code_proto2_import.proto",
  "google/protobuf/compiler/ruby/ruby_generated_pkg_explicit.proto",
  "google/protobuf/compiler/ruby/ruby_generated_pkg_explicit_legacy.proto",
  "google/protobuf/compiler/ruby/ruby_generated_pkg_implicit.proto",
  "google/protobuf/util/json_format.proto",
  "google/protobuf/util/json_format_proto3.proto",
];

/** Import paths of the corpus, sorted, without the files that are left out. */
export function listCorpus(): string[] {
  return readdirSync(corpusRoot, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^(?:google|grafeas|gapic)\/.*\.proto$/.test(path))
    .filter((path) => !omittedFiles.includes(path))
    .sort();
}

/** A folder of links to these files and no others; buf takes whole folders only. The caller removes it. */
export function stageCorpus(paths: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "corpus-"));
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(corpusRoot, path), join(folder, path));
  }
  return folder;
}

/** What the counts are made of: files, services, RPCs, rules, bindings and their kinds. */
export function countDeclarations(files: readonly FileDescriptor[]): Record<string, number> {
  const methods = files.flatMap((file) => file.services.flatMap((service) => service.methods));
  const rules = methods.flatMap(({ http }) => (http === undefined ? [] : [http]));
  const bindings = rules.flatMap((rule) => [rule, ...rule.additionalBindings]);
  const messages = files.flatMap((file) => file.messages.flatMap(withNested));
  const paths = bindings.map((binding) => binding.pattern?.path.value ?? "");
  const count = (test: (rule: HttpRule) => boolean): number => bindings.filter(test).length;
  return {
    files: files.length,
    messages: messages.length,
    fields: messages.reduce((sum, message) => sum + message.fields.length, 0),
    services: files.reduce((sum, file) => sum + file.services.length, 0),
    RPCs: methods.length,
    "streaming RPCs": methods.filter((method) => method.clientStreaming || method.serverStreaming).length,
    "RPCs with a rule": rules.length,
    bindings: bindings.length,
    "additional bindings": bindings.length - rules.length,
    get: count((rule) => rule.pattern?.kind === "get"),
    post: count((rule) => rule.pattern?.kind === "post"),
    put: count((rule) => rule.pattern?.kind === "put"),
    patch: count((rule) => rule.pattern?.kind === "patch"),
    delete: count((rule) => rule.pattern?.kind === "delete"),
    custom: count((rule) => rule.pattern?.kind === "custom"),
    "body *": count((rule) => rule.body?.value === "*"),
    "body field": count((rule) => rule.body !== undefined && rule.body.value !== "*" && rule.body.value !== ""),
    response_body: count((rule) => rule.responseBody !== undefined),
    "paths with a verb": paths.filter((path) => /:[^/{}]+$/.test(path)).length,
    "paths with **": paths.filter((path) => path.includes("**")).length,
    "paths with a nested variable": paths.filter((path) => /\{[^}=]*\./.test(path)).length,
  };
}

function withNested(message: MessageDescriptor): MessageDescriptor[] {
  return [message, ...message.messages.flatMap(withNested)];
}
