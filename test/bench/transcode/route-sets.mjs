/** The APIs that routers are measured with: five bindings per resource, and requests that go through all of them. */

/** `{ method, segments }` with `*` for a variable. */
export function makeRoutes(count) {
  return Array.from({ length: count }, (_, index) => {
    const resource = `resource${Math.floor(index / 5)}s`;
    return [
      { method: "GET", segments: ["v1", resource] },
      { method: "POST", segments: ["v1", resource] },
      { method: "GET", segments: ["v1", resource, "*"] },
      { method: "DELETE", segments: ["v1", resource, "*"] },
      { method: "GET", segments: ["v1", resource, "*", "items", "*"] },
    ][index % 5];
  });
}

/** One request per route, `misses` of 16 to a path that nothing matches. */
export function makeRequests(routes) {
  return routes.map(({ method, segments }, index) => {
    const path = segments.map((segment, at) => (segment === "*" ? `id-${index}-${at}` : segment)).join("/");
    return { method, path: index % 16 === 15 ? `/v1/unknown/${index}` : `/${path}` };
  });
}
