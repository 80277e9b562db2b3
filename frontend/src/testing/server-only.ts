// The package `server-only` refuses to load outside a server; tests are neither.
export {};
