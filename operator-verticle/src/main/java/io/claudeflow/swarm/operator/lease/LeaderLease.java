package io.claudeflow.swarm.operator.lease;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One candidate for a Lease, on a virtual thread of its own. A single candidate holds it at once; another one takes over within
 * the Lease's duration after its holder was killed, and at once after it was released.
 */
public final class LeaderLease {
    /** How long a Lease lasts without being renewed. */
    public static final Duration DURATION = Duration.ofSeconds(3);
    /** A holder that could not renew for so long has lost it. */
    public static final Duration RENEW_WITHIN = Duration.ofSeconds(2);
    /** Between two attempts. */
    public static final Duration RETRY = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String identity;
    private final ThreadFactory threads;
    private final Consumer<Throwable> lost;
    private final Promise<Void> held = Promise.promise();
    private final Election election;
    private volatile boolean holding;
    private volatile @Nullable Thread thread;
    private @Nullable Lease last;

    /**
     * A candidate.
     *
     * @param identity the pod's name, from its environment
     * @param lost     told when the Lease was held and is lost: the Application has to end
     */
    public LeaderLease(KubernetesClient client, String namespace, String name, String identity,
            ThreadFactory threads, Consumer<Throwable> lost) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.identity = identity;
        this.threads = threads;
        this.lost = lost;
        this.election = new Election(identity);
    }

    /** Begins to contend. Completes once the Lease is held; fails when the rights to it are missing. */
    public Future<Void> hold() {
        var contender = threads.newThread(this::run);
        thread = contender;
        contender.start();
        return held.future();
    }

    public boolean holding() {
        return holding;
    }

    private void run() {
        try {
            checkRights();
            contend();
            holding = true;
            LOG.atInfo().addKeyValue("lease", namespace + "/" + name).addKeyValue("holder", identity).log("leading");
            held.tryComplete();
            keep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SwarmException | KubernetesClientException e) {
            held.tryFail(e);
        }
    }

    private void contend() throws InterruptedException {
        while (!attempt()) {
            Thread.sleep(RETRY);
        }
    }

    private void keep() throws InterruptedException {
        long renewedAt = System.nanoTime();
        while (true) {
            Thread.sleep(RETRY);
            if (attempt()) {
                renewedAt = System.nanoTime();
            } else if (System.nanoTime() - renewedAt > RENEW_WITHIN.toNanos() || !mine()) {
                holding = false;
                lost.accept(new SwarmException(ErrorCode.UNAVAILABLE,
                        "the Lease " + namespace + "/" + name + " is lost; another replica may lead now"));
                return;
            }
        }
    }

    private boolean mine() {
        var seen = last;
        return seen == null || identity.equals(seen.getSpec().getHolderIdentity());
    }

    /** True when the Lease is held from now on. */
    private boolean attempt() {
        try {
            var current = client.resources(Lease.class).inNamespace(namespace).withName(name).get();
            if (current == null) {
                last = client.resource(lease(null)).create();
                return true;
            }
            last = current;
            var step = election.next(current.getSpec().getHolderIdentity(),
                    current.getMetadata().getResourceVersion(), duration(current), System.nanoTime());
            if (step == Election.Step.WAIT) {
                return false;
            }
            last = client.resource(lease(current)).update();
            return true;
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue("lease", name).setCause(e).log("lease not renewed");
            return false;
        }
    }

    private static Duration duration(Lease lease) {
        var seconds = lease.getSpec().getLeaseDurationSeconds();
        return seconds == null ? DURATION : Duration.ofSeconds(seconds);
    }

    private Lease lease(@Nullable Lease before) {
        var now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        boolean again = before != null && identity.equals(before.getSpec().getHolderIdentity());
        var transitions = before == null || before.getSpec().getLeaseTransitions() == null
                ? 0
                : before.getSpec().getLeaseTransitions();
        return new LeaseBuilder().withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withResourceVersion(before == null ? null : before.getMetadata().getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds((int) DURATION.toSeconds())
                .withAcquireTime(again && before != null ? before.getSpec().getAcquireTime() : now)
                .withRenewTime(now)
                .withLeaseTransitions(again || before == null ? transitions : transitions + 1)
                .endSpec()
                .build();
    }

    /** Ends without a word: the Lease runs out. */
    public void abandon() {
        holding = false;
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Lets go, so that another candidate takes over at once. After the last reconciliation. Blocks. */
    public void release() {
        var running = thread;
        if (running != null) {
            running.interrupt();
            await(running);
        }
        if (!holding) {
            return;
        }
        holding = false;
        try {
            var current = client.resources(Lease.class).inNamespace(namespace).withName(name).get();
            if (current != null && identity.equals(current.getSpec().getHolderIdentity())) {
                current.getSpec().setHolderIdentity("");
                client.resource(current).update();
            }
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue("lease", name).setCause(e).log("lease not released; it will run out");
        }
    }

    /** A renewal that is under way would undo the release. */
    private static void await(Thread ending) {
        try {
            ending.join(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkRights() {
        var review = client.resource(new SelfSubjectRulesReviewBuilder().withNewSpec()
                .withNamespace(namespace)
                .endSpec()
                .build()).create();
        var allowed = review.getStatus()
                .getResourceRules()
                .stream()
                .filter(rule -> matches(rule.getApiGroups(), "coordination.k8s.io")
                        && matches(rule.getResources(), "leases")
                        && (rule.getResourceNames().isEmpty() || rule.getResourceNames().contains(name)))
                .flatMap(rule -> rule.getVerbs().stream())
                .toList();
        var missing = List.of("get", "create", "update").stream().filter(verb -> !matches(allowed, verb)).toList();
        if (!missing.isEmpty()) {
            throw new SwarmException(ErrorCode.FORBIDDEN, "the operator may not " + String.join(", ", missing)
                    + " the Lease " + namespace + "/" + name + "; bind it the Role that came with it");
        }
    }

    private static boolean matches(List<String> words, String wanted) {
        return words.contains("*") || words.contains(wanted);
    }
}
