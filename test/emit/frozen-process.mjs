/** A function's process: for each line of stdin it calls the service, and prints the outcome. Arguments: the bundle of gen/dependencies.ts, and whether its client is used. */
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";

const [module, isPlain] = process.argv.slice(2);
const { stockService } = await import(module);

const Client = grpc.makeGenericClientConstructor({
  count: {
    path: "/acme.v1.Stock/Count",
    requestStream: false,
    responseStream: false,
    requestSerialize: (value) => Buffer.from(value),
    requestDeserialize: (bytes) => bytes.toString(),
    responseSerialize: (value) => Buffer.from(value),
    responseDeserialize: (bytes) => bytes.toString(),
  },
});
const insecure = grpc.credentials.createInsecure();
const plain = new Client(process.env.STOCK_ADDRESS, insecure);
const fresh = stockService.client((address, options) => new Client(address, insecure, options), 200);

for await (const _ of createInterface({ input: process.stdin })) {
  const client = isPlain === "plain" ? plain : fresh();
  client.count("sku", { deadline: Date.now() + 3000 }, (error, reply) =>
    console.log(error === null ? reply : grpc.status[error.code]),
  );
}
