package dev.meetgate.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The authorization endpoint (RFC 6749 §3.1) and the consent page. */
final class AuthorizationEndpoint {

    private final World world;
    private final Map<String, ConsentRequest> undecided = new HashMap<>();

    AuthorizationEndpoint(World world) {
        this.world = world;
    }

    Answer authorize(RoutingContext context) {
        MultiMap query = context.queryParams();
        String redirectUri = single(query, "redirect_uri");
        if (!world.client().id().equals(single(query, "client_id"))
                || redirectUri == null
                || !world.isRegistered(redirectUri)) {
            return HtmlPage.unknownClient();
        }
        String state = single(query, "state");
        if (state != null) {
            world.secrets().remember(state);
        }
        var request = ConsentRequest.read(query, response(redirectUri, state));
        Behaviour behaviour = world.behaviour();
        return switch (behaviour.consent()) {
            case "ASK" -> ask(request);
            case "ALLOW" -> allow(request, Person.findByEmail(behaviour.consentAccount()), context);
            case "DENY" -> refuse(request, "access_denied");
            default -> refuse(request, behaviour.consent());
        };
    }

    /** Takes the decision from a consent page. Each page works once. */
    Answer decide(RoutingContext context) {
        MultiMap form = context.request().formAttributes();
        ConsentRequest request = undecided.remove(form.get("request"));
        if (request == null) {
            return HtmlPage.decidedBefore();
        }
        return "allow".equals(form.get("decision"))
                ? allow(request, Person.findByEmail(form.get("account")), context)
                : refuse(request, "access_denied");
    }

    private Answer ask(ConsentRequest request) {
        String id = UUID.randomUUID().toString();
        undecided.put(id, request);
        return new ConsentPage(id, request, world.client()).answer();
    }

    private Answer allow(ConsentRequest request, @Nullable Person account, RoutingContext context) {
        if (account == null) {
            return refuse(request, "access_denied");
        }
        context.put(RequestLog.ACCOUNT, account.email());
        return response(request.redirectUri(), request.state())
                .code(world.codes().issue(request, account, world.behaviour()));
    }

    private Answer refuse(ConsentRequest request, String error) {
        return response(request.redirectUri(), request.state()).error(error, "The sandbox says " + error);
    }

    private ClientRedirect response(String redirectUri, @Nullable String state) {
        Behaviour behaviour = world.behaviour();
        String issuer = behaviour.issuer() == null ? world.url().toString() : behaviour.issuer();
        return new ClientRedirect(redirectUri, state, behaviour.sendIssuer() ? issuer : null);
    }

    private static @Nullable String single(MultiMap query, String name) {
        List<String> values = query.getAll(name);
        return values.size() == 1 ? values.get(0) : null;
    }
}
