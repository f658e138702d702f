/** Text of TypeScript that is written from schema.json. */

/** The note in files that are written. */
export const written = "Written by `npm run settings` from schema.json.";

/** A doc comment, in lines of at most 120 characters. */
export function comment(text: string): string {
  const safe = text.replaceAll("*/", "*\\/");
  const single = `/** ${safe} */`;
  if (single.length <= 118) return single;
  const lines = [""];
  for (const word of safe.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.length > 112) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return ["/**", ...lines.map((line) => ` * ${line}`), " */"].join("\n");
}
