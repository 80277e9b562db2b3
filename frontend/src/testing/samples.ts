import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** One of each thing that the API answers, typed by its own description, so that tests can't drift from it. */

export function aService(changes: Partial<Schemas["Service"]> = {}): Schemas["Service"] {
  return {
    id: 7,
    title: "Deep home cleaning",
    slug: "deep-home-cleaning",
    description: "Kitchen, bath and windows.",
    category: 1,
    category_details: { id: 1, name: "Cleaning", slug: "cleaning" },
    provider: 3,
    provider_name: "Sagarmatha Cleaners",
    cities: [1],
    city_details: [{ id: 1, name: "Kathmandu", slug: "kathmandu" }],
    staff: [
      { id: 11, full_name: "Sita Gurung", gender: "female" },
      { id: 12, full_name: "Ram Thapa", gender: "male" },
    ],
    price: "1500.00",
    discount_price: null,
    duration_minutes: 90,
    max_bookings: 1,
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
    min_notice_minutes: 60,
    max_advance_days: 60,
    late_cancellation_fee_percent: 20,
    reconfirm_after_reschedule: false,
    status: "active",
    image: null,
    image_set: null,
    rating: "4.50",
    review_count: 12,
    created_at: "2026-01-01T10:00:00+05:45",
    ...changes,
  };
}

/** The calendar of Nepal in the year in which the tests take place. */
export function aCalendarTable(): Schemas["CalendarTable"] {
  return {
    starts_on: "2026-04-14",
    years: [{ year: 2083, months: [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30] }],
  };
}

export function aConfig(flags: Partial<Schemas["Flags"]> = {}): Schemas["Config"] {
  return {
    time_zone: "Asia/Kathmandu",
    currency: "NPR",
    languages: ["en", "ne"],
    flags: { booking_wizard: true, booking_slots: true, payment_integration: true, ...flags },
    limits: {
      booking_hold_seconds: 900,
      draft_lifetime_hours: 24,
      max_holds_per_customer: 3,
      max_unpaid_bookings_per_customer: 30,
      max_unpaid_bookings_per_provider: 10,
      cancellation_free_hours: 24,
      reschedule_limit: 2,
      provider_response_hours: 24,
      bank_transfer_deadline_hours: 48,
      series_payment_due_days: 2,
      recurring_count_min: 2,
      recurring_count_max: 26,
      upload_max_bytes: 5_000_000,
      upload_max_pixels: 25_000_000,
      page_size: 20,
      page_size_max: 100,
      password_min_length: 8,
    },
  };
}

const bikramSambat = { booking_date_bs: "2083-08-15" };

export function aBooking(changes: Partial<Schemas["Booking"]> = {}): Schemas["Booking"] {
  return {
    id: 5,
    reference: "SB-5AB",
    customer: 2,
    customer_details: { id: 2, full_name: "Maya Rai", phone: null },
    service: 7,
    service_details: {
      id: 7,
      title: "Deep home cleaning",
      slug: "deep-home-cleaning",
      duration_minutes: 90,
      provider: { id: 3, full_name: "Sagarmatha Cleaners", phone: null },
    },
    staff: null,
    staff_details: null,
    booking_slot: null,
    booking_date: "2026-12-01",
    booking_time: "10:00:00",
    starts_at: "2026-12-01T10:00:00+05:45",
    ends_at: "2026-12-01T11:30:00+05:45",
    estimated_duration: 90,
    address: "Lazimpat 12",
    city: "Kathmandu",
    phone: "+9779812345678",
    special_instructions: "",
    preferred_provider_gender: "any",
    is_recurring: false,
    recurring_frequency: null,
    series: null,
    status: "draft",
    booking_step: "details_input",
    price: "1500.00",
    discount: "0.00",
    fee: "0.00",
    total_amount: "1500.00",
    payment_method: null,
    payment_status: "pending",
    payment: null,
    cancellation_reason: "",
    rejection_reason: "",
    confirmed_at: null,
    started_at: null,
    completed_at: null,
    no_show_at: null,
    dispute: null,
    allowed_actions: [],
    created_at: "2026-11-28T10:00:00+05:45",
    updated_at: "2026-11-28T10:00:00+05:45",
    respond_by: null,
    ...bikramSambat,
    ...changes,
  };
}

