// Fills one template N times on each line "N" of standard input and answers with milliseconds; see ../peers_of_run.py.
const fs = require("fs");
const readline = require("readline");
const [modules, template, context, output] = process.argv.slice(2);
const PizZip = require(`${modules}/pizzip`);
const Docxtemplater = require(`${modules}/docxtemplater`);
const source = fs.readFileSync(template);
const text = fs.readFileSync(context, "utf8");
function made() {
  const data = JSON.parse(text); // a fresh context for every document, before the clock starts
  const begun = process.cpuUsage();
  const document = new Docxtemplater(new PizZip(source), { paragraphLoop: true, linebreaks: true });
  document.render(data);
  const bytes = document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  const used = process.cpuUsage(begun);
  return [(used.user + used.system) / 1000, bytes];
}
fs.writeFileSync(output, made()[1]);
for (let n = 0; n < 60; n++) made(); // let the compiler of node warm up
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const times = [];
  for (let n = 0; n < Number(line); n++) times.push(made()[0]);
  console.log(JSON.stringify(times));
});
console.log("ready");
