package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.pages.Application;
import dev.meetgate.pages.SupportCode;
import dev.meetgate.vault.Connection;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How the walk has ended, or why it cannot go on.
 *
 * @param application null where nothing tells which one it is
 * @param account the e-mail address of the connected account
 * @param back where the application is
 * @param code for support
 */
// Without @TemplateData, the binary keeps only members that are parameters of messages.
@TemplateData
record Ending(
        Notice notice,
        @Nullable Application application,
        @Nullable String account,
        @Nullable String back,
        Again again,
        @Nullable SupportCode code) {

    /** Another try: none, a form for the same link, or the same address again. */
    enum Again {
        NO,
        FORM,
        RELOAD
    }

    static Ending of(Notice notice) {
        return new Ending(notice, null, null, null, Again.NO, code(notice, notice.code()));
    }

    static Ending of(Outcome outcome) {
        Ending ending = of(outcome.notice()).with(outcome.isFinal() ? Again.NO : Again.FORM);
        String problem = outcome.problem();
        return problem == null
                ? ending
                : new Ending(ending.notice, null, null, null, ending.again, code(ending.notice, problem));
    }

    private static @Nullable SupportCode code(Notice notice, String problem) {
        return notice.hasCode() ? SupportCode.of(problem) : null;
    }

    Ending in(Application application, @Nullable URI back) {
        return new Ending(notice, application, account, back == null ? null : back.toString(), again, code);
    }

    Ending as(@Nullable Connection connection) {
        String email = connection == null ? null : connection.account().email();
        return new Ending(notice, application, email, back, again, code);
    }

    Ending with(Again again) {
        return new Ending(notice, application, account, back, again, code);
    }

    /** Support finds the code in the log. */
    Ending logged(User user) {
        if (code != null) {
            UserLog.info(user, "Showed the page " + code);
        }
        return this;
    }

    public boolean offersAWay() {
        return again != Again.NO || back != null;
    }

    public boolean mayTryAgain() {
        return again == Again.FORM;
    }

    public boolean mayReload() {
        return again == Again.RELOAD;
    }
}
