/** Every class of differences, in the order of the table. */
import type { DifferenceClass } from "./difference-class.js";
import { doorClasses } from "./doors.js";
import { metadataClasses } from "./metadata.js";
import { replyClasses } from "./replies.js";
import { requestClasses } from "./requests.js";
import { styleClasses } from "./styles.js";

/** All of them. */
export const differenceClasses: readonly DifferenceClass[] = [
  ...requestClasses,
  ...replyClasses,
  ...metadataClasses,
  ...doorClasses,
  ...styleClasses,
];
