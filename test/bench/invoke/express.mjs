/** serverless-http and express with protobuf-es, one RPC per function as with ours. */
import { create, fromJson, toJsonString } from "@bufbuild/protobuf";
import express from "express";
import serverless from "serverless-http";
import { createdNote, foundNote } from "./answers.mjs";
import { CreateNoteRequestSchema, GetNoteRequestSchema, NoteSchema } from "./es/note_pb.js";

const writing = express();
writing.use(express.json());
writing.post("/v1/folders/:folder/notes", (request, response) => {
  const note = fromJson(NoteSchema, request.body);
  const message = create(CreateNoteRequestSchema, { parent: `folders/${request.params.folder}`, note });
  const reply = create(NoteSchema, createdNote(message.parent, message.note));
  response.type("application/json").send(toJsonString(NoteSchema, reply));
});

const reading = express();
reading.get("/v1/folders/:folder/notes/:note", (request, response) => {
  const { folder, note } = request.params;
  const message = fromJson(GetNoteRequestSchema, {
    language: String(request.query.language),
    name: `folders/${folder}/notes/${note}`,
  });
  const reply = create(NoteSchema, foundNote(message.name, message.language));
  response.type("application/json").send(toJsonString(NoteSchema, reply));
});

export const createNote = serverless(writing);
export const getNote = serverless(reading);
