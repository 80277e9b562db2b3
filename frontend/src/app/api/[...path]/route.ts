import type { NextRequest } from "next/server";

import { forwardToApi } from "@/server/forward";

async function handle(request: NextRequest) {
  return forwardToApi(request);
}

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
