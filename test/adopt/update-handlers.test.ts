/** Methods for new RPCs, added to objects and classes of every style: nothing else in the text changes, and once is enough. */
import { afterEach, expect, test } from "vitest";
import { updateHandlers } from "../../src/adopt/update/update-handlers.js";
import type { WantedApi, WantedMethod } from "../../src/adopt/update/wanted-service.js";
import { grpcJsNames } from "../../src/emit/functions/grpc-js-names.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const library = "acme/library/v1/library.proto";
const messages: Readonly<Record<string, string>> = {
  GetShelfRequest: library,
  MoveBookRequest: library,
  WatchRequest: library,
  Shelf: library,
  Book: library,
  Empty: "google/protobuf/empty.proto",
};

/** `rpc name(request) returns (reply)`, with `stream` before a message that is one. */
function rpc(name: string, request: string, reply: string): WantedMethod {
  const message = (text: string) => ({
    name: text.replace("stream ", ""),
    proto: messages[text.replace("stream ", "")] ?? "",
  });
  return {
    name,
    names: grpcJsNames(name),
    clientStreaming: request.startsWith("stream "),
    serverStreaming: reply.startsWith("stream "),
    request: message(request),
    reply: message(reply),
  };
}

const getShelf = rpc("GetShelf", "GetShelfRequest", "Shelf");
const moveBook = rpc("MoveBook", "MoveBookRequest", "Book");
const clear = rpc("Clear", "Shelf", "Empty");
const watch = rpc("Watch", "WatchRequest", "stream Book");
const upload = rpc("Upload", "stream Book", "Shelf");
const chat = rpc("Chat", "stream Book", "stream Shelf");

function apiOf(file: string, methods: readonly WantedMethod[]): WantedApi {
  const implementation = { kind: "object", file, exportName: "library" } as const;
  return {
    services: [{ name: "acme.library.v1.LibraryService", implementation, methods }],
    declared: new Set(methods.flatMap(({ names }) => names)),
    messages: new Map(Object.entries(messages)),
  };
}

let project: TemporaryProject | undefined;
afterEach(() => project?.remove());

/** The text after the update; a second update changes nothing. */
function updated(
  file: string,
  text: string,
  methods: readonly WantedMethod[],
  others: Readonly<Record<string, string>> = {},
): string {
  project = createProject({ ...others, [file]: text });
  const { root, put, get } = project;
  const { changes, diagnostics } = updateHandlers(root, apiOf(file, methods), true);
  expect(diagnostics).toEqual([]);
  for (const { path, before, after } of changes) {
    expect(get(path)).toBe(before);
    put(path, after);
  }
  expect(updateHandlers(root, apiOf(file, methods), true)).toEqual({ changes: [], diagnostics: [] });
  return get(file);
}

/** One row: the style, the file, its text, and the text after `rpcs` were asked for. */
interface Row {
  readonly style: string;
  readonly file: string;
  readonly rpcs: readonly WantedMethod[];
  readonly before: string;
  readonly after: string;
}

