/** Configurations that are large in one respect each. */
import { api, list, message, plain, type SizeShape, wrong } from "./shape.js";

const tiny = { "big.proto": api(message("  string s = 1;")) };

const config = (text: string): Record<string, string> => ({ ...tiny, "grpc2lambda.yaml": text });
const serviceConfig = (text: string): Record<string, string> => ({ ...tiny, "service.yaml": text });
const withService = ["--service-config", "service.yaml"];

/** Configurations. */
export const configurations: readonly SizeShape[] = [
  wrong({ name: "maps in maps (configuration)", size: 16_000, make: (size) => config(`x: ${"{a: ".repeat(size)}`) }),
  wrong({ name: "lists in lists (configuration)", size: 16_000, make: (size) => config(`x: ${"[".repeat(size)}`) }),
  wrong({ name: "explicit keys (configuration)", size: 200, make: (size) => config("? ".repeat(size)) }),
  wrong({ name: "items in items (configuration)", size: 16_000, make: (size) => config("- ".repeat(size)) }),
  wrong({
    name: "deep indentation (configuration)",
    size: 500,
    make: (size) => config(list(size, (i) => `${" ".repeat(i)}a:`)),
  }),
  wrong({
    name: "unknown keys (configuration)",
    size: 4000,
    make: (size) => config(list(size, (i) => `protoss${i}: 1`)),
  }),
  wrong({ name: "errors (configuration)", size: 4000, make: (size) => config(list(size, () => "a: b: c")) }),
  wrong({ name: "tabs (configuration)", size: 50_000, make: (size) => config(`a:\n${"\t".repeat(size)}`) }),
  wrong({ name: "quotes (configuration)", size: 50_000, make: (size) => config(`'"`.repeat(size)) }),
  wrong({
    name: "anchors (configuration)",
    size: 4000,
    make: (size) => config(`a: &a\n${list(size, (i) => `b${i}: *a`)}`),
  }),
  wrong({ name: "documents (configuration)", size: 10_000, make: (size) => config("---\n".repeat(size)) }),
  wrong({
    name: "maps in maps (service)",
    size: 16_000,
    flags: withService,
    make: (size) => serviceConfig(`x: ${"{a: ".repeat(size)}`),
  }),
  wrong({
    name: "explicit keys (service)",
    size: 200,
    flags: withService,
    make: (size) => serviceConfig("? ".repeat(size)),
  }),
  wrong({
    name: "lists in lists (service)",
    size: 16_000,
    flags: withService,
    make: (size) => serviceConfig(`http: {rules: ${"[".repeat(size)}`),
  }),
  wrong({
    name: "rules for RPCs that are not there (service)",
    size: 1000,
    flags: withService,
    make: (size) =>
      serviceConfig(`http:\n  rules:\n${list(size, (i) => `  - selector: big.v1.Sizes.Cal${i}\n    get: /v1/x${i}`)}`),
  }),
  plain({
    name: "sections of others (service)",
    size: 10_000,
    flags: withService,
    make: (size) =>
      serviceConfig(
        `http:\n  rules:\n  - selector: big.v1.Sizes.Ask\n    get: /v1/x\nother:\n${list(size, (i) => `  key${i}: value`)}`,
      ),
  }),
  plain({
    name: "skipped RPCs (configuration)",
    size: 1000,
    make: (size) => ({
      "big.proto": `${api(message("  string s = 1;"))}service More {\n${list(size, (i) => `  rpc Call${i}(Big) returns (Big);`)}\n}`,
      "grpc2lambda.yaml": `skip:\n${list(size, (i) => `  - big.v1.More.Call${i}`)}`,
    }),
  }),
];
