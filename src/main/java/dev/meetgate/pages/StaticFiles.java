package dev.meetgate.pages;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Serves files from memory. Vert.x would first copy them to the disk, which may be read-only. */
@Singleton
@IfBuildProfile("prod")
class StaticFiles {

    static final String A_DAY = "public, max-age=86400";
    static final String FOR_EVER = "public, max-age=31536000, immutable";

    void routes(@Observes Router router) {
        for (StaticFile file : StaticFile.ALL) {
            router.route(file.path())
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(context -> answer(context, file));
        }
    }

    private static void answer(RoutingContext context, StaticFile file) {
        StaticFile.Content content = file.content();
        String tag = '"' + content.version() + '"';
        boolean versioned = ("v=" + content.version()).equals(context.request().query());
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, versioned ? FOR_EVER : A_DAY);
        if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            context.response().setStatusCode(304).end();
        } else {
            context.response().end(content.bytes());
        }
    }
}