export function aProgress(
  changes: Partial<Omit<Schemas["WizardAnswer"], "booking">> & { booking?: Partial<Schemas["Booking"]> } = {},
): Schemas["WizardAnswer"] {
  return {
    booking_id: 5,
    reference: "SB-5AB",
    booking_step: "datetime_selection",
    next_step: "details_input",
    completed_steps: ["service_selection", "datetime_selection"],
    progress: 40,
    hold_expires_at: "2099-01-01T10:00:00+05:45",
    wanted_staff: null,
    price: { base: "1500.00", discount: "0.00", fee: "0.00", total: "1500.00" },
    ...changes,
    booking: aBooking(changes.booking),
  };
}

export function aSlot(
  time = "10:00:00",
  changes: Partial<Schemas["AvailableSlot"]> = {},
): Schemas["AvailableSlot"] {
  const date = changes.date ?? "2026-12-01";
  return {
    service: 7,
    date,
    start_time: time,
    end_time: "11:30:00",
    starts_at: `${date}T${time}+05:45`,
    ends_at: `${date}T11:30:00+05:45`,
    max_bookings: 1,
    current_bookings: 0,
    remaining: 1,
    is_available: true,
    is_fully_booked: false,
    ...changes,
  };
}

export function aUser(changes: Partial<Schemas["User"]> = {}): Schemas["User"] {
  return {
    id: 2,
    email: "maya@example.com",
    email_verified: true,
    full_name: "Maya Rai",
    phone: "+9779812345678",
    phone_verified: true,
    role: "customer",
    language: "en",
    ...changes,
  };
}

export function aPayment(changes: Partial<Schemas["Payment"]> = {}): Schemas["Payment"] {
  return {
    id: 9,
    booking: 5,
    payment_method: "khalti",
    amount: "1500.00",
    processing_fee: "0.00",
    total_amount: "1500.00",
    currency: "NPR",
    status: "completed",
    transaction_id: "T-9",
    gateway_transaction_id: "",
    paid_at: "2026-11-28T10:05:00+05:45",
    paid_on_bs: "2083-08-13",
    failure_reason: "",
    created_at: "2026-11-28T10:00:00+05:45",
    ...changes,
  };
}

export function aMethod(
  code: Schemas["PaymentMethod"]["code"],
  changes: Partial<Schemas["PaymentMethod"]> = {},
): Schemas["PaymentMethod"] {
  return { id: 1, code, name: code.toUpperCase(), description: "", payment_type: "wallet", ...changes };
}

/** What a bank transfer is made by. */
export function aTransfer(): Schemas["InstructionsAction"] {
  return {
    type: "instructions",
    account: {
      bank_name: "NIC Asia",
      branch: "Thamel",
      account_name: "SewaBazaar",
      account_number: "0123456789",
    },
    reference: "SB-5AB",
    amount: "1500.00",
  };
}

export function aProvider(changes: Partial<Schemas["Provider"]> = {}): Schemas["Provider"] {
  return {
    id: 3,
    name: "Sagarmatha Cleaners",
    since: "2025-03-01",
    services: [aService()],
    rating: "4.50",
    review_count: 12,
    completed_bookings: 140,
    response_minutes_median: 12,
    acceptance_percent: 96.4,
    completion_percent: 99,
    on_time_percent: 92.5,
    ...changes,
  };
}

export function aReview(changes: Partial<Schemas["Review"]> = {}): Schemas["Review"] {
  return {
    id: 4,
    rating: 5,
    comment: "Spotless.",
    customer_name: "Maya R.",
    answer: "",
    answered_at: null,
    created_at: "2026-11-20T10:00:00+05:45",
    edited_at: null,
    booking: 5,
    service: 7,
    editable_until: "2026-12-20T10:00:00+05:45",
    ...changes,
  };
}

/** A page of a list that has `count` entries in all. */
export function aList<Entry>(results: Entry[], count = results.length) {
  return { count, results };
}

export function anError(
  code: string,
  attr: string | null = null,
  detail = `detail of ${code}`,
): Schemas["Error"] {
  return { type: "client_error", errors: [{ code, detail, attr }] };
}
