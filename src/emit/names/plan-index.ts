/** Look-ups over a plan: from a declaration and a style to what is emitted for it. */
import { type MessageStyle, styleKey } from "../../model/message-style.js";
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

/** Finds what is emitted for a full name in a style. Asking for something that was not planned is a bug: it throws. */
export interface PlanIndex {
  message(fullName: string, style: MessageStyle): PlannedMessage;
  enum(fullName: string, style: MessageStyle): PlannedEnum;
  /** Whether a message or an enum was planned. */
  has(fullName: string, style: MessageStyle): boolean;
}

/** Indexes a plan once. */
export function indexPlan(plan: Pick<TypeScriptPlan, "modules">): PlanIndex {
  const messages = new Map<string, PlannedMessage>();
  const enums = new Map<string, PlannedEnum>();
  for (const module of plan.modules) {
    const style = styleKey(module.style);
    for (const message of module.messages)
      messages.set(`${style} ${message.message.fullName}`, { module, plan: message });
    for (const declared of module.enums) enums.set(`${style} ${declared.enum.fullName}`, { module, plan: declared });
  }
  return {
    message: (fullName, style) => found(messages.get(`${styleKey(style)} ${fullName}`), fullName),
    enum: (fullName, style) => found(enums.get(`${styleKey(style)} ${fullName}`), fullName),
    has: (fullName, style) => {
      const key = `${styleKey(style)} ${fullName}`;
      return messages.has(key) || enums.has(key);
    },
  };
}

function found<T>(value: T | undefined, fullName: string): T {
  if (value === undefined) throw new Error(`not planned: ${fullName}`);
  return value;
}
