/** `npm run test:gateway -- --count 20000 --seed 7 --sets library,zoo --versions 2.33`: the product against the real grpc-gateway. */
import { join } from "node:path";
import { runTypeScript } from "../support/run-typescript.mjs";

await runTypeScript(join(import.meta.dirname, "gateway.ts"), "gateway");
