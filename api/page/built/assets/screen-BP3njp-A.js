import{A as e,F as t,P as n,S as r,U as i,W as a,Z as o,_t as s,a as c,bt as l,c as u,ct as d,d as f,et as p,h as m,it as h,l as g,lt as _,mt as v,nt as y,o as b,ot as x,q as S,r as C,rt as w,ut as T,w as E}from"./shared-BO-Luh0j.js";var D=n(`
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
`),O=n(`
  query ListHidden($after: String) {
    hiddenContacts(first: 20, after: $after) { nodes { id name hiddenOn } pageInfo { hasNextPage endCursor } }
  }
`),k=n(`
  query ListExcluded($after: String) {
    excludedIntroducers(first: 20, after: $after) {
      nodes { id name excludedOn isNetworkWide }
      pageInfo { hasNextPage endCursor }
    }
  }
`),A=n(`
  query ListStatements($after: String) {
    statements(first: 20, after: $after) {
      nodes { id kind statedOn validUntil fromPerson { id name } toPerson { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),j=n(`
  mutation SetPreferences($input: SetIntroducerPreferencesInput!) {
    setIntroducerPreferences(input: $input) { preferences { monthlyCap } }
  }
`),M=n(`
  mutation SetDigest($input: SetEmailDigestInput!) { setEmailDigest(input: $input) { isEnabled } }
`),N=n(`
  mutation HideContact($input: HideContactInput!) { hideContact(input: $input) { hiddenContact { id } } }
`),P=n(`
  mutation UnhideContact($input: UnhideContactInput!) {
    unhideContact(input: $input) { unhiddenContactId personId name company }
  }
`),F=n(`
  mutation ExcludeIntroducer($input: ExcludeIntroducerInput!) {
    excludeIntroducer(input: $input) { excludedIntroducer { id } }
  }
`),I=n(`
  mutation UnexcludeIntroducer($input: UnexcludeIntroducerInput!) {
    unexcludeIntroducer(input: $input) { removedExclusionId personId }
  }
`),L=n(`
  query ListTokens($after: String) {
    tokens(first: 20, after: $after) {
      nodes { id name isSession scopes createdAt expiresAt lastUsedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`),R=n(`
  mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { revokedTokenId } }
`),z=n(`
  mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret token { id name } } }
`),B=n(`
  mutation RenameViewer($input: RenameViewerInput!) { renameViewer(input: $input) { member { id name } } }
`),V=n(`
  mutation LeaveNetwork($input: LeaveNetworkInput!) { leaveNetwork(input: $input) { removedMemberId } }
`);function H(e){let{preferences:n,isDigestEnabled:r,onChange:i}=e,[a,o]=s(U(n)),l=c(),u=v.settings.introducer,f=e=>o({...a,...e}),h=async e=>{await t(j,W(e,n)),await i()},g=()=>l.run(async()=>{let e=U(n);await h(a),m(u.saved,async()=>{o(e),await h(e)})}),y=e=>l.run(async()=>{await t(M,{isEnabled:e}),m(u.digestSaved,async()=>{await t(M,{isEnabled:!e}),await i()}),await i()});return _(`form`,{class:`card stack`,onSubmit:d(g),children:[_(`div`,{children:[_(`h2`,{children:u.title}),_(`p`,{class:`soft small`,children:u.lead})]}),_(p,{label:u.monthlyCap,hint:u.capHint,type:`number`,value:a.monthlyCap,onInput:e=>f({monthlyCap:e})}),_(p,{label:u.monthlyCapPerAsker,hint:u.capHint,type:`number`,value:a.monthlyCapPerAsker,onInput:e=>f({monthlyCapPerAsker:e})}),_(p,{label:u.notBefore,type:`date`,value:a.notBefore,onInput:e=>f({notBefore:e})}),_(`div`,{class:`inline-form`,children:[_(p,{label:u.quietFrom,type:`time`,value:a.startsAt,onInput:e=>f({startsAt:e})}),_(p,{label:u.quietTo,type:`time`,value:a.endsAt,onInput:e=>f({endsAt:e})})]}),_(p,{label:u.noGoPeople,rows:2,value:a.noGoPeople,onInput:e=>f({noGoPeople:e})}),_(p,{label:u.noGoCompanies,rows:2,value:a.noGoCompanies,onInput:e=>f({noGoCompanies:e})}),_(w,{problem:l.problem}),_(`div`,{class:`row`,children:_(`button`,{type:`submit`,class:`button primary`,disabled:l.isBusy,children:u.save})}),_(`label`,{class:`choice`,children:[_(`input`,{type:`checkbox`,checked:r,disabled:l.isBusy,onChange:e=>void y(e.currentTarget.checked)}),u.digest]})]})}function U(e){let{monthlyCap:t,monthlyCapPerAsker:n,notBefore:r,quietHours:i,noGoIdentities:a,noGoCompanies:o}=e;return{monthlyCap:String(t??``),monthlyCapPerAsker:String(n??``),notBefore:r?.slice(0,10)??``,startsAt:i?.startsAt.slice(0,5)??``,endsAt:i?.endsAt.slice(0,5)??``,noGoPeople:a.join(`
`),noGoCompanies:o.join(`
`)}}function W(e,{quietHours:t}){let{startsAt:n,endsAt:r,notBefore:i}=e,a=t?.timeZone??Intl.DateTimeFormat().resolvedOptions().timeZone;return{monthlyCap:G(e.monthlyCap),monthlyCapPerAsker:G(e.monthlyCapPerAsker),notBefore:i?`${i}T00:00:00Z`:null,quietHours:n&&r?{startsAt:n,endsAt:r,timeZone:a}:null,noGoPeople:K(e.noGoPeople).map(e=>({text:e})),noGoCompanies:K(e.noGoCompanies)}}function G(e){return e===``?null:Number(e)}function K(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}function q(e,t,n){m(e,async()=>{await t(),await n()})}function J(e){let{title:t,lead:n,empty:r,button:i,pages:a,entries:o,children:s}=e,l=c();return _(`section`,{class:`stack-tight`,"aria-label":t,children:[_(`h2`,{children:t}),_(`p`,{class:`soft small`,children:n}),a.isLoading&&_(x,{lines:1}),_(w,{problem:a.problem,retry:()=>void a.reload()}),!a.isLoading&&!a.problem&&o.length===0&&_(`p`,{class:`soft`,children:r}),_(`ul`,{class:`people-list`,children:o.map(({id:e,name:t,detail:n,remove:r})=>_(`li`,{class:`row between`,children:[_(`span`,{class:`person-text`,children:[_(`span`,{children:t}),n&&_(`span`,{class:`small soft`,children:n})]}),_(`button`,{type:`button`,class:`button small`,disabled:l.isBusy,onClick:()=>void l.run(r),children:[i,_(`span`,{class:`visually-hidden`,children:[` `,t]})]})]},e))}),_(y,{later:a.later}),_(w,{problem:l.problem}),s]})}function Y(){let e=C(O,{},e=>e.hiddenContacts),[n,r]=s(`name`),[i,a]=s(``),o=c(),l=v.settings.hidden;return _(J,{title:l.title,lead:l.lead,empty:l.empty,button:l.remove,pages:e,entries:e.nodes.map(({id:n,name:r,hiddenOn:i})=>({id:n,name:r,detail:T(i),remove:async()=>{let{unhideContact:r}=await t(P,{id:n}),i=X(r),a=i&&(()=>t(N,{contact:i}));a?q(l.removed,a,e.reload):m(l.removed),await e.reload()}})),children:_(`form`,{class:`card inline-form`,onSubmit:d(()=>o.run(async()=>{let r=n===`name`?{name:i.trim()}:{company:i.trim()},{hideContact:o}=await t(N,{contact:r});a(``);let s=o.hiddenContact?.id;s&&q(l.added,()=>t(P,{id:s}),e.reload),await e.reload()})),children:[_(`label`,{class:`field`,children:[_(`span`,{children:l.kind}),_(`select`,{value:n,onChange:e=>r(e.currentTarget.value),children:Object.entries(l.kinds).map(([e,t])=>_(`option`,{value:e,children:t},e))})]}),n===`name`?_(u,{label:l.field,value:{text:i},onChange:({text:e})=>a(e)}):_(p,{label:l.field,value:i,onInput:a,required:!0}),_(`button`,{type:`submit`,class:`button`,disabled:o.isBusy,children:l.add}),_(w,{problem:o.problem})]})})}function X(e){let{personId:t,name:n,company:r}=e;return t?{personId:t}:n?{name:n}:r?{company:r}:null}function Z(){let e=C(k,{},e=>e.excludedIntroducers),[n,r]=s(b),i=c(),a=v.settings.excluded,o=(n,a)=>i.run(async()=>{let{excludeIntroducer:i}=await t(F,{person:n});r(b);let o=i.excludedIntroducer?.id;o&&q(a,()=>t(I,{id:o}),e.reload),await e.reload()});return _(J,{title:a.title,lead:a.lead,empty:a.empty,button:a.remove,pages:e,entries:e.nodes.map(({id:n,name:r,isNetworkWide:i})=>({id:n,name:r,detail:i?a.everybody:void 0,remove:async()=>{let{unexcludeIntroducer:r}=await t(I,{id:n}),o=r.personId&&{person:{id:r.personId},isNetworkWide:i};o?q(a.removed,()=>t(F,o),e.reload):m(a.removed),await e.reload()}})),children:_(`form`,{class:`card inline-form`,onSubmit:d(()=>o(g(n),a.added)),children:[_(u,{label:a.field,value:n,onChange:r}),_(`button`,{type:`submit`,class:`button`,disabled:i.isBusy,children:a.add}),_(`button`,{type:`button`,class:`button`,disabled:i.isBusy,onClick:()=>void o(null,v.settings.introducer.excluded),children:v.settings.introducer.exclude}),_(w,{problem:i.problem})]})})}function Q(){let n=C(A,{},e=>e.statements),r=v.settings.statements;return _(J,{title:r.title,lead:r.lead,empty:r.empty,button:r.remove,pages:n,entries:n.nodes.map(({id:i,kind:a,statedOn:o,validUntil:s,fromPerson:c,toPerson:l})=>({id:i,name:`${c.name} ${r.kinds[a]} ${l.name}`,detail:[T(o),s&&r.until(T(s))].filter(Boolean).join(`, `),remove:async()=>{let i={fromPersonId:c.id,toPersonId:l.id,kind:a};await t(e,i);let u={...i,statedOn:o,validUntil:s};q(r.removed,()=>t(E,u),n.reload),await n.reload()}}))})}var $=[`READ`,`WRITE`,`ADMIN`];function ee(){let{nodes:e,later:n,problem:r,isLoading:i,reload:a}=C(L,{},e=>e.tokens),o=c(),s=v.settings.tokens,l=({id:e,name:n})=>o.run(async()=>{await t(R,{id:e}),m(s.revoked(n??s.unnamed)),await a()});return _(`section`,{class:`stack-tight`,"aria-label":s.title,children:[_(`h2`,{children:s.title}),_(`p`,{class:`soft small`,children:s.lead}),i&&_(x,{}),_(w,{problem:r,retry:()=>void a()}),_(`ul`,{class:`people-list`,children:e.map(e=>_(`li`,{class:`row between`,children:[_(`span`,{class:`person-text`,children:[_(`span`,{children:[e.name??s.unnamed,` `,e.isSession&&_(`span`,{class:`badge`,children:s.session})]}),_(`span`,{class:`small soft`,children:[e.scopes.map(e=>s.scope[e]).join(`, `),e.expiresAt&&s.expires(T(e.expiresAt)),e.lastUsedAt?s.used(T(e.lastUsedAt)):s.neverUsed].filter(Boolean).join(` · `)})]}),_(`button`,{type:`button`,class:`button small`,disabled:o.isBusy,onClick:()=>void l(e),children:[s.revoke,_(`span`,{class:`visually-hidden`,children:[` `,e.name??s.unnamed]})]})]},e.id))}),_(y,{later:n}),_(w,{problem:o.problem}),_(te,{onChange:a})]})}function te({onChange:e}){let[n,r]=s(``),[i,a]=s([`READ`]),[o,l]=s(`90`),[u,f]=s(null),h=c(),g=v.settings.tokens,y=()=>h.run(async()=>{let a={name:n.trim(),scopes:i,expiresInDays:Number(o)},{createToken:s}=await t(z,a);f(s.secret),r(``),await e()}),b=async()=>{await navigator.clipboard.writeText(u??``),m(g.copied)};return _(`form`,{class:`card stack`,onSubmit:d(y),children:[_(p,{label:g.name,value:n,onInput:r,required:!0,maxLength:100}),_(`fieldset`,{class:`field`,children:[_(`legend`,{children:g.scopes}),$.map(e=>_(`label`,{class:`choice`,children:[_(`input`,{type:`checkbox`,checked:i.includes(e),onChange:t=>a(t.currentTarget.checked?[...i,e]:i.filter(t=>t!==e))}),g.scope[e]]},e))]}),_(p,{label:g.days,type:`number`,value:o,onInput:l,required:!0}),_(w,{problem:h.problem}),u&&_(`div`,{class:`notice`,children:[_(`p`,{children:g.created}),_(`code`,{class:`secret`,children:u}),_(`button`,{type:`button`,class:`button small`,onClick:()=>void b(),children:g.copy})]}),_(`div`,{class:`row`,children:_(`button`,{type:`submit`,class:`button`,disabled:h.isBusy||i.length===0,children:g.create})})]})}function ne(){let{data:e,problem:t,isLoading:n,reload:i}=f(D,{}),a=r.value?.viewer?.scopes.includes(`ADMIN`)??!1;return _(l,{children:[_(h,{lead:v.settings.lead,children:v.settings.title}),a&&_(re,{}),n&&_(x,{}),_(w,{problem:t,retry:()=>void i()}),e&&_(l,{children:[e.introducerPreferences&&_(H,{preferences:e.introducerPreferences,isDigestEnabled:e.isEmailDigestEnabled??!1,onChange:i}),_(Y,{}),_(Z,{}),_(Q,{})]}),a&&_(ee,{}),_(`section`,{class:`stack-tight`,children:[_(`h2`,{children:v.account.sessions}),_(`div`,{class:`row`,children:[_(`button`,{type:`button`,class:`button`,onClick:()=>void S(!1),children:v.account.signOut}),_(`button`,{type:`button`,class:`button`,onClick:()=>void S(!0),children:v.account.signOutEverywhere})]})]}),a&&_(ie,{})]})}function re(){let e=a.value?.viewer?.name??``,[n,r]=s(e),o=c(),l=v.settings.name,u=async e=>{await t(B,{name:e}),await i()};return _(`form`,{class:`card stack`,onSubmit:d(()=>o.run(async()=>{await u(n.trim()),m(l.saved,e?()=>u(e):void 0)})),children:[_(`h2`,{children:l.title}),_(p,{label:l.field,value:n,onInput:r,required:!0,maxLength:200}),_(w,{problem:o.problem}),_(`div`,{class:`row`,children:_(`button`,{type:`submit`,class:`button`,disabled:o.isBusy||n.trim()===e,children:l.save})})]})}function ie(){let[e,n]=s(!1),r=c(),a=v.settings.leave;return _(`section`,{class:`stack-tight`,children:[_(`h2`,{children:a.title}),_(`p`,{class:`soft small`,children:a.lead}),_(`div`,{class:`row`,children:_(`button`,{type:`button`,class:`button danger`,onClick:()=>n(!0),children:a.action})}),e&&_(o,{title:a.title,lead:a.lead,confirm:a.confirm,action:r,onConfirm:()=>r.run(async()=>{await t(V,{}),await i()}),onClose:()=>n(!1)})]})}export{ne as default};