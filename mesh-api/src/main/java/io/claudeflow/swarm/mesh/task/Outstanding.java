package io.claudeflow.swarm.mesh.task;

import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.Finished;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** A request that has not come to its end. */
final class Outstanding {
    final ClientFrame frame;
    final Promise<String> accepted = Promise.promise();
    final Promise<Finished> finished = Promise.promise();
    final long since;
    /** Said on the present stream and not answered with an end. */
    boolean said;
    /** Not said before that moment, in milliseconds. */
    long notBefore;
    int refusals;
    @Nullable
    String cancelled;

    Outstanding(ClientFrame frame, long since) {
        this.frame = frame;
        this.since = since;
    }

    long request() {
        return frame.getSubmit().getRequest();
    }
}
