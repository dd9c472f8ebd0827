package dev.meetgate.console;

import dev.meetgate.problem.Problem;
import dev.meetgate.vault.ConnectionSearch;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The console's pages as HTML. */
final class ConsolePages {

    private ConsolePages() {}

    static Response fleet(Fleet fleet, ConsoleTexts texts, @Nullable Operator operator) {
        Chart chart = fleet.budget() == null ? null : Chart.of(fleet.budget().minutes(), texts);
        return page(Templates.consoleFleet(fleet, chart, operator));
    }

    static Response users(
            ConsoleResource.Wanted wanted,
            List<String> tenants,
            ConnectionSearch.Result found,
            @Nullable Operator operator) {
        String next = found.nextCursor() == null ? null : wanted.next(found.nextCursor());
        return page(Templates.consoleUsers(wanted, tenants, found, next, operator));
    }

    static Response story(Story story, @Nullable Done done, @Nullable Operator operator) {
        return page(Templates.consoleStory(story, done, operator));
    }

    static Response webhooks(
            ConsoleResource.WebhookPage webhooks, String state, @Nullable Done done, @Nullable Operator operator) {
        return page(Templates.consoleWebhooks(webhooks, state, done, operator));
    }

    static Response notSignedIn(int status, String title, String message) {
        return Response.fromResponse(page(Templates.consoleSignIn(title, message)))
                .status(status)
                .build();
    }

    /** Wrong values and rare problems are explained in English, as to programs. */
    static TemplateInstance problem(Problem problem, ConsoleTexts texts) {
        PageProblem known = PageProblem.of(problem.code());
        boolean isExplained = known != null && known != PageProblem.INVALID_REQUEST;
        return Templates.consoleProblem(
                known == null ? null : texts.problemOf(known),
                isExplained ? null : problem.detail(),
                problem.code(),
                known == PageProblem.UNAUTHENTICATED);
    }

    private static Response page(TemplateInstance template) {
        return Response.ok(template)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .build();
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance consoleFleet(Fleet fleet, @Nullable Chart chart, @Nullable Operator operator);

        static native TemplateInstance consoleUsers(
                ConsoleResource.Wanted wanted,
                List<String> tenants,
                ConnectionSearch.Result found,
                @Nullable String next,
                @Nullable Operator operator);

        static native TemplateInstance consoleSignIn(String title, String message);

        static native TemplateInstance consoleProblem(
                @Nullable String text, @Nullable String inEnglish, String code, boolean isSignedOut);

        static native TemplateInstance consoleStory(Story story, @Nullable Done done, @Nullable Operator operator);

        static native TemplateInstance consoleWebhooks(
                ConsoleResource.WebhookPage webhooks, String state, @Nullable Done done, @Nullable Operator operator);
    }
}
