package dev.meetgate.reactive;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The Vert.x context that a caller came on. It goes on there, because database sessions and the like belong to contexts. */
public record CallersContext(Context context) implements Executor {

    /** That of the code that runs now. */
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
