/**
 * The least that an answer takes behind every door, with none of what a wrapper is for: no header is read and no route matched, there
 * is no context, deadline or limit, and nothing is validated. Path, query and body are taken out of the event by hand.
 */
import { createdNote, foundNote } from "./answers.mjs";

const type = "application/json";

function answer(event, note) {
  const body = JSON.stringify(note);
  if (event.version === "2.0") return { statusCode: 200, headers: { "content-type": type }, body };
  if (event.requestContext.elb === undefined)
    return { statusCode: 200, multiValueHeaders: { "content-type": [type] }, body };
  const result = { statusCode: 200, statusDescription: "200 OK", isBase64Encoded: false, body };
  return event.headers === undefined
    ? { ...result, multiValueHeaders: { "content-type": [type] } }
    : { ...result, headers: { "content-type": type } };
}

function bodyOf(event) {
  return event.isBase64Encoded ? Buffer.from(event.body, "base64").toString() : event.body;
}

export const createNote = async (event) => {
  const path = event.rawPath ?? event.path;
  const parent = path.slice("/v1/".length, -"/notes".length);
  return answer(event, createdNote(parent, JSON.parse(bodyOf(event))));
};

export const getNote = async (event) => {
  const path = event.rawPath ?? event.path;
  const language = event.queryStringParameters?.language ?? event.multiValueQueryStringParameters.language[0];
  return answer(event, foundNote(path.slice("/v1/".length), language));
};
