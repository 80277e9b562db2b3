import type { ComponentProps } from "react";

/**
 * A form that scripts send. Sent before they are at work, the browser sends it by itself: by post, so that nothing
 * that was typed, a password above all, gets into the address.
 */
export function Form(props: ComponentProps<"form">) {
  return <form noValidate method="post" {...props} />;
}
