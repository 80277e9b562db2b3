// Starts the built site: `node scripts/start.mjs`. HOSTNAME and PORT say where it listens.
//
// Next tells the site's own code nothing of the connection, and lets no page choose its status. Both are mended
// here, around Next's server:
//
// - The API's throttles go by the visitor's address. It is written down over whatever a client sends by that name;
//   Next passes a client's own `X-Forwarded-For` on.
// - A page that says that the API is away has to answer 503: it finds the answer that it is part of in
//   `globalThis.siteAnswers` (src/server/answer-status.ts).
import { AsyncLocalStorage } from "node:async_hooks";
import { Server } from "node:http";

const emit = Server.prototype.emit;
const answers = new AsyncLocalStorage();
Object.assign(globalThis, { siteAnswers: answers });

/** @param {string | symbol} event @param {any[]} values */
Server.prototype.emit = function emitWithPeer(event, ...values) {
    if (event !== "request") return emit.call(this, event, ...values);
    const [request, response] = values;
    request.headers["x-site-peer"] = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
    return answers.run(response, () => emit.call(this, event, ...values));
};

process.env.HOSTNAME ??= "127.0.0.1";
process.env.PORT ??= "3000";
await import("../.next/standalone/server.js");
