package io.claudeflow.swarm.local.api.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schemas;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleCheckTest {
    @SuppressWarnings("NullAway.Init")
    private static Vertx vertx;
    @SuppressWarnings("NullAway.Init")
    private static CelRules rules;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        rules = new CelRules(vertx);
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) KubeJson.parse(text.replace('\'', '"'));
    }

    private static List<String> check(String rule, String self, @Nullable String old) {
        var schema = new Schemas().custom(json("""
                {'type': 'object', 'properties': {'spec': {'type': 'object', 'properties': {
                  'n': {'type': 'integer'}, 's': {'type': 'string'}, 'in': {'type': 'string'},
                  'list': {'type': 'array', 'items': {'type': 'object', 'properties': {'name': {'type': 'string'}}}},
                  'map': {'type': 'object', 'additionalProperties': {'type': 'integer'}},
                  'time': {'type': 'string', 'format': 'date-time'}, 'quantity': {'x-kubernetes-int-or-string': true}},
                  'x-kubernetes-validations': [{'message': 'no', 'rule': ''}]}}}"""));
        ((ObjectNode) schema.source().findValue("x-kubernetes-validations").path(0)).put("rule", rule);
        rules.compileNow(Set.of(rule));
        return RuleCheck
                .check(rules, schema, json("{'spec': " + self + "}"),
                        old == null ? null : json("{'spec': " + old + "}"))
                .stream()
                .map(FieldError::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "self.n % 2 == 1 | {'n': 3}", "!has(self.s) | {}", "has(self.s) && self.s.matches('^a') | {'s': 'ab'}",
        "self.s.matches('b') | {'s': 'abc'}",
        "self.list.all(x, self.list.exists_one(y, y.name == x.name)) | {'list': [{'name': 'a'}, {'name': 'b'}]}",
        "self.map.map(k, self.map[k]).sum() == 100 | {'map': {'a': 60, 'b': 40}}",
        "self.map.all(k, k.size() <= 3 && self.map[k] > 0) | {'map': {'abc': 1}}", "self.__in__ == 'x' | {'in': 'x'}",
        "size(self.list.filter(x, x.name == 'a')) == 1 | {'list': [{'name': 'a'}]}",
        "self.time < timestamp('2030-01-01T00:00:00Z') | {'time': '2026-01-01T00:00:00Z'}",
        "quantity(self.quantity).isGreaterThan(quantity('1M')) | {'quantity': '1Gi'}",
        "self.s.find('[0-9]+') == '12' && self.s.findAll('[a-z]') == ['a', 'b'] | {'s': 'a12b'}",
        "self.s in ['a', 'b'] && self.s.lowerAscii() == 'a' && self.s.split(',').size() == 1 | {'s': 'a'}",
        "[1, 3, 2].max() == 3 && [1, 2].isSorted() && [1, 2].indexOf(2) == 1 && duration('1m') > duration('1s') | {}"})
    void rulesHold(String rule, String self) {
        assertEquals(List.of(), check(rule, self, null));
    }

    @Test
    void aBrokenRuleIsToldByItsMessage() {
        assertEquals(List.of("spec: Invalid value: \"object\": no"), check("self.n > 3", "{'n': 1}", null));
    }

    @Test
    void aRuleOnWhatIsNotThereFails() {
        assertEquals(List.of("spec: Invalid value: \"object\": no such key: n evaluating rule: no"),
                check("self.n > 3", "{}", null));
    }

    @Test
    void transitionRulesAreForUpdates() {
        assertEquals(List.of(), check("self.s == oldSelf.s", "{'s': 'a'}", null));
        assertEquals(List.of("spec: Invalid value: \"object\": no"), check("self.s == oldSelf.s", "{'s': 'a'}",
                "{'s': 'b'}"));
    }

    @Test
    void rulesThatAreNotCompiledAreAskedFor() {
        var schema = json("{'x-kubernetes-validations': [{'rule': 'self.unseen == 1'}]}");
        var pending = assertThrows(CelPending.class, () -> RuleCheck.compileErrors(rules, schema, "spec"));
        assertEquals(Set.of("self.unseen == 1"), pending.expressions());
    }

    @Test
    void aRuleThatIsNoCelIsRefusedWithTheDefinition() {
        rules.compileNow(Set.of("self ==="));
        var errors = RuleCheck.compileErrors(rules, json("{'x-kubernetes-validations': [{'rule': 'self ==='}]}"), "x");
        assertEquals("x.x-kubernetes-validations[0].rule", errors.getFirst().field());
    }
}
