import{$ as e,A as t,B as n,E as r,J as i,Q as a,V as o,W as s,X as c,_ as l,_t as u,at as d,et as f,i as p,it as m,j as h,n as g,nt as _,o as v,ot as y,pt as b,u as x,ut as S,y as C}from"./shared-Dovd7Cmw.js";var w=t(`
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
`),T=t(`
  query ListHidden($after: String) {
    hiddenContacts(first: 20, after: $after) { nodes { id name hiddenOn } pageInfo { hasNextPage endCursor } }
  }
`),E=t(`
  query ListExcluded($after: String) {
    excludedIntroducers(first: 20, after: $after) {
      nodes { id name excludedOn isNetworkWide }
      pageInfo { hasNextPage endCursor }
    }
  }
`),D=t(`
  query ListStatements($after: String) {
    statements(first: 20, after: $after) {
      nodes { id kind statedOn validUntil fromPerson { id name } toPerson { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),O=t(`
  mutation SetPreferences($input: SetIntroducerPreferencesInput!) {
    setIntroducerPreferences(input: $input) { preferences { monthlyCap } }
  }
`),k=t(`
  mutation SetDigest($input: SetEmailDigestInput!) { setEmailDigest(input: $input) { isEnabled } }
`),A=t(`
  mutation HideContact($input: HideContactInput!) { hideContact(input: $input) { hiddenContact { id } } }
`),j=t(`
  mutation UnhideContact($input: UnhideContactInput!) {
    unhideContact(input: $input) { unhiddenContactId personId name company }
  }
`),M=t(`
  mutation ExcludeIntroducer($input: ExcludeIntroducerInput!) {
    excludeIntroducer(input: $input) { excludedIntroducer { id } }
  }
`),N=t(`
  mutation UnexcludeIntroducer($input: UnexcludeIntroducerInput!) {
    unexcludeIntroducer(input: $input) { removedExclusionId personId }
  }
`),P=t(`
  query ListTokens($after: String) {
    tokens(first: 20, after: $after) {
      nodes { id name isSession scopes createdAt expiresAt lastUsedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`),F=t(`
  mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { revokedTokenId } }
`),I=t(`
  mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret token { id name } } }
`),L=t(`
  mutation RenameViewer($input: RenameViewerInput!) { renameViewer(input: $input) { member { id name } } }
`),R=t(`
  mutation LeaveNetwork($input: LeaveNetworkInput!) { leaveNetwork(input: $input) { removedMemberId } }
`);function z(t){let{preferences:n,isDigestEnabled:r,onChange:i}=t,[a,o]=b(B(n)),s=p(),l=S.settings.introducer,u=e=>o({...a,...e}),f=async e=>{await h(O,V(e,n)),await i()},g=()=>s.run(async()=>{let e=B(n);await f(a),x(l.saved,async()=>{o(e),await f(e)})}),_=e=>s.run(async()=>{await h(k,{isEnabled:e}),x(l.digestSaved,async()=>{await h(k,{isEnabled:!e}),await i()}),await i()});return d(`form`,{class:`card stack`,onSubmit:m(g),children:[d(`div`,{children:[d(`h2`,{children:l.title}),d(`p`,{class:`soft small`,children:l.lead})]}),d(c,{label:l.monthlyCap,hint:l.capHint,type:`number`,value:a.monthlyCap,onInput:e=>u({monthlyCap:e})}),d(c,{label:l.monthlyCapPerAsker,hint:l.capHint,type:`number`,value:a.monthlyCapPerAsker,onInput:e=>u({monthlyCapPerAsker:e})}),d(c,{label:l.notBefore,type:`date`,value:a.notBefore,onInput:e=>u({notBefore:e})}),d(`div`,{class:`inline-form`,children:[d(c,{label:l.quietFrom,type:`time`,value:a.startsAt,onInput:e=>u({startsAt:e})}),d(c,{label:l.quietTo,type:`time`,value:a.endsAt,onInput:e=>u({endsAt:e})})]}),d(c,{label:l.noGoPeople,rows:2,value:a.noGoPeople,onInput:e=>u({noGoPeople:e})}),d(c,{label:l.noGoCompanies,rows:2,value:a.noGoCompanies,onInput:e=>u({noGoCompanies:e})}),d(e,{problem:s.problem}),d(`div`,{class:`row`,children:d(`button`,{type:`submit`,class:`button primary`,disabled:s.isBusy,children:l.save})}),d(`label`,{class:`choice`,children:[d(`input`,{type:`checkbox`,checked:r,disabled:s.isBusy,onChange:e=>void _(e.currentTarget.checked)}),l.digest]})]})}function B(e){let{monthlyCap:t,monthlyCapPerAsker:n,notBefore:r,quietHours:i,noGoIdentities:a,noGoCompanies:o}=e;return{monthlyCap:String(t??``),monthlyCapPerAsker:String(n??``),notBefore:r?.slice(0,10)??``,startsAt:i?.startsAt.slice(0,5)??``,endsAt:i?.endsAt.slice(0,5)??``,noGoPeople:a.join(`
`),noGoCompanies:o.join(`
`)}}function V(e,{quietHours:t}){let{startsAt:n,endsAt:r,notBefore:i}=e,a=t?.timeZone??Intl.DateTimeFormat().resolvedOptions().timeZone;return{monthlyCap:H(e.monthlyCap),monthlyCapPerAsker:H(e.monthlyCapPerAsker),notBefore:i?`${i}T00:00:00Z`:null,quietHours:n&&r?{startsAt:n,endsAt:r,timeZone:a}:null,noGoPeople:U(e.noGoPeople).map(e=>({text:e})),noGoCompanies:U(e.noGoCompanies)}}function H(e){return e===``?null:Number(e)}function U(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}function W(e,t,n){x(e,async()=>{await t(),await n()})}function G(t){let{title:n,lead:r,empty:i,button:o,pages:s,entries:c,children:l}=t,u=p();return d(`section`,{class:`stack-tight`,"aria-label":n,children:[d(`h2`,{children:n}),d(`p`,{class:`soft small`,children:r}),s.isLoading&&d(_,{lines:1}),d(e,{problem:s.problem,retry:()=>void s.reload()}),!s.isLoading&&!s.problem&&c.length===0&&d(`p`,{class:`soft`,children:i}),d(`ul`,{class:`people-list`,children:c.map(({id:e,name:t,detail:n,remove:r})=>d(`li`,{class:`row between`,children:[d(`span`,{class:`person-text`,children:[d(`span`,{children:t}),n&&d(`span`,{class:`small soft`,children:n})]}),d(`button`,{type:`button`,class:`button small`,disabled:u.isBusy,onClick:()=>void u.run(r),children:[o,d(`span`,{class:`visually-hidden`,children:[` `,t]})]})]},e))}),d(a,{later:s.later}),d(e,{problem:u.problem}),l]})}function K(){let t=g(T,{},e=>e.hiddenContacts),[n,r]=b(`name`),[i,a]=b(``),o=p(),s=S.settings.hidden;return d(G,{title:s.title,lead:s.lead,empty:s.empty,button:s.remove,pages:t,entries:t.nodes.map(({id:e,name:n,hiddenOn:r})=>({id:e,name:n,detail:y(r),remove:async()=>{let{unhideContact:n}=await h(j,{id:e}),r=q(n),i=r&&(()=>h(A,{contact:r}));i?W(s.removed,i,t.reload):x(s.removed),await t.reload()}})),children:d(`form`,{class:`card inline-form`,onSubmit:m(()=>o.run(async()=>{let e=n===`name`?{name:i.trim()}:{company:i.trim()},{hideContact:r}=await h(A,{contact:e});a(``);let o=r.hiddenContact?.id;o&&W(s.added,()=>h(j,{id:o}),t.reload),await t.reload()})),children:[d(`label`,{class:`field`,children:[d(`span`,{children:s.kind}),d(`select`,{value:n,onChange:e=>r(e.currentTarget.value),children:Object.entries(s.kinds).map(([e,t])=>d(`option`,{value:e,children:t},e))})]}),d(c,{label:s.field,value:i,onInput:a,required:!0}),d(`button`,{type:`submit`,class:`button`,disabled:o.isBusy,children:s.add}),d(e,{problem:o.problem})]})})}function q(e){let{personId:t,name:n,company:r}=e;return t?{personId:t}:n?{name:n}:r?{company:r}:null}function J(){let t=g(E,{},e=>e.excludedIntroducers),[n,r]=b(``),i=p(),a=S.settings.excluded,o=(e,n)=>i.run(async()=>{let{excludeIntroducer:i}=await h(M,{person:e});r(``);let a=i.excludedIntroducer?.id;a&&W(n,()=>h(N,{id:a}),t.reload),await t.reload()});return d(G,{title:a.title,lead:a.lead,empty:a.empty,button:a.remove,pages:t,entries:t.nodes.map(({id:e,name:n,isNetworkWide:r})=>({id:e,name:n,detail:r?a.everybody:void 0,remove:async()=>{let{unexcludeIntroducer:n}=await h(N,{id:e}),i=n.personId&&{person:{id:n.personId},isNetworkWide:r};i?W(a.removed,()=>h(M,i),t.reload):x(a.removed),await t.reload()}})),children:d(`form`,{class:`card inline-form`,onSubmit:e=>{e.preventDefault(),o({text:n.trim()},a.added)},children:[d(c,{label:a.field,value:n,onInput:r,required:!0}),d(`button`,{type:`submit`,class:`button`,disabled:i.isBusy,children:a.add}),d(`button`,{type:`button`,class:`button`,disabled:i.isBusy,onClick:()=>void o(null,S.settings.introducer.excluded),children:S.settings.introducer.exclude}),d(e,{problem:i.problem})]})})}function Y(){let e=g(D,{},e=>e.statements),t=S.settings.statements;return d(G,{title:t.title,lead:t.lead,empty:t.empty,button:t.remove,pages:e,entries:e.nodes.map(({id:n,kind:i,statedOn:a,validUntil:o,fromPerson:s,toPerson:c})=>({id:n,name:`${s.name} ${t.kinds[i]} ${c.name}`,detail:[y(a),o&&t.until(y(o))].filter(Boolean).join(`, `),remove:async()=>{let n={fromPersonId:s.id,toPersonId:c.id,kind:i};await h(r,n);let l={...n,statedOn:a,validUntil:o};W(t.removed,()=>h(C,l),e.reload),await e.reload()}}))})}var X=[`READ`,`WRITE`,`ADMIN`];function Z(){let{nodes:t,later:n,problem:r,isLoading:i,reload:o}=g(P,{},e=>e.tokens),s=p(),c=S.settings.tokens,l=({id:e,name:t})=>s.run(async()=>{await h(F,{id:e}),x(c.revoked(t??c.unnamed)),await o()});return d(`section`,{class:`stack-tight`,"aria-label":c.title,children:[d(`h2`,{children:c.title}),d(`p`,{class:`soft small`,children:c.lead}),i&&d(_,{}),d(e,{problem:r,retry:()=>void o()}),d(`ul`,{class:`people-list`,children:t.map(e=>d(`li`,{class:`row between`,children:[d(`span`,{class:`person-text`,children:[d(`span`,{children:[e.name??c.unnamed,` `,e.isSession&&d(`span`,{class:`badge`,children:c.session})]}),d(`span`,{class:`small soft`,children:[e.scopes.map(e=>c.scope[e]).join(`, `),e.expiresAt&&c.expires(y(e.expiresAt)),e.lastUsedAt?c.used(y(e.lastUsedAt)):c.neverUsed].filter(Boolean).join(` · `)})]}),d(`button`,{type:`button`,class:`button small`,disabled:s.isBusy,onClick:()=>void l(e),children:[c.revoke,d(`span`,{class:`visually-hidden`,children:[` `,e.name??c.unnamed]})]})]},e.id))}),d(a,{later:n}),d(e,{problem:s.problem}),d(Q,{onChange:o})]})}function Q({onChange:t}){let[n,r]=b(``),[i,a]=b([`READ`]),[o,s]=b(`90`),[l,u]=b(null),f=p(),g=S.settings.tokens,_=()=>f.run(async()=>{let e={name:n.trim(),scopes:i,expiresInDays:Number(o)},{createToken:a}=await h(I,e);u(a.secret),r(``),await t()}),v=async()=>{await navigator.clipboard.writeText(l??``),x(g.copied)};return d(`form`,{class:`card stack`,onSubmit:m(_),children:[d(c,{label:g.name,value:n,onInput:r,required:!0,maxLength:100}),d(`fieldset`,{class:`field`,children:[d(`legend`,{children:g.scopes}),X.map(e=>d(`label`,{class:`choice`,children:[d(`input`,{type:`checkbox`,checked:i.includes(e),onChange:t=>a(t.currentTarget.checked?[...i,e]:i.filter(t=>t!==e))}),g.scope[e]]},e))]}),d(c,{label:g.days,type:`number`,value:o,onInput:s,required:!0}),d(e,{problem:f.problem}),l&&d(`div`,{class:`notice`,children:[d(`p`,{children:g.created}),d(`code`,{class:`secret`,children:l}),d(`button`,{type:`button`,class:`button small`,onClick:()=>void v(),children:g.copy})]}),d(`div`,{class:`row`,children:d(`button`,{type:`submit`,class:`button`,disabled:f.isBusy||i.length===0,children:g.create})})]})}function $(){let{data:t,problem:n,isLoading:r,reload:i}=v(w,{}),a=l.value?.viewer?.scopes.includes(`ADMIN`)??!1;return d(u,{children:[d(f,{lead:S.settings.lead,children:S.settings.title}),a&&d(ee,{}),r&&d(_,{}),d(e,{problem:n,retry:()=>void i()}),t&&d(u,{children:[t.introducerPreferences&&d(z,{preferences:t.introducerPreferences,isDigestEnabled:t.isEmailDigestEnabled??!1,onChange:i}),d(K,{}),d(J,{}),d(Y,{})]}),a&&d(Z,{}),d(`section`,{class:`stack-tight`,children:[d(`h2`,{children:S.account.sessions}),d(`div`,{class:`row`,children:[d(`button`,{type:`button`,class:`button`,onClick:()=>void s(!1),children:S.account.signOut}),d(`button`,{type:`button`,class:`button`,onClick:()=>void s(!0),children:S.account.signOutEverywhere})]})]}),a&&d(te,{})]})}function ee(){let t=o.value?.viewer?.name??``,[r,i]=b(t),a=p(),s=S.settings.name,l=async e=>{await h(L,{name:e}),await n()};return d(`form`,{class:`card stack`,onSubmit:m(()=>a.run(async()=>{await l(r.trim()),x(s.saved,t?()=>l(t):void 0)})),children:[d(`h2`,{children:s.title}),d(c,{label:s.field,value:r,onInput:i,required:!0,maxLength:200}),d(e,{problem:a.problem}),d(`div`,{class:`row`,children:d(`button`,{type:`submit`,class:`button`,disabled:a.isBusy||r.trim()===t,children:s.save})})]})}function te(){let[t,r]=b(!1),a=p(),o=S.settings.leave,s=()=>a.run(async()=>{await h(R,{}),await n()});return d(`section`,{class:`stack-tight`,children:[d(`h2`,{children:o.title}),d(`p`,{class:`soft small`,children:o.lead}),d(`div`,{class:`row`,children:d(`button`,{type:`button`,class:`button danger`,onClick:()=>r(!0),children:o.action})}),t&&d(i,{title:o.title,onClose:()=>r(!1),children:d(`div`,{class:`stack`,children:[d(`p`,{children:o.lead}),d(e,{problem:a.problem}),d(`div`,{class:`row`,children:[d(`button`,{type:`button`,class:`button danger`,disabled:a.isBusy,onClick:()=>void s(),children:o.confirm}),d(`button`,{type:`button`,class:`button`,onClick:()=>r(!1),children:S.cancel})]})]})})]})}export{$ as default};