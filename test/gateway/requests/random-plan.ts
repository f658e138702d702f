/** What handlers do in random cases: mostly they reply, some fail, some send metadata. */
import type { Choice } from "../messages/choice.js";
import type { HandlerPlan, MetadataPair, PlannedError } from "./request-case.js";

const seedLimit = 2 ** 31;
const messages = ["not here", "", "ü😀", '100% "quoted"\nline', "<b>", "a\tb", "\u0000", " spaced ", "%41"];
const headers: readonly MetadataPair[] = [
  ["x-a", "1"],
  ["x-a", "2"],
  ["location", "/x"],
  ["set-cookie", "a=1"],
  ["x-b", "plain"],
  ["x-empty", ""],
  ["x-http-code", "201"],
  ["grpc-x", "y"],
  ["etag", '"1"'],
];
const binary: MetadataPair = ["x-bin-bin", { bytes: "AQID" }];
const trailers: readonly MetadataPair[] = [
  ["t-a", "1"],
  ["t-a", "2"],
  ["t-bin", { bytes: "AQID" }],
  ["t-b", "x y"],
];

/** A random plan; `isStream` for an RPC that streams replies. */
export function randomPlan(choice: Choice, isStream: boolean): HandlerPlan {
  const seed = choice.below(seedLimit);
  const echo = choice.chance(0.5);
  const error = choice.chance(0.08) ? randomError(choice) : undefined;
  const header = choice.chance(0.1) ? choice.sample(headers, choice.between(1, 3)) : undefined;
  const withBinary = header !== undefined && choice.chance(0.1) ? [...header, binary] : header;
  const trailer = choice.chance(0.06) ? choice.sample(trailers, choice.between(1, 2)) : undefined;
  return {
    seed,
    ...(echo ? { echo } : {}),
    ...(error === undefined ? {} : { error }),
    ...(withBinary === undefined ? {} : { header: withBinary }),
    ...(trailer === undefined ? {} : { trailer }),
    ...(isStream ? { count: choice.pick([0, 1, 1, 1, 3, 3, 3]) } : {}),
  };
}

function randomError(choice: Choice): PlannedError {
  const code = choice.between(1, 16);
  const message = choice.pick(messages);
  const after = choice.pick([0, 0, 1, 2]);
  const detailSeed = choice.chance(0.4) ? choice.below(seedLimit) : undefined;
  const metadata: MetadataPair[] | undefined = choice.chance(0.3)
    ? [
        ["x-error", "1"],
        ["retry-in", "5"],
      ]
    : undefined;
  return {
    code,
    message,
    after,
    ...(detailSeed === undefined ? {} : { detailSeed }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
