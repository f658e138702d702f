/** The table of what a client may send, for every reader of every format. */
import { binaryInputs } from "./inputs/binary.js";
import { compressedInputs } from "./inputs/compressed.js";
import { headerInputs } from "./inputs/headers.js";
import type { HostileInput } from "./inputs/input.js";
import { exactInputs, fieldInputs, jsonInputs, streamInputs } from "./inputs/json.js";
import { multipartInputs } from "./inputs/multipart.js";
import { queryInputs } from "./inputs/parameters.js";
import { pathInputs } from "./inputs/paths.js";

/** All of them. */
export const hostileInputs: readonly HostileInput[] = [
  ...jsonInputs(),
  ...exactInputs(),
  ...fieldInputs(),
  ...streamInputs(),
  ...binaryInputs(),
  ...queryInputs(),
  ...multipartInputs(),
  ...pathInputs(),
  ...headerInputs(),
  ...compressedInputs(),
];
