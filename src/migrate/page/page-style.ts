/** Style of the page: light, dark, on paper, and on a telephone. */

/** A style sheet without anything to load. */
export const pageStyle = `
:root{color-scheme:light dark;--text:#1f2328;--soft:#59636e;--back:#fff;--card:#f6f8fa;--line:#d1d9e0;--old:#818b98;--new:#0969da;--bad:#b3261e;--warn:#7a4f01;--good:#1a7f37}
@media screen and (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9198a1;--back:#0d1117;--card:#151b23;--line:#3d444d;--old:#9198a1;--new:#4493f8;--bad:#ff8182;--warn:#e3b341;--good:#56d364}}
*{box-sizing:border-box}
body{font:14px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);margin:0 auto;max-width:1200px;padding:24px 16px;overflow-wrap:anywhere}
h1{font-size:22px;margin:0}h2{font-size:16px;margin:32px 0 8px}p{margin:4px 0}
h1 small{display:inline-block}small,.soft{color:var(--soft)}code,pre{font:12px/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:12px;margin:20px 0}.tile{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 16px}
.tile b{display:block;font-size:24px;line-height:1.25}.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:6px 10px 6px 0;border-bottom:1px solid var(--line)}th{font-weight:600;white-space:nowrap}
td{min-width:4.5em}td[data-name=RPC]{min-width:13em}td.number{white-space:nowrap}th.number{white-space:normal}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.old rect{fill:var(--old)}.new rect{fill:var(--new)}g rect{opacity:.35}g rect:last-child{opacity:1}
details{border:1px solid var(--line);border-radius:8px;margin:8px 0;background:var(--card)}summary{cursor:pointer;padding:8px 12px;overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:12px;padding:0 12px 12px}.sides pre{margin:0;background:var(--back);border:1px solid var(--line);border-radius:6px;padding:8px;white-space:pre-wrap;max-height:420px;overflow:auto}
.sides p{font-weight:600}
@media (max-width:640px){.sides{grid-template-columns:1fr}.table-small thead{display:none}.table-small tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}.table-small td{display:block;min-width:0;white-space:normal;border:0;padding:1px 0}.table-small td.number{text-align:left;white-space:normal}.table-small td[data-name]::before{content:attr(data-name) ": ";color:var(--soft)}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:11px}details{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}.sides pre{max-height:none}}
`;
