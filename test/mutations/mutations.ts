/** What is taken out of the tree to see whether its tests notice. */

/** The smallest edit that takes a handling out, and the tests that have to fail with it. */
export interface Mutation {
  /** Begins with the number of the pitfall, or with the promise. */
  readonly title: string;
  readonly file: string;
  /** Stands once in `file`. */
  readonly find: string;
  readonly replace: string;
  /** The file of the tests. */
  readonly test: string;
  /** A regular expression for their full names. */
  readonly name: string;
}

/** All of them. */
export const mutations: readonly Mutation[] = [
  ...inFile("test/front-door/pitfalls.test.ts", [
    {
      title: "1: an HTTP API's path is decoded again",
      file: "src/runtime/http-api.ts",
      find: "requestOfFormat2(event, basePath, true)",
      replace: "requestOfFormat2(event, basePath, false)",
      name: "^1: .*not decoded again",
    },
    {
      title: "1: the domain does not tell an HTTP API from a Function URL",
      file: "src/runtime/payload-format-2.ts",
      find: "functionUrlDomain.test(domain) ? false : httpApiDomain.test(domain) ? true : pathIsDecoded",
      replace: "pathIsDecoded",
      name: "^1: .*by the domain",
    },
    {
      title: "2: the load balancer's query is taken for decoded",
      file: "src/runtime/alb.ts",
      find: 'for (const value of values) if (typeof value === "string") pairs.push(`${name}=${value}`);',
      replace:
        'for (const value of values) if (typeof value === "string") pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);',
      name: "^2: .*decoded once",
    },
    {
      title: "2: a malformed escape of the query is no client's mistake",
      file: "src/runtime/query.ts",
      find: 'class QueryError extends DecodeError {\n  constructor(message: string) {\n    super("a query", message);',
      replace: "class QueryError extends Error {\n  constructor(message: string) {\n    super(message);",
      name: "^2: .*malformed",
    },
    {
      title: "3: the query comes from the map that joins with commas",
      file: "src/runtime/payload-format-2.ts",
      find: "query: textOf(event.rawQueryString),",
      replace: "query: Object.entries(objectOf(event.queryStringParameters)) as [string, string][],",
      name: "^3: ",
    },
    {
      title: "4: a load balancer's answer always has lists",
      file: "src/runtime/alb.ts",
      find: "if (hasLists(event)) return {",
      replace: "if (event !== null) return {",
      name: "^4: ",
    },
    {
      title: "5: header values stay numbers",
      file: "src/runtime/response-headers.ts",
      find: 'return typeof value === "string" ? value : String(value);',
      replace: "return value as string;",
      name: "^5: ",
    },
    {
      title: "5: an empty stream has no content type",
      file: "src/runtime/server-stream.ts",
      find: 'return { status: 200, headers: [["Content-Type", writer.contentType], ...headers], body: writer.end(true) };',
      replace: "return { status: 200, headers, body: writer.end(true) };",
      name: "^5: ",
    },
    {
      title: "6: a REST API gets cookies in a member of its own",
      file: "src/runtime/payload-format-1.ts",
      find: "return { statusCode: response.status, multiValueHeaders,",
      replace: "return { cookies: [], statusCode: response.status, multiValueHeaders,",
      name: "^6: ",
    },
    {
      title: "6: format 2.0 joins cookies with the other headers",
      file: "src/runtime/response-headers.ts",
      find: 'if (key === "set-cookie") cookies.push(value);\n    else if',
      replace: "if",
      name: "^6: ",
    },
    {
      title: "7: an event is taken for an object",
      file: "src/runtime/door.ts",
      find: "const event = objectOf(input);",
      replace: "const event = input as Json;",
      name: "^7: .*whatever happens",
    },
    {
      title: "7: a wrapper's failure goes on",
      file: "src/runtime/door.ts",
      find: "return { request, response: refuse(wrapperFailure(error), request) };",
      replace: "throw error;",
      name: "^7: .*the wrapper itself",
    },
    {
      title: "7: a failure after the answer goes on",
      file: "src/runtime/door.ts",
      find: "return door.write(refuse(wrapperFailure(error), request), event);",
      replace: "throw error;",
      name: "^7: .*with the answer in its hands",
    },
    {
      title: "8: the content type decides about base64",
      file: "src/runtime/event.ts",
      find: "return event.isBase64Encoded === true ?",
      replace: 'return JSON.stringify(event.headers ?? {}).includes("image/") ?',
      name: "^8: ",
    },
    {
      title: "8: bytes go out as text",
      file: "src/runtime/lambda-result.ts",
      find: '.toString("base64"), isBase64Encoded: true }',
      replace: '.toString("latin1"), isBase64Encoded: false }',
      name: "^8: ",
    },
    {
      title: "9: results are as large as they are",
      file: "src/runtime/door.ts",
      find: "return Buffer.byteLength(JSON.stringify(result)) <= door.limit.bytes ? result : undefined;",
      replace: "return result;",
      name: "^9: ",
    },
    {
      title: "9: a stream without end is collected",
      file: "src/runtime/lambda-result.ts",
      find: "if (size > maxBytes) return undefined;",
      replace: "if (size > 20 * maxBytes) return undefined;",
      name: "^9: .*no more of a stream",
    },
    {
      title: "10: no time is kept for the answer",
      file: "src/runtime/deadline.ts",
      find: "Math.max(0, lambdaRemaining - margin)",
      replace: "Math.max(0, lambdaRemaining + 60_000)",
      name: "^10: ",
    },
    {
      title: "11: a named stage stays in the path",
      file: "src/runtime/event.ts",
      find: 'return stage === "$default" || stage === "" ? path : withoutPrefix(path, `/${stage}`);',
      replace: "return stage === undefined ? withoutPrefix(path, stage) : path;",
      name: "^11: .*HTTP API",
    },
    {
      title: "11: $default is taken for a part of the path",
      file: "src/runtime/event.ts",
      find: 'stage === "$default" || stage === "" ? path :',
      replace: 'stage === "" ? path :',
      name: "^11: .*HTTP API",
    },
    {
      title: "11: a prefix ends anywhere in a segment",
      file: "src/runtime/event.ts",
      find: "return path.startsWith(`${prefix}/`) ?",
      replace: "return path.startsWith(prefix) ?",
      name: "^11: ",
    },
    {
      title: "11: a REST API's stage is taken off twice",
      file: "src/runtime/payload-format-1.ts",
      find: "isHttpApi ? withoutStage(path, textOf(context.stage)) : path",
      replace: "withoutStage(path, textOf(context.stage))",
      name: "^11: .*REST API",
    },
    {
      title: "11: the variable with the base path is not read",
      file: "src/runtime/door.ts",
      find: 'options.basePath ?? process.env.GRPC2LAMBDA_BASE_PATH ?? ""',
      replace: 'options.basePath ?? ""',
      name: "^11: .*base path",
    },
    {
      title: "12: routes are tried as they were declared",
      file: "src/runtime/select-route.ts",
      find: "[...routes].sort(profile.order)",
      replace: "[...routes]",
      name: "^12: ",
    },
    {
      title: "14: health checks are requests",
      file: "src/runtime/alb.ts",
      find: 'return headerValue(headers, "user-agent").startsWith("ELB-HealthChecker/");',
      replace: 'return headerValue(headers, "user-agent") === "";',
      name: "^14: .*health check",
    },
    {
      title: "14: warm-ups are foreign events",
      file: "src/runtime/door.ts",
      find: "if (isWarmUp(event)) return",
      replace: "if (isWarmUp(event) && basePath === undefined) return",
      name: "^14: .*warm-up",
    },
    {
      title: "14: a load balancer's event is taken for a REST API's",
      file: "src/runtime/payload-format-1.ts",
      find: 'requestContext === null || "elb" in requestContext)',
      replace: "requestContext === null)",
      name: "^14: .*refuses",
    },
    {
      title: "15: nothing to send is no write",
      file: "src/runtime/response-stream.ts",
      find: 'if (isEmpty) yield "";',
      replace: "if (isEmpty) return;",
      name: "^15: ",
    },
    {
      title: "15: an error under way is not told",
      file: "src/runtime/server-stream.ts",
      find: "yield { header, text: writer.error(statusBody(failure)), failure };",
      replace: 'yield { header, text: "", failure };',
      name: "^15: ",
    },
    {
      title: "19: a handler with a callback",
      file: "src/runtime/door.ts",
      find: "return async (input, lambda) => {",
      replace: "return async (input, lambda, _callback?: unknown) => {",
      name: "^19: ",
    },
    {
      title: "20: header names keep their case",
      file: "src/runtime/event.ts",
      find: 'if (typeof value === "string") result[name.toLowerCase()] = [value];',
      replace: 'if (typeof value === "string") result[name] = [value];',
      name: "^20: .*single map",
    },
    {
      title: "20: commas split header values",
      file: "src/runtime/event.ts",
      find: 'if (typeof value === "string") result[name.toLowerCase()] = [value];',
      replace: 'if (typeof value === "string") result[name.toLowerCase()] = value.split(",");',
      name: "^20: .*dates whole",
    },
    {
      title: "20: headers of the connection are set (one value a name)",
      file: "src/runtime/response-headers.ts",
      find: "else if (!connectionHeaders.has(key)) joined[key]",
      replace: "else joined[key]",
      name: "^20: .*none of the connection",
    },
    {
      title: "20: headers of the connection are set (lists)",
      file: "src/runtime/response-headers.ts",
      find: "if (connectionHeaders.has(key)) continue;",
      replace: "",
      name: "^20: .*none of the connection",
    },
  ]),
  ...inFile("test/deploy/pitfalls.test.ts", [
    {
      title: "13: a variable crosses slashes",
      file: "src/front-door/alb-path.ts",
      find: 'if (segment.kind === "wildcard") return "/[^/]+";',
      replace: 'if (segment.kind === "wildcard") return "/.+";',
      name: "^13: .*a variable ends at a slash",
    },
    {
      title: "13: no rule comes before another",
      file: "src/plan/listener-rules.ts",
      find: "layers.push(Math.max(-1, ...before) + 1);",
      replace: "layers.push(before.length * 0);",
      name: "^13: .*a variable ends at a slash",
    },
    {
      title: "13: a rule holds as many paths as there are",
      file: "src/plan/listener-rules.ts",
      find: "const maxPaths = 3;",
      replace: "const maxPaths = 300;",
      name: "^13: .*no rule has more",
    },
    {
      title: "13: a condition is as long as its path",
      file: "src/front-door/alb-path.ts",
      find: "export const maxPathLength = 128;",
      replace: "export const maxPathLength = 1280;",
      name: "^13: .*no rule has more",
    },
    {
      title: "13: target groups have no limit",
      file: "src/front-door/alb.ts",
      find: "limits: { routes: 100, functions: 100, seconds: 60 },",
      replace: "limits: { routes: 100, seconds: 60 },",
      name: "^13: .*101",
    },
    {
      title: "13: rules have no limit",
      file: "src/front-door/alb.ts",
      find: "limits: { routes: 100,",
      replace: "limits: { routes: 10_000,",
      name: "^13: .*101",
    },
    {
      title: "16: URLs are open unless told otherwise",
      file: "src/cli/config/settle-deployment.ts",
      find: 'flags.auth ?? deployment.auth ?? "iam"',
      replace: 'flags.auth ?? deployment.auth ?? "none"',
      name: "^16: .*closed",
    },
    {
      title: "16: an open URL has one permission, without the invocation through it",
      file: "templates/sam/function-url.hbs",
      find: "      InvokedViaFunctionUrl: true\n",
      replace: "",
      name: "^16: .*both",
    },
    {
      title: "16: an open URL has one permission, without the URL",
      file: "templates/sam/function-url.hbs",
      find: "      Action: lambda:InvokeFunctionUrl\n",
      replace: "      Action: lambda:InvokeFunction\n",
      name: "^16: .*both",
    },
    {
      title: "17: an HTTP API has a permission for each path",
      file: "templates/sam/http-api.hbs",
      find: "  {{id}}Permission:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/*\n",
      replace:
        "{{#each ../paths}}\n  {{../id}}Permission{{@index}}:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{../id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/*\n{{/each}}\n",
      name: "^17: http-api: .*stays below",
    },
    {
      title: "17: a REST API has a permission for each path",
      file: "templates/sam/rest-api.hbs",
      find: "  {{id}}Permission:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/*/*\n",
      replace:
        "{{#each ../paths}}\n  {{../id}}Permission{{@index}}:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref {{../id}}Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/*/*\n{{/each}}\n",
      name: "^17: rest-api: .*stays below",
    },
    {
      title: "17: the permission names a method",
      file: "templates/sam/http-api.hbs",
      find: "      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/*",
      replace:
        "      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*/POST/*",
      name: "^17: http-api: .*every route",
    },
    {
      title: "18: nobody counts",
      file: "src/deploy/check-sam.ts",
      find: "if (count <= maxResources) return [];",
      replace: "return [];",
      name: "^18: .*http-api: warned",
    },
    {
      title: "18: resources of the API are not counted",
      file: "src/deploy/check-sam.ts",
      find: "return sharedResources(plan) + resourcesPerFunction(plan) * countFunctions(plan)",
      replace: "return resourcesPerFunction(plan) * countFunctions(plan)",
      name: "^18: .*http-api: warned",
    },
    {
      title: "19: the runtime is one that is gone",
      file: "src/cli/config/settle-deployment.ts",
      find: 'deployment.runtime ?? "nodejs24.x"',
      replace: 'deployment.runtime ?? ("nodejs20.x" as "nodejs22.x")',
      name: "^19: ",
    },
  ]),
  ...inFile("test/front-door/streaming.test.ts", [
    {
      title: "streams: the handler runs ahead of its reader",
      file: "src/runtime/response-stream.ts",
      find: "if (!stream.write(bytes)) await drained();",
      replace: "if (!stream.write(bytes)) await new Promise((resolve) => setImmediate(resolve));",
      name: "a reader that pauses",
    },
    {
      title: "streams: a reader that stalls is waited for",
      file: "src/runtime/response-stream.ts",
      find: "if (left !== undefined && left <= maxDelay)",
      replace: "if (left === undefined)",
      name: "a reader that stalls",
    },
    {
      title: "streams: a deadline between two replies is missed",
      file: "src/runtime/deadline.ts",
      find: "if (isOver) await expired;",
      replace: "",
      name: "a reader that stalls",
    },
    {
      title: "streams: a reader that leaves is waited for",
      file: "src/runtime/response-stream.ts",
      find: 'stream.once("close", () => resolve());',
      replace: "",
      name: "one that leaves stops it",
    },
  ]),
  ...inFile("test/transcoding/interceptors.test.ts", [
    {
      title: "interceptors: one that hangs behind the response is waited for",
      file: "src/runtime/interceptors.ts",
      find: "await Promise.race([interceptor.after(response, context), late])",
      replace: "await interceptor.after(response, context)",
      name: "has to be done soon after the deadline",
    },
    {
      title: "interceptors: a refusal loses its metadata",
      file: "src/runtime/interceptors.ts",
      find: "headers: [...response.headers, ...replyHeaders(context, headers.outgoing)]",
      replace: "headers: [...response.headers]",
      name: "a refusal has the metadata",
    },
  ]),
  ...inFile("test/front-door/error-mapper.test.ts", [
    {
      title: "error mapper: the door's own failures bypass it",
      file: "src/runtime/door.ts",
      find: "const failure = finish(response, request);",
      replace: "const failure = response;",
      name: "a response that is too large",
    },
    {
      title: "error mapper: what it returns is sent unseen",
      file: "src/runtime/customize.ts",
      find: "if (!isResponse({ ...response, ...mapped }))",
      replace: "if (false)",
      name: "a mapper that returns a body that is no text",
    },
  ]),
  ...inFile("test/transcoding/http-api.test.ts", [
    {
      title: "handlers: run once",
      file: "src/runtime/unary.ts",
      find: "const reply = await handler(request, context);",
      replace: "await handler(request, context);\n    const reply = await handler(request, context);",
      name: "reach the handler once",
    },
    {
      title: "secrets: a bug's message goes to the client",
      file: "src/runtime/status.ts",
      find: 'return { code: 13, message: "internal error", details: [], isPublic: false };',
      replace: "return { code: 13, message: String((thrown as Error)?.message), details: [], isPublic: false };",
      name: "a handler's bug",
    },
    {
      title: "secrets: the message of a database's numbered error goes to the client",
      file: "src/runtime/status.ts",
      find: 'return Number.isInteger(code) && typeof details === "string";',
      replace: "return Number.isInteger(code);",
      name: "a handler that throws something",
    },
    {
      title: "headers: a line break in a value goes out",
      file: "src/runtime/respond.ts",
      find: '.replace(/[^ -~]+/g, " ")',
      replace: '.replace(/[^ -~\\r\\n]+/g, " ")',
      name: "line breaks",
    },
    {
      title: "waitUntil: nobody waits",
      file: "src/runtime/call.ts",
      find: "if (background.length > 0)",
      replace: "if (background.length < 0)",
      name: "waitUntil",
    },
    {
      title: "HEAD: a stream is left open",
      file: "src/runtime/endpoint.ts",
      find: "for await (const _piece of response.body) break;",
      replace: "",
      name: "HEAD stops a stream",
    },
    {
      title: "deadline: the client's timeout is not heard",
      file: "src/runtime/deadline.ts",
      find: "return Math.min(timeout, remaining);",
      replace: "return remaining;",
      name: "Grpc-Timeout that has passed",
    },
  ]),
  ...inFile("test/front-door/all-doors.test.ts", [
    {
      title: "headers: __proto__ is no name",
      file: "src/runtime/response-headers.ts",
      find: "const joined: { [name: string]: string } = Object.create(null);",
      replace: "const joined: { [name: string]: string } = {};",
      name: "headers of the connection",
    },
  ]),
  ...inFile("test/transcoding/vectors.test.ts", [
    {
      title: "query: fields that the path has set are set again",
      file: "src/runtime/query.ts",
      find: "if (isBound(path, bound)) return;",
      replace: "",
      name: "[(]bound: ",
    },
  ]),
  ...inFile("test/transcoding/map-keys.test.ts", [
    {
      title: "prototypes: a key of a map sets one",
      file: "src/runtime/set-entry.ts",
      find: 'if (key === "__proto__") {',
      replace: 'if (key === "") {',
      name: "query",
    },
  ]),
  ...inFile("test/runtime/parse-json.test.ts", [
    {
      title: "prototypes: a name of the body sets one",
      file: "src/runtime/read-json-text.ts",
      find: "setEntry(object, name, readValue(cursor, depth - 1));",
      replace: "object[name] = readValue(cursor, depth - 1);",
      name: "__proto__",
    },
    {
      title: "JSON: nests without end",
      file: "src/runtime/read-json-text.ts",
      find: "if (depth === 0) throw",
      replace: "if (depth === Number.NEGATIVE_INFINITY) throw",
      name: "100 levels",
    },
    {
      title: "JSON: a name may stand twice",
      file: "src/runtime/read-json-text.ts",
      find: "if (Object.hasOwn(object, name))",
      replace: 'if (name === "\\0")',
      name: "twice|repeated name",
    },
  ]),
  ...inFile("test/front-door/compression.test.ts", [
    {
      title: "compression: bodies inflate without end",
      file: "src/runtime/compression.ts",
      find: "for (const layer of layers.reverse()) body = await inflate(body, layer, maxBytes);",
      replace: "for (const layer of layers.reverse()) body = await inflate(body, layer, 2 ** 30);",
      name: "a bomb",
    },
  ]),
  ...inFile("test/runtime/cors.test.ts", [
    {
      title: "CORS: responses are not shared",
      file: "src/runtime/door.ts",
      find: "cors === undefined ? response : cors.share(request, response) }",
      replace: "response }",
      name: "shares responses",
    },
    {
      title: "CORS: every origin is allowed",
      file: "src/runtime/cors.ts",
      find: 'options.origins.includes("*") || options.origins.includes(origin)',
      replace: 'origin !== ""',
      name: "a page that may not",
    },
    {
      title: "CORS: caches mix pages up",
      file: "src/runtime/cors.ts",
      find: 'return origins.includes("*") ? [] : [["Vary", "Origin"]];',
      replace: "return origins.length === 0 ? [] : [];",
      name: "a page that may call",
    },
  ]),
  ...inFile("test/runtime/route-tree.test.ts", [
    {
      title: "routes: grpc-gateway's order is that of the declarations",
      file: "src/runtime/select-route.ts",
      find: "[...routes].reverse()",
      replace: "[...routes]",
      name: " among | on one template",
    },
  ]),
  ...inFile("test/output/write.test.ts", [
    {
      title: "output: a path leaves the project",
      file: "src/output/output-path.ts",
      find: 'if (parts.includes("..")) return "it leaves the project folder";',
      replace: "",
      name: "^paths",
    },
    {
      title: "output: an edit by hand is lost",
      file: "src/output/write.ts",
      find: "const edited = options.force\n",
      replace: "const edited = options.force || true\n",
      name: "edit by hand",
    },
    {
      title: "output: half a write stays",
      file: "src/output/write.ts",
      find: "for (const undo of journal.reverse()) undoQuietly(undo);",
      replace: "",
      name: "half-way is undone",
    },
  ]),
  ...inFile("test/deploy/sam.test.ts", [
    {
      title: "templates: a comment names a secret",
      file: "src/deploy/yaml-text.ts",
      find: '.replace(/\\$?\\{+/g, "{")',
      replace: "",
      name: "keeps a comment",
    },
  ]),
];

/** Mutations that tests of one file have to notice. */
function inFile(test: string, entries: readonly Omit<Mutation, "test">[]): Mutation[] {
  return entries.map((entry) => ({ ...entry, test }));
}
