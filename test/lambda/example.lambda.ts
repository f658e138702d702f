/** The example's wrappers under Lambda's own runtime client, on the Node versions that Lambda runs. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf, bundleExample, eventFor, type ShortRequest } from "../support/example.js";
import { type LambdaFunction, startLambdaFunction } from "./runtime-api.js";
import { lambdaRuntimes } from "./runtime-cache.js";

const runtimes = lambdaRuntimes();
if (typeof runtimes === "string") console.warn(`skipped: ${runtimes}`);

describe.skipIf(typeof runtimes === "string").each([22, 24] as const)("Node %i", (version) => {
  const running = new Map<string, LambdaFunction>();
  const data = mkdtempSync(join(tmpdir(), "grpc2lambda-lambda-"));
  let bundleOf: (functionId: string) => string;

  beforeAll(async () => {
    bundleOf = await bundleExample();
  });
  afterAll(async () => {
    await Promise.all([...running.values()].map((lambda) => lambda.stop()));
  });

  async function start(functionId: string): Promise<LambdaFunction> {
    if (typeof runtimes === "string") throw new Error(runtimes);
    const started = running.get(functionId);
    if (started !== undefined) return started;
    const lambda = await startLambdaFunction({
      node: runtimes.nodes.get(version) ?? "",
      client: runtimes.client,
      bundle: bundleOf(functionId),
      env: { LIBRARY_DATA: data },
    });
    running.set(functionId, lambda);
    return lambda;
  }
  async function call(functionId: string, request: ShortRequest) {
    const result = await (await start(functionId)).invoke(eventFor(request));
    if (result.kind !== "response") throw new Error(JSON.stringify(result));
    return answerOf(result.payload);
  }

  it("creates, reads, changes, lists and deletes through wrappers of async functions", async () => {
    const shelf = await call("library-service-create-shelf", {
      method: "POST",
      target: "/v1/shelves?shelf_id=lem",
      body: { theme: "THEME_SCIENCE" },
    });
    expect(shelf).toMatchObject({ status: 200, body: { name: "shelves/lem", theme: "THEME_SCIENCE", bookCount: 0 } });
    const book = await call("library-service-create-book", {
      method: "POST",
      target: "/v1/shelves/lem/books?bookId=solaris",
      body: { title: "Solaris", authors: ["Stanisław Lem"], price: "1299", print: { pages: 204 } },
    });
    expect(book).toMatchObject({
      status: 200,
      body: { name: "shelves/lem/books/solaris", price: "1299", labels: {}, print: { pages: 204, hardcover: false } },
    });
    expect(book.body).not.toHaveProperty("ebook");
    const changed = await call("library-service-update-book", {
      method: "PATCH",
      target: "/v1/shelves/lem/books/solaris",
      body: { title: "Solaris (new translation)" },
    });
    expect(changed.body).toMatchObject({
      title: "Solaris (new translation)",
      authors: ["Stanisław Lem"],
      price: "1299",
    });
    const list = await call("library-service-list-books", {
      method: "GET",
      target: "/v1/books?filter.author=Stanis%C5%82aw+Lem&filter.max_price=1300",
    });
    expect(list.body).toMatchObject({ books: [{ name: "shelves/lem/books/solaris" }], nextPageToken: "" });
    const refused = await call("library-service-delete-shelf", { method: "DELETE", target: "/v1/shelves/lem" });
    expect(refused).toMatchObject({ status: 400, body: { code: 9, details: [] } });
    const gone = await call("library-service-delete-shelf", { method: "DELETE", target: "/v1/shelves/lem?force=true" });
    expect(gone).toMatchObject({ status: 200, body: {} });
  });

  it("answers in the status form what the handler throws and what cannot be decoded", async () => {
    expect(await call("library-service-get-shelf", { method: "GET", target: "/v1/shelves/none" })).toMatchObject({
      status: 404,
      body: { code: 5, message: "shelves/none does not exist", details: [] },
    });
    expect(
      await call("library-service-create-shelf", { method: "POST", target: "/v1/shelves", body: '{"theme":' }),
    ).toMatchObject({ status: 400, body: { code: 3, details: [] } });
    expect(
      await call("library-service-create-shelf", { method: "POST", target: "/v1/shelves", body: { bookCount: "x" } }),
    ).toMatchObject({ status: 400, body: { code: 3, message: expect.stringContaining("book_count") } });
  });

  it("runs an existing grpc-js service object, unary and server streaming", async () => {
    const none = await call("inventory-service-get-stock", { method: "GET", target: "/v1/inventory/book-1" });
    expect(none).toMatchObject({ status: 404, body: { code: 5, message: "no copies of book-1 were ever seen" } });
    const adjusted = await call("inventory-service-adjust-stock", {
      method: "POST",
      target: "/v1/inventory/book-1:adjust",
      headers: { From: "ada" },
      body: { delta: "9007199254740993", reason: "REASON_DELIVERY" },
    });
    expect(adjusted).toMatchObject({ status: 200, body: { sku: "book-1", copies: "9007199254740993" } });
    expect(adjusted.headers["grpc-metadata-audit-user"]).toBe("ada");
    const tooMany = await call("inventory-service-adjust-stock", {
      method: "POST",
      target: "/v1/inventory/book-1:adjust",
      body: { delta: "-9007199254740994" },
    });
    expect(tooMany).toMatchObject({ status: 400, body: { code: 11 } });
    const movements = await call("inventory-service-list-movements", {
      method: "GET",
      target: "/v1/inventory/book-1/movements",
    });
    expect(
      String(movements.body)
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ result: { delta: "9007199254740993", reason: "REASON_DELIVERY" } }]);
  });

  it("takes a stream of requests from one body, all of it or nothing", async () => {
    await call("library-service-create-shelf", { method: "POST", target: "/v1/shelves?shelf_id=sf", body: {} });
    const books = ["eden", "fiasco"].map((bookId) => ({ parent: "shelves/sf", bookId, book: { title: bookId } }));
    const lines = books.map((each) => `${JSON.stringify(each)}\n`).join("");
    const target = "/v1/books:import";
    const wrong = await call("library-service-import-books", { method: "POST", target, body: `${lines}{"parent":1}` });
    expect(wrong).toMatchObject({ status: 400, body: { code: 3, message: expect.stringContaining("[2].parent") } });
    const done = await call("library-service-import-books", { method: "POST", target, body: lines });
    expect(done).toMatchObject({
      status: 200,
      body: { names: ["shelves/sf/books/eden", "shelves/sf/books/fiasco"] },
    });
  });

  it("sends bytes as bytes", async () => {
    await call("library-service-create-shelf", { method: "POST", target: "/v1/shelves?shelf_id=art", body: {} });
    await call("library-service-create-book", {
      method: "POST",
      target: "/v1/shelves/art/books?book_id=a",
      body: { title: "<Ä>" },
    });
    const cover = await call("library-service-get-cover", { method: "GET", target: "/v1/shelves/art/books/a/cover" });
    expect(cover.headers["content-type"]).toBe("image/svg+xml");
    expect(cover.body).toContain("&#60;Ä&#62;");
  });

  it("fails on an event of another source, and keeps serving", async () => {
    const lambda = await start("library-service-get-shelf");
    const odd = await lambda.invoke({ hello: "world" });
    expect(odd.kind).toBe("error");
    expect(await call("library-service-get-shelf", { method: "GET", target: "/v1/shelves/art" })).toMatchObject({
      status: 200,
    });
  });
});
