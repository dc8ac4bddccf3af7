package io.claudeflow.swarm.kit.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void aHeaderIsReadBack() {
        var context = TraceContext.parse("00-" + TRACE + "-00f067aa0ba902b7-01");

        assertEquals(new TraceContext(TRACE, "00f067aa0ba902b7", true), context);
        assertEquals("00-" + TRACE + "-00f067aa0ba902b7-01", context.header());
        assertFalse(TraceContext.parse("00-" + TRACE + "-00f067aa0ba902b7-00").sampled());
    }

    @Test
    void aMalformedHeaderStartsANewTrace() {
        var zero = "0".repeat(16);
        for (var header : new String[]{"", "00", "01-" + TRACE + "-00f067aa0ba902b7-01",
            "00-" + TRACE.toUpperCase(java.util.Locale.ROOT) + "-00f067aa0ba902b7-01",
            "00-" + zero + zero + "-00f067aa0ba902b7-01", "00-" + TRACE + "-" + zero + "-01"}) {
            assertNotEquals(TRACE, TraceContext.parse(header).traceId(), header);
        }
        assertTrue(TraceContext.parse(null).sampled());
    }

    @Test
    void aChildIsANewSpanOfTheSameTrace() {
        var parent = TraceContext.ofUid("4BF92F35-77B3-4DA6-A3CE-929D0E0E4736");
        var child = parent.child();

        assertEquals(TRACE, parent.traceId());
        assertEquals(parent.traceId(), child.traceId());
        assertNotEquals(parent.spanId(), child.spanId());
        assertThrows(IllegalArgumentException.class, () -> TraceContext.ofUid("task-1"));
    }
}
