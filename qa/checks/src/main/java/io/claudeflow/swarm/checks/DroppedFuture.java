package io.claudeflow.swarm.checks;

import static com.google.errorprone.matchers.Matchers.instanceMethod;
import static com.google.errorprone.matchers.Matchers.isSubtypeOf;
import static com.google.errorprone.matchers.UnusedReturnValueMatcher.isReturnValueUnused;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.matchers.Matcher;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;

/** Refuses a call whose io.vertx.core.Future is dropped: its failure would vanish. */
@BugPattern(summary = "A dropped Future loses its failure: return it, await it, or end it with onFailure", severity = BugPattern.SeverityLevel.ERROR)
public final class DroppedFuture extends BugChecker implements BugChecker.MethodInvocationTreeMatcher {
    private static final Matcher<ExpressionTree> FUTURE = isSubtypeOf("io.vertx.core.Future");
    private static final Matcher<ExpressionTree> HANDLED = instanceMethod().onDescendantOf("io.vertx.core.Future")
            .namedAnyOf("onFailure", "onComplete");

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        boolean dropped = FUTURE.matches(call, state) && !HANDLED.matches(call, state)
                && isReturnValueUnused(call, state);
        return dropped ? describeMatch(call) : Description.NO_MATCH;
    }
}
