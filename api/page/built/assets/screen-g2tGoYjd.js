import{A as e,F as t,P as n,S as r,U as i,W as a,Z as o,_t as s,a as c,bt as l,c as u,ct as d,d as f,et as p,h as m,i as h,it as g,l as _,lt as v,mt as y,nt as b,o as x,ot as S,q as C,rt as w,ut as T,w as E}from"./shared-Djm0noKb.js";var D=n(`
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
`);function H(e){let{preferences:n,isDigestEnabled:r,onChange:i}=e,[a,o]=s(U(n)),l=c(),u=y.settings.introducer,f=e=>o({...a,...e}),h=async e=>{await t(j,W(e,n)),await i()},g=()=>l.run(async()=>{let e=U(n);await h(a),m(u.saved,async()=>{o(e),await h(e)})}),_=e=>l.run(async()=>{await t(M,{isEnabled:e}),m(u.digestSaved,async()=>{await t(M,{isEnabled:!e}),await i()}),await i()});return v(`form`,{class:`card stack`,onSubmit:d(g),children:[v(`div`,{children:[v(`h2`,{children:u.title}),v(`p`,{class:`soft small`,children:u.lead})]}),v(p,{label:u.monthlyCap,hint:u.capHint,type:`number`,value:a.monthlyCap,onInput:e=>f({monthlyCap:e})}),v(p,{label:u.monthlyCapPerAsker,hint:u.capHint,type:`number`,value:a.monthlyCapPerAsker,onInput:e=>f({monthlyCapPerAsker:e})}),v(p,{label:u.notBefore,type:`date`,value:a.notBefore,onInput:e=>f({notBefore:e})}),v(`div`,{class:`inline-form`,children:[v(p,{label:u.quietFrom,type:`time`,value:a.startsAt,onInput:e=>f({startsAt:e})}),v(p,{label:u.quietTo,type:`time`,value:a.endsAt,onInput:e=>f({endsAt:e})})]}),v(p,{label:u.noGoPeople,rows:2,value:a.noGoPeople,onInput:e=>f({noGoPeople:e})}),v(p,{label:u.noGoCompanies,rows:2,value:a.noGoCompanies,onInput:e=>f({noGoCompanies:e})}),v(w,{problem:l.problem}),v(`div`,{class:`row`,children:v(`button`,{type:`submit`,class:`button primary`,disabled:l.isBusy,children:u.save})}),v(`label`,{class:`choice`,children:[v(`input`,{type:`checkbox`,checked:r,disabled:l.isBusy,onChange:e=>void _(e.currentTarget.checked)}),u.digest]})]})}function U(e){let{monthlyCap:t,monthlyCapPerAsker:n,notBefore:r,quietHours:i,noGoIdentities:a,noGoCompanies:o}=e;return{monthlyCap:String(t??``),monthlyCapPerAsker:String(n??``),notBefore:r?.slice(0,10)??``,startsAt:i?.startsAt.slice(0,5)??``,endsAt:i?.endsAt.slice(0,5)??``,noGoPeople:a.join(`
`),noGoCompanies:o.join(`
`)}}function W(e,{quietHours:t}){let{startsAt:n,endsAt:r,notBefore:i}=e,a=t?.timeZone??Intl.DateTimeFormat().resolvedOptions().timeZone;return{monthlyCap:G(e.monthlyCap),monthlyCapPerAsker:G(e.monthlyCapPerAsker),notBefore:i?`${i}T00:00:00Z`:null,quietHours:n&&r?{startsAt:n,endsAt:r,timeZone:a}:null,noGoPeople:K(e.noGoPeople).map(e=>({text:e})),noGoCompanies:K(e.noGoCompanies)}}function G(e){return e===``?null:Number(e)}function K(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}function q(e,t,n){m(e,async()=>{await t(),await n()})}function J(e){let{title:t,lead:n,empty:r,button:i,pages:a,entries:o,children:s}=e,l=c();return v(`section`,{class:`stack-tight`,"aria-label":t,children:[v(`h2`,{children:t}),v(`p`,{class:`soft small`,children:n}),a.isLoading&&v(S,{lines:1}),v(w,{problem:a.problem,retry:()=>void a.reload()}),!a.isLoading&&!a.problem&&o.length===0&&v(`p`,{class:`soft`,children:r}),v(`ul`,{class:`people-list`,children:o.map(({id:e,name:t,detail:n,remove:r})=>v(`li`,{class:`row between`,children:[v(`span`,{class:`person-text`,children:[v(`span`,{children:t}),n&&v(`span`,{class:`small soft`,children:n})]}),v(`button`,{type:`button`,class:`button small`,disabled:l.isBusy,onClick:()=>void l.run(r),children:[i,v(`span`,{class:`visually-hidden`,children:[` `,t]})]})]},e))}),v(b,{later:a.later}),v(w,{problem:l.problem}),s]})}function Y(){let e=h(O,{},e=>e.hiddenContacts),[n,r]=s(`name`),[i,a]=s(``),o=c(),l=y.settings.hidden;return v(J,{title:l.title,lead:l.lead,empty:l.empty,button:l.remove,pages:e,entries:e.nodes.map(({id:n,name:r,hiddenOn:i})=>({id:n,name:r,detail:T(i),remove:async()=>{let{unhideContact:r}=await t(P,{id:n}),i=X(r),a=i&&(()=>t(N,{contact:i}));a?q(l.removed,a,e.reload):m(l.removed),await e.reload()}})),children:v(`form`,{class:`card inline-form`,onSubmit:d(()=>o.run(async()=>{let r=n===`name`?{name:i.trim()}:{company:i.trim()},{hideContact:o}=await t(N,{contact:r});a(``);let s=o.hiddenContact?.id;s&&q(l.added,()=>t(P,{id:s}),e.reload),await e.reload()})),children:[v(`label`,{class:`field`,children:[v(`span`,{children:l.kind}),v(`select`,{value:n,onChange:e=>r(e.currentTarget.value),children:Object.entries(l.kinds).map(([e,t])=>v(`option`,{value:e,children:t},e))})]}),n===`name`?v(u,{label:l.field,value:{text:i},onChange:({text:e})=>a(e)}):v(p,{label:l.field,value:i,onInput:a,required:!0}),v(`button`,{type:`submit`,class:`button`,disabled:o.isBusy,children:l.add}),v(w,{problem:o.problem})]})})}function X(e){let{personId:t,name:n,company:r}=e;return t?{personId:t}:n?{name:n}:r?{company:r}:null}function Z(){let e=h(k,{},e=>e.excludedIntroducers),[n,r]=s(x),i=c(),a=y.settings.excluded,o=(n,a)=>i.run(async()=>{let{excludeIntroducer:i}=await t(F,{person:n});r(x);let o=i.excludedIntroducer?.id;o&&q(a,()=>t(I,{id:o}),e.reload),await e.reload()});return v(J,{title:a.title,lead:a.lead,empty:a.empty,button:a.remove,pages:e,entries:e.nodes.map(({id:n,name:r,isNetworkWide:i})=>({id:n,name:r,detail:i?a.everybody:void 0,remove:async()=>{let{unexcludeIntroducer:r}=await t(I,{id:n}),o=r.personId&&{person:{id:r.personId},isNetworkWide:i};o?q(a.removed,()=>t(F,o),e.reload):m(a.removed),await e.reload()}})),children:v(`form`,{class:`card inline-form`,onSubmit:d(()=>o(_(n),a.added)),children:[v(u,{label:a.field,value:n,onChange:r}),v(`button`,{type:`submit`,class:`button`,disabled:i.isBusy,children:a.add}),v(`button`,{type:`button`,class:`button`,disabled:i.isBusy,onClick:()=>void o(null,y.settings.introducer.excluded),children:y.settings.introducer.exclude}),v(w,{problem:i.problem})]})})}function Q(){let n=h(A,{},e=>e.statements),r=y.settings.statements;return v(J,{title:r.title,lead:r.lead,empty:r.empty,button:r.remove,pages:n,entries:n.nodes.map(({id:i,kind:a,statedOn:o,validUntil:s,fromPerson:c,toPerson:l})=>({id:i,name:`${c.name} ${r.kinds[a]} ${l.name}`,detail:[T(o),s&&r.until(T(s))].filter(Boolean).join(`, `),remove:async()=>{let i={fromPersonId:c.id,toPersonId:l.id,kind:a};await t(e,i);let u={...i,statedOn:o,validUntil:s};q(r.removed,()=>t(E,u),n.reload),await n.reload()}}))})}var $=[`READ`,`WRITE`,`ADMIN`];function ee(){let{nodes:e,later:n,problem:r,isLoading:i,reload:a}=h(L,{},e=>e.tokens),o=c(),s=y.settings.tokens,l=({id:e,name:n})=>o.run(async()=>{await t(R,{id:e}),m(s.revoked(n??s.unnamed)),await a()});return v(`section`,{class:`stack-tight`,"aria-label":s.title,children:[v(`h2`,{children:s.title}),v(`p`,{class:`soft small`,children:s.lead}),i&&v(S,{}),v(w,{problem:r,retry:()=>void a()}),v(`ul`,{class:`people-list`,children:e.map(e=>v(`li`,{class:`row between`,children:[v(`span`,{class:`person-text`,children:[v(`span`,{children:[e.name??s.unnamed,` `,e.isSession&&v(`span`,{class:`badge`,children:s.session})]}),v(`span`,{class:`small soft`,children:[e.scopes.map(e=>s.scope[e]).join(`, `),e.expiresAt&&s.expires(T(e.expiresAt)),e.lastUsedAt?s.used(T(e.lastUsedAt)):s.neverUsed].filter(Boolean).join(` · `)})]}),v(`button`,{type:`button`,class:`button small`,disabled:o.isBusy,onClick:()=>void l(e),children:[s.revoke,v(`span`,{class:`visually-hidden`,children:[` `,e.name??s.unnamed]})]})]},e.id))}),v(b,{later:n}),v(w,{problem:o.problem}),v(te,{onChange:a})]})}function te({onChange:e}){let[n,r]=s(``),[i,a]=s([`READ`]),[o,l]=s(`90`),[u,f]=s(null),h=c(),g=y.settings.tokens,_=()=>h.run(async()=>{let a={name:n.trim(),scopes:i,expiresInDays:Number(o)},{createToken:s}=await t(z,a);f(s.secret),r(``),await e()}),b=async()=>{await navigator.clipboard.writeText(u??``),m(g.copied)};return v(`form`,{class:`card stack`,onSubmit:d(_),children:[v(p,{label:g.name,value:n,onInput:r,required:!0,maxLength:100}),v(`fieldset`,{class:`field`,children:[v(`legend`,{children:g.scopes}),$.map(e=>v(`label`,{class:`choice`,children:[v(`input`,{type:`checkbox`,checked:i.includes(e),onChange:t=>a(t.currentTarget.checked?[...i,e]:i.filter(t=>t!==e))}),g.scope[e]]},e))]}),v(p,{label:g.days,type:`number`,value:o,onInput:l,required:!0}),v(w,{problem:h.problem}),u&&v(`div`,{class:`notice`,children:[v(`p`,{children:g.created}),v(`code`,{class:`secret`,children:u}),v(`button`,{type:`button`,class:`button small`,onClick:()=>void b(),children:g.copy})]}),v(`div`,{class:`row`,children:v(`button`,{type:`submit`,class:`button`,disabled:h.isBusy||i.length===0,children:g.create})})]})}function ne(){let{data:e,problem:t,isLoading:n,reload:i}=f(D,{}),a=r.value?.viewer?.scopes.includes(`ADMIN`)??!1;return v(l,{children:[v(g,{lead:y.settings.lead,children:y.settings.title}),a&&v(re,{}),n&&v(S,{}),v(w,{problem:t,retry:()=>void i()}),e&&v(l,{children:[e.introducerPreferences&&v(H,{preferences:e.introducerPreferences,isDigestEnabled:e.isEmailDigestEnabled??!1,onChange:i}),v(Y,{}),v(Z,{}),v(Q,{})]}),a&&v(ee,{}),v(`section`,{class:`stack-tight`,children:[v(`h2`,{children:y.account.sessions}),v(`div`,{class:`row`,children:[v(`button`,{type:`button`,class:`button`,onClick:()=>void C(!1),children:y.account.signOut}),v(`button`,{type:`button`,class:`button`,onClick:()=>void C(!0),children:y.account.signOutEverywhere})]})]}),a&&v(ie,{})]})}function re(){let e=a.value?.viewer?.name??``,[n,r]=s(e),o=c(),l=y.settings.name,u=async e=>{await t(B,{name:e}),await i()};return v(`form`,{class:`card stack`,onSubmit:d(()=>o.run(async()=>{await u(n.trim()),m(l.saved,e?()=>u(e):void 0)})),children:[v(`h2`,{children:l.title}),v(p,{label:l.field,value:n,onInput:r,required:!0,maxLength:200}),v(w,{problem:o.problem}),v(`div`,{class:`row`,children:v(`button`,{type:`submit`,class:`button`,disabled:o.isBusy||n.trim()===e,children:l.save})})]})}function ie(){let[e,n]=s(!1),r=c(),a=y.settings.leave;return v(`section`,{class:`stack-tight`,children:[v(`h2`,{children:a.title}),v(`p`,{class:`soft small`,children:a.lead}),v(`div`,{class:`row`,children:v(`button`,{type:`button`,class:`button danger`,onClick:()=>n(!0),children:a.action})}),e&&v(o,{title:a.title,lead:a.lead,confirm:a.confirm,action:r,onConfirm:()=>r.run(async()=>{await t(V,{}),await i()}),onClose:()=>n(!1)})]})}export{ne as default};