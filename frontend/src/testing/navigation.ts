import { vi } from "vitest";

/** Stands in for the router of pages. In a test: `vi.mock("next/navigation", () => import("@/testing/navigation"))`. */
export const router = { push: vi.fn(), replace: vi.fn(), refresh: vi.fn() };

export const useRouter = () => router;
export const usePathname = () => window.location.pathname;
export const useSearchParams = () => new URLSearchParams(window.location.search);
export const useParams = () => ({ locale: "en" });
export const notFound = () => {
  throw new Error("not found");
};
