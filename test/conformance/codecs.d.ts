/** The codecs that the harness emits and bundles into the testee. */
declare module "codecs:generated" {
  export interface ConformanceCodec {
    decodeBinary(bytes: Uint8Array): unknown;
    encodeBinary(message: unknown): Uint8Array;
    decodeJson(json: unknown): unknown;
    decodeJsonIgnoringUnknown(json: unknown): unknown;
    encodeJson(message: unknown): string;
  }
  /** By full name of the message. */
  export const codecs: Readonly<Record<string, ConformanceCodec>>;
  export function decodeRequest(bytes: Uint8Array): unknown;
  export function encodeResponse(response: unknown): Uint8Array;
}
