/** JSON texts of values, right and wrong, by what a field holds. */

const integers = [
  ...["0", "-0", "1", "-1", "1.0", "1e2", "1.5e1", "10e-1", "1.5", "1e-1", "2147483647", "2147483648", "-2147483648"],
  ...["-2147483649", "4294967295", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808"],
  ...["-9223372036854775808", "18446744073709551615", "18446744073709551616", "1e19", "1e20", "1e400", "true", "null"],
];
const integerTexts = [
  "0",
  "-0",
  "007",
  "+7",
  "1.0",
  "1e2",
  "",
  " 1",
  "1 ",
  "0x1",
  "1_0",
  "1.",
  "1e",
  "-",
  "NaN",
  "10e-1",
];
const numbers = [
  "0",
  "-0",
  "0.5",
  "1e400",
  "1e-400",
  "3.4028235e38",
  "3.5e38",
  "16777217",
  "1e21",
  "1e-7",
  "null",
  "true",
];
const numberTexts = [
  "NaN",
  "Infinity",
  "-Infinity",
  "+Infinity",
  "infinity",
  "nan",
  "1",
  "1.5e3",
  "",
  " 1",
  "0x1p3",
  ".5",
  "1_0",
];

/** Texts that are base64, and some that are not. */
export const base64 = [
  ...[
    "",
    "QUI=",
    "QUI",
    "QUJD",
    "QUJDRA==",
    "QUJDRA",
    "QUJDRA=",
    "-_8=",
    "-_8",
    "+/8=",
    "+_8=",
    "Q",
    "QU",
    "Q=",
    "QU=",
    "==",
  ],
  ...[
    "====",
    "QUJD====",
    "QUI=QUI=",
    "QU I",
    "QUI=\\n",
    "QUJD\\nREVG\\n",
    "QUJD\\r\\nREVG\\r\\n",
    "\\nQUJD",
    "QU\\nI=",
    "QUI\\n",
  ],
  ...[
    "QUI\\n=",
    "QUJD\\nRA==\\n",
    "QUJDRA==\\n\\n\\n\\n",
    "QUJDRA=\\n=",
    "\\n",
    "\\n\\n\\n\\n",
    "Q\\n",
    "QQ\\n\\n",
    "QUJD\\tRA",
    "QR==",
    "QUF=",
  ],
];

/** Strings. */
export const strings = [
  '""',
  '"a"',
  '"<&>\u2028é😀"',
  '"\\ud800"',
  '"\\ud83d\\ude00"',
  '"\\u0000\\u001f\\u007f\\"\\\\\\/\\b\\f\\n\\r\\t"',
  "1",
  "true",
  "[]",
  "null",
];

/** Values of open enums. */
export const enums = [
  '"RED"',
  '"GREEN"',
  '"red"',
  '""',
  '"1"',
  "1",
  "-2",
  "1.0",
  "1e0",
  "1.5",
  "99",
  "2147483648",
  "null",
  "true",
  '"NO_SUCH"',
];

/** Values of closed enums. */
export const closedEnums = ['"LARGE"', "7", "1", "99", "0", "-5", "2147483648", '"NO_SUCH"', "null", "1.0"];

/** Timestamps. */
export const times = [
  ...[
    "2024-02-29T12:34:56Z",
    "2024-02-29T12:34:56.1Z",
    "2024-02-29T12:34:56.123456789Z",
    "2024-02-29T12:34:56.1234567891Z",
  ],
  ...[
    "2024-02-29T12:34:56+05:30",
    "2024-02-29T12:34:56-23:59",
    "2024-02-29T12:34:56+24:00",
    "2024-02-29T12:34:56+00:60",
  ],
  ...[
    "2023-02-29T00:00:00Z",
    "2024-02-29T24:00:00Z",
    "2024-02-29T23:59:60Z",
    "2024-02-29t12:34:56z",
    "2024-02-29 12:34:56Z",
  ],
  ...[
    "2024-02-29T12:34:56",
    "2024-02-29T12:34:56,5Z",
    "2024-02-29T1:34:56Z",
    "2024-2-29T12:34:56Z",
    "0001-01-01T00:00:00Z",
  ],
  ...[
    "0000-12-31T23:59:59Z",
    "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59-01:00",
    "0001-01-01T00:00:00+01:00",
  ],
  ...[
    "10000-01-01T00:00:00Z",
    "",
    "2024-02-29T12:34:56.Z",
    "2024-02-29T12:34:56 Z",
    "2024-02-29T12:34:56.5+0530",
    "-001-01-01T00:00:00Z",
  ],
];

/** Durations. */
export const durations = [
  ...[
    "0s",
    "1s",
    "-1s",
    "+1s",
    "1.5s",
    "-0.5s",
    "1.s",
    ".5s",
    "-.5s",
    ".s",
    "s",
    "",
    "1",
    "01s",
    "1e3s",
    "1.123456789s",
  ],
  ...[
    "1.1234567891s",
    "315576000000s",
    "315576000001s",
    "-315576000000.999999999s",
    "315576000000.5s",
    "+-1s",
    " 1s",
    "1m",
    "1S",
    "00.5s",
    "0.5s",
  ],
];

/** Field masks. */
export const masks = [
  "",
  " ",
  "a",
  "aB",
  "a_b",
  "a.b",
  "aB.cD,e",
  "a,",
  ",a",
  "a,,b",
  " a",
  "a ",
  "a, b",
  "1a",
  "a.1b",
  "a..b",
  "A",
  "é",
  "a*",
  "user.displayName",
];

/** JSON that is no message. */
export const anyJson = [
  "null",
  "0",
  "1e400",
  "true",
  '"a"',
  "[]",
  "{}",
  '{"b":1,"a":[null]}',
  '{"a":1,"a":2}',
  "[1e400]",
  "-0",
  '"\\ud800"',
  '{"10":1,"9":2,"a":3}',
];

/** Each as a JSON string. */
export const quoted = (texts: readonly string[]): string[] => texts.map((text) => `"${text}"`);

/** Integers, as numbers, as text, and what is neither. */
export const allIntegers = [...integers, ...quoted(integerTexts), ...quoted(integers), "[]", "{}", '""'];

/** Numbers, as they are and as text. */
export const allNumbers = [...numbers, ...quoted(numberTexts), ...quoted(numbers)];
