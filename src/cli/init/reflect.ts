/** The flags of `init` that read a running server. */
import { resolve } from "node:path";
import { ReflectionError } from "../../adopt/reflection/collect-files.js";
import type { Reflection } from "../../adopt/reflection/reflect-server.js";
import { readBounded } from "../../bounded-file.js";
import { FlagError, readHeaderFlag } from "../compare/compare-flags.js";
import type { Terminal } from "../terminal.js";
import type { InitFlags } from "./init-flags.js";

/** Milliseconds for everything that a server is asked. */
const timeout = 30_000;

/** Certificates and keys are a few kilobytes. */
const maxPemBytes = 1_000_000;

/** Reads the server that `--reflect` names; a text says why that is not possible. */
export async function readServer(
  address: string,
  flags: InitFlags,
  terminal: Pick<Terminal, "cwd" | "env">,
): Promise<Reflection | string> {
  // @grpc/grpc-js is loaded with it.
  const { reflectServer } = await import("../../adopt/reflection/reflect-server.js");
  try {
    const server = readAddress(address, flags, terminal);
    const headers = (flags.reflectHeader ?? []).map((line) => readHeaderFlag(line, terminal.env));
    const authority = flags.reflectAuthority === undefined ? {} : { authority: flags.reflectAuthority };
    return await reflectServer({ ...server, ...authority, headers, timeout });
  } catch (error) {
    if (error instanceof FlagError || error instanceof ReflectionError) return error.message;
    throw error;
  }
}

/** Without a scheme a server on this machine is asked without TLS, and any other with it, so that no header leaves the machine in the open unasked. */
function readAddress(text: string, flags: InitFlags, { cwd }: Pick<Terminal, "cwd">) {
  const [, scheme, host = "", port = ""] = /^(?:(grpcs?):\/\/)?([\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})$/.exec(text) ?? [];
  if (host === "" || Number(port) > 65_535)
    throw new FlagError(
      `--reflect: found ${JSON.stringify(text)}, expected host:port, grpc://host:port or grpcs://host:port`,
    );
  const { reflectCa, reflectCert, reflectKey } = flags;
  if ((reflectCert === undefined) !== (reflectKey === undefined))
    throw new FlagError("--reflect-cert and --reflect-key go together: a certificate and its key");
  const isNamed = reflectCa !== undefined || reflectCert !== undefined;
  if (scheme === "grpc" && isNamed)
    throw new FlagError("--reflect: grpc:// is without TLS, and a certificate is named");
  const isLocal = /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(host);
  const isSecure = scheme === "grpcs" || (scheme === undefined && (isNamed || !isLocal));
  const address = `${host}:${port}`;
  if (!isSecure) return { address };
  const pem = (flag: string, path: string | undefined) =>
    path === undefined ? undefined : readPem(flag, resolve(cwd, path));
  const [ca, certificate, key] = [
    pem("--reflect-ca", reflectCa),
    pem("--reflect-cert", reflectCert),
    pem("--reflect-key", reflectKey),
  ];
  return { address, tls: { ...(ca && { ca }), ...(certificate && { certificate }), ...(key && { key }) } };
}

function readPem(flag: string, path: string): Buffer {
  try {
    const content = readBounded(path, maxPemBytes);
    if (content.kind === "bytes") return Buffer.from(content.bytes);
    throw new FlagError(`${flag}: the file is no certificate or key: it has ${content.size}`);
  } catch (error) {
    if (error instanceof FlagError) throw error;
    throw new FlagError(`${flag}: the file cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
