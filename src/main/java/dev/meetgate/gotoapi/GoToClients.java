package dev.meetgate.gotoapi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties.CONNECTION_POOL_SIZE;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.reactive.Circuit;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.ContextResolver;
import java.net.URI;

/**
 * Creates the REST clients of GoTo's API, all with the same filters and bounds.
 *
 * <p>All clients speak to one host, {@code GOTO_API_URL}. The proxy of {@code settings.WayOut}, the doctor,
 * the circuit, and the paths of {@code budget.Holds} and {@link RejectingPaths} know only that one.
 */
@Singleton
public class GoToClients {

    private static final int CONNECT_TIMEOUT_SECONDS = 3;

    /** More than a full budget of the slowest calls needs. */
    private static final int CONNECTIONS = 100;

    @ConfigMapping(prefix = "goto")
    interface ApiConfig {
        URI apiUrl();
    }

    /** GoTo sends keys as numbers or strings, arrays of one element as the element, and nulls. */
    private record WireMapper(ObjectMapper mapper) implements ContextResolver<ObjectMapper> {
        @Override
        public ObjectMapper getContext(Class<?> type) {
            return mapper;
        }
    }

    private final URI api;
    private final BearerFilter bearer;
    private final BudgetFilter budget;
    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;

    GoToClients(ApiConfig config, BearerFilter bearer, BudgetFilter budget, Vertx vertx, TlsConfigurationRegistry tls) {
        this.api = config.apiUrl();
        this.bearer = bearer;
        this.budget = budget;
        this.vertx = vertx;
        this.tls = tls;
    }

    @Produces
    @Singleton
    static Circuit circuit(Vertx vertx) {
        return new Circuit("GoTo's API", WireFailures::isSilence, vertx);
    }

    /** Creates a client for an interface. Keep the client, because each has its own connections. */
    public <T> T of(Class<T> calls) {
        QuarkusRestClientBuilder client = QuarkusRestClientBuilder.newBuilder();
        tls.get("goto").filter(goTo -> goTo.getTrustStore() != null).ifPresent(client::tlsConfiguration);
        return client.baseUri(api)
                .connectTimeout(CONNECT_TIMEOUT_SECONDS, SECONDS)
                // Bounds the wait for a free connection too.
                .readTimeout(AnswerBounds.LONGEST.toSeconds(), SECONDS)
                .userAgent("MeetGate")
                .property(CONNECTION_POOL_SIZE, CONNECTIONS)
                .followRedirects(false)
                .httpClientRequestCustomizer(new AnswerBounds(vertx))
                .register(bearer, BearerFilter.PRIORITIES)
                .register(budget, BudgetFilter.PRIORITIES)
                .register(new GoToErrors())
                .register(new WireMapper(wireMapper()))
                .build(calls);
    }

    public String address(String target) {
        return api.toString().replaceFirst("/*$", "/") + target;
    }

    public static ObjectMapper wireMapper() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.SKIP))
                .build();
    }
}
