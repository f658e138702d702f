/** Messages as gRPC frames them in a body: a flag, four bytes of length, the message. */

const prefixLength = 5;

/** Frames messages, uncompressed. */
export async function* toEnvelopes(messages: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const message of messages) {
    const envelope = Buffer.alloc(prefixLength + message.length);
    envelope.writeUInt32BE(message.length, 1);
    envelope.set(message, prefixLength);
    yield envelope;
  }
}

/** Takes messages out of a body, however it is cut into pieces. Throws for a compressed one: none was asked for. */
export async function* fromEnvelopes(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const piece of body) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    while (rest.length >= prefixLength) {
      if (rest[0] !== 0) throw new Error("the router of Connect compressed a message, which it was not asked for");
      const end = prefixLength + rest.readUInt32BE(1);
      if (rest.length < end) break;
      yield rest.subarray(prefixLength, end);
      rest = rest.subarray(end);
    }
  }
}
