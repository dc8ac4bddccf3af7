package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SweepTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TrustUpdate;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ledger has to be told before anything about a single agent or task: whose tokens to believe, which agents there are,
 * which tasks there are. Done once for each epoch, as soon as a leader is known; until then the gate is shut and nobody
 * declares or submits, so that a complete set never sweeps away what was told just before it. On a virtual thread of its own.
 */
public final class Convergence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Convergence.class);
    private static final Duration KEYS_EVERY = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** What there is, as the caches have it. */
    public interface Inventory {
        /** Every agent of this swarm that has a Pod. */
        Collection<AgentDeclaration> agents();

        /** UIDs of all SwarmTasks of the namespace. */
        Set<String> taskUids();
    }

    private final Hivemind hivemind;
    private final SwarmPicture picture;
    private final Declarations declarations;
    private final Supplier<TrustUpdate> trust;
    private final Inventory inventory;
    private final Inward.Listener listener;
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final LedgerGate gate;
    private @Nullable Long epoch;
    private @Nullable TrustUpdate told;
    private @Nullable Thread thread;

    /**
     * A convergence.
     *
     * @param trust reads the API server's keys; blocks
     * @param gate  opened here, and nowhere else
     */
    public Convergence(Hivemind hivemind, SwarmPicture picture, Declarations declarations,
            Supplier<TrustUpdate> trust, Inventory inventory, LedgerGate gate, Inward.Listener listener) {
        this.hivemind = hivemind;
        this.picture = picture;
        this.declarations = declarations;
        this.trust = trust;
        this.inventory = inventory;
        this.gate = gate;
        this.listener = listener;
    }

    /** Begins; every cache is complete. */
    public void start(ThreadFactory threads) {
        var running = threads.newThread(this::run);
        thread = running;
        running.start();
    }

    /** Another leader was heard. */
    public void leaderChanged() {
        wake.offer(true);
    }

    private void run() {
        try {
            var keys = read();
            while (true) {
                if (!step(keys)) {
                    Thread.sleep(PAUSE);
                } else if (wake.poll(KEYS_EVERY.toMillis(), TimeUnit.MILLISECONDS) == null) {
                    keys = read();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TrustUpdate read() throws InterruptedException {
        while (true) {
            try {
                return trust.get();
            } catch (SwarmException e) {
                LOG.atWarn().setCause(e).log("the API server's keys could not be read; trying again");
                Thread.sleep(PAUSE);
            }
        }
    }

    /** False when it has to be tried again. */
    private boolean step(TrustUpdate keys) {
        var now = picture.state().orElse(null);
        if (now == null) {
            return true;
        }
        try {
            if (epoch == null || epoch != now.epoch()) {
                gate.set(false);
                converge(keys, now.seq());
                epoch = now.epoch();
                gate.set(true);
                LOG.atInfo().addKeyValue("epoch", now.epoch()).log("the hive-mind knows this swarm's agents and tasks");
                listener.heard(Inward.CONVERGED);
            } else if (!keys.equals(told)) {
                tell(keys);
            }
            return true;
        } catch (SwarmException e) {
            LOG.atDebug().setCause(e).log("the hive-mind could not be told yet; trying again");
            return false;
        }
    }

    /** At once, not one after the other: the ledger writes them into one entry. */
    private void converge(TrustUpdate keys, long asOf) {
        var trusted = hivemind.send(Outward.KEYS_READ, keys, TraceContext.root());
        var declared = declarations.all(inventory.agents(), asOf);
        var swept = hivemind.send(Outward.TASKS_LISTED, new SweepTasks(inventory.taskUids(), asOf),
                TraceContext.root());
        Future<Void> all = trusted.compose(_ -> declared).compose(_ -> swept).mapEmpty();
        try {
            all.await(Hivemind.LONGEST.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SwarmException(ErrorCode.INDETERMINATE, "the hive-mind did not answer in time", e);
        }
        told = keys;
    }

    private void tell(TrustUpdate keys) {
        hivemind.ask(Outward.KEYS_READ, keys, TraceContext.root());
        told = keys;
    }

    @Override
    public void close() {
        gate.set(false);
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
