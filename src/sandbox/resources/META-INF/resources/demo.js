/* Calls MeetGate with the demo tenant's key, as a company's service does. Values are inserted as text, not HTML. */

const $ = id => document.getElementById(id);
const user = () => $("user").value;
const path = rest => `/v1/users/${encodeURIComponent(user())}${rest}`;
const utc = date => date.toISOString().replace(".000", "");
const time = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "short"});
const when = text => text && time.format(new Date(text));
const labels = {CONNECTED: ["Connected", "good"], RECONNECT_REQUIRED: ["Must be connected again", "bad"]};
const tones = {RECONNECT_REQUIRED: "warn", "not-connected": ""};
const inputs = {subject: $("subject"), startTime: $("start"), endTime: $("duration")};
const joinUrls = new Map();
let demo = {}, connection, connectUrl, receiverFails = false;

/** Makes a call and logs it. `says` is the text for success, or a function that makes it from the answer. */
async function call(method, path, says, body) {
    const started = performance.now();
    const {status, ok, answer, retryAfter} = await send(method, path, body);
    const ms = Math.round(performance.now() - started);
    const text = !ok ? inWords(status, answer, retryAfter) : typeof says === "string" ? says : says(answer);
    const tone = tones[ok ? answer.status : answer.code] ?? (ok ? "good" : "bad");
    const code = ok ? "" : [answer.code, answer.field && `field ${answer.field}`].filter(Boolean).join(" · ");
    tell({method, path, status, ms, text, tone, code});
    return {ok, answer, text, tone};
}

async function send(method, path, body) {
    const headers = {Accept: "application/json"};
    if (path.startsWith("/v1/")) headers.Authorization = `Bearer ${demo.apiKey}`;
    if (body) headers["Content-Type"] = "application/json";
    try {
        const response = await fetch(path, {method, headers, body: JSON.stringify(body), cache: "no-store"});
        const answer = await response.json().catch(() => ({}));
        return {status: response.status, ok: response.ok, answer, retryAfter: response.headers.get("Retry-After")};
    } catch {
        return {ok: false, answer: {title: "MeetGate did not answer", detail: "Is it still running?"}};
    }
}

function inWords(status, {code, title, detail}, retryAfter) {
    if (code === "not-connected") return `${user()} has not connected a GoTo account yet.`;
    return [title ?? `MeetGate answered ${status}`, detail, retryAfter && `Try again in ${retryAfter} s`]
        .filter(Boolean).map(sentence => sentence.replace(/[^.!?]$/, "$&.")).join(" ");
}

async function start() {
    const {status, user = "alice", problem} = Object.fromEntries(new URLSearchParams(location.search));
    history.replaceState(null, "", location.pathname);
    $("user").value = user;
    $("start").value = tomorrowAtNine();
    $("story").append(...story().map(storyLine));
    const key = await call("GET", "/demo", "This page has the demo tenant's API key and acts as its service.");
    if (!key.ok) return conclude(key);
    demo = key.answer;
    showGoTo();
    if (demo.sandbox) watchEvents();
    await look();
    comeBack(status, problem);
}

/** Anybody can write this address. The page shows a success only if MeetGate confirms the connection. */
function comeBack(status, problem) {
    if (status === "denied") remark("Access was denied at GoTo. Nothing was changed.", "warn");
    if (status === "failed") remark(`Connecting failed${problem ? ` (${problem})` : ""}. Nothing was changed.`, "bad");
    if (status === "connected" && connection?.status === "CONNECTED")
        remark(`${user()} is connected. GoTo gave the tokens to MeetGate; this page never sees them.`, "good");
}

/** Loads the connection and, if it works, the meetings, and shows the more important result. */
async function look() {
    const found = await loadConnection();
    showMeetings([]);
    const list = connection?.status === "CONNECTED" ? await listMeetings() : found;
    conclude(list.ok ? found : list);
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
    const displayName = user().replace(/^\p{Ll}/u, letter => letter.toUpperCase());
    const made = await call("POST", path("/connect-links"), "MeetGate made a link that works once. The browser opens it.",
        {returnUrl: `${location.origin}/`, displayName});
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
    const broken = await call("POST", how, says);
    if (!broken.ok) return conclude(broken);
    const list = await listMeetings();
    await loadConnection();
    const after = connection?.generation;
    if (!list.ok) conclude(list);
    else if (after === before) remark(`The meetings came without a new token; still generation ${after}.`, "warn");
    else remark("GoTo rejected the token; MeetGate refreshed it once and repeated the call; "
        + `generation ${before} → ${after}.`, "good");
}

const pause = 2000, shown = 20;

