import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { print } from "@0no-co/graphql.web";
import preact from "@preact/preset-vite";
import { formatDocument } from "@urql/core";
import { defineConfig, type Plugin, runnerImport } from "vite";

const SERVICE = process.env["TERTIUS_PAGE_SERVICE"] ?? "http://127.0.0.1:8787";
const SERVED = ["/graphql", "/session", "/sessions", "/uploads", "/targets", "/auth", "/about-me"];

/** The oldest browsers with all that the page uses: docs/page.md names them too. */
const BROWSERS = ["chrome123", "edge123", "firefox121", "safari17.5"];

/** Writes documents.json: every document that the page sends, as it sends it. */
function documents(): Plugin {
  return {
    name: "documents",
    apply: "build",
    async generateBundle() {
      const { module } = await runnerImport<Record<string, Record<string, unknown>>>(
        join(import.meta.dirname, "src/documents/index.ts"),
      );
      const operations = Object.values(module)
        .flatMap((area) => Object.values(area))
        .filter(isDocument)
        .flatMap((document) => {
          const operation = document.definitions.find(({ kind }) => kind === "OperationDefinition");
          const name = operation?.name?.value;
          return name ? [{ name, document: print(formatDocument(document as never)) }] : [];
        })
        .sort((one, other) => (one.name < other.name ? -1 : 1));
      this.emitFile({
        type: "asset",
        fileName: "documents.json",
        source: `${JSON.stringify(operations, null, 1)}\n`,
      });
    },
  };
}

interface Parsed {
  kind: string;
  definitions: { kind: string; name?: { value: string } }[];
}

function isDocument(value: unknown): value is Parsed {
  return (value as Parsed | null)?.kind === "Document";
}

/** Writes LICENCES.txt: the licence of each package whose code is in the bundle. */
function licences(): Plugin {
  return {
    name: "licences",
    apply: "build",
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === "chunk" ? chunk.moduleIds : []) {
          const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
          if (folder && !folder.includes("\0")) folders.add(folder);
        }
      }
      const texts = [...folders].sort().map((folder) => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8"));
        const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
        const words = file ? readFileSync(join(folder, file), "utf-8").trim() : "";
        return `${name} ${version} (${license})\n\n${words}`;
      });
      this.emitFile({ type: "asset", fileName: "LICENCES.txt", source: `${texts.join("\n\n---\n\n")}\n` });
    },
  };
}

/** Writes preload.json: the code of each screen by its path, which the service adds to the document of the path. */
function preloads(): Plugin {
  return {
    name: "preloads",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
      const imports = (name: string): string[] => [
        name,
        ...(chunks.find(({ fileName }) => fileName === name)?.imports ?? []).flatMap(imports),
      ];
      const first = new Set(
        chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName }) => imports(fileName)),
      );
      const screens = chunks.flatMap(({ fileName, facadeModuleId }) => {
        const folder = /\/src\/([\w-]+)\/screen\.tsx$/.exec(facadeModuleId ?? "")?.[1];
        const files = imports(fileName).filter((each) => !first.has(each));
        return folder
          ? [[folder === "ask" ? "/" : `/${folder}`, files.map((each) => `/${each}`)] as const]
          : [];
      });
      const source = `${JSON.stringify(Object.fromEntries(screens.sort()), null, 1)}\n`;
      this.emitFile({ type: "asset", fileName: "preload.json", source });
    },
  };
}

/** Writes the language and the sentence for browsers without JavaScript into the document. */
function language(): Plugin {
  return {
    name: "language",
    async transformIndexHtml(html) {
      const { module } = await runnerImport<{ text: Sentences }>(
        join(import.meta.dirname, "src/strings/index.ts"),
      );
      return html
        .replace('lang="en"', `lang="${module.text.locale}"`)
        .replace("%NO_SCRIPT%", module.text.noScript);
    },
  };
}

interface Sentences {
  locale: string;
  noScript: string;
}

/** What every screen needs is one file, so that the first view takes few requests. */
const SHARED = /\/(src\/(api|app|design|strings)|node_modules\/(preact|@preact|@urql|@0no-co|wonka))\//;

export default defineConfig({
  base: "/",
  plugins: [
    preact({ prefreshEnabled: false, devToolsEnabled: false }),
    documents(),
    licences(),
    preloads(),
    language(),
  ],
  build: {
    outDir: "../api/page/built",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    sourcemap: false,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    target: BROWSERS,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", test: SHARED }] } } },
  },
  server: {
    proxy: Object.fromEntries(
      SERVED.map((path) => [path, { target: SERVICE, headers: developmentHeaders() }]),
    ),
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
} as Parameters<typeof defineConfig>[0]);

/** In development a token in the environment takes the place of a session. */
function developmentHeaders(): Record<string, string> {
  const token = process.env["TERTIUS_TOKEN"];
  return token ? { Authorization: `Bearer ${token}` } : {};
}
