package io.claudeflow.swarm.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.cli.adapter.kube.KubeObject.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    @ParameterizedTest
    @CsvSource({"Ready,True,false", "Ready,False,true", "Ready,Unknown,true", "ClusterResolved,False,true",
        "Degraded,True,true", "Degraded,False,false", "Degraded,Unknown,false", "Failed,True,true",
        "Failed,False,false",
        "Progressing,False,false", "Complete,False,false", "Drained,False,false", "MemoryReady,False,true"})
    void whatIsNotFine(String type, String status, boolean notFine) {
        assertEquals(notFine, Judgement.notFine(new Condition(type, status, "R", "")));
    }

    @Test
    void aConditionIsASentence() {
        assertEquals("MemoryReady=False (NotAvailable): there is none",
                Judgement.sentence(new Condition("MemoryReady", "False", "NotAvailable", "there is none")));
    }
}
