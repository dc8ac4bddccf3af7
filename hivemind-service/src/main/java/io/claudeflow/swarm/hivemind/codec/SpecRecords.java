package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.codec.v1.AboutRecord;
import io.claudeflow.swarm.hivemind.codec.v1.OriginRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SpecRecord;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.time.Duration;

/** What a submitter says as records of the file format, both ways. Durations are whole milliseconds there. */
final class SpecRecords {
    private SpecRecords() {}

    static AboutRecord write(Task.About about) {
        return AboutRecord.newBuilder()
                .setUid(about.uid())
                .setOrigin(switch (about.origin()) {
                    case KUBERNETES -> OriginRecord.KUBERNETES;
                    case CLIENT -> OriginRecord.CLIENT;
                })
                .setNamespace(about.namespace())
                .setName(about.name())
                .setGeneration(about.generation())
                .setSpec(write(about.spec()))
                .setTraceparent(about.traceparent())
                .build();
    }

    static Task.About read(AboutRecord about) {
        var origin = switch (about.getOrigin()) {
            case KUBERNETES -> TaskOrigin.KUBERNETES;
            case CLIENT -> TaskOrigin.CLIENT;
            case ORIGIN_UNSPECIFIED, UNRECOGNIZED -> throw unknown("origin", about.getOriginValue());
        };
        return new Task.About(about.getUid(), origin, about.getNamespace(), about.getName(), about.getGeneration(),
                read(about.getSpec()), about.getTraceparent());
    }

    private static SpecRecord write(TaskSpec spec) {
        var record = SpecRecord.newBuilder()
                .setExecutor(spec.executor())
                .setScript(spec.script())
                .putAllParameters(spec.parameters())
                .putAllEnvironment(spec.environment())
                .setPriority(spec.priority())
                .addAllRequiredCapabilities(spec.requiredCapabilities())
                .addAllSpecialization(spec.specialization())
                .putAllAgentSelector(spec.agentSelector())
                .setStartTimeoutMillis(spec.startTimeout().toMillis())
                .setGraceMillis(spec.grace().toMillis())
                .setRetryLimit(spec.retries().limit())
                .setBackoffMillis(spec.retries().backoff().toMillis())
                .setMaxBackoffMillis(spec.retries().maxBackoff().toMillis())
                .setLostNever(spec.retries().onLost() == OnLost.NEVER);
        if (spec.agentType() != null) {
            record.setAgentType(spec.agentType());
        }
        if (spec.timeout() != null) {
            record.setTimeoutMillis(spec.timeout().toMillis());
        }
        if (spec.queueTimeout() != null) {
            record.setQueueTimeoutMillis(spec.queueTimeout().toMillis());
        }
        return record.build();
    }

    private static TaskSpec read(SpecRecord spec) {
        var retries = new Retries(spec.getRetryLimit(), Duration.ofMillis(spec.getBackoffMillis()),
                Duration.ofMillis(spec.getMaxBackoffMillis()), spec.getLostNever() ? OnLost.NEVER : OnLost.RETRY);
        return new TaskSpec(spec.getExecutor(), spec.getScript(), spec.getParametersMap(), spec.getEnvironmentMap(),
                spec.getPriority(), spec.hasAgentType() ? spec.getAgentType() : null,
                spec.getRequiredCapabilitiesList(), spec.getSpecializationList(), spec.getAgentSelectorMap(),
                spec.hasTimeoutMillis() ? Duration.ofMillis(spec.getTimeoutMillis()) : null,
                spec.hasQueueTimeoutMillis() ? Duration.ofMillis(spec.getQueueTimeoutMillis()) : null,
                Duration.ofMillis(spec.getStartTimeoutMillis()), Duration.ofMillis(spec.getGraceMillis()), retries);
    }

    static UnreadableException unknown(String what, int number) {
        return new UnreadableException("the " + what + " " + number + " is not known to this release", null);
    }
}
