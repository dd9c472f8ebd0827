/* Calls MeetGate with the demo tenant's key, as a company's service does. Values are inserted as text, not HTML. */

const $ = id => document.getElementById(id);
const user = () => $("user").value;
const path = rest => `/v1/users/${encodeURIComponent(user())}${rest}`;
const utc = date => date.toISOString().replace(".000", "");
const time = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "short"});
const when = text => text && time.format(new Date(text));
const clock = text => new Date(text).toLocaleTimeString(undefined, {hourCycle: "h23"});
const labels = {CONNECTED: ["Connected", "good"], RECONNECT_REQUIRED: ["Must be connected again", "bad"]};
const tones = {RECONNECT_REQUIRED: "warn", "not-connected": ""};
const inputs = {subject: $("subject"), startTime: $("start"), endTime: $("duration")};
const joinUrls = new Map();
let demo = {}, connection, connectUrl, finish, receiverFails = false, outage = false;

/** What an action of the audit means. Those that are missing here are shown as they are. */
const actions = {
    "connect_link.create": "A connect link was made", "connection.connect": "Connected", "connection.reconnect": "Connected again",
    "connection.consent": "Agreed, and waits for the service", "connection.end": "The connection ended",
    "connection.disconnect": "Disconnected", "account_page.open": "Opened the page of their own",
    "meeting.create": "A meeting was made", "meeting.change": "A meeting was changed", "meeting.delete": "A meeting was deleted",
    "meeting.start": "A meeting was started",
};

/** How a walk can end, and what to do for it. */
const ways = {
    agree: ["They agree", "MeetGate says what is asked. At GoTo, press Allow."],
    deny: ["They say no", "Press Deny at GoTo, or Cancel on MeetGate’s page. Nothing is connected, and an event says so."],
    other: ["With another account", "Connect somebody who is connected, and choose another person at GoTo. An event tells of the change."],
    late: ["They take too long", "As soon as GoTo asks, ten minutes pass. Press Allow then, and see where the walk ends."],
    pending: ["They agree, your service finishes", "The link carries a challenge. Whoever it is forwarded to connects nobody: the walk ends as pending, and only the verifier that this page keeps makes the connection."],
    confirm: ["They agree twice", "For the tenant careful: after GoTo, MeetGate names the account and asks once more."],
};

/* Requests */

/** Makes a call and logs it. `says` is the text for success, or a function that makes it from the answer. */
async function call(method, path, says, body, key) {
    const started = performance.now();
    const {status, ok, answer, retryAfter} = await send(method, path, body, key);
    const ms = Math.round(performance.now() - started);
    const text = !ok ? inWords(status, answer, retryAfter) : typeof says === "string" ? says : says(answer);
    const tone = tones[ok ? answer.status : answer.code] ?? (ok ? "good" : "bad");
    tell({text, tone, status, ms, curl: curl(method, path, body), answer: shown(answer)});
    return {ok, answer, text, tone};
}

async function send(method, path, body, key = demo.apiKey) {
    const headers = {Accept: "application/json"};
    if (path.startsWith("/v1/")) headers.Authorization = `Bearer ${key}`;
    if (body) headers["Content-Type"] = "application/json";
    try {
        const response = await fetch(path, {method, headers, body: JSON.stringify(body), cache: "no-store"});
        const answer = await response.json().catch(() => ({}));
        return {status: response.status, ok: response.ok, answer, retryAfter: response.headers.get("Retry-After")};
    } catch {
        return {ok: false, answer: {title: "MeetGate did not answer", detail: "Is it still running?"}};
    }
}

/** The request as one would send it. Those to /demo are passed on to the sandbox. */
function curl(method, path, body) {
    if (path === "/demo" || path.startsWith("/demo/late")) return "";
    const [url, sent] = path.startsWith("/demo/") ? atSandbox(path, body) : [location.origin + path, body];
    const verb = path.endsWith("/mend") ? "DELETE" : method;
    return [["curl", verb !== "GET" && `-X ${verb}`, quoted(url)].filter(Boolean).join(" "),
        path.startsWith("/v1/") && `-H "Authorization: Bearer $KEY"`,
        sent && `-H "Content-Type: application/json"`,
        sent && `-d ${quoted(JSON.stringify(sent, hidden))}`].filter(Boolean).join(" \\\n  ");
}

/** What works for whoever has it is not kept in the log. */
const hidden = (name, value) => /^(code|codeVerifier)$/.test(name) ? "…" : value;

