// Starts the built site: `node scripts/start.mjs`. HOSTNAME and PORT say where it listens.
//
// Next passes a client's own `X-Forwarded-For` on, and tells route handlers nothing of the connection. The API's
// throttles go by the visitor's address, so it is written down here, over whatever a client sends by that name.
import { Server } from "node:http";

const emit = Server.prototype.emit;

/** @param {string | symbol} event @param {any[]} values */
Server.prototype.emit = function emitWithPeer(event, ...values) {
    if (event === "request") {
        const [request] = values;
        request.headers["x-site-peer"] = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
    }
    return emit.call(this, event, ...values);
};

process.env.HOSTNAME ??= "127.0.0.1";
process.env.PORT ??= "3000";
await import("../.next/standalone/server.js");
