/** Limits of what a request may cost. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const limitsMutations: readonly Mutation[] = [
  ...inFile("test/front-door/compression.test.ts", [
    {
      title: "compression: bodies inflate without end",
      file: "src/runtime/doors/compression.ts",
      find: "for (const layer of layers.reverse()) body = await inflate(body, layer, maxBytes);",
      replace: "for (const layer of layers.reverse()) body = await inflate(body, layer, 2 ** 30);",
      name: "a bomb",
    },
  ]),
  ...inFile("test/hostile/shortened.test.ts", [
    {
      title: "limits: compression from minBytes + 1",
      file: "src/runtime/doors/compression.ts",
      find: "response.body.length < minBytes",
      replace: "response.body.length <= minBytes",
      name: "minBytes",
    },
    {
      title: "limits: header names are remembered without end",
      file: "src/runtime/http.ts",
      find: "if (keys.size < maxKeys) keys",
      replace: "keys",
      name: "are remembered",
    },
    {
      title: "limits: headers of metadata have any length",
      file: "src/runtime/calls/respond.ts",
      find: ".slice(0, 4096)",
      replace: "",
      name: "4096",
    },
  ]),
  ...inFile("test/hostile/limits.test.ts", [
    {
      title: "limits: any number of parts",
      file: "src/runtime/binding/multipart.ts",
      find: "if (pairs.length === maxParts)",
      replace: "if (pairs.length < 0)",
      name: "parts of a form",
    },
    {
      title: "limits: headers of a part have any length",
      file: "src/runtime/binding/multipart.ts",
      find: "blank < 0 || blank > maxHeaderBytes",
      replace: "blank < 0",
      name: "headers of a part",
    },
    {
      title: "limits: any number of query parameters",
      file: "src/runtime/binding/query.ts",
      find: "const maxParams = 10_000;",
      replace: "const maxParams = 10_000_000;",
      name: "query parameters",
    },
  ]),
];
