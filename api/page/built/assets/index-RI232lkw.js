const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/screen-DDFoW8SJ.js","assets/parts-DHGyUPXi.js","assets/use-action-CVDewmg9.js","assets/client-BlCrnvpR.js","assets/screen-xGTub7-l.css","assets/screen-BHJFkF3k.js","assets/tabs-jnOWNgwS.js","assets/requests-D9Es-UT7.js","assets/requests-61rQ4TY-.css","assets/screen-B6AfCWFz.js","assets/screen-Cl1YUWIl.css","assets/screen-BmCb9L6b.js","assets/screen-rQyD9W5K.css","assets/screen-Dga0tjTT.js","assets/screen-iewJaNWs.js","assets/screen-aDVamxBo.js","assets/join-BkvfAK95.js"])))=>i.map(i=>d[i]);
import{C as e,b as t,g as n,h as r,l as i,o as a,r as o,s,t as ee,u as c,v as l,w as u}from"./parts-DHGyUPXi.js";import{a as te,d,g as f,h as ne,m as p,o as re,p as m,u as h}from"./client-BlCrnvpR.js";var g=0,_=new Set;function v(){function e(e,t){var n=ne(e).definitions,r=new Set;for(var i of t||[])for(var a of i.definitions)a.kind===p.FRAGMENT_DEFINITION&&!r.has(a)&&(n.push(a),r.add(a));var o;(o=n[0].kind===p.FRAGMENT_DEFINITION)&&n[0].directives&&(n[0].directives=n[0].directives.filter((e=>e.name.value!==`_unmask`)));var s;return{kind:p.DOCUMENT,definitions:n,get loc(){if(!s&&o){var n=e+function(e){try{g++;var t=``;for(var n of e)if(!_.has(n)){_.add(n);var{loc:r}=n;r&&(t+=r.source.body)}return t}finally{--g==0&&_.clear()}}(t||[]);return{start:0,end:n.length,source:{body:n,name:`GraphQLTada`,locationOffset:{line:1,column:1}}}}return s},set loc(e){s=e}}}return e.scalar=function(e,t){return t},e.persisted=function(e,t){return{kind:p.DOCUMENT,definitions:t?t.definitions:[],documentId:e}},e}v();var y=v(),b=y(`
  fragment Person on Person { id name title company }
`);y(`
  fragment Evidence on Evidence { counts { channel count } firstContact lastContact isStated }
`);var x=y(`
  fragment Step on Step {
    fromPerson { ...Person }
    toPerson { ...Person }
    strength
    strengthLabel
    evidence
    isAsleep
  }
`,[b]),S=y(`
  fragment Route on Route {
    introducers { ...Person }
    target { ...Person }
    steps { ...Step }
    colleagueTie { evidence strengthLabel isAsleep fromPerson { ...Person } toPerson { ...Person } strength }
    score
    summary
    weakestStep { fromPerson { id } toPerson { id } }
    sharesNobody
    noAnswerNote
    messageToForward
    coverageUntil
    introducerAvailability { takesRequests note }
  }
`,[b,x]),C=y(`
  fragment Source on Source {
    id title kind account ownerName isOwn sharingLevel status loadedOn coverageUntil isStale
  }
`),w=y(`
  query FindIntroductions($to: PersonRef!, $start: Start!, $maxIntroducers: Int!) {
    introductions(to: $to, start: $start, limit: 5, maxIntroducers: $maxIntroducers) {
      __typename
      ... on Introductions { ...Head routes { ...Route } isComplete withheldStrengthLabel }
      ... on AlreadyKnown { ...Head step { ...Step } routes { ...Route } isComplete withheldStrengthLabel }
      ... on Refusal {
        ...Head
        reason
        message
        suggestion
        nearestMiss {
          people { ...Person }
          fromPerson { ...Person }
          toPerson { ...Person }
          outbound { counts { channel count } lastContact }
          inbound { counts { channel count } lastContact }
        }
        possibleConnectors { ...Connector }
      }
      ... on AmbiguousTarget { candidates { ...Candidate } }
      ... on UnknownTarget {
        message
        possibleConnectors { ...Connector }
        onlyCandidate { ...Candidate }
        similarPeople { ...Person }
      }
    }
    viewer { person { id } }
  }
`,[y(`
  fragment Head on TargetAnswer {
    target { ...Person }
    possibleDuplicates { ...Person }
    asOf
    sources { title coverageUntil isStale isOwn }
    lowScoreRoutesNote
    asleepIntroducers { person { ...Person } note }
  }
`,[b]),S,x,b,y(`
  fragment Connector on PossibleConnector {
    person { ...Person }
    company
    title
    until
    step { strengthLabel evidence }
  }
`,[b]),y(`
  fragment Candidate on Candidate { person { ...Person } lastContact sources }
`,[b])]),ie=y(`
  query SuggestPeople($search: String!) {
    people(search: $search, first: 6) {
      edges { lastContact relation node { id name title company } }
    }
  }
`),ae=y(`
  query ReadTie($from: ID!, $to: ID!) {
    tie(from: { id: $from }, to: { id: $to }) {
      __typename
      ... on Tie {
        knows
        strengthLabel
        evidence
        history(months: 12) {
          explanation
          trend
          possibleChanges { event count strengthLabel }
          weakening { startsOn strengthLabel }
          months {
            endsOn
            strength
            strengthLabel
            outbound { counts { channel count } }
            inbound { counts { channel count } }
          }
        }
      }
    }
  }
`),T=y(`
  query ReadFrame {
    viewer { asOf isUpToDate role scopes person { ...Person } }
    network { name }
    sources(first: 50) { nodes { ...Source } }
    unreadNotificationCount
  }
`,[b,C]),E=y(`
  mutation CreateStatement($input: CreateStatementInput!) {
    createStatement(input: $input) { statement { id kind } }
  }
`),D=y(`
  mutation WithdrawStatement($input: WithdrawStatementInput!) {
    withdrawStatement(input: $input) { withdrawnStatements { id } }
  }
`),O=y(`
  mutation MergePeople($input: MergePeopleInput!) {
    mergePeople(input: $input) { decision { id } }
  }
`),k=y(`
  mutation MarkPeopleDistinct($input: MarkPeopleDistinctInput!) {
    markPeopleDistinct(input: $input) { decision { id } }
  }
`),oe=y(`
  mutation UndoIdentityDecision($input: UndoIdentityDecisionInput!) {
    undoIdentityDecision(input: $input) { undoneDecisionId }
  }
`),A=f(null);async function j(){try{A.value=await te(T,{},!0)}catch{}}var M=f(I());function N(e,{replace:t=!1}={}){history[t?`replaceState`:`pushState`](null,``,e),M.value=I()}function P(e){addEventListener(`popstate`,()=>{M.value=I()}),document.addEventListener(`click`,t=>{if(t.defaultPrevented||t.button||t.metaKey||t.ctrlKey||t.shiftKey)return;let n=t.target.closest(`a`);!n||n.target||n.download||n.origin!==location.origin||e.some(e=>n.pathname===e||e!==`/`&&n.pathname.startsWith(`${e}/`))&&(t.preventDefault(),N(n.pathname+n.hash))})}function F({screen:e,fallback:n}){let[r,i]=l(null);return t(()=>{let t=!0;return e.load().then(n=>{t&&i({path:e.path,Body:n.default})}),document.title=`${e.title} · Tertius`,()=>{t=!1}},[e]),r?.path===e.path?c(r.Body,{}):n}function I(){return{path:location.pathname,fragment:location.hash.slice(1)}}var L=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),R=function(e){return`/`+e},z={},B=function(e){return e.pathname.endsWith(`.css`)},V=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},H=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=R(t,n);let r=s(t),i=B(r);return V(z,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:L,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},U=[{path:`/`,title:r.screens.ask,load:()=>H(()=>import(`./screen-DDFoW8SJ.js`).then(e=>e.t),__vite__mapDeps([0,1,2,3,4]))},{path:`/requests`,title:r.screens.requests,load:()=>H(()=>import(`./screen-BHJFkF3k.js`),__vite__mapDeps([5,1,3,2,6,7,8]))},{path:`/sources`,title:r.screens.sources,load:()=>H(()=>import(`./screen-B6AfCWFz.js`),__vite__mapDeps([9,1,3,2,10]))},{path:`/network`,title:r.screens.network,load:()=>H(()=>import(`./screen-BmCb9L6b.js`),__vite__mapDeps([11,1,6,2,3,12]))},{path:`/team`,title:r.screens.team,load:()=>H(()=>import(`./screen-Dga0tjTT.js`),__vite__mapDeps([13,3,1,6,2]))},{path:`/settings`,title:r.screens.settings,load:()=>H(()=>import(`./screen-iewJaNWs.js`),__vite__mapDeps([14,1,3,2]))}],W={path:`/sign-in`,title:r.screens.signIn,load:()=>H(()=>import(`./screen-aDVamxBo.js`),__vite__mapDeps([15,1,3]))},G={path:`/join`,title:r.screens.join,load:()=>H(()=>import(`./join-BkvfAK95.js`),__vite__mapDeps([16,1,3]))},K=[...U,W,G].map(e=>e.path),se=`/assets/icon-DkvSECbI.svg`,q=f(null);function ce(e,t){q.value={sentence:e,undo:t}}function le(){q.value=null}async function J(){let{undo:e}=q.value??{};if(e){q.value=null;try{await e(),q.value={sentence:r.notes.undone}}catch(e){q.value={sentence:re(e).message}}}}function ue(){t(()=>{let e=e=>{!e.target.matches(`input, textarea, select`)&&e.key===`z`&&(e.ctrlKey||e.metaKey)&&q.value?.undo&&(e.preventDefault(),J())};return addEventListener(`keydown`,e),()=>removeEventListener(`keydown`,e)},[]);let e=q.value;return c(`div`,{class:`notes`,role:`status`,children:e&&c(`div`,{class:`note`,children:[c(`span`,{children:e.sentence}),e.undo&&c(`button`,{type:`button`,class:`button quiet`,onClick:()=>void J(),children:[r.notes.undo,` `,c(`kbd`,{children:r.notes.undoKey})]}),c(`button`,{type:`button`,class:`button quiet icon`,"aria-label":r.notes.close,onClick:le,children:`×`})]})})}var Y=`tertius-theme`,X=f(localStorage.getItem(Y)??`system`);function Z(e){X.value=e,localStorage.setItem(Y,e),Q()}function Q(){let e=document.documentElement;X.value===`system`?delete e.dataset.theme:e.dataset.theme=X.value}var de=[[`/`,r.screens.ask],[`/requests`,r.screens.requests],[`/network`,r.screens.network],[`/map`,r.screens.map],[`/sources`,r.screens.sources],[`/team`,r.screens.team]];function fe({children:e}){let t=A.value?.unreadNotificationCount??0,n=`/${M.value.path.split(`/`)[1]??``}`;return c(u,{children:[c(`button`,{type:`button`,class:`skip`,onClick:()=>document.getElementById(`content`)?.focus(),children:r.skip}),c(`header`,{class:`top`,children:[c(`a`,{class:`brand`,href:`/`,children:[c(`img`,{src:se,alt:``}),` `,r.name]}),d.value?.signedIn&&c(u,{children:[c(`nav`,{"aria-label":r.name,children:de.map(([e,i])=>c(`a`,{href:e,"aria-current":e===n?`page`:void 0,children:[i,e===`/requests`&&t>0&&c(`span`,{class:`count`,children:[t,c(`span`,{class:`visually-hidden`,children:[` `,r.requests.unread(t)]})]})]},e))}),c(pe,{})]})]}),c(`main`,{id:`content`,tabIndex:-1,children:e}),c(ue,{})]})}function pe(){let e=n(null),i=d.value?.viewer;t(()=>{let t=t=>{let n=t.target instanceof Node&&e.current?.contains(t.target);(t instanceof KeyboardEvent?t.key===`Escape`:!n)&&e.current?.removeAttribute(`open`)};return addEventListener(`click`,t),addEventListener(`keydown`,t),()=>{removeEventListener(`click`,t),removeEventListener(`keydown`,t)}},[]);let a=i?.name??r.account.member;return c(`details`,{class:`account`,ref:e,children:[c(`summary`,{children:[c(`span`,{class:`visually-hidden`,children:r.account.menu}),c(ee,{name:a})]}),c(`div`,{class:`menu`,children:[c(`p`,{children:r.account.signedInAs(a,i?.network??``)}),c(me,{}),c(`a`,{href:`/settings`,children:r.screens.settings}),c(`a`,{href:`/about-me`,children:r.account.aboutMe}),c(`button`,{type:`button`,class:`button`,onClick:()=>void m(!1),children:r.account.signOut}),c(`button`,{type:`button`,class:`button`,onClick:()=>void m(!0),children:r.account.signOutEverywhere})]})]})}function me(){return c(`fieldset`,{class:`field`,children:[c(`legend`,{children:r.account.theme}),c(`div`,{class:`segments`,children:[`system`,`light`,`dark`].map(e=>c(`label`,{children:[c(`input`,{type:`radio`,name:`theme`,checked:X.value===e,onChange:()=>Z(e)}),r.account.themes[e]]},e))})]})}function he(){let[e,n]=l(!1),r=d.value?.signedIn,i=()=>{n(!1),h().catch(()=>n(!0))};return t(i,[]),t(()=>{r&&j()},[r]),c(fe,{children:e?c(a,{problem:{code:`OFFLINE`,message:``},retry:i}):c(ge,{})})}function ge(){let{path:e}=M.value,t=d.value;if(!t)return c(i,{});if(e===G.path)return c(F,{screen:G,fallback:c(i,{})});if(!t.signedIn||e===W.path)return c(F,{screen:W,fallback:c(i,{})});let n=U.find(t=>t.path===`/${e.split(`/`)[1]??``}`);return n?c(F,{screen:n,fallback:c(i,{})},n.path):c(u,{children:[c(s,{children:r.screens.notFound}),c(o,{title:r.failed.notFound,children:c(`a`,{class:`button`,href:`/`,children:r.failed.toAsk})})]})}Q(),P(K);var $=document.getElementById(`page`);$&&($.textContent=``,e(c(he,{}),$));export{C as _,A as a,w as c,ae as d,ie as f,S as g,b as h,N as i,k as l,D as m,H as n,j as o,oe as p,M as r,E as s,ce as t,O as u,y as v};