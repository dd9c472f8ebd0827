package dev.meetgate.connect;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

final class Pages {

    private Pages() {}

    static Response connect(String tenant, String user, String action) {
        return page(Response.Status.OK, Templates.connect(tenant, user, action));
    }

    static Response outcome(Outcome outcome) {
        return page(
                Response.Status.OK,
                Templates.outcome(outcome.title(), outcome.message(), outcome == Outcome.CONNECTED));
    }

    static Response unknownLink() {
        return page(
                Response.Status.NOT_FOUND,
                Templates.outcome(
                        "This link is no longer valid",
                        "It was already used or has expired. Go back to the application and start again.",
                        false));
    }

    static Response unknownCallback() {
        return page(
                Response.Status.BAD_REQUEST,
                Templates.outcome(
                        "Please start again",
                        "This attempt was already finished, has expired, or began in another browser. Nothing"
                                + " was stored. Go back to the application and start again.",
                        false));
    }

    static Response fromElsewhere() {
        return page(
                Response.Status.FORBIDDEN,
                Templates.outcome(
                        "Please use the button on the page",
                        "The request came from another website. Nothing was changed. Open your link again and"
                                + " use its button.",
                        false));
    }

    static Response ourFault(Duration retryAfter) {
        Response page = page(
                Response.Status.SERVICE_UNAVAILABLE,
                Templates.outcome(
                        "Not available at the moment",
                        "The problem is on our side. Go back to the application and try again in a few minutes.",
                        false));
        return Response.fromResponse(page)
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
        static native TemplateInstance connect(String tenant, String user, String action);

        static native TemplateInstance outcome(String title, String message, boolean good);
    }
}
