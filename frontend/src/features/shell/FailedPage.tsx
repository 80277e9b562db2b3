"use client";

import english from "@messages/en/trouble.json";
import nepali from "@messages/ne/trouble.json";
import { useParams } from "next/navigation";

import { Button } from "@/ui/Button";

import { Trouble } from "./Trouble";

/** A page that broke. It brings its own words: what gives others theirs may be what broke. */
export function FailedPage() {
  const { locale } = useParams();
  const words = locale === "ne" ? nepali : english;
  return (
    <Trouble title={words.failedTitle} text={words.failedText}>
      <Button onClick={() => window.location.reload()}>{words.tryAgain}</Button>
    </Trouble>
  );
}
