package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.MultithreadEventLoopGroup;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingsSourceTest {

    @Inject
    Vertx vertx;

    @Test
    void givesEachProcessorOneEventLoop() {
        var loops = (MultithreadEventLoopGroup) ((VertxInternal) vertx).getEventLoopGroup();

        assertEquals(Runtime.getRuntime().availableProcessors(), loops.executorCount());
    }
}
