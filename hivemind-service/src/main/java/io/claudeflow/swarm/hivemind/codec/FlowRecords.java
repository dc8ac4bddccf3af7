package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.codec.v1.DecideRecord;
import io.claudeflow.swarm.hivemind.codec.v1.DecisionRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SpecRecord;
import io.claudeflow.swarm.hivemind.codec.v1.StepEndKindRecord;
import io.claudeflow.swarm.hivemind.codec.v1.StepEndRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SubtaskRecord;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.DecideSubtask;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.Workflow;

/** Graphs of subtasks as records of the file format, both ways. */
final class FlowRecords {
    private FlowRecords() {}

    static void write(Workflow workflow, SpecRecord.Builder spec) {
        workflow.subtasks().forEach(subtask -> spec.addSubtasks(write(subtask)));
        spec.setFailSlow(!workflow.failFast());
    }

    static Workflow read(SpecRecord spec) {
        return new Workflow(spec.getSubtasksList().stream().map(FlowRecords::read).toList(), !spec.getFailSlow());
    }

    private static SubtaskRecord write(Subtask subtask) {
        var record = SubtaskRecord.newBuilder()
                .setName(subtask.name())
                .setScript(subtask.script())
                .addAllDependsOn(subtask.dependsOn())
                .addAllItems(subtask.items())
                .setParallelism(subtask.parallelism())
                .setOptional(subtask.optional());
        if (subtask.agentType() != null) {
            record.setAgentType(subtask.agentType());
        }
        if (subtask.when() != null) {
            record.setWhen(subtask.when());
        }
        return record.build();
    }

    private static Subtask read(SubtaskRecord record) {
        return new Subtask(record.getName(), record.getScript(), record.getDependsOnList(),
                record.hasAgentType() ? record.getAgentType() : null, record.hasWhen() ? record.getWhen() : null,
                record.getItemsList(), record.getParallelism(), record.getOptional());
    }

    static DecideRecord write(DecideSubtask decide) {
        return DecideRecord.newBuilder()
                .setTaskUid(decide.taskUid())
                .setSubtask(decide.subtask())
                .setDecision(switch (decide.decision()) {
                    case RUN -> DecisionRecord.DECISION_RUN;
                    case SKIP -> DecisionRecord.DECISION_SKIP;
                    case FAIL -> DecisionRecord.DECISION_FAIL;
                })
                .setMessage(decide.message())
                .build();
    }

    static DecideSubtask read(DecideRecord record) {
        var decision = switch (record.getDecision()) {
            case DECISION_RUN -> DecideSubtask.Decision.RUN;
            case DECISION_SKIP -> DecideSubtask.Decision.SKIP;
            case DECISION_FAIL -> DecideSubtask.Decision.FAIL;
            case DECISION_UNSPECIFIED, UNRECOGNIZED -> throw SpecRecords.unknown("decision",
                    record.getDecisionValue());
        };
        return new DecideSubtask(record.getTaskUid(), record.getSubtask(), decision, record.getMessage());
    }

    static StepEndRecord write(Step.End end) {
        var record = StepEndRecord.newBuilder().setKind(switch (end.kind()) {
            case COMPLETED -> StepEndKindRecord.STEP_END_COMPLETED;
            case SKIPPED -> StepEndKindRecord.STEP_END_SKIPPED;
            case FAILED -> StepEndKindRecord.STEP_END_FAILED;
            case CANCELLED -> StepEndKindRecord.STEP_END_CANCELLED;
        }).setTruncated(end.truncated()).setMessage(end.message());
        if (end.result() != null) {
            record.setResult(end.result());
        }
        return record.build();
    }

    static Step.End read(StepEndRecord record) {
        var kind = switch (record.getKind()) {
            case STEP_END_COMPLETED -> Step.End.Kind.COMPLETED;
            case STEP_END_SKIPPED -> Step.End.Kind.SKIPPED;
            case STEP_END_FAILED -> Step.End.Kind.FAILED;
            case STEP_END_CANCELLED -> Step.End.Kind.CANCELLED;
            case STEP_END_UNSPECIFIED, UNRECOGNIZED -> throw SpecRecords.unknown("end of a step",
                    record.getKindValue());
        };
        return new Step.End(kind, record.hasResult() ? record.getResult() : null, record.getTruncated(),
                record.getMessage());
    }
}
