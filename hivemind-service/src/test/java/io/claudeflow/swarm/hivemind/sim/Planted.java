package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Ledger;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bugs between the log and the ledger, the same on every replica, to see whether the simulation finds them. */
enum Planted {
    NONE,
    /** A result counts for whatever attempt is under way, whoever holds it. */
    RESULT_WITHOUT_FENCE {
        @Override
        LedgerCommand command(LedgerCommand command, Ledger ledger) {
            if (command instanceof LedgerCommand.StepFinished report) {
                var task = task(ledger, report.step().taskUid());
                var holder = task == null ? null : task.root().holder();
                if (task != null && holder != null) {
                    var present = new StepKey(task.uid(), report.step().path(), task.root().begun());
                    return new LedgerCommand.StepFinished(present, holder.agentUid(), report.ending(),
                            report.exitCode(), report.value(), report.truncated(), report.durationMillis(),
                            report.message());
                }
            }
            return command;
        }
    },
    /** A snapshot forgets who works on what. */
    SNAPSHOT_WITHOUT_ASSIGNMENTS {
        @Override
        LedgerImage image(LedgerImage image) {
            return new LedgerImage(image.header(), image.agents(),
                    image.tasks().stream().map(Planted::withoutAssignment).toList(), image.tombstones(),
                    image.clients());
        }
    },
    /** A submission that comes again makes a task of its own. */
    SECOND_TASK {
        @Override
        LedgerCommand command(LedgerCommand command, Ledger ledger) {
            if (command instanceof LedgerCommand.Submit(var about, var proposed)
                    && task(ledger, about.uid()) != null) {
                var again = new Task.About(about.uid() + "-again", about.origin(), about.namespace(), about.name(),
                        about.submitter(), about.generation(), about.spec(), about.traceparent());
                return new LedgerCommand.Submit(again, proposed);
            }
            return command;
        }
    };

    LedgerCommand command(LedgerCommand command, Ledger ledger) {
        return command;
    }

    /** An image on its way into a snapshot. */
    LedgerImage image(LedgerImage image) {
        return image;
    }

    /** An entry on its way from the log into the ledger. */
    final LedgerEntry entry(LedgerEntry entry, Ledger ledger) {
        if (this == NONE) {
            return entry;
        }
        List<LedgerCommand> commands = new ArrayList<>();
        entry.commands().forEach(command -> commands.add(command(command, ledger)));
        return new LedgerEntry(entry.featureLevel(), entry.epoch(), entry.time(), entry.wallMillis(), entry.salt(),
                commands);
    }

    private static @Nullable Task task(Ledger ledger, String uid) {
        return ledger.image().tasks().stream().filter(task -> task.uid().equals(uid)).findFirst().orElse(null);
    }

    private static Task withoutAssignment(Task task) {
        var step = task.root();
        if (step.holder() == null) {
            return task;
        }
        var waits = new Step(step.path(), StepPhase.WAITING, step.count(), Step.NEVER, null, step.progress(),
                step.work(),
                step.startedAt(), step.exitCode(), null);
        return new Task(task.about(), task.birth(), task.seq(), List.of(waits), task.suspended(), task.wish(),
                task.outcome(), task.transitions());
    }
}
