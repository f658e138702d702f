/** Certificates for servers of tests, made when a test runs: no key lies in the repository. */
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";

/** A key and its certificate, both PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes a certificate that signs itself, for a DNS name, valid from `from` to `to`. */
export function selfSigned(name: string, from: Date, to: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "der" },
  });
  const ecdsaWithSha256 = sequence(oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
  const subject = sequence(set(sequence(oid([0x55, 0x04, 0x03]), der(0x0c, Buffer.from(name)))));
  const names = sequence(der(0x82, Buffer.from(name)));
  const alternativeName = sequence(oid([0x55, 0x1d, 0x11]), der(0x04, names));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    subject,
    sequence(time(from), time(to)),
    subject,
    publicKey,
    der(0xa3, sequence(alternativeName)),
  );
  const signature = sign("sha256", body, createPrivateKey(privateKey));
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.of(0), signature])));
  const lines = whole.toString("base64").replaceAll(/.{64}/g, "$&\n");
  return { key: privateKey, cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` };
}

/** A value with its tag and length. https://letsencrypt.org/docs/a-warm-welcome-to-asn1-and-der/ */
function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  return Buffer.concat([Buffer.of(tag, ...derLength(length)), value]);
}

/** In as few bytes as can be: crypto/x509 of Go refuses others. */
function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, Buffer.concat(parts));
const oid = (bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));

/** GeneralizedTime: 20261130211500Z. */
function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\..*/g, "")}Z`));
}
