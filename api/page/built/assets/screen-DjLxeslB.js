import{$ as e,A as t,B as n,E as r,J as i,Q as a,V as o,W as s,X as c,_ as l,at as u,et as d,ft as f,gt as p,i as m,it as h,j as g,lt as _,n as v,nt as y,o as b,rt as x,u as S,y as C}from"./shared-mfpSZC4q.js";var w=t(`
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
  mutation UnhideContact($input: UnhideContactInput!) { unhideContact(input: $input) { unhiddenContactId } }
`),M=t(`
  mutation ExcludeIntroducer($input: ExcludeIntroducerInput!) {
    excludeIntroducer(input: $input) { excludedIntroducer { id } }
  }
`),N=t(`
  mutation UnexcludeIntroducer($input: UnexcludeIntroducerInput!) {
    unexcludeIntroducer(input: $input) { removedExclusionId }
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
`);function z(t){let{preferences:n,isDigestEnabled:r,onChange:i}=t,[a,o]=f(B(n)),s=m(),l=_.settings.introducer,u=e=>o({...a,...e}),d=async e=>{await g(O,V(e,n)),await i()},p=()=>s.run(async()=>{let e=B(n);await d(a),S(l.saved,async()=>{o(e),await d(e)})}),v=e=>s.run(async()=>{await g(k,{isEnabled:e}),S(l.digestSaved,async()=>{await g(k,{isEnabled:!e}),await i()}),await i()});return h(`form`,{class:`card stack`,onSubmit:x(p),children:[h(`div`,{children:[h(`h2`,{children:l.title}),h(`p`,{class:`soft small`,children:l.lead})]}),h(c,{label:l.monthlyCap,hint:l.capHint,type:`number`,value:a.monthlyCap,onInput:e=>u({monthlyCap:e})}),h(c,{label:l.monthlyCapPerAsker,hint:l.capHint,type:`number`,value:a.monthlyCapPerAsker,onInput:e=>u({monthlyCapPerAsker:e})}),h(c,{label:l.notBefore,type:`date`,value:a.notBefore,onInput:e=>u({notBefore:e})}),h(`div`,{class:`inline-form`,children:[h(c,{label:l.quietFrom,type:`time`,value:a.startsAt,onInput:e=>u({startsAt:e})}),h(c,{label:l.quietTo,type:`time`,value:a.endsAt,onInput:e=>u({endsAt:e})})]}),h(c,{label:l.noGoPeople,rows:2,value:a.noGoPeople,onInput:e=>u({noGoPeople:e})}),h(c,{label:l.noGoCompanies,rows:2,value:a.noGoCompanies,onInput:e=>u({noGoCompanies:e})}),h(e,{problem:s.problem}),h(`div`,{class:`row`,children:h(`button`,{type:`submit`,class:`button primary`,disabled:s.isBusy,children:l.save})}),h(`label`,{class:`choice`,children:[h(`input`,{type:`checkbox`,checked:r,disabled:s.isBusy,onChange:e=>void v(e.currentTarget.checked)}),l.digest]})]})}function B(e){let{monthlyCap:t,monthlyCapPerAsker:n,notBefore:r,quietHours:i,noGoIdentities:a,noGoCompanies:o}=e;return{monthlyCap:String(t??``),monthlyCapPerAsker:String(n??``),notBefore:r?.slice(0,10)??``,startsAt:i?.startsAt.slice(0,5)??``,endsAt:i?.endsAt.slice(0,5)??``,noGoPeople:a.join(`
`),noGoCompanies:o.join(`
`)}}function V(e,{quietHours:t}){let{startsAt:n,endsAt:r,notBefore:i}=e,a=t?.timeZone??Intl.DateTimeFormat().resolvedOptions().timeZone;return{monthlyCap:H(e.monthlyCap),monthlyCapPerAsker:H(e.monthlyCapPerAsker),notBefore:i?`${i}T00:00:00Z`:null,quietHours:n&&r?{startsAt:n,endsAt:r,timeZone:a}:null,noGoPeople:U(e.noGoPeople).map(e=>({text:e})),noGoCompanies:U(e.noGoCompanies)}}function H(e){return e===``?null:Number(e)}function U(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}function W(e,t,n){S(e,async()=>{await t(),await n()})}function G(t){let{title:n,lead:r,empty:i,button:o,pages:s,entries:c,children:l}=t,u=m();return h(`section`,{class:`stack-tight`,"aria-label":n,children:[h(`h2`,{children:n}),h(`p`,{class:`soft small`,children:r}),s.isLoading&&h(y,{lines:1}),h(e,{problem:s.problem,retry:()=>void s.reload()}),!s.isLoading&&!s.problem&&c.length===0&&h(`p`,{class:`soft`,children:i}),h(`ul`,{class:`people-list`,children:c.map(({id:e,name:t,detail:n,remove:r})=>h(`li`,{class:`row between`,children:[h(`span`,{class:`person-text`,children:[h(`span`,{children:t}),n&&h(`span`,{class:`small soft`,children:n})]}),h(`button`,{type:`button`,class:`button small`,disabled:u.isBusy,onClick:()=>void u.run(r),children:[o,h(`span`,{class:`visually-hidden`,children:[` `,t]})]})]},e))}),h(a,{later:s.later}),h(e,{problem:u.problem}),l]})}function K(){let t=v(T,{},e=>e.hiddenContacts),[n,r]=f(`name`),[i,a]=f(``),o=m(),s=_.settings.hidden;return h(G,{title:s.title,lead:s.lead,empty:s.empty,button:s.remove,pages:t,entries:t.nodes.map(({id:e,name:n,hiddenOn:r})=>({id:e,name:n,detail:u(r),remove:async()=>{await g(j,{id:e}),S(s.removed),await t.reload()}})),children:h(`form`,{class:`card inline-form`,onSubmit:x(()=>o.run(async()=>{let e=n===`name`?{name:i.trim()}:{company:i.trim()},{hideContact:r}=await g(A,{contact:e});a(``);let o=r.hiddenContact?.id;o&&W(s.added,()=>g(j,{id:o}),t.reload),await t.reload()})),children:[h(`label`,{class:`field`,children:[h(`span`,{children:s.kind}),h(`select`,{value:n,onChange:e=>r(e.currentTarget.value),children:Object.entries(s.kinds).map(([e,t])=>h(`option`,{value:e,children:t},e))})]}),h(c,{label:s.field,value:i,onInput:a,required:!0}),h(`button`,{type:`submit`,class:`button`,disabled:o.isBusy,children:s.add}),h(e,{problem:o.problem})]})})}function q(){let t=v(E,{},e=>e.excludedIntroducers),[n,r]=f(``),i=m(),a=_.settings.excluded,o=(e,n)=>i.run(async()=>{let{excludeIntroducer:i}=await g(M,{person:e});r(``);let a=i.excludedIntroducer?.id;a&&W(n,()=>g(N,{id:a}),t.reload),await t.reload()});return h(G,{title:a.title,lead:a.lead,empty:a.empty,button:a.remove,pages:t,entries:t.nodes.map(({id:e,name:n,isNetworkWide:r})=>({id:e,name:n,detail:r?a.everybody:void 0,remove:async()=>{await g(N,{id:e});let i={person:{text:n},isNetworkWide:r};W(a.removed,()=>g(M,i),t.reload),await t.reload()}})),children:h(`form`,{class:`card inline-form`,onSubmit:e=>{e.preventDefault(),o({text:n.trim()},a.added)},children:[h(c,{label:a.field,value:n,onInput:r,required:!0}),h(`button`,{type:`submit`,class:`button`,disabled:i.isBusy,children:a.add}),h(`button`,{type:`button`,class:`button`,disabled:i.isBusy,onClick:()=>void o(null,_.settings.introducer.excluded),children:_.settings.introducer.exclude}),h(e,{problem:i.problem})]})})}function J(){let e=v(D,{},e=>e.statements),t=_.settings.statements;return h(G,{title:t.title,lead:t.lead,empty:t.empty,button:t.remove,pages:e,entries:e.nodes.map(({id:n,kind:i,statedOn:a,validUntil:o,fromPerson:s,toPerson:c})=>({id:n,name:`${s.name} ${t.kinds[i]} ${c.name}`,detail:[u(a),o&&t.until(u(o))].filter(Boolean).join(`, `),remove:async()=>{let n={fromPersonId:s.id,toPersonId:c.id,kind:i};await g(r,n);let l={...n,statedOn:a,validUntil:o};W(t.removed,()=>g(C,l),e.reload),await e.reload()}}))})}var Y=[`READ`,`WRITE`,`ADMIN`];function X(){let{nodes:t,later:n,problem:r,isLoading:i,reload:o}=v(P,{},e=>e.tokens),s=m(),c=_.settings.tokens,l=({id:e,name:t})=>s.run(async()=>{await g(F,{id:e}),S(c.revoked(t??c.unnamed)),await o()});return h(`section`,{class:`stack-tight`,"aria-label":c.title,children:[h(`h2`,{children:c.title}),h(`p`,{class:`soft small`,children:c.lead}),i&&h(y,{}),h(e,{problem:r,retry:()=>void o()}),h(`ul`,{class:`people-list`,children:t.map(e=>h(`li`,{class:`row between`,children:[h(`span`,{class:`person-text`,children:[h(`span`,{children:[e.name??c.unnamed,` `,e.isSession&&h(`span`,{class:`badge`,children:c.session})]}),h(`span`,{class:`small soft`,children:[e.scopes.map(e=>c.scope[e]).join(`, `),e.expiresAt&&c.expires(u(e.expiresAt)),e.lastUsedAt?c.used(u(e.lastUsedAt)):c.neverUsed].filter(Boolean).join(` · `)})]}),h(`button`,{type:`button`,class:`button small`,disabled:s.isBusy,onClick:()=>void l(e),children:[c.revoke,h(`span`,{class:`visually-hidden`,children:[` `,e.name??c.unnamed]})]})]},e.id))}),h(a,{later:n}),h(e,{problem:s.problem}),h(Z,{onChange:o})]})}function Z({onChange:t}){let[n,r]=f(``),[i,a]=f([`READ`]),[o,s]=f(`90`),[l,u]=f(null),d=m(),p=_.settings.tokens,v=()=>d.run(async()=>{let e={name:n.trim(),scopes:i,expiresInDays:Number(o)},{createToken:a}=await g(I,e);u(a.secret),r(``),await t()}),y=async()=>{await navigator.clipboard.writeText(l??``),S(p.copied)};return h(`form`,{class:`card stack`,onSubmit:x(v),children:[h(c,{label:p.name,value:n,onInput:r,required:!0,maxLength:100}),h(`fieldset`,{class:`field`,children:[h(`legend`,{children:p.scopes}),Y.map(e=>h(`label`,{class:`choice`,children:[h(`input`,{type:`checkbox`,checked:i.includes(e),onChange:t=>a(t.currentTarget.checked?[...i,e]:i.filter(t=>t!==e))}),p.scope[e]]},e))]}),h(c,{label:p.days,type:`number`,value:o,onInput:s,required:!0}),h(e,{problem:d.problem}),l&&h(`div`,{class:`notice`,children:[h(`p`,{children:p.created}),h(`code`,{class:`secret`,children:l}),h(`button`,{type:`button`,class:`button small`,onClick:()=>void y(),children:p.copy})]}),h(`div`,{class:`row`,children:h(`button`,{type:`submit`,class:`button`,disabled:d.isBusy||i.length===0,children:p.create})})]})}function Q(){let{data:t,problem:n,isLoading:r,reload:i}=b(w,{}),a=l.value?.viewer?.scopes.includes(`ADMIN`)??!1;return h(p,{children:[h(d,{lead:_.settings.lead,children:_.settings.title}),a&&h($,{}),r&&h(y,{}),h(e,{problem:n,retry:()=>void i()}),t&&h(p,{children:[t.introducerPreferences&&h(z,{preferences:t.introducerPreferences,isDigestEnabled:t.isEmailDigestEnabled??!1,onChange:i}),h(K,{}),h(q,{}),h(J,{})]}),a&&h(X,{}),h(`section`,{class:`stack-tight`,children:[h(`h2`,{children:_.account.sessions}),h(`div`,{class:`row`,children:[h(`button`,{type:`button`,class:`button`,onClick:()=>void s(!1),children:_.account.signOut}),h(`button`,{type:`button`,class:`button`,onClick:()=>void s(!0),children:_.account.signOutEverywhere})]})]}),a&&h(ee,{})]})}function $(){let t=o.value?.viewer?.name??``,[r,i]=f(t),a=m(),s=_.settings.name,l=async e=>{await g(L,{name:e}),await n()};return h(`form`,{class:`card stack`,onSubmit:x(()=>a.run(async()=>{await l(r.trim()),S(s.saved,t?()=>l(t):void 0)})),children:[h(`h2`,{children:s.title}),h(c,{label:s.field,value:r,onInput:i,required:!0,maxLength:200}),h(e,{problem:a.problem}),h(`div`,{class:`row`,children:h(`button`,{type:`submit`,class:`button`,disabled:a.isBusy||r.trim()===t,children:s.save})})]})}function ee(){let[t,r]=f(!1),a=m(),o=_.settings.leave,s=()=>a.run(async()=>{await g(R,{}),await n()});return h(`section`,{class:`stack-tight`,children:[h(`h2`,{children:o.title}),h(`p`,{class:`soft small`,children:o.lead}),h(`div`,{class:`row`,children:h(`button`,{type:`button`,class:`button danger`,onClick:()=>r(!0),children:o.action})}),t&&h(i,{title:o.title,onClose:()=>r(!1),children:h(`div`,{class:`stack`,children:[h(`p`,{children:o.lead}),h(e,{problem:a.problem}),h(`div`,{class:`row`,children:[h(`button`,{type:`button`,class:`button danger`,disabled:a.isBusy,onClick:()=>void s(),children:o.confirm}),h(`button`,{type:`button`,class:`button`,onClick:()=>r(!1),children:_.cancel})]})]})})]})}export{Q as default};