/** Where the product answers otherwise than Go's protojson, on purpose. One that no longer differs fails the test. */
export interface Decision {
  readonly message: string;
  readonly json: string;
  readonly why: string;
}

const null_ = "null is no value of any field (https://protobuf.dev/programming-guides/json/), a list included";
const zone = "no writer of times makes it, and RFC 3339 has no such offset or hour";
const zeros = "zeros in front of a number of seconds change nothing";

export const decisions: readonly Decision[] = [
  { message: "protojson.Lists", json: '{"nulls":null}', why: null_ },
  { message: "protojson.Lists", json: '{"values":null}', why: null_ },
  { message: "protojson.WellKnown", json: '{"time":"2024-02-29T12:34:56+24:00"}', why: zone },
  { message: "protojson.WellKnown", json: '{"time":"2024-02-29T12:34:56+00:60"}', why: zone },
  { message: "protojson.WellKnown", json: '{"time":"2024-02-29T1:34:56Z"}', why: zone },
  { message: "protojson.WellKnown", json: '{"duration":"01s"}', why: zeros },
  { message: "protojson.WellKnown", json: '{"duration":"00.5s"}', why: zeros },
  {
    message: "protojson.Scalars",
    json: '{"int32_value":null,"int32Value":2}',
    why: "null says nothing, so that the field is there once",
  },
  {
    message: "protojson.legacy.Strict",
    json: '{"name":"","size":"NO_SUCH","flag":false}',
    why: "the name of a value that the schema does not have yet is ignored as in any other field, and the handler gets the first value",
  },
];
