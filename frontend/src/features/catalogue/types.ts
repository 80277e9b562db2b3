import type { components } from "@/api/schema";

export type Service = components["schemas"]["Service"];
export type Category = components["schemas"]["Category"];
export type City = components["schemas"]["City"];
export type Provider = components["schemas"]["Provider"];
export type PublicReview = components["schemas"]["PublicReview"];
