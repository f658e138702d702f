/** Pools of texts, fixtures/gateway/texts.json: what clients send, well formed and not. */
import pools from "../../../fixtures/gateway/texts.json" with { type: "json" };

/** Name and value of a header. */
export type HeaderPair = readonly [name: string, value: string];

/** What a pool is called says where its texts stand; `odd` ones are not what a field expects. */
export const texts = pools;

/** Headers of a pool as pairs. */
export function headerPairs(pool: readonly (readonly string[])[]): HeaderPair[] {
  return pool.map(([name = "", value = ""]) => [name, value]);
}
