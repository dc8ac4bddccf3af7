package io.claudeflow.swarm.local.api.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiled rules by their text. The library takes most of a second to load, so the first rule that is compiled pays for it, on a worker.
 *
 * <p>Rules see {@code self} and {@code oldSelf} without static types: a rule that names a field which the schema does not have fails
 * when it is evaluated, not when the definition is installed.
 */
public final class CelRules {
    private final Vertx vertx;
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();
    private @Nullable Environment environment;

    public CelRules(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Environment(CelCompiler compiler, CelRuntime runtime) {}

    /** A rule's program, or the sentence that says why there is none. */
    record Compiled(CelRuntime.@Nullable Program program, String error) {
        /** The rule's answer for these variables. */
        Object evaluate(Map<String, Object> variables) throws CelEvaluationException {
            return Objects.requireNonNull(program).eval(variables);
        }
    }

    /** The compiled rule, or null when it has not been compiled yet. */
    @Nullable
    Compiled find(String expression) {
        return compiled.get(expression);
    }

    /** Compiles rules on a worker; a rule that cannot be compiled is kept with its error. */
    public Future<Void> compile(Set<String> expressions) {
        return vertx.<Boolean>executeBlocking(() -> {
            compileNow(expressions);
            return true;
        }).mapEmpty();
    }

    /** Compiles rules on this thread; slow the first time. */
    synchronized void compileNow(Set<String> expressions) {
        var ready = environment;
        if (ready == null) {
            ready = environment();
            environment = ready;
        }
        for (var expression : expressions) {
            compiled.put(expression, compile(ready, expression));
        }
    }

    private static Compiled compile(Environment environment, String expression) {
        try {
            var ast = environment.compiler.compile(expression).getAst();
            return new Compiled(environment.runtime.createProgram(ast), "");
        } catch (CelValidationException | CelEvaluationException e) {
            return new Compiled(null, String.valueOf(e.getMessage()));
        }
    }

    private static Environment environment() {
        var options = CelOptions.current()
                .enableRegexPartialMatch(true)
                .enableHeterogeneousNumericComparisons(true)
                .build();
        var compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("self", SimpleType.DYN)
                .addVar("oldSelf", SimpleType.DYN)
                .addFunctionDeclarations(KubernetesFunctions.declarations())
                .addLibraries(CelExtensions.strings(), CelExtensions.sets(options), CelExtensions.optional())
                .build();
        var runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options)
                .addFunctionBindings(KubernetesFunctions.bindings())
                .addLibraries(CelExtensions.strings(), CelExtensions.sets(options), CelExtensions.optional())
                .build();
        return new Environment(compiler, runtime);
    }
}
