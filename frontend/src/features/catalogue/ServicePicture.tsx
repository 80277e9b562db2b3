import { classes } from "@/ui/classes";

import { CategoryDrawing } from "./CategoryDrawing";
import { mediaPath } from "./media-path";
import type { Service } from "./types";

interface Props {
  service: Service;
  size: "thumb" | "card" | "full";
  className?: string;
  /** The picture that one sees first is fetched at once, others when they come near. */
  eager?: boolean;
}

/** A service's picture, or its category's drawing. Its frame has a fixed shape, so that nothing jumps. */
export function ServicePicture({ service, size, className, eager = false }: Props) {
  const picture = service.image_set;
  const frame = classes("aspect-4/3 w-full object-cover", className);
  if (!picture) return <CategoryDrawing slug={service.category_details.slug} className={frame} />;
  return (
    <img
      src={mediaPath(picture.sizes[size])}
      alt=""
      width={640}
      height={480}
      loading={eager ? "eager" : "lazy"}
      fetchPriority={eager ? "high" : "auto"}
      decoding="async"
      className={frame}
    />
  );
}
