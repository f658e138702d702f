/**
 * Encodes replies so that errors say where in the reply they are. Encoders know nothing of paths: when one fails, it runs again
 * over a view of the reply that notes what is read, and what was read last is what it failed on. A reply that is fine pays nothing.
 */
import { describeJson } from "../values/describe-json.js";
import { EncodeError } from "../values/encode-error.js";

/**
 * What `encode` makes of a reply. Throws EncodeError with the path of the value that cannot be encoded, and the engine's own error where it
 * is all of the reply that is too long.
 */
export function encodeReply<Reply, Encoded>(encode: (reply: Reply) => Encoded, reply: Reply): Encoded {
  try {
    return encode(reply);
  } catch (error) {
    // Not the fault of a value: a string, list or buffer would be longer than any can be. V8 says it in several ways.
    // What was found stands in quotes at the end of an EncodeError.
    throw /(?:length|failed)$/.test((error as Error).message) ? error : locate(error, encode, reply);
  }
}

/** What was read last, and the path to it. */
interface Trace {
  value: unknown;
  path: string;
}

function locate<Reply>(error: unknown, encode: (reply: Reply) => unknown, reply: Reply): unknown {
  const trace: Trace = { value: reply, path: "" };
  try {
    encode(view(reply, "", trace) as Reply);
  } catch (again) {
    // An engine's own error stands for null in the place of a message, or an object that contains itself.
    if (again instanceof RangeError || again instanceof TypeError) return withPath(again, trace);
  }
  return error;
}

/** `books[3].createTime`, cut where a cycle made it long. */
function withPath(error: Partial<EncodeError>, { value, path }: Trace): EncodeError {
  const { expected = "a value of the field's type", found = describeJson(value), ofMessage = false } = error;
  const place = (ofMessage ? path.replace(/\.\w+$/, "") : path).replace(/^\./, "");
  return new EncodeError(expected, found, false, place.slice(-400));
}

/** A copy of a list or message that notes what is read from it; other values are themselves. */
function view(value: unknown, path: string, trace: Trace): unknown {
  if (typeof value !== "object" || value === null || isLeaf(value)) return value;
  const isList = Array.isArray(value);
  // The original may be frozen, and then no proxy of it could hand out views.
  const copy: object = isList ? [...value] : { ...value };
  return new Proxy(copy, {
    get: (_, key) => {
      const read: unknown = Reflect.get(value, key);
      if (typeof key === "symbol" || typeof read === "function" || (isList && key === "length")) return read;
      trace.value = read;
      trace.path = path + (isList ? `[${key}]` : /^[\w$]+$/.test(key) ? `.${key}` : `[${describeJson(key)}]`);
      return view(read, trace.path, trace);
    },
  });
}

/** Bytes, times and Longs are read as one. */
function isLeaf(value: object): boolean {
  return ArrayBuffer.isView(value) || value instanceof Date || "low" in value;
}
