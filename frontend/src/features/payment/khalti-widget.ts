/** What Khalti's older widget hands over when somebody has confirmed a payment in it. */
export interface WidgetPayment {
  token: string;
  /** Paisa. */
  amount: number;
}

interface WidgetOptions {
  publicKey: string;
  productIdentity: string;
  productName: string;
  productUrl: string;
  eventHandler: {
    onSuccess: (payment: WidgetPayment) => void;
    onError: (error: unknown) => void;
    onClose: () => void;
  };
}

interface Widget {
  show: (options: { amount: number }) => void;
  hide?: () => void;
}

declare global {
  interface Window {
    KhaltiCheckout?: new (options: WidgetOptions) => Widget;
  }
}

const LOADING_MILLISECONDS = 10_000;
const HOSTED = "https://khalti.s3.ap-south-1.amazonaws.com/KPG/dist/2020.12.22.0.0.0/khalti-checkout.iffe.js";

/** The merchant's public key for the widget; without one only the payment page is offered. */
export const widgetKey = process.env.NEXT_PUBLIC_KHALTI_PUBLIC_KEY ?? "";

/** Where the widget's script comes from: Khalti, or what stands in for it beside a sandbox. */
export const widgetAddress = process.env.NEXT_PUBLIC_KHALTI_WIDGET_URL || HOSTED;

export const isSandbox = (process.env.NEXT_PUBLIC_KHALTI_ENVIRONMENT ?? "sandbox") !== "production";

let loading: Promise<void> | null = null;

/** Loads the widget's script once. Rejects where it is blocked, offline or too slow; it may then be tried again. */
export function loadWidget(address: string = widgetAddress): Promise<void> {
  if (window.KhaltiCheckout) return Promise.resolve();
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    const fail = (reason: string) => {
      script.remove();
      loading = null;
      reject(new Error(reason));
    };
    const timer = setTimeout(() => fail("the widget's script took too long"), LOADING_MILLISECONDS);
    script.src = address;
    script.async = true;
    script.onerror = () => {
      clearTimeout(timer);
      fail("the widget's script could not be loaded");
    };
    script.onload = () => {
      clearTimeout(timer);
      if (window.KhaltiCheckout) resolve();
      else fail("the widget's script did not bring the widget");
    };
    document.head.append(script);
  });
  return loading;
}

interface Purchase {
  bookingId: number;
  paisa: number;
}

/** Shows the widget. Resolves with what was confirmed in it, or null where it was closed without. */
export function payInWidget({ bookingId, paisa }: Purchase): Promise<WidgetPayment | null> {
  const Checkout = window.KhaltiCheckout;
  if (!Checkout) return Promise.reject(new Error("the widget is not loaded"));
  return new Promise((resolve, reject) => {
    const widget = new Checkout({
      publicKey: widgetKey,
      productIdentity: String(bookingId),
      productName: `SewaBazaar ${bookingId}`,
      productUrl: window.location.origin,
      eventHandler: {
        onSuccess: resolve,
        onError: () => {
          // Left open, it would lie above what is said here of the failure.
          widget.hide?.();
          reject(new Error("the widget failed"));
        },
        onClose: () => resolve(null),
      },
    });
    widget.show({ amount: paisa });
  });
}
