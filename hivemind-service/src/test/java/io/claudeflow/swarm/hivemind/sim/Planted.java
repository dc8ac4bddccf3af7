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
                var step = task == null ? null : task.step(report.step().path());
                var holder = step == null ? null : step.holder();
                if (task != null && step != null && holder != null) {
                    var present = new StepKey(task.uid(), step.path(), step.begun());
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
    /** A checkpoint counts for whatever attempt is under way. */
    CHECKPOINT_WITHOUT_FENCE {
        @Override
        LedgerCommand command(LedgerCommand command, Ledger ledger) {
            if (command instanceof LedgerCommand.StepCheckpoint(var key, var _, var number, var data)) {
                var task = task(ledger, key.taskUid());
                var step = task == null ? null : task.step(key.path());
                var holder = step == null ? null : step.holder();
                if (step != null && holder != null) {
                    return new LedgerCommand.StepCheckpoint(new StepKey(key.taskUid(), key.path(), step.begun()),
                            holder.agentUid(), number, data);
                }
            }
            return command;
        }
    },
    /** What was said of a task counts in whatever order it comes. */
    UPDATES_IN_ANY_ORDER {
        @Override
        LedgerCommand command(LedgerCommand command, Ledger ledger) {
            if (command instanceof LedgerCommand.Update(var uid, var generation, var suspend, var priority)) {
                var task = task(ledger, uid);
                long next = task == null ? generation : Math.max(generation, task.about().generation() + 1);
                return new LedgerCommand.Update(uid, next, suspend, priority);
            }
            return command;
        }
    },
    /** A subtask runs whatever its condition says. */
    CONDITION_IGNORED {
        @Override
        LedgerCommand command(LedgerCommand command, Ledger ledger) {
            return command instanceof LedgerCommand.DecideSubtask(var uid, var subtask, var _, var message)
                    ? new LedgerCommand.DecideSubtask(uid, subtask, LedgerCommand.DecideSubtask.Decision.RUN, message)
                    : command;
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
        if (step.holder() == null || !task.spec().workflow().none()) {
            return task;
        }
        var waits = new Step(step.path(), StepPhase.WAITING, step.count(), Step.NEVER, null, step.progress(),
                step.work(),
                step.startedAt(), step.exitCode(), null);
        return new Task(task.about(), task.birth(), task.seq(), List.of(waits), task.suspended(), task.wish(),
                task.outcome(), task.transitions());
    }
}
