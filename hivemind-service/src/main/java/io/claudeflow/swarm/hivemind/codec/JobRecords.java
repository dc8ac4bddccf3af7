package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.codec.v1.JobPhaseRecord;
import io.claudeflow.swarm.hivemind.codec.v1.JobReportRecord;
import io.claudeflow.swarm.hivemind.codec.v1.PlaceRecord;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.mesh.hivemind.JobPhase;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;

/** What concerns Jobs as records of the file format, both ways. */
final class JobRecords {
    private JobRecords() {}

    static JobReportRecord write(LedgerCommand.JobReport report) {
        var record = JobReportRecord.newBuilder()
                .setStep(AgentRecords.write(report.step()))
                .setPhase(switch (report.phase()) {
                    case STARTED -> JobPhaseRecord.JOB_STARTED;
                    case SUCCEEDED -> JobPhaseRecord.JOB_SUCCEEDED;
                    case FAILED -> JobPhaseRecord.JOB_FAILED;
                    case GONE -> JobPhaseRecord.JOB_GONE;
                })
                .setMessage(report.message());
        if (report.exitCode() != null) {
            record.setExitCode(report.exitCode());
        }
        if (report.reason() != null) {
            record.setReason(report.reason());
        }
        return record.build();
    }

    static LedgerCommand.JobReport read(JobReportRecord record) {
        var phase = switch (record.getPhase()) {
            case JOB_STARTED -> JobPhase.STARTED;
            case JOB_SUCCEEDED -> JobPhase.SUCCEEDED;
            case JOB_FAILED -> JobPhase.FAILED;
            case JOB_GONE -> JobPhase.GONE;
            case JOB_PHASE_UNSPECIFIED, UNRECOGNIZED -> throw SpecRecords.unknown("phase of a Job",
                    record.getPhaseValue());
        };
        return new LedgerCommand.JobReport(AgentRecords.read(record.getStep()), phase,
                record.hasExitCode() ? record.getExitCode() : null, record.hasReason() ? record.getReason() : null,
                record.getMessage());
    }

    static PlaceRecord write(StepPlace place) {
        return switch (place) {
            case AGENT -> PlaceRecord.PLACE_AGENT;
            case JOB -> PlaceRecord.PLACE_JOB;
            case FOREIGN_JOB -> PlaceRecord.PLACE_FOREIGN_JOB;
        };
    }

    static StepPlace read(PlaceRecord place, int number) {
        return switch (place) {
            case PLACE_AGENT -> StepPlace.AGENT;
            case PLACE_JOB -> StepPlace.JOB;
            case PLACE_FOREIGN_JOB -> StepPlace.FOREIGN_JOB;
            case UNRECOGNIZED -> throw SpecRecords.unknown("place", number);
        };
    }
}