const rows: readonly Row[] = [
  {
    style: "proto-loader in CommonJS: a literal in one line, functions elsewhere",
    file: "server.js",
    rpcs: [getShelf, moveBook, watch],
    before: `const grpc = require("@grpc/grpc-js");

// Shelves.
function getShelf(call, callback) {
  callback(null, {});
}

const library = { getShelf }; // all of them

module.exports = { library };
`,
    after: `const grpc = require("@grpc/grpc-js");

// Shelves.
function getShelf(call, callback) {
  callback(null, {});
}

const library = { getShelf,
  moveBook(call, callback) {
    callback({ code: grpc.status.UNIMPLEMENTED, details: "MoveBook is not implemented yet" });
  },
  watch(call) {
    call.emit("error", { code: grpc.status.UNIMPLEMENTED, details: "Watch is not implemented yet" });
  }
}; // all of them

module.exports = { library };
`,
  },
  {
    style: "grpc-tools classes: annotated parameters, single quotes, four spaces, a comment behind the member",
    file: "library.ts",
    rpcs: [getShelf, clear, watch, upload],
    before: `import { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import { GetShelfRequest, Shelf } from './gen/acme/library/v1/library_pb';

export const library: UntypedServiceImplementation = {
    /** Gets. */
    getShelf(call: ServerUnaryCall<GetShelfRequest, Shelf>, callback: sendUnaryData<Shelf>): void {
        callback(null, new Shelf());
    }, // done
};
`,
    after: `import { sendUnaryData, ServerReadableStream, ServerUnaryCall, ServerWritableStream, status, UntypedServiceImplementation } from '@grpc/grpc-js';
import { Book, GetShelfRequest, Shelf, WatchRequest } from './gen/acme/library/v1/library_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';

export const library: UntypedServiceImplementation = {
    /** Gets. */
    getShelf(call: ServerUnaryCall<GetShelfRequest, Shelf>, callback: sendUnaryData<Shelf>): void {
        callback(null, new Shelf());
    }, // done
    clear(call: ServerUnaryCall<Shelf, Empty>, callback: sendUnaryData<Empty>): void {
        callback({ code: status.UNIMPLEMENTED, details: 'Clear is not implemented yet' });
    },
    watch(call: ServerWritableStream<WatchRequest, Book>): void {
        call.emit('error', { code: status.UNIMPLEMENTED, details: 'Watch is not implemented yet' });
    },
    upload(call: ServerReadableStream<Book, Shelf>, callback: sendUnaryData<Shelf>): void {
        callback({ code: status.UNIMPLEMENTED, details: 'Upload is not implemented yet' });
    },
};
`,
  },
  {
    style: "proto-loader-gen-types: a module for each message, properties of a class, tabs, no semicolons",
    file: "library.ts",
    rpcs: [getShelf, moveBook, chat],
    before: `import * as grpc from "@grpc/grpc-js"
import type { GetShelfRequest__Output } from "./proto/acme/library/v1/GetShelfRequest"
import type { Shelf } from "./proto/acme/library/v1/Shelf"

class Library {
	getShelf: grpc.handleUnaryCall<GetShelfRequest__Output, Shelf> = (call, callback) => callback(null, {})
}
export const library = new Library()
`,
    after: `import * as grpc from "@grpc/grpc-js"
import type { GetShelfRequest__Output } from "./proto/acme/library/v1/GetShelfRequest"
import type { MoveBookRequest__Output } from "./proto/acme/library/v1/MoveBookRequest"
import type { Shelf } from "./proto/acme/library/v1/Shelf"
import type { Book, Book__Output } from "./proto/acme/library/v1/Book"

class Library {
	getShelf: grpc.handleUnaryCall<GetShelfRequest__Output, Shelf> = (call, callback) => callback(null, {})

	moveBook: grpc.handleUnaryCall<MoveBookRequest__Output, Book> = (call, callback) => {
		callback({ code: grpc.status.UNIMPLEMENTED, details: "MoveBook is not implemented yet" })
	}

	chat: grpc.handleBidiStreamingCall<Book__Output, Shelf> = (call) => {
		call.emit("error", { code: grpc.status.UNIMPLEMENTED, details: "Chat is not implemented yet" })
	}
}
export const library = new Library()
`,
  },
  {
    style: "Connect: a class, imports in lines, a private method behind",
    file: "library.ts",
    rpcs: [getShelf, moveBook, clear, watch],
    before: `import type {
  GetShelfRequest,
  Shelf,
} from "./gen/acme/library/v1/library_pb.js";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";

class Library {
  private readonly shelves = new Map<string, Shelf>();

  async getShelf(request: GetShelfRequest, context: HandlerContext): Promise<Shelf> {
    return this.find(request.name);
  }

  private find(name: string): Shelf {
    throw new ConnectError(name, Code.NotFound);
  }
}

export const library = new Library();
`,
    after: `import type {
  Book,
  GetShelfRequest,
  MoveBookRequest,
  Shelf,
  WatchRequest,
} from "./gen/acme/library/v1/library_pb.js";
import type { Empty } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";

class Library {
  private readonly shelves = new Map<string, Shelf>();

  async getShelf(request: GetShelfRequest, context: HandlerContext): Promise<Shelf> {
    return this.find(request.name);
  }

  async moveBook(request: MoveBookRequest, context: HandlerContext): Promise<Book> {
    throw new ConnectError("MoveBook is not implemented yet", Code.Unimplemented);
  }

  async clear(request: Shelf, context: HandlerContext): Promise<Empty> {
    throw new ConnectError("Clear is not implemented yet", Code.Unimplemented);
  }

  async *watch(request: WatchRequest, context: HandlerContext) {
    throw new ConnectError("Watch is not implemented yet", Code.Unimplemented);
  }

  private find(name: string): Shelf {
    throw new ConnectError(name, Code.NotFound);
  }
}

export const library = new Library();
`,
  },
  {
    style: "nice-grpc with ts-proto",
    file: "library.ts",
    rpcs: [getShelf, clear, upload],
    before: `import { CallContext } from "nice-grpc";
import { DeepPartial, GetShelfRequest, LibraryServiceImplementation, Shelf } from "./gen/acme/library/v1/library";

export const library: LibraryServiceImplementation = {
  async getShelf(request: GetShelfRequest, context: CallContext): Promise<DeepPartial<Shelf>> {
    return {};
  },
};
`,
    after: `import { CallContext, ServerError, Status } from "nice-grpc";
import { Book, DeepPartial, GetShelfRequest, LibraryServiceImplementation, Shelf } from "./gen/acme/library/v1/library";
import { Empty } from "./gen/google/protobuf/empty";

export const library: LibraryServiceImplementation = {
  async getShelf(request: GetShelfRequest, context: CallContext): Promise<DeepPartial<Shelf>> {
    return {};
  },
  async clear(request: Shelf, context: CallContext): Promise<DeepPartial<Empty>> {
    throw new ServerError(Status.UNIMPLEMENTED, "Clear is not implemented yet");
  },
  async upload(requests: AsyncIterable<Book>, context: CallContext) {
    throw new ServerError(Status.UNIMPLEMENTED, "Upload is not implemented yet");
  },
};
`,
  },
  {
    style: "NestJS: the decorator names the RPC",
    file: "library.controller.ts",
    rpcs: [getShelf, moveBook],
    before: `import { GrpcMethod, RpcException } from '@nestjs/microservices';
import { GetShelfRequest, Shelf } from './gen/acme/library/v1/library';

class Library {
  @GrpcMethod('LibraryService', 'GetShelf')
  getShelf(request: GetShelfRequest): Shelf {
    throw new RpcException('no');
  }
}
export const library = new Library();
`,
    after: `import { GrpcMethod, RpcException } from '@nestjs/microservices';
import { Book, GetShelfRequest, MoveBookRequest, Shelf } from './gen/acme/library/v1/library';

class Library {
  @GrpcMethod('LibraryService', 'GetShelf')
  getShelf(request: GetShelfRequest): Shelf {
    throw new RpcException('no');
  }

  @GrpcMethod('LibraryService', 'MoveBook')
  moveBook(request: MoveBookRequest): Book {
    throw new RpcException({ code: 12, message: 'MoveBook is not implemented yet' });
  }
}
export const library = new Library();
`,
  },
  {
    style: "names as in the proto, arrow functions, no comma at the end",
    file: "library.cjs",
    rpcs: [getShelf, moveBook, watch],
    before: `exports.library = {
  GetShelf: async (call, callback) => {
    callback(null, {});
  }
}
`,
    after: `exports.library = {
  GetShelf: async (call, callback) => {
    callback(null, {});
  },
  MoveBook: async (call, callback) => {
    callback({ code: 12, details: "MoveBook is not implemented yet" });
  },
  Watch(call) {
    call.emit("error", { code: 12, details: "Watch is not implemented yet" });
  }
}
`,
  },
  {
    style: "an object with nothing in it but a comment",
    file: "library.mjs",
    rpcs: [getShelf],
    before: "export const library = {\n  // nothing yet\n};\n",
    after: `export const library = {
  // nothing yet
  getShelf(call, callback) {
    callback({ code: 12, details: "GetShelf is not implemented yet" });
  },
};
`,
  },
  {
    style: "the brace on a line of its own, and a member behind that is no method of an RPC",
    file: "library.js",
    rpcs: [getShelf, moveBook],
    before: `export const library =
{
    getShelf(call, callback)
    {
        callback(null, {});
    },
    limit: 3
};
`,
    after: `export const library =
{
    getShelf(call, callback)
    {
        callback(null, {});
    },
    moveBook(call, callback)
    {
        callback({ code: 12, details: "MoveBook is not implemented yet" });
    },
    limit: 3
};
`,
  },
];

