const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/screen-WpiEde39.js","assets/rolldown-runtime-XKyaHtl9.js","assets/jsxRuntime.module-Ceuae1ZH.js","assets/use-read-B-mWgc_7.js","assets/client-XmLAElvi.js","assets/signals.module-5Klpebw7.js","assets/lazily-C-k7SqpT.js","assets/use-action-CU40WzGq.js","assets/screen-xGTub7-l.css","assets/screen-DZEPIGVh.js","assets/tabs-DkecCI73.js","assets/requests-D7iS49N2.js","assets/requests-61rQ4TY-.css","assets/screen-BSO2m9sV.js","assets/screen-Cl1YUWIl.css","assets/screen-Bz1yRFnl.js","assets/nothing-CG1baKOi.js","assets/screen-ZD6qVD6j.css","assets/screen-BtUW8i4U.js","assets/screen-F-Pcm-Zq.js","assets/screen-nISPqBV3.css","assets/screen-Bru_-nzi.js","assets/screen-vrYIr9LA.js","assets/attempt-CPb85eh5.js","assets/join-C4cDVtoV.js"])))=>i.map(i=>d[i]);
import{d as e,h as t,l as n,m as r,o as i,s as a,t as o,u as s}from"./jsxRuntime.module-Ceuae1ZH.js";import{t as c}from"./signals.module-5Klpebw7.js";import{_ as l,a as u,d,g as f,m as p,o as ee,u as m}from"./client-XmLAElvi.js";var h=[`WEAK`,`FAIR`,`GOOD`,`STRONG`];function g({label:e}){let t=e?h.indexOf(e)+1:0;return o(`span`,{class:`strength`,"data-label":e??`NONE`,children:[o(`span`,{class:`bar`,"aria-hidden":`true`,children:h.map((e,n)=>o(`i`,{"data-filled":n<t},e))}),o(`span`,{class:`visually-hidden`,children:i.strengthOf(``)}),e?i.strength[e]:i.ask.tie.noTie]})}function _({name:e,kind:t=`person`}){let n=e.split(/\s+/).filter(e=>/^\p{L}/u.test(e)),r=[n[0],n.length>1?n.at(-1):void 0].map(e=>e?.[0]??``).join(``);return o(`span`,{class:`avatar`,"data-kind":t,"aria-hidden":`true`,children:t===`you`?`•`:r||`?`})}function v({person:e}){let t=i.ask.job(e.title,e.company);return t?o(`span`,{class:`soft small`,children:t}):null}function y({problem:e,retry:t}){if(!e)return null;let n=e.code===`INTERNAL_SERVER_ERROR`,r=i.problems[e.code],a=n?`${r} ${e.requestId??``}`:e.message||r;return o(`div`,{class:`notice`,"data-kind":`problem`,role:`alert`,children:[o(`p`,{children:a??e.message}),t&&o(`button`,{type:`button`,class:`button`,onClick:t,children:i.retry})]})}function b({title:e,lead:t,children:n}){return o(`div`,{class:`empty`,children:[o(`h2`,{children:e}),t&&o(`p`,{class:`soft`,children:t}),n]})}function x({lines:e=3,label:t=i.loading}){return o(`div`,{class:`waiting`,role:`status`,children:[o(`span`,{class:`visually-hidden`,children:t}),Array.from({length:e},(e,t)=>o(`i`,{"aria-hidden":`true`},t))]})}function S({children:t,lead:n}){let r=a(null);return e(()=>{(!document.activeElement||document.activeElement===document.body||ne(document.activeElement))&&r.current?.focus({preventScroll:!0}),scrollTo(0,0)},[]),o(`header`,{class:`screen-title`,children:[o(`h1`,{ref:r,tabIndex:-1,children:t}),n&&o(`p`,{class:`soft`,children:n})]})}function C(e){return t=>{t.preventDefault(),e()}}function w({title:t,onClose:n,children:r}){let s=a(null);return e(()=>{let e=document.activeElement;return s.current?.showModal(),s.current?.querySelector(`input, textarea, select`)?.focus(),()=>{e instanceof HTMLElement&&e.focus()}},[]),o(`dialog`,{ref:s,class:`dialog`,"aria-labelledby":`dialog-title`,onClose:n,children:[o(`div`,{class:`row between dialog-head`,children:[o(`h2`,{id:`dialog-title`,children:t}),o(`button`,{type:`button`,class:`button quiet icon`,"aria-label":i.close,onClick:n,children:`×`})]}),r]})}function te({label:e,hint:t,value:n,onInput:r,rows:i=0,...a}){let c=s(),l={id:c,value:n,"aria-describedby":t?`${c}-hint`:void 0,onInput:e=>r(e.currentTarget.value),...a};return o(`div`,{class:`field`,children:[o(`label`,{for:c,children:e}),t&&o(`span`,{id:`${c}-hint`,class:`soft small`,children:t}),i?o(`textarea`,{rows:i,...l}):o(`input`,{...l})]})}function ne(e){return e.matches(`a, body`)}var T=0,E=new Set;function D(){function e(e,t){var n=l(e).definitions,r=new Set;for(var i of t||[])for(var a of i.definitions)a.kind===f.FRAGMENT_DEFINITION&&!r.has(a)&&(n.push(a),r.add(a));var o;(o=n[0].kind===f.FRAGMENT_DEFINITION)&&n[0].directives&&(n[0].directives=n[0].directives.filter((e=>e.name.value!==`_unmask`)));var s;return{kind:f.DOCUMENT,definitions:n,get loc(){if(!s&&o){var n=e+function(e){try{T++;var t=``;for(var n of e)if(!E.has(n)){E.add(n);var{loc:r}=n;r&&(t+=r.source.body)}return t}finally{--T==0&&E.clear()}}(t||[]);return{start:0,end:n.length,source:{body:n,name:`GraphQLTada`,locationOffset:{line:1,column:1}}}}return s},set loc(e){s=e}}}return e.scalar=function(e,t){return t},e.persisted=function(e,t){return{kind:f.DOCUMENT,definitions:t?t.definitions:[],documentId:e}},e}D();var O=D(),k=O(`
  fragment Person on Person { id name title company }
`);O(`
  fragment Evidence on Evidence { counts { channel count } firstContact lastContact isStated }
`);var A=O(`
  fragment Step on Step {
    fromPerson { ...Person }
    toPerson { ...Person }
    strength
    strengthLabel
    evidence
    isAsleep
    isUnreachable
  }
`,[k]),j=O(`
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
    dominatedRoutesNote
  }
`,[k,A]),M=O(`
  fragment Source on Source {
    id title kind account ownerName isOwn sharingLevel status loadedOn coverageUntil isStale
  }
`),re=O(`
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
`,[O(`
  fragment Head on TargetAnswer {
    target { ...Person }
    possibleDuplicates { ...Person }
    asOf
    sources { title coverageUntil isStale isOwn }
    lowScoreRoutesNote
    asleepIntroducers { person { ...Person } note }
    unreachableIntroducers { person { ...Person } note }
  }
`,[k]),j,A,k,O(`
  fragment Connector on PossibleConnector {
    person { ...Person }
    company
    title
    until
    step { strengthLabel evidence }
  }
`,[k]),O(`
  fragment Candidate on Candidate { person { ...Person } lastContact sources }
`,[k])]),ie=O(`
  query SuggestPeople($search: String!) {
    people(search: $search, first: 6) {
      edges { lastContact relation node { id name title company } }
    }
  }
`),ae=O(`
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
`),oe=O(`
  query ReadFrame {
    viewer { asOf isUpToDate role scopes person { ...Person } }
    network { name }
    sources(first: 50) { nodes { ...Source } }
    unreadNotificationCount
  }
`,[k,M]),se=O(`
  mutation CreateStatement($input: CreateStatementInput!) {
    createStatement(input: $input) { statement { id kind } }
  }
`),ce=O(`
  mutation WithdrawStatement($input: WithdrawStatementInput!) {
    withdrawStatement(input: $input) { withdrawnStatements { id } }
  }
`),le=O(`
  mutation MergePeople($input: MergePeopleInput!) {
    mergePeople(input: $input) { decision { id } }
  }
`),ue=O(`
  mutation MarkPeopleDistinct($input: MarkPeopleDistinctInput!) {
    markPeopleDistinct(input: $input) { decision { id } }
  }
`),de=O(`
  mutation UndoIdentityDecision($input: UndoIdentityDecisionInput!) {
    undoIdentityDecision(input: $input) { undoneDecisionId }
  }
`),N=c(null);async function P(){try{N.value=await u(oe,{},!0)}catch{}}var F=c(z());function I(e,{replace:t=!1}={}){history[t?`replaceState`:`pushState`](null,``,e),F.value=z()}function L(e){addEventListener(`popstate`,()=>{F.value=z()}),document.addEventListener(`click`,t=>{if(t.defaultPrevented||t.button||t.metaKey||t.ctrlKey||t.shiftKey)return;let n=t.target.closest(`a`);!n||n.target||n.download||n.origin!==location.origin||e.some(e=>n.pathname===e||e!==`/`&&n.pathname.startsWith(`${e}/`))&&(t.preventDefault(),I(n.pathname+n.hash))})}function R({screen:t,fallback:r}){let[i,a]=n(null);return e(()=>{let e=!0;return t.load().then(n=>{e&&a({path:t.path,Body:n.default})}),document.title=`${t.title} · Tertius`,()=>{e=!1}},[t]),i?.path===t.path?o(i.Body,{}):r}function z(){return{path:location.pathname,fragment:location.hash.slice(1)}}var B=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),V=function(e){return`/`+e},H={},fe=function(e){return e.pathname.endsWith(`.css`)},pe=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},U=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=V(t,n);let r=s(t),i=fe(r);return pe(H,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:B,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},W=[{path:`/`,title:i.screens.ask,load:()=>U(()=>import(`./screen-WpiEde39.js`).then(e=>e.t),__vite__mapDeps([0,1,2,3,4,5,6,7,8]))},{path:`/requests`,title:i.screens.requests,load:()=>U(()=>import(`./screen-DZEPIGVh.js`),__vite__mapDeps([9,2,4,5,3,7,10,11,12]))},{path:`/sources`,title:i.screens.sources,load:()=>U(()=>import(`./screen-BSO2m9sV.js`),__vite__mapDeps([13,2,4,5,3,7,14]))},{path:`/network`,title:i.screens.network,load:()=>U(()=>import(`./screen-Bz1yRFnl.js`),__vite__mapDeps([15,10,2,3,4,5,16,7,17]))},{path:`/team`,title:i.screens.team,load:()=>U(()=>import(`./screen-BtUW8i4U.js`),__vite__mapDeps([18,4,5,2,10,3,7]))},{path:`/map`,title:i.screens.map,load:()=>U(()=>import(`./screen-F-Pcm-Zq.js`),__vite__mapDeps([19,2,3,4,5,6,16,20]))},{path:`/settings`,title:i.screens.settings,load:()=>U(()=>import(`./screen-Bru_-nzi.js`),__vite__mapDeps([21,2,4,5,3,7]))}],G={path:`/sign-in`,title:i.screens.signIn,load:()=>U(()=>import(`./screen-vrYIr9LA.js`),__vite__mapDeps([22,2,4,5,23]))},K={path:`/join`,title:i.screens.join,load:()=>U(()=>import(`./join-C4cDVtoV.js`),__vite__mapDeps([24,2,4,5,23]))},me=[...W,G,K].map(e=>e.path),he=`/assets/icon-DkvSECbI.svg`,q=c(null);function ge(e,t){q.value={sentence:e,undo:t}}function _e(){q.value=null}async function J(){let{undo:e}=q.value??{};if(e){q.value=null;try{await e(),q.value={sentence:i.notes.undone}}catch(e){q.value={sentence:ee(e).message}}}}function ve(){e(()=>{let e=e=>{!e.target.matches(`input, textarea, select`)&&e.key===`z`&&(e.ctrlKey||e.metaKey)&&q.value?.undo&&(e.preventDefault(),J())};return addEventListener(`keydown`,e),()=>removeEventListener(`keydown`,e)},[]);let t=q.value;return o(`div`,{class:`notes`,role:`status`,children:t&&o(`div`,{class:`note`,children:[o(`span`,{children:t.sentence}),t.undo&&o(`button`,{type:`button`,class:`button quiet`,onClick:()=>void J(),children:[i.notes.undo,` `,o(`kbd`,{children:i.notes.undoKey})]}),o(`button`,{type:`button`,class:`button quiet icon`,"aria-label":i.notes.close,onClick:_e,children:`×`})]})})}var Y=`tertius-theme`,X=c(localStorage.getItem(Y)??`system`);function Z(e){X.value=e,localStorage.setItem(Y,e),Q()}function Q(){let e=document.documentElement;X.value===`system`?delete e.dataset.theme:e.dataset.theme=X.value}var ye=[[`/`,i.screens.ask],[`/requests`,i.screens.requests],[`/network`,i.screens.network],[`/map`,i.screens.map],[`/sources`,i.screens.sources],[`/team`,i.screens.team]];function be({children:n}){let r=a(null),s=F.value.path,c=d.value?.signedIn;e(()=>{r.current?.querySelector(`[aria-current]`)?.scrollIntoView({block:`nearest`,inline:`center`})},[s,c]);let l=N.value?.unreadNotificationCount??0,u=`/${s.split(`/`)[1]??``}`;return o(t,{children:[o(`button`,{type:`button`,class:`skip`,onClick:()=>document.getElementById(`content`)?.focus(),children:i.skip}),o(`header`,{class:`top`,children:[o(`a`,{class:`brand`,href:`/`,children:[o(`img`,{src:he,alt:``}),` `,i.name]}),c&&o(t,{children:[o(`nav`,{ref:r,"aria-label":i.name,children:ye.map(([e,t])=>o(`a`,{href:e,"aria-current":e===u?`page`:void 0,children:[t,e===`/requests`&&l>0&&o(`span`,{class:`count`,children:[l,o(`span`,{class:`visually-hidden`,children:[` `,i.requests.unread(l)]})]})]},e))}),o(xe,{})]})]}),o(`main`,{id:`content`,tabIndex:-1,children:n}),o(ve,{})]})}function xe(){let t=a(null),n=d.value?.viewer;e(()=>{let e=e=>{let n=e.target instanceof Node&&t.current?.contains(e.target);(e instanceof KeyboardEvent?e.key===`Escape`:!n)&&t.current?.removeAttribute(`open`)};return addEventListener(`click`,e),addEventListener(`keydown`,e),()=>{removeEventListener(`click`,e),removeEventListener(`keydown`,e)}},[]);let r=n?.name??i.account.member;return o(`details`,{class:`account`,ref:t,children:[o(`summary`,{children:[o(`span`,{class:`visually-hidden`,children:i.account.menu}),o(_,{name:r})]}),o(`div`,{class:`menu`,children:[o(`p`,{children:i.account.signedInAs(r,n?.network??``)}),o(Se,{}),o(`a`,{href:`/settings`,children:i.screens.settings}),o(`a`,{href:`/about-me`,children:i.account.aboutMe}),o(`button`,{type:`button`,class:`button`,onClick:()=>void p(!1),children:i.account.signOut}),o(`button`,{type:`button`,class:`button`,onClick:()=>void p(!0),children:i.account.signOutEverywhere})]})]})}function Se(){return o(`fieldset`,{class:`field`,children:[o(`legend`,{children:i.account.theme}),o(`div`,{class:`segments`,children:[`system`,`light`,`dark`].map(e=>o(`label`,{children:[o(`input`,{type:`radio`,name:`theme`,checked:X.value===e,onChange:()=>Z(e)}),i.account.themes[e]]},e))})]})}function Ce(){let[t,r]=n(!1),i=d.value?.signedIn,a=()=>{r(!1),m().catch(()=>r(!0))};return e(a,[]),e(()=>{i&&P()},[i]),o(be,{children:t?o(y,{problem:{code:`OFFLINE`,message:``},retry:a}):o(we,{})})}function we(){let{path:e}=F.value,n=d.value;if(!n)return o(x,{});if(e===K.path)return o(R,{screen:K,fallback:o(x,{})});if(!n.signedIn||e===G.path)return o(R,{screen:G,fallback:o(x,{})});let r=W.find(t=>t.path===`/${e.split(`/`)[1]??``}`);return r?o(R,{screen:r,fallback:o(x,{})},r.path):o(t,{children:[o(S,{children:i.screens.notFound}),o(b,{title:i.failed.notFound,children:o(`a`,{class:`button`,href:`/`,children:i.failed.toAsk})})]})}Q(),L(me);var $=document.getElementById(`page`);$&&($.textContent=``,r(o(Ce,{}),$));export{te as C,g as D,S as E,x as O,b as S,y as T,j as _,I as a,_ as b,se as c,le as d,ae as f,k as g,ce as h,F as i,C as k,re as l,de as m,ge as n,N as o,ie as p,U as r,P as s,X as t,ue as u,M as v,v as w,w as x,O as y};