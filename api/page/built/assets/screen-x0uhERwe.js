import{C as e,H as t,K as n,N as r,P as i,Q as a,U as o,X as s,a as c,c as l,ct as u,et as d,ft as f,ht as p,i as m,it as h,k as g,m as _,n as v,nt as y,ot as b,s as x,st as S,tt as C,u as w,vt as T,x as E}from"./shared-0UBvaf5Y.js";var D=r(`
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
`),O=r(`
  query ListHidden($after: String) {
    hiddenContacts(first: 20, after: $after) { nodes { id name hiddenOn } pageInfo { hasNextPage endCursor } }
  }
`),k=r(`
  query ListExcluded($after: String) {
    excludedIntroducers(first: 20, after: $after) {
      nodes { id name excludedOn isNetworkWide }
      pageInfo { hasNextPage endCursor }
    }
  }
`),A=r(`
  query ListStatements($after: String) {
    statements(first: 20, after: $after) {
      nodes { id kind statedOn validUntil fromPerson { id name } toPerson { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),j=r(`
  mutation SetPreferences($input: SetIntroducerPreferencesInput!) {
    setIntroducerPreferences(input: $input) { preferences { monthlyCap } }
  }
`),M=r(`
  mutation SetDigest($input: SetEmailDigestInput!) { setEmailDigest(input: $input) { isEnabled } }
`),N=r(`
  mutation HideContact($input: HideContactInput!) { hideContact(input: $input) { hiddenContact { id } } }
`),P=r(`
  mutation UnhideContact($input: UnhideContactInput!) {
    unhideContact(input: $input) { unhiddenContactId personId name company }
  }
`),F=r(`
  mutation ExcludeIntroducer($input: ExcludeIntroducerInput!) {
    excludeIntroducer(input: $input) { excludedIntroducer { id } }
  }
`),I=r(`
  mutation UnexcludeIntroducer($input: UnexcludeIntroducerInput!) {
    unexcludeIntroducer(input: $input) { removedExclusionId personId }
  }
`),L=r(`
  query ListTokens($after: String) {
    tokens(first: 20, after: $after) {
      nodes { id name isSession scopes createdAt expiresAt lastUsedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`),R=r(`
  mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { revokedTokenId } }
`),z=r(`
  mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret token { id name } } }
`),B=r(`
  mutation RenameViewer($input: RenameViewerInput!) { renameViewer(input: $input) { member { id name } } }
`),V=r(`
  mutation LeaveNetwork($input: LeaveNetworkInput!) { leaveNetwork(input: $input) { removedMemberId } }
`);function H(e){let{preferences:t,isDigestEnabled:n,onChange:r}=e,[o,s]=p(U(t)),c=m(),l=f.settings.introducer,u=e=>s({...o,...e}),d=async e=>{await i(j,W(e,t)),await r()},h=()=>c.run(async()=>{let e=U(t);await d(o),_(l.saved,async()=>{s(e),await d(e)})}),g=e=>c.run(async()=>{await i(M,{isEnabled:e}),_(l.digestSaved,async()=>{await i(M,{isEnabled:!e}),await r()}),await r()});return S(`form`,{class:`card stack`,onSubmit:b(h),children:[S(`div`,{children:[S(`h2`,{children:l.title}),S(`p`,{class:`soft small`,children:l.lead})]}),S(a,{label:l.monthlyCap,hint:l.capHint,type:`number`,value:o.monthlyCap,onInput:e=>u({monthlyCap:e})}),S(a,{label:l.monthlyCapPerAsker,hint:l.capHint,type:`number`,value:o.monthlyCapPerAsker,onInput:e=>u({monthlyCapPerAsker:e})}),S(a,{label:l.notBefore,type:`date`,value:o.notBefore,onInput:e=>u({notBefore:e})}),S(`div`,{class:`inline-form`,children:[S(a,{label:l.quietFrom,type:`time`,value:o.startsAt,onInput:e=>u({startsAt:e})}),S(a,{label:l.quietTo,type:`time`,value:o.endsAt,onInput:e=>u({endsAt:e})})]}),S(a,{label:l.noGoPeople,rows:2,value:o.noGoPeople,onInput:e=>u({noGoPeople:e})}),S(a,{label:l.noGoCompanies,rows:2,value:o.noGoCompanies,onInput:e=>u({noGoCompanies:e})}),S(C,{problem:c.problem}),S(`div`,{class:`row`,children:S(`button`,{type:`submit`,class:`button primary`,disabled:c.isBusy,children:l.save})}),S(`label`,{class:`choice`,children:[S(`input`,{type:`checkbox`,checked:n,disabled:c.isBusy,onChange:e=>void g(e.currentTarget.checked)}),l.digest]})]})}function U(e){let{monthlyCap:t,monthlyCapPerAsker:n,notBefore:r,quietHours:i,noGoIdentities:a,noGoCompanies:o}=e;return{monthlyCap:String(t??``),monthlyCapPerAsker:String(n??``),notBefore:r?.slice(0,10)??``,startsAt:i?.startsAt.slice(0,5)??``,endsAt:i?.endsAt.slice(0,5)??``,noGoPeople:a.join(`
`),noGoCompanies:o.join(`
`)}}function W(e,{quietHours:t}){let{startsAt:n,endsAt:r,notBefore:i}=e,a=t?.timeZone??Intl.DateTimeFormat().resolvedOptions().timeZone;return{monthlyCap:G(e.monthlyCap),monthlyCapPerAsker:G(e.monthlyCapPerAsker),notBefore:i?`${i}T00:00:00Z`:null,quietHours:n&&r?{startsAt:n,endsAt:r,timeZone:a}:null,noGoPeople:K(e.noGoPeople).map(e=>({text:e})),noGoCompanies:K(e.noGoCompanies)}}function G(e){return e===``?null:Number(e)}function K(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}function q(e,t,n){_(e,async()=>{await t(),await n()})}function J(e){let{title:t,lead:n,empty:r,button:i,pages:a,entries:o,children:s}=e,c=m();return S(`section`,{class:`stack-tight`,"aria-label":t,children:[S(`h2`,{children:t}),S(`p`,{class:`soft small`,children:n}),a.isLoading&&S(h,{lines:1}),S(C,{problem:a.problem,retry:()=>void a.reload()}),!a.isLoading&&!a.problem&&o.length===0&&S(`p`,{class:`soft`,children:r}),S(`ul`,{class:`people-list`,children:o.map(({id:e,name:t,detail:n,remove:r})=>S(`li`,{class:`row between`,children:[S(`span`,{class:`person-text`,children:[S(`span`,{children:t}),n&&S(`span`,{class:`small soft`,children:n})]}),S(`button`,{type:`button`,class:`button small`,disabled:c.isBusy,onClick:()=>void c.run(r),children:[i,S(`span`,{class:`visually-hidden`,children:[` `,t]})]})]},e))}),S(d,{later:a.later}),S(C,{problem:c.problem}),s]})}function Y(){let e=v(O,{},e=>e.hiddenContacts),[t,n]=p(`name`),[r,o]=p(``),s=m(),c=f.settings.hidden;return S(J,{title:c.title,lead:c.lead,empty:c.empty,button:c.remove,pages:e,entries:e.nodes.map(({id:t,name:n,hiddenOn:r})=>({id:t,name:n,detail:u(r),remove:async()=>{let{unhideContact:n}=await i(P,{id:t}),r=X(n),a=r&&(()=>i(N,{contact:r}));a?q(c.removed,a,e.reload):_(c.removed),await e.reload()}})),children:S(`form`,{class:`card inline-form`,onSubmit:b(()=>s.run(async()=>{let n=t===`name`?{name:r.trim()}:{company:r.trim()},{hideContact:a}=await i(N,{contact:n});o(``);let s=a.hiddenContact?.id;s&&q(c.added,()=>i(P,{id:s}),e.reload),await e.reload()})),children:[S(`label`,{class:`field`,children:[S(`span`,{children:c.kind}),S(`select`,{value:t,onChange:e=>n(e.currentTarget.value),children:Object.entries(c.kinds).map(([e,t])=>S(`option`,{value:e,children:t},e))})]}),t===`name`?S(x,{label:c.field,value:{text:r},onChange:({text:e})=>o(e)}):S(a,{label:c.field,value:r,onInput:o,required:!0}),S(`button`,{type:`submit`,class:`button`,disabled:s.isBusy,children:c.add}),S(C,{problem:s.problem})]})})}function X(e){let{personId:t,name:n,company:r}=e;return t?{personId:t}:n?{name:n}:r?{company:r}:null}function Z(){let e=v(k,{},e=>e.excludedIntroducers),[t,n]=p(c),r=m(),a=f.settings.excluded,o=(t,a)=>r.run(async()=>{let{excludeIntroducer:r}=await i(F,{person:t});n(c);let o=r.excludedIntroducer?.id;o&&q(a,()=>i(I,{id:o}),e.reload),await e.reload()});return S(J,{title:a.title,lead:a.lead,empty:a.empty,button:a.remove,pages:e,entries:e.nodes.map(({id:t,name:n,isNetworkWide:r})=>({id:t,name:n,detail:r?a.everybody:void 0,remove:async()=>{let{unexcludeIntroducer:n}=await i(I,{id:t}),o=n.personId&&{person:{id:n.personId},isNetworkWide:r};o?q(a.removed,()=>i(F,o),e.reload):_(a.removed),await e.reload()}})),children:S(`form`,{class:`card inline-form`,onSubmit:b(()=>o(l(t),a.added)),children:[S(x,{label:a.field,value:t,onChange:n}),S(`button`,{type:`submit`,class:`button`,disabled:r.isBusy,children:a.add}),S(`button`,{type:`button`,class:`button`,disabled:r.isBusy,onClick:()=>void o(null,f.settings.introducer.excluded),children:f.settings.introducer.exclude}),S(C,{problem:r.problem})]})})}function Q(){let t=v(A,{},e=>e.statements),n=f.settings.statements;return S(J,{title:n.title,lead:n.lead,empty:n.empty,button:n.remove,pages:t,entries:t.nodes.map(({id:r,kind:a,statedOn:o,validUntil:s,fromPerson:c,toPerson:l})=>({id:r,name:`${c.name} ${n.kinds[a]} ${l.name}`,detail:[u(o),s&&n.until(u(s))].filter(Boolean).join(`, `),remove:async()=>{let r={fromPersonId:c.id,toPersonId:l.id,kind:a};await i(g,r);let u={...r,statedOn:o,validUntil:s};q(n.removed,()=>i(e,u),t.reload),await t.reload()}}))})}var $=[`READ`,`WRITE`,`ADMIN`];function ee(){let{nodes:e,later:t,problem:n,isLoading:r,reload:a}=v(L,{},e=>e.tokens),o=m(),s=f.settings.tokens,c=({id:e,name:t})=>o.run(async()=>{await i(R,{id:e}),_(s.revoked(t??s.unnamed)),await a()});return S(`section`,{class:`stack-tight`,"aria-label":s.title,children:[S(`h2`,{children:s.title}),S(`p`,{class:`soft small`,children:s.lead}),r&&S(h,{}),S(C,{problem:n,retry:()=>void a()}),S(`ul`,{class:`people-list`,children:e.map(e=>S(`li`,{class:`row between`,children:[S(`span`,{class:`person-text`,children:[S(`span`,{children:[e.name??s.unnamed,` `,e.isSession&&S(`span`,{class:`badge`,children:s.session})]}),S(`span`,{class:`small soft`,children:[e.scopes.map(e=>s.scope[e]).join(`, `),e.expiresAt&&s.expires(u(e.expiresAt)),e.lastUsedAt?s.used(u(e.lastUsedAt)):s.neverUsed].filter(Boolean).join(` · `)})]}),S(`button`,{type:`button`,class:`button small`,disabled:o.isBusy,onClick:()=>void c(e),children:[s.revoke,S(`span`,{class:`visually-hidden`,children:[` `,e.name??s.unnamed]})]})]},e.id))}),S(d,{later:t}),S(C,{problem:o.problem}),S(te,{onChange:a})]})}function te({onChange:e}){let[t,n]=p(``),[r,o]=p([`READ`]),[s,c]=p(`90`),[l,u]=p(null),d=m(),h=f.settings.tokens,g=()=>d.run(async()=>{let a={name:t.trim(),scopes:r,expiresInDays:Number(s)},{createToken:o}=await i(z,a);u(o.secret),n(``),await e()}),v=async()=>{await navigator.clipboard.writeText(l??``),_(h.copied)};return S(`form`,{class:`card stack`,onSubmit:b(g),children:[S(a,{label:h.name,value:t,onInput:n,required:!0,maxLength:100}),S(`fieldset`,{class:`field`,children:[S(`legend`,{children:h.scopes}),$.map(e=>S(`label`,{class:`choice`,children:[S(`input`,{type:`checkbox`,checked:r.includes(e),onChange:t=>o(t.currentTarget.checked?[...r,e]:r.filter(t=>t!==e))}),h.scope[e]]},e))]}),S(a,{label:h.days,type:`number`,value:s,onInput:c,required:!0}),S(C,{problem:d.problem}),l&&S(`div`,{class:`notice`,children:[S(`p`,{children:h.created}),S(`code`,{class:`secret`,children:l}),S(`button`,{type:`button`,class:`button small`,onClick:()=>void v(),children:h.copy})]}),S(`div`,{class:`row`,children:S(`button`,{type:`submit`,class:`button`,disabled:d.isBusy||r.length===0,children:h.create})})]})}function ne(){let{data:e,problem:t,isLoading:r,reload:i}=w(D,{}),a=E.value?.viewer?.scopes.includes(`ADMIN`)??!1;return S(T,{children:[S(y,{lead:f.settings.lead,children:f.settings.title}),a&&S(re,{}),r&&S(h,{}),S(C,{problem:t,retry:()=>void i()}),e&&S(T,{children:[e.introducerPreferences&&S(H,{preferences:e.introducerPreferences,isDigestEnabled:e.isEmailDigestEnabled??!1,onChange:i}),S(Y,{}),S(Z,{}),S(Q,{})]}),a&&S(ee,{}),S(`section`,{class:`stack-tight`,children:[S(`h2`,{children:f.account.sessions}),S(`div`,{class:`row`,children:[S(`button`,{type:`button`,class:`button`,onClick:()=>void n(!1),children:f.account.signOut}),S(`button`,{type:`button`,class:`button`,onClick:()=>void n(!0),children:f.account.signOutEverywhere})]})]}),a&&S(ie,{})]})}function re(){let e=o.value?.viewer?.name??``,[n,r]=p(e),s=m(),c=f.settings.name,l=async e=>{await i(B,{name:e}),await t()};return S(`form`,{class:`card stack`,onSubmit:b(()=>s.run(async()=>{await l(n.trim()),_(c.saved,e?()=>l(e):void 0)})),children:[S(`h2`,{children:c.title}),S(a,{label:c.field,value:n,onInput:r,required:!0,maxLength:200}),S(C,{problem:s.problem}),S(`div`,{class:`row`,children:S(`button`,{type:`submit`,class:`button`,disabled:s.isBusy||n.trim()===e,children:c.save})})]})}function ie(){let[e,n]=p(!1),r=m(),a=f.settings.leave,o=()=>r.run(async()=>{await i(V,{}),await t()});return S(`section`,{class:`stack-tight`,children:[S(`h2`,{children:a.title}),S(`p`,{class:`soft small`,children:a.lead}),S(`div`,{class:`row`,children:S(`button`,{type:`button`,class:`button danger`,onClick:()=>n(!0),children:a.action})}),e&&S(s,{title:a.title,onClose:()=>n(!1),children:S(`div`,{class:`stack`,children:[S(`p`,{children:a.lead}),S(C,{problem:r.problem}),S(`div`,{class:`row`,children:[S(`button`,{type:`button`,class:`button danger`,disabled:r.isBusy,onClick:()=>void o(),children:a.confirm}),S(`button`,{type:`button`,class:`button`,onClick:()=>n(!1),children:f.cancel})]})]})})]})}export{ne as default};