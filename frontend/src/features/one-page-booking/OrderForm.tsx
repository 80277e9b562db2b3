"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import {
  type ChosenTime,
  ContactFields,
  newBookingAddress,
  type Service,
  StepTrouble,
  TimeChoice,
  useChoice,
  useSending,
  type Wish,
  Wishes,
} from "@/features/booking-wizard";
import { useDates } from "@/features/calendar";
import { useFlags } from "@/features/flags";
import { isOnline } from "@/features/payment";
import { clockTime } from "@/format";
import { Button } from "@/ui/Button";
import { Form } from "@/ui/Form";

import { AccountNeeded } from "./AccountNeeded";
import { bookAtOnce, wasSentBefore } from "./book-at-once";
import { fieldOf, type Wrong, wrongOrder } from "./fields";
import { forgetOrder, type Order } from "./order";
import { PaymentField } from "./PaymentField";
import { SentBefore } from "./SentBefore";
import { useOrder } from "./useOrder";

interface Props {
  service: Service;
  today: string;
  isLoggedIn: boolean;
}

/**
 * All that a booking needs. Time and wishes stand in the address, what is typed stays in this tab: a login or
 * registration comes back to exactly this page.
 */
export function OrderForm({ service, today, isLoggedIn }: Props) {
  const t = useTranslations("onePage");
  const wizard = useTranslations("wizard");
  const locale = useLocale();
  const dates = useDates();
  const router = useRouter();
  const { payments } = useFlags();
  const sending = useSending();
  const initial = useChoice();
  const { order: typed, change } = useOrder(isLoggedIn);
  const order: Order = {
    ...typed,
    city: service.city_details.some(({ name }) => name === typed.city) ? typed.city : "",
    method: payments ? typed.method : "cash",
  };
  const [wish, setWish] = useState(initial.wish);
  const [chosen, setChosen] = useState(initial.chosen);
  const [taken, setTaken] = useState<ChosenTime | null>(null);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [sentBefore, setSentBefore] = useState(false);
  const address = newBookingAddress(locale, service.id, chosen, wish);
  const button = useWordsOfButton(order.method, isLoggedIn);

  const wordsFor = (field: string) => {
    const kind = wrong.find((item) => item.field === field)?.kind;
    return kind ? wizard(kind) : sending.items.find((item) => item.field === field)?.text;
  };

  const named = (label: Wrong["label"], kind: Wrong["kind"]) =>
    label ? `${wizard(label)}: ${wizard(kind)}` : wizard(kind);

  const choose = (next: ChosenTime | null, nextWish: Wish = wish) => {
    setChosen(next);
    setWish(nextWish);
    window.history.replaceState(null, "", newBookingAddress(locale, service.id, next, nextWish));
  };

  const takeInstead = (time: ChosenTime) => {
    choose(time);
    setTaken(time);
    sending.forgetLost();
    document.getElementById("when-heading")?.focus();
  };

  const book = async (time: ChosenTime) => {
    try {
      return await bookAtOnce({ serviceId: service.id, time, wish, order });
    } catch (error) {
      setSentBefore(wasSentBefore(error));
      throw error;
    }
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = wrongOrder(order, chosen);
    setWrong(found);
    sending.setItems(found.map(({ field, label, kind }) => ({ field, text: named(label, kind) })));
    if (!chosen || found.length > 0) return;
    if (!isLoggedIn) return router.push(`/${locale}/login?next=${encodeURIComponent(address)}`);
    void sending.send(
      () => book(chosen),
      ({ id, status }) => {
        forgetOrder();
        // In this page's place: Back leads to the catalogue, and books nothing twice.
        router.replace(
          status === "draft" ? `/${locale}/book/${id}/confirmation` : `/${locale}/booking/${id}/result`,
        );
      },
      fieldOf,
    );
  };

  return (
    <Form onSubmit={submit} className="space-y-8">
      {!isLoggedIn && <AccountNeeded next={address} />}
      {sentBefore && <SentBefore />}
      <StepTrouble step={sending} onTake={takeInstead} />
      <section aria-labelledby="when-heading" className="space-y-4">
        <h2 id="when-heading" tabIndex={-1}>
          {t("when")}
        </h2>
        <p role="status" className="text-ink-soft empty:hidden">
          {taken && t("taken", { when: `${dates.short(taken.date)}, ${clockTime(taken.time, locale)}` })}
        </p>
        <Wishes service={service} wish={wish} onChange={(next) => choose(chosen, next)} />
        <TimeChoice
          key={taken && `${taken.date} ${taken.time}`}
          service={service}
          wish={wish}
          today={today}
          chosen={chosen}
          onChoose={choose}
          initialDate={chosen?.date ?? null}
          error={wordsFor("time")}
        />
      </section>
      <section aria-labelledby="where-heading" className="space-y-5">
        <h2 id="where-heading">{t("where")}</h2>
        <ContactFields service={service} contact={order} onChange={change} errorOf={wordsFor} />
      </section>
      <PaymentField
        serviceId={service.id}
        method={order.method}
        onChoose={(method) => change({ method })}
        error={wordsFor("payment_method")}
      />
      <Button type="submit" wide busy={sending.busy}>
        {button}
      </Button>
    </Form>
  );
}

function useWordsOfButton(method: string, isLoggedIn: boolean): string {
  const t = useTranslations("onePage");
  const wizard = useTranslations("wizard");
  if (!isLoggedIn) return t("logInAndBook");
  if (isOnline(method)) return t("bookAndPay");
  return wizard(method === "bank_transfer" ? "sendAndTransfer" : "sendRequest");
}
