/** Hosts of private networks, which an answer from elsewhere has no business to name. */

const internal =
  /^(?:localhost|.*\.localhost|.*\.internal|0\.0\.0\.0|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|169\.254(?:\.\d+){2}|\[(?:::1?|::ffff:.*|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\])$/;

/** Tells whether the host of a URL, as `URL` writes it, is this machine, link-local (the metadata of a cloud) or private. */
export function isInternalHost(hostname: string): boolean {
  return internal.test(hostname.toLowerCase());
}
