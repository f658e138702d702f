/** Look-ups over a plan: from a declaration and a style to what is emitted for it. */
import type { MessageStyle } from "../message-style.js";
import type { EnumPlan, MessagePlan, ModulePlan, TypeScriptPlan } from "./typescript-plan.js";

/** A message with the module that declares it. */
export interface PlannedMessage {
  readonly module: ModulePlan;
  readonly plan: MessagePlan;
}

/** An enum with the module that declares it. */
export interface PlannedEnum {
  readonly module: ModulePlan;
  readonly plan: EnumPlan;
}

/** Finds what is emitted for a full name in a style of the plan. Asking for something that was not planned is a bug: it throws. */
export interface PlanIndex {
  message(fullName: string, style: MessageStyle): PlannedMessage;
  enum(fullName: string, style: MessageStyle): PlannedEnum;
  /** Whether a message or an enum was planned. */
  has(fullName: string, style: MessageStyle): boolean;
}

/** The declarations of one style by full name. */
interface Declarations {
  readonly messages: Map<string, PlannedMessage>;
  readonly enums: Map<string, PlannedEnum>;
}

/** Indexes a plan once. */
export function indexPlan(plan: Pick<TypeScriptPlan, "modules">): PlanIndex {
  const styles = new Map<MessageStyle, Declarations>();
  for (const module of plan.modules) {
    const { messages, enums } = declarationsIn(styles, module.style);
    for (const planned of module.messages) messages.set(planned.message.fullName, { module, plan: planned });
    for (const planned of module.enums) enums.set(planned.enum.fullName, { module, plan: planned });
  }
  return {
    message: (fullName, style) => found(styles.get(style)?.messages.get(fullName), fullName),
    enum: (fullName, style) => found(styles.get(style)?.enums.get(fullName), fullName),
    has: (fullName, style) => {
      const declared = styles.get(style);
      return declared !== undefined && (declared.messages.has(fullName) || declared.enums.has(fullName));
    },
  };
}

function declarationsIn(styles: Map<MessageStyle, Declarations>, style: MessageStyle): Declarations {
  const declared = styles.get(style) ?? { messages: new Map(), enums: new Map() };
  styles.set(style, declared);
  return declared;
}

function found<T>(value: T | undefined, fullName: string): T {
  if (value === undefined) throw new Error(`not planned: ${fullName}`);
  return value;
}
