package io.dhcpfailover.node.configuration.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions say what the API server's evaluation of them says. */
class ExpressionTest {

    private static final Map<String, Object> SELF = Map.of(
            "self",
            Map.of("text", "a.b", "number", 7L, "list", List.of(1L, 2L, 2L), "broken\nline", "a\n", "line", "a\n"));

    private static boolean holds(String expression) {
        return Expression.parse(expression).holds(SELF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 7 / 2 == 3 && -7 % 4 == -3",
                "self.number - 1 - 1 == 5",
                "true ? 1 < 2 : false",
                "has(self.text) && !has(self.other)",
                "'text' in self && !('other' in self) && 2 in self.list && !(3 in self.list)",
                "self.list[0] == 1 && {'a': 1}['a'] == 1",
                "self.list.all(x, x > 0) && self.list.exists_one(x, x == 1) && !self.list.exists_one(x, x == 2)",
                "self.list.map(x, x * 2).sum() == 10 && [].sum() == 0",
                "['a', 'b'].transformMapEntry(i, x, i > 0, {x: i}) == {'b': 1}",
                "'a.b'.split('.') == ['a', 'b'] && ''.split('.') == [''] && 'a,b,c'.split(',', 2) == ['a', 'b,c']",
                "'äöü'.size() == 3 && 'äöü'.substring(1) == 'öü' && 'äöü'.substring(0, 1) == 'ä'",
                "'AÄ'.lowerAscii() == 'aÄ' && 'a-b'.replace('-', ':') == 'a:b'",
                "'ab'.startsWith('a') && 'ab'.endsWith('b') && '1h30m'.findAll('[0-9]+') == ['1', '30']",
                "int('-5') == -5 && '\\x41\\u0042' == 'AB'",
                "timestamp('2026-01-31T14:00:00+02:00') == timestamp('2026-01-31T12:00:00Z')",
                "isIP('192.0.2.1') && !isIP('192.0.2.01') && !isIP('192.0.2') && !isIP('192.0.2.256') && !isIP('')",
                "isIP('2001:db8::1') && ip('2001:db8::1').family() == 6 && !isIP('fe80::1%eth0')",
                "!isIP('::ffff:192.0.2.1') && !isIP('[::1]') && ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified()",
                "isCIDR('192.0.2.0/24') && !isCIDR('192.0.2.0/33') && !isCIDR('192.0.2.0/024') && !isCIDR('192.0.2.0')",
                "cidr('192.0.2.9/29').masked() == cidr('192.0.2.8/29') && cidr('192.0.2.9/29').prefixLength() == 29",
                "cidr('192.0.2.9/29').ip() == ip('192.0.2.9') && cidr('2001:db8::1/32').masked() == cidr('2001:db8::/32')",
                "isURL('https://u:p@example.org:80/a b?c') && url('https://[::1]:80/').getHostname() == '::1'",
                "!isURL('portal') && !isURL('https://a b/') && !isURL('https://a/%zz') && !isURL('https://a:b/') && isURL('/a')",
                "!'a\n'.matches('^a$') && self.line.matches('^a') && 'a]'.matches('^[a-z]\\\\]$')"
            })
    void thisHolds(String expression) {
        assertThat(holds(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self.other == 1",
                "self.list[3] == 1",
                "self.text < 1",
                "self.text",
                "other",
                "9223372036854775807 + 1 == 0",
                "1 / 0 == 0",
                "int('x') == 0",
                "ip('x') == ip('y')",
                "'a'.substring(2) == ''",
                "['a', 'a'].transformMapEntry(i, x, true, {x: i}).size() == 1",
                "'a'.matches('(')",
                "[1, 'a'].all(x, x < 2)"
            })
    void thisHasNoValue(String expression) {
        assertThatExceptionOfType(EvaluationException.class).isThrownBy(() -> holds(expression));
    }

    @Test
    void onePartDecidesAlsoWhereAnotherHasNoValue() {
        assertThat(holds("self.other == 1 || true")).isTrue();
        assertThat(holds("self.other == 1 && false")).isFalse();
        assertThat(holds("['a', 3].all(x, x < 2)")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 +",
                "(1",
                "[1",
                "{1: 2",
                "'a",
                "'\\q'",
                "a.1",
                "f(1)",
                "'a'.size(1)",
                "[1].all(1, true)",
                "[1].map(x)",
                "1 2",
                "#",
                "99999999999999999999",
                "a ? b"
            })
    void thisIsNoExpression(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expression.parse(text))
                .withMessageContaining(" at character ");
    }
}
