package io.claudeflow.swarm.hivemind.adapter.bus;

import io.claudeflow.swarm.hivemind.leader.Coordinator;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.kit.trace.Tracer;
import io.claudeflow.swarm.mesh.hivemind.HivemindChannels;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One replica's door on the bus. */
public final class HivemindBus {
    private final Bus bus;
    private final String clusterUid;
    private final long epoch;
    private final int ordinal;
    private final Tracer tracer;
    private Bus.@Nullable Registration registration;

    public HivemindBus(Bus bus, String clusterUid, long epoch, int ordinal, Tracer tracer) {
        this.bus = bus;
        this.clusterUid = clusterUid;
        this.epoch = epoch;
        this.ordinal = ordinal;
        this.tracer = tracer;
    }

    /** Serves from now on; completes when the whole mesh knows. */
    public Future<Void> start(Coordinator coordinator) {
        return bus.serve(HivemindChannels.replica(ordinal), (request, trace) -> answer(coordinator, request, trace))
                .map(served -> {
                    registration = served;
                    return (Void) null;
                });
    }

    public Future<Void> stop() {
        return registration == null ? Future.succeededFuture() : registration.end();
    }

    /** Tells all members how the swarm stands. */
    public void publish(SwarmState state) {
        bus.publish(HivemindChannels.STATE, state);
    }

    private Future<HivemindReply> answer(Coordinator coordinator, HivemindCommand.Request request,
            TraceContext trace) {
        if (!request.clusterUid().equals(clusterUid)) {
            return Future.failedFuture(new SwarmException(ErrorCode.INVALID, "clusterUid: " + request.clusterUid()
                    + " is another swarm; this one is " + clusterUid));
        }
        if (request.epoch() != null && request.epoch() != epoch) {
            return Future.succeededFuture(new HivemindReply.StaleEpoch(epoch));
        }
        var span = tracer.start(request.command().getClass().getSimpleName(), trace,
                Map.of("swarm.cluster.uid", clusterUid, "swarm.replica", Integer.toString(ordinal)));
        return coordinator.handle(request.command()).onComplete(answered -> {
            if (answered.succeeded()) {
                span.end();
            } else {
                span.fail(String.valueOf(answered.cause().getMessage()));
            }
        });
    }
}
