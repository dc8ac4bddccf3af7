package io.claudeflow.swarm.local.api.table;

import static io.claudeflow.swarm.local.api.table.Cells.numberAt;
import static io.claudeflow.swarm.local.api.table.Column.number;
import static io.claudeflow.swarm.local.api.table.Column.text;
import static io.claudeflow.swarm.local.api.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Deployments, sets, jobs, autoscalers and disruption budgets. */
final class WorkloadColumns {
    private WorkloadColumns() {}

    static List<Column> deployment(Column age) {
        return List.of(text("Ready", WorkloadColumns::ready),
                number("Up-to-date", o -> numberAt(o, "status", "updatedReplicas")),
                number("Available", o -> numberAt(o, "status", "availableReplicas")), age, containers(), images(),
                selector());
    }

    static List<Column> replicaSet(Column age) {
        return List.of(number("Desired", o -> numberAt(o, "spec", "replicas")),
                number("Current", o -> numberAt(o, "status", "replicas")),
                number("Ready", o -> numberAt(o, "status", "readyReplicas")), age, containers(), images(), selector());
    }

    static List<Column> statefulSet(Column age) {
        return List.of(text("Ready", WorkloadColumns::ready), age, containers(), images());
    }

    private static String ready(JsonNode workload) {
        return numberAt(workload, "status", "readyReplicas") + "/" + numberAt(workload, "spec", "replicas");
    }

    static List<Column> job(Column age, Clock clock) {
        return List.of(text("Status", WorkloadColumns::jobStatus), text("Completions", WorkloadColumns::completions),
                text("Duration", o -> duration(o, clock)), age, containers(), images(), selector());
    }

    private static String completions(JsonNode job) {
        var succeeded = numberAt(job, "status", "succeeded");
        var completions = job.path("spec").path("completions");
        if (completions.isNumber()) {
            return succeeded + "/" + completions.asText();
        }
        int parallelism = job.path("spec").path("parallelism").asInt(0);
        return succeeded + (parallelism > 1 ? "/1 of " + parallelism : "/1");
    }

    private static String jobStatus(JsonNode job) {
        if (Cells.condition(job, "Complete", "True")) {
            return "Complete";
        }
        if (Cells.condition(job, "Failed", "True")) {
            return "Failed";
        }
        if (job.path("metadata").hasNonNull("deletionTimestamp")) {
            return "Terminating";
        }
        return Stream.of("Suspended", "FailureTarget", "SuccessCriteriaMet")
                .filter(type -> Cells.condition(job, type, "True"))
                .findFirst()
                .orElse("Running");
    }

    private static String duration(JsonNode job, Clock clock) {
        var started = KubeJson.string(job, "status", "startTime");
        if (started.isEmpty()) {
            return "";
        }
        var ended = KubeJson.string(job, "status", "completionTime");
        return Cells.shortly(Duration.between(Instant.parse(started),
                ended.isEmpty() ? clock.instant() : Instant.parse(ended)));
    }

    static List<Column> autoscaler(Column age) {
        return List.of(
                text("Reference", o -> KubeJson.string(o, "spec", "scaleTargetRef", "kind") + "/"
                        + KubeJson.string(o, "spec", "scaleTargetRef", "name")),
                text("Targets", o -> Cells.NONE), number("MinPods", o -> numberAt(o, "spec", "minReplicas")),
                number("MaxPods", o -> numberAt(o, "spec", "maxReplicas")),
                number("Replicas", o -> numberAt(o, "status", "currentReplicas")), age);
    }

    static List<Column> budget(Column age) {
        return List.of(text("Min Available", o -> given(o, "minAvailable")),
                text("Max Unavailable", o -> given(o, "maxUnavailable")),
                number("Allowed Disruptions", o -> numberAt(o, "status", "disruptionsAllowed")), age);
    }

    private static String given(JsonNode budget, String field) {
        return Cells.or(budget.path("spec").path(field).asText(""), "N/A");
    }

    private static Column containers() {
        return wide("Containers", o -> Cells.containers(template(o), "name"));
    }

    private static Column images() {
        return wide("Images", o -> Cells.containers(template(o), "image"));
    }

    private static Column selector() {
        return wide("Selector", o -> Cells.selector(o.path("spec").path("selector")));
    }

    private static JsonNode template(JsonNode workload) {
        return workload.path("spec").path("template").path("spec");
    }
}