function atSandbox(path, body) {
    const [, endpoint] = path.match(/^\/demo\/(webhook|api)\//) ?? [];
    if (!endpoint) return [`${demo.sandboxUrl}/control${path.slice(5)}`, body];
    return [`${demo.sandboxUrl}/control/faults`, path.endsWith("mend") ? {endpoint}
        : {endpoint, kind: "STATUS", status: endpoint === "api" ? 503 : 500, times: 0}];
}

const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

function shown(answer) {
    const text = JSON.stringify(answer, (name, value) => /apiKey$|carefulKey$/.test(name) ? undefined : value, 2);
    return text === "{}" ? "" : text.replaceAll(/(\/connect\/|\/account\/)[^"]+/g, "$1…").slice(0, 3000);
}

function inWords(status, {code, title, detail}, retryAfter) {
    if (code === "not-connected") return `${user()} has not connected a GoTo account yet.`;
    return [title ?? `MeetGate answered ${status}`, detail, retryAfter && `Try again in ${retryAfter} s`]
        .filter(Boolean).map(sentence => sentence.replace(/[^.!?]$/, "$&.")).join(" ");
}

/* Steps */

async function start() {
    const {status, user = "alice", problem, code} = Object.fromEntries(new URLSearchParams(location.search));
    history.replaceState(null, "", location.pathname);
    $("user").value = user;
    $("start").value = tomorrowAtNine();
    $("log").append(...log().map(logLine));
    const key = await call("GET", "/demo", "This page has the key of the tenant demo and acts as its service.");
    if (!key.ok) return conclude(key);
    demo = key.answer;
    showGoTo();
    showWays();
    watch();
    await look();
    await comeBack(status, problem, code);
}

/** Anybody can write this address. The page shows a success only if MeetGate confirms the connection. */
async function comeBack(status, problem, code) {
    const {way, verifier} = JSON.parse(sessionStorage.getItem("walk") ?? "{}");
    sessionStorage.removeItem("walk");
    if (status === "denied") remark("Access was denied at GoTo. Nothing was changed.", "warn");
    if (status === "failed") remark(`Connecting failed${problem ? ` (${problem})` : ""}. Nothing was changed.`, "bad");
    if (status === "pending") pending(code, verifier);
    if (status !== "connected") return;
    if (way === "confirm") conclude(await call("GET", path("/connection"),
        ({account}) => `${user()} has confirmed ${account?.email}, for the tenant careful.`, undefined, demo.carefulKey));
    else if (connection?.status === "CONNECTED")
        remark(`${user()} is connected. GoTo gave the tokens to MeetGate; this page never sees them.`, "good");
}

function pending(code, verifier) {
    remark("Pending: nobody is connected yet. Within ten minutes, your service sends the code with its verifier.", "warn");
    finish = async () => {
        const finished = await call("POST", path("/connection/finish"),
            ({account}) => `${user()} is connected as ${account?.email}.`, {code, codeVerifier: verifier});
        await look();
        conclude(finished);
    };
    $("finish").hidden = !verifier;
}

/** Loads the connection and, if it works, the meetings, and shows the more important result. */
async function look() {
    const found = await loadConnection();
    showMeetings([]);
    const list = connection?.status === "CONNECTED" ? await listMeetings() : found;
    conclude(list.ok ? found : list);
    await glance();
}

async function loadConnection() {
    const found = await call("GET", path("/connection"), ({status, account}) => status === "CONNECTED"
        ? `${user()} is connected as ${account?.email ?? "a GoTo user"}.`
        : `GoTo no longer honours the connection of ${user()}. Connect again.`);
    connection = found.ok ? found.answer : undefined;
    showConnection(found.answer.code === "not-connected" ? "Not connected" : "Unknown");
    return found;
}

async function connect() {
    const way = $("way").value;
    const verifier = way === "pending" ? random() : undefined;
    const displayName = user().replace(/^\p{Ll}/u, letter => letter.toUpperCase());
    const codeChallenge = verifier && await s256(verifier);
    const made = await call("POST", path("/connect-links"), "MeetGate made a link that works once. The browser opens it.",
        {returnUrl: `${location.origin}/`, displayName, codeChallenge}, way === "confirm" ? demo.carefulKey : demo.apiKey);
    if (!made.ok) return conclude(made);
    sessionStorage.setItem("walk", JSON.stringify({way, verifier}));
    if (way === "late") await send("POST", `/demo/late/${encodeURIComponent(user())}`);
    location.assign(made.answer.url);
}

const base64url = bytes => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const s256 = async text => base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));

/** The link is for the person alone. It works once. */
async function openOwnPage() {
    const made = await call("POST", path("/account-page-links"), "MeetGate made a link to the person's own page.");
    if (made.ok) location.assign(made.answer.url);
    else conclude(made);
}

async function disconnect() {
    const gone = await call("DELETE", path("/connection"), "Disconnected. MeetGate has erased the tokens.");
    await look();
    conclude(gone);
}

async function listMeetings() {
    const list = await call("GET", path("/meetings"),
        ({items: {length}}) => length === 1 ? "One upcoming meeting." : `${length || "No"} upcoming meetings.`);
    if (list.ok) showMeetings(list.answer.items);
    return list;
}

async function createMeeting() {
    const start = new Date($("start").value);
    const end = new Date(start.getTime() + $("duration").value * 60_000);
    const made = await call("POST", path("/meetings"), ({subject}) => `“${subject}” is created.`,
        {subject: $("subject").value, startTime: utc(start), endTime: utc(end)});
    for (const field in inputs) inputs[field].ariaInvalid = String(field === made.answer.field);
    if (made.answer.joinUrl) joinUrls.set(made.answer.id, made.answer.joinUrl);
    if (made.ok) await listMeetings();
    conclude(made);
}

async function deleteMeeting({id, subject}) {
    if (!demo.sandbox && !confirm(`Delete “${subject}” from the real GoToMeeting account?`)) return;
    const gone = await call("DELETE", path(`/meetings/${encodeURIComponent(id)}`), `“${subject}” is deleted.`);
    if (gone.ok) await listMeetings();
    conclude(gone);
    $("upcoming").focus();
}

async function breakIt(how, says) {
    const before = connection?.generation;
    const broken = await call("POST", how, says, {account: connection?.account?.email});
    if (!broken.ok) return conclude(broken);
    const list = await listMeetings();
    await loadConnection();
    const after = connection?.generation;
    if (!list.ok) conclude(list);
    else if (after === before) remark(`The meetings came without a new token; still generation ${after}.`, "warn");
    else remark("GoTo rejected the token; MeetGate refreshed it once and repeated the call; "
        + `generation ${before} → ${after}.`, "good");
}

async function switchGoTo() {
    const switched = outage
        ? await call("POST", "/demo/api/mend", "GoTo works again.")
        : await call("POST", "/demo/api/fail", "GoTo answers 503 to every call.");
    await glance();
    const list = connection?.status === "CONNECTED" ? await listMeetings() : switched;
    conclude(list.ok ? {...switched, tone: outage ? "warn" : "good"} : list);
}

async function switchReceiver() {
    const switched = receiverFails
        ? await call("POST", "/demo/webhook/mend", "The receiver works again. MeetGate sends what it has missed.")
        : await call("POST", "/demo/webhook/fail", "The receiver answers 500 to every event.");
    if (switched.ok && receiverFails) await sendPending();
    await glance();
    conclude({...switched, tone: receiverFails ? "warn" : switched.tone});
}

/** Asks for each pending event, the oldest first. Without that, the next attempt can be hours away. */
async function sendPending() {
    const {answer: {items = []}} = await send("GET", "/v1/webhook/deliveries?state=PENDING&limit=100");
    for (const {id} of items.reverse()) await send("POST", "/v1/webhook/redeliver", {id});
}

/* What is read again and again, without a line in the log */

const pause = 2000, most = 15;

/** As long as somebody looks at the page. */
async function watch() {
    if (!document.hidden) await glance();
    setTimeout(watch, pause);
}

async function glance() {
    const of = encodeURIComponent(user());
    const [people, events, entries, arrived] = await Promise.all([
        send("GET", "/v1/connections?limit=50"),
        send("GET", `/v1/events?user=${of}&limit=100`),
        send("GET", `/v1/audit?user=${of}&limit=100`),
        demo.sandbox ? send("GET", "/demo/events") : {},
    ]);
    if (people.ok) ifNew("people", people.answer.items, showPeople);
    if (events.ok && entries.ok) ifNew("story", [user(), events.answer.items, entries.answer.items], showStory);
    if (arrived.ok) ifNew("arrived", arrived.answer, showArrived);
}

const seen = {};
/** What stays the same is not drawn again: somebody may be reading it, or be about to press it. */
function ifNew(name, content, show) {
    const text = JSON.stringify(content);
    if (seen[name] === text) return;
    seen[name] = text;
    show(content);
}

/* Showing */

function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
}

