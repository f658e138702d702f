/** Stands in for grpc-js' `StatusBuilder`, which collects the parts of a status. */
import type { MetadataSource } from "../metadata.js";

/** Collects code, details and metadata. */
export class StatusBuilder {
  readonly #status: { code?: number; details?: string; metadata?: MetadataSource } = {};

  withCode(code: number): this {
    this.#status.code = code;
    return this;
  }

  withDetails(details: string): this {
    this.#status.details = details;
    return this;
  }

  withMetadata(metadata: MetadataSource): this {
    this.#status.metadata = metadata;
    return this;
  }

  build(): object {
    return { ...this.#status };
  }
}
