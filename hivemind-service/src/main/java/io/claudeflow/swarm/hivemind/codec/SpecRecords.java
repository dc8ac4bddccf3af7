package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.codec.v1.AboutRecord;
import io.claudeflow.swarm.hivemind.codec.v1.OriginRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SpecRecord;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import java.time.Duration;

/** What a submitter says as records of the file format, both ways. Durations are whole milliseconds there. */
final class SpecRecords {
    private SpecRecords() {}

    static AboutRecord write(Task.About about) {
        return AboutRecord.newBuilder()
                .setUid(about.uid())
                .setOrigin(write(about.origin()))
                .setNamespace(about.namespace())
                .setName(about.name())
                .setGeneration(about.generation())
                .setSpec(write(about.spec()))
                .setTraceparent(about.traceparent())
                .setSubmitter(about.submitter())
                .build();
    }

    static OriginRecord write(TaskOrigin origin) {
        return switch (origin) {
            case KUBERNETES -> OriginRecord.KUBERNETES;
            case CLIENT -> OriginRecord.CLIENT;
        };
    }

    static Task.About read(AboutRecord about) {
        var origin = switch (about.getOrigin()) {
            case KUBERNETES -> TaskOrigin.KUBERNETES;
            case CLIENT -> TaskOrigin.CLIENT;
            case ORIGIN_UNSPECIFIED, UNRECOGNIZED -> throw unknown("origin", about.getOriginValue());
        };
        return new Task.About(about.getUid(), origin, about.getNamespace(), about.getName(), about.getSubmitter(),
                about.getGeneration(), read(about.getSpec()), about.getTraceparent());
    }

    private static SpecRecord write(TaskSpec spec) {
        var matching = spec.matching();
        var record = SpecRecord.newBuilder()
                .setExecutor(spec.executor())
                .setScript(spec.script())
                .putAllParameters(spec.parameters())
                .putAllEnvironment(spec.environment())
                .setPriority(spec.priority())
                .addAllRequiredCapabilities(matching.capabilities())
                .addAllSpecialization(matching.specialization())
                .putAllAgentSelector(matching.selector())
                .setRetryLimit(spec.retries().limit())
                .setBackoffMillis(spec.retries().backoff().toMillis())
                .setMaxBackoffMillis(spec.retries().maxBackoff().toMillis())
                .setLostNever(spec.retries().onLost() == OnLost.NEVER)
                .setPlace(JobRecords.write(spec.place()))
                .setResume(spec.resume().enabled())
                .addAllCheckpointPaths(spec.resume().paths());
        if (matching.agentType() != null) {
            record.setAgentType(matching.agentType());
        }
        if (spec.resume().interval() != null) {
            record.setCheckpointIntervalMillis(spec.resume().interval().toMillis());
        }
        write(spec.timeouts(), record);
        FlowRecords.write(spec.workflow(), record);
        return record.build();
    }

    private static void write(Timeouts timeouts, SpecRecord.Builder record) {
        record.setStartTimeoutMillis(timeouts.start().toMillis()).setGraceMillis(timeouts.grace().toMillis());
        if (timeouts.run() != null) {
            record.setTimeoutMillis(timeouts.run().toMillis());
        }
        if (timeouts.queue() != null) {
            record.setQueueTimeoutMillis(timeouts.queue().toMillis());
        }
        if (timeouts.heartbeat() != null) {
            record.setHeartbeatMillis(timeouts.heartbeat().toMillis());
        }
        if (timeouts.deadline() != null) {
            record.setDeadlineMillis(timeouts.deadline().toMillis());
        }
    }

    private static TaskSpec read(SpecRecord spec) {
        var matching = new Matching(spec.hasAgentType() ? spec.getAgentType() : null,
                spec.getRequiredCapabilitiesList(), spec.getSpecializationList(), spec.getAgentSelectorMap());
        var timeouts = new Timeouts(spec.hasTimeoutMillis() ? Duration.ofMillis(spec.getTimeoutMillis()) : null,
                spec.hasQueueTimeoutMillis() ? Duration.ofMillis(spec.getQueueTimeoutMillis()) : null,
                Duration.ofMillis(spec.getStartTimeoutMillis()),
                spec.hasHeartbeatMillis() ? Duration.ofMillis(spec.getHeartbeatMillis()) : null,
                spec.hasDeadlineMillis() ? Duration.ofMillis(spec.getDeadlineMillis()) : null,
                Duration.ofMillis(spec.getGraceMillis()));
        var retries = new Retries(spec.getRetryLimit(), Duration.ofMillis(spec.getBackoffMillis()),
                Duration.ofMillis(spec.getMaxBackoffMillis()), spec.getLostNever() ? OnLost.NEVER : OnLost.RETRY);
        var resume = new Resume(spec.getResume(),
                spec.hasCheckpointIntervalMillis() ? Duration.ofMillis(spec.getCheckpointIntervalMillis()) : null,
                spec.getCheckpointPathsList());
        return new TaskSpec(spec.getExecutor(), spec.getScript(), spec.getParametersMap(), spec.getEnvironmentMap(),
                spec.getPriority(), matching, timeouts, retries, resume,
                JobRecords.read(spec.getPlace(), spec.getPlaceValue()), FlowRecords.read(spec));
    }

    static UnreadableException unknown(String what, int number) {
        return new UnreadableException("the " + what + " " + number + " is not known to this release", null);
    }
}
