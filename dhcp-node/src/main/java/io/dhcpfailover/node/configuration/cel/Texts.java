package io.dhcpfailover.node.configuration.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The methods of texts. Positions and lengths count characters of Unicode, as CEL does. */
final class Texts {

    private Texts() {}

    static Object call(String name, String text, List<Object> arguments) {
        return switch (name) {
            case "size" -> (long) text.codePointCount(0, text.length());
            case "lowerAscii" -> lowerAscii(text);
            case "matches" ->
                RegularExpressions.compile(argument(arguments, 0)).matcher(text).find();
            case "findAll" -> findAll(RegularExpressions.compile(argument(arguments, 0)), text);
            case "startsWith" -> text.startsWith(argument(arguments, 0));
            case "endsWith" -> text.endsWith(argument(arguments, 0));
            case "replace" -> text.replace(argument(arguments, 0), argument(arguments, 1));
            case "split" -> split(text, argument(arguments, 0), arguments.size() == 1 ? -1 : number(arguments, 1));
            case "substring" ->
                substring(
                        text,
                        number(arguments, 0),
                        arguments.size() == 1 ? text.codePointCount(0, text.length()) : number(arguments, 1));
            default -> throw Operators.noSuchOverload();
        };
    }

    private static String argument(List<Object> arguments, int index) {
        if (arguments.get(index) instanceof String text) {
            return text;
        }
        throw Operators.noSuchOverload();
    }

    private static long number(List<Object> arguments, int index) {
        if (arguments.get(index) instanceof Long number) {
            return number;
        }
        throw Operators.noSuchOverload();
    }

    private static String lowerAscii(String text) {
        char[] characters = text.toCharArray();
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] >= 'A' && characters[i] <= 'Z') {
                characters[i] = (char) (characters[i] + 'a' - 'A');
            }
        }
        return new String(characters);
    }

    private static List<String> findAll(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    /** At most {@code limit} parts, the last of which is all the rest; a negative limit is none. */
    private static List<String> split(String text, String separator, long limit) {
        if (separator.isEmpty()) {
            throw new EvaluationException("split needs a separator");
        }
        List<String> parts = new ArrayList<>();
        if (limit == 0) {
            return parts;
        }
        int start = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            int end = text.indexOf(separator, start);
            if (end < 0) {
                break;
            }
            parts.add(text.substring(start, end));
            start = end + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String substring(String text, long start, long end) {
        if (start < 0 || end < start || end > text.codePointCount(0, text.length())) {
            throw new EvaluationException("index out of range: " + (start < 0 ? start : end));
        }
        return text.substring(text.offsetByCodePoints(0, (int) start), text.offsetByCodePoints(0, (int) end));
    }
}
