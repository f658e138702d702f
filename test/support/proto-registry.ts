/** Descriptors for @bufbuild/protobuf, the peer of executed tests: proto text through buf to a registry. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** Compiles files given by import path, or the text of `test.proto`; `google/protobuf/*.proto` are built in, `google/api/*.proto` come from google-proto-files. */
export function registryFromProto(source: Readonly<Record<string, string>> | string): FileRegistry {
  const files = typeof source === "string" ? { "test.proto": source } : source;
  const folder = mkdtempSync(join(tmpdir(), "registry-"));
  try {
    const add = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const path of ["annotations", "http", "httpbody"].map((name) => `google/api/${name}.proto`))
      add(path, readFileSync(join("node_modules/google-proto-files", path), "utf8"));
    for (const [path, text] of Object.entries(files)) add(path, text);
    writeFileSync(join(folder, "buf.yaml"), "version: v2\n");
    execFileSync(resolve("node_modules/.bin/buf"), ["build", "-o", "image.binpb"], { cwd: folder, stdio: "pipe" });
    return createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(join(folder, "image.binpb"))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
