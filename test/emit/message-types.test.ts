import { beforeAll, describe, expect, it } from "vitest";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { emitMessageTypes } from "../../src/emit/objects/message-types.js";
import { idiomaticStyle, type MessageStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import type { Plan } from "../../src/plan/plan.js";
import { planFromProto } from "../support/plan-from-proto.js";

const proto = `
  syntax = "proto3";
  package test;
  import "google/protobuf/struct.proto";
  enum Theme { THEME_UNSPECIFIED = 0; FICTION = 1; }
  message Shelf {
    string display_name = 1;
    Theme theme = 2;
    repeated Shelf shelves_2 = 3;
    map<string, int64> counts = 4;
    Shelf parent = 5;
    optional bytes cover = 6;
    oneof place { string room = 7; Shelf above = 8; }
    google.protobuf.Struct extra = 9;
    message Label { bool constructor = 1; }
  }
  message Nothing {}
`;

/** The types of test.proto, without the banner, with comments given to some declarations by full name. */
function typesOf(style: MessageStyle, comments: Readonly<Record<string, string>> = {}): string {
  const plan = planFromProto({ "test.proto": proto }, { style });
  const planned = plan.files.map((file) => (file.file.path === "test.proto" ? commented(file, comments) : file));
  const files = emitMessageTypes(indexEmission({ ...plan, files: planned }));
  return (files.find(({ path }) => path === "gen/test.ts")?.content ?? "").split("\n").slice(2).join("\n");
}

/** A deep copy with the comment of every declaration that has one in `comments`. */
function commented<T extends Plan["files"][number]>(file: T, comments: Readonly<Record<string, string>>): T {
  const text = JSON.stringify(file, (_, value: unknown) => {
    const fullName = typeof value === "object" && value !== null && "fullName" in value ? String(value.fullName) : "";
    return fullName in comments ? { ...(value as object), comment: comments[fullName] } : value;
  });
  return JSON.parse(text) as T;
}

describe("message types", () => {
  let idiomatic: string;
  beforeAll(() => {
    idiomatic = typesOf(idiomaticStyle, {
      "test.Shelf": " A shelf.\n\n Ends here: */ alert(1) /* `${x}`\n @deprecated is not a tag",
      "test.Shelf.display_name": " Shown to people.\n",
      "test.Shelf.room": " Where it\n stands.",
      "test.FICTION": " Made up.",
      "test.Theme.FICTION": " Made up.",
    });
  });

  it("are interfaces with their comments in the idiomatic style", () => {
    expect(idiomatic).toBe(`import type { JsonObject } from "./runtime/values/json.js";

/**
 * A shelf.
 *
 * Ends here: *\\/ alert(1) /* \`\${x}\`
 * \\@deprecated is not a tag
 *
 * Declared as message test.Shelf.
 */
export interface Shelf {
  /** Shown to people. */
  displayName: string;
  theme: Theme;
  shelves2: Shelf[];
  counts: { [key: string]: bigint };
  parent?: Shelf | undefined;
  cover?: Uint8Array | undefined;
  /** - \`room\`: Where it stands. */
  place?:
    | { readonly case: "room"; readonly value: string }
    | { readonly case: "above"; readonly value: Shelf }
    | undefined;
  extra?: JsonObject | undefined;
}

/** Declared as message test.Shelf.Label. */
export interface Shelf_Label {
  constructor_: boolean;
}

/** Declared as message test.Nothing. */
export interface Nothing {}

/**
 * - \`FICTION\`: Made up.
 *
 * Declared as enum test.Theme.
 */
export type Theme = "THEME_UNSPECIFIED" | "FICTION" | number;
`);
  });

  it("are what proto-loader makes in its styles", () => {
    const style = { ...protoLoaderDefaults, defaults: true, oneofs: "virtual", longs: "String" } as const;
    expect(typesOf(style)).toBe(`import type { Struct } from "./google/protobuf/struct.js";

/** Declared as message test.Shelf. */
export interface Shelf {
  displayName: string;
  theme: Theme;
  shelves_2: Shelf[];
  counts: { [key: string]: string };
  parent: Shelf | null;
  cover?: Buffer | undefined;
  _cover?: "cover" | undefined;
  place?: "room" | "above" | undefined;
  room?: string | undefined;
  above?: Shelf | undefined;
  extra: Struct | null;
}

/** Declared as message test.Shelf.Label. */
export interface Shelf_Label {
  constructor: boolean;
}

/** Declared as message test.Nothing. */
export interface Nothing {}

/** Declared as enum test.Theme. */
export const Theme = {
  THEME_UNSPECIFIED: 0,
  FICTION: 1,
} as const;
export type Theme = (typeof Theme)[keyof typeof Theme] | (number & {});
`);
  });

  it("import Longs from the user's package as a type", () => {
    const text = typesOf(protoLoaderDefaults);
    expect(text).toContain('import type { default as Long } from "long";');
    expect(text).toContain("counts?: { [key: string]: Long } | undefined;");
  });
});
