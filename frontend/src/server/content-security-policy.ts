/** Pages from which people pay, and those before them: steps change without a new document, or a new policy. */
const paymentPages = /^\/(book|booking|bookings)\//;

interface Page {
  nonce: string;
  /** The path without its language. */
  pathname: string;
}

/**
 * Returns the `Content-Security-Policy` of a page.
 *
 * A gateway's form is posted to another origin, and browsers hold the redirects that follow to `form-action`
 * as well: the pages on which people pay allow the gateways, all others the site alone.
 */
export function contentSecurityPolicy({ nonce, pathname }: Page): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  const paying = paymentPages.test(pathname);
  const gateways = paying ? ` ${gatewayOrigins()}` : "";
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    `form-action 'self'${gateways}`,
    `frame-src ${paying ? gatewayOrigins() : "'none'"}`,
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "object-src 'none'",
  ];
  return directives.join("; ");
}

/** Where gateways' forms and widgets live: `GATEWAY_ORIGINS`, parted by spaces; else the local sandbox. */
function gatewayOrigins(): string {
  return process.env.GATEWAY_ORIGINS || process.env.API_URL || "http://127.0.0.1:8000";
}
