// After `next build`: puts what the standalone server leaves out beside it. Afresh each time, or the files of an
// older build would stay and the new ones land in a folder inside.
import { cpSync, existsSync, rmSync } from "node:fs";

for (const [from, to] of [
    [".next/static", ".next/standalone/.next/static"],
    ["public", ".next/standalone/public"],
]) {
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true });
}