test.each(rows)("$style", ({ file, rpcs, before, after }) => {
  expect(updated(file, before, rpcs)).toBe(after);
});

test.each(rows)("$style, with CRLF and a byte order mark", ({ file, rpcs, before, after }) => {
  const windows = (text: string): string => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
  expect(updated(file, windows(before), rpcs)).toBe(windows(after));
});

test("the class may be in another file, and its base class may have methods", () => {
  const base = "export class Base {\n  getShelf(call, callback) {\n    callback(null, {});\n  }\n}\n";
  const server = `import { Library } from "./library.js";\nexport const library = new Library();\n`;
  const own = `import { Base } from "./base.js";\n\nexport class Library extends Base {\n  limit = 3;\n}\n`;
  expect(updated("server.js", server, [getShelf, moveBook], { "base.js": base, "library.js": own })).toBe(server);
  expect(project?.get("base.js")).toBe(base);
  expect(project?.get("library.js")).toBe(
    own.replace(
      "limit = 3;\n",
      `limit = 3;

  moveBook(call, callback) {
    callback({ code: 12, details: "MoveBook is not implemented yet" });
  }
`,
    ),
  );
});

test("a server file registers the object; two services may share one", () => {
  const text = `const grpc = require("@grpc/grpc-js");
const { acme } = grpc.loadPackageDefinition(load());
const shared = {
  getShelf: (call, callback) => callback(null, {}),
};
const server = new grpc.Server();
server.addService(acme.LibraryService.service, shared);
server.addService(acme.BookService.service, shared);
`;
  project = createProject({ "server.js": text });
  const implementation = { kind: "server", file: "server.js" } as const;
  const api: WantedApi = {
    services: [
      { name: "acme.LibraryService", implementation, methods: [getShelf] },
      { name: "acme.BookService", implementation, methods: [moveBook] },
    ],
    declared: new Set([getShelf, moveBook].flatMap(({ names }) => names)),
    messages: new Map(),
  };
  const { changes, diagnostics } = updateHandlers(project.root, api, true);
  expect(diagnostics).toEqual([]);
  expect(changes.map(({ path, added }) => [path, added])).toEqual([["server.js", ["moveBook"]]]);
  expect(changes[0]?.after).toContain(
    "callback(null, {}),\n  moveBook: (call, callback) => {\n    callback({ code: grpc.status",
  );
});

