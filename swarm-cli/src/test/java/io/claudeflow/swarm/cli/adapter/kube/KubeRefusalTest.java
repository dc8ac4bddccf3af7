package io.claudeflow.swarm.cli.adapter.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.cli.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeRefusalTest {
    @ParameterizedTest
    @CsvSource({"400,2", "422,2", "404,4", "409,1", "403,1", "401,1", "500,1", "503,3", "504,5"})
    void statusBecomesAnExitCode(int status, int exitCode) {
        assertEquals(exitCode, ExitCode.of(KubeRefusal.of(status, "{}").code()));
    }

    @Test
    void causesAreFieldsWithKubernetesWords() {
        var refusal = KubeRefusal.read(422, """
                {"kind":"Status","reason":"Invalid","message":"X is invalid","details":{"causes":[
                {"reason":"FieldValueNotSupported","message":"Unsupported value: \\"a\\"","field":"spec.topology"},
                {"reason":"FieldValueInvalid","message":"some rules were not checked","field":"<nil>"}]}}""");
        assertEquals("Invalid", refusal.reason());
        assertEquals(List.of(new KubeRefusal.FieldCause("spec.topology", "Unsupported value: \"a\"")),
                refusal.causes());
    }

    @Test
    void unknownFieldsAreCausesWhereverTheyAreSaid() {
        var strict = KubeRefusal.read(400, """
                {"message":"strict decoding error: unknown field \\"spec.a\\", unknown field \\"spec.b[0].c\\""}""");
        assertEquals(List.of("spec.a", "spec.b[0].c"),
                strict.causes().stream().map(KubeRefusal.FieldCause::field).toList());
        var typed = """
                {"message":"failed to create typed patch object (/bad; x/v1, Kind=Y): .spec.topolgy: field not declared in schema"}""";
        assertEquals(List.of("spec.topolgy"),
                KubeRefusal.read(500, typed).causes().stream().map(KubeRefusal.FieldCause::field).toList());
        assertEquals(ExitCode.USAGE, ExitCode.of(KubeRefusal.of(500, typed).code()));
    }

    @Test
    void anAnswerThatIsNoStatusIsToldShortly() {
        assertEquals("the API server answered 502: bad gateway", KubeRefusal.read(502, "bad gateway\n").message());
        assertEquals("the API server answered 500", KubeRefusal.read(500, "").message());
    }
}
