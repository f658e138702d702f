/** Settings that only code in another language has. */
import { diagnostic } from "../../diagnostics.js";
import type { Config, ServiceConfig } from "./config.js";
import { isProxy } from "./message-style.js";
import type { SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** GO008 for each setting that would do nothing. */
export function checkLanguage({ located, report }: SettingSources, config: Config): void {
  const place = (path: ConfigPath) => located?.places.ofKey(path);
  if (config.language !== "go") {
    if (config.go === undefined) return;
    const message = "go has settings, but language is typescript, expected language: go";
    report(
      diagnostic("GO008", message, { location: place(["go"]), help: "add `language: go`, or remove the settings" }),
    );
    return;
  }
  if (config.go?.mode === "static")
    report(
      diagnostic("GO008", "go.mode is static, which is not available yet, expected gateway", {
        location: place(["go", "mode"]),
        help: "gateway mode needs the code of protoc-gen-grpc-gateway (.pb.gw.go) for each service",
      }),
    );
  if (config.deployment?.tracing === "calls")
    report(
      diagnostic("GO008", "deployment.tracing is calls, expected none or lambda with language: go", {
        location: place(["deployment", "tracing"]),
        help: "trace calls in your own code, with go.opentelemetry.io/otel or the X-Ray SDK",
      }),
    );
  for (const { path, instead } of foreign(config)) {
    const message = `${path.join(".")} is a setting of code in TypeScript, expected none of these with language: go`;
    report(diagnostic("GO008", message, { location: place(path), help: instead }));
  }
}

interface Foreign {
  readonly path: ConfigPath;
  /** The setting that does the same in Go. */
  readonly instead: string;
}

const muxOptions = "the gateway is your own: set it with options of runtime.NewServeMux (go.muxOptions)";
const interceptors = "name interceptors of grpc-go in go.unaryInterceptors and go.streamInterceptors";
const middleware = "wrap the gateway in an HTTP middleware (go.middleware)";

const proxied = "let a load balancer's rules keep this path with the old service, or proxy in functions in TypeScript";

/** Keys of the API itself. */
const ofApi: Readonly<Record<string, string>> = {
  messages: "messages are those of protoc-gen-go",
  routes: "handle the path in an HTTP middleware (go.middleware), or in a function of another stack",
  implementation: proxied,
  traffic: proxied,
  anyTypes: "types that an Any may hold are those that the program links",
  interceptors,
  errorMapper: "use runtime.WithErrorHandler (go.muxOptions)",
  observability: "functions in Go write lines of JSON with log/slog, and you choose them",
  headers: "use runtime.WithIncomingHeaderMatcher and runtime.WithOutgoingHeaderMatcher (go.muxOptions)",
};

const ofDeployment: Readonly<Record<string, string>> = {
  runtime: "functions in Go run in provided.al2023",
  compression: middleware,
  largePayloads: "payloads through S3 are not available in Go yet",
};

function foreign({ deployment, services, methods, transcoding, ...config }: Config): Foreign[] {
  const inMap = (at: ConfigPath, map: object | undefined, known: Readonly<Record<string, string>>): Foreign[] =>
    Object.keys(map ?? {}).flatMap((key) => {
      const instead = Object.hasOwn(known, key) ? known[key] : undefined;
      return instead === undefined ? [] : [{ path: [...at, key], instead }];
    });
  const needless = Object.keys(transcoding ?? {}).filter((key) => key !== "gateway" && key !== "allowDeleteBody");
  return [
    ...inMap([], config, ofApi),
    ...inMap(["deployment"], deployment, ofDeployment),
    ...needless.map((key) => ({ path: ["transcoding", key], instead: muxOptions })),
    ...Object.entries(services ?? {}).flatMap(([name, { implementation }]) =>
      foreignImplementation(name, implementation),
    ),
    ...Object.entries(services ?? {}).flatMap(([name, service]) =>
      inMap(["services", name], service, {
        messages: ofApi["messages"] ?? "",
        library: "the server is one of grpc-go",
        interceptors,
        traffic: proxied,
        sampleSuccesses: ofApi["observability"] ?? "",
      }),
    ),
    ...Object.entries(methods ?? {}).flatMap(([name, method]) =>
      inMap(["methods", name], method, {
        status: muxOptions,
        implementation: proxied,
        traffic: proxied,
        sampleSuccesses: ofApi["observability"] ?? "",
        clientStreaming: "every stream is served as far as one body can hold it",
      }),
    ),
  ];
}

function foreignImplementation(name: string, implementation: ServiceConfig["implementation"]): Foreign[] {
  const path = ["services", name, "implementation"];
  if (typeof implementation === "object")
    return [{ path: [...path, "server"], instead: "main packages are read without being named" }];
  return isProxy(implementation) ? [{ path, instead: proxied }] : [];
}
