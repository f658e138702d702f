/** The settings that flags override. Written by `npm run settings` from schema.json. */

import type { SettingFlag } from "./setting-flag.js";

/** The flags after parsing; undefined leaves the value of the configuration, or the default. */
export interface SettingFlags {
  readonly include?: readonly string[];
  readonly descriptorSet?: string;
  readonly serviceConfig?: readonly string[];
  readonly out?: string;
  readonly handlers?: string;
  readonly template?: string;
  readonly zips?: string;
  readonly service?: readonly string[];
  readonly skip?: readonly string[];
  readonly bindUnbound?: boolean;
  readonly anyType?: readonly string[];
  readonly messages?: "idiomatic" | "proto-loader" | "ts-proto" | "protobuf-es";
  readonly profile?: "grpc-gateway" | "spec";
  readonly gateway?: "2.30" | "2.33";
  readonly emitDefaults?: boolean;
  readonly originalNames?: boolean;
  readonly enumsAsNumbers?: boolean;
  readonly unknownFields?: "ignore" | "reject";
  readonly allowDeleteBody?: boolean;
  readonly target?: "sam" | "cloudformation" | "terraform" | "cdk";
  readonly frontDoor?: "http-api" | "rest-api" | "alb" | "function-url";
  readonly functions?: "per-rpc" | "per-service" | "single";
  readonly apiName?: string;
  readonly runtime?: "nodejs24.x" | "nodejs22.x";
  readonly architecture?: "arm64" | "x86_64";
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly logRetentionDays?: number;
  readonly auth?: "iam" | "jwt" | "cognito" | "lambda" | "oidc" | "none";
}

