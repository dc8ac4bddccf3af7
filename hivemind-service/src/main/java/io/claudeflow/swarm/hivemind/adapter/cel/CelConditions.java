package io.claudeflow.swarm.hivemind.adapter.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.claudeflow.swarm.hivemind.port.Conditions;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in CEL: {@code steps.build.result == 'ok' && parameters.level == 'full'}. Bounded: an expression has at most 4,096
 * characters, and a comprehension at most 10,000 steps.
 */
public final class CelConditions implements Conditions {
    private static final int MOST_ITERATIONS = 10_000;

    private final Vertx vertx;
    private @Nullable Language language;

    public CelConditions(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Language(CelCompiler compiler, CelRuntime runtime) {}

    @Override
    public Future<Boolean> holds(String expression, Map<String, Ended> steps, Map<String, String> parameters) {
        var seen = new HashMap<String, Object>();
        steps.forEach((name, ended) -> seen.put(name, Map.of("phase", ended.phase(), "result", ended.result(),
                "results", List.copyOf(ended.results()))));
        return vertx.executeBlocking(() -> evaluate(expression, Map.of("steps", seen, "parameters", parameters)))
                .map(Boolean.TRUE::equals);
    }

    private boolean evaluate(String expression, Map<String, Object> variables) {
        try {
            var known = language();
            var ast = known.compiler.compile(expression).getAst();
            if (known.runtime.createProgram(ast).eval(variables) instanceof Boolean holds) {
                return holds;
            }
            throw new SwarmException(ErrorCode.INVALID, "its condition is neither true nor false: " + expression);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new SwarmException(ErrorCode.INVALID,
                    "its condition cannot be worked out: " + String.valueOf(e.getMessage()).strip() + " in: "
                            + expression,
                    e);
        }
    }

    private synchronized Language language() {
        var known = language;
        if (known == null) {
            var options = CelOptions.current().comprehensionMaxIterations(MOST_ITERATIONS).build();
            known = new Language(
                    CelCompilerFactory.standardCelCompilerBuilder()
                            .setOptions(options)
                            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                            .addVar("steps", MapType.create(SimpleType.STRING, SimpleType.DYN))
                            .addVar("parameters", MapType.create(SimpleType.STRING, SimpleType.STRING))
                            .build(),
                    CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options).build());
            language = known;
        }
        return known;
    }
}
