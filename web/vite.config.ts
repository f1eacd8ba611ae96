import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { print } from "@0no-co/graphql.web";
import preact from "@preact/preset-vite";
import { formatDocument } from "@urql/core";
import { defineConfig, type Plugin, runnerImport } from "vite";

const SERVICE = process.env["TERTIUS_PAGE_SERVICE"] ?? "http://127.0.0.1:8787";
const SERVED = ["/graphql", "/session", "/sessions", "/uploads", "/targets", "/auth", "/about-me"];

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

export default defineConfig({
  base: "/",
  plugins: [preact({ prefreshEnabled: false, devToolsEnabled: false }), documents(), licences()],
  build: {
    outDir: "../api/page/built",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    sourcemap: false,
    modulePreload: { polyfill: false },
    target: "es2023",
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
