"use client";

import { FailedPage } from "@/features/shell/FailedPage";

export default FailedPage;