/** The flags, in the order of the help. */
export const settingFlags: readonly SettingFlag[] = [
  {
    key: ["include"],
    member: "include",
    group: "Input",
    name: "-I, --include <folder>",
    about: "where imports are looked up, repeatable (default: .)",
    takes: { kind: "paths" },
  },
  {
    key: ["descriptorSet"],
    member: "descriptorSet",
    group: "Input",
    name: "--descriptor-set <file>",
    about: "read a FileDescriptorSet instead of .proto text (buf build -o image.binpb)",
    takes: { kind: "path" },
  },
  {
    key: ["serviceConfig"],
    member: "serviceConfig",
    group: "Input",
    name: "--service-config <file>",
    about: "http rules from a google.api.Service YAML file, repeatable",
    takes: { kind: "paths" },
  },
  {
    key: ["out"],
    member: "out",
    group: "Output",
    name: "-o, --out <folder>",
    about: "generated files",
    takes: { kind: "path" },
    fallback: "gen",
  },
  {
    key: ["handlers"],
    member: "handlers",
    group: "Output",
    name: "--handlers <folder>",
    about: "your handlers, scaffolded once",
    takes: { kind: "path" },
    fallback: "src/handlers",
  },
  {
    key: ["template"],
    member: "template",
    group: "Output",
    name: "--template <file>",
    about: "deployment template",
    takes: { kind: "path" },
    fallback: "template.yaml",
  },
  {
    key: ["zips"],
    member: "zips",
    group: "Output",
    name: "--zips <folder>",
    about: "zips of the functions, which build makes",
    takes: { kind: "path" },
    fallback: "build/lambda",
  },
  {
    key: ["only"],
    member: "service",
    group: "Input",
    name: "--service <name>",
    about: "only this service, by full name, repeatable",
    takes: { kind: "texts" },
  },
  {
    key: ["skip"],
    member: "skip",
    group: "Input",
    name: "--skip <method>",
    about: "leave this RPC out, by full name, repeatable",
    takes: { kind: "texts" },
  },
  {
    key: ["unbound"],
    member: "bindUnbound",
    group: "Input",
    name: "--bind-unbound",
    about: "methods without a rule become POST /package.Service/Method",
    takes: { kind: "nothing", sets: "bind" },
    fallback: "report",
  },
  {
    key: ["anyTypes"],
    member: "anyType",
    group: "Input",
    name: "--any-type <name>",
    about: "message that an Any may hold, or pattern (acme.*), repeatable (default: every linked one)",
    takes: { kind: "texts" },
  },
  {
    key: ["messages"],
    member: "messages",
    group: "Messages and JSON",
    name: "--messages <preset>",
    about: "shape of messages in handlers",
    takes: { kind: "choice", values: ["idiomatic", "proto-loader", "ts-proto", "protobuf-es"] },
    fallback: "idiomatic",
  },
  {
    key: ["transcoding", "profile"],
    member: "profile",
    group: "Messages and JSON",
    name: "--profile <name>",
    about: "whose behaviour",
    takes: { kind: "choice", values: ["grpc-gateway", "spec"] },
    fallback: "grpc-gateway",
  },
  {
    key: ["transcoding", "gateway"],
    member: "gateway",
    group: "Messages and JSON",
    name: "--gateway <version>",
    about: "which grpc-gateway the profile of that name is",
    takes: { kind: "choice", values: ["2.30", "2.33"] },
    fallback: "2.33",
  },
  {
    key: ["transcoding", "emitDefaults"],
    member: "emitDefaults",
    group: "Messages and JSON",
    name: "--emit-defaults",
    about: "print fields that hold their default",
    no: "leave them out",
    takes: { kind: "switch" },
    fallback: true,
  },
  {
    key: ["transcoding", "originalNames"],
    member: "originalNames",
    group: "Messages and JSON",
    name: "--original-names",
    about: "print field names as declared",
    takes: { kind: "switch" },
    fallback: false,
  },
  {
    key: ["transcoding", "enumsAsNumbers"],
    member: "enumsAsNumbers",
    group: "Messages and JSON",
    name: "--enums-as-numbers",
    about: "print enum values as numbers",
    takes: { kind: "switch" },
    fallback: false,
  },
  {
    key: ["transcoding", "unknownFields"],
    member: "unknownFields",
    group: "Messages and JSON",
    name: "--unknown-fields <what>",
    about: "unknown JSON members and parameters",
    takes: { kind: "choice", values: ["ignore", "reject"] },
  },
  {
    key: ["transcoding", "allowDeleteBody"],
    member: "allowDeleteBody",
    group: "Messages and JSON",
    name: "--allow-delete-body",
    about: "accept a body in the rule of a DELETE",
    takes: { kind: "switch" },
    fallback: false,
  },
  {
    key: ["deployment", "target"],
    member: "target",
    group: "Deployment",
    name: "--target <id>",
    about: "tool that deploys",
    takes: { kind: "choice", values: ["sam", "cloudformation", "terraform", "cdk"] },
    fallback: "sam",
  },
  {
    key: ["deployment", "frontDoor"],
    member: "frontDoor",
    group: "Deployment",
    name: "--front-door <id>",
    about: "what requests come in through",
    takes: { kind: "choice", values: ["http-api", "rest-api", "alb", "function-url"] },
    fallback: "http-api",
  },
  {
    key: ["deployment", "functions"],
    member: "functions",
    group: "Deployment",
    name: "--functions <which>",
    about: "which RPCs share a function (default: per-rpc)",
    takes: { kind: "choice", values: ["per-rpc", "per-service", "single"] },
  },
  {
    key: ["deployment", "apiName"],
    member: "apiName",
    group: "Deployment",
    name: "--api-name <name>",
    about: "name of the API (default: from the package)",
    takes: {
      kind: "text",
      pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
      maxLength: 40,
      expected: "lower-case words joined by hyphens, such as library-api",
    },
  },
  {
    key: ["deployment", "runtime"],
    member: "runtime",
    group: "Deployment",
    name: "--runtime <id>",
    about: "Lambda runtime",
    takes: { kind: "choice", values: ["nodejs24.x", "nodejs22.x"] },
    fallback: "nodejs24.x",
  },
  {
    key: ["deployment", "architecture"],
    member: "architecture",
    group: "Deployment",
    name: "--architecture <id>",
    about: "processor",
    takes: { kind: "choice", values: ["arm64", "x86_64"] },
    fallback: "arm64",
  },
  {
    key: ["deployment", "memorySize"],
    member: "memorySize",
    group: "Deployment",
    name: "--memory-size <MB>",
    about: "memory per function",
    takes: { kind: "integer", minimum: 128, maximum: 10240 },
    fallback: 512,
  },
  {
    key: ["deployment", "timeout"],
    member: "timeout",
    group: "Deployment",
    name: "--timeout <seconds>",
    about: "time per invocation",
    takes: { kind: "integer", minimum: 1, maximum: 900 },
    fallback: 28,
  },
  {
    key: ["deployment", "logRetentionDays"],
    member: "logRetentionDays",
    group: "Deployment",
    name: "--log-retention-days <days>",
    about: "how long logs are kept",
    takes: {
      kind: "choice",
      values: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    },
    fallback: 30,
  },
  {
    key: ["deployment", "auth"],
    member: "auth",
    group: "Deployment",
    name: "--auth <kind>",
    about: "who may call",
    takes: { kind: "choice", values: ["iam", "jwt", "cognito", "lambda", "oidc", "none"] },
    fallback: "iam",
  },
];
