/** Texts that are credentials by their form. */

/**
 * JWTs, AWS access keys, tokens of GitHub, Slack, Stripe and Google, bearer tokens, private keys, the user part of a URL, and parameters of
 * URLs that hold credentials.
 */
export const secretTexts = new RegExp(
  [
    String.raw`\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\bgh[pousr]_[A-Za-z0-9]{36,}`,
    String.raw`\bxox[abprs]-[\w-]{10,}`,
    String.raw`\b[rs]k_(?:live|test)_\w{16,}`,
    String.raw`\bAIza[\w-]{35}`,
    String.raw`(?<=\bBearer )(?=\S*\d)[\w.~+/-]{16,}=*`,
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`,
    String.raw`(?<=:\/\/)[^/\s"?#]{1,2000}@`,
    String.raw`(?<=[?&](?:access_?token|id_?token|refresh_?token|token|api_?key|client_?secret|password|X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token))=)(?!redacted-)[^&\s"'<>#\\]+`,
  ].join("|"),
  "gi",
);
