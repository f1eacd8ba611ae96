import { useState } from "preact/hooks";
import { useRead } from "../api/use-read";
import { Avatar, Field, ProblemNote, Strength, Waiting } from "../design/parts";
import { type Company, readCompany } from "../documents/team";
import { formatNumber, text } from "../strings";

interface Question {
  name: string | null;
  domain: string | null;
  start: "ME" | "TEAM";
}

/** Who knows the viewer at a company, and whom they can reach there. */
export function CompanyTab() {
  const [typed, setTyped] = useState("");
  const [isTeam, setTeam] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const { data, problem, isLoading, reload } = useRead(readCompany, question);
  const words = text.team.company;
  const ask = (wanted: string) => {
    const isDomain = /^[^\s@]+\.[a-z]{2,}$/i.test(wanted);
    setTyped(wanted);
    setQuestion({
      name: isDomain ? null : wanted,
      domain: isDomain ? wanted : null,
      start: isTeam ? "TEAM" : "ME",
    });
  };
  return (
    <>
      <p class="soft">{words.lead}</p>
      <form
        class="card inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask(typed.trim());
        }}
      >
        <Field label={words.field} value={typed} onInput={setTyped} required />
        <label class="choice">
          <input
            type="checkbox"
            checked={isTeam}
            onChange={(event) => setTeam(event.currentTarget.checked)}
          />
          {words.team}
        </label>
        <button type="submit" class="button primary">
          {words.ask}
        </button>
      </form>
      {isLoading && <Waiting />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      {data?.company && <CompanyView company={data.company} onChoose={ask} />}
    </>
  );
}

function CompanyView({ company, onChoose }: { company: Company; onChoose: (name: string) => void }) {
  const words = text.team.company;
  const isEmpty =
    company.currentContactCount + company.formerContactCount + company.introductions.length === 0;
  return (
    <section class="stack" aria-labelledby="company">
      <h2 id="company">{company.name}</h2>
      {isEmpty && <p>{(company.peopleCount ? words.none : words.unknown)(company.name)}</p>}
      {company.peopleCount !== null && (
        <p class="soft small">{words.people(formatNumber(company.peopleCount))}</p>
      )}
      {company.similarCompanies.length > 0 && (
        <p class="row">
          {words.similar}
          {company.similarCompanies.map((name) => (
            <button key={name} type="button" class="button small" onClick={() => onChoose(name)}>
              {name}
            </button>
          ))}
        </p>
      )}
      <Contacts
        title={words.current(formatNumber(company.currentContactCount))}
        contacts={company.currentContacts}
      />
      <Contacts
        title={words.former(formatNumber(company.formerContactCount))}
        contacts={company.formerContacts}
      />
      {company.introductions.length > 0 && (
        <section class="stack-tight" aria-labelledby="reach">
          <h3 id="reach">{words.reach}</h3>
          <ul class="people-list">
            {company.introductions.map(({ person, isCurrent, step, route }) => (
              <li key={person.id} class="person">
                <Avatar name={person.name} kind="target" />
                <span class="person-text">
                  <a class="person-name" href={`/#to=${encodeURIComponent(person.id)}`}>
                    {person.name}
                  </a>
                  <span class="small soft">
                    {person.title} {!isCurrent && `(${words.former_})`}
                  </span>
                </span>
                <span class="small">
                  {route
                    ? words.through(route.introducers.map(({ name }) => name).join(" → "))
                    : words.knowsYou}
                </span>
                {step && <Strength label={step.strengthLabel} />}
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

function Contacts({ title, contacts }: { title: string; contacts: Company["currentContacts"] }) {
  if (contacts.length === 0) return null;
  return (
    <section class="stack-tight" aria-label={title}>
      <h3>{title}</h3>
      <ul class="people-list">
        {contacts.map(({ person, title: job, step }) => (
          <li key={person.id} class="person">
            <Avatar name={person.name} />
            <span class="person-text">
              <span class="person-name">{person.name}</span>
              <span class="small soft">{job}</span>
              <span class="small soft">{step.evidence}</span>
            </span>
            <Strength label={step.strengthLabel} />
          </li>
        ))}
      </ul>
    </section>
  );
}
