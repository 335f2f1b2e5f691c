# Sourced by ../../mvnw, the only line there that the wrapper's generator did not write:
#   . "$scriptDir/.mvn/wrapper/prepare.sh"
# It leaves JAVA_HOME at a JDK 25, wherever that is installed, and, where an installed Maven can reach a
# repository that this network's wrapper cannot (a mirror or proxy of ~/.m2/settings.xml), the pinned
# Maven distribution at MAVEN_HOME.

. "$scriptDir/.mvn/wrapper/jdk.sh"

JAVA_HOME=$(find_jdk)
[ -n "$JAVA_HOME" ] || die "This build needs a JDK $required_java and found none: install one, for example Eclipse Temurin $required_java from https://adoptium.net, or set JAVA_HOME to it."
export JAVA_HOME

# Maven's own libraries still use Unsafe, of which the JDK would warn at every start.
export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS-}"

# Without it the wrapper would fetch another archive, which the pinned checksum is not of.
[ -d "$MAVEN_HOME" ] || command -v unzip >/dev/null || die "The first build unpacks Maven and found no unzip: install it."

# The checksum is the wrapper's own; whatever fails here leaves the download to the wrapper.
install_by_maven() {
  version=${distributionUrlNameMain#apache-maven-}
  work=$(mktemp -d) || return 0
  (cd "$work" &&
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
      "-Dartifact=org.apache.maven:apache-maven:$version:zip:bin" "-DoutputDirectory=$work" >log 2>&1 &&
    echo "$distributionSha256Sum  $distributionUrlName" | sha256sum -c - >>log 2>&1 &&
    unzip -q "$distributionUrlName" >>log 2>&1 &&
    mkdir -p "${MAVEN_HOME%/*}" && mv "apache-maven-$version" "$MAVEN_HOME") || verbose "an installed Maven could not fetch $distributionUrlName"
  rm -rf "$work"
}
if [ ! -d "$MAVEN_HOME" ] && command -v mvn >/dev/null && command -v unzip >/dev/null && command -v sha256sum >/dev/null; then
  install_by_maven
fi
