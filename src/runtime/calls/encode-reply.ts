/**
 * Encodes replies so that errors have the path of the value. Encoders know no paths: when one fails, it runs again over
 * a view of the reply that notes each property that is read. The last one is the one it failed on. Success pays
 * nothing.
 */
import { describeJson } from "../values/describe-json.js";
import { EncodeError } from "../values/encode-error.js";

/**
 * Encodes a reply with `encode`. Throws EncodeError with the path of the value that cannot be encoded, and the engine's
 * own error if the reply as a whole is too long.
 */
export function encodeReply<Reply, Encoded>(encode: (reply: Reply) => Encoded, reply: Reply): Encoded {
  try {
    return encode(reply);
  } catch (error) {
    // The reply as a whole is at fault: a string, list or buffer would be too long for V8, which says so in several
    // ways. An EncodeError never ends so: it ends with the found value in quotes.
    throw /(?:length|failed)$/.test((error as Error).message) ? error : locate(error, encode, reply);
  }
}

/** The value that was read last, and its path. */
interface Trace {
  value: unknown;
  path: string;
}

function locate<Reply>(error: unknown, encode: (reply: Reply) => unknown, reply: Reply): unknown {
  const trace: Trace = { value: reply, path: "" };
  try {
    encode(view(reply, "", trace) as Reply);
  } catch (again) {
    // An error of the engine means null instead of a message, or an object that contains itself.
    if (again instanceof RangeError || again instanceof TypeError) return withPath(again, trace);
  }
  return error;
}

/** Adds the path, `books[3].createTime`, cut if a cycle made it long. */
function withPath(error: Partial<EncodeError>, { value, path }: Trace): EncodeError {
  const { expected = "a value of the field's type", found = describeJson(value), ofMessage = false } = error;
  const place = (ofMessage ? path.replace(/\.\w+$/, "") : path).replace(/^\./, "");
  return new EncodeError(expected, found, false, place.slice(-400));
}

/** A copy of a list or message that notes each read; other values are returned as they are. */
function view(value: unknown, path: string, trace: Trace): unknown {
  if (typeof value !== "object" || value === null || isLeaf(value)) return value;
  const isList = Array.isArray(value);
  // The original may be frozen, and a proxy of a frozen object cannot return views.
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

/** Tells whether a value is read as a whole: bytes, times and Longs. */
function isLeaf(value: object): boolean {
  return ArrayBuffer.isView(value) || value instanceof Date || "low" in value;
}
