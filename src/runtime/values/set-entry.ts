/** Sets an own property under a key that comes from outside; `__proto__` too, where an assignment would set the prototype. */
export function setEntry<T>(map: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    map[key] = value;
  }
}
