package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.DeclareAgents;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.JobReport;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.RemoveAgents;
import io.claudeflow.swarm.mesh.hivemind.JobAttempt;
import io.claudeflow.swarm.mesh.hivemind.JobPhase;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one process of the operator does about Jobs; what JobPlan and TaskJobs do. Some of its words come late, or again. */
final class JobDesk {
    private static final int LATE = 3_000;
    /** How long a pod has to end by itself once its task is over. */
    private static final int PATIENCE = 5_000;

    private final Swarm swarm;
    private final Host host;
    private final JobPods pods;
    private final Consumer<HivemindCommand> out;
    private final Map<String, TaskState> states = new HashMap<>();
    private final Set<HivemindCommand> said = new HashSet<>();

    JobDesk(Swarm swarm, Host host, JobPods pods, Consumer<HivemindCommand> out) {
        this.swarm = swarm;
        this.host = host;
        this.pods = pods;
        this.out = out;
    }

    /** The tail has told a task's state. */
    void heard(TaskState state) {
        var before = states.get(state.taskUid());
        if (before == null || before.seq() < state.seq()) {
            states.put(state.taskUid(), state);
            look(state.taskUid());
        }
    }

    /** Does what a task's state asks for, given what there is. */
    void look(String taskUid) {
        var state = states.get(taskUid);
        for (var job : pods.of(taskUid)) {
            if (!job.foreign && job.ended()) {
                tell(new RemoveAgents(List.of(job.podUid), "its pod is gone"));
            }
        }
        if (state == null || state.phase().terminal() || !swarm.operator.wants(taskUid)) {
            return;
        }
        for (var job : pods.of(taskUid)) {
            if (state.jobs().stream().noneMatch(attempt -> attempt.step().equals(job.step))) {
                pods.delete(job);
            }
        }
        state.jobs().forEach(attempt -> wanted(attempt, pods.of(taskUid)));
    }

    /** Removes, from now on, what is left of tasks that are over or gone: a pod that nobody wants any more ends nowhere by itself. */
    void tidy() {
        pods.all().stream().filter(job -> !swarm.operator.wants(job.step.taskUid())).forEach(pods::delete);
        host.after(PATIENCE, this::tidy);
    }

    private void wanted(JobAttempt attempt, List<JobPods.Job> there) {
        var step = attempt.step();
        for (var job : there) {
            if (job.step.equals(step)) {
                seen(job);
                return;
            }
        }
        if (attempt.begun()) {
            report(step, "", JobPhase.GONE, null, "its Job is gone");
        } else if (there.stream().noneMatch(job -> job.step.path().equals(step.path()))) {
            pods.make(step, swarm.operator.foreign(step.taskUid()));
        }
    }

    private void seen(JobPods.Job job) {
        switch (job.phase) {
            case PENDING -> declare(job);
            case RUNNING -> {
                declare(job);
                if (job.foreign) {
                    report(job.step, job.podUid, JobPhase.STARTED, null, "");
                }
            }
            case SUCCEEDED -> {
                if (job.foreign) {
                    report(job.step, job.podUid, JobPhase.SUCCEEDED, 0, job.message());
                }
            }
            case FAILED -> report(job.step, job.podUid, JobPhase.FAILED, 1, "its pod failed");
            case GONE -> {
                if (!job.deleting) {
                    report(job.step, "", JobPhase.GONE, null, "its pod is gone");
                }
            }
        }
    }

    private void declare(JobPods.Job job) {
        if (!job.foreign && !job.deleting) {
            tell(new DeclareAgents(List.of(JobPods.declaration(job)), null));
        }
    }

    private void tell(HivemindCommand command) {
        if (said.add(command)) {
            out.accept(command);
        }
    }

    private void report(StepKey step, String podUid, JobPhase phase, @Nullable Integer exitCode, String message) {
        var report = new JobReport(step, podUid, phase, exitCode, null, message);
        if (!said.add(report)) {
            return;
        }
        boolean late = swarm.time.oneIn(4);
        host.after(late ? swarm.time.below(LATE) : 0, () -> out.accept(report));
        if (swarm.time.oneIn(4)) {
            swarm.tally.count(Fault.STALE_JOB_REPORT);
            host.after(swarm.time.below(LATE), () -> out.accept(report));
        }
    }
}
