/** Goes to an address as to a new document: nothing of this one's memory is left. */
export function openDocument(address: string): void {
  window.location.assign(address);
}

/** The same in this document's place: Back doesn't come here again. */
export function replaceDocument(address: string): void {
  window.location.replace(address);
}
