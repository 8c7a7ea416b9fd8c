
const e={name:`weighbridge`,version:`1.0.0`};export{e as t};