/** The common data of the emitters of one plan, and the context in which a file is written. */
import type { Field, Message } from "../../model/api-model.js";
import type { MessageStyle } from "../message-style.js";
import type { Plan } from "../../plan/plan.js";
import { namePlan } from "../names/name-plan.js";
import { indexPlan, type PlanIndex } from "../names/plan-index.js";
import type { TypeScriptPlan } from "../names/typescript-plan.js";
import type { CodeFile } from "../print/code-file.js";
import type { MessageView } from "./message-view.js";

/** The common data of the emitters of one plan; made once per plan by `indexEmission`. */
export interface EmitScope {
  readonly plan: TypeScriptPlan;
  readonly index: PlanIndex;
  /** The extensions that can be set on a message, by the full name of the message; in order of full name. */
  readonly extensions: ReadonlyMap<string, readonly Field[]>;
  /** The views that were made so far, by style and full name of the message; `viewMessage` asks for one. */
  readonly views: Map<MessageStyle, Map<string, MessageView>>;
}

/** A file being written in one message style. */
export interface EmitContext extends EmitScope {
  readonly file: CodeFile;
  readonly style: MessageStyle;
}

/** Names a plan and indexes it for the emitters. */
export function indexEmission(planned: Plan): EmitScope {
  const plan = namePlan(planned);
  const extensions = new Map<string, Field[]>();
  const add = (field: Field): void => {
    const known = extensions.get(field.extendee ?? "");
    if (known === undefined) extensions.set(field.extendee ?? "", [field]);
    else known.push(field);
  };
  const visit = (message: Message): void => {
    for (const field of message.extensions) add(field);
    for (const nested of message.messages) visit(nested);
  };
  for (const file of plan.model.files) {
    for (const field of file.extensions) add(field);
    for (const message of file.messages) visit(message);
  }
  for (const fields of extensions.values()) fields.sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
  return { plan, index: indexPlan(plan), extensions, views: new Map() };
}
