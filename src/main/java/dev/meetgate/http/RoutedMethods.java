package dev.meetgate.http;

import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** The methods of paths that the OpenAPI document leaves out, such as the console's. */
final class RoutedMethods {

    private RoutedMethods() {}

    /** The methods that resources have for the path of the current request. */
    static List<String> ofCurrentPath() {
        var request = CurrentRequestManager.get();
        var methods = new ArrayList<String>();
        var match = new RequestMapper<>(request.getDeployment().getClassMappers()).map(request.getPathWithoutPrefix());
        if (match != null) {
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    addTo(methods, routing, match);
                }
            }
        }
        return methods.stream().sorted().toList();
    }

    private static void addTo(
            List<String> methods, ClassRoutingHandler routing, RequestMapper.RequestMatch<InitialMatch> match) {
        String rest = match.remaining.isEmpty() ? "/" : match.remaining;
        routing.getMappers().forEach((method, paths) -> {
            if (method != null && paths.map(rest) != null) {
                methods.add(method);
            }
        });
    }
}
