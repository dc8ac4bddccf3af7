package io.claudeflow.swarm.operator.adapter.bus;

import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.HivemindChannels;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.operator.mesh.Hivemind;
import io.claudeflow.swarm.operator.mesh.Outward;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.claudeflow.swarm.operator.mesh.SwarmPicture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the leader and keeps asking it. Who leads is learned from what the leader publishes; while nothing was heard, from the
 * replicas themselves, all asked at once.
 */
public final class BusHivemind implements Hivemind {
    private static final Logger LOG = LoggerFactory.getLogger(BusHivemind.class);
    private static final long TICK_MS = 500;
    private static final long FIRST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 500;

    private final Vertx vertx;
    private final Bus bus;
    private final SwarmId swarm;
    private final SwarmPicture picture;
    private final IntSupplier replicas;
    private Bus.@Nullable Registration subscription;
    private long timer = -1;
    private @Nullable Future<Void> searching;
    private boolean reading;
    private String readAs = "";

    /**
     * A link that hears nothing yet.
     *
     * @param replicas how many replicas may be asked, from ordinal 0
     */
    public BusHivemind(Vertx vertx, Bus bus, SwarmId swarm, SwarmPicture picture, IntSupplier replicas) {
        this.vertx = vertx;
        this.bus = bus;
        this.swarm = swarm;
        this.picture = picture;
        this.replicas = replicas;
    }

    /** Listens to the leader and looks for it. Completes once it listens. */
    public Future<Void> start() {
        return bus.subscribe(HivemindChannels.STATE, this::heard).map(made -> {
            subscription = made;
            timer = vertx.setPeriodic(TICK_MS, _ -> tick());
            search();
            return null;
        });
    }

    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        var made = subscription;
        return made == null ? Future.succeededFuture() : made.end();
    }

    private void tick() {
        picture.tick();
        if (!picture.fresh()) {
            search();
        }
    }

    private void search() {
        look().onFailure(cause -> LOG.atWarn().setCause(cause).log("the search for a leader failed"));
    }

    private void heard(SwarmState state) {
        picture.heard(state);
        readPresence();
    }

    /** Reads who is connected whenever the leader says that it is somebody else than at the last reading. */
    private synchronized void readPresence() {
        var state = picture.state().orElse(null);
        if (state == null || reading || key(state).equals(readAs)) {
            return;
        }
        reading = true;
        once(Outward.LOOK, new HivemindCommand.ReadPresence(), HivemindChannels.ATTEMPT).onComplete(answer -> {
            if (answer.succeeded()) {
                noticed(answer.result());
            }
            done(answer.succeeded() && answer.result() instanceof HivemindReply.Presence);
        });
    }

    private void done(boolean again) {
        synchronized (this) {
            reading = false;
        }
        if (again) {
            readPresence();
        }
    }

    private static String key(SwarmState state) {
        return state.epoch() + "/" + state.term() + "/" + state.presence();
    }

    /** What a reply says of leader and presence. */
    private void noticed(HivemindReply reply) {
        switch (reply) {
            case HivemindReply.Presence presence -> {
                synchronized (this) {
                    readAs = key(presence.state());
                }
                picture.present(presence.state(), presence.connectedAgentUids());
            }
            case HivemindReply.NotLeader other when other.leader() >= 0 -> picture.suspect(other.leader());
            case HivemindReply _ -> {
                // It says nothing of them.
            }
        }
    }

    /** Asks every replica who leads; one search at a time. */
    private synchronized Future<Void> look() {
        if (searching != null) {
            return searching;
        }
        var questions = new ArrayList<Future<HivemindReply>>();
        for (int ordinal = 0; ordinal < replicas.getAsInt(); ordinal++) {
            questions.add(request(ordinal, new HivemindCommand.ReadPresence(), TraceContext.unsampled(),
                    HivemindChannels.ATTEMPT).onSuccess(this::noticed));
        }
        Promise<Void> ended = Promise.promise();
        searching = ended.future();
        Future.join(questions).onComplete(_ -> {
            synchronized (this) {
                searching = null;
            }
            ended.complete();
        });
        return ended.future();
    }

    private Future<HivemindReply> request(int ordinal, HivemindCommand command, TraceContext trace,
            Duration deadline) {
        boolean anyEpoch = command instanceof HivemindCommand.ReadPresence;
        var epoch = anyEpoch ? null : picture.state().map(SwarmState::epoch).orElse(null);
        return bus.request(HivemindChannels.replica(ordinal),
                new HivemindCommand.Request(swarm.clusterUid(), epoch, command), trace, deadline);
    }

    @Override
    public Future<HivemindReply> once(Outward row, HivemindCommand command, Duration deadline) {
        var leader = picture.leader();
        return leader.isPresent()
                ? request(leader.getAsInt(), row.checked(command), TraceContext.unsampled(), deadline)
                : Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE, "no leader is known"));
    }

    @Override
    public Future<HivemindReply> send(Outward row, HivemindCommand command, TraceContext trace) {
        var call = new Call(row.checked(command), trace, System.nanoTime() + LONGEST.toNanos());
        attempt(call, 0);
        return call.promise.future();
    }

    private void attempt(Call call, int tries) {
        var leader = picture.leader();
        if (leader.isEmpty()) {
            look().onComplete(_ -> again(call, tries, picture.leader().isPresent(), "no leader is known"));
            return;
        }
        int ordinal = leader.getAsInt();
        request(ordinal, call.command, call.trace, HivemindChannels.ATTEMPT).onSuccess(reply -> {
            switch (reply) {
                case HivemindReply.NotLeader other -> {
                    if (other.leader() >= 0 && other.leader() != ordinal) {
                        picture.suspect(other.leader());
                    } else {
                        picture.forgetLeader(ordinal);
                    }
                    again(call, tries, tries == 0 && other.leader() >= 0, "replica " + ordinal + " does not lead");
                }
                case HivemindReply.StaleEpoch stale -> {
                    picture.forgetLeader(ordinal);
                    again(call, tries, false, "the ledger has epoch " + stale.epoch());
                }
                case HivemindReply other -> call.promise.tryComplete(other);
            }
        }).onFailure(cause -> failed(call, tries, ordinal, cause));
    }

    private void failed(Call call, int tries, int ordinal, Throwable cause) {
        if (cause instanceof SwarmException known && (known.code().blame() == ErrorCode.Blame.USER
                || known.code().equals(ErrorCode.EXHAUSTED))) {
            call.promise.tryFail(known);
            return;
        }
        picture.forgetLeader(ordinal);
        again(call, tries, false, String.valueOf(cause.getMessage()));
    }

    private void again(Call call, int tries, boolean atOnce, String why) {
        long pause = atOnce ? 0 : pause(tries);
        if (System.nanoTime() + pause * 1_000_000 >= call.deadline) {
            call.promise.tryFail(new SwarmException(ErrorCode.INDETERMINATE, "the hive-mind did not take "
                    + call.command.getClass().getSimpleName() + " within " + LONGEST.toSeconds() + " s: " + why));
        } else if (pause == 0) {
            attempt(call, tries + 1);
        } else {
            vertx.setTimer(pause, _ -> attempt(call, tries + 1));
        }
    }

    private static long pause(int tries) {
        long pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(tries, 10));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1) + 1;
    }

    private static final class Call {
        final HivemindCommand command;
        final TraceContext trace;
        final long deadline;
        final Promise<HivemindReply> promise = Promise.promise();

        Call(HivemindCommand command, TraceContext trace, long deadline) {
            this.command = command;
            this.trace = trace;
            this.deadline = deadline;
        }
    }
}
