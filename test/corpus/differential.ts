/** Both readers on all of google-proto-files: called by `npm run test:corpus`. buf takes about 15 s and up to 2.4 GB. */
import type { FileDescriptor } from "../../src/proto/descriptor.js";
import type { LoadResult } from "../../src/proto/load.js";
import { readDescriptorSet } from "../../src/proto/descriptor-set/read-descriptor-set.js";
import { buildImage } from "../support/buf.js";
import { compareDescriptors } from "../support/compare-descriptors.js";

/**
 * What `source`, read from the .proto files of `folder`, and buf's image of the folder differ in, in words: files that one reader
 * refuses, and everything in which the descriptors differ.
 */
export function compareCorpus(folder: string, source: LoadResult): string[] {
  const set = readDescriptorSet(buildImage(folder), "image.binpb");
  const refusals = [...source.diagnostics, ...set.diagnostics].map(
    ({ code, message, location }) => `${location?.file ?? ""}:${location?.line ?? 0} ${code}: ${message}`,
  );
  const others = new Map(set.files.map((file) => [file.path, file]));
  return [...refusals, ...source.files.flatMap((file) => compareFile(file, others.get(file.path)))];
}

function compareFile(source: FileDescriptor, set: FileDescriptor | undefined): string[] {
  return set === undefined ? [`${source.path} is not in the descriptor set`] : compareDescriptors(source, set);
}
