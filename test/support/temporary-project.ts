/** A small project in a folder of its own. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder with files; `remove` takes it away. */
export interface TemporaryProject {
  /** Absolute, without links. */
  readonly root: string;
  put(path: string, text: string): void;
  get(path: string): string;
  remove(): void;
}

/** Makes a folder with `files` by relative path. */
export function createProject(files: Readonly<Record<string, string>>): TemporaryProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "g2l-project-")));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) put(path, text);
  return {
    root,
    put,
    get: (path) => readFileSync(join(root, path), "utf8"),
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** A service of two RPCs, with a rule each. */
export const libraryProto = `syntax = "proto3";

package acme.library.v1;

import "google/api/annotations.proto";

// Shelves.
service LibraryService {
  // Returns a shelf.
  rpc GetShelf(GetShelfRequest) returns (Shelf) {
    option (google.api.http) = { get: "/v1/{name=shelves/*}" };
  }
  // Moves all books of one shelf to another.
  rpc MergeShelves(MergeShelvesRequest) returns (Shelf) {
    option (google.api.http) = { post: "/v1/{name=shelves/*}:merge" body: "*" };
  }
}

message GetShelfRequest {
  string name = 1;
}

message MergeShelvesRequest {
  string name = 1;
  string other = 2;
}

message Shelf {
  string name = 1;
}
`;
