/** The depth of a YAML text, checked before a recursive parser reads it. */

/** Deep enough for every real file; a service configuration has five levels. */
export const maxYamlDepth = 64;

/**
 * The offset at which `text` goes deeper than `maxYamlDepth`, undefined where it stays above. Counts brackets, columns of
 * indentation and the `- ` and `? ` at the start of a line, in quotes and comments as well: an estimate from above that takes
 * one pass.
 */
export function findTooDeep(text: string): number | undefined {
  const columns: number[] = [];
  let brackets = 0;
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    const content = openBlocks(text, at, end, columns);
    if (columns.length + brackets > maxYamlDepth) return at;
    for (let place = content; place < end; place++) {
      const code = text.charCodeAt(place);
      if (code === openBracket || code === openBrace) brackets++;
      else if ((code === closeBracket || code === closeBrace) && brackets > 0) brackets--;
      if (columns.length + brackets > maxYamlDepth) return place;
    }
    at = end + 1;
  }
  return undefined;
}

const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];
const [space, tab, hyphen, question, colon] = [32, 9, 45, 63, 58];

/**
 * Brings `columns`, those at which the blocks around a line begin, up to the line from `at` to `end`; gives the offset behind
 * its indicators. An empty line changes nothing.
 */
function openBlocks(text: string, at: number, end: number, columns: number[]): number {
  let place = skipBlanks(text, at, end);
  if (place === end) return end;
  while ((columns.at(-1) ?? -1) >= place - at) columns.pop();
  columns.push(place - at);
  while (isIndicator(text, place, end)) {
    place = skipBlanks(text, place + 1, end);
    if (place === end) break;
    columns.push(place - at);
    if (columns.length > maxYamlDepth) break;
  }
  return place;
}

function isIndicator(text: string, at: number, end: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== hyphen && code !== question && code !== colon) return false;
  return at + 1 >= end || isBlank(text.charCodeAt(at + 1));
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === space || code === tab || code === 13;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}
