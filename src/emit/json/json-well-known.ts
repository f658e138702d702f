/** JSON codecs of the well-known types, whose JSON form is not an object of their fields. https://protobuf.dev/programming-guides/json/ */
import type { Message, WellKnownType } from "../../model/api-model.js";
import { wellKnownTypes } from "../../model/well-known-types.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField, readField } from "../objects/field-access.js";
import { zeroValue } from "../objects/initial-value.js";
import { type FieldView, type MessageView, viewMessage } from "../objects/message-view.js";
import { messageAlone } from "../objects/native-type.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeSymbol } from "../objects/runtime-exports.js";
import { messageType } from "../objects/type-text.js";
import { longOfNumber } from "../objects/value-form.js";
import type { Lines } from "../print/code-file.js";
import { binary, call, callMethod, type Expression, orElse, literal, typeOf } from "../print/expression.js";
import { constant, guard, returns, whenFirst } from "../print/statement.js";
import { anyDecoder, anyJson, assignNamed } from "./json-any.js";
import { declareDecoder, initialMessage, messageDecoder, stopCounting } from "./json-decode.js";
import { elementReader, elementWriter, fieldDecoder, fieldWriter, writer } from "./json-value.js";

/** The decoder of a message that has a JSON form of its own. */
export function wellKnownDecoder(context: EmitContext, planned: MessagePlan, wellKnown: WellKnownType): Lines[] {
  const { message } = planned;
  const type = messageType(context, message.fullName);
  const self = messageAlone(message.fullName);
  const view = viewMessage(context, message);
  if (view.native !== undefined)
    return declareDecoder(context, planned, type, [returns(call(elementReader(context, self), "json"))]);
  const { json } = wellKnownTypes[wellKnown];
  if (json === "packed") return anyDecoder(context, planned);
  if (json === "fields") return messageDecoder(context, planned);
  const nests = json === "struct" || json === "list";
  return declareDecoder(context, planned, type, [
    ...(nests ? [stopCounting(context)] : []),
    initialMessage(context, view, type),
    ...storeParts(context, view, wellKnown),
    returns("message"),
  ]);
}

/** The statements that store what the JSON holds in the fields of the message. */
function storeParts(context: EmitContext, view: MessageView, wellKnown: WellKnownType): Lines[] {
  const { message, fields } = view;
  const { json } = wellKnownTypes[wellKnown];
  switch (json) {
    case "time":
      return [
        constant("{ seconds, nanos }", call(useRuntime(context, ...timeFunctions(wellKnown).read), "json")),
        ...assignNamed(context, message, "seconds", longOfNumber(context, "seconds")),
        ...assignNamed(context, message, "nanos", "nanos"),
      ];
    case "mask":
      return storeOnly(context, fields, () => call(useRuntime(context, "field-mask", "readFieldMask"), "json"));
    case "scalar":
    case "struct":
    case "list":
      return storeOnly(context, fields, (field) => fieldDecoder(context, field, "json"));
    case "value":
      return valueSwitch(context, message);
    case "packed":
    case "fields":
      return [];
    default:
      return json satisfies never;
  }
}

/** Stores the value of the only field. */
function storeOnly(
  context: EmitContext,
  [field]: readonly FieldView[],
  read: (field: FieldView) => Expression,
): Lines[] {
  if (field === undefined) return [];
  return [constant("decoded", read(field)), ...assignField(context, field, "message", "decoded")];
}

function timeFunctions(wellKnown: WellKnownType): { readonly read: RuntimeSymbol; readonly format: RuntimeSymbol } {
  return wellKnown === "Timestamp"
    ? { read: ["timestamp", "readTimestamp"], format: ["timestamp", "formatTimestamp"] }
    : { read: ["duration", "readDuration"], format: ["duration", "formatDuration"] };
}

function valueSwitch(context: EmitContext, message: Message): Lines[] {
  const { fields } = viewMessage(context, message);
  const set = (name: string, value: (view: FieldView) => Expression): Lines[] => {
    const view = fields.find(({ field }) => field.name === name);
    return view === undefined ? [] : assignField(context, view, "message", value(view));
  };
  const read = (view: FieldView): Expression => fieldDecoder(context, view, "json");
  const zero = ({ element }: FieldView): Expression => (element.kind === "enum" ? zeroValue(context, element) : "null");
  const isA = (type: string): Expression => binary(typeOf("json"), "===", literal(type));
  return whenFirst(
    [
      [binary("json", "===", "null"), set("null_value", zero)],
      [isA("string"), set("string_value", read)],
      [isA("boolean"), set("bool_value", read)],
      [callMethod("Array", "isArray", "json"), set("list_value", read)],
      [isA("object"), set("struct_value", read)],
    ],
    set("number_value", read),
  );
}

/** The body of what builds the JSON of a message that has a form of its own; undefined for an object of the fields. */
export function wellKnownJson(context: EmitContext, message: Message): Lines[] | undefined {
  const { wellKnown } = message;
  if (wellKnown === undefined) return undefined;
  const view = viewMessage(context, message);
  if (view.native !== undefined)
    return [returns(call(elementWriter(context, messageAlone(message.fullName)), "message"))];
  const read = (each: FieldView): Expression => readField(context, each, "message").value;
  const parts = view.fields.map(read);
  const { json } = wellKnownTypes[wellKnown];
  switch (json) {
    case "fields":
      return undefined;
    case "packed":
      return anyJson(context, message);
    case "time": {
      const format = useRuntime(context, ...timeFunctions(wellKnown).format);
      return [returns(call(format, ...parts.map((part) => call("Number", orElse(part, "0")))))];
    }
    case "mask":
      return [returns(call(useRuntime(context, "field-mask", "writeFieldMask"), ...parts))];
    case "scalar":
    case "struct":
    case "list":
      return view.fields.map((each) => returns(fieldWriter(context, each, read(each))));
    case "value":
      return valueReturns(context, view);
    default:
      return json satisfies never;
  }
}

function valueReturns(context: EmitContext, view: MessageView): Lines[] {
  const members = view.fields.flatMap((each) => {
    if (each.element.kind === "enum") return [];
    const { value, isSet } = readField(context, each, "message");
    const isNumber = each.field.name === "number_value";
    const written = isNumber ? call(writer(context, "writeJsonValue"), value) : fieldWriter(context, each, value);
    return [guard(isSet, returns(written))];
  });
  return [...members, returns("null")];
}
