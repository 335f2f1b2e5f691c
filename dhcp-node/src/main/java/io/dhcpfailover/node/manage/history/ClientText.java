package io.dhcpfailover.node.manage.history;

/** What a client sent as a text, for people. */
public final class ClientText {

    private ClientText() {}

    /** The octets, so that no terminal, no log and no spreadsheet takes them for a command. */
    public static String escaped(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (byte octet : octets) {
            boolean plain = (octet >= '0' && octet <= '9')
                    || (octet >= 'a' && octet <= 'z')
                    || (octet >= 'A' && octet <= 'Z')
                    || octet == '.'
                    || octet == '_'
                    || (octet == '-' && !text.isEmpty());
            text.append(plain ? String.valueOf((char) octet) : String.format("\\x%02x", octet));
        }
        return text.toString();
    }
}
