package io.claudeflow.swarm.hivemind.codec;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.hivemind.codec.v1.AckRecord;
import io.claudeflow.swarm.hivemind.codec.v1.AssignRecord;
import io.claudeflow.swarm.hivemind.codec.v1.BeginDrainRecord;
import io.claudeflow.swarm.hivemind.codec.v1.CancelRecord;
import io.claudeflow.swarm.hivemind.codec.v1.CheckpointRecord;
import io.claudeflow.swarm.hivemind.codec.v1.CommandRecord;
import io.claudeflow.swarm.hivemind.codec.v1.EndingRecord;
import io.claudeflow.swarm.hivemind.codec.v1.FinishedRecord;
import io.claudeflow.swarm.hivemind.codec.v1.HandBackRecord;
import io.claudeflow.swarm.hivemind.codec.v1.LeadRecord;
import io.claudeflow.swarm.hivemind.codec.v1.LoseRecord;
import io.claudeflow.swarm.hivemind.codec.v1.ProgressRecord;
import io.claudeflow.swarm.hivemind.codec.v1.RegainRecord;
import io.claudeflow.swarm.hivemind.codec.v1.RemoveRecord;
import io.claudeflow.swarm.hivemind.codec.v1.ReportRecord;
import io.claudeflow.swarm.hivemind.codec.v1.RestartRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SettleRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SubmitRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SweepRecord;
import io.claudeflow.swarm.hivemind.codec.v1.TickRecord;
import io.claudeflow.swarm.hivemind.codec.v1.UpdateRecord;
import io.claudeflow.swarm.hivemind.ledger.Blob;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.Ending;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks.Ack;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.Set;

/** Commands as records of the file format, both ways. */
final class CommandRecords {
    private CommandRecords() {}

    static CommandRecord write(LedgerCommand command) {
        var record = CommandRecord.newBuilder();
        switch (command) {
            case LedgerCommand.Lead(var term, var replica, var lease) -> record
                    .setLead(LeadRecord.newBuilder().setTerm(term).setReplica(replica).setLeaseMillis(lease));
            case LedgerCommand.UpdateTrust(var trust) -> record.setTrust(AgentRecords.write(trust));
            case LedgerCommand.DeclareAgents declare -> record.setDeclare(AgentRecords.write(declare));
            case LedgerCommand.RemoveAgents(var pods, var reason) ->
                record.setRemove(RemoveRecord.newBuilder().addAllPodUids(pods).setReason(reason));
            case LedgerCommand.Submit(var task, var proposed) -> {
                var submit = SubmitRecord.newBuilder().setTask(SpecRecords.write(task));
                if (proposed != null) {
                    submit.setProposed(AgentRecords.write(proposed));
                }
                record.setSubmit(submit);
            }
            case LedgerCommand.Assign(var step, var to) ->
                record.setAssign(
                        AssignRecord.newBuilder().setStep(AgentRecords.write(step)).setTo(AgentRecords.write(to)));
            case LedgerCommand.StepStarted(var step, var agent) -> record.setStarted(report(step, agent, ""));
            case LedgerCommand.StepProgress(var step, var agent, var percent, var message) -> {
                var progress = ProgressRecord.newBuilder()
                        .setStep(AgentRecords.write(step))
                        .setAgentUid(agent)
                        .setMessage(message);
                if (percent != null) {
                    progress.setPercent(percent);
                }
                record.setProgress(progress);
            }
            case LedgerCommand.StepCheckpoint(var step, var agent, var number, var data) ->
                record.setCheckpoint(CheckpointRecord.newBuilder()
                        .setStep(AgentRecords.write(step))
                        .setAgentUid(agent)
                        .setNumber(number)
                        .setData(ByteString.copyFrom(data.bytes())));
            case LedgerCommand.StepFinished finished -> record.setFinished(finished(finished));
            case LedgerCommand.RejectStep(var step, var agent, var reason) ->
                record.setRejected(report(step, agent, reason));
            case LedgerCommand.HandBackStep(var step, var agent, var checkpoint) -> {
                var back = HandBackRecord.newBuilder().setStep(AgentRecords.write(step)).setAgentUid(agent);
                if (checkpoint != null) {
                    back.setCheckpoint(ByteString.copyFrom(checkpoint.bytes()));
                }
                record.setHandBack(back);
            }
            case LedgerCommand.LoseAgent(var agent, var reason) ->
                record.setLose(LoseRecord.newBuilder().setAgentUid(agent).setReason(reason));
            case LedgerCommand.RestartAgent(var agent, var session, var running) ->
                record.setRestart(RestartRecord.newBuilder()
                        .setAgentUid(agent)
                        .setSession(session)
                        .addAllRunning(running.stream().map(AgentRecords::write).toList()));
            case LedgerCommand.RegainAgent(var agent) -> record.setRegain(RegainRecord.newBuilder().setAgentUid(agent));
            case LedgerCommand.Cancel(var task, var reason) ->
                record.setCancel(CancelRecord.newBuilder().setTaskUid(task).setReason(reason));
            case LedgerCommand.Update(var task, var generation, var suspend, var priority) ->
                record.setUpdate(UpdateRecord.newBuilder()
                        .setTaskUid(task)
                        .setGeneration(generation)
                        .setSuspend(suspend)
                        .setPriority(priority));
            case LedgerCommand.JobReport report -> record.setJobReport(JobRecords.write(report));
            case LedgerCommand.DecideSubtask decide -> record.setDecide(FlowRecords.write(decide));
            case LedgerCommand.Sweep(var tasks, var asOf) -> {
                var sweep = SweepRecord.newBuilder().addAllTaskUids(tasks.stream().sorted().toList());
                record.setSweep(asOf == Long.MAX_VALUE ? sweep : sweep.setAsOf(asOf));
            }
            case LedgerCommand.Ack(var acks) -> record.setAck(AckRecord.newBuilder()
                    .addAllAcks(acks.stream()
                            .map(ack -> AckRecord.One.newBuilder()
                                    .setTaskUid(ack.taskUid())
                                    .setSeq(ack.seq())
                                    .build())
                            .toList()));
            case LedgerCommand.Settle(var session, var submitter, var upTo) ->
                record.setSettle(SettleRecord.newBuilder()
                        .setSession(session)
                        .setSubmitter(submitter)
                        .setUpTo(upTo));
            case LedgerCommand.BeginDrain(var millis, var reason) ->
                record.setDrain(BeginDrainRecord.newBuilder().setMillis(millis).setReason(reason));
            case LedgerCommand.SetMembership(var membership) ->
                record.setMembership(AgentRecords.write(membership));
            case LedgerCommand.SetTopology(var arrangement) -> record.setTopology(AgentRecords.write(arrangement));
            case LedgerCommand.Tick() -> record.setTick(TickRecord.getDefaultInstance());
        }
        return record.build();
    }

