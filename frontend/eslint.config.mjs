import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const features = [
    "account",
    "booking-wizard",
    "bookings",
    "catalogue",
    "flags",
    "one-page-booking",
    "payment",
    "shell",
];

/** What a folder may not import: `app → features → ui | api | format`. */
function closed(folder, ...patterns) {
    return {
        files: [`src/${folder}/**/*.{ts,tsx}`],
        rules: { "no-restricted-imports": ["error", { patterns }] },
    };
}

const lowerRooms = {
    group: ["@/app/*", "@/features/*"],
    message: "ui, api and format know nothing of what is built from them.",
};

const config = [
    { ignores: [".next/**", "coverage/**", "src/api/schema.d.ts", "next-env.d.ts", "playwright-report/**"] },
    ...next,
    ...typescript,
    {
        rules: {
            "@typescript-eslint/no-explicit-any": "error",
            "@next/next/no-img-element": "off", // pictures come in three sizes from the API
            "@next/next/no-html-link-for-pages": "off", // plain links work before any script has come
            eqeqeq: "error",
            "no-console": "error",
        },
    },
    closed("ui", lowerRooms, {
        group: ["@/api/*", "@/session/*"],
        message: "ui knows nothing of the domain.",
    }),
    closed("format", lowerRooms, { group: ["@/api/*", "@/ui/*", "@/session/*"], message: "format is pure." }),
    closed("api", lowerRooms, { group: ["@/ui/*"], message: "api draws nothing." }),
    ...features.map((feature) =>
        closed(
            `features/${feature}`,
            { group: ["@/app/*"], message: "Routes are built from features." },
            {
                group: features.filter((other) => other !== feature).map((other) => `@/features/${other}/*`),
                message: "Another feature is reached through its index.",
            },
        ),
    ),
];

export default config;
