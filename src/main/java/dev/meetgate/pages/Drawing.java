package dev.meetgate.pages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Accepts an SVG that draws and does nothing else: known elements and attributes, no document type, and no
 * address but those within the file.
 */
final class Drawing extends DefaultHandler {

    private static final String SVG = "http://www.w3.org/2000/svg";

    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "title",
            "desc",
            "symbol",
            "use",
            "style",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "mask",
            "pattern");

    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "class",
            "style",
            "version",
            "viewBox",
            "preserveAspectRatio",
            "xml:space",
            "role",
            "aria-label",
            "aria-hidden",
            "width",
            "height",
            "x",
            "y",
            "x1",
            "y1",
            "x2",
            "y2",
            "cx",
            "cy",
            "r",
            "rx",
            "ry",
            "fx",
            "fy",
            "dx",
            "dy",
            "d",
            "points",
            "pathLength",
            "transform",
            "offset",
            "opacity",
            "color",
            "display",
            "visibility",
            "overflow",
            "fill",
            "fill-opacity",
            "fill-rule",
            "stroke",
            "stroke-width",
            "stroke-opacity",
            "stroke-linecap",
            "stroke-linejoin",
            "stroke-miterlimit",
            "stroke-dasharray",
            "stroke-dashoffset",
            "stop-color",
            "stop-opacity",
            "clip-path",
            "clip-rule",
            "clipPathUnits",
            "mask",
            "mask-type",
            "maskUnits",
            "maskContentUnits",
            "patternUnits",
            "patternTransform",
            "patternContentUnits",
            "gradientUnits",
            "gradientTransform",
            "spreadMethod",
            "vector-effect",
            "shape-rendering",
            "text-anchor",
            "font-family",
            "font-size",
            "font-weight",
            "font-style",
            "letter-spacing",
            "dominant-baseline",
            "xml:lang",
            "lang",
            "data-name",
            "href",
            "xlink:href");

    /** What can name another place in CSS: escapes could hide it. */
    private static final Pattern LOADS = Pattern.compile("@|\\\\|url\\s*\\((?!\\s*['\"]?#)|image-set|src\\s*\\(");

    private final StringBuilder style = new StringBuilder();
    private boolean isRoot = true;

    private Drawing() {}

    /** Fails with an {@link IllegalArgumentException} that says what is wrong. */
    static void check(byte[] content) {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(new ByteArrayInputStream(content)), new Drawing());
        } catch (Refused refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        } catch (SAXException | IOException | MissingResourceException e) {
            // The binary has no texts for the parser's own errors.
            throw new IllegalArgumentException("the file is neither a PNG nor an SVG without a document type", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its message names what is not allowed. */
    private static final class Refused extends SAXException {
        Refused(String what) {
            super("its SVG has %s, which is not allowed. Export it as plain SVG, without scripts and links"
                    .formatted(what));
        }
    }

    @Override
    public void startElement(String namespace, String name, String qualifiedName, Attributes attributes)
            throws SAXException {
        if (isRoot && !name.equals("svg")) {
            throw new Refused("the element %s at its root".formatted(qualifiedName));
        }
        isRoot = false;
        if (!namespace.equals(SVG) || !ELEMENTS.contains(name)) {
            throw new Refused("the element " + qualifiedName);
        }
        for (int i = 0; i < attributes.getLength(); i++) {
            check(attributes.getQName(i), attributes.getValue(i));
        }
    }

    private static void check(String name, String value) throws SAXException {
        boolean link = name.equals("href") || name.equals("xlink:href");
        if (!ATTRIBUTES.contains(name)
                || (link && !value.strip().startsWith("#"))
                || LOADS.matcher(value.toLowerCase(Locale.ROOT)).find()) {
            throw new Refused("the attribute " + name);
        }
    }

    @Override
    public void characters(char[] text, int start, int length) {
        style.append(text, start, length);
    }

    @Override
    public void endElement(String namespace, String name, String qualifiedName) throws SAXException {
        if (name.equals("style")
                && LOADS.matcher(style.toString().toLowerCase(Locale.ROOT)).find()) {
            throw new Refused("a style that loads something");
        }
        style.setLength(0);
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        throw new Refused("the processing instruction " + target);
    }
}
