package io.dhcpfailover.node.configuration.cel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads an expression by CEL's grammar (github.com/google/cel-spec, doc/langdef.md), one method a rule. */
final class Parser {

    private static final List<List<String>> OPERATORS =
            List.of(List.of("==", "!=", "<", "<=", ">", ">=", "in"), List.of("+", "-"), List.of("*", "/", "%"));

    private final String source;
    private final List<Token> tokens;
    private final Set<String> names = new HashSet<>();
    private int next;

    Parser(String source) {
        this.source = source;
        this.tokens = Tokenizer.tokens(source);
    }

    /** The whole text as one expression. */
    Node parse() {
        Node node = expression();
        if (peek().type() != Token.Type.END) {
            throw refused("an operator or the end is expected");
        }
        return node;
    }

    /** Every name that the expression mentions. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    private Node expression() {
        Node condition = or();
        if (!accept("?")) {
            return condition;
        }
        Node then = or();
        expect(":");
        return new Node.Conditional(condition, then, expression());
    }

    private Node or() {
        Node left = and();
        while (accept("||")) {
            left = new Node.Or(left, and());
        }
        return left;
    }

    private Node and() {
        Node left = binary(0);
        while (accept("&&")) {
            left = new Node.And(left, binary(0));
        }
        return left;
    }

    private Node binary(int level) {
        if (level == OPERATORS.size()) {
            return unary();
        }
        Node left = binary(level + 1);
        while (isOperator(level)) {
            String operator = take().text();
            left = new Node.Binary(operator, left, binary(level + 1));
        }
        return left;
    }

    private boolean isOperator(int level) {
        Token token = peek();
        return (token.type() == Token.Type.SYMBOL || token.text().equals("in"))
                && OPERATORS.get(level).contains(token.text());
    }

    private Node unary() {
        if (accept("!")) {
            return new Node.Not(unary());
        }
        if (accept("-")) {
            return new Node.Binary("-", new Node.Literal(0L), unary());
        }
        return member();
    }

    private Node member() {
        Node node = primary();
        while (true) {
            if (accept(".")) {
                Token name = name();
                node = accept("(") ? method(node, name) : new Node.Select(node, name.text());
            } else if (accept("[")) {
                node = new Node.Index(node, expression());
                expect("]");
            } else {
                return node;
            }
        }
    }

    private Node primary() {
        Token token = take();
        return switch (token.type()) {
            case TEXT -> new Node.Literal(token.text());
            case NUMBER -> new Node.Literal(number(token));
            case NAME -> named(token);
            case SYMBOL -> bracketed(token);
            case END -> throw refusedBefore("a value is expected");
        };
    }

    private Node bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> {
                Node node = expression();
                expect(")");
                yield node;
            }
            case "[" -> new Node.ListLiteral(expressions("]"));
            case "{" -> map();
            default -> throw refusedBefore("a value is expected");
        };
    }

    private Node named(Token token) {
        names.add(token.text());
        if (!accept("(")) {
            return switch (token.text()) {
                case "true" -> new Node.Literal(true);
                case "false" -> new Node.Literal(false);
                default -> new Node.Name(token.text());
            };
        }
        List<Node> arguments = expressions(")");
        if (token.text().equals("has") && arguments.size() == 1 && arguments.getFirst() instanceof Node.Select select) {
            return new Node.Has(select.operand(), select.field());
        }
        if (!Functions.isFunction(token.text(), arguments.size())) {
            throw refused("there is no function " + token.text() + " of " + arguments.size() + " arguments");
        }
        return new Node.Call(token.text(), arguments);
    }

    private Node method(Node receiver, Token name) {
        if (Macro.isMacro(name.text())) {
            return Macro.of(name.text(), receiver, expressions(")"), this::refused);
        }
        List<Node> arguments = new ArrayList<>(List.of(receiver));
        arguments.addAll(expressions(")"));
        if (!Functions.isMethod(name.text(), arguments.size() - 1)) {
            throw refused("there is no method " + name.text() + " of " + (arguments.size() - 1) + " arguments");
        }
        return new Node.Method(name.text(), arguments);
    }

    private Node map() {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (!accept("}")) {
            keys.add(expression());
            expect(":");
            values.add(expression());
            if (!accept(",")) {
                expect("}");
                break;
            }
        }
        return new Node.MapLiteral(keys, values);
    }

    private List<Node> expressions(String end) {
        List<Node> nodes = new ArrayList<>();
        while (!accept(end)) {
            nodes.add(expression());
            if (!accept(",")) {
                expect(end);
                break;
            }
        }
        return nodes;
    }

    private Long number(Token token) {
        try {
            return Long.valueOf(token.text());
        } catch (NumberFormatException e) {
            throw refused("the number is too large");
        }
    }

    private Token name() {
        Token token = take();
        if (token.type() != Token.Type.NAME) {
            throw refusedBefore("a name is expected");
        }
        names.add(token.text());
        return token;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(next++);
    }

    private boolean accept(String symbol) {
        if (peek().is(symbol)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw refused("'" + symbol + "' is expected");
        }
    }

    /** With the place of the token that was taken last. */
    private IllegalArgumentException refusedBefore(String why) {
        next--;
        return refused(why);
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why + " at character " + (peek().position() + 1) + " of: " + source);
    }
}