/** Asks for events as long as somebody looks at the page. */
async function watchEvents() {
    if (!document.hidden) await loadEvents();
    setTimeout(watchEvents, pause);
}

async function loadEvents() {
    const {ok, answer} = await send("GET", "/demo/events");
    if (ok) showEvents(answer);
}

async function switchReceiver() {
    const switched = receiverFails
        ? await call("POST", "/demo/receiver/mend", "The receiver works again. MeetGate sends what it has missed.")
        : await call("POST", "/demo/receiver/fail", "The receiver answers 500 to every event.");
    if (switched.ok && receiverFails) await sendPending();
    await loadEvents();
    conclude(switched);
}

/** Asks for each pending event, the oldest first. Without that, the next attempt can be hours away. */
async function sendPending() {
    const {answer: {items = []}} = await send("GET", "/v1/webhook/deliveries?state=PENDING&limit=100");
    for (const {id} of items.reverse()) await send("POST", "/v1/webhook/redeliver", {id});
}

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

function showGoTo() {
    $("goto").textContent = demo.sandbox ? "GoTo: the sandbox" : "GoTo: the real one";
    $("goto").title = demo.sandboxUrl ?? "";
    $("goto").dataset.tone = demo.sandbox ? "good" : "warn";
    $("break").hidden = $("events-step").hidden = !demo.sandbox;
}

function showConnection(otherwise) {
    const [label, tone] = labels[connection?.status] ?? [otherwise, ""];
    $("connection-status").textContent = label;
    Object.assign($("connection-status").dataset, {tone, status: connection?.status ?? "NONE"});
    $("connection").replaceChildren(...facts(connection ?? {}));
    $("disconnect").hidden = !connection;
    for (const hint of document.querySelectorAll(".hint")) hint.hidden = Boolean(connection);
    for (const fields of document.querySelectorAll("fieldset")) fields.disabled = !connection;
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
    const remove = element("button", {className: "quiet danger", ariaLabel: `Delete ${subject}`}, "Delete");
    on(remove, "click", () => deleteMeeting(meeting));
    return element("li", {}, element("div", {}, ...about, /^https?:/.test(joinUrl) ? join : ""), remove);
}

function showEvents({fails, events}) {
    receiverFails = fails;
    $("receiver").textContent = fails ? "Fails" : "Works";
    $("receiver").dataset.tone = fails ? "bad" : "good";
    $("fail").textContent = fails ? "Let it work again" : "Make it fail";
    $("no-events").hidden = events.length > 0;
    $("events").replaceChildren(...events.slice(-shown).reverse().map(({body}) => eventLine(JSON.parse(body))));
}

function eventLine({type, subject = "", time}) {
    const parts = [["soft", new Date(time).toLocaleTimeString()], ["", type], ["soft", subject]];
    return element("li", {}, ...parts.map(([className, content]) => element("span", {className}, content)));
}

function conclude({text, tone, answer}) {
    $("outcome").textContent = text;
    $("outcome-panel").dataset.tone = tone;
    connectUrl = answer?.connectUrl;
    $("reconnect").hidden = !connectUrl;
}

function remark(text, tone) {
    tell({text, tone});
    conclude({text, tone});
}

/** The log survives the way to GoTo and back. */
const story = () => JSON.parse(sessionStorage.getItem("story") ?? "[]");

function tell(event) {
    const told = {...event, at: new Date().toLocaleTimeString()};
    sessionStorage.setItem("story", JSON.stringify([told, ...story()].slice(0, 60)));
    $("story").prepend(storyLine(told));
}

function storyLine({at, method, path, status = "no answer", ms, text, tone, code = ""}) {
    const part = (className, content) => element("span", {className}, content);
    const head = element("p", {className: "call"}, part("soft", at));
    if (method) head.append(part("", method), part("status", status), part("soft", `${ms} ms`), part("path", path));
    head.dataset.tone = tone;
    return element("li", {}, head, element("p", {}, text), element("p", {className: "code"}, code));
}

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
on($("create-meeting"), "submit", createMeeting);
$("create-meeting").addEventListener("input", ({target}) => target.ariaInvalid = "false");
on($("refresh"), "click", async () => conclude(await listMeetings()));
on($("expire"), "click", () => breakIt("/demo/expire", "The sandbox no longer accepts the access token it issued."));
on($("revoke"), "click", () => breakIt("/demo/revoke", "The sandbox acts as if consent had been withdrawn."));
on($("fail"), "click", switchReceiver);
on($("reconnect"), "click", () => location.assign(connectUrl));
$("user").addEventListener("change", () => inLine(look));
addEventListener("pageshow", ({persisted}) => persisted && inLine(look));
inLine(start);
