import { notFound } from "next/navigation";

/** Every address that no page has, so that it is answered in the visitor's language. */
export default function Page(): never {
  notFound();
}
