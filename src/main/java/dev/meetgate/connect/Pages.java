package dev.meetgate.connect;

import dev.meetgate.pages.Application;
import dev.meetgate.pages.SupportCode;
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

/**
 * The pages of the walk. Every one of them has a way on. Pages that anybody can have without a link are not
 * logged.
 */
final class Pages {

    private Pages() {}

    static Response connect(
            Application application,
            List<Permission> permissions,
            StoredLink link,
            String action,
            @Nullable Connection connection,
            @Nullable String account) {
        ConnectLink content = link.content();
        boolean named = !content.displayName().equals(content.user().id());
        return page(
                Response.Status.OK,
                Templates.connect(
                        application,
                        permissions,
                        content.displayName(),
                        named,
                        action,
                        link.outcome() == null ? null : link.outcome().notice(),
                        connection,
                        account));
    }

    static Response outcome(Ending ending) {
        return page(Response.Status.OK, ending);
    }

    /** For a link that has done its work. */
    static Response alreadyConnected(Application application, @Nullable Connection connection, @Nullable URI back) {
        return page(
                Response.Status.NOT_FOUND,
                Ending.of(Notice.ALREADY_CONNECTED).in(application, back).as(connection));
    }

    static Response endedLink(Ending ending) {
        return page(Response.Status.NOT_FOUND, ending);
    }

    static Response unknownLink() {
        return page(Response.Status.NOT_FOUND, Ending.of(Notice.LINK_UNKNOWN));
    }

    static Response unknownCallback() {
        return page(Response.Status.BAD_REQUEST, Ending.of(Notice.UNKNOWN_CALLBACK));
    }

    static Response unknownCallback(Ending ending) {
        return page(Response.Status.BAD_REQUEST, ending);
    }

    /** Reloads by itself, because the first request is still at work. */
    static Response stillCompleting() {
        Duration pause = Duration.ofSeconds(2);
        Response page = retryLater(pause, Ending.of(Notice.WAITING));
        return Response.fromResponse(page).header("Refresh", pause.toSeconds()).build();
    }

    static Response fromElsewhere() {
        return page(Response.Status.FORBIDDEN, Ending.of(Notice.FORM_FOREIGN).with(Ending.Again.RELOAD));
    }

    static Response ourFault(Duration retryAfter, SupportCode code) {
        return retryLater(retryAfter, new Ending(Notice.UNAVAILABLE, null, null, null, Ending.Again.RELOAD, code));
    }

    private static Response retryLater(Duration retryAfter, Ending ending) {
        return Response.fromResponse(page(Response.Status.SERVICE_UNAVAILABLE, ending.with(Ending.Again.RELOAD)))
                .header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds())
                .build();
    }

    private static Response page(Response.Status status, Ending ending) {
        return page(status, Templates.outcome(ending));
    }

    static Response page(Response.Status status, TemplateInstance template) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .entity(template)
                .build();
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance connect(
                Application application,
                List<Permission> permissions,
                String user,
                boolean named,
                String action,
                @Nullable Notice notice,
                @Nullable Connection connection,
                @Nullable String account);

        static native TemplateInstance outcome(Ending ending);
    }
}
