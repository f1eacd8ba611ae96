import{h as e,l as t,n,o as r,t as i}from"./jsxRuntime.module-BHfeiNeS.js";import{d as a,f as o,h as s,n as c}from"./client-D4Cra4uL.js";import{t as l}from"./use-read-DY9Rowi4.js";import{A as u,C as d,D as f,E as p,T as m,c as h,h as g,k as _,n as v,o as y,x as b,y as x}from"./index-CzzS0udC.js";import{t as S}from"./use-action-tPR3FFxW.js";import{t as C}from"./use-pages-D6c1dUyY.js";var w=x(`
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
`),T=x(`
  query ListHidden($after: String) {
    hiddenContacts(first: 20, after: $after) { nodes { id name hiddenOn } pageInfo { hasNextPage endCursor } }
  }
`),E=x(`
  query ListExcluded($after: String) {
    excludedIntroducers(first: 20, after: $after) {
      nodes { id name excludedOn isNetworkWide }
      pageInfo { hasNextPage endCursor }
    }
  }
`),D=x(`
  query ListStatements($after: String) {
    statements(first: 20, after: $after) {
      nodes { id kind statedOn validUntil fromPerson { id name } toPerson { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),O=x(`
  mutation SetPreferences($input: SetIntroducerPreferencesInput!) {
    setIntroducerPreferences(input: $input) { preferences { monthlyCap } }
  }
`),k=x(`
  mutation SetDigest($input: SetEmailDigestInput!) { setEmailDigest(input: $input) { isEnabled } }
`),A=x(`
  mutation HideContact($input: HideContactInput!) { hideContact(input: $input) { hiddenContact { id } } }
`),j=x(`
  mutation UnhideContact($input: UnhideContactInput!) { unhideContact(input: $input) { unhiddenContactId } }
`),M=x(`
  mutation ExcludeIntroducer($input: ExcludeIntroducerInput!) {
    excludeIntroducer(input: $input) { excludedIntroducer { id } }
  }
`),N=x(`
  mutation UnexcludeIntroducer($input: UnexcludeIntroducerInput!) {
    unexcludeIntroducer(input: $input) { removedExclusionId }
  }
`),P=x(`
  query ListTokens($after: String) {
    tokens(first: 20, after: $after) {
      nodes { id name isSession scopes createdAt expiresAt lastUsedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`),F=x(`
  mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { revokedTokenId } }
`),I=x(`
  mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret token { id name } } }
`),L=x(`
  mutation RenameViewer($input: RenameViewerInput!) { renameViewer(input: $input) { member { id name } } }
`),R=x(`
  mutation LeaveNetwork($input: LeaveNetworkInput!) { leaveNetwork(input: $input) { removedMemberId } }
`);function z(e){let{preferences:n,isDigestEnabled:a,onChange:o}=e,[s,l]=t(B(n)),f=S(),m=r.settings.introducer,h=e=>l({...s,...e}),g=async e=>{await c(O,V(e,n)),await o()},_=()=>f.run(async()=>{let e=B(n);await g(s),v(m.saved,async()=>{l(e),await g(e)})}),y=e=>f.run(async()=>{await c(k,{isEnabled:e}),v(m.digestSaved,async()=>{await c(k,{isEnabled:!e}),await o()}),await o()});return i(`form`,{class:`card stack`,onSubmit:u(_),children:[i(`div`,{children:[i(`h2`,{children:m.title}),i(`p`,{class:`soft small`,children:m.lead})]}),i(d,{label:m.monthlyCap,hint:m.capHint,type:`number`,value:s.monthlyCap,onInput:e=>h({monthlyCap:e})}),i(d,{label:m.monthlyCapPerAsker,hint:m.capHint,type:`number`,value:s.monthlyCapPerAsker,onInput:e=>h({monthlyCapPerAsker:e})}),i(d,{label:m.notBefore,type:`date`,value:s.notBefore,onInput:e=>h({notBefore:e})}),i(`div`,{class:`inline-form`,children:[i(d,{label:m.quietFrom,type:`time`,value:s.startsAt,onInput:e=>h({startsAt:e})}),i(d,{label:m.quietTo,type:`time`,value:s.endsAt,onInput:e=>h({endsAt:e})})]}),i(d,{label:m.noGoPeople,rows:2,value:s.noGoPeople,onInput:e=>h({noGoPeople:e})}),i(d,{label:m.noGoCompanies,rows:2,value:s.noGoCompanies,onInput:e=>h({noGoCompanies:e})}),i(p,{problem:f.problem}),i(`div`,{class:`row`,children:i(`button`,{type:`submit`,class:`button primary`,disabled:f.isBusy,children:m.save})}),i(`label`,{class:`choice`,children:[i(`input`,{type:`checkbox`,checked:a,disabled:f.isBusy,onChange:e=>void y(e.currentTarget.checked)}),m.digest]})]})}function B(e){let{monthlyCap:t,monthlyCapPerAsker:n,notBefore:r,quietHours:i,noGoIdentities:a,noGoCompanies:o}=e;return{monthlyCap:String(t??``),monthlyCapPerAsker:String(n??``),notBefore:r?.slice(0,10)??``,startsAt:i?.startsAt.slice(0,5)??``,endsAt:i?.endsAt.slice(0,5)??``,noGoPeople:a.join(`
`),noGoCompanies:o.join(`
`)}}function V(e,{quietHours:t}){let{startsAt:n,endsAt:r,notBefore:i}=e,a=t?.timeZone??Intl.DateTimeFormat().resolvedOptions().timeZone;return{monthlyCap:H(e.monthlyCap),monthlyCapPerAsker:H(e.monthlyCapPerAsker),notBefore:i?`${i}T00:00:00Z`:null,quietHours:n&&r?{startsAt:n,endsAt:r,timeZone:a}:null,noGoPeople:U(e.noGoPeople).map(e=>({text:e})),noGoCompanies:U(e.noGoCompanies)}}function H(e){return e===``?null:Number(e)}function U(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}function W(e,t,n){v(e,async()=>{await t(),await n()})}function G(e){let{title:t,lead:n,empty:r,button:a,pages:o,entries:s,children:c}=e,l=S();return i(`section`,{class:`stack-tight`,"aria-label":t,children:[i(`h2`,{children:t}),i(`p`,{class:`soft small`,children:n}),o.isLoading&&i(_,{lines:1}),i(p,{problem:o.problem,retry:()=>void o.reload()}),!o.isLoading&&!o.problem&&s.length===0&&i(`p`,{class:`soft`,children:r}),i(`ul`,{class:`people-list`,children:s.map(({id:e,name:t,detail:n,remove:r})=>i(`li`,{class:`row between`,children:[i(`span`,{class:`person-text`,children:[i(`span`,{children:t}),n&&i(`span`,{class:`small soft`,children:n})]}),i(`button`,{type:`button`,class:`button small`,disabled:l.isBusy,onClick:()=>void l.run(r),children:[a,i(`span`,{class:`visually-hidden`,children:[` `,t]})]})]},e))}),i(m,{later:o.later}),i(p,{problem:l.problem}),c]})}function K(){let e=C(T,{},e=>e.hiddenContacts),[a,o]=t(`name`),[s,l]=t(``),f=S(),m=r.settings.hidden;return i(G,{title:m.title,lead:m.lead,empty:m.empty,button:m.remove,pages:e,entries:e.nodes.map(({id:t,name:r,hiddenOn:i})=>({id:t,name:r,detail:n(i),remove:async()=>{await c(j,{id:t}),v(m.removed),await e.reload()}})),children:i(`form`,{class:`card inline-form`,onSubmit:u(()=>f.run(async()=>{let t=a===`name`?{name:s.trim()}:{company:s.trim()},{hideContact:n}=await c(A,{contact:t});l(``);let r=n.hiddenContact?.id;r&&W(m.added,()=>c(j,{id:r}),e.reload),await e.reload()})),children:[i(`label`,{class:`field`,children:[i(`span`,{children:m.kind}),i(`select`,{value:a,onChange:e=>o(e.currentTarget.value),children:Object.entries(m.kinds).map(([e,t])=>i(`option`,{value:e,children:t},e))})]}),i(d,{label:m.field,value:s,onInput:l,required:!0}),i(`button`,{type:`submit`,class:`button`,disabled:f.isBusy,children:m.add}),i(p,{problem:f.problem})]})})}function q(){let e=C(E,{},e=>e.excludedIntroducers),[n,a]=t(``),o=S(),s=r.settings.excluded,l=(t,n)=>o.run(async()=>{let{excludeIntroducer:r}=await c(M,{person:t});a(``);let i=r.excludedIntroducer?.id;i&&W(n,()=>c(N,{id:i}),e.reload),await e.reload()});return i(G,{title:s.title,lead:s.lead,empty:s.empty,button:s.remove,pages:e,entries:e.nodes.map(({id:t,name:n,isNetworkWide:r})=>({id:t,name:n,detail:r?s.everybody:void 0,remove:async()=>{await c(N,{id:t});let i={person:{text:n},isNetworkWide:r};W(s.removed,()=>c(M,i),e.reload),await e.reload()}})),children:i(`form`,{class:`card inline-form`,onSubmit:e=>{e.preventDefault(),l({text:n.trim()},s.added)},children:[i(d,{label:s.field,value:n,onInput:a,required:!0}),i(`button`,{type:`submit`,class:`button`,disabled:o.isBusy,children:s.add}),i(`button`,{type:`button`,class:`button`,disabled:o.isBusy,onClick:()=>void l(null,r.settings.introducer.excluded),children:r.settings.introducer.exclude}),i(p,{problem:o.problem})]})})}function J(){let e=C(D,{},e=>e.statements),t=r.settings.statements;return i(G,{title:t.title,lead:t.lead,empty:t.empty,button:t.remove,pages:e,entries:e.nodes.map(({id:r,kind:i,statedOn:a,validUntil:o,fromPerson:s,toPerson:l})=>({id:r,name:`${s.name} ${t.kinds[i]} ${l.name}`,detail:[n(a),o&&t.until(n(o))].filter(Boolean).join(`, `),remove:async()=>{let n={fromPersonId:s.id,toPersonId:l.id,kind:i};await c(g,n);let r={...n,statedOn:a,validUntil:o};W(t.removed,()=>c(h,r),e.reload),await e.reload()}}))})}var Y=[`READ`,`WRITE`,`ADMIN`];function X(){let{nodes:e,later:t,problem:a,isLoading:o,reload:s}=C(P,{},e=>e.tokens),l=S(),u=r.settings.tokens,d=({id:e,name:t})=>l.run(async()=>{await c(F,{id:e}),v(u.revoked(t??u.unnamed)),await s()});return i(`section`,{class:`stack-tight`,"aria-label":u.title,children:[i(`h2`,{children:u.title}),i(`p`,{class:`soft small`,children:u.lead}),o&&i(_,{}),i(p,{problem:a,retry:()=>void s()}),i(`ul`,{class:`people-list`,children:e.map(e=>i(`li`,{class:`row between`,children:[i(`span`,{class:`person-text`,children:[i(`span`,{children:[e.name??u.unnamed,` `,e.isSession&&i(`span`,{class:`badge`,children:u.session})]}),i(`span`,{class:`small soft`,children:[e.scopes.map(e=>u.scope[e]).join(`, `),e.expiresAt&&u.expires(n(e.expiresAt)),e.lastUsedAt?u.used(n(e.lastUsedAt)):u.neverUsed].filter(Boolean).join(` · `)})]}),i(`button`,{type:`button`,class:`button small`,disabled:l.isBusy,onClick:()=>void d(e),children:[u.revoke,i(`span`,{class:`visually-hidden`,children:[` `,e.name??u.unnamed]})]})]},e.id))}),i(m,{later:t}),i(p,{problem:l.problem}),i(Z,{onChange:s})]})}function Z({onChange:e}){let[n,a]=t(``),[o,s]=t([`READ`]),[l,f]=t(`90`),[m,h]=t(null),g=S(),_=r.settings.tokens,y=()=>g.run(async()=>{let t={name:n.trim(),scopes:o,expiresInDays:Number(l)},{createToken:r}=await c(I,t);h(r.secret),a(``),await e()}),b=async()=>{await navigator.clipboard.writeText(m??``),v(_.copied)};return i(`form`,{class:`card stack`,onSubmit:u(y),children:[i(d,{label:_.name,value:n,onInput:a,required:!0,maxLength:100}),i(`fieldset`,{class:`field`,children:[i(`legend`,{children:_.scopes}),Y.map(e=>i(`label`,{class:`choice`,children:[i(`input`,{type:`checkbox`,checked:o.includes(e),onChange:t=>s(t.currentTarget.checked?[...o,e]:o.filter(t=>t!==e))}),_.scope[e]]},e))]}),i(d,{label:_.days,type:`number`,value:l,onInput:f,required:!0}),i(p,{problem:g.problem}),m&&i(`div`,{class:`notice`,children:[i(`p`,{children:_.created}),i(`code`,{class:`secret`,children:m}),i(`button`,{type:`button`,class:`button small`,onClick:()=>void b(),children:_.copy})]}),i(`div`,{class:`row`,children:i(`button`,{type:`submit`,class:`button`,disabled:g.isBusy||o.length===0,children:_.create})})]})}function Q(){let{data:t,problem:n,isLoading:a,reload:o}=l(w,{}),c=y.value?.viewer?.scopes.includes(`ADMIN`)??!1;return i(e,{children:[i(f,{lead:r.settings.lead,children:r.settings.title}),c&&i($,{}),a&&i(_,{}),i(p,{problem:n,retry:()=>void o()}),t&&i(e,{children:[t.introducerPreferences&&i(z,{preferences:t.introducerPreferences,isDigestEnabled:t.isEmailDigestEnabled??!1,onChange:o}),i(K,{}),i(q,{}),i(J,{})]}),c&&i(X,{}),i(`section`,{class:`stack-tight`,children:[i(`h2`,{children:r.account.sessions}),i(`div`,{class:`row`,children:[i(`button`,{type:`button`,class:`button`,onClick:()=>void s(!1),children:r.account.signOut}),i(`button`,{type:`button`,class:`button`,onClick:()=>void s(!0),children:r.account.signOutEverywhere})]})]}),c&&i(ee,{})]})}function $(){let e=o.value?.viewer?.name??``,[n,s]=t(e),l=S(),f=r.settings.name,m=async e=>{await c(L,{name:e}),await a()};return i(`form`,{class:`card stack`,onSubmit:u(()=>l.run(async()=>{await m(n.trim()),v(f.saved,e?()=>m(e):void 0)})),children:[i(`h2`,{children:f.title}),i(d,{label:f.field,value:n,onInput:s,required:!0,maxLength:200}),i(p,{problem:l.problem}),i(`div`,{class:`row`,children:i(`button`,{type:`submit`,class:`button`,disabled:l.isBusy||n.trim()===e,children:f.save})})]})}function ee(){let[e,n]=t(!1),o=S(),s=r.settings.leave,l=()=>o.run(async()=>{await c(R,{}),await a()});return i(`section`,{class:`stack-tight`,children:[i(`h2`,{children:s.title}),i(`p`,{class:`soft small`,children:s.lead}),i(`div`,{class:`row`,children:i(`button`,{type:`button`,class:`button danger`,onClick:()=>n(!0),children:s.action})}),e&&i(b,{title:s.title,onClose:()=>n(!1),children:i(`div`,{class:`stack`,children:[i(`p`,{children:s.lead}),i(p,{problem:o.problem}),i(`div`,{class:`row`,children:[i(`button`,{type:`button`,class:`button danger`,disabled:o.isBusy,onClick:()=>void l(),children:s.confirm}),i(`button`,{type:`button`,class:`button`,onClick:()=>n(!1),children:r.cancel})]})]})})]})}export{Q as default};