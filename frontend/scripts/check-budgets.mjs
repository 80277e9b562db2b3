// Fails where a page of the build brings more JavaScript than it may: `npm run budgets`, after `npm run build`.
//
// What a page loads stands in the build's own lists: the framework's files, and those of its layouts and itself.
// What it may load later, where the wizard is switched off, has a bound of its own.
// Polyfills are left out, since browsers that know modules don't load them.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

const BUILD = ".next";
const KIB = 1024;
const CATALOGUE_KIB = 145;
const WITH_FORMS_KIB = 190;
const LATER_KIB = 15;
const MANIFEST = "_client-reference-manifest.js";

/**
 * @typedef {{ clientModules: Record<string, unknown>, entryJSFiles: Record<string, string[]> }} Manifest
 * @typedef {{ route: string, manifest: Manifest, files: Set<string>, later: Set<string> }} Page
 */

const framework = JSON.parse(readFileSync(join(BUILD, "build-manifest.json"), "utf8"));
const pages = filesBelow("server/app", `page${MANIFEST}`).sort().map(readPage);
const trouble = [...pages.flatMap(overBudget), ...pages.flatMap(scriptsOfCards), ...uncounted()];

for (const { route, files } of pages) {
    process.stdout.write(`${kib(files).toFixed(1).padStart(7)} KiB of ${allowance(route)}  ${route}\n`);
}
if (trouble.length > 0) {
    process.stderr.write(`${trouble.join("\n")}\n`);
    process.exitCode = 1;
}

/** @param {string} path @returns {Page} */
function readPage(path) {
    const context = { __RSC_MANIFEST: /** @type {Record<string, Manifest>} */ ({}) };
    runInNewContext(readFileSync(path, "utf8"), context);
    const [entry] = Object.entries(context.__RSC_MANIFEST);
    if (!entry) throw new Error(`${path} names no page`);
    const [route, manifest] = entry;
    const loadable = Object.values(JSON.parse(readFileSync(loadedLater(path), "utf8")));
    const files = new Set([...framework.rootMainFiles, ...Object.values(manifest.entryJSFiles).flat()]);
    const named = loadable.flatMap((/** @type {{ files: string[] }} */ { files: some }) => some);
    const later = new Set(named.filter((file) => isScript(file) && !files.has(file)));
    return { route: route.replace(/\/page$/, ""), manifest, files, later };
}

/** @param {string} path of a page's manifest */
function loadedLater(path) {
    return join(path.replace(MANIFEST, ""), "react-loadable-manifest.json");
}

/** @param {string} file */
function isScript(file) {
    return file.endsWith(".js");
}

/** Pages behind a login, and those that lead to it, bring forms. @param {string} route */
function allowance(route) {
    return route.includes("(personal)") ? WITH_FORMS_KIB : CATALOGUE_KIB;
}

/** @param {Page} page */
function overBudget({ route, files, later }) {
    const over = kib(files) - allowance(route);
    return [
        ...(over > 0 ? [`${route} brings ${over.toFixed(1)} KiB of JavaScript too many`] : []),
        ...(kib(later) > LATER_KIB ? [`${route} loads more than ${LATER_KIB} KiB later`] : []),
    ];
}

/** Cards are drawn by the server alone, wherever the catalogue shows them. @param {Page} page */
function scriptsOfCards({ route, manifest }) {
    const modules = Object.keys(manifest.clientModules).filter((name) =>
        name.includes("/features/catalogue/"),
    );
    return modules.map((name) => `${route} ships ${name}, which the server alone should draw`);
}

/** A budget that overlooked a file would say little. */
function uncounted() {
    const counted = new Set(
        [...framework.polyfillFiles, ...pages.flatMap(({ files, later }) => [...files, ...later])].map(
            nameOf,
        ),
    );
    const built = filesBelow("static/chunks", ".js").map(nameOf);
    return built.filter((name) => !counted.has(name)).map((name) => `${name} is counted for no page`);
}

/** @param {string} folder @param {string} ending */
function filesBelow(folder, ending) {
    const files = readdirSync(join(BUILD, folder), { recursive: true, encoding: "utf8" });
    return files.filter((file) => file.endsWith(ending)).map((file) => join(BUILD, folder, file));
}

/** @param {string} file */
function nameOf(file) {
    return basename(file);
}

/** @param {Set<string>} files */
function kib(files) {
    return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILD, file))).length, 0) / KIB;
}
