package dev.meetgate.connect;

import dev.meetgate.http.PublicUrl;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells whether a form comes from MeetGate's own page, by the headers that browsers add to each form.
 *
 * <p>Browsers without {@code Sec-Fetch-Site} send {@code Origin}; some of 2019 and before send only
 * {@code Referer}. A browser without any of them may have been sent by another site that hides itself. A
 * program, such as curl, sends none of them and acts for itself.
 */
@Singleton
public class FormSource {

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String ORIGIN = "Origin";
    private static final String REFERER = "Referer";

    private final String ownOrigin;

    FormSource(PublicUrl publicUrl) {
        ownOrigin = publicUrl.origin();
    }

    /** Answers a form of MeetGate's own page, and says on a page that another one came from elsewhere. */
    Uni<Response> answer(HttpHeaders headers, Supplier<Uni<Response>> answer) {
        return isOurPage(headers) ? answer.get() : Uni.createFrom().item(Pages.fromElsewhere());
    }

    public boolean isOurPage(HttpHeaders headers) {
        if (isSent(FETCH_SITE, headers)) {
            return headers.getRequestHeader(FETCH_SITE).equals(List.of("same-origin"));
        }
        if (isSent(ORIGIN, headers)) {
            return headers.getRequestHeader(ORIGIN).equals(List.of(ownOrigin));
        }
        if (isSent(REFERER, headers)) {
            return headers.getRequestHeader(REFERER).stream().allMatch(page -> page.startsWith(ownOrigin + "/"));
        }
        return !isBrowser(headers);
    }

    private static boolean isSent(String name, HttpHeaders headers) {
        return !headers.getRequestHeader(name).isEmpty();
    }

    /** The name of every browser begins so. Another site cannot change it. */
    private static boolean isBrowser(HttpHeaders headers) {
        return headers.getRequestHeader(HttpHeaders.USER_AGENT).stream().anyMatch(name -> name.startsWith("Mozilla/"));
    }
}
