/** Hosts that a redirect from the internet must not lead to, in the spellings that URLs make of them. */
import { expect, test } from "vitest";
import { isInternalHost } from "../../src/migrate/sides/internal-host.js";

const host = (url: string): boolean => isInternalHost(new URL(url).hostname);

test.each([
  ...["http://localhost:1/", "http://127.1/", "http://2130706433/", "http://0x7f.1/", "http://169.254.169.254/latest"],
  ...["http://10.0.0.1/", "http://172.20.0.1/", "http://192.168.1.1/", "http://[::1]/", "http://[fd00:ec2::254]/"],
  ...["http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://metadata.google.internal/", "http://0/"],
])("%s is internal", (url) => expect(host(url)).toBe(true));

test.each([
  ...["https://bucket.s3.eu-west-1.amazonaws.com/x", "https://172.32.0.1/", "https://11.0.0.1/"],
  ...["https://localhost.example.com/", "https://[2600:1f00::1]/", "https://10.example.com/"],
])("%s is not", (url) => expect(host(url)).toBe(false));