    static LedgerCommand read(CommandRecord record) {
        return switch (record.getBodyCase()) {
            case LEAD -> new LedgerCommand.Lead(record.getLead().getTerm(), record.getLead().getReplica(),
                    record.getLead().getLeaseMillis());
            case TRUST -> new LedgerCommand.UpdateTrust(AgentRecords.read(record.getTrust()));
            case DECLARE -> AgentRecords.read(record.getDeclare());
            case REMOVE -> new LedgerCommand.RemoveAgents(record.getRemove().getPodUidsList(),
                    record.getRemove().getReason());
            case SUBMIT -> new LedgerCommand.Submit(SpecRecords.read(record.getSubmit().getTask()),
                    record.getSubmit().hasProposed() ? AgentRecords.read(record.getSubmit().getProposed()) : null);
            case ASSIGN -> new LedgerCommand.Assign(AgentRecords.read(record.getAssign().getStep()),
                    AgentRecords.read(record.getAssign().getTo()));
            case STARTED -> new LedgerCommand.StepStarted(AgentRecords.read(record.getStarted().getStep()),
                    record.getStarted().getAgentUid());
            case PROGRESS -> new LedgerCommand.StepProgress(AgentRecords.read(record.getProgress().getStep()),
                    record.getProgress().getAgentUid(),
                    record.getProgress().hasPercent() ? record.getProgress().getPercent() : null,
                    record.getProgress().getMessage());
            case CHECKPOINT -> new LedgerCommand.StepCheckpoint(AgentRecords.read(record.getCheckpoint().getStep()),
                    record.getCheckpoint().getAgentUid(), record.getCheckpoint().getNumber(),
                    Blob.of(record.getCheckpoint().getData().toByteArray()));
            case FINISHED -> finished(record.getFinished());
            case REJECTED -> new LedgerCommand.RejectStep(AgentRecords.read(record.getRejected().getStep()),
                    record.getRejected().getAgentUid(), record.getRejected().getText());
            case HAND_BACK -> new LedgerCommand.HandBackStep(AgentRecords.read(record.getHandBack().getStep()),
                    record.getHandBack().getAgentUid(), record.getHandBack().hasCheckpoint()
                            ? Blob.of(record.getHandBack().getCheckpoint().toByteArray())
                            : null);
            case LOSE -> new LedgerCommand.LoseAgent(record.getLose().getAgentUid(), record.getLose().getReason());
            case RESTART -> new LedgerCommand.RestartAgent(record.getRestart().getAgentUid(),
                    record.getRestart().getSession(),
                    record.getRestart().getRunningList().stream().map(AgentRecords::read).toList());
            case CANCEL -> new LedgerCommand.Cancel(record.getCancel().getTaskUid(), record.getCancel().getReason());
            case UPDATE -> new LedgerCommand.Update(record.getUpdate().getTaskUid(), record.getUpdate().getGeneration(),
                    record.getUpdate().getSuspend(), record.getUpdate().getPriority());
            case JOB_REPORT -> JobRecords.read(record.getJobReport());
            case DECIDE -> FlowRecords.read(record.getDecide());
            case SWEEP -> new LedgerCommand.Sweep(Set.copyOf(record.getSweep().getTaskUidsList()),
                    record.getSweep().hasAsOf() ? record.getSweep().getAsOf() : Long.MAX_VALUE);
            case ACK -> new LedgerCommand.Ack(record.getAck()
                    .getAcksList()
                    .stream()
                    .map(ack -> new Ack(ack.getTaskUid(), ack.getSeq()))
                    .toList());
            case SETTLE -> new LedgerCommand.Settle(record.getSettle().getSession(), record.getSettle().getSubmitter(),
                    record.getSettle().getUpTo());
            case DRAIN -> new LedgerCommand.BeginDrain(record.getDrain().getMillis(), record.getDrain().getReason());
            case MEMBERSHIP -> new LedgerCommand.SetMembership(AgentRecords.read(record.getMembership()));
            case TOPOLOGY -> new LedgerCommand.SetTopology(AgentRecords.read(record.getTopology()));
            case REGAIN -> new LedgerCommand.RegainAgent(record.getRegain().getAgentUid());
            case TICK -> new LedgerCommand.Tick();
            case BODY_NOT_SET -> throw new UnreadableException(
                    "the log holds a command that this release does not know: start the release that wrote it", null);
        };
    }

