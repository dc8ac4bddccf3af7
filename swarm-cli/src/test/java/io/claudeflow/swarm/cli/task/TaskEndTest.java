package io.claudeflow.swarm.cli.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskEndTest {
    private static KubeObject task(String status) throws JsonProcessingException {
        return new KubeObject(new ObjectMapper()
                .readTree("{\"metadata\":{\"name\":\"t\"},\"status\":" + status.replace('\'', '"') + "}"));
    }

    private static Optional<TaskEnd> end(String status) throws JsonProcessingException {
        return TaskEnd.of(task(status));
    }

    @Test
    void exitCodesTellHowItEnded() throws JsonProcessingException {
        assertEquals(0, end("{'phase':'Completed'}").orElseThrow().exitCode());
        assertEquals(7, end(
                "{'phase':'Failed','exitCode':7,'conditions':[{'type':'Failed','status':'True','reason':'ExitCode'}]}")
                .orElseThrow()
                .exitCode());
        assertEquals(124, end(
                "{'phase':'Failed','exitCode':143,'conditions':[{'type':'Failed','status':'True','reason':'TimedOut'}]}")
                .orElseThrow()
                .exitCode());
        assertEquals(1, end("{'phase':'Failed','conditions':[{'type':'Failed','status':'True','reason':'AgentLost'}]}")
                .orElseThrow()
                .exitCode());
        assertEquals(1, end("{'phase':'Cancelled'}").orElseThrow().exitCode());
        assertTrue(end("{'phase':'Running'}").isEmpty());
        assertTrue(end("{}").isEmpty());
    }

    @Test
    void sentencesSayByWhomAndWhy() throws JsonProcessingException {
        assertEquals("swarmtask/t is complete, by a, in 2s",
                end("{'phase':'Completed','assignedAgents':['a'],'duration':'2s','attempts':1}").orElseThrow()
                        .sentence());
        assertEquals("swarmtask/t failed (ExitCode): no such file, by a, at attempt 4",
                end("{'phase':'Failed','message':'no such file','attempts':4,'assignedAgents':['a'],'conditions':"
                        + "[{'type':'Failed','status':'True','reason':'ExitCode'}]}").orElseThrow().sentence());
    }

    @Test
    void stepsSayWhereItStands() throws JsonProcessingException {
        assertEquals("swarmtask/t: Pending", TaskStep.of(task("{}")));
        assertEquals("swarmtask/t: Running on a, attempt 2, 40 %: reading",
                TaskStep.of(task(
                        "{'phase':'Running','assignedAgents':['a'],'attempts':2,'progress':40,'message':'reading'}")));
        assertEquals("swarmtask/t: Pending: several could take it", TaskStep.of(task("{'phase':'Pending','conditions':"
                + "[{'type':'ClusterResolved','status':'False','reason':'Ambiguous','message':'several could take it'}]}")));
    }
}
