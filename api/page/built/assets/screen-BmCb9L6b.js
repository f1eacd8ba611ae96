import{a as e,c as t,d as n,h as r,i,l as a,m as o,o as s,p as c,r as l,s as u,t as d,u as f,v as p,w as m}from"./parts-DHGyUPXi.js";import{t as h}from"./tabs-jnOWNgwS.js";import{n as g,t as _}from"./use-action-CVDewmg9.js";import{h as v,t as y,v as b}from"./index-RI232lkw.js";import{a as x,n as S}from"./client-BlCrnvpR.js";var C=b(`
  fragment Counts on ConnectionCounts { total strong mutual theyReachOut youReachOut goneCold never noiseRatio }
`),w=b(`
  query ReadHealth {
    networkHealth {
      asOf
      counts { ...Counts }
      message
      innerCircle { person { ...Person } reason lastContact strengthLabel }
      groups { dimension name counts { ...Counts } }
      acceptance { message }
      concentration { message }
      reach { introducerCount peopleCount }
      quarters { asOf counts { ...Counts } }
    }
  }
`,[C,v]),T=b(`
  query ListClass($class: ConnectionClass!, $after: String) {
    listedPeople(first: 20, class: $class, after: $after) {
      totalCount
      nodes { person { ...Person } reason lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[v]),E=b(`
  query ReadGoal {
    networkGoal {
      goal { purpose stage companies roles fields }
      knownCount
      connectionCount
      message
      targets {
        kind
        name
        knownCount
        reachableCount
        message
        introducers { person { ...Person } peopleCount }
      }
      adviceMessage
    }
  }
`,[v]),D=b(`
  mutation SetGoal($input: SetNetworkGoalInput!) { setNetworkGoal(input: $input) { goal { purpose } } }
`),O=b(`
  query ListNurture {
    nurtureSuggestions(first: 5) {
      nodes {
        id
        weekStartsOn
        reason
        message
        person { ...Person }
        otherPerson { ...Person }
        evidence
        strengthLabel
        strengthLabelAfterContact
        note
      }
    }
    contactPlans(first: 50) {
      nodes { id person { ...Person } everyDays note snoozedUntil doneOn neverSince }
    }
  }
`,[v]),ee=b(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id everyDays note } }
  }
`),k=b(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),A=b(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),j=b(`
  query ListPrune($rule: PruneRule, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence signs } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[v]),M=b(`
  query ListArchived {
    archivedPeople(first: 50) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
    }
  }
