package dev.meetgate.console;

import dev.meetgate.http.PublicUrl;
import dev.meetgate.issuer.IssuerClient;
import dev.meetgate.issuer.OpenIdProvider;
import dev.meetgate.secret.Secret;
import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Signs operators in and out, by the code flow with PKCE at the company's OpenID provider. */
@Singleton
@Path("/console")
class SignInResource {

    private static final String START = "/console";
    private static final int LONGEST_PAGE = 1000;
    private static final Pattern OWN_PAGE = Pattern.compile("/console([/?][^\\\\]*)?");

    private final ConsoleConfig config;
    private final Sessions sessions;
    private final Forms forms;
    private final Viewer viewer;
    private final PublicUrl publicUrl;
    private final URI redirectUri;
    private final @Nullable OpenIdProvider provider;

    SignInResource(
            ConsoleConfig config,
            Sessions sessions,
            Forms forms,
            Viewer viewer,
            PublicUrl publicUrl,
            IssuerClient issuerClient) {
        this.config = config;
        this.sessions = sessions;
        this.forms = forms;
        this.viewer = viewer;
        this.publicUrl = publicUrl;
        redirectUri = publicUrl.of("/console/callback");
        provider = config.issuer()
                .map(issuer -> new OpenIdProvider(
                        new OpenIdProvider.Client(
                                issuer.strip(),
                                config.clientId().orElseThrow().strip(),
                                config.clientSecret().orElseThrow(),
                                config.issuerByProxy()),
                        issuerClient))
                .orElse(null);
    }

    @GET
    @Path("sign-in")
    @Operation(hidden = true)
    public Uni<Response> signIn(
            @QueryParam("to") @Nullable String to, @QueryParam("again") boolean again, HttpServerRequest request) {
        String page = to != null && isOwnPage(to) ? to : START;
        if (provider == null) {
            return Uni.createFrom().item(see(START));
        }
        var attempt = OpenIdProvider.Attempt.begin();
        return provider.authorizationUri(attempt, redirectUri, again)
                .map(address -> Response.seeOther(address)
                        .cookie(sessions.forgetOldSignIns(request))
                        .cookie(sessions.begin(new Sessions.SignIn(attempt, page)))
                        .build())
                .onFailure(OpenIdProvider.Unusable.class)
                .recoverWithItem(this::away);
    }

    private static boolean isOwnPage(String to) {
        if (to.length() > LONGEST_PAGE || !OWN_PAGE.matcher(to).matches()) {
            return false;
        }
        try {
            return !new URI(to).isOpaque();
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private Response away(Throwable failure) {
        Log.warnf("The OpenID provider of the console has no usable answer: %s", failure.getMessage());
        ConsoleTexts texts = viewer.texts();
        return ConsolePages.notSignedIn(503, texts.providerAway(), texts.providerAwayText());
    }

    /** The code is sent once: the cookie of the sign-in ends with the answer. */
    @GET
    @Path("callback")
    @Operation(hidden = true)
    public Uni<Response> callback(
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("iss") @Nullable String issuer,
            HttpServerRequest request) {
        Sessions.SignIn signIn = state == null ? null : sessions.signIn(request, Secret.of(state));
        if (provider == null
                || signIn == null
                || state == null
                || !isSame(signIn.attempt().state(), state)) {
            ConsoleTexts texts = viewer.texts();
            return Uni.createFrom().item(ConsolePages.notSignedIn(400, texts.signInAgain(), texts.signInAgainText()));
        }
        Uni<Response> answer = code == null || (issuer != null && !provider.isIssuer(issuer))
                ? Uni.createFrom().item(refused())
                : redeemed(provider, signIn, Secret.of(code));
        return answer.map(page -> Response.fromResponse(page)
                .cookie(sessions.forgetSignIn(signIn.attempt().state()))
                .build());
    }

    private Uni<Response> redeemed(OpenIdProvider provider, Sessions.SignIn signIn, Secret code) {
        return provider.redeem(signIn.attempt(), code, redirectUri)
                .map(person -> signedIn(person, signIn.to()))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithItem(failure -> {
                    Log.warnf("A sign-in to the console failed: %s", failure.getMessage());
                    return refused();
                })
                .onFailure(OpenIdProvider.Unusable.class)
                .recoverWithItem(this::away);
    }

    private static boolean isSame(Secret state, String sent) {
        return MessageDigest.isEqual(state.sha256(), Secret.of(sent).sha256());
    }

    private Response signedIn(OpenIdProvider.Person person, String to) {
        String role = config.role().orElseThrow().strip();
        if (!person.roles().contains(role)) {
            Log.warnf("%s may not use the console, for want of the role %s", person.name(), role);
            ConsoleTexts texts = viewer.texts();
            return ConsolePages.notSignedIn(403, texts.roleMissing(), texts.roleMissingText(person.name(), role));
        }
        Log.infof("%s has signed in to the console", person.name());
        return Response.seeOther(publicUrl.of(to))
                .cookie(sessions.open(person.name()))
                .build();
    }

    private Response refused() {
        ConsoleTexts texts = viewer.texts();
        return ConsolePages.notSignedIn(403, texts.notSignedIn(), texts.notSignedInText());
    }

    @POST
    @RolesAllowed(Operator.ROLE)
    @Path("sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response signOut(byte[] body, HttpHeaders headers) {
        forms.read(body, headers);
        ConsoleTexts texts = viewer.texts();
        Response page = ConsolePages.notSignedIn(200, texts.signedOut(), texts.signedOutText());
        return Response.fromResponse(page).cookie(sessions.close()).build();
    }

    private Response see(String page) {
        return Response.seeOther(publicUrl.of(page)).build();
    }
}
