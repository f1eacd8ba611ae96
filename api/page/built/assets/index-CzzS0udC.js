const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/screen-C-c88oka.js","assets/rolldown-runtime-XKyaHtl9.js","assets/jsxRuntime.module-BHfeiNeS.js","assets/use-read-DY9Rowi4.js","assets/client-D4Cra4uL.js","assets/signals.module-tyfP6I70.js","assets/lazily-DBej2EPY.js","assets/use-action-tPR3FFxW.js","assets/screen-Dw8a75wu.css","assets/screen-BMxmlDbL.js","assets/use-pages-D6c1dUyY.js","assets/tabs-BtaHNZFE.js","assets/requests-DBjVEn_A.js","assets/requests-61rQ4TY-.css","assets/screen-CqAJkc2X.js","assets/screen-Cl1YUWIl.css","assets/screen-BYbG6Xt-.js","assets/nothing-D1nph3H7.js","assets/screen-X0GSymKd.css","assets/screen-C4ZKcqIB.js","assets/screen-TCZZyLE0.js","assets/screen-nISPqBV3.css","assets/screen-DR7fBE5_.js","assets/screen-B2qPODVB.js","assets/attempt--G0q6gtN.js","assets/join-CekQ9CYr.js"])))=>i.map(i=>d[i]);
import{d as e,h as t,l as n,m as r,o as i,s as a,t as o,u as s}from"./jsxRuntime.module-BHfeiNeS.js";import{t as c}from"./signals.module-tyfP6I70.js";import{_ as l,d as u,f as d,h as f,o as p,s as ee,v as m}from"./client-D4Cra4uL.js";var h=[`WEAK`,`FAIR`,`GOOD`,`STRONG`];function te({label:e}){let t=e?h.indexOf(e)+1:0;return o(`span`,{class:`strength`,"data-label":e??`NONE`,children:[o(`span`,{class:`bar`,"aria-hidden":`true`,children:h.map((e,n)=>o(`i`,{"data-filled":n<t},e))}),o(`span`,{class:`visually-hidden`,children:i.strengthOf(``)}),e?i.strength[e]:i.ask.tie.noTie]})}function g({name:e,kind:t=`person`}){let n=e.split(/\s+/).filter(e=>/^\p{L}/u.test(e)),r=[n[0],n.length>1?n.at(-1):void 0].map(e=>e?.[0]??``).join(``);return o(`span`,{class:`avatar`,"data-kind":t,"aria-hidden":`true`,children:t===`you`?`•`:r||`?`})}function _({person:e}){let t=i.ask.job(e.title,e.company);return t?o(`span`,{class:`soft small`,children:t}):null}function v({problem:e,retry:t}){if(!e)return null;let n=e.code===`INTERNAL_SERVER_ERROR`,r=i.problems[e.code],a=n?`${r} ${e.requestId??``}`:e.message||r;return o(`div`,{class:`notice`,"data-kind":`problem`,role:`alert`,children:[o(`p`,{children:a??e.message}),t&&o(`button`,{type:`button`,class:`button`,onClick:t,children:i.retry})]})}function y({later:{show:e,isBusy:n,problem:r}}){return o(t,{children:[e&&o(`div`,{class:`row`,children:o(`button`,{type:`button`,class:`button small`,disabled:n,onClick:()=>void e(),children:i.more})}),o(v,{problem:r})]})}function b({title:e,lead:t,children:n}){return o(`div`,{class:`empty`,children:[o(`h2`,{children:e}),t&&o(`p`,{class:`soft`,children:t}),n]})}function x({lines:e=3,label:t=i.loading}){return o(`div`,{class:`waiting`,role:`status`,children:[o(`span`,{class:`visually-hidden`,children:t}),Array.from({length:e},(e,t)=>o(`i`,{"aria-hidden":`true`},t))]})}function S({children:t,lead:n}){let r=a(null);return e(()=>{(!document.activeElement||document.activeElement===document.body||w(document.activeElement))&&r.current?.focus({preventScroll:!0}),scrollTo(0,0)},[]),o(`header`,{class:`screen-title`,children:[o(`h1`,{ref:r,tabIndex:-1,children:t}),n&&o(`p`,{class:`soft`,children:n})]})}function ne(e){return t=>{t.preventDefault(),e()}}function re({title:t,onClose:n,children:r}){let s=a(null);return e(()=>{let e=document.activeElement;return s.current?.showModal(),s.current?.querySelector(`input, textarea, select`)?.focus(),()=>{e instanceof HTMLElement&&e.focus()}},[]),o(`dialog`,{ref:s,class:`dialog`,"aria-labelledby":`dialog-title`,onClose:n,children:[o(`div`,{class:`row between dialog-head`,children:[o(`h2`,{id:`dialog-title`,children:t}),o(`button`,{type:`button`,class:`button quiet icon`,"aria-label":i.close,onClick:n,children:`×`})]}),r]})}function C({label:e,hint:t,value:n,onInput:r,rows:i=0,...a}){let c=s(),l={id:c,value:n,"aria-describedby":t?`${c}-hint`:void 0,onInput:e=>r(e.currentTarget.value),...a};return o(`div`,{class:`field`,children:[o(`label`,{for:c,children:e}),t&&o(`span`,{id:`${c}-hint`,class:`soft small`,children:t}),i?o(`textarea`,{rows:i,...l}):o(`input`,{...l})]})}function w(e){return e.matches(`a, body`)}var T=0,E=new Set;function D(){function e(e,t){var n=m(e).definitions,r=new Set;for(var i of t||[])for(var a of i.definitions)a.kind===l.FRAGMENT_DEFINITION&&!r.has(a)&&(n.push(a),r.add(a));var o;(o=n[0].kind===l.FRAGMENT_DEFINITION)&&n[0].directives&&(n[0].directives=n[0].directives.filter((e=>e.name.value!==`_unmask`)));var s;return{kind:l.DOCUMENT,definitions:n,get loc(){if(!s&&o){var n=e+function(e){try{T++;var t=``;for(var n of e)if(!E.has(n)){E.add(n);var{loc:r}=n;r&&(t+=r.source.body)}return t}finally{--T==0&&E.clear()}}(t||[]);return{start:0,end:n.length,source:{body:n,name:`GraphQLTada`,locationOffset:{line:1,column:1}}}}return s},set loc(e){s=e}}}return e.scalar=function(e,t){return t},e.persisted=function(e,t){return{kind:l.DOCUMENT,definitions:t?t.definitions:[],documentId:e}},e}D();var O=D(),k=O(`
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
`),ie=O(`
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
`,[k])]),ae=O(`
  query SuggestPeople($search: String!) {
    people(search: $search, first: 6) {
      edges { lastContact relation node { id name title company } }
    }
  }
`),oe=O(`
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
`),se=O(`
  query ReadFrame {
    viewer { asOf isUpToDate role scopes person { ...Person } }
    network { name }
    sources(first: 50) { nodes { ...Source } }
    unreadNotificationCount
  }
`,[k,M]),ce=O(`
  mutation CreateStatement($input: CreateStatementInput!) {
    createStatement(input: $input) { statement { id kind } }
  }
`),le=O(`
  mutation WithdrawStatement($input: WithdrawStatementInput!) {
    withdrawStatement(input: $input) { withdrawnStatements { id } }
  }
`),ue=O(`
  mutation MergePeople($input: MergePeopleInput!) {
    mergePeople(input: $input) { decision { id } }
  }
`),de=O(`
  mutation MarkPeopleDistinct($input: MarkPeopleDistinctInput!) {
    markPeopleDistinct(input: $input) { decision { id } }
  }
`),fe=O(`
  mutation UndoIdentityDecision($input: UndoIdentityDecisionInput!) {
    undoIdentityDecision(input: $input) { undoneDecisionId }
  }
`),N=c(null);async function P(){try{N.value=await p(se,{},!0)}catch{}}var F=c(z());function I(e,{replace:t=!1}={}){history[t?`replaceState`:`pushState`](null,``,e),F.value=z()}function L(e){addEventListener(`popstate`,()=>{F.value=z()}),document.addEventListener(`click`,t=>{if(t.defaultPrevented||t.button||t.metaKey||t.ctrlKey||t.shiftKey)return;let n=t.target.closest(`a`);!n||n.target||n.download||n.origin!==location.origin||e.some(e=>n.pathname===e||e!==`/`&&n.pathname.startsWith(`${e}/`))&&(t.preventDefault(),I(n.pathname+n.hash))})}function R({screen:t,fallback:r}){let[i,a]=n(null);return e(()=>{let e=!0;return t.load().then(n=>{e&&a({path:t.path,Body:n.default})}),document.title=`${t.title} · Tertius`,()=>{e=!1}},[t]),i?.path===t.path?o(i.Body,{}):r}function z(){return{path:location.pathname,fragment:location.hash.slice(1)}}var B=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),V=function(e){return`/`+e},pe={},me=function(e){return e.pathname.endsWith(`.css`)},he=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},H=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=V(t,n);let r=s(t),i=me(r);return he(pe,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:B,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},U=[{path:`/`,title:i.screens.ask,load:()=>H(()=>import(`./screen-C-c88oka.js`).then(e=>e.t),__vite__mapDeps([0,1,2,3,4,5,6,7,8]))},{path:`/requests`,title:i.screens.requests,load:()=>H(()=>import(`./screen-BMxmlDbL.js`),__vite__mapDeps([9,4,5,2,10,7,3,11,12,13]))},{path:`/sources`,title:i.screens.sources,load:()=>H(()=>import(`./screen-CqAJkc2X.js`),__vite__mapDeps([14,2,4,5,3,7,15]))},{path:`/network`,title:i.screens.network,load:()=>H(()=>import(`./screen-BYbG6Xt-.js`),__vite__mapDeps([16,11,2,10,7,4,5,3,17,18]))},{path:`/team`,title:i.screens.team,load:()=>H(()=>import(`./screen-C4ZKcqIB.js`),__vite__mapDeps([19,4,5,2,11,10,7,3]))},{path:`/map`,title:i.screens.map,load:()=>H(()=>import(`./screen-TCZZyLE0.js`),__vite__mapDeps([20,2,3,4,5,6,17,21]))},{path:`/settings`,title:i.screens.settings,load:()=>H(()=>import(`./screen-DR7fBE5_.js`),__vite__mapDeps([22,2,4,5,3,7,10]))}],W={path:`/sign-in`,title:i.screens.signIn,load:()=>H(()=>import(`./screen-B2qPODVB.js`),__vite__mapDeps([23,2,4,5,24]))},G={path:`/join`,title:i.screens.join,load:()=>H(()=>import(`./join-CekQ9CYr.js`),__vite__mapDeps([25,2,4,5,24]))},K=e=>U.find(t=>t.path===`/${e.split(`/`)[1]??``}`),ge=[...U,W,G].map(e=>e.path),_e=`/assets/icon-DkvSECbI.svg`,q=c(null);function ve(e,t){q.value={sentence:e,undo:t}}function ye(){q.value=null}async function J(){let{undo:e}=q.value??{};if(e){q.value=null;try{await e(),q.value={sentence:i.notes.undone}}catch(e){q.value={sentence:ee(e).message}}}}function be(){e(()=>{let e=e=>{!e.target.matches(`input, textarea, select`)&&e.key===`z`&&(e.ctrlKey||e.metaKey)&&q.value?.undo&&(e.preventDefault(),J())};return addEventListener(`keydown`,e),()=>removeEventListener(`keydown`,e)},[]);let t=q.value;return o(`div`,{class:`notes`,role:`status`,children:t&&o(`div`,{class:`note`,children:[o(`span`,{children:t.sentence}),t.undo&&o(`button`,{type:`button`,class:`button quiet`,onClick:()=>void J(),children:[i.notes.undo,` `,o(`kbd`,{children:i.notes.undoKey})]}),o(`button`,{type:`button`,class:`button quiet icon`,"aria-label":i.notes.close,onClick:ye,children:`×`})]})})}var Y=`tertius-theme`,X=c(localStorage.getItem(Y)??`system`);function xe(e){X.value=e,localStorage.setItem(Y,e),Z()}function Z(){let e=document.documentElement;X.value===`system`?delete e.dataset.theme:e.dataset.theme=X.value}var Se=[[`/`,i.screens.ask],[`/requests`,i.screens.requests],[`/network`,i.screens.network],[`/map`,i.screens.map],[`/sources`,i.screens.sources],[`/team`,i.screens.team]];function Ce({children:n}){let r=a(null),s=F.value.path,c=d.value?.signedIn;e(()=>{r.current?.querySelector(`[aria-current]`)?.scrollIntoView({block:`nearest`,inline:`center`})},[s,c]);let l=N.value?.unreadNotificationCount??0,u=`/${s.split(`/`)[1]??``}`;return o(t,{children:[o(`button`,{type:`button`,class:`skip`,onClick:()=>document.getElementById(`content`)?.focus(),children:i.skip}),o(`header`,{class:`top`,children:[o(`a`,{class:`brand`,href:`/`,children:[o(`img`,{src:_e,alt:``}),` `,i.name]}),c&&o(t,{children:[o(`nav`,{ref:r,"aria-label":i.name,children:Se.map(([e,t])=>o(`a`,{href:e,"aria-current":e===u?`page`:void 0,children:[t,e===`/requests`&&l>0&&o(`span`,{class:`count`,children:[l,o(`span`,{class:`visually-hidden`,children:[` `,i.requests.unread(l)]})]})]},e))}),o(we,{})]})]}),o(`main`,{id:`content`,tabIndex:-1,children:n}),o(be,{})]})}function we(){let t=a(null),n=d.value?.viewer;e(()=>{let e=e=>{let n=e.target instanceof Node&&t.current?.contains(e.target);(e instanceof KeyboardEvent?e.key===`Escape`:!n)&&t.current?.removeAttribute(`open`)};return addEventListener(`click`,e),addEventListener(`keydown`,e),()=>{removeEventListener(`click`,e),removeEventListener(`keydown`,e)}},[]);let r=n?.name??i.account.member;return o(`details`,{class:`account`,ref:t,children:[o(`summary`,{children:[o(`span`,{class:`visually-hidden`,children:i.account.menu}),o(g,{name:r})]}),o(`div`,{class:`menu`,children:[o(`p`,{children:i.account.signedInAs(r,n?.network??``)}),o(Q,{}),o(`a`,{href:`/settings`,children:i.screens.settings}),o(`a`,{href:`/about-me`,children:i.account.aboutMe}),o(`button`,{type:`button`,class:`button`,onClick:()=>void f(!1),children:i.account.signOut}),o(`button`,{type:`button`,class:`button`,onClick:()=>void f(!0),children:i.account.signOutEverywhere})]})]})}function Q(){return o(`fieldset`,{class:`field`,children:[o(`legend`,{children:i.account.theme}),o(`div`,{class:`segments`,children:[`system`,`light`,`dark`].map(e=>o(`label`,{children:[o(`input`,{type:`radio`,name:`theme`,checked:X.value===e,onChange:()=>xe(e)}),i.account.themes[e]]},e))})]})}function Te(){let[t,r]=n(!1),i=d.value?.viewer?.memberId,a=()=>{r(!1),u().catch(()=>r(!0))};return e(a,[]),e(()=>{N.value=null,i&&P()},[i]),o(Ce,{children:t?o(v,{problem:{code:`OFFLINE`,message:``},retry:a}):o(Ee,{})})}function Ee(){let{path:e}=F.value,n=d.value;if(!n)return o(x,{});if(e===G.path)return o(R,{screen:G,fallback:o(x,{})});if(!n.signedIn||e===W.path)return o(R,{screen:W,fallback:o(x,{})});let r=K(e);return r?o(R,{screen:r,fallback:o(x,{})},r.path):o(t,{children:[o(S,{children:i.screens.notFound}),o(b,{title:i.failed.notFound,children:o(`a`,{class:`button`,href:`/`,children:i.failed.toAsk})})]})}Z(),L(ge),K(location.pathname)?.load();var $=document.getElementById(`page`);$&&($.textContent=``,r(o(Te,{}),$));export{ne as A,C,S as D,v as E,te as O,b as S,y as T,j as _,I as a,g as b,ce as c,ue as d,oe as f,k as g,le as h,F as i,x as k,ie as l,fe as m,ve as n,N as o,ae as p,H as r,P as s,X as t,de as u,M as v,_ as w,re as x,O as y};