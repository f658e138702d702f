/** Where the address of a service comes from. */
import { expect, test } from "vitest";
import type { DependencyPlan } from "../../src/plan/plan.js";
import { dependencyAddresses } from "../../src/reach/dependency-addresses.js";

const text = (name: string, address: string): DependencyPlan => ({
  name,
  protocol: "grpc",
  tls: true,
  address: { kind: "text", text: address },
});

test.each([
  ["as written", text("stock", "stock.internal:50051"), {}, "stock.internal:50051"],
  ["a variable goes before it", text("stock", "stock.internal:50051"), { STOCK_ADDRESS: "localhost:1" }, "localhost:1"],
  ["an empty variable does not", text("stock", "stock.internal:50051"), { STOCK_ADDRESS: "" }, "stock.internal:50051"],
  ["a substitution needs the variable", text("price-list", "prices.${Zone}:443"), { PRICE_LIST_ADDRESS: "p:2" }, "p:2"],
])("%s", (_, dependency, environment, address) => {
  const known = [{ name: dependency.name, tls: true, address }];
  expect(dependencyAddresses([dependency], environment)).toEqual({ known, unknown: [] });
});

test.each([
  ["a substitution", { kind: "text", text: "prices.${Zone}:443" }],
  ["a parameter", { kind: "parameter", name: "PriceAddress" }],
] as const)("%s is not known before a deployment", (_, address) => {
  const unknown = [{ name: "price-list", variable: "PRICE_LIST_ADDRESS" }];
  expect(dependencyAddresses([{ name: "price-list", protocol: "grpc", tls: true, address }], {})).toEqual({
    known: [],
    unknown,
  });
});
