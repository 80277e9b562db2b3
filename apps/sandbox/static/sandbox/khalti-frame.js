/* Tells the shop's page what the payer decided in the widget's frame. */
(function () {
  "use strict";
  const told = document.getElementById("told");
  if (!told) return;
  const { realm, origin, payload } = told.dataset;
  window.parent.postMessage({ realm, payload: payload ? JSON.parse(payload) : null }, origin);
})();
