import { change } from "../api/client";
import { usePages } from "../api/use-pages";
import { useRead } from "../api/use-read";
import { frame, loadFrame } from "../app/frame";
import { useAction } from "../app/use-action";
import { Empty, More, ProblemNote, ScreenTitle, Waiting } from "../design/parts";
import { Tabs } from "../design/tabs";
import {
  listBalances,
  listNotifications,
  listRequests,
  markNotificationsRead,
  type Request,
} from "../documents/requesting";
import { formatDay, text } from "../strings";
import { RequestCard } from "./request-card";
import "./requests.css";

export default function RequestsScreen() {
  return (
    <>
      <ScreenTitle lead={text.requests.lead}>{text.requests.title}</ScreenTitle>
      <Tabs
        path="/requests"
        label={text.requests.title}
        tabs={[
          { key: "mine", title: text.requests.mine, body: () => <RequestList key="ASKER" as="ASKER" /> },
          {
            key: "ofMe",
            title: text.requests.ofMe,
            body: () => <RequestList key="INTRODUCER" as="INTRODUCER" />,
          },
          {
            key: "news",
            title: text.requests.news,
            count: frame.value?.unreadNotificationCount ?? 0,
            body: () => <News />,
          },
          { key: "balance", title: text.requests.balance, body: () => <Balances /> },
        ]}
      />
    </>
  );
}

function RequestList({ as: role }: { as: Request["role"] }) {
  const {
    nodes: requests,
    later,
    problem,
    isLoading,
    reload,
  } = usePages(listRequests, { role }, (data) => data.introductionRequests);
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const refresh = async () => {
    await Promise.all([reload(), loadFrame()]);
  };
  if (requests.length === 0) {
    return role === "ASKER" ? (
      <Empty title={text.requests.emptyMine}>
        <a class="button primary" href="/">
          {text.requests.emptyMineAction}
        </a>
      </Empty>
    ) : (
      <Empty title={text.requests.emptyOfMe} />
    );
  }
  return (
    <>
      <ul class="stack">
        {requests.map((request) => (
          <RequestCard key={request.id + request.updatedAt} request={request} onChange={refresh} />
        ))}
      </ul>
      <More later={later} />
    </>
  );
}

function News() {
  const {
    nodes: news,
    later,
    problem,
    isLoading,
    reload,
  } = usePages(listNotifications, {}, (data) => data.notifications);
  const action = useAction();
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  if (news.length === 0) return <Empty title={text.requests.emptyNews} />;
  const markRead = () =>
    action.run(async () => {
      await change(markNotificationsRead, {});
      await Promise.all([reload(), loadFrame()]);
    });
  return (
    <>
      {news.some((each) => !each.isRead) && (
        <div class="row">
          <button type="button" class="button small" disabled={action.isBusy} onClick={() => void markRead()}>
            {text.requests.markRead}
          </button>
        </div>
      )}
      <ul class="news">
        {news.map((each) => (
          <li key={each.id} data-unread={!each.isRead}>
            <span>{each.text}</span>
            <span class="small soft">{formatDay(each.occurredAt)}</span>
          </li>
        ))}
      </ul>
      <More later={later} />
      <ProblemNote problem={action.problem} />
    </>
  );
}

function Balances() {
  const { data, problem, isLoading, reload } = useRead(listBalances, {});
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const balances = data?.requestBalances ?? [];
  if (balances.length === 0) return <Empty title={text.requests.emptyBalance} />;
  const names = text.requests.balances;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard
    <section class="wide-table" aria-label={text.requests.balance} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[
              names.name,
              names.asked,
              names.introduced,
              names.thanked,
              names.received,
              names.given,
              names.thankedYou,
            ].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {balances.map((each) => (
            <tr key={each.name}>
              <th scope="row">{each.name}</th>
              <td>{each.askedCount}</td>
              <td>{each.introducedCount}</td>
              <td>{each.thankedCount}</td>
              <td>{each.receivedCount}</td>
              <td>{each.givenCount}</td>
              <td>{each.thankedViewerCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
