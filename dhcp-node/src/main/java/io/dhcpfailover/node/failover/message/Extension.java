package io.dhcpfailover.node.failover.message;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * By which two servers of this project know each other in CONNECT and CONNECTACK: an option 29 whose vendor class
 * (option 28) is {@link #VENDOR_CLASS}. Inside, with code and length of two octets each as everywhere: code 1, the
 * features as a number of four octets, and code 2, the nonce. Other servers ignore it (measured with ISC dhcpd
 * 4.4.3).
 *
 * @param features in CONNECT what the sender can, in CONNECTACK which of these both use from then on
 * @param nonce 16 octets that the sender drew for this link alone and that nobody can guess: with them,
 *     {@link FrameAuthenticator} tells this link's frames from those of any other
 */
public record Extension(Set<Feature> features, Octets nonce) {

    /** The vendor class of servers of this project. */
    public static final String VENDOR_CLASS = "dhcpfailover";

    /** Octets of a nonce. */
    public static final int NONCE_LENGTH = 16;

    static final int FEATURES_CODE = 1;
    static final int NONCE_CODE = 2;

    /** What two servers of this project can do on a link besides the draft. */
    public enum Feature {
        /** A BNDUPD may hold several updates, and its BNDACK answers all of them. */
        BATCHES(1),
        /** A BNDUPD says what clients and relays say of a client: option 8. */
        CLIENT_OPTIONS(2),
        /** The digest of a frame also covers its place in the session. */
        FRAME_COUNTER(4);

        private final int bit;

        Feature(int bit) {
            this.bit = bit;
        }
    }

    /**
     * @throws IllegalArgumentException when the nonce has not 16 octets
     */
    public Extension {
        EnumSet<Feature> copy = EnumSet.noneOf(Feature.class);
        copy.addAll(features);
        features = Collections.unmodifiableSet(copy);
        Ranges.between("octets of a nonce:", nonce.length(), NONCE_LENGTH, NONCE_LENGTH);
    }

    /** Whether a feature is among them. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** The features that both name. */
    public Set<Feature> common(Extension other) {
        EnumSet<Feature> common = EnumSet.noneOf(Feature.class);
        common.addAll(features);
        common.retainAll(other.features);
        return Collections.unmodifiableSet(common);
    }

    int bits() {
        int bits = 0;
        for (Feature feature : features) {
            bits |= feature.bit;
        }
        return bits;
    }

    /** The features of these bits; those that a later version has are none. */
    static Set<Feature> features(int bits) {
        EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            if ((bits & feature.bit) != 0) {
                features.add(feature);
            }
        }
        return features;
    }
}