    private static ReportRecord report(StepKey step, String agent, String text) {
        return ReportRecord.newBuilder().setStep(AgentRecords.write(step)).setAgentUid(agent).setText(text).build();
    }

    private static FinishedRecord finished(LedgerCommand.StepFinished finished) {
        return FinishedRecord.newBuilder()
                .setStep(AgentRecords.write(finished.step()))
                .setAgentUid(finished.agentUid())
                .setEnding(switch (finished.ending()) {
                    case SUCCEEDED -> EndingRecord.SUCCEEDED;
                    case FAILED -> EndingRecord.FAILED;
                    case TIMED_OUT -> EndingRecord.TIMED_OUT;
                    case CANCELLED -> EndingRecord.ENDED;
                    case NOT_STARTED -> EndingRecord.NOT_STARTED;
                })
                .setExitCode(finished.exitCode())
                .setValue(finished.value())
                .setTruncated(finished.truncated())
                .setDurationMillis(finished.durationMillis())
                .setMessage(finished.message())
                .build();
    }

    private static LedgerCommand.StepFinished finished(FinishedRecord record) {
        var ending = switch (record.getEnding()) {
            case SUCCEEDED -> Ending.SUCCEEDED;
            case FAILED -> Ending.FAILED;
            case TIMED_OUT -> Ending.TIMED_OUT;
            case ENDED -> Ending.CANCELLED;
            case NOT_STARTED -> Ending.NOT_STARTED;
            case ENDING_UNSPECIFIED, UNRECOGNIZED -> throw SpecRecords.unknown("ending", record.getEndingValue());
        };
        return new LedgerCommand.StepFinished(AgentRecords.read(record.getStep()), record.getAgentUid(), ending,
                record.getExitCode(), record.getValue(), record.getTruncated(), record.getDurationMillis(),
                record.getMessage());
    }
}
