/** Powertools' event handler with protobuf-es, one RPC per function as with ours. */
import { Router } from "@aws-lambda-powertools/event-handler/http";
import { create, fromJson, fromJsonString, toJson } from "@bufbuild/protobuf";
import { createdNote, foundNote } from "./answers.mjs";
import { CreateNoteRequestSchema, GetNoteRequestSchema, NoteSchema } from "./es/note_pb.js";

const writing = new Router();
writing.post("/v1/folders/:folder/notes", async ({ req, params }) => {
  const note = fromJsonString(NoteSchema, await req.text());
  const request = create(CreateNoteRequestSchema, { parent: `folders/${params.folder}`, note });
  return toJson(NoteSchema, create(NoteSchema, createdNote(request.parent, request.note)));
});

const reading = new Router();
reading.get("/v1/folders/:folder/notes/:note", async ({ req, params: { folder, note } }) => {
  const { searchParams } = new URL(req.url);
  const request = fromJson(GetNoteRequestSchema, {
    ...Object.fromEntries(searchParams),
    name: `folders/${folder}/notes/${note}`,
  });
  return toJson(NoteSchema, create(NoteSchema, foundNote(request.name, request.language)));
});

export const createNote = async (event, context) => writing.resolve(event, context);
export const getNote = async (event, context) => reading.resolve(event, context);
