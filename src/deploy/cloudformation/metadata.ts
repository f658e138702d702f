/** Metadata of resources by which scanners know what is skipped, and why. */
import { type DocumentMembers, inline } from "../resources/document.js";
import type { Skip } from "../skips/skip.js";

/** Metadata with the skips, in the forms of checkov and cdk-nag, and with `more`; undefined without either. */
export function metadata(skips: readonly Skip[], more: DocumentMembers = {}): DocumentMembers | undefined {
  const checkov = skips.flatMap(({ checkov: { template }, reason }) =>
    template.map((id) => inline({ id, comment: reason })),
  );
  const cdkNag = skips.flatMap(({ cdkNag: ids, reason }) => ids.map((id) => inline({ id, reason })));
  const members = {
    ...more,
    checkov: checkov.length === 0 ? undefined : { skip: checkov },
    cdk_nag: cdkNag.length === 0 ? undefined : { rules_to_suppress: cdkNag },
  };
  return Object.values(members).some((member) => member !== undefined) ? members : undefined;
}
