import puppeteer from "puppeteer-core";
import { setTimeout as sleep } from "node:timers/promises";
const browser = await puppeteer.launch({executablePath:"/usr/bin/chromium",defaultViewport:{width:360,height:740,deviceScaleFactor:2,isMobile:true,hasTouch:true},args:["--headless","--no-sandbox","--disable-gpu","--no-first-run","--disable-background-networking"]});
const page = await browser.newPage(); const client = await page.target().createCDPSession();
await client.send("Performance.enable",{timeDomain:"threadTicks"});
await client.send("Emulation.setCPUThrottlingRate",{rate:+(process.env.RATE||4)});
const M=async()=>{const {metrics}=await client.send("Performance.getMetrics");return Object.fromEntries(metrics.map(m=>[m.name,m.value*1000]))};
await page.setBypassCSP(true);await page.goto(process.argv[2]+"/141123/2026/?on=2026-02-10"); await sleep(3000);
const P={residence:{tap:"answer-local"},other_plan:{tap:"answer-none"},birth_date:{fill:{year:"1980",month:"5",day:"20"},tap:"next"},groups:{tap:"answer-none"}};
if(process.env.CSS)await page.addStyleTag({content:process.env.CSS});
for(let round=0;round<3;round++){
 if(round)for(let i=0;i<0;i++);for(const [q,{fill={},tap}] of Object.entries(P)){
  await sleep(900);
  const spot=await page.evaluate((fill,tap)=>{const part=id=>document.querySelector(`[data-testid="${id}"]`);for(const[k,v]of Object.entries(fill)){const i=part(k);if(i){i.value=v;i.dispatchEvent(new Event("input",{bubbles:true}));i.dispatchEvent(new Event("change",{bubbles:true}))}}const b=part(tap);if(!b)return null;b.scrollIntoView({block:"center"});const r=b.getBoundingClientRect();return{x:r.left+r.width/2,y:r.top+r.height/2}},fill,tap);
  if(!spot){console.log("no",tap,await page.evaluate(()=>document.querySelector("main").innerText.slice(0,200)));process.exit()}
  await sleep(200);
  const a=await M();
  await client.send("Input.dispatchTouchEvent",{type:"touchStart",touchPoints:[spot]});await client.send("Input.dispatchTouchEvent",{type:"touchEnd",touchPoints:[]});
  await sleep(600); const b=await M();
  console.log(round,q.padEnd(12),["TaskDuration","ScriptDuration","RecalcStyleDuration","LayoutDuration"].map(k=>k.replace("Duration","")+" "+(b[k]-a[k]).toFixed(1)).join("  "));
 }
 if(round==0)console.log(await page.evaluate(()=>document.querySelectorAll("main *").length+" elements; "+[...document.querySelector("main").querySelectorAll(".result > *, article > *")].map(e=>e.tagName+"."+e.className+":"+e.querySelectorAll("*").length+"@"+Math.round(e.getBoundingClientRect().top)).join(" ")));
 await page.goto(process.argv[2]+"/141123/2026/?on=2026-02-10#"+round); await page.evaluate(()=>[...document.querySelectorAll("button")].find(b=>b.dataset.step==="forget").click()); await sleep(1000);
}
await browser.close();
