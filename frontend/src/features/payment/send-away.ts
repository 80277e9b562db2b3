import { openDocument } from "@/ui/open-document";

import type { PaymentAction } from "./methods";

/** Sends the browser to where a payment is made: to the gateway's page, or with a form. */
export function sendAway(action: PaymentAction): void {
  if (action.type === "redirect") openDocument(action.url);
  if (action.type === "form_post") postForm(action.url, action.fields);
}

/** Some gateways have no address to go to: the browser itself must post the signed fields. */
function postForm(url: string, fields: Record<string, string>): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  form.hidden = true;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
