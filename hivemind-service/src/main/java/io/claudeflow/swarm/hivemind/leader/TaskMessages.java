package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Outcome;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import io.claudeflow.swarm.mesh.task.v1.Accepted;
import io.claudeflow.swarm.mesh.task.v1.Finished;
import io.claudeflow.swarm.mesh.task.v1.Refused;
import io.claudeflow.swarm.mesh.task.v1.Rejected;
import io.claudeflow.swarm.mesh.task.v1.TaskEnd;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.Welcome;
import io.claudeflow.swarm.mesh.task.v1.Work;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Between the clients' protocol and the ledger's records. Pure. */
final class TaskMessages {
    private static final String SHELL = "shell";
    private static final int PRIORITY = 50;
    private static final Resume RESUME = new Resume(true, null, Resume.NEVER.paths());

    private TaskMessages() {}

    /**
     * What is to be done, with every default resolved.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    static TaskSpec spec(Work work) {
        var timeouts = new Timeouts(duration("timeout_millis", work.getTimeoutMillis()),
                duration("queue_timeout_millis", work.getQueueTimeoutMillis()),
                or(duration("start_timeout_millis", work.getStartTimeoutMillis()), Timeouts.DEFAULT.start()),
                duration("heartbeat_timeout_millis", work.getHeartbeatTimeoutMillis()),
                duration("deadline_millis", work.getDeadlineMillis()), Timeouts.DEFAULT.grace());
        var matching = work.getAgentType().isEmpty() && work.getRequiredCapabilitiesCount() == 0
                && work.getAgentSelectorCount() == 0
                        ? Matching.ANY
                        : new Matching(work.getAgentType().isEmpty() ? null : work.getAgentType(),
                                work.getRequiredCapabilitiesList(), Matching.ANY.specialization(),
                                work.getAgentSelectorMap());
        return new TaskSpec(work.getExecutor().isEmpty() ? SHELL : work.getExecutor(), work.getScript(),
                work.getParametersMap(), work.getEnvironmentMap(), work.hasPriority() ? work.getPriority() : PRIORITY,
                matching, timeouts, retries(work), work.getResume() ? RESUME : Resume.NEVER, StepPlace.AGENT,
                Workflow.NONE);
    }

    private static Retries retries(Work work) {
        if (!work.hasRetryLimit() && work.getRetryBackoffMillis() == 0 && !work.getLostNever()) {
            return Retries.DEFAULT;
        }
        var backoff = or(duration("retry_backoff_millis", work.getRetryBackoffMillis()), Retries.DEFAULT.backoff());
        var most = Retries.DEFAULT.maxBackoff();
        return new Retries(work.hasRetryLimit() ? work.getRetryLimit() : Retries.DEFAULT.limit(), backoff,
                backoff.compareTo(most) > 0 ? backoff : most, work.getLostNever() ? OnLost.NEVER : OnLost.RETRY);
    }

    private static @Nullable Duration duration(String field, long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("work." + field + ": " + millis + " is below 0");
        }
        return millis == 0 ? null : Duration.ofMillis(millis);
    }

    private static Duration or(@Nullable Duration said, Duration otherwise) {
        return said == null ? otherwise : said;
    }

    static TaskFrame welcome(int leader, int credit) {
        return TaskFrame.newBuilder()
                .setWelcome(Welcome.newBuilder().setLeads(true).setLeader(leader).setCredit(credit))
                .build();
    }

    static TaskFrame refused(String code, String message) {
        return TaskFrame.newBuilder().setRefused(Refused.newBuilder().setCode(code).setMessage(message)).build();
    }

    static TaskFrame accepted(long request, String taskUid, boolean duplicate) {
        return TaskFrame.newBuilder()
                .setAccepted(Accepted.newBuilder().setRequest(request).setTaskUid(taskUid).setDuplicate(duplicate))
                .build();
    }

    static TaskFrame rejected(long request, String code, String message) {
        return TaskFrame.newBuilder()
                .setRejected(Rejected.newBuilder().setRequest(request).setCode(code).setMessage(message))
                .build();
    }

    static TaskFrame finished(long request, Task task, Outcome outcome) {
        var finished = Finished.newBuilder()
                .setRequest(request)
                .setTaskUid(task.uid())
                .setEnd(switch (outcome.phase()) {
                    case COMPLETED -> TaskEnd.COMPLETED;
                    case CANCELLED -> TaskEnd.CANCELLED;
                    case FAILED, PENDING, RUNNING, SUSPENDED -> TaskEnd.FAILED;
                })
                .setTruncated(outcome.truncated())
                .setAttempts(task.root().begun());
        var exitCode = task.root().exitCode();
        if (exitCode != null) {
            finished.setExitCode(exitCode);
        }
        if (outcome.result() != null) {
            finished.setResult(outcome.result());
        }
        if (outcome.reason() != null) {
            finished.setReason(outcome.reason());
            if (outcome.message() != null) {
                finished.setMessage(outcome.message());
            }
        }
        return TaskFrame.newBuilder().setFinished(finished).build();
    }

    /** It has ended, and nothing more is known of it. */
    static TaskFrame forgotten(long request, String taskUid) {
        return TaskFrame.newBuilder()
                .setFinished(Finished.newBuilder()
                        .setRequest(request)
                        .setTaskUid(taskUid)
                        .setReason("Forgotten")
                        .setMessage("the ledger has forgotten how it ended: it was settled, or ended long ago"))
                .build();
    }
}
