package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of its steps: those that run, those whose end waits for its acknowledgement, and the last that are done. Decides what an assignment means; does nothing itself. {@code R} is whatever stands for a running step. Pure; one thread.
 */
final class StepTable<R> {
    private static final int REMEMBERED = 1_024;

    private final Map<Step, R> running = new LinkedHashMap<>();
    private final Map<Step, List<AgentFrame>> unacknowledged = new LinkedHashMap<>();
    private final Map<Step, Boolean> done = new Last();
    private final Map<Step, Boolean> refused = new Last();
    private final Map<Step, Boolean> begun = new Last();
    private final Map<Step, Boolean> handedBack = new Last();

    private static final class Last extends LinkedHashMap<Step, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Step, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** What an assignment means. */
    sealed interface Decision {
        /** It is new; an older attempt of the same work, if one runs, is to be killed first and reported by nobody. */
        record Start(List<Step> replaced) implements Decision {}

        /** It runs already. */
        record Runs() implements Decision {}

        /** It has ended; its last words are to be said again. */
        record Ended(List<AgentFrame> words) implements Decision {}

        /** It was given back; that is to be said again. */
        record GivenBack() implements Decision {}

        record Refuse(String reason) implements Decision {}
    }

    /**
     * What an assignment means. A refusal is final: it may have ended the attempt in the ledger, or be about to, when a leader that
     * has not heard it assigns the step again.
     */
    Decision assign(Step step, int most, boolean draining) {
        var decision = decide(step, most, draining);
        if (decision instanceof Decision.Refuse) {
            refused.put(step, true);
        }
        return decision;
    }

    private Decision decide(Step step, int most, boolean draining) {
        var words = unacknowledged.get(step);
        if (running.containsKey(step)) {
            return new Decision.Runs();
        } else if (words != null) {
            return new Decision.Ended(words);
        } else if (done.containsKey(step)) {
            return new Decision.Refuse("the step is done and its result was acknowledged");
        } else if (handedBack.containsKey(step)) {
            return new Decision.GivenBack();
        } else if (begun.containsKey(step)) {
            // A leader that knows no better may assign what another one has ended: an attempt is begun once.
            return new Decision.Refuse("the step was begun and discarded");
        } else if (refused.containsKey(step)) {
            return new Decision.Refuse("the step was refused before");
        } else if (draining) {
            return new Decision.Refuse("the agent is draining");
        }
        var others = running.keySet().stream().filter(known -> sameWork(known, step)).toList();
        if (others.stream().anyMatch(known -> newer(known, step))) {
            return new Decision.Refuse("a newer attempt of the same work runs here");
        } else if (running.size() - others.size() >= most) {
            return new Decision.Refuse("the agent is busy: " + running.size() + " of " + most + " steps run");
        }
        return new Decision.Start(others);
    }

    private static boolean sameWork(Step one, Step other) {
        return one.getTaskUid().equals(other.getTaskUid()) && one.getPath().equals(other.getPath());
    }

    private static boolean newer(Step one, Step other) {
        return one.getEpoch() != other.getEpoch()
                ? one.getEpoch() > other.getEpoch()
                : one.getAttempt() > other.getAttempt();
    }

    void started(Step step, R run) {
        running.put(step, run);
        begun.put(step, true);
    }

    /** Takes a running step out, to be reported by nobody; null: it does not run. */
    @Nullable
    R forget(Step step) {
        return running.remove(step);
    }

    /** A running step was ended and is given back; its last words are kept as those of {@link #ended}. */
    void handedBack(Step step, List<AgentFrame> words) {
        ended(step, words);
        handedBack.put(step, true);
    }

    /** Its last words, the result or the hand-back at their end, are kept until that is acknowledged. */
    void ended(Step step, List<AgentFrame> words) {
        running.remove(step);
        unacknowledged.put(step, List.copyOf(words));
    }

    /** The ledger has the result or the hand-back, or wants none. */
    void acknowledged(Step step) {
        if (unacknowledged.remove(step) != null && !handedBack.containsKey(step)) {
            done.put(step, true);
        }
    }

    Optional<R> running(Step step) {
        return Optional.ofNullable(running.get(step));
    }

    /** What is to be said of a step that has ended, until it is acknowledged; empty: nothing. */
    List<AgentFrame> words(Step step) {
        return unacknowledged.getOrDefault(step, List.of());
    }

    Map<Step, R> running() {
        return new LinkedHashMap<>(running);
    }

    /** What is to be said of all steps that have ended. */
    List<AgentFrame> unacknowledged() {
        return unacknowledged.values().stream().flatMap(List::stream).toList();
    }

    /** Its result was acknowledged, not too long ago. */
    boolean done(Step step) {
        return done.containsKey(step);
    }

    int count() {
        return running.size();
    }

    boolean idle() {
        return running.isEmpty();
    }
}
