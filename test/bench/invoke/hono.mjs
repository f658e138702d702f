/** hono with protobuf-es, one RPC per function as with ours. */
import { create, fromJson, fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { createdNote, foundNote } from "./answers.mjs";
import { CreateNoteRequestSchema, GetNoteRequestSchema, NoteSchema } from "./es/note_pb.js";

const jsonHeaders = { "content-type": "application/json" };

const writing = new Hono().post("/v1/folders/:folder/notes", async (context) => {
  const note = fromJsonString(NoteSchema, await context.req.text());
  const request = create(CreateNoteRequestSchema, { parent: `folders/${context.req.param("folder")}`, note });
  const reply = create(NoteSchema, createdNote(request.parent, request.note));
  return context.body(toJsonString(NoteSchema, reply), 200, jsonHeaders);
});

const reading = new Hono().get("/v1/folders/:folder/notes/:note", (context) => {
  const { folder, note } = context.req.param();
  const request = fromJson(GetNoteRequestSchema, { ...context.req.query(), name: `folders/${folder}/notes/${note}` });
  const reply = create(NoteSchema, foundNote(request.name, request.language));
  return context.body(toJsonString(NoteSchema, reply), 200, jsonHeaders);
});

export const createNote = handle(writing);
export const getNote = handle(reading);
