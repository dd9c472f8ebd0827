package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.secret.Secret;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a walk ends. Without a return URL it ends at MeetGate's own page, which has no name of the user. */
record WayBack(
        User user, @Nullable String returnUrl, @Nullable String state) {

    static WayBack of(ConnectLink link) {
        return new WayBack(link.user(), link.returnUrl(), link.state());
    }

    URI to(Outcome outcome, PublicUrl publicUrl) {
        URI application = toApplication(outcome);
        return application == null ? told(publicUrl.of("/connected"), false, outcome) : application;
    }

    /** The return URL with the outcome, or null. */
    @Nullable
    URI toApplication(Outcome outcome) {
        return returnUrl == null ? null : told(URI.create(returnUrl), true, outcome);
    }

    /** The return URL with the code for the application to finish with. */
    URI toFinish(Secret code) {
        URI end = Objects.requireNonNull(toApplication(Outcome.PENDING), "a link with a challenge has a return URL");
        return UriBuilder.fromUri(end).queryParam("code", code.reveal()).build();
    }

    /** The page of a form that a browser knows. What it sends may have odd characters. */
    static URI toPage(String parent, String sent, PublicUrl publicUrl) {
        return UriBuilder.fromUri(publicUrl.of(parent)).path("{sent}").build(sent);
    }

    /** The page that asks the person, which goes on from there. */
    static URI toConfirm(Secret code, PublicUrl publicUrl) {
        return publicUrl.of("/connect/confirm/" + code.reveal());
    }

    /** The return URL as the tenant lists it, for a browser that may be another person's, or null. */
    @Nullable
    URI plain() {
        return returnUrl == null ? null : URI.create(returnUrl);
    }

    private URI told(URI end, boolean withUser, Outcome outcome) {
        var target = UriBuilder.fromUri(end).queryParam("status", outcome.status());
        var values = new HashMap<String, Object>();
        if (withUser) {
            target.queryParam("user", "{user}");
            values.put("user", user.id());
        }
        if (outcome.problem() != null) {
            target.queryParam("problem", outcome.problem());
        }
        if (withUser && state != null) {
            target.queryParam("state", "{state}");
            values.put("state", state);
        }
        return target.buildFromMap(values);
    }
}
