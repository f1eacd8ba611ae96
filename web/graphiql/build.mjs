// Writes GraphiQL as one script and one stylesheet, the licences of the packages in them, and checksums of all three.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const output = "../../api/explorer/static";

const { metafile } = await build({
  entryPoints: { graphiql: "main.js" },
  outdir: output,
  bundle: true,
  minify: true,
  metafile: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
});

// the browser's own fonts do: GraphiQL embeds 300 kB of them
const stylesheet = join(output, "graphiql.css");
writeFileSync(stylesheet, readFileSync(stylesheet, "utf8").replace(/@font-face\{[^}]*\}/g, ""));

const folders = Object.keys(metafile.inputs).map((path) => path.match(/^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/)?.[0]);
const licences = [...new Set(folders.filter(Boolean))].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "The package contains no licence text.";
  return `${name} ${version}: ${license}\n\n${text}\n`;
});
writeFileSync(join(output, "LICENCES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));

const sums = ["LICENCES.txt", "graphiql.css", "graphiql.js"].map((name) => {
  const digest = createHash("sha256").update(readFileSync(join(output, name))).digest("hex");
  return `${digest}  ${name}\n`;
});
writeFileSync(join(output, "SHA256SUMS"), sums.join(""));
