/** A view of the same memory, nothing is copied: a Buffer converts to and from text, which a Uint8Array does not. */
export function bufferView({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