function tomorrowAtNine() {
    const date = new Date(Date.now() + 86_400_000);
    date.setHours(9, -date.getTimezoneOffset(), 0, 0);
    return date.toISOString().slice(0, 16);
}

function badge(target, text, tone) {
    target.textContent = text;
    target.className = `badge ${tone}`;
}

function showGoTo() {
    badge($("goto"), demo.sandbox ? "GoTo: the sandbox" : "GoTo: the real one", demo.sandbox ? "good" : "warn");
    $("goto").title = demo.sandboxUrl ?? "";
    $("console").hidden = $("console-story").hidden = !demo.console;
    $("break").hidden = $("events-step").hidden = !demo.sandbox;
}

function showWays() {
    if (!demo.sandbox) delete ways.late;
    if (!demo.carefulKey) delete ways.confirm;
    $("way").replaceChildren(...Object.entries(ways).map(([value, [label]]) => element("option", {value}, label)));
    showWay();
}

function showWay() {
    $("way-hint").textContent = ways[$("way").value][1];
}

function showConnection(otherwise) {
    const [label, tone] = labels[connection?.status] ?? [otherwise, ""];
    badge($("connection-status"), label, tone);
    $("connection-status").dataset.status = connection?.status ?? "NONE";
    $("connection").replaceChildren(...facts(connection ?? {}));
    $("connection-actions").hidden = !connection && !demo.console;
    $("disconnect").hidden = $("own-page").hidden = !connection;
    $("console-story").href = `/console/users/${demo.tenant}/${encodeURIComponent(user())}`;
    for (const hint of document.querySelectorAll(".hint")) hint.hidden = Boolean(connection);
    for (const needs of document.querySelectorAll("fieldset, [data-connected]")) needs.disabled = !connection;
}

