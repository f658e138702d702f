/** Blocks of a Terraform module, by type and name. */
import type { Json } from "./template-text.js";

/** A resource: `aws_lambda_function`, `library_service_get_shelf`, and its arguments. */
export interface Block {
  readonly type: string;
  readonly name: string;
  readonly body: { readonly [argument: string]: Json | undefined };
}

/** Makes a resource; arguments that are undefined are left out. A remark goes into `//`, which Terraform ignores. */
export function resource(type: string, name: string, body: Block["body"], note?: string): Block {
  return { type, name, body: note === undefined ? body : { "//": note, ...body } };
}

/** Blocks as the members of `resource` or `data`, by type in the order of first use. */
export function groupBlocks(blocks: readonly Block[]): Json {
  const types = new Map<string, Record<string, Json>>();
  for (const { type, name, body } of blocks) types.set(type, { ...types.get(type), [name]: body });
  return Object.fromEntries(types);
}
