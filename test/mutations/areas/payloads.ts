/** Large payloads, through S3. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const payloadsMutations: readonly Mutation[] = [
  ...inFile("test/runtime/uploads.test.ts", [
    {
      title: "uploads: an id may go on",
      file: "src/runtime/large-payloads/payload-bucket.ts",
      find: "/^[A-Za-z0-9_-]{43}$/",
      replace: "/^[A-Za-z0-9_-]{43}/",
      name: "of the id",
    },
    {
      title: "uploads: the length is not signed",
      file: "src/runtime/large-payloads/uploads.ts",
      find: '{ "content-length": lengthText, "content-type": contentType }',
      replace: '{ "content-type": contentType }',
      name: "signed with the length",
    },
    {
      title: "uploads: exactly maxBytes is refused",
      file: "src/runtime/large-payloads/uploads.ts",
      find: "if (length > maxBytes)",
      replace: "if (length >= maxBytes)",
      name: "100 are the most",
    },
    {
      title: "responses: errors go through S3",
      file: "src/runtime/large-payloads/offload.ts",
      find: "return failure === undefined && status >= 200 && status < 300;",
      replace: "return status >= 200;",
      name: "error never",
    },
  ]),
];
