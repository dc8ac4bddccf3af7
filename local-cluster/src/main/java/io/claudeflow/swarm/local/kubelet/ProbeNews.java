package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Supplier;

/**
 * What the probes of one container find, told to the pod's worker and as Events. Called on the prober's threads.
 *
 * @param pod  the pod's latest version
 * @param wake lets the pod's worker look again
 */
record ProbeNews(EventRecorder events, Supplier<Pod> pod, String container, Runnable wake) implements Prober.Listener {
    @Override
    public void started() {
        wake.run();
    }

    @Override
    public void ready(boolean ready, String reason) {
        if (!ready) {
            failed(reason);
        }
        wake.run();
    }

    @Override
    public void unhealthy(String reason) {
        failed(reason);
        wake.run();
    }

    @Override
    public void failed(String reason) {
        events.warning(pod.get(), "spec.containers{" + container + "}", "Unhealthy", reason);
    }
}
