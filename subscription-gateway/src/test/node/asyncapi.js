// Reads an AsyncAPI document with the parser of those who write the specification.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
for (const problem of diagnostics) {
  console.log(problem.severity, problem.code, problem.path.join("."), problem.message);
}
const errors = diagnostics.filter((problem) => problem.severity === 0);
if (errors.length > 0 || document === undefined) {
  process.exit(1);
}
console.log(`channels ${document.channels().length} operations ${document.operations().length}`);
