// Opens pages in Chromium, light and dark, and lists what axe-core finds wrong with them.
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  protocolTimeout: 600_000, // A page with all its reasons takes a while.
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let wrong = 0;
for (const file of process.argv.slice(2)) {
  for (const value of ['light', 'dark']) {
    const page = await browser.newPage();
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await page.goto(`file://${file}`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run());
    console.log(`${file} ${value}: ${found.passes.length} checks passed, ${found.violations.length} failed`);
    for (const { id, help, nodes } of found.violations) {
      wrong += 1;
      console.log(`  ${id}: ${help}; ${nodes.length} times, first ${nodes[0].html.slice(0, 200)}`);
    }
    await page.close();
  }
}
await browser.close();
process.exit(wrong ? 1 : 0);
