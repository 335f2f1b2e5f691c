package io.dhcpfailover.node.configuration.cel;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens. */
final class Tokenizer {

    private static final List<String> SYMBOLS = List.of(
            "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}", "+",
            "-", "*", "/", "%");

    private final String source;
    private int position;

    private Tokenizer(String source) {
        this.source = source;
    }

    /** The tokens of an expression, the last of which is its end. */
    static List<Token> tokens(String source) {
        Tokenizer tokenizer = new Tokenizer(source);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(tokenizer.next());
        } while (tokens.getLast().type() != Token.Type.END);
        return tokens;
    }

    private Token next() {
        while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == source.length()) {
            return new Token(Token.Type.END, "", start);
        }
        char c = source.charAt(start);
        if (isNameStart(c)) {
            return new Token(Token.Type.NAME, run(true), start);
        }
        if (isDigit(c)) {
            return new Token(Token.Type.NUMBER, run(false), start);
        }
        if (c == '\'' || c == '"') {
            return new Token(Token.Type.TEXT, text(c), start);
        }
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, start)) {
                position += symbol.length();
                return new Token(Token.Type.SYMBOL, symbol, start);
            }
        }
        throw refused("'" + c + "' is not understood", start);
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String run(boolean name) {
        int start = position;
        while (position < source.length()
                && (isDigit(source.charAt(position)) || (name && isNameStart(source.charAt(position))))) {
            position++;
        }
        return source.substring(start, position);
    }

    private String text(char quote) {
        int start = position;
        StringBuilder text = new StringBuilder();
        position++;
        while (position < source.length() && source.charAt(position) != quote) {
            char c = source.charAt(position++);
            text.appendCodePoint(c == '\\' ? escaped() : c);
        }
        if (position == source.length()) {
            throw refused("the text has no end", start);
        }
        position++;
        return text.toString();
    }

    private int escaped() {
        if (position == source.length()) {
            throw refused("the text has no end", position);
        }
        char c = source.charAt(position++);
        return switch (c) {
            case '\\', '\'', '"', '`', '?' -> c;
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            default -> throw refused("'\\" + c + "' is no escape", position - 2);
        };
    }

    private int hexadecimal(int digits) {
        int start = position;
        position += digits;
        if (position > source.length()) {
            throw refused("the escape has no end", start);
        }
        try {
            return Integer.parseInt(source.substring(start, position), 16);
        } catch (NumberFormatException e) {
            throw refused("the escape has digits that are not hexadecimal", start);
        }
    }

    private IllegalArgumentException refused(String why, int where) {
        return new IllegalArgumentException(why + " at character " + (where + 1) + " of: " + source);
    }
}
