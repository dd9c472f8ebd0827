package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** The state of the sandbox. Only the one event loop uses it, so nothing is synchronized. */
final class World {

    private final URI url;
    private final SandboxClient client;
    private final Set<String> redirectUris;
    private final Secrets secrets = new Secrets();

    private Behaviour behaviour;
    private Faults faults;
    private RateLimit rateLimit;
    private RequestLog log;
    private AuthorizationCodes codes;
    private Grants grants;
    private MeetingStore meetings;
    private SessionStore sessions;
    private final WebhookReceiver receiver = new WebhookReceiver();

    World(URI url, SandboxClient client) {
        this.url = url;
        this.client = client;
        this.redirectUris = new HashSet<>(client.redirectUris());
        reset();
    }

    /** Returns to the initial state. Redirect URIs stay, and secrets too: a test searches for older ones. */
    void reset() {
        behaviour = Behaviour.DEFAULT;
        faults = new Faults();
        rateLimit = new RateLimit();
        log = new RequestLog();
        codes = new AuthorizationCodes(secrets);
        grants = new Grants(secrets);
        meetings = new MeetingStore();
        sessions = new SessionStore(meetings);
        receiver.forget();
    }

    void change(JsonObject knobs) {
        behaviour = behaviour.with(knobs);
    }

    void register(String redirectUri) {
        redirectUris.add(redirectUri);
    }

    boolean isRegistered(String redirectUri) {
        return redirectUris.contains(redirectUri);
    }

    URI url() {
        return url;
    }

    SandboxClient client() {
        return client;
    }

    Secrets secrets() {
        return secrets;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    Faults faults() {
        return faults;
    }

    RateLimit rateLimit() {
        return rateLimit;
    }

    RequestLog log() {
        return log;
    }

    AuthorizationCodes codes() {
        return codes;
    }

    Grants grants() {
        return grants;
    }

    MeetingStore meetings() {
        return meetings;
    }

    SessionStore sessions() {
        return sessions;
    }

    WebhookReceiver receiver() {
        return receiver;
    }

    MeetingShapes shapes() {
        return new MeetingShapes(behaviour.dress(), url);
    }
}
