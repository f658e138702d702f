/** X-Ray's daemon, which Lambda runs beside each instance. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html */
import type { Socket } from "node:dgram";
import type { Trace } from "../tracing.js";

/** The daemon at the variable AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:2000`, or `tcp:127.0.0.1:2000 udp:127.0.0.1:2001`. Without it nothing is sent. */
export function xRayDaemon(): Pick<Trace, "send" | "sent"> {
  const { AWS_XRAY_DAEMON_ADDRESS: addresses = "" } = process.env;
  const parts = addresses.split(" ");
  const address = (parts.find((part) => part.startsWith("udp:")) ?? parts[0] ?? "").replace(/^udp:/, "");
  const at = address.lastIndexOf(":");
  const [host, port] = [address.slice(0, at), Number(address.slice(at + 1))];
  const pending = new Set<Promise<void>>();
  let socket: Socket | undefined;
  return {
    send: (document) => {
      if (at < 1) return;
      socket ??= openSocket();
      const packet = `{"format":"json","version":1}\n${JSON.stringify(document)}`;
      const packetSocket = socket;
      const sent = new Promise<void>((resolve) => packetSocket.send(packet, port, host, () => resolve()));
      pending.add(sent);
      sent.then(() => pending.delete(sent));
    },
    sent: () => (pending.size === 0 ? undefined : Promise.all(pending).then(() => undefined)),
  };
}

/** A socket that keeps no process running, and that no lost packet ends. */
function openSocket(): Socket {
  return process
    .getBuiltinModule("node:dgram")
    .createSocket("udp4")
    .on("error", () => undefined)
    .unref();
}
