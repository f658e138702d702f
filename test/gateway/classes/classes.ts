/** Every class of differences, in the order of the table. */
import { bodyClasses } from "./bodies.js";
import type { DifferenceClass } from "./difference-class.js";
import { doorClasses } from "./doors.js";
import { leniencyClasses } from "./leniency.js";
import { metadataClasses } from "./metadata.js";
import { pathClasses } from "./paths.js";
import { queryClasses } from "./queries.js";
import { replyClasses } from "./replies.js";
import { styleClasses } from "./styles.js";

/** All of them. */
export const differenceClasses: readonly DifferenceClass[] = [
  ...pathClasses,
  ...queryClasses,
  ...bodyClasses,
  ...leniencyClasses,
  ...replyClasses,
  ...metadataClasses,
  ...doorClasses,
  ...styleClasses,
];
