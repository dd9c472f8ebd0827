package dev.meetgate.connect;

import dev.meetgate.vault.Connection;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of the walk. Every one of them has a way on. */
final class Pages {

    /** A link to the application, or to another try. */
    record WayOn(String url, String text) {

        static @Nullable WayOn back(@Nullable URI url, String tenant) {
            return url == null ? null : new WayOn(url.toString(), "Back to " + tenant);
        }

        /** The same address again, which shows a link's page after a form. */
        static WayOn again(String text) {
            return new WayOn("", text);
        }
    }

    private static final String GOOD = "good";
    private static final String BAD = "bad";
    private static final String NEUTRAL = "";

    private Pages() {}

    static Response connect(
            String tenant, List<String> permissions, StoredLink link, String action, @Nullable Connection connection) {
        return page(
                Response.Status.OK,
                Templates.connect(tenant, permissions, link.content().displayName(), action, note(link, connection)));
    }

    private static @Nullable String note(StoredLink link, @Nullable Connection connection) {
        if (link.outcome() != null) {
            return link.outcome().message();
        }
        if (connection == null) {
            return null;
        }
        return connection.status() == Connection.Status.CONNECTED
                ? "You are already connected%s. Continue only to connect again, or to connect another account."
                        .formatted(as(connection))
                : "You were connected%s. GoTo no longer accepts that connection. Continue to connect again."
                        .formatted(as(connection));
    }

    private static String as(Connection connection) {
        String email = connection.account().email();
        return email == null ? "" : " as " + email;
    }

    static Response outcome(Outcome outcome) {
        String tone = outcome.isGood() ? GOOD : outcome.isBad() ? BAD : NEUTRAL;
        return page(
                Response.Status.OK,
                Templates.outcome(
                        outcome.title(), outcome.message(), tone, outcome.isGood() ? null : "/connected", null));
    }

    /** For a link that has done its work. */
    static Response alreadyConnected(String tenant, Connection connection, @Nullable URI back) {
        return page(
                Response.Status.NOT_FOUND,
                Templates.outcome(
                        "You are already connected" + as(connection),
                        "This link has done its work, and nothing else is needed. To connect another account, start"
                                + " again in %s.".formatted(tenant),
                        GOOD,
                        null,
                        WayOn.back(back, tenant)));
    }

    static Response usedLink(String tenant, @Nullable URI back) {
        return endedLink(
                "This link was already used",
                "A link connects an account once. To connect again, start again in %s.",
                tenant,
                back);
    }

    static Response expiredLink(String tenant, @Nullable URI back) {
        return endedLink(
                "This link has expired",
                "A link works for 15 minutes. Get a new one in %s: start again there.",
                tenant,
                back);
    }

    static Response linkOfAnotherBrowser(String tenant, @Nullable URI back) {
        return endedLink(
                "This link is in use in another browser",
                "Somebody has begun to connect with this link in another browser. If that was you, go on there, or get"
                        + " a new link in %s: start again there.",
                tenant,
                back);
    }

    static Response linkTriedTooOften(String tenant, @Nullable URI back) {
        return endedLink("This link was tried too often", "Get a new one in %s: start again there.", tenant, back);
    }

    private static Response endedLink(String title, String message, String tenant, @Nullable URI back) {
        return page(
                Response.Status.NOT_FOUND,
                Templates.outcome(title, message.formatted(tenant), NEUTRAL, null, WayOn.back(back, tenant)));
    }

    static Response unknownLink() {
        return page(
                Response.Status.NOT_FOUND,
                Templates.outcome(
                        "This link is not valid",
                        "It is incomplete, or it is older than a day. Go back to the application that gave you the"
                                + " link, and start again there.",
                        NEUTRAL,
                        null,
                        null));
    }

    static Response unknownCallback(@Nullable WayOn back) {
        return page(
                Response.Status.BAD_REQUEST,
                Templates.outcome(
                        "Please start again",
                        "Signing in at GoTo began in another browser, or was finished before. Nothing was changed now."
                                + " Go back to the application, and start again there if you are not connected.",
                        NEUTRAL,
                        null,
                        back));
    }

    /** Reloads by itself, because the first request is still at work. */
    static Response stillCompleting() {
        Duration pause = Duration.ofSeconds(2);
        Response page = retryLater(
                pause,
                Templates.outcome(
                        "One moment, please",
                        "GoTo has not answered yet. This page looks again every two seconds.",
                        NEUTRAL,
                        null,
                        WayOn.again("Look again now")));
        return Response.fromResponse(page).header("Refresh", pause.toSeconds()).build();
    }

    static Response fromElsewhere() {
        return page(
                Response.Status.FORBIDDEN,
                Templates.outcome(
                        "Please use the button on the page",
                        "The request came from another website. Nothing was changed. Open your link again and"
                                + " use its button.",
                        NEUTRAL,
                        null,
                        WayOn.again("Open the link again")));
    }

    static Response ourFault(Duration retryAfter) {
        return retryLater(
                retryAfter,
                Templates.outcome(
                        "Not available at the moment",
                        "The problem is on our side. Try again in a few minutes.",
                        BAD,
                        null,
                        WayOn.again("Try again")));
    }

    private static Response retryLater(Duration retryAfter, TemplateInstance template) {
        return Response.fromResponse(page(Response.Status.SERVICE_UNAVAILABLE, template))
                .header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds())
                .build();
    }

    private static Response page(Response.Status status, TemplateInstance template) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .entity(template.render())
                .build();
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance connect(
                String tenant, List<String> permissions, String user, String action, @Nullable String note);

        static native TemplateInstance outcome(
                String title, String message, String tone, @Nullable String again, @Nullable WayOn wayOn);
    }
}
