/** The text of grpc2lambda.yaml that `init` writes. */
import type { FoundImplementation } from "../code/find-implementations.js";
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import { defaultPlaces } from "../../plan/go/default-places.js";
import { settingDefaults } from "../../plan/setting-defaults.js";

/** The answers to the questions. */
export interface Answers {
  readonly protos: readonly string[];
  readonly include: readonly string[];
  /** Undefined: .proto text is read. */
  readonly descriptorSet?: string;
  readonly language: "typescript" | "go";
  /** Services to generate; empty: all. */
  readonly only: readonly string[];
  readonly out: string;
  readonly handlers: string;
  readonly template: string;
  readonly frontDoor: FrontDoorId;
  readonly unbound: "report" | "bind" | "ignore";
  readonly allowDeleteBody: boolean;
  /** Streams of requests come in one body each. */
  readonly collectStreams: boolean;
  readonly gateway: "2.30" | "2.33";
  readonly serviceConfig?: string;
  /** Implementations to use, one for each service. */
  readonly wired: readonly FoundImplementation[];
}

/** Writes the configuration; comments say where implementations are. */
export function configurationText(answers: Answers): string {
  const { out, handlers, template, language, unbound, frontDoor } = answers;
  const { outDir, handlersDir } = defaultPlaces[language];
  const places = [
    ["out", out, outDir],
    ["handlers", handlers, handlersDir],
    ["template", template, settingDefaults.top.template],
  ].filter(([, value, known]) => value !== known);
  return [
    "# yaml-language-server: $schema=./node_modules/grpc2lambda/schema.json",
    ...(answers.descriptorSet === undefined ? [] : [`descriptorSet: ${scalar(answers.descriptorSet)}`]),
    ...list("protos", answers.protos),
    ...list("include", answers.include),
    ...list("only", answers.only),
    ...(language === "go" ? ["language: go"] : []),
    ...(answers.serviceConfig === undefined ? [] : [`serviceConfig: ${scalar(answers.serviceConfig)}`]),
    ...places.map(([key, value = ""]) => `${key}: ${scalar(value)}`),
    ...(unbound === settingDefaults.top.unbound ? [] : [`unbound: ${unbound}`]),
    ...transcodingLines(answers),
    ...serviceLines(answers.wired),
    "deployment:",
    `  frontDoor: ${frontDoor}`,
    "",
  ].join("\n");
}

function list(key: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${key}: [${values.map(scalar).join(", ")}]`];
}

function transcodingLines({ allowDeleteBody, collectStreams, gateway }: Answers): string[] {
  const lines = [
    ...(collectStreams ? ["  clientStreaming: collect"] : []),
    ...(allowDeleteBody ? ["  allowDeleteBody: true"] : []),
    ...(gateway === "2.30" ? ['  gateway: "2.30"'] : []),
  ];
  return lines.length === 0 ? [] : ["transcoding:", ...lines];
}

function serviceLines(wired: readonly FoundImplementation[]): string[] {
  const lines = wired.flatMap(({ service, file, line, library, start, style }) => {
    if (service === undefined || start.kind !== "module") return [];
    const module = scalar(`./${start.file}${start.start === undefined ? "" : `#${start.start}`}`);
    const bridge = style.kind === "bridge" && library !== "connect" ? ", bridge: true" : "";
    return [
      `  ${service}:`,
      `    # ${comment(file)}:${line}`,
      `    implementation: ${start.takesRouter === true ? module : `{ server: ${module}${bridge} }`}`,
      ...(library === "nice-grpc" || library === "connect" ? [`    library: ${library}`] : []),
      ...(style.kind === "messages" && style.messages !== undefined
        ? [`    messages: ${messages(style.messages)}`]
        : []),
    ];
  });
  return lines.length === 0 ? [] : ["services:", ...lines];
}

function messages(style: string | Readonly<Record<string, boolean | string>>): string {
  if (typeof style === "string") return style;
  const members = Object.entries(style).map(([key, value]) => `${key}: ${value}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** Text that YAML reads as the same text, in lists and maps too. */
function scalar(text: string): string {
  return /^[A-Za-z0-9_./][\w./@+-]*$/.test(text) && !/^[\d.]+$/.test(text) ? text : JSON.stringify(text);
}

function comment(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]/g, " ");
}
