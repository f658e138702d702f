/**
 * One RPC in a process of its own, as in its Lambda function: node binding.mjs <bundle> <number of the call>.
 * Prints the nanoseconds that binding and JSON.parse take, as JSON.
 */
import { pathToFileURL } from "node:url";
import { interleave } from "../measure.mjs";
import { sunk, timeCalls } from "./time-calls.mjs";

/** Requests of the example, each with the same message as a JSON body. */
export const calls = [
  {
    name: "GetBook: path",
    rpc: "libraryServiceGetBook",
    path: (id) => `/v1/shelves/s${id}/books/b${id}`,
    query: () => "",
    json: (id) => ({ name: `shelves/s${id}/books/b${id}` }),
  },
  {
    name: "ListBooks: path, 2 parameters",
    rpc: "libraryServiceListBooks",
    path: (id) => `/v1/shelves/s${id}/books`,
    query: (id) => `pageSize=50&pageToken=token${id}`,
    json: (id) => ({ parent: `shelves/s${id}`, pageSize: 50, pageToken: `token${id}` }),
  },
  {
    name: "ListBooks: path, 6 parameters, escapes",
    rpc: "libraryServiceListBooks",
    path: (id) => `/v1/shelves/s${id}/books`,
    query: (id) =>
      `page_size=50&pageToken=token${id}&filter.author=Ursula%20K.+Le%20Guin&filter.maxPrice=1999&filter.theme=THEME_FICTION&filter.createdAfter=2024-01-01T00%3A00%3A00Z`,
    json: (id) => ({
      parent: `shelves/s${id}`,
      pageSize: 50,
      pageToken: `token${id}`,
      filter: {
        author: "Ursula K. Le Guin",
        maxPrice: "1999",
        theme: "THEME_FICTION",
        createdAfter: "2024-01-01T00:00:00Z",
      },
    }),
  },
  {
    name: "ListShelves: 4 parameters, repeated enum",
    rpc: "libraryServiceListShelves",
    path: () => "/v1/shelves",
    query: (id) => `pageSize=${10 + (id % 80)}&themes=THEME_FICTION&themes=THEME_HISTORY&themes=THEME_SCIENCE`,
    json: (id) => ({ pageSize: 10 + (id % 80), themes: ["THEME_FICTION", "THEME_HISTORY", "THEME_SCIENCE"] }),
  },
];

/** Bound from path and query, and parsed as JSON. */
async function measure(bundle, { name, rpc, path, query, json }) {
  const example = await import(pathToFileURL(bundle).href);
  const table = example.scanRoutes(example.orderRoutes(example[rpc].bindings, example.grpcGateway));
  const ids = Array.from({ length: 64 }, (_, id) => id);
  const requests = ids.map((id) => ({
    request: { method: "GET", path: asParsed(path(id)), pathIsDecoded: true, headers: {} },
    http: { query: asParsed(query(id)), contentType: "", body: "" },
  }));
  const bodies = ids.map((id) => JSON.stringify(json(id)));
  const bind = (index) => {
    const { request, http } = requests[index & 63];
    const { route, captures } = example.selectRoute(table, request, example.grpcGateway);
    return route.decode(http, ...captures);
  };
  const expected = example[`decode${rpc.replace("libraryService", "")}Request`]?.(JSON.parse(bodies[7]));
  if (expected !== undefined && show(bind(7)) !== show(expected)) throw new Error(`${name}: not the same message`);
  const parse = (index) => JSON.parse(bodies[index & 63]);
  timeCalls(bind, 50_000);
  timeCalls(parse, 50_000);
  return interleave({ bind: () => timeCalls(bind, 20_000), parse: () => timeCalls(parse, 20_000) }, 9);
}

/** The text in one piece, as an event has it: a template makes a text of parts, in which every search takes the slow path. */
function asParsed(text) {
  return JSON.parse(JSON.stringify(text));
}

function show(message) {
  return JSON.stringify(message, (_, value) => (typeof value === "bigint" ? String(value) : value));
}

const [, script, bundle, number] = process.argv;
if (script?.endsWith("binding.mjs")) {
  const times = await measure(bundle, calls[Number(number)]);
  process.stdout.write(JSON.stringify(Object.fromEntries(times)));
  if (sunk() === 0) throw new Error("nothing was measured");
}
