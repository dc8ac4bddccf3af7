package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The last that was heard of the swarm. What an older leader says after a newer one was heard is not listened to. Any thread. */
public final class SwarmPicture {
    /** A leader that is silent for longer is no leader. */
    public static final Duration SILENCE = Duration.ofSeconds(3);

    private final SwarmId swarm;
    private final LongSupplier nanoTime;
    private final Inward.Listener listener;
    private @Nullable SwarmState state;
    private Set<String> connected = Set.of();
    private int leader = -1;
    private long heardAt;
    private boolean fresh;

    public SwarmPicture(SwarmId swarm, LongSupplier nanoTime, Inward.Listener listener) {
        this.swarm = swarm;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** SwarmState, as published. */
    public void heard(SwarmState next) {
        Inward change;
        synchronized (this) {
            if (!accepted(next)) {
                return;
            }
            change = change(state, next, fresh);
            state = next;
            leader = next.leader();
            heardAt = nanoTime.getAsLong();
            fresh = true;
        }
        if (change != null) {
            listener.heard(change);
        }
    }

    /** Presence, as the leader answered. */
    public void present(SwarmState next, Set<String> agentUids) {
        boolean changed;
        synchronized (this) {
            if (!accepted(next)) {
                return;
            }
            changed = !connected.equals(agentUids);
            connected = Set.copyOf(agentUids);
        }
        heard(next);
        if (changed) {
            listener.heard(Inward.PRESENCE_CHANGED);
        }
    }

    private boolean accepted(SwarmState next) {
        var known = state;
        return next.clusterUid().equals(swarm.clusterUid()) && (known == null || next.epoch() > known.epoch()
                || next.epoch() == known.epoch() && next.term() >= known.term());
    }

    private static @Nullable Inward change(@Nullable SwarmState before, SwarmState next, boolean wasFresh) {
        if (before == null || !wasFresh || before.leader() != next.leader() || before.term() != next.term()
                || before.epoch() != next.epoch()) {
            return Inward.LEADER_CHANGED;
        }
        if (before.drain() != next.drain()) {
            return Inward.DRAIN_CHANGED;
        }
        return before.connectedByType().equals(next.connectedByType()) && before.voters().equals(next.voters())
                ? null
                : Inward.COUNTS_CHANGED;
    }

    /** To be called now and then: notices silence. */
    public void tick() {
        synchronized (this) {
            if (!fresh || nanoTime.getAsLong() - heardAt <= SILENCE.toNanos()) {
                return;
            }
            fresh = false;
        }
        listener.heard(Inward.LEADER_SILENT);
    }

    /** A replica named another one as the leader. */
    public synchronized void suspect(int ordinal) {
        leader = ordinal;
    }

    /** Nobody answers at the leader's address. */
    public synchronized void forgetLeader(int ordinal) {
        if (leader == ordinal) {
            leader = -1;
        }
    }

    /** Whom to ask; empty: nobody is known. */
    public synchronized OptionalInt leader() {
        return leader < 0 ? OptionalInt.empty() : OptionalInt.of(leader);
    }

    public synchronized Optional<SwarmState> state() {
        return Optional.ofNullable(state);
    }

    /** Whether the leader was heard within {@link #SILENCE}. */
    public synchronized boolean fresh() {
        return fresh;
    }

    /** UIDs of the SwarmAgents with an open stream. */
    public synchronized Set<String> connected() {
        return connected;
    }
}
