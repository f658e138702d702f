/** The handler of an RPC: the user's function, or an adapter of the runtime around code for another library. */
import type { MessageStyle } from "../message-style.js";
import { isBridged } from "../../plan/codecs/codec-use.js";
import type { ModuleExport, Plan } from "../../plan/plan.js";
import { type RpcKind, rpcKind } from "../http/rpc-kind.js";
import type { MessagePlan, ModulePlan, NamedMethod, TypeScriptPlan } from "../names/typescript-plan.js";
import { loaderOptions } from "../objects/loader-options.js";
import { binaryDecoderName, binaryEncoderName, binaryModule } from "../objects/modules.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeSymbol } from "../objects/runtime-exports.js";
import type { CodeFile } from "../print/code-file.js";
import { call, type Expression, list, literal, type Member, object } from "../print/expression.js";
import { errorDetailsModule } from "./error-details.js";
import { grpcJsNames } from "./grpc-js-names.js";
import { useExport } from "./handler-parts.js";

/** Runtime modules that make handlers of methods of a grpc-js object, with their functions. */
const adapters = {
  unary: ["grpc-js", "grpcJs"],
  serverStreaming: ["grpc-js-stream", "grpcJsStream"],
  clientStreaming: ["grpc-js-client-stream", "grpcJsClientStream"],
  bidiStreaming: ["grpc-js-bidi-stream", "grpcJsBidiStream"],
} as const satisfies Readonly<Record<RpcKind, RuntimeSymbol>>;

/** Functions of the runtime that make handlers of methods of an object for nice-grpc. */
const niceAdapters = {
  unary: ["nice-grpc", "niceUnary"],
  serverStreaming: ["nice-grpc", "niceServerStream"],
  clientStreaming: ["nice-grpc", "niceClientStream"],
  bidiStreaming: ["nice-grpc", "niceBidiStream"],
} as const satisfies Readonly<Record<RpcKind, RuntimeSymbol>>;

/** `getShelf`, or `grpcJs(service, ["GetShelf", "getShelf"])` with the adapter of its kind. */
export function handlerExpression(plan: TypeScriptPlan, file: CodeFile, planned: NamedMethod): Expression {
  const { implementation, method, code } = planned;
  switch (implementation.kind) {
    case "function":
      return useExport(file, code);
    case "proxy":
      return proxiedHandler(plan, file, planned, code);
    case "nice-grpc": {
      const adapter = useRuntime({ file, plan }, ...niceAdapters[rpcKind(method)]);
      return call(adapter, useExport(file, code), list(...methodNames(planned).map(literal)), ...printer(plan, file));
    }
    case "grpc-js":
    case "server": {
      const adapter = useRuntime({ file, plan }, ...adapters[rpcKind(method)]);
      const service = useExport(file, code);
      const handler = call(adapter, service, list(...methodNames(planned).map(literal)), ...printer(plan, file));
      return isBridged(implementation) ? bridged(plan, file, planned, handler) : handler;
    }
    default:
      return implementation satisfies never;
  }
}

/** The function that prints details of errors, where some are of the API's own types. */
function printer(plan: Plan, file: CodeFile): Expression[] {
  return plan.anyTypes.length === 0 ? [] : [file.use(errorDetailsModule(plan), "packedDetail")];
}

/** The names of the method in the service object, best first. Generated code has its own way, and grpc-js says that name if one is missing. */
function methodNames(planned: NamedMethod): string[] {
  const names = grpcJsNames(planned.method.name);
  const isLoaded = loaderOptions(planned.style) !== undefined && !isBridged(planned.implementation);
  return isLoaded ? names : names.reverse();
}

/** Functions of the runtime around a handler whose messages are of generated code. */
const bridges = {
  unary: ["bridge", "bridgeUnary"],
  serverStreaming: ["bridge", "bridgeServerStream"],
  clientStreaming: ["bridge", "bridgeClientStream"],
  bidiStreaming: ["bridge", "bridgeBidiStream"],
} as const satisfies Readonly<Record<RpcKind, RuntimeSymbol>>;

/** `bridgeUnary("/acme.v1.Shop/Get", handler, { encode: encodeAskBinary, decode: decodeItemBinary })`. */
function bridged(plan: TypeScriptPlan, file: CodeFile, planned: NamedMethod, handler: Expression): Expression {
  const bridge = useRuntime({ file, plan }, ...bridges[rpcKind(planned.method)]);
  return call(bridge, literal(grpcPath(planned)), handler, object(...binaryCodec(plan, file, planned)));
}

/** Functions of the runtime that let a gRPC server answer. */
const proxies = {
  unary: ["grpc-proxy", "proxyUnary"],
  serverStreaming: ["grpc-proxy", "proxyServerStream"],
  clientStreaming: ["grpc-proxy", "proxyClientStream"],
  bidiStreaming: ["grpc-proxy", "proxyBidiStream"],
} as const satisfies Readonly<Record<RpcKind, RuntimeSymbol>>;

/** `proxyUnary(oldServer, "/acme.v1.Shop/Get", { encode: encodeAskBinary, decode: decodeItemBinary })`. */
export function proxiedHandler(
  plan: TypeScriptPlan,
  file: CodeFile,
  planned: NamedMethod,
  exported: ModuleExport,
): Expression {
  const proxy = useRuntime({ file, plan }, ...proxies[rpcKind(planned.method)]);
  const server = useExport(file, exported);
  const print: Member[] =
    plan.anyTypes.length === 0 ? [] : [["print", file.use(errorDetailsModule(plan), "packedDetail")]];
  return call(proxy, server, literal(grpcPath(planned)), object(...binaryCodec(plan, file, planned), ...print));
}

function grpcPath({ service, method }: NamedMethod): string {
  return `/${service.fullName}/${method.name}`;
}

/** Functions that write the request, and read the reply, in binary. */
function binaryCodec(plan: TypeScriptPlan, file: CodeFile, { method, style }: NamedMethod): Member[] {
  const codec = (type: string, nameOf: (message: MessagePlan) => string): string => {
    const { module, message } = findMessage(plan, style, type);
    return file.use(binaryModule(plan.layout, module), nameOf(message));
  };
  const encode = codec(method.input, binaryEncoderName);
  const decode = codec(method.output, binaryDecoderName);
  return [
    ["encode", encode],
    ["decode", decode],
  ];
}

function findMessage(
  plan: TypeScriptPlan,
  style: MessageStyle,
  name: string,
): { module: ModulePlan; message: MessagePlan } {
  for (const module of plan.modules) {
    const message = module.style === style && module.messages.find((one) => one.message.fullName === name);
    if (message) return { module, message };
  }
  throw new Error(`no module for ${name}`);
}
