package io.claudeflow.swarm.api.v1alpha1.consensus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How agents decide together. */
@ValidationRule(value = "!has(self.ballots) || !has(self.ballots.revote) || !self.ballots.revote ||"
        + " !has(self.close) || self.close == 'deadline'", //
        message = "ballots.revote needs close: deadline, because an early close would count the first ballot")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConsensusSpec(
        @JsonPropertyDescription("How ballots are counted. Default: queen when queenMode is centralized, else"
                + " majority.") //
        @Nullable Mode mode,
        @JsonPropertyDescription("Share of the decisive weight that wins, above 0 and at most 1. Default: the"
                + " cluster's consensusThreshold, else more than half.") //
        @Min(value = 0, inclusive = false) @Max(1) @Nullable BigDecimal threshold,
        @JsonPropertyDescription("Share of the electorate's weight that must cast anything, 0 to 1. Default 0.5.") //
        @Min(0) @Max(1) @Nullable BigDecimal quorum,
        @JsonPropertyDescription("Decisive ballots needed. Default 2.") //
        @Min(1) @Max(10_000) @Nullable Integer minBallots,
        @JsonPropertyDescription("What quorum is a share of; reachable leaves out voters lost before casting."
                + " Default electorate.") //
        @Nullable QuorumBase quorumBase,
        @JsonPropertyDescription("Who votes. Default: the voters of the topology.") //
        @Nullable VotersSpec voters,
        @JsonPropertyDescription("What each ballot weighs. Default: all the same.") //
        @Nullable WeightsSpec weights,
        @JsonPropertyDescription("How a ranked vote is counted. Default borda.") //
        @Nullable Ranked ranked,
        @JsonPropertyDescription("Ask as few as could decide first (waves), or all at once. Default waves.") //
        @Nullable Poll poll,
        @JsonPropertyDescription("Close as soon as nothing can change the outcome (early), or at the deadline."
                + " Default early.") //
        @Nullable Close close,
        @JsonPropertyDescription("How long a vote is open, for example 2m. Default: what is left of the task's"
                + " timeout.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String deadline,
        @JsonPropertyDescription("Rounds at most, 1 to 3; a further round is a run-off of the first two. Default 1.") //
        @Min(1) @Max(3) @Nullable Integer rounds,
        @JsonPropertyDescription("Who or what breaks a tie. Default statusQuo: a tie rejects.") //
        @Nullable TieBreak tieBreak,
        @JsonPropertyDescription("What follows when nothing is decided: fail, queen, retry or option:<name>."
                + " Default fail.") //
        @Size(max = 80) //
        @ValidationRule(value = "self in ['fail', 'queen', 'retry'] || self.matches('^option:.+$')", //
                message = "onNoDecision must be fail, queen, retry or option:<name>") //
        @Nullable String onNoDecision,
        @JsonPropertyDescription("Who may stop a decision after it was made. Default nobody.") //
        @Nullable VetoSpec veto,
        @JsonPropertyDescription("What a voter may do with her ballot.") //
        @Nullable BallotsSpec ballots,
        @JsonPropertyDescription("Agents that each do the task under strategy consensus. Default: the electorate,"
                + " at most voters.max.") //
        @Min(1) @Max(101) @Nullable Integer candidates,
        @JsonPropertyDescription("Script that admits a candidate's answer to the vote when it exits with 0.") //
        @Nullable ScriptSpec check,
        @JsonPropertyDescription("Script that each voter runs with DECISION_ID, QUESTION and OPTIONS_FILE; its last"
                + " line on stdout is the ballot.") //
        @Nullable ScriptSpec ballot) {
    /** How ballots are counted. */
    public enum Mode {
        MAJORITY, WEIGHTED, UNANIMOUS, RANKED, QUEEN;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** What the quorum is a share of. */
    public enum QuorumBase {
        ELECTORATE, REACHABLE;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** Methods for ranked ballots. */
    public enum Ranked {
        BORDA, SCHULZE, IRV;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** Whom to ask first. */
    public enum Poll {
        WAVES, ALL;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** When a vote ends. */
    public enum Close {
        EARLY, DEADLINE;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** What breaks a tie. */
    public enum TieBreak {
        STATUS_QUO, QUEEN, ORDER, RUNOFF;

        @JsonValue
        public String word() {
            return Words.camel(this);
        }
    }
}
