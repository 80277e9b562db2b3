/** Facts about a page for search engines. A block of data, which browsers don't run. */
export function JsonLd({ data }: { data: Record<string, unknown> }) {
  // An angle bracket inside a text must not end the block.
  const json = JSON.stringify(data).replace(/</g, "\\u003c");
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}
