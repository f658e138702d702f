/** The file of prices, which anyone can replace. */

/** Prices in dollars. */
export interface Prices {
  /** `2026-11` */
  readonly date: string;
  readonly region: string;
  readonly sources: readonly string[];
  readonly hoursPerMonth: number;
  readonly lambda: {
    readonly perMillionRequests: number;
    readonly perGbSecondX86: number;
    readonly perGbSecondArm: number;
  };
  /** Concurrency that is kept ready, whether requests come or not. */
  readonly provisioned: { readonly perGbSecondX86: number; readonly perGbSecondArm: number };
  /** A request counts once for each started `bytesPerRequest` of its payload. */
  readonly httpApi: { readonly perMillionRequests: number; readonly bytesPerRequest: number };
  readonly restApi: { readonly perMillionRequests: number };
  /** The cache of a stage by its GB: `0.5`. */
  readonly restCachePerHour: Readonly<Record<string, number>>;
  /** A unit of capacity (LCU) takes so many new connections a second, or so many gigabytes an hour for Lambda targets. */
  readonly alb: {
    readonly perHour: number;
    readonly perLcuHour: number;
    readonly connectionsPerSecond: number;
    readonly gbPerHour: number;
  };
  readonly logs: { readonly perGb: number };
  readonly transfer: { readonly perGb: number };
  readonly nat: { readonly perHour: number; readonly perGb: number };
}

const numbers: readonly (readonly [group: string, name: string])[] = [
  ["lambda", "perMillionRequests"],
  ["lambda", "perGbSecondX86"],
  ["lambda", "perGbSecondArm"],
  ["provisioned", "perGbSecondX86"],
  ["provisioned", "perGbSecondArm"],
  ["httpApi", "perMillionRequests"],
  ["httpApi", "bytesPerRequest"],
  ["restApi", "perMillionRequests"],
  ...["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"].map((size) => ["restCachePerHour", size] as const),
  ["alb", "perHour"],
  ["alb", "perLcuHour"],
  ["alb", "connectionsPerSecond"],
  ["alb", "gbPerHour"],
  ["logs", "perGb"],
  ["transfer", "perGb"],
  ["nat", "perHour"],
  ["nat", "perGb"],
];

/** Reads the text of a file; a text says what is wrong with it. */
export function readPrices(text: string): Prices | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (typeof document !== "object" || document === null) return "it is not an object";
  const record = document as Readonly<Record<string, unknown>>;
  const missing = numbers.find(
    ([group, name]) => !isPrice((record[group] as Readonly<Record<string, unknown>> | undefined)?.[name]),
  );
  if (missing !== undefined) return `${missing.join(".")} is not a number of 0 or more`;
  const divided = [
    ["httpApi", "bytesPerRequest"],
    ["alb", "connectionsPerSecond"],
    ["alb", "gbPerHour"],
  ] as const;
  const zero = divided.find(([group, name]) => (record[group] as Readonly<Record<string, unknown>>)[name] === 0);
  if (zero !== undefined) return `${zero.join(".")} is not a number above 0`;
  if (!isPrice(record["hoursPerMonth"]) || record["hoursPerMonth"] === 0)
    return "hoursPerMonth is not a number above 0";
  const { date, region, sources } = record;
  if (
    typeof date !== "string" ||
    typeof region !== "string" ||
    !Array.isArray(sources) ||
    !sources.every((source) => typeof source === "string")
  ) {
    return "it lacks date, region or sources";
  }
  return document as Prices;
}

function isPrice(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