/** Findings as `path:line:column code: message`. */
function findings(file: string, text: string, add: boolean, methods = [getShelf, moveBook]): string[] {
  project = createProject({ [file]: text });
  const { changes, diagnostics } = updateHandlers(project.root, apiOf(file, methods), add);
  expect(changes).toEqual([]);
  return diagnostics.map(
    ({ code, location, message }) => `${location?.file}:${location?.line}:${location?.column} ${code}: ${message}`,
  );
}

test("without being asked, what is missing is said and nothing changes", () => {
  expect(findings("a.js", "export const library = {\n  getShelf(call) {},\n};\n", false)).toEqual([
    "a.js:1:24 OU013: the implementation of acme.library.v1.LibraryService has no method for MoveBook, expected one for each RPC: calls of others are UNIMPLEMENTED",
  ]);
});

test("a file that does not parse is left alone", () => {
  expect(findings("a.ts", "export const library = {\n  getShelf( {},\n};\n", true)).toEqual([
    "a.ts:3:1 OU012: a.ts cannot be parsed (Parameter declaration expected), and is left alone",
  ]);
});

test.each([
  ["made by a package", 'import { make } from "maker";\nexport const library = make();\n'],
  ["spread from one", 'import { rest } from "maker";\nexport const library = { ...rest };\n'],
])("methods that the text does not tell are not called missing: %s", (_, text) => {
  expect(findings("a.js", text, true)).toEqual([]);
});

test("methods whose RPC is gone are named, helpers are not", () => {
  const literal = `export const library = {
  getShelf(call, callback) {},
  moveBook(call, callback) {},
  mergeShelves(call, callback) {},
  limit: 3,
};
`;
  expect(findings("a.js", literal, true)).toEqual([
    "a.js:4:3 OU014: mergeShelves answers no RPC of acme.library.v1.LibraryService, expected the name of one",
  ]);
  project?.remove();
  const declared = `class Library {
  constructor(call, callback) {}
  getShelf(call, callback) { this.load(call, callback); }
  moveBook(call, callback) {}
  mergeShelves(call, callback) {}
  load(call, callback) {}
  find(name) {}
  private hidden(call, callback) {}
}
export const library = new Library();
`;
  expect(findings("a.ts", declared, true)).toEqual([
    "a.ts:5:3 OU014: mergeShelves answers no RPC of acme.library.v1.LibraryService, expected the name of one",
  ]);
});
