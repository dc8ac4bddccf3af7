package io.claudeflow.swarm.hivemind.sim;

/** What befalls the pods of Jobs. */
final class JobTrouble {
    private static final int LONG = 12_000;

    private JobTrouble() {}

    static boolean harm(Swarm swarm) {
        var running = swarm.operator.pods().running();
        if (running.isEmpty()) {
            return false;
        }
        var job = swarm.time.any(running);
        var host = job.host;
        switch (swarm.time.below(3)) {
            case 0 -> {
                swarm.tally.count(Fault.JOB_POD_FAILED);
                swarm.operator.pods().end(job, JobPods.Phase.FAILED);
            }
            case 1 -> {
                swarm.tally.count(Fault.JOB_POD_GONE);
                swarm.operator.pods().end(job, JobPods.Phase.GONE);
            }
            default -> {
                if (host == null || host.paused() || job.foreign) {
                    return false;
                }
                swarm.tally.count(Fault.JOB_POD_FROZEN);
                host.pause();
                swarm.time.after(swarm.time.between(500, LONG), host::resume);
            }
        }
        return true;
    }
}
