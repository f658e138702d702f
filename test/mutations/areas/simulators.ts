/** The simulated front doors: what they refuse by themselves. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const simulatorsMutations: readonly Mutation[] = [
  ...inFile("test/simulator/limits.test.ts", [
    {
      title: "alb: a request line of 16 K is refused",
      file: "src/simulator/alb.ts",
      find: "requestLineBytes(request) > maxLineBytes",
      replace: "requestLineBytes(request) >= maxLineBytes",
      name: "alb: bytes of a request line",
    },
    {
      title: "alb: a header has ten times as much",
      file: "src/simulator/alb.ts",
      find: "name.length + value.length > maxLineBytes",
      replace: "name.length + value.length > 10 * maxLineBytes",
      name: "alb: bytes of a header",
    },
    {
      title: "alb: headers have ten times as much",
      file: "src/simulator/alb.ts",
      find: "headerBytes(request) > maxHeaderBytes",
      replace: "headerBytes(request) > 10 * maxHeaderBytes",
      name: "alb: bytes of all headers",
    },
    {
      title: "alb: a result of 1 MB is refused",
      file: "src/simulator/alb.ts",
      find: "jsonBytes(result) > maxBytes",
      replace: "jsonBytes(result) >= maxBytes",
      name: "alb: bytes of a result",
    },
    {
      title: "alb: headers of 32 K are refused",
      file: "src/simulator/alb.ts",
      find: "0) > maxResponseHeaderBytes",
      replace: "0) >= maxResponseHeaderBytes",
      name: "response.s headers",
    },
    {
      title: "alb: separators of headers do not count",
      file: "src/simulator/alb.ts",
      find: "value.length + 4, 0)",
      replace: "value.length, 0)",
      name: "response.s headers",
    },
    {
      title: "http-api: 10,240 bytes of headers are refused",
      file: "src/simulator/http-api.ts",
      find: "headerBytes(request) > maxHeaderBytes",
      replace: "headerBytes(request) >= maxHeaderBytes",
      name: "request line and headers",
    },
    {
      title: "http-api: an event of Lambda's limit is refused",
      file: "src/simulator/http-api.ts",
      find: "jsonBytes(event) > maxPayloadBytes",
      replace: "jsonBytes(event) >= maxPayloadBytes",
      name: "http-api: bytes of an event ",
    },
    {
      title: "rest-api: a URL of 10,240 bytes is refused",
      file: "src/simulator/rest-api.ts",
      find: "request.target.length > maxHeaderBytes",
      replace: "request.target.length >= maxHeaderBytes",
      name: "bytes of a URL",
    },
    {
      title: "function-url: a result of Lambda's limit is refused",
      file: "src/simulator/function-url.ts",
      find: "jsonBytes(result) > maxPayloadBytes",
      replace: "jsonBytes(result) >= maxPayloadBytes",
      name: "function-url: bytes of a result",
    },
    {
      title: "streams: a prelude is waited for without end",
      file: "src/simulator/lambda-stream.ts",
      find: "head.length < maxPreludeBytes",
      replace: "head.length < 1e12",
      name: "without a prelude",
    },
  ]),
];
