/* Stands in for Khalti's older widget: the same constructor, events and answers. */
(function () {
  "use strict";
  const here = new URL(document.currentScript.src);
  const frameAddress = new URL("widget/frame/", here);

  function KhaltiCheckout(options) {
    this.options = options;
    this.frame = null;
    this.listen = this.listen.bind(this);
  }

  KhaltiCheckout.prototype.show = function (payment) {
    this.hide();
    const address = new URL(frameAddress);
    address.search = new URLSearchParams({
      amount: payment.amount,
      origin: window.location.origin,
      product_identity: this.options.productIdentity,
      product_name: this.options.productName,
      product_url: this.options.productUrl,
    });
    const frame = document.createElement("iframe");
    frame.title = "Khalti";
    frame.src = address.href;
    // Through the object model: policies refuse styles in markup.
    Object.assign(frame.style, {
      position: "fixed", inset: "0", width: "100%", height: "100%", border: "0", zIndex: "2147483647",
    });
    this.frame = frame;
    window.addEventListener("message", this.listen);
    document.body.append(frame);
    frame.focus();
  };

  KhaltiCheckout.prototype.hide = function () {
    window.removeEventListener("message", this.listen);
    if (this.frame) this.frame.remove();
    this.frame = null;
  };

  KhaltiCheckout.prototype.listen = function (event) {
    if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== here.origin) return;
    const handler = this.options.eventHandler || {};
    const { realm, payload } = event.data || {};
    if (realm === "success" && handler.onSuccess) handler.onSuccess(payload);
    if (realm === "error" && handler.onError) handler.onError(payload);
    if (realm === "success" || realm === "close") this.hide();
    if (realm === "close" && handler.onClose) handler.onClose();
  };

  window.KhaltiCheckout = KhaltiCheckout;
})();
