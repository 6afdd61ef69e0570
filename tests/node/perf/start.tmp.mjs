import puppeteer from "puppeteer-core";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFileSync } from "node:fs";
const LINE = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
for(let run=0;run<3;run++){
const browser = await puppeteer.launch({executablePath:"/usr/bin/chromium",defaultViewport:{width:360,height:740,deviceScaleFactor:2,isMobile:true,hasTouch:true},args:["--headless","--no-sandbox","--disable-gpu","--no-first-run","--disable-background-networking"]});
const page = await browser.newPage(); const client = await page.target().createCDPSession();
await client.send("Network.enable"); await client.send("Network.emulateNetworkConditions", LINE);
await client.send("Emulation.setCPUThrottlingRate",{rate:4});
if(run==2) await page.tracing.start({path:"/tmp/trace.json",categories:["devtools.timeline","v8","disabled-by-default-v8.compile","v8.wasm","disabled-by-default-v8.wasm.detailed","disabled-by-default-v8.cpu_profiler","blink.user_timing","loading"]});
await page.evaluateOnNewDocument(()=>{new MutationObserver(()=>{const r=document.documentElement&&document.documentElement.dataset.ready;if(r&&r!==self.lastr){self.lastr=r;(self.marks??=[]).push([r,performance.now()])}}).observe(document,{attributes:true,subtree:true,childList:true})});
page.goto(process.argv[2]+"/141123/2026/?on=2026-02-10",{timeout:0}).catch(()=>{}); await sleep(5000);
console.log(await page.evaluate(()=>JSON.stringify([self.marks,performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource")).map(e=>[e.name.split("/").at(-1).slice(0,22),Math.round(e.requestStart),Math.round(e.responseStart),Math.round(e.responseEnd)])])));
if(run==2) await page.tracing.stop();
await browser.close();}
