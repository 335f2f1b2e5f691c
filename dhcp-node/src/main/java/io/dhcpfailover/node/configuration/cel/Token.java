package io.dhcpfailover.node.configuration.cel;

/**
 * The smallest part of an expression.
 *
 * @param type what it is
 * @param text as it is written; of a text, its content
 * @param position of its first character, from 0
 */
record Token(Type type, String text, int position) {

    /** What a token is. */
    enum Type {
        NAME,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return type == Type.SYMBOL && text.equals(symbol);
    }
}