`,[v]),N=b(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds }
  }
`),P=b(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),F=b(`
  query ReviewInvitations($names: [String!]) {
    invitationReview(first: 20, names: $names) {
      totalCount
      nodes {
        name
        person { ...Person }
        isSent
        invitedOn
        advice
        reasons { sentence }
        mutualContacts { person { ...Person } strengthLabel }
        question
      }
    }
  }
`,[v]),I=b(`
  query ListTags { tags(first: 50) { nodes { id name isOwn isShared peopleCount } } }
`),L=b(`
  query ListTagged($tag: String!) {
    listedPeople(first: 50, tag: $tag) { totalCount nodes { person { ...Person } lastContact strengthLabel } }
  }
`,[v]),R=b(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }
`),z=b(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),B=b(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),V=b(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),te=b(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),ne=b(`
  query ListReciprocity($after: String) {
    reciprocity(first: 20, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentlyDrawn message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[te]);function re(){let{data:e,problem:t,isLoading:n,reload:i}=g(ne,{});if(n)return f(a,{});if(t)return f(s,{problem:t,retry:()=>void i()});let o=e?.reciprocity?.nodes??[],c=r.network.balance;return o.length===0?f(l,{title:c.empty}):f(`section`,{class:`stack-tight`,"aria-labelledby":`balance`,children:[f(`h2`,{id:`balance`,children:c.title}),f(`p`,{class:`small soft`,children:c.lead}),f(`ul`,{class:`people-list`,children:o.map(e=>f(`li`,{class:`person`,children:[f(d,{name:e.name}),f(`span`,{class:`person-text`,children:[f(`span`,{class:`person-name`,children:e.name}),f(`span`,{class:`small`,children:e.message}),f(`span`,{class:`small soft`,children:[c.received,`: `,H(e.received),` · `,c.given,`: `,H(e.given)]})]})]},e.id))})]})}function H(e){let t=r.network.balance.favours;return Object.keys(t).filter(t=>e[t]>0).map(n=>`${t[n]} ${e[n]}`).join(`, `)||`0`}var U=[`EARLY_CAREER`,`MID_CAREER`,`SENIOR`],W=[`STARTING`,`ESTABLISHED`],G=e=>e===`JOB_SEARCH`?U:W;function K(){let{data:e,problem:t,isLoading:n,reload:i}=g(E,{}),[o,c]=p(!1),u=_();if(n)return f(a,{});if(t)return f(s,{problem:t,retry:()=>void i()});let d=r.network.goal,m=e?.networkGoal??null,h=m?.goal??null,v=e=>u.run(async()=>{await S(D,{goal:e}),y(e?d.saved:d.removed,async()=>{await S(D,{goal:h}),await i()}),c(!1),await i()});return f(`section`,{class:`stack`,"aria-labelledby":`goal`,children:[f(`h2`,{id:`goal`,children:d.title}),!m&&!o&&f(l,{title:d.empty,lead:d.lead,children:f(`button`,{type:`button`,class:`button primary`,onClick:()=>c(!0),children:d.edit})}),m&&!o&&f(q,{goal:m}),o&&f(J,{goal:h,isBusy:u.isBusy,onSave:e=>void v(e),onCancel:()=>c(!1)}),f(s,{problem:u.problem}),m&&!o&&f(`div`,{class:`row`,children:[f(`button`,{type:`button`,class:`button`,onClick:()=>c(!0),children:d.edit}),f(`button`,{type:`button`,class:`button`,disabled:u.isBusy,onClick:()=>void v(null),children:d.remove})]})]})}function q({goal:e}){let t=r.network.goal;return f(m,{children:[f(`p`,{class:`headline`,children:[t.purposes[e.goal.purpose],`, `,t.stages[e.goal.stage],`. `,e.message]}),f(`ul`,{class:`stack-tight`,children:e.targets.map(e=>f(`li`,{class:`card stack-tight`,children:[f(`h3`,{children:e.name}),f(`p`,{children:e.message}),e.introducers.length>0&&f(`p`,{class:`small soft`,children:t.through(e.introducers.map(({person:e})=>e.name).join(`, `))})]},e.kind+e.name))}),f(`p`,{class:`soft small`,children:e.adviceMessage})]})}function J(e){let{goal:t,isBusy:n,onSave:a,onCancel:o}=e,[s,c]=p(t?.purpose??`JOB_SEARCH`),[l,u]=p(t?.stage??`MID_CAREER`),[d,m]=p({companies:t?.companies.join(`
`)??``,roles:t?.roles.join(`
`)??``,fields:t?.fields.join(`
`)??``}),h=r.network.goal,g=e=>{c(e);let t=G(e);!t.includes(l)&&t[0]&&u(t[0])};return f(`form`,{class:`card stack`,onSubmit:e=>{e.preventDefault();let{companies:t,roles:n,fields:r}=d;a({purpose:s,stage:l,companies:Y(t),roles:Y(n),fields:Y(r)})},children:[f(`label`,{class:`field`,children:[f(`span`,{children:h.purpose}),f(`select`,{value:s,onChange:e=>g(e.currentTarget.value),children:Object.entries(h.purposes).map(([e,t])=>f(`option`,{value:e,children:t},e))})]}),f(`label`,{class:`field`,children:[f(`span`,{children:h.stage}),f(`select`,{value:l,onChange:e=>u(e.currentTarget.value),children:G(s).map(e=>f(`option`,{value:e,children:h.stages[e]},e))})]}),[`companies`,`roles`,`fields`].map(e=>f(i,{label:h[e],rows:2,value:d[e],onInput:t=>m({...d,[e]:t})},e)),f(`div`,{class:`row`,children:[f(`button`,{type:`submit`,class:`button primary`,disabled:n,children:h.save}),f(`button`,{type:`button`,class:`button`,onClick:o,children:r.cancel})]})]})}function Y(e){return e.split(`
`).map(e=>e.trim()).filter(Boolean)}var X={STRONG:`strong`,MUTUAL:`mutual`,THEY_REACH_OUT:`theyReachOut`,YOU_REACH_OUT:`youReachOut`,GONE_COLD:`goneCold`,NEVER:`never`},Z=Object.keys(X);function ie(){let{data:e,problem:t,isLoading:n,reload:i}=g(w,{}),[o,c]=p(null);if(n)return f(a,{lines:5});if(t)return f(s,{problem:t,retry:()=>void i()});let l=e?.networkHealth;return!l||l.counts.total===0?f(ae,{}):f(m,{children:[f(`p`,{class:`headline`,children:l.message}),f(`section`,{class:`card stack`,"aria-labelledby":`classes`,children:[f(`h2`,{id:`classes`,children:r.network.health.classes}),f(oe,{counts:l.counts,shown:o,onShow:c}),o&&f(se,{kind:o},o)]}),f(`div`,{class:`columns`,children:[f(le,{people:l.innerCircle}),f(ue,{reach:l.reach})]}),f(de,{quarters:l.quarters}),f(`section`,{class:`stack-tight`,children:[f(`h2`,{children:r.network.health.concentration}),f(`p`,{children:l.concentration.message})]}),l.acceptance.length>0&&f(`section`,{class:`stack-tight`,children:[f(`h2`,{children:r.network.health.acceptance}),l.acceptance.map(({message:e})=>f(`p`,{children:e},e))]}),f(fe,{groups:l.groups})]})}function ae(){return f(l,{title:r.network.nothing.title,lead:r.network.nothing.lead,children:f(`a`,{class:`button primary`,href:`/sources`,children:r.network.nothing.action})})}function oe(e){let{counts:t,shown:n,onShow:i}=e,a=Math.max(1,...Z.map(e=>t[X[e]]));return f(`ul`,{class:`bars`,children:Z.map(e=>{let s=t[X[e]];return f(`li`,{children:f(`button`,{type:`button`,"aria-expanded":n===e,disabled:s===0,onClick:()=>i(n===e?null:e),children:[f(`span`,{children:r.network.classes[e]}),f(`svg`,{viewBox:`0 0 100 8`,preserveAspectRatio:`none`,"aria-hidden":`true`,"data-class":e,children:f(`rect`,{width:100*s/a,height:`8`,rx:`1`})}),f(`span`,{class:`number`,children:r.network.health.ofTotal(c(s),o(s/t.total))})]})},e)})})}function se({kind:e}){let{data:t,problem:n,isLoading:i,reload:o}=g(T,{class:e}),[c,l]=p(),u=_();if(i)return f(a,{});if(n)return f(s,{problem:n,retry:()=>void o()});let d=t?.listedPeople,m=c?c.after:d?.pageInfo.hasNextPage?d.pageInfo.endCursor:null,h=[...d?.nodes??[],...c?.people??[]],v=()=>u.run(async()=>{let{listedPeople:t}=await x(T,{class:e,after:m});l({people:[...c?.people??[],...t?.nodes??[]],after:t?.pageInfo.hasNextPage?t.pageInfo.endCursor:null})});return f(`div`,{class:`stack-tight`,children:[f(ce,{people:h}),m&&f(`button`,{type:`button`,class:`button small`,disabled:u.isBusy,onClick:()=>void v(),children:r.more}),f(s,{problem:u.problem})]})}function ce({people:i}){return f(`ul`,{class:`people-list`,children:i.map(({person:i,reason:a,lastContact:o,strengthLabel:s})=>f(`li`,{class:`person`,children:[f(d,{name:i.name}),f(`span`,{class:`person-text`,children:[f(`span`,{class:`person-name`,children:i.name}),f(e,{person:i}),f(`span`,{class:`small soft`,children:a??(o?r.network.health.lastContact(n(o)):``)})]}),s&&f(t,{label:s})]},i.id))})}function le({people:e}){return f(`section`,{class:`stack-tight`,"aria-labelledby":`inner-circle`,children:[f(`h2`,{id:`inner-circle`,children:r.network.health.innerCircle}),e.length===0?f(`p`,{class:`soft`,children:r.network.health.noInnerCircle}):f(m,{children:[f(`p`,{class:`small soft`,children:r.network.health.innerCircleLead}),f(`ul`,{class:`people-list`,children:e.map(({person:e,lastContact:t})=>f(`li`,{class:`person`,children:[f(d,{name:e.name,kind:`first`}),f(`span`,{class:`person-text`,children:[f(`span`,{class:`person-name`,children:e.name}),f(`span`,{class:`small soft`,children:t&&r.network.health.lastContact(n(t))})]})]},e.id))})]})]})}function ue({reach:e}){return f(`section`,{class:`stack-tight`,"aria-labelledby":`reach`,children:[f(`h2`,{id:`reach`,children:r.network.health.reach}),f(`dl`,{class:`figures`,children:e.map(({introducerCount:e,peopleCount:t})=>f(`div`,{children:[f(`dt`,{children:r.network.health.reachWith[e]}),f(`dd`,{children:c(t)})]},e))})]})}function de({quarters:e}){let t=({counts:e})=>e.strong+e.mutual,i=Math.max(1,...e.map(t)),a=e=>r.network.health.quarter(n(e.asOf),c(t(e)),c(e.counts.total));return f(`figure`,{class:`stack-tight`,children:[f(`figcaption`,{children:[f(`h2`,{children:r.network.health.quarters}),f(`span`,{class:`small soft`,children:r.network.health.quartersLead})]}),f(`svg`,{class:`quarters`,viewBox:`0 0 ${e.length*40} 96`,"aria-hidden":`true`,children:e.map((e,n)=>{let r=64*t(e)/i;return f(`g`,{children:[f(`title`,{children:a(e)}),f(`rect`,{x:n*40+6,y:80-r,width:`28`,height:r,rx:`4`}),f(`text`,{x:n*40+20,y:74-r,"text-anchor":`middle`,children:t(e)}),f(`text`,{x:n*40+20,y:`93`,"text-anchor":`middle`,children:e.asOf.slice(2,7)})]},e.asOf)})}),f(`ul`,{class:`visually-hidden`,children:e.map(e=>f(`li`,{children:a(e)},e.asOf))})]})}function fe({groups:e}){let t=r.network.health;return f(`section`,{class:`stack-tight`,"aria-labelledby":`groups`,children:[f(`h2`,{id:`groups`,children:t.groups}),Object.entries(t.dimensions).map(([n,r])=>{let i=e.filter(e=>e.dimension===n);return i.length===0?null:f(`details`,{class:`card`,children:[f(`summary`,{class:`disclosure`,children:r}),f(`table`,{children:[f(`thead`,{children:f(`tr`,{children:[f(`th`,{scope:`col`,children:t.group}),f(`th`,{scope:`col`,children:t.total}),f(`th`,{scope:`col`,children:t.inContact}),f(`th`,{scope:`col`,children:t.never})]})}),f(`tbody`,{children:i.map(({name:e,counts:t})=>f(`tr`,{children:[f(`th`,{scope:`row`,children:e}),f(`td`,{children:c(t.total)}),f(`td`,{children:c(t.strong+t.mutual)}),f(`td`,{children:c(t.never)})]},e))})]})]},n)})]})}var pe=50,me={ACCEPT:`good`,ASK_FIRST:`warn`,LEAVE:`broken`,WAIT:void 0,WITHDRAW:`warn`};function he(){let[e,t]=p(null),[n,o]=p(``),{data:c,problem:u,isLoading:d,reload:m}=g(F,{names:e}),h=r.network.invitations,_=c?.invitationReview?.nodes??[];return f(`section`,{class:`stack`,"aria-labelledby":`invitations`,children:[f(`div`,{children:[f(`h2`,{id:`invitations`,children:h.title}),f(`p`,{class:`small soft`,children:h.lead})]}),d&&f(a,{}),f(s,{problem:u,retry:()=>void m()}),c&&_.length===0&&f(l,{title:h.empty}),f(`ul`,{class:`stack-tight`,children:_.map(e=>f(ge,{review:e},`${e.name}${e.invitedOn}`))}),f(`form`,{class:`card stack`,onSubmit:e=>{e.preventDefault();let r=n.split(`
`).map(e=>e.trim());t(r.filter(Boolean).slice(0,pe))},children:[f(i,{label:h.names,value:n,onInput:o,rows:3,required:!0}),f(`div`,{class:`row`,children:[f(`button`,{type:`submit`,class:`button`,children:h.check}),e&&f(`button`,{type:`button`,class:`button quiet`,onClick:()=>t(null),children:h.back})]})]})]})}function ge({review:e}){let t=r.network.invitations,{advice:i,invitedOn:a,isSent:o,mutualContacts:s,question:c}=e;return f(`li`,{class:`card stack-tight`,children:[f(`div`,{class:`person`,children:[f(d,{name:e.name}),f(`span`,{class:`person-text`,children:[f(`h3`,{class:`person-name`,children:e.name}),a&&f(`span`,{class:`small soft`,children:(o?t.sent:t.received)(n(a))})]}),f(`span`,{class:`badge`,"data-kind":me[i],children:t.advice[i]})]}),e.reasons.map(({sentence:e})=>f(`p`,{class:`small`,children:e},e)),s.length>0&&f(`p`,{class:`small soft`,children:t.mutual(s.map(({person:e})=>e.name).join(`, `))}),c&&f(`details`,{class:`small`,children:[f(`summary`,{class:`disclosure soft`,children:t.question}),f(`p`,{children:c})]})]})}var _e=30;function ve(){let{data:e,problem:t,isLoading:n,reload:i}=g(O,{});if(n)return f(a,{lines:4});if(t)return f(s,{problem:t,retry:()=>void i()});let o=e?.nurtureSuggestions?.nodes??[],c=e?.contactPlans?.nodes??[];return f(m,{children:[f(`section`,{class:`stack-tight`,"aria-labelledby":`this-week`,children:[f(`h2`,{id:`this-week`,children:r.network.nurture.title}),f(`p`,{class:`small soft`,children:r.network.nurture.lead}),o.length===0&&f(l,{title:r.network.nurture.empty,lead:r.network.nurture.emptyLead}),f(`ul`,{class:`stack`,children:o.map(e=>f(ye,{suggestion:e,plans:c,onChange:i},e.id))})]}),f(be,{plans:c,onChange:i})]})}function ye({suggestion:n,plans:i,onChange:a}){let o=_(),c=r.network.nurture,{person:l,otherPerson:u,strengthLabel:p,strengthLabelAfterContact:m}=n,h=e=>o.run(async()=>{let{respondToNurtureSuggestion:t}=await S(ee,{person:{id:l.id},otherPerson:u&&{id:u.id},response:e,until:e===`SNOOZE`?Se(_e):null}),{id:n,everyDays:r,note:o}=t.contactPlan,s=!i.find(e=>e.id===n)&&r===null&&o===null;y(c.said[e],s?()=>Q(n,a):void 0),await a()});return f(`li`,{class:`card stack-tight`,children:[f(`div`,{class:`person nurture-person`,children:[f(d,{name:l.name}),f(`span`,{class:`person-text`,children:[f(`h3`,{class:`person-name`,children:u?c.introduce(l.name,u.name):l.name}),!u&&f(e,{person:l})]}),p&&f(t,{label:p})]}),f(`p`,{children:n.message}),f(`p`,{class:`small soft`,children:[n.evidence,`.`,` `,m!==p&&!u&&c.afterContact(r.strength[m])]}),n.note&&f(`p`,{class:`small`,children:n.note}),f(`div`,{class:`row`,children:[f(`button`,{type:`button`,class:`button primary small`,disabled:o.isBusy,onClick:()=>void h(`DONE`),children:c.done}),f(`button`,{type:`button`,class:`button small`,disabled:o.isBusy,onClick:()=>void h(`SNOOZE`),children:c.snooze}),f(`button`,{type:`button`,class:`button small`,disabled:o.isBusy,onClick:()=>void h(`NEVER`),children:c.never})]}),f(s,{problem:o.problem})]})}function be({plans:e,onChange:t}){let[n,a]=p({person:``,everyDays:`90`,note:``}),o=_(),c=r.network.nurture,l=e=>a({...n,...e}),u=()=>o.run(async()=>{let{setContactPlan:e}=await S(k,{person:{text:n.person.trim()},everyDays:Number(n.everyDays),note:n.note.trim()||null});a({person:``,everyDays:`90`,note:``}),y(c.added,()=>Q(e.contactPlan.id,t)),await t()});return f(`section`,{class:`stack-tight`,"aria-labelledby":`plans`,children:[f(`h2`,{id:`plans`,children:c.plans}),e.length===0&&f(`p`,{class:`soft`,children:c.plansEmpty}),f(`ul`,{class:`people-list`,children:e.map(e=>f(xe,{plan:e,onChange:t},e.id))}),f(`form`,{class:`card inline-form`,onSubmit:e=>{e.preventDefault(),u()},children:[f(i,{label:c.person,value:n.person,onInput:e=>l({person:e}),required:!0}),f(i,{label:c.everyDays,type:`number`,value:n.everyDays,onInput:e=>l({everyDays:e}),required:!0}),f(i,{label:c.note,value:n.note,onInput:e=>l({note:e}),maxLength:2e3}),f(`button`,{type:`submit`,class:`button`,disabled:o.isBusy,children:c.add}),f(s,{problem:o.problem})]})]})}function xe({plan:e,onChange:t}){let i=_(),a=r.network.nurture,{person:o,everyDays:c,note:l,snoozedUntil:u,neverSince:p}=e,m=o?.name??r.network.prune.gone,h=()=>i.run(async()=>{await S(A,{id:e.id});let n=o&&(c!==null||l!==null);y(a.removed,n?async()=>{await S(k,{person:{id:o.id},everyDays:c,note:l}),await t()}:void 0),await t()});return f(`li`,{class:`person`,children:[f(d,{name:m}),f(`span`,{class:`person-text`,children:[f(`span`,{class:`person-name`,children:m}),f(`span`,{class:`small soft`,children:[c&&a.every(c),u&&a.snoozedUntil(n(u)),p&&a.neverSince,l].filter(Boolean).join(` · `)})]}),f(`button`,{type:`button`,class:`button small`,disabled:i.isBusy,onClick:()=>void h(),children:[a.remove,f(`span`,{class:`visually-hidden`,children:[` `,m]})]}),f(s,{problem:i.problem})]})}async function Q(e,t){await S(A,{id:e}),await t()}function Se(e){return new Date(Date.now()+e*864e5).toISOString().slice(0,10)}function Ce(){let[e,t]=p(null),n=g(j,{rule:e}),i=g(M,{}),o=async()=>{await Promise.all([n.reload(),i.reload()])},c=r.network.prune,u=n.data?.pruneSuggestions;return f(m,{children:[f(`section`,{class:`stack-tight`,"aria-labelledby":`prune`,children:[f(`h2`,{id:`prune`,children:c.title}),f(`p`,{class:`small soft`,children:c.lead}),f(`label`,{class:`choice`,children:[c.rule,f(`select`,{class:`narrow`,value:e??``,onChange:e=>t(e.currentTarget.value||null),children:[f(`option`,{value:``,children:c.allRules}),Object.entries(c.rules).map(([e,t])=>f(`option`,{value:e,children:t},e))]})]}),n.isLoading&&f(a,{}),f(s,{problem:n.problem,retry:()=>void n.reload()}),u&&u.nodes.length===0&&f(l,{title:c.empty}),u&&u.nodes.length>0&&f($,{people:u.nodes,total:u.totalCount,onChange:o},u.nodes.map(({person:e})=>e.id).join())]}),f(`section`,{class:`stack-tight`,"aria-labelledby":`archived`,children:[f(`h2`,{id:`archived`,children:c.list}),f(s,{problem:i.problem,retry:()=>void i.reload()}),i.data?.archivedPeople?.nodes.length===0&&f(`p`,{class:`soft`,children:c.listEmpty}),f(`ul`,{class:`people-list`,children:i.data?.archivedPeople?.nodes.map(e=>f(we,{entry:e,onChange:o},e.id))})]})]})}function $(t){let{people:n,total:i,onChange:a}=t,[o,l]=p([]),u=_(),d=r.network.prune,m=()=>u.run(async()=>{let{archivePeople:e}=await S(N,{personIds:o}),t=e.archivedPersonIds,n=e.inUsePersonIds.length;y(`${d.archived(t.length)}${n?` ${d.inUse(n)}`:``}`,()=>Te(t,a)),l([]),await a()});return f(`form`,{class:`stack-tight`,onSubmit:e=>{e.preventDefault(),m()},children:[i!==null&&f(`p`,{class:`small soft`,children:d.count(c(i))}),f(`label`,{class:`choice`,children:[f(`input`,{type:`checkbox`,checked:o.length===n.length,onChange:e=>l(e.currentTarget.checked?n.map(({person:e})=>e.id):[])}),d.selectAll]}),f(`ul`,{class:`people-list`,children:n.map(({person:t,reasons:n})=>f(`li`,{class:`person`,children:[f(`input`,{type:`checkbox`,"aria-label":d.select(t.name),checked:o.includes(t.id),onChange:e=>l(e.currentTarget.checked?[...o,t.id]:o.filter(e=>e!==t.id))}),f(`span`,{class:`person-text`,children:[f(`span`,{class:`person-name`,children:t.name}),f(e,{person:t}),n.map(({rule:e,sentence:t,signs:n})=>f(`span`,{class:`small`,children:[t,` `,n.join(`, `)]},e))]})]},t.id))}),f(`div`,{class:`row`,children:f(`button`,{type:`submit`,class:`button primary`,disabled:o.length===0||u.isBusy,children:d.archive(o.length)})}),f(s,{problem:u.problem})]})}function we({entry:e,onChange:t}){let i=_(),a=r.network.prune,o=e.person?.name??a.gone,c=()=>i.run(async()=>{await S(P,{ids:[e.id]});let{person:n}=e;y(a.restored,n?async()=>{await S(N,{personIds:[n.id]}),await t()}:void 0),await t()});return f(`li`,{class:`person`,children:[f(d,{name:o}),f(`span`,{class:`person-text`,children:[f(`span`,{class:`person-name`,children:o}),f(`span`,{class:`small soft`,children:[a.since(n(e.archivedOn)),`. `,e.message]})]}),f(`button`,{type:`button`,class:`button small`,disabled:i.isBusy,onClick:()=>void c(),children:[a.restore,f(`span`,{class:`visually-hidden`,children:[` `,o]})]}),f(s,{problem:i.problem})]})}async function Te(e,t){let{archivedPeople:n}=await x(M,{},!0),r=n?.nodes.filter(({person:t})=>t&&e.includes(t.id)).map(({id:e})=>e);r?.length&&await S(P,{ids:r}),await t()}function Ee(){let{data:e,problem:t,isLoading:n,reload:o}=g(I,{}),[c,u]=p(``),[d,m]=p(!1),h=_();if(n)return f(a,{});if(t)return f(s,{problem:t,retry:()=>void o()});let v=r.network.tags,b=e?.tags?.nodes??[],x=()=>h.run(async()=>{let e=!b.some(e=>e.isOwn&&e.name.toLowerCase()===c.trim().toLowerCase()),{createTag:t}=await S(R,{name:c.trim(),isShared:d});u(``);let n=t.tag?.id;y(v.added,n&&e?async()=>{await S(z,{id:n}),await o()}:void 0),await o()});return f(`section`,{class:`stack`,"aria-labelledby":`tags`,children:[f(`div`,{children:[f(`h2`,{id:`tags`,children:v.title}),f(`p`,{class:`small soft`,children:v.lead})]}),b.length===0&&f(l,{title:v.empty}),f(`ul`,{class:`stack-tight`,children:b.map(e=>f(De,{tag:e,onChange:o},e.id))}),f(`form`,{class:`card inline-form`,onSubmit:e=>{e.preventDefault(),x()},children:[f(i,{label:v.name,value:c,onInput:u,required:!0,maxLength:60}),f(`label`,{class:`choice`,children:[f(`input`,{type:`checkbox`,checked:d,onChange:e=>m(e.currentTarget.checked)}),v.shared]}),f(`button`,{type:`submit`,class:`button`,disabled:h.isBusy,children:v.add}),f(s,{problem:h.problem})]})]})}function De({tag:e,onChange:t}){let[n,i]=p(!1),a=r.network.tags;return f(`li`,{children:f(`details`,{class:`card`,onToggle:e=>i(e.currentTarget.open),children:[f(`summary`,{class:`row`,children:[f(`span`,{class:`person-name`,children:e.name}),f(`span`,{class:`soft small`,children:a.people(c(e.peopleCount))}),e.isShared&&f(`span`,{class:`badge`,children:e.isOwn?a.sharedBadge:a.ofOther})]}),n&&f(Oe,{tag:e,onChange:t})]})})}function Oe({tag:t,onChange:n}){let{data:o,problem:c,isLoading:l,reload:u}=g(L,{tag:t.name}),[m,h]=p(``),v=_(),b=r.network.tags,C=o?.listedPeople?.nodes??[],w=async()=>{await Promise.all([u(),n()])},T=e=>({tag:t.name,people:[{id:e}]}),E=()=>v.run(async()=>{let e=m.trim();await S(B,{tag:t.name,people:[{text:e}]}),h(``),y(b.addedPerson(e,t.name),async()=>{await S(V,{tag:t.name,people:[{text:e}]}),await w()}),await w()}),D=(e,n)=>v.run(async()=>{await S(V,T(e)),y(b.removedPerson(n,t.name),async()=>{await S(B,T(e)),await w()}),await w()}),O=()=>v.run(async()=>{let{listedPeople:e}=await x(L,{tag:t.name},!0),r=e?.nodes.map(({person:e})=>e.id)??[],i=r.length===t.peopleCount;await S(z,{id:t.id}),y(b.removed(t.name),i?async()=>{await S(R,{name:t.name,isShared:t.isShared}),r.length&&await S(B,{tag:t.name,people:r.map(e=>({id:e}))}),await n()}:void 0),await n()});return f(`div`,{class:`stack-tight tagged`,children:[l&&f(a,{lines:1}),f(s,{problem:c,retry:()=>void u()}),C.length<t.peopleCount&&!l&&f(`p`,{class:`small soft`,children:b.unlisted}),f(`ul`,{class:`people-list`,children:C.map(({person:n})=>f(`li`,{class:`person`,children:[f(d,{name:n.name}),f(`span`,{class:`person-text`,children:[f(`span`,{class:`person-name`,children:n.name}),f(e,{person:n})]}),t.isOwn&&f(`button`,{type:`button`,class:`button quiet icon`,"aria-label":b.removePerson(n.name),onClick:()=>void D(n.id,n.name),children:`×`})]},n.id))}),t.isOwn&&f(`form`,{class:`inline-form`,onSubmit:e=>{e.preventDefault(),E()},children:[f(i,{label:b.addPerson,value:m,onInput:h,required:!0}),f(`button`,{type:`submit`,class:`button`,disabled:v.isBusy,children:b.addPerson}),f(`button`,{type:`button`,class:`button`,disabled:v.isBusy,onClick:()=>void O(),children:b.remove})]}),f(s,{problem:v.problem})]})}function ke(){let e=r.network.tabs;return f(m,{children:[f(u,{lead:r.network.lead,children:r.network.title}),f(h,{label:r.network.title,tabs:[{key:`health`,title:e.health,body:()=>f(ie,{})},{key:`nurture`,title:e.nurture,body:()=>f(ve,{})},{key:`goal`,title:e.goal,body:()=>f(K,{})},{key:`prune`,title:e.prune,body:()=>f(Ce,{})},{key:`invitations`,title:e.invitations,body:()=>f(he,{})},{key:`tags`,title:e.tags,body:()=>f(Ee,{})},{key:`balance`,title:e.balance,body:()=>f(re,{})}]})]})}export{ke as default};