/** The two sides that the command line names. */
import { httpSide, type SignRequest } from "../../migrate/sides/http-side.js";
import { recordedSide } from "../../migrate/sides/recorded-side.js";
import type { Side } from "../../migrate/sides/side.js";
import type { Plan } from "../../plan/plan.js";
import type { Flags } from "../config/flags.js";
import type { Terminal } from "../terminal.js";
import { type CompareFlags, FlagError, readHeaderFlag, readSignFlag } from "./compare-flags.js";

/** Everything that a side is opened with. */
export interface SideSources {
  readonly flags: Flags & CompareFlags;
  readonly terminal: Terminal;
  readonly plan: Plan;
  /** Absolute path of the project. */
  readonly root: string;
  /** `compare.old` of the configuration. */
  readonly configuredOld?: string;
  /** Opens a gRPC server; loaded only where a side is one. */
  readonly openGrpc: (url: URL, name: "old" | "new") => Promise<Side>;
}

/** Opens a side. Throws FlagError for a URL that cannot be one, BundleError for functions that do not bundle. */
export async function openSide(name: "old" | "new", sources: SideSources): Promise<Side> {
  const { flags, configuredOld } = sources;
  const setting = name === "old" ? (flags.old ?? configuredOld) : (flags.new ?? "dev");
  if (setting === undefined) {
    throw new FlagError("there is no old side: name it with --old, or with compare.old in grpc2lambda.yaml");
  }
  if (setting === "recorded") return recordedSide;
  if (setting === "dev") {
    const [{ localSide }, { requireGenerated }, { failureLog }] = await Promise.all([
      import("./local-side.js"),
      import("./require-generated.js"),
      import("./failure-log.js"),
    ]);
    await requireGenerated(flags, sources.terminal.cwd);
    return localSide(sources.plan, sources.root, failureLog(sources.terminal));
  }
  const url = readUrl(setting, name);
  return /^grpcs?:$/.test(url.protocol) ? sources.openGrpc(url, name) : openHttp(url, name, sources);
}

function readUrl(text: string, name: "old" | "new"): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^(https?|grpcs?):$/.test(url.protocol) || url.host === "") {
    throw new FlagError(
      `--${name}: expected https://…, grpc://host:port, ${name === "old" ? "recorded" : "dev"} or such, found ${JSON.stringify(text)}`,
    );
  }
  if ([url.username, url.password].some((part) => !isDecodable(part))) {
    throw new FlagError(`--${name}: the user or the password has a % that begins no escape, expected %25`);
  }
  if (url.search !== "" || url.hash !== "") throw new FlagError(`--${name}: expected a URL without query and fragment`);
  return url;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function openHttp(url: URL, name: "old" | "new", { flags, terminal }: SideSources): Promise<Side> {
  const own = name === "old" ? flags.oldHeader : flags.newHeader;
  const headers = [...(flags.header ?? []), ...(own ?? [])].map((line) => readHeaderFlag(line, terminal.env));
  if (url.username !== "" || url.password !== "") {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.push(["Authorization", `Basic ${Buffer.from(pair).toString("base64")}`]);
  }
  const base = `${url.protocol}//${url.host}${url.pathname}`;
  const timeout = (flags.wait ?? 30) * 1000;
  return signerFor(name, flags, terminal.env).then((sign) =>
    httpSide({ base, headers, timeout, followLargePayloads: name === "new", ...(sign === undefined ? {} : { sign }) }),
  );
}

async function signerFor(
  name: "old" | "new",
  { sign }: CompareFlags,
  env: Terminal["env"],
): Promise<SignRequest | undefined> {
  const flag = (sign ?? []).map(readSignFlag).find(({ side }) => side === name);
  if (flag === undefined) return undefined;
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new FlagError(
      "--sign needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, and AWS_SESSION_TOKEN for a role",
    );
  }
  const { requestSigner } = await import("../../migrate/sides/sign-request.js");
  const { service, region } = flag;
  return requestSigner({
    service,
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    now: () => new Date(),
  });
}