function facts({account = {}, reason, generation, accessTokenExpiresAt, connectedAt, refreshedAt, scopes}) {
    return Object.entries({
        "Account": account.email,
        "Name": [account.firstName, account.lastName].filter(Boolean).join(" "),
        "Reason": reason?.toLowerCase().replaceAll("_", " "),
        "Generation": generation?.toString(),
        "Token expires": when(accessTokenExpiresAt),
        "Connected": when(connectedAt),
        "Refreshed": when(refreshedAt),
        "Scopes": scopes?.join(" "),
    }).filter(([, fact]) => fact).flatMap(([name, fact]) => [element("dt", {}, name), element("dd", {}, fact)]);
}

function showMeetings(meetings) {
    $("no-meetings").hidden = meetings.length > 0;
    $("meetings").replaceChildren(...meetings.map(meetingLine));
}

function meetingLine(meeting) {
    const {id, subject, startTime, endTime, joinUrl = joinUrls.get(id)} = meeting;
    const range = startTime && endTime ? time.formatRange(new Date(startTime), new Date(endTime)) : "";
    const about = [element("b", {}, subject), element("p", {className: "soft"}, range)];
    const join = element("a", {href: joinUrl, target: "_blank", rel: "noopener noreferrer"}, "Join link");
    const remove = element("button", {className: "danger small", ariaLabel: `Delete ${subject}`}, "Delete");
    on(remove, "click", () => deleteMeeting(meeting));
    return element("li", {}, element("div", {}, ...about, /^https?:/.test(joinUrl) ? join : ""), remove);
}

function showPeople(people) {
    $("no-people").hidden = people.length > 0;
    $("known").replaceChildren(...people.map(({user}) => element("option", {value: user})));
    $("people").replaceChildren(...people.map(({user, status, reason}) => {
        const button = element("button", {className: "quiet small", type: "button"}, user);
        on(button, "click", () => choose(user));
        const [label, tone] = labels[status] ?? [status, ""];
        const state = element("span", {className: `badge ${tone}`}, reason?.toLowerCase().replaceAll("_", " ") ?? label);
        return element("li", {}, button, state);
    }));
    markUser();
}

function choose(chosen) {
    $("user").value = chosen;
    markUser();
    return look();
}

function markUser() {
    for (const button of document.querySelectorAll("#people button"))
        if (button.textContent === user()) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
}

