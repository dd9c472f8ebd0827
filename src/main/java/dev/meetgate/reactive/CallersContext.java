package dev.meetgate.reactive;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** Runs code on the caller's Vert.x context, where its database session belongs. */
public record CallersContext(Context context) implements Executor {

    public static CallersContext of(Vertx vertx) {
        return new CallersContext(vertx.getOrCreateContext());
    }

    @Override
    public void execute(Runnable command) {
        if (context.equals(Vertx.currentContext()) && Context.isOnEventLoopThread()) {
            command.run();
        } else {
            context.runOnContext(ignored -> command.run());
        }
    }
}
