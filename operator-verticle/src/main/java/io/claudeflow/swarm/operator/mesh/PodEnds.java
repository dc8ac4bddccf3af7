package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ledger of pods that are gone, again until it knows; once the gate is shut, the next complete list says it. Any thread;
 * returns at once.
 */
public final class PodEnds {
    private static final Logger LOG = LoggerFactory.getLogger(PodEnds.class);
    private static final Duration LEDGER_AWAY = Duration.ofSeconds(1);

    private final Declarations declarations;
    private final LedgerGate gate;
    private final ThreadFactory threads;

    public PodEnds(Declarations declarations, LedgerGate gate, ThreadFactory threads) {
        this.declarations = declarations;
        this.gate = gate;
        this.threads = threads;
    }

    /** Called by informers, which must not wait for the ledger. */
    public void gone(String podUid) {
        threads.newThread(() -> tell(podUid)).start();
    }

    private void tell(String podUid) {
        try {
            while (gate.open()) {
                try {
                    declarations.gone(podUid, "its pod is gone");
                    return;
                } catch (SwarmException e) {
                    LOG.atDebug().addKeyValue("pod", podUid).setCause(e).log("the ledger was not told yet");
                }
                Thread.sleep(LEDGER_AWAY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
