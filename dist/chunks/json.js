
const e=e=>`${JSON.stringify(e,null,2)}\n`;export{e as json};