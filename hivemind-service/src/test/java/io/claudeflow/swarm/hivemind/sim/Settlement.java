package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What must have come true some time after the last trouble. */
final class Settlement {
    /** By then everything is settled: virtual milliseconds after healing. */
    static final int LONGEST = 600_000;
    /** Retries that no history uses up. */
    static final int MANY = 1_000;
    private static final int LOOK = 5_000;

    private final Swarm swarm;

    Settlement(Swarm swarm) {
        this.swarm = swarm;
    }

    /** Ends all troubles, lets time pass and looks. */
    void check() {
        heal();
        settle(this::restless);
        swarm.operator.unsuspend();
        settle(this::open);
        swarm.checker.ended().forEach(this::ended);
    }

    private void settle(Supplier<List<String>> look) {
        List<String> open = List.of("never looked");
        for (int passed = 0; passed < LONGEST && !open.isEmpty(); passed += LOOK) {
            swarm.time.run(LOOK);
            open = look.get();
        }
        if (!open.isEmpty()) {
            var left = swarm.checker.tasks().stream().filter(task -> !task.terminal()).toList();
            throw new Violation(LONGEST + " ms after the last trouble: " + String.join("; ", open) + "; " + left);
        }
    }

    private void ended(Task task) {
        resumed(task);
        var timeouts = task.spec().timeouts();
        var retries = task.spec().retries();
        Violation.unless(
                !timeouts.start().equals(Work.PATIENT)
                        || task.transitions().stream().noneMatch(seen -> seen.message().contains("did not begin")),
                "an assignment was not delivered", task);
        if (retries.limit() == MANY && timeouts.queue() == null && timeouts.deadline() == null
                && !swarm.witness.wasCancelled(task.uid())) {
            boolean completed = task.outcome() != null && task.outcome().phase() == TaskPhase.COMPLETED;
            if (!task.spec().workflow().none()) {
                Violation.unless(completed != Graphs.fails(task.spec().workflow()), "not as its graph says", task);
                return;
            }
            Violation.unless(
                    completed && swarm.witness.begun(task.uid()) > 0 && retries.onLost() == OnLost.RETRY,
                    "nothing speaks against its success", task);
        }
    }

    private void resumed(Task task) {
        task.steps().forEach(step -> {
            int seen = swarm.witness.checkpoints().resumed(task.uid(), step.path());
            Violation.unless(seen <= step.count().resumed(), seen + " attempts went on, more than are counted", task);
        });
    }

    /** What still runs of tasks that are to rest. */
    private List<String> restless() {
        var restless = new ArrayList<String>();
        for (var task : swarm.checker.tasks()) {
            if (task.suspended() && !task.terminal()) {
                note(restless, task.steps().stream().noneMatch(step -> step.phase().underWay()),
                        task.uid() + " is suspended, and held");
                note(restless, swarm.everyone().stream().noneMatch(agent -> agent.runs(task.uid())),
                        task.uid() + " is suspended, and runs");
            }
        }
        return restless;
    }

    private void heal() {
        for (var host : hosts()) {
            for (var other : hosts()) {
                swarm.network.heal(host, other);
            }
        }
        swarm.network.slow(0);
        swarm.network.duplicates(false);
        for (var replica : swarm.replicas) {
            ReplicaTrouble.revive(replica);
            replica.host.resume();
            replica.clocks.wall(0);
            replica.full = false;
        }
        swarm.agents.forEach(agent -> agent.host.resume());
        swarm.nodes.forEach(Host::resume);
    }

    private List<Host> hosts() {
        var all = new ArrayList<>(List.of(swarm.operator.host, swarm.submitter.host));
        swarm.replicas.forEach(replica -> all.add(replica.host));
        swarm.agents.forEach(agent -> all.add(agent.host));
        swarm.clients.forEach(client -> all.add(client.host));
        all.addAll(swarm.nodes);
        return all;
    }

    private @Nullable SwarmState state() {
        return swarm.replicas.stream()
                .map(replica -> replica.coordinator().state())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What is not as it should be, yet. */
    private List<String> open() {
        var open = new ArrayList<String>();
        long leaders = swarm.replicas.stream().filter(replica -> replica.coordinator().state() != null).count();
        note(open, leaders == 1, leaders + " replicas lead");
        var state = state();
        if (state != null) {
            note(open, state.queued() == 0, state.queued() + " steps wait");
            note(open, state.running() == 0, state.running() + " steps are held");
            note(open, state.connectedByType().equals(Map.of("coder", swarm.agents.size())),
                    "connected are " + state.connectedByType());
        }
        swarm.witness.requested().forEach((uid, _) -> {
            boolean ended = swarm.checker.outcome(uid) != null;
            boolean deleted = swarm.witness.wasDeleted(uid);
            note(open, ended || deleted && !swarm.checker.knows(uid), uid + " has no end");
            // Its end may be told before a submission is answered, and then nobody asks again.
            note(open, deleted || swarm.witness.wasAcknowledged(uid) || swarm.witness.end(uid) != null,
                    uid + " is not acknowledged");
        });
        for (var client : swarm.clients) {
            note(open, client.unanswered().isEmpty(), "no end was told of " + client.unanswered());
            client.settleAll();
        }
        note(open, swarm.operator.unended().isEmpty(), "no end was written for " + swarm.operator.unended());
        for (var replica : swarm.replicas) {
            long kept = replica.image()
                    .tasks()
                    .stream()
                    .filter(task -> task.about().origin() == TaskOrigin.KUBERNETES || task.outcome() == null
                            || swarm.clients.stream().anyMatch(client -> task.uid().startsWith(client.session)))
                    .count();
            note(open, kept == 0, kept + " tasks stay in replica " + replica.ordinal);
        }
        var image = swarm.replica(0).image();
        note(open, image.header().arrangement().equals(swarm.operator.arrangement()),
                "the arrangement is " + image.header().arrangement());
        note(open, image.agents().stream().noneMatch(Agent::lost), "agents are lost in the ledger");
        if (open.isEmpty()) {
            var first = Replica.bytes(swarm.replica(0).image());
            for (var replica : swarm.replicas) {
                note(open, Arrays.equals(first, Replica.bytes(replica.image())),
                        "replica " + replica.ordinal + " has another state than replica 0");
            }
        }
        return open;
    }

    private static void note(List<String> open, boolean holds, String otherwise) {
        if (!holds) {
            open.add(otherwise);
        }
    }
}