/** Events and audit entries of a user, the newest first. */
function showStory([name, events, entries]) {
    $("story-of").textContent = `The story of ${name}`;
    const told = events.map(({time, type, data}) => ({
        time, what: `Told: ${type.replace("dev.meetgate.", "")}`,
        about: ["event", data.connection?.reason, data.problem].filter(Boolean).join(" · "),
        tone: /required|failed|denied|expired|disabled/.test(type) ? "warn" : "good",
    }));
    const done = entries.map(({time, action, actor, outcome, code, target}) => ({
        time, what: actions[action] ?? action,
        about: ["audit", `${actor.kind} ${actor.name ?? ""}`.trim(), outcome, code, target].filter(Boolean).join(" · "),
        tone: {refused: "warn", failed: "bad", unknown: "warn"}[outcome] ?? "",
    }));
    const all = [...told, ...done].sort((one, other) => other.time.localeCompare(one.time)).slice(0, most);
    $("no-story").hidden = all.length > 0;
    $("story").replaceChildren(...all.map(({time, what, about, tone}) => element("li", {className: tone},
        element("time", {dateTime: time}, when(time)), element("b", {}, what), element("p", {}, about))));
}

function showArrived({fails, outage: away, events}) {
    receiverFails = fails;
    outage = away;
    badge($("receiver"), fails ? "fails" : "works", fails ? "bad" : "good");
    badge($("goto-state"), away ? "is down" : "works", away ? "bad" : "good");
    $("fail").textContent = fails ? "Mend the receiver" : "Make the receiver fail";
    $("outage").textContent = away ? "End GoTo’s outage" : "Begin an outage of GoTo";
    $("no-events").hidden = events.length > 0;
    $("events").hidden = events.length === 0;
    $("events").tBodies[0].replaceChildren(...events.slice(-most).reverse().map(({body}) => eventLine(JSON.parse(body))));
}

function eventLine({type, subject = "", time}) {
    return element("tr", {}, element("td", {}, clock(time)),
        element("td", {}, element("code", {}, type.replace("dev.meetgate.", ""))), element("td", {}, subject));
}

function conclude({text, tone, answer}) {
    $("outcome").textContent = text;
    $("outcome-panel").className = `note ${tone}`;
    connectUrl = answer?.connectUrl;
    $("reconnect").hidden = !connectUrl;
    $("finish").hidden = true;
}

function remark(text, tone) {
    tell({text, tone});
    conclude({text, tone});
}

/** The log survives the way to GoTo and back. */
const log = () => JSON.parse(sessionStorage.getItem("log") ?? "[]");

function tell(happened) {
    const told = {...happened, at: clock(Date.now())};
    sessionStorage.setItem("log", JSON.stringify([told, ...log()].slice(0, 40)));
    $("log").prepend(logLine(told));
}

function logLine({at, text, tone, curl, answer, status, ms}) {
    const about = element("p", {className: "about"}, at);
    if (curl !== undefined) about.append(element("span", {className: `badge ${tone}`}, status ?? "no answer"), `${ms} ms`);
    const line = element("li", {}, about, element("p", {}, text));
    if (curl) line.append(element("pre", {}, curl));
    if (answer) line.append(element("details", {}, element("summary", {}, "The answer"), element("pre", {}, answer)));
    return line;
}

/* Doing */

let line = Promise.resolve();
/** Runs one step after the other, in the order of the clicks. */
const inLine = step => line = line.then(step).catch(error => remark(`This page failed: ${error.message}`, "bad"));

/** Ignores a second click while the first one is handled. */
function on(target, event, step) {
    let waiting = false;
    target.addEventListener(event, async happened => {
        happened.preventDefault();
        if (waiting) return;
        waiting = true;
        await inLine(step);
        waiting = false;
    });
}

on($("connect-form"), "submit", connect);
on($("disconnect"), "click", disconnect);
on($("own-page"), "click", openOwnPage);
on($("create-meeting"), "submit", createMeeting);
$("create-meeting").addEventListener("input", ({target}) => target.ariaInvalid = "false");
on($("refresh"), "click", async () => conclude(await listMeetings()));
on($("expire"), "click", () => breakIt("/demo/expire", "The sandbox no longer accepts the access token it issued."));
on($("revoke"), "click", () => breakIt("/demo/revoke", "The sandbox acts as if consent had been withdrawn."));
on($("outage"), "click", switchGoTo);
on($("fail"), "click", switchReceiver);
on($("finish"), "click", () => finish());
on($("reconnect"), "click", () => location.assign(connectUrl));
$("way").addEventListener("change", showWay);
$("user").addEventListener("change", () => inLine(() => choose(user())));
addEventListener("pageshow", ({persisted}) => persisted && inLine(look));
inLine(start);
