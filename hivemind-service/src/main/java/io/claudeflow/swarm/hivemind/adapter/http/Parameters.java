package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.hivemind.adapter.http.Problem.FieldError;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Query;
import io.claudeflow.swarm.kit.config.Durations;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark. What is wrong is thrown as UnreadableRequestException, all of it at once. */
final class Parameters {
    static final Duration MAX_WAIT = Duration.ofSeconds(60);
    static final int MAX_PAGE = 500;
    private static final int PAGE = 100;

    private final MultiMap said;
    private final List<FieldError> errors = new ArrayList<>();

    private Parameters(MultiMap said, Set<String> known) {
        this.said = said;
        for (var name : said.names()) {
            if (!known.contains(name)) {
                errors.add(new FieldError(name, "is not a known parameter; known are "
                        + known.stream().sorted().collect(Collectors.joining(", "))));
            }
        }
    }

    /** How long to wait for a task's end. */
    static Duration wait(MultiMap said) {
        var parameters = new Parameters(said, Set.of("wait"));
        var wait = parameters.one("wait", "durations up to " + Durations.format(MAX_WAIT) + ", for example 30s",
                text -> {
                    var duration = Durations.parse(text);
                    return duration.compareTo(MAX_WAIT) <= 0 ? duration : null;
                });
        parameters.finish();
        return wait == null ? Duration.ZERO : wait;
    }

    static void none(MultiMap said) {
        new Parameters(said, Set.of()).finish();
    }

    static Query query(MultiMap said) {
        var parameters = new Parameters(said, Set.of("phase", "limit", "after"));
        var phases = Arrays.stream(TaskPhase.values()).map(TaskAnswer::word).collect(Collectors.joining(", "));
        var phase = parameters.one("phase", phases, text -> Arrays.stream(TaskPhase.values())
                .filter(one -> TaskAnswer.word(one).equals(text))
                .findFirst()
                .orElse(null));
        var limit = parameters.one("limit", "whole numbers from 1 to " + MAX_PAGE, text -> {
            int number = Integer.parseInt(text);
            return number >= 1 && number <= MAX_PAGE ? (Integer) number : null;
        });
        var after = parameters.one("after", "what a page before said as next", Long::valueOf);
        parameters.finish();
        return new Query(phase, limit == null ? PAGE : limit, after);
    }

    private <T> @Nullable T one(String name, String allowed, Function<String, @Nullable T> meaning) {
        var text = said.get(name);
        if (text == null) {
            return null;
        }
        T value = null;
        try {
            value = meaning.apply(text);
        } catch (IllegalArgumentException e) {
            // Said below, as what is out of range is.
        }
        if (value == null) {
            errors.add(new FieldError(name, "is '" + text + "', allowed are " + allowed));
        }
        return value;
    }

    private void finish() {
        if (!errors.isEmpty()) {
            throw new UnreadableRequestException(errors);
        }
    }
}
