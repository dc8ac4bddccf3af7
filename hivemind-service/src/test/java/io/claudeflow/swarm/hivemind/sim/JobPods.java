package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Jobs and their pods, as Kubernetes and its kubelets have them: a pod runs our agent for one step, or somebody else's image. */
final class JobPods {
    /** Machines for the pods of Jobs; a pod waits until one is free. */
    static final int HOSTS = 6;
    private static final int LONGEST = 3_000;
    private static final String TYPE = "job";

    private final Swarm swarm;
    private final List<Host> free;
    private final Map<StepKey, Job> jobs = new LinkedHashMap<>();
    private final Consumer<String> watch;
    private long made;

    /** Where a Job's pod stands. */
    enum Phase {
        PENDING, RUNNING, SUCCEEDED, FAILED, GONE
    }

    /** A Job with its one pod. */
    static final class Job {
        final StepKey step;
        final boolean foreign;
        final String podUid;
        Phase phase = Phase.PENDING;
        boolean deleting;
        @Nullable
        Host host;
        @Nullable
        SimAgent agent;

        Job(StepKey step, boolean foreign, String podUid) {
            this.step = step;
            this.foreign = foreign;
            this.podUid = podUid;
        }

        boolean ended() {
            return phase != Phase.PENDING && phase != Phase.RUNNING;
        }

        /** What the container of a foreign image says in the end. */
        String message() {
            return Witness.mark(step.taskUid(), step.path(), step.attempt(), "");
        }
    }

    /** @param watch hears the UID of a task one of whose Jobs has changed */
    JobPods(Swarm swarm, List<Host> hosts, Consumer<String> watch) {
        this.swarm = swarm;
        this.watch = watch;
        free = new ArrayList<>(hosts);
    }

    List<Job> of(String taskUid) {
        return jobs.values().stream().filter(job -> job.step.taskUid().equals(taskUid)).toList();
    }

    List<Job> all() {
        return List.copyOf(jobs.values());
    }

    List<Job> running() {
        return jobs.values().stream().filter(job -> job.phase == Phase.RUNNING).toList();
    }

    /** Agents of pods that run. */
    List<SimAgent> agents() {
        var agents = new ArrayList<SimAgent>();
        for (var job : running()) {
            if (job.agent != null) {
                agents.add(job.agent);
            }
        }
        return agents;
    }

    void make(StepKey step, boolean foreign) {
        for (var other : of(step.taskUid())) {
            Violation.unless(!other.step.path().equals(step.path()), "two pods of one step", step);
        }
        var job = new Job(step, foreign, "job-" + ++made);
        jobs.put(step, job);
        swarm.time.after(swarm.time.between(10, 1_000), () -> begin(job));
    }

    private void begin(Job job) {
        if (job.phase != Phase.PENDING || job.deleting) {
            return;
        }
        if (free.isEmpty()) {
            swarm.time.after(LONGEST / 10, () -> begin(job));
            return;
        }
        var host = free.removeFirst();
        job.host = host;
        job.phase = Phase.RUNNING;
        if (job.foreign) {
            swarm.witness.began(job.step);
            boolean fails = swarm.time.oneIn(5);
            swarm.time.after(swarm.time.between(5, LONGEST), () -> end(job, fails ? Phase.FAILED : Phase.SUCCEEDED));
        } else {
            var agent = new SimAgent(swarm, job.podUid, host, well -> end(job, well ? Phase.SUCCEEDED : Phase.FAILED));
            job.agent = agent;
            agent.start();
        }
        changed(job);
    }

    /** Its pod ends; its machine is free again. */
    void end(Job job, Phase how) {
        if (job.ended()) {
            return;
        }
        job.phase = how;
        var host = job.host;
        if (host != null) {
            var agent = job.agent;
            if (agent != null) {
                agent.die();
            }
            free.add(host);
        }
        changed(job);
    }

    /** In the foreground: the Job is gone when its pod is, a while later. */
    void delete(Job job) {
        if (!job.deleting) {
            job.deleting = true;
            swarm.time.after(swarm.time.between(10, 1_500), () -> {
                end(job, Phase.GONE);
                jobs.remove(job.step);
                changed(job);
            });
        }
    }

    private void changed(Job job) {
        watch.accept(job.step.taskUid());
    }

    /** Pods that may take their step. */
    List<AgentDeclaration> declarations() {
        return jobs.values()
                .stream()
                .filter(job -> !job.foreign && !job.deleting && !job.ended())
                .map(JobPods::declaration)
                .toList();
    }

    static AgentDeclaration declaration(Job job) {
        return new AgentDeclaration(job.podUid, job.podUid, job.podUid, TYPE, 50, List.of(), List.of(), Map.of(), 1,
                false, 1, job.step);
    }
}
