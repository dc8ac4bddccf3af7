package io.claudeflow.swarm.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.checkpoint.CheckpointSeries.Saved;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointSeriesTest {
    @Test
    void numbersGoOnFromTheLastOfAnyAttempt() {
        var series = new CheckpointSeries(6, Optional.empty());

        assertEquals(7, series.next(data("a")).number());
        assertEquals(8, series.next(data("b")).number());
        assertEquals(Optional.of(new Saved(8, data("b"))), series.open());
    }

    @Test
    void aCheckpointIsDurableOnceItIsAcknowledged() {
        var series = new CheckpointSeries(0, Optional.empty());
        var saved = series.next(data("a"));
        var durable = series.durable(saved);
        assertFalse(durable.isComplete());
        assertEquals(Optional.empty(), series.durable());

        assertTrue(series.acknowledged(1));

        assertEquals(1, durable.result());
        assertEquals(Optional.of(saved), series.durable());
        assertEquals(Optional.empty(), series.open());
        assertFalse(series.acknowledged(1));
    }

    @Test
    void aLaterOneStandsForThoseBeforeIt() {
        var series = new CheckpointSeries(0, Optional.empty());
        var first = series.durable(series.next(data("a")));
        var second = series.durable(series.next(data("b")));
        var third = series.durable(series.next(data("c")));

        series.acknowledged(2);

        assertEquals(1, first.result());
        assertEquals(2, second.result());
        assertFalse(third.isComplete());
        assertEquals(data("b"), series.durable().orElseThrow().data());
        assertEquals(data("c"), series.latest());
    }

    @Test
    void whatNobodyWaitsForIsReplacedByTheNext() {
        var series = new CheckpointSeries(0, Optional.empty());
        series.next(data("a"));
        series.next(data("b"));

        assertFalse(series.acknowledged(1));
        assertTrue(series.acknowledged(2));
    }

    @Test
    void anAttemptThatGoesOnHasTheLastOneFromTheStart() {
        var series = new CheckpointSeries(3, Optional.of(data("at 40")));

        assertEquals(Optional.of(new Saved(3, data("at 40"))), series.durable());
        assertEquals(data("at 40"), series.latest());
        assertTrue(series.begun());
        assertFalse(new CheckpointSeries(3, Optional.empty()).begun());
    }

    @Test
    void whoWaitsHearsOfTheEnd() {
        var series = new CheckpointSeries(0, Optional.empty());
        var durable = series.durable(series.next(data("a")));

        series.fail(new IllegalStateException("fenced"));

        assertEquals("fenced", durable.cause().getMessage());
        assertEquals(Optional.empty(), series.open());
    }

    @Test
    void dataHaveABound() {
        assertEquals(CheckpointData.MAX_BYTES, CheckpointData.of(new byte[CheckpointData.MAX_BYTES]).bytes().length);
        assertThrows(IllegalArgumentException.class, () -> CheckpointData.of(new byte[CheckpointData.MAX_BYTES + 1]));
    }

    private static CheckpointData data(String text) {
        return CheckpointData.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
