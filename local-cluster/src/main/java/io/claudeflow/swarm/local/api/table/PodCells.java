package io.claudeflow.swarm.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import java.time.Clock;

/** The columns of a pod that say more than one field does, after printPod of Kubernetes' printers. */
final class PodCells {
    private PodCells() {}

    static String ready(JsonNode pod) {
        int ready = 0;
        for (var status : pod.path("status").path("containerStatuses")) {
            ready += status.path("ready").asBoolean(false) ? 1 : 0;
        }
        return ready + "/" + pod.path("spec").path("containers").size();
    }

    static String status(JsonNode pod) {
        var reason = KubeJson.string(pod, "status", "reason");
        var shown = reason.isEmpty() ? KubeJson.string(pod, "status", "phase") : reason;
        boolean running = false;
        for (var status : pod.path("status").path("containerStatuses")) {
            var state = status.path("state");
            var waiting = KubeJson.string(state, "waiting", "reason");
            if (!waiting.isEmpty()) {
                shown = waiting;
            } else if (state.has("terminated")) {
                shown = terminated(state.path("terminated"));
            } else if (state.has("running") && status.path("ready").asBoolean(false)) {
                running = true;
            }
        }
        if (shown.equals("Completed") && running) {
            shown = Cells.condition(pod, "Ready", "True") ? "Running" : "NotReady";
        }
        return Meta.deleting(pod) ? "Terminating" : shown;
    }

    private static String terminated(JsonNode state) {
        var reason = KubeJson.string(state, "reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        int signal = state.path("signal").asInt(0);
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + state.path("exitCode").asInt(0);
    }

    static String restarts(JsonNode pod, Clock clock) {
        int restarts = 0;
        var last = "";
        for (var status : pod.path("status").path("containerStatuses")) {
            restarts += status.path("restartCount").asInt(0);
            var finished = KubeJson.string(status, "lastState", "terminated", "finishedAt");
            last = finished.compareTo(last) > 0 ? finished : last;
        }
        return restarts > 0 && !last.isEmpty()
                ? restarts + " (" + Cells.ago(last, clock) + " ago)"
                : String.valueOf(restarts);
    }
}
