"""The services of each provider, by the provider's account."""

from apps.demo.marketplace.catalogue import POKHARA, VALLEY, Offer
from apps.services.models import ServiceStatus

PENDING, PAUSED, REJECTED = ServiceStatus.PENDING, ServiceStatus.PAUSED, ServiceStatus.REJECTED

OFFERS: dict[str, tuple[Offer, ...]] = {
    "provider": (
        Offer(
            "Home deep cleaning",
            "cleaning",
            3500,
            180,
            "Floors, windows, kitchen and bathrooms of a flat up to three rooms. We bring what we need.",
            VALLEY,
            discount_price=2990,
            rules={"buffer_before_minutes": 15, "buffer_after_minutes": 30, "min_notice_minutes": 240},
        ),
        Offer(
            "Kitchen and bathroom cleaning",
            "cleaning",
            1800,
            120,
            "Grease, tiles, taps and chimney; leaves no smell of acid behind.",
            VALLEY,
            rules={"buffer_after_minutes": 30},
        ),
        Offer(
            "Sofa and carpet shampooing",
            "cleaning",
            2200,
            90,
            "Up to five seats or one carpet of two by three metres. Dry within four hours.",
            rules={"buffer_after_minutes": 15},
        ),
        Offer(
            "House help by the hour",
            "cleaning",
            450,
            60,
            "Dishes, laundry and dusting, by women of our team.",
            women_only=True,
        ),
        Offer(
            "Water tank cleaning",
            "cleaning",
            2500,
            120,
            "Overhead and underground tanks up to 2,000 litres.",
            VALLEY,
            status=PENDING,
        ),
    ),
    "bijuli": (
        Offer(
            "Electrician visit",
            "electrician",
            800,
            60,
            "Lights, fans, switches and short circuits. Parts are charged as bought.",
            VALLEY,
            rules={"buffer_before_minutes": 15, "buffer_after_minutes": 15, "min_notice_minutes": 90},
        ),
        Offer(
            "Inverter and battery service",
            "electrician",
            1500,
            90,
            "Acid level, terminals, load test. For load-shedding that never quite ends.",
            discount_price=1350,
        ),
        Offer(
            "House wiring inspection",
            "electrician",
            2500,
            120,
            "Earthing, MCBs and a written report.",
            VALLEY,
        ),
    ),
    "dhara": (
        Offer(
            "Plumber visit",
            "plumbing",
            900,
            60,
            "Dripping taps, blocked sinks, leaking joints.",
            VALLEY,
            rules={"buffer_before_minutes": 15, "buffer_after_minutes": 15},
        ),
        Offer("Water pump repair", "plumbing", 1600, 90, "Motors up to one horsepower; also on the roof."),
        Offer(
            "Bathroom fitting",
            "plumbing",
            4800,
            240,
            "Commode, basin, shower and geyser, fitted in one visit.",
            rules={"min_notice_minutes": 24 * 60, "late_cancellation_fee_percent": 30},
        ),
    ),
    "gyan": (
        Offer("SEE mathematics at home", "tutoring", 700, 60, "Class 9 and 10, optional maths too.", VALLEY),
        Offer(
            "+2 physics at home",
            "tutoring",
            1200,
            90,
            "NEB syllabus, numericals and entrance questions.",
            discount_price=1050,
        ),
        Offer(
            "Nepali for beginners",
            "tutoring",
            1500,
            60,
            "Devanagari, daily talk and manners for people who have just moved here.",
            rules={"max_advance_days": 90},
        ),
    ),
    "shanti": (
        Offer(
            "Morning yoga class",
            "yoga-fitness",
            400,
            60,
            "Hatha for everybody, in our hall in Jhamsikhel. Mats are there.",
            ("lalitpur",),
            rules={"max_bookings": 12, "min_notice_minutes": 30},
        ),
        Offer(
            "Prenatal yoga, small group",
            "yoga-fitness",
            750,
            60,
            "From the fourth month on, five women at most.",
            ("lalitpur",),
            women_only=True,
            rules={"max_bookings": 5},
        ),
        Offer(
            "Private yoga lesson",
            "yoga-fitness",
            1500,
            60,
            "At your home, at your pace.",
            rules={"buffer_before_minutes": 30, "buffer_after_minutes": 30},
        ),
    ),
    "sundari": (
        Offer(
            "Bridal make-up",
            "beauty",
            15000,
            180,
            "Make-up, hair and draping, with a trial the week before.",
            VALLEY,
            discount_price=12999,
            rules={
                "min_notice_minutes": 3 * 24 * 60,
                "max_advance_days": 180,
                "late_cancellation_fee_percent": 70,
                "buffer_before_minutes": 30,
            },
        ),
        Offer(
            "Threading and facial at home",
            "beauty",
            1200,
            60,
            "Eyebrows, clean-up and a fruit facial.",
            women_only=True,
            rules={"buffer_before_minutes": 15, "buffer_after_minutes": 15},
        ),
        Offer("Mehendi for both hands", "beauty", 2000, 90, "Arabic or Rajasthani patterns, natural cones."),
        Offer("Haircut at home", "beauty", 650, 45, "Men, women and children."),
    ),
    "chiso": (
        Offer("Fridge repair", "appliance-repair", 1100, 60, "All makes; gas refill is extra.", VALLEY),
        Offer("Washing machine repair", "appliance-repair", 1000, 60, "Top and front loaders.", VALLEY),
        Offer(
            "Air conditioner service",
            "appliance-repair",
            1800,
            90,
            "Filter, coil and gas pressure; for split units up to two tons.",
            discount_price=1500,
            rules={"buffer_after_minutes": 15},
        ),
        Offer(
            "Television repair",
            "appliance-repair",
            900,
            60,
            "Given up: parts are no longer to be had.",
            status=PAUSED,
        ),
    ),
    "rang": (
        Offer(
            "Room painting",
            "painting",
            6500,
            480,
            "One room with two coats; paint of your choice is extra.",
            VALLEY,
            rules={"min_notice_minutes": 2 * 24 * 60},
        ),
        Offer(
            "Damp wall treatment", "painting", 3800, 240, "Scraping, sealing and putty before the monsoon."
        ),
    ),
    "kaath": (
        Offer(
            "Furniture repair",
            "carpentry",
            1300,
            90,
            "Chairs, beds and drawers, by a Shilpakar of Bhaktapur.",
            ("bhaktapur", "kathmandu"),
        ),
        Offer(
            "Door and window fitting", "carpentry", 2600, 180, "Sal or aluminium, with locks.", ("bhaktapur",)
        ),
    ),
    "safa": (
        Offer(
            "Cockroach and ant treatment",
            "pest-control",
            2800,
            120,
            "Gel, without a smell; children and pets may stay.",
            VALLEY,
            discount_price=2400,
            rules={"buffer_after_minutes": 30},
        ),
        Offer(
            "Termite treatment",
            "pest-control",
            7500,
            240,
            "Drilling and injection, two years' warranty.",
            VALLEY,
        ),
        Offer("Rat poison by post", "pest-control", 500, 30, "Sent to your home.", status=REJECTED),
    ),
    "phewa": (
        Offer("Guest house cleaning", "cleaning", 3000, 180, "Up to six rooms, linen changed.", POKHARA),
        Offer("Home cleaning in Pokhara", "cleaning", 1500, 120, "Lakeside to Lekhnath.", POKHARA),
    ),
    "annapurna": (
        Offer(
            "Zumba evening",
            "yoga-fitness",
            350,
            60,
            "Loud music, good mood, twenty people.",
            POKHARA,
            rules={"max_bookings": 20, "min_notice_minutes": 15},
        ),
        Offer("Personal training", "yoga-fitness", 1400, 60, "With a plan for the weeks after.", POKHARA),
    ),
    "nirmala": (
        Offer(
            "Physiotherapy at home",
            "health",
            1800,
            45,
            "After strokes, falls and operations. Registered with the Nepal Health Professional Council.",
            rules={"buffer_before_minutes": 20, "buffer_after_minutes": 20},
        ),
    ),
    "nayabato": (
        Offer(
            "Moving within the valley", "moving", 8500, 300, "A truck and three men.", VALLEY, status=PENDING
        ),
        Offer("Packing help", "moving", 1200, 120, "Boxes and tape included.", VALLEY, status=PENDING),
    ),
}
