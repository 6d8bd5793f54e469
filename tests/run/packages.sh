#!/bin/sh
# Installs the programs that the tests start (Dovecot, PostgreSQL, Chromium, wrk, two fonts) and the
# library that sets letters as PDF (Pango), by apt, when one of them is missing. Nothing that is
# installed is started: the tests start their own.
set -eu

has_program() {
    for place in "$@"; do
        [ -x "$place" ] && return 0
        command -v "$place" >/dev/null 2>&1 && return 0
    done
    return 1
}

# A machine without dpkg has its fonts from elsewhere; they change only how screenshots look.
has_package() {
    ! command -v dpkg >/dev/null 2>&1 || dpkg -s "$1" >/dev/null 2>&1
}

missing=''
has_program dovecot /usr/sbin/dovecot || missing="$missing dovecot-imapd"
has_program initdb /usr/lib/postgresql/*/bin/initdb || missing="$missing postgresql"
has_program chromium /usr/bin/chromium || missing="$missing chromium"
has_program wrk || missing="$missing wrk"
has_package libpango-1.0-0 || missing="$missing libpango-1.0-0"
has_package libpangoft2-1.0-0 || missing="$missing libpangoft2-1.0-0"
has_package fonts-dejavu-core || missing="$missing fonts-dejavu"
has_package fonts-liberation || has_package fonts-liberation2 || missing="$missing fonts-liberation"
[ -n "$missing" ] || exit 0

install="apt-get update && apt-get install -y --no-install-recommends$missing"
say_what_to_run() {
    echo 'The tests need programs that are not installed. Run this once, then make test again:' >&2
    if [ "$(id -u)" = 0 ]; then
        echo "    $install" >&2
    else
        echo "    sudo sh -c '$install'" >&2
    fi
    exit 2
}
command -v apt-get >/dev/null 2>&1 || {
    echo "The tests need programs that are not installed:$missing. Install them, then make test." >&2
    exit 2
}

# Debian's own way of saying that a package's service shall not be started. One that the machine
# has already is left alone, and only ours is taken away.
quietly="
    set -e
    export DEBIAN_FRONTEND=noninteractive
    policy=/usr/sbin/policy-rc.d
    if [ ! -e \$policy ]; then
        trap 'rm -f \$policy' EXIT
        printf '#!/bin/sh\nexit 101\n' > \$policy
        chmod +x \$policy
    fi
    $install
"
if [ "$(id -u)" = 0 ]; then
    echo "Installing$missing…"
    sh -c "$quietly" || say_what_to_run
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    echo "Installing$missing…"
    sudo -n sh -c "$quietly" || say_what_to_run
else
    say_what_to_run
fi
