
import{I as e,L as t,P as n,Y as r,g as i,gt as a,m as o,vt as s,z as c}from"./engine.js";const l=[`.next/static`,`.output/public`,`.svelte-kit/output/client`,`dist`,`build`,`out`,`www`,`lib`,`public/build`],u=[`.lighthouseci`,`reports`,`lighthouse`,`lighthouse-reports`],d={script:`**/*.{js,mjs}`,style:`**/*.css`};async function f(e,t){for(let n of l){let r=[];for(let i of[`script`,`style`])(await t.glob([`${n}/${d[i]}`],e)).length>0&&r.push(i);if(r.length>0)return{output:n,kinds:r,lighthouse:await p(e,t)}}throw new a(`no-output`,`No build output here; build first.`,{hint:`Looked for scripts and styles in ${l.join(`, `)}. If yours is elsewhere, write budgets.json by hand: { "budgets": [{ "files": "FOLDER/**/*.js", "max": "100 kB" }] }`})}async function p(e,t){for(let n of u){let r=await t.glob([`${n}/*.json`],e);for(let{path:i}of r){let r=await t.read(t.resolve(e,i));if(new TextDecoder().decode(r?.slice(0,4096)).includes(`"lighthouseVersion"`))return n===`.lighthouseci`?n:`${n}/*.json`}}return null}const m=[`largest-contentful-paint`,`total-blocking-time`,`cumulative-layout-shift`,`performance`],h={"largest-contentful-paint":2500,"total-blocking-time":200,"cumulative-layout-shift":.1,performance:.9};async function g(e,t,r){let i=_(e),{config:a}=n({file:`budgets.json`,folder:t,value:i,locate:()=>``,line:()=>null,showPath:()=>``,problems:[]});if(a===null)throw Error(`the draft of a budgets file is not valid`);let{snapshot:o}=await c(a,r,null),s=i.budgets.map(e=>v(e,o)).filter(e=>e!==null);return{text:`${JSON.stringify({...i,budgets:s},null,2)}\n`,summary:`${`${s.length} ${s.length===1?`budget`:`budgets`}`} on ${e.output}/, today's values plus 5 %`}}function _({output:e,kinds:t,lighthouse:n}){let r=[];if(t.includes(`script`)&&r.push({name:`All script`,files:`${e}/**/*.{js,mjs}`,max:`1 GB`,maxIncrease:`2%`}),t.includes(`style`)&&r.push({name:`All styles`,files:`${e}/**/*.css`,max:`1 GB`,maxIncrease:`2%`}),n!==null){let e=m.map(e=>[e,e===`performance`?{min:0}:{max:0}]);r.push({name:`Lighthouse`,lighthouse:n,optional:!0,metrics:Object.fromEntries(e)})}return{$schema:`https://unpkg.com/weighbridge@1/dist/budgets.schema.json`,track:[`${e}/**/*.{js,mjs,css,html}`],budgets:r}}function v(e,t){let n=y(String(e.name),t);if(e.metrics===void 0){let[t]=n.values();return t===void 0?null:{...e,max:b(t.value,t.unit,1)}}let r=[...n].map(([e,{value:t,unit:n}])=>{let r=h[e]??t;return e===`performance`?[e,{min:b(Math.min(t,r/.95),n,-1)}]:[e,{max:b(Math.max(t,r/1.05),n,1)}]});return r.length===0?null:{...e,metrics:Object.fromEntries(r)}}function y(e,t){let n=s(t,null),i=/* @__PURE__ */ new Map;for(let a of t.budgets.filter(({entry:t})=>t===e)){let e=r(a,n).filter(({actual:e})=>e!==null),t=e.map(({actual:e})=>e??0),[o]=e;if(o===void 0)continue;let s=a.metric===`performance`?Math.min(...t):Math.max(...t);i.set(a.metric,{value:s,unit:o.unit})}return i}function b(e,t,n){let r=e*(1+n*.05),i=x[t],a=i?.find(([e])=>r>=e)??i?.at(-1);if(a===void 0)return Math.min(1,S(r,n));let[o,s]=a;return`${S(r/o,n)} ${s}`}const x={byte:[[1e6,`MB`],[1e3,`kB`],[1,`B`]],millisecond:[[1e3,`s`],[1,`ms`]]};function S(e,t){let n=Math.floor(Math.log10(Math.max(e,.001)))-2,r=10**Math.max(-3,Math.min(0,n));return Number(((t>0?Math.ceil:Math.floor)(e/r-t*1e-9)*r).toPrecision(6))}async function C(e,t,n){let r=e===``?``:`\n        working-directory: ${JSON.stringify(e)}`,i=e===``?``:`\n          working-directory: ${JSON.stringify(e)}`,a=e===``?``:`${e}/`,{setup:o,run:s}=await E([n.resolve(t,e),t],n),c=await w(t,n);return`name: budgets
on:
  pull_request:
  push:
    branches: [${c}]
  merge_group:
permissions:
  contents: read
  pull-requests: write
jobs:
  budgets:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${o}      - run: ${s}${r}
      # Base is the first parent of what was built: of GitHub's test merge, the base branch.
      - id: commits
        run: |
          echo "base=$(git cat-file -p HEAD | sed -n 's/^parent //p' | head -n 1)" >> "$GITHUB_OUTPUT"
          echo "head=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"
      - id: base
        uses: actions/cache/restore@v4
        if: github.event_name == 'pull_request'
        with:
          path: ${a}weighbridge-snapshot.json
          key: weighbridge-\${{ steps.commits.outputs.base }}
      - run: mv weighbridge-snapshot.json weighbridge-base.json
        if: steps.base.outputs.cache-hit == 'true'${r}
      - id: weighbridge
        uses: weighbridge/weighbridge@v1
        with:
          base: \${{ steps.base.outputs.cache-hit == 'true' && 'weighbridge-base.json' || '' }}${i}
      # A push to ${c} keeps its snapshot: it is the base of the pull requests to come.
      - run: cp "$SNAPSHOT" weighbridge-snapshot.json
        if: github.event_name == 'push' && always() && steps.weighbridge.outputs.snapshot != ''${r}
        env:
          SNAPSHOT: \${{ steps.weighbridge.outputs.snapshot }}
      - uses: actions/cache/save@v4
        if: github.event_name == 'push' && always() && steps.weighbridge.outputs.snapshot != ''
        with:
          path: ${a}weighbridge-snapshot.json
          key: weighbridge-\${{ steps.commits.outputs.head }}
`}async function w(e,t){let n=async(n,r)=>{let i=await t.read(t.resolve(e,`.git`,n)),a=new TextDecoder().decode(i??/* @__PURE__ */ new Uint8Array).trim();return a.startsWith(r)?a.slice(r.length):null},r=await n(`refs/remotes/origin/HEAD`,`ref: refs/remotes/origin/`);if(r!==null)return r;let i=await n(`HEAD`,`ref: refs/heads/`);return i!==null&&[`master`,`trunk`,`develop`].includes(i)?i:`main`}const T=`      - uses: actions/setup-node@v5
        with:
          node-version: 24
`;async function E(e,t){let n=async n=>{for(let r of e){let e=await t.read(t.resolve(r,n));if(e!==null)return new TextDecoder().decode(e)}return null},r=/"packageManager"\s*:\s*"(\w+)@/.exec(await n(`package.json`)??``)?.[1];if(await n(`pnpm-lock.yaml`)!==null)return{setup:`      - uses: pnpm/action-setup@v4
`+(r===`pnpm`?``:`        with:
          version: 10
`)+T,run:`pnpm install --frozen-lockfile && pnpm run build`};let i=await n(`yarn.lock`);return i===null?await n(`bun.lock`)!==null||await n(`bun.lockb`)!==null?{setup:`      - uses: oven-sh/setup-bun@v2
`,run:`bun install --frozen-lockfile && bun run build`}:{setup:T,run:`npm ci && npm run build`}:D(i,r===`yarn`)}function D(e,t){let n=e.slice(0,200).includes(`yarn lockfile v1`)?`--frozen-lockfile`:`--immutable`;return{setup:t?T+`      - run: corepack enable
`:T,run:`yarn install ${n} && yarn build`}}const O={...o},k=`budgets.json`,A=`.github/workflows/budgets.yml`,j=async(e,t)=>{let{positionals:n}=i(e,O);if(n.length>0)throw new a(`unexpected`,`"${n[0]}" is more than \`init\` takes.`);await M(t);let{host:r,cwd:o,out:s}=t,c=await f(o,r),{text:l,summary:u}=await g(c,o,r),d=await r.checkout(o),p=d?.root??o,m=r.resolve(p,A),h=await r.kind(m)===null;return h&&await r.write(m,await C(d?.prefix??``,p,r)),await r.write(r.resolve(o,k),l),s(`${[`Wrote ${k}: ${u}.`,h?`Wrote ${A}.`:`Left ${A} as it is.`,...c.lighthouse===null?[]:["The Lighthouse budgets are optional: take `optional` out once your workflow runs Lighthouse."],"Next: `npx weighbridge` checks it; commit both."].join(`
`)}\n`),0};async function M({host:n,cwd:r}){for(let t of e)if(await n.kind(n.resolve(r,t))!==null)throw new a(`config-exists`,`${t} is there already; init never overwrites.`,{hint:"Run `npx weighbridge` to check it, or move it away first."});if(await t(n.resolve(r,`package.json`),n))throw new a(`config-exists`,`package.json has budgets already; init never overwrites.`)}export{O as INIT_OPTIONS,j as init};