"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { useRefusal } from "@/features/errors";
import { digits } from "@/format";
import { Button } from "@/ui/Button";
import { Choice, ChoiceGroup } from "@/ui/Choice";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextArea } from "@/ui/Field";
import { Form } from "@/ui/Form";

const RATINGS = [5, 4, 3, 2, 1] as const;

/** Stars and a few words about a booking that is done. */
export function ReviewPage({ bookingId }: { bookingId: number }) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const { items, setItems, refuse } = useRefusal();
  const [rating, setRating] = useState<number | null>(null);
  const [comment, setComment] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (rating === null) return setItems([{ field: "rating", text: t("ratingMissing") }]);
    if (busy) return;
    setBusy(true);
    try {
      await answerOf(
        api.POST("/api/bookings/{booking_id}/review/", {
          params: { path: { booking_id: bookingId } },
          body: { rating, comment },
        }),
      );
      router.push(`/${locale}/bookings/${bookingId}`);
    } catch (error) {
      setBusy(false);
      refuse(error);
    }
  };

  return (
    <Form onSubmit={(event) => void submit(event)} className="page-narrow space-y-5">
      <h1>{t("reviewTitle")}</h1>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <ChoiceGroup
        id="rating"
        legend={t("rating")}
        error={items.find(({ field }) => field === "rating")?.text}
      >
        {RATINGS.map((stars) => (
          <Choice
            key={stars}
            name="rating"
            value={stars}
            checked={rating === stars}
            onChange={() => setRating(stars)}
          >
            {digits(stars, locale)} • {t(`ratings.${stars}`)}
          </Choice>
        ))}
      </ChoiceGroup>
      <TextArea
        id="comment"
        label={t("comment")}
        optional={common("optional")}
        value={comment}
        onChange={({ target }) => setComment(target.value)}
      />
      <Button type="submit" wide busy={busy}>
        {t("sendReview")}
      </Button>
    </Form>
  );
}
