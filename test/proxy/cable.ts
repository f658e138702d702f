/** A connection that dies without a word. */
import net from "node:net";
import type { Running } from "./grpc-servers.js";

/** A cable in front of a server that can be cut: what comes is swallowed then, as when a router has forgotten a connection. */
export async function cable(server: Running): Promise<Running & { readonly cut: () => void }> {
  let isCut = false;
  const [host, port] = server.address.split(":");
  const sockets: net.Socket[] = [];
  const listener = net.createServer((near) => {
    const far = net.connect(Number(port), host);
    const wasCut = (): boolean => isCut && sockets.indexOf(near) === 0;
    sockets.push(near);
    near.on("data", (data) => void (wasCut() || far.write(data))).on("error", () => undefined);
    far.on("data", (data) => void (wasCut() || near.write(data))).on("error", () => undefined);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  };
  const cut = (): void => {
    isCut = true;
  };
  return { address: `127.0.0.1:${(listener.address() as net.AddressInfo).port}`, stop, cut };
}
