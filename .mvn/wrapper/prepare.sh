# Sourced by ../../mvnw, the only line there that the wrapper's generator did not write:
#   . "$scriptDir/.mvn/wrapper/prepare.sh"
# It leaves JAVA_HOME at a JDK 25, wherever that is installed, and, where an installed Maven can reach a
# repository that this network's wrapper cannot (a mirror or proxy of ~/.m2/settings.xml), the pinned
# Maven distribution at MAVEN_HOME.

required_java=25

is_required_jdk() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q "^JAVA_VERSION=\"$required_java[\".]" "$1/release"
}

# The user's own choice first, then where package managers and version managers put JDKs.
find_jdk() {
  set +f
  on_path=$(command -v javac || :)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || printf %s "$on_path")")")
  for home in "${JAVA_HOME-}" "${JAVA25_HOME-}" "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}" "$on_path" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* "$HOME"/.gradle/jdks/*/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*; do
    if is_required_jdk "$home"; then
      printf %s "$home"
      return
    fi
  done
}

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
