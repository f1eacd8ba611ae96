import{$ as e,C as t,H as n,K as r,N as i,P as a,U as o,X as s,a as c,at as l,c as u,ct as d,gt as f,i as p,k as m,lt as h,m as g,n as _,nt as v,pt as y,rt as b,s as x,st as S,tt as C,u as w,x as T,yt as E}from"./shared-BTob-3Mn.js";var D=i(`
  query ReadPreferences {
    introducerPreferences {
      monthlyCap
      monthlyCapPerAsker
      notBefore
      quietHours { startsAt endsAt timeZone }
      noGoIdentities
      noGoCompanies
    }
    isEmailDigestEnabled
  }
`),O=i(`
  query ListHidden($after: String) {
    hiddenContacts(first: 20, after: $after) { nodes { id name hiddenOn } pageInfo { hasNextPage endCursor } }
  }
`),k=i(`
  query ListExcluded($after: String) {
    excludedIntroducers(first: 20, after: $after) {
      nodes { id name excludedOn isNetworkWide }
      pageInfo { hasNextPage endCursor }
    }
  }
`),A=i(`
  query ListStatements($after: String) {
    statements(first: 20, after: $after) {
      nodes { id kind statedOn validUntil fromPerson { id name } toPerson { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),j=i(`
  mutation SetPreferences($input: SetIntroducerPreferencesInput!) {
    setIntroducerPreferences(input: $input) { preferences { monthlyCap } }
  }
`),M=i(`
  mutation SetDigest($input: SetEmailDigestInput!) { setEmailDigest(input: $input) { isEnabled } }
`),N=i(`
  mutation HideContact($input: HideContactInput!) { hideContact(input: $input) { hiddenContact { id } } }
`),P=i(`
  mutation UnhideContact($input: UnhideContactInput!) {
    unhideContact(input: $input) { unhiddenContactId personId name company }
  }
`),F=i(`
  mutation ExcludeIntroducer($input: ExcludeIntroducerInput!) {
    excludeIntroducer(input: $input) { excludedIntroducer { id } }
  }
`),I=i(`
  mutation UnexcludeIntroducer($input: UnexcludeIntroducerInput!) {
    unexcludeIntroducer(input: $input) { removedExclusionId personId }
  }
`),L=i(`
  query ListTokens($after: String) {
    tokens(first: 20, after: $after) {
      nodes { id name isSession scopes createdAt expiresAt lastUsedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`),R=i(`
  mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { revokedTokenId } }
`),z=i(`
  mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret token { id name } } }
`),B=i(`
  mutation RenameViewer($input: RenameViewerInput!) { renameViewer(input: $input) { member { id name } } }
`),V=i(`
  mutation LeaveNetwork($input: LeaveNetworkInput!) { leaveNetwork(input: $input) { removedMemberId } }
`);function H(t){let{preferences:n,isDigestEnabled:r,onChange:i}=t,[o,s]=f(U(n)),c=p(),l=y.settings.introducer,u=e=>s({...o,...e}),m=async e=>{await a(j,W(e,n)),await i()},h=()=>c.run(async()=>{let e=U(n);await m(o),g(l.saved,async()=>{s(e),await m(e)})}),_=e=>c.run(async()=>{await a(M,{isEnabled:e}),g(l.digestSaved,async()=>{await a(M,{isEnabled:!e}),await i()}),await i()});return d(`form`,{class:`card stack`,onSubmit:S(h),children:[d(`div`,{children:[d(`h2`,{children:l.title}),d(`p`,{class:`soft small`,children:l.lead})]}),d(e,{label:l.monthlyCap,hint:l.capHint,type:`number`,value:o.monthlyCap,onInput:e=>u({monthlyCap:e})}),d(e,{label:l.monthlyCapPerAsker,hint:l.capHint,type:`number`,value:o.monthlyCapPerAsker,onInput:e=>u({monthlyCapPerAsker:e})}),d(e,{label:l.notBefore,type:`date`,value:o.notBefore,onInput:e=>u({notBefore:e})}),d(`div`,{class:`inline-form`,children:[d(e,{label:l.quietFrom,type:`time`,value:o.startsAt,onInput:e=>u({startsAt:e})}),d(e,{label:l.quietTo,type:`time`,value:o.endsAt,onInput:e=>u({endsAt:e})})]}),d(e,{label:l.noGoPeople,rows:2,value:o.noGoPeople,onInput:e=>u({noGoPeople:e})}),d(e,{label:l.noGoCompanies,rows:2,value:o.noGoCompanies,onInput:e=>u({noGoCompanies:e})}),d(v,{problem:c.problem}),d(`div`,{class:`row`,children:d(`button`,{type:`submit`,class:`button primary`,disabled:c.isBusy,children:l.save})}),d(`label`,{class:`choice`,children:[d(`input`,{type:`checkbox`,checked:r,disabled:c.isBusy,onChange:e=>void _(e.currentTarget.checked)}),l.digest]})]})}function U(e){let{monthlyCap:t,monthlyCapPerAsker:n,notBefore:r,quietHours:i,noGoIdentities:a,noGoCompanies:o}=e;return{monthlyCap:String(t??``),monthlyCapPerAsker:String(n??``),notBefore:r?.slice(0,10)??``,startsAt:i?.startsAt.slice(0,5)??``,endsAt:i?.endsAt.slice(0,5)??``,noGoPeople:a.join(`
`),noGoCompanies:o.join(`
`)}}function W(e,{quietHours:t}){let{startsAt:n,endsAt:r,notBefore:i}=e,a=t?.timeZone??Intl.DateTimeFormat().resolvedOptions().timeZone;return{monthlyCap:G(e.monthlyCap),monthlyCapPerAsker:G(e.monthlyCapPerAsker),notBefore:i?`${i}T00:00:00Z`:null,quietHours:n&&r?{startsAt:n,endsAt:r,timeZone:a}:null,noGoPeople:K(e.noGoPeople).map(e=>({text:e})),noGoCompanies:K(e.noGoCompanies)}}function G(e){return e===``?null:Number(e)}function K(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}function q(e,t,n){g(e,async()=>{await t(),await n()})}function J(e){let{title:t,lead:n,empty:r,button:i,pages:a,entries:o,children:s}=e,c=p();return d(`section`,{class:`stack-tight`,"aria-label":t,children:[d(`h2`,{children:t}),d(`p`,{class:`soft small`,children:n}),a.isLoading&&d(l,{lines:1}),d(v,{problem:a.problem,retry:()=>void a.reload()}),!a.isLoading&&!a.problem&&o.length===0&&d(`p`,{class:`soft`,children:r}),d(`ul`,{class:`people-list`,children:o.map(({id:e,name:t,detail:n,remove:r})=>d(`li`,{class:`row between`,children:[d(`span`,{class:`person-text`,children:[d(`span`,{children:t}),n&&d(`span`,{class:`small soft`,children:n})]}),d(`button`,{type:`button`,class:`button small`,disabled:c.isBusy,onClick:()=>void c.run(r),children:[i,d(`span`,{class:`visually-hidden`,children:[` `,t]})]})]},e))}),d(C,{later:a.later}),d(v,{problem:c.problem}),s]})}function Y(){let t=_(O,{},e=>e.hiddenContacts),[n,r]=f(`name`),[i,o]=f(``),s=p(),c=y.settings.hidden;return d(J,{title:c.title,lead:c.lead,empty:c.empty,button:c.remove,pages:t,entries:t.nodes.map(({id:e,name:n,hiddenOn:r})=>({id:e,name:n,detail:h(r),remove:async()=>{let{unhideContact:n}=await a(P,{id:e}),r=X(n),i=r&&(()=>a(N,{contact:r}));i?q(c.removed,i,t.reload):g(c.removed),await t.reload()}})),children:d(`form`,{class:`card inline-form`,onSubmit:S(()=>s.run(async()=>{let e=n===`name`?{name:i.trim()}:{company:i.trim()},{hideContact:r}=await a(N,{contact:e});o(``);let s=r.hiddenContact?.id;s&&q(c.added,()=>a(P,{id:s}),t.reload),await t.reload()})),children:[d(`label`,{class:`field`,children:[d(`span`,{children:c.kind}),d(`select`,{value:n,onChange:e=>r(e.currentTarget.value),children:Object.entries(c.kinds).map(([e,t])=>d(`option`,{value:e,children:t},e))})]}),n===`name`?d(x,{label:c.field,value:{text:i},onChange:({text:e})=>o(e)}):d(e,{label:c.field,value:i,onInput:o,required:!0}),d(`button`,{type:`submit`,class:`button`,disabled:s.isBusy,children:c.add}),d(v,{problem:s.problem})]})})}function X(e){let{personId:t,name:n,company:r}=e;return t?{personId:t}:n?{name:n}:r?{company:r}:null}function Z(){let e=_(k,{},e=>e.excludedIntroducers),[t,n]=f(c),r=p(),i=y.settings.excluded,o=(t,i)=>r.run(async()=>{let{excludeIntroducer:r}=await a(F,{person:t});n(c);let o=r.excludedIntroducer?.id;o&&q(i,()=>a(I,{id:o}),e.reload),await e.reload()});return d(J,{title:i.title,lead:i.lead,empty:i.empty,button:i.remove,pages:e,entries:e.nodes.map(({id:t,name:n,isNetworkWide:r})=>({id:t,name:n,detail:r?i.everybody:void 0,remove:async()=>{let{unexcludeIntroducer:n}=await a(I,{id:t}),o=n.personId&&{person:{id:n.personId},isNetworkWide:r};o?q(i.removed,()=>a(F,o),e.reload):g(i.removed),await e.reload()}})),children:d(`form`,{class:`card inline-form`,onSubmit:S(()=>o(u(t),i.added)),children:[d(x,{label:i.field,value:t,onChange:n}),d(`button`,{type:`submit`,class:`button`,disabled:r.isBusy,children:i.add}),d(`button`,{type:`button`,class:`button`,disabled:r.isBusy,onClick:()=>void o(null,y.settings.introducer.excluded),children:y.settings.introducer.exclude}),d(v,{problem:r.problem})]})})}function Q(){let e=_(A,{},e=>e.statements),n=y.settings.statements;return d(J,{title:n.title,lead:n.lead,empty:n.empty,button:n.remove,pages:e,entries:e.nodes.map(({id:r,kind:i,statedOn:o,validUntil:s,fromPerson:c,toPerson:l})=>({id:r,name:`${c.name} ${n.kinds[i]} ${l.name}`,detail:[h(o),s&&n.until(h(s))].filter(Boolean).join(`, `),remove:async()=>{let r={fromPersonId:c.id,toPersonId:l.id,kind:i};await a(m,r);let u={...r,statedOn:o,validUntil:s};q(n.removed,()=>a(t,u),e.reload),await e.reload()}}))})}var $=[`READ`,`WRITE`,`ADMIN`];function ee(){let{nodes:e,later:t,problem:n,isLoading:r,reload:i}=_(L,{},e=>e.tokens),o=p(),s=y.settings.tokens,c=({id:e,name:t})=>o.run(async()=>{await a(R,{id:e}),g(s.revoked(t??s.unnamed)),await i()});return d(`section`,{class:`stack-tight`,"aria-label":s.title,children:[d(`h2`,{children:s.title}),d(`p`,{class:`soft small`,children:s.lead}),r&&d(l,{}),d(v,{problem:n,retry:()=>void i()}),d(`ul`,{class:`people-list`,children:e.map(e=>d(`li`,{class:`row between`,children:[d(`span`,{class:`person-text`,children:[d(`span`,{children:[e.name??s.unnamed,` `,e.isSession&&d(`span`,{class:`badge`,children:s.session})]}),d(`span`,{class:`small soft`,children:[e.scopes.map(e=>s.scope[e]).join(`, `),e.expiresAt&&s.expires(h(e.expiresAt)),e.lastUsedAt?s.used(h(e.lastUsedAt)):s.neverUsed].filter(Boolean).join(` · `)})]}),d(`button`,{type:`button`,class:`button small`,disabled:o.isBusy,onClick:()=>void c(e),children:[s.revoke,d(`span`,{class:`visually-hidden`,children:[` `,e.name??s.unnamed]})]})]},e.id))}),d(C,{later:t}),d(v,{problem:o.problem}),d(te,{onChange:i})]})}function te({onChange:t}){let[n,r]=f(``),[i,o]=f([`READ`]),[s,c]=f(`90`),[l,u]=f(null),m=p(),h=y.settings.tokens,_=()=>m.run(async()=>{let e={name:n.trim(),scopes:i,expiresInDays:Number(s)},{createToken:o}=await a(z,e);u(o.secret),r(``),await t()}),b=async()=>{await navigator.clipboard.writeText(l??``),g(h.copied)};return d(`form`,{class:`card stack`,onSubmit:S(_),children:[d(e,{label:h.name,value:n,onInput:r,required:!0,maxLength:100}),d(`fieldset`,{class:`field`,children:[d(`legend`,{children:h.scopes}),$.map(e=>d(`label`,{class:`choice`,children:[d(`input`,{type:`checkbox`,checked:i.includes(e),onChange:t=>o(t.currentTarget.checked?[...i,e]:i.filter(t=>t!==e))}),h.scope[e]]},e))]}),d(e,{label:h.days,type:`number`,value:s,onInput:c,required:!0}),d(v,{problem:m.problem}),l&&d(`div`,{class:`notice`,children:[d(`p`,{children:h.created}),d(`code`,{class:`secret`,children:l}),d(`button`,{type:`button`,class:`button small`,onClick:()=>void b(),children:h.copy})]}),d(`div`,{class:`row`,children:d(`button`,{type:`submit`,class:`button`,disabled:m.isBusy||i.length===0,children:h.create})})]})}function ne(){let{data:e,problem:t,isLoading:n,reload:i}=w(D,{}),a=T.value?.viewer?.scopes.includes(`ADMIN`)??!1;return d(E,{children:[d(b,{lead:y.settings.lead,children:y.settings.title}),a&&d(re,{}),n&&d(l,{}),d(v,{problem:t,retry:()=>void i()}),e&&d(E,{children:[e.introducerPreferences&&d(H,{preferences:e.introducerPreferences,isDigestEnabled:e.isEmailDigestEnabled??!1,onChange:i}),d(Y,{}),d(Z,{}),d(Q,{})]}),a&&d(ee,{}),d(`section`,{class:`stack-tight`,children:[d(`h2`,{children:y.account.sessions}),d(`div`,{class:`row`,children:[d(`button`,{type:`button`,class:`button`,onClick:()=>void r(!1),children:y.account.signOut}),d(`button`,{type:`button`,class:`button`,onClick:()=>void r(!0),children:y.account.signOutEverywhere})]})]}),a&&d(ie,{})]})}function re(){let t=o.value?.viewer?.name??``,[r,i]=f(t),s=p(),c=y.settings.name,l=async e=>{await a(B,{name:e}),await n()};return d(`form`,{class:`card stack`,onSubmit:S(()=>s.run(async()=>{await l(r.trim()),g(c.saved,t?()=>l(t):void 0)})),children:[d(`h2`,{children:c.title}),d(e,{label:c.field,value:r,onInput:i,required:!0,maxLength:200}),d(v,{problem:s.problem}),d(`div`,{class:`row`,children:d(`button`,{type:`submit`,class:`button`,disabled:s.isBusy||r.trim()===t,children:c.save})})]})}function ie(){let[e,t]=f(!1),r=p(),i=y.settings.leave;return d(`section`,{class:`stack-tight`,children:[d(`h2`,{children:i.title}),d(`p`,{class:`soft small`,children:i.lead}),d(`div`,{class:`row`,children:d(`button`,{type:`button`,class:`button danger`,onClick:()=>t(!0),children:i.action})}),e&&d(s,{title:i.title,lead:i.lead,confirm:i.confirm,action:r,onConfirm:()=>r.run(async()=>{await a(V,{}),await n()}),onClose:()=>t(!1)})]})}export{ne as default};